import { NodeApiError } from 'n8n-workflow';

import type { ItemOutcome, RunItem } from '../definition/outcome';
import { isInDoubt } from '../http/errors';
import { mayBeName } from '../input/chosenById';
import type { EngineRun } from './engineRun';
import { choosersOf } from './recordNames';

/** Answers to a request that names a record which the vendor does not know. */
const refusals = new Set(['400', '404', '422', '500']);

/** Adds to the failure of an item that a record can be chosen by name, where the vendor refused what reads like a name as an ID. */
export function withNameAdvice({ operation, reader }: EngineRun, outcome: ItemOutcome, { values }: RunItem): ItemOutcome {
	if (!('failure' in outcome)) return outcome;
	const { failure } = outcome;
	if (!(failure instanceof NodeApiError) || isInDoubt(failure) || !refusals.has(failure.httpCode ?? '')) return outcome;
	const advice = choosersOf(operation, false).flatMap(([collection, field]) => {
		const value = values[field.name];
		if (reader.mayHoldName(field.name, collection) || !mayBeName(field, value)) return [];
		return [`If '${value}' is a name, set '${field.displayName}' to 'By Name'.`];
	});
	if (advice.length > 0) failure.description = [...advice, failure.description].filter(Boolean).join(' ');
	return outcome;
}
