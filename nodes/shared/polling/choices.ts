import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, IPollFunctions } from 'n8n-workflow';

import type { Field, Operation } from '../definition/operation';
import type { FieldValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { inputError } from '../input/inputError';
import { isShown, readValues, targetOf } from '../input/fieldValues';
import { ParameterReader, unwrapLocator } from '../input/parameters';
import { InvalidValue } from '../definition/valueWriter';
import type { WriteContext } from '../definition/valueWriter';
import type { EventChoices } from './tail/eventSource';
import type { SourceAccess, TriggerEvent } from '../definition/events';
import { shortHash, stableText } from '../data/hash';

/** Names of the trigger's own parameters. */
export const triggerParameters = { event: 'event', options: 'options', overlapMinutes: 'overlapMinutes' } as const;

/** A poll's parameters, read once. */
export interface PollChoices extends EventChoices {
	/** Changes when the user chose other filters; expressions count as they are written, not by their value. */
	fingerprint: string;
}

/**
 * The event that the user chose.
 * @throws NodeOperationError when the vendor has none of this name
 */
export function chosenEvent(context: IPollFunctions, vendor: Vendor): TriggerEvent {
	const value = readerOf(context).read(triggerParameters.event, 0) ?? vendor.events[0]?.value;
	const event = vendor.events.find((candidate) => candidate.value === value);
	if (event !== undefined) return event;
	throw new NodeOperationError(context.getNode(), `${vendor.displayName} has no event '${String(value)}'`, {
		description: 'Choose an event from the list.',
	});
}

/**
 * Reads and checks the filters and options of an event.
 * @throws NodeOperationError that names the field and says what is expected
 */
export function readChoices(
	context: IPollFunctions,
	vendor: Vendor,
	event: TriggerEvent,
	access: SourceAccess,
): PollChoices {
	const reader = readerOf(context);
	const operation = filterOperation(vendor, event);
	const values = readValues(operation, reader, { json: {} }, 0);
	const overlap = Number(reader.readInside(triggerParameters.options, triggerParameters.overlapMinutes, 0) ?? NaN);
	const usual = event.kind === 'tail' ? event.overlapMinutes : 0;
	return {
		values,
		filters: writeFilters(context.getNode(), operation, values, access),
		overlapMinutes: Number.isFinite(overlap) && overlap >= 0 ? overlap : usual,
		fingerprint: fingerprintOf(context.getNode(), event),
	};
}

/** n8n's poll context reads parameters without an item. */
function readerOf(context: IPollFunctions): ParameterReader {
	return new ParameterReader({
		getNode: () => context.getNode(),
		getNodeParameter: (name, _itemIndex, fallback, options) => context.getNodeParameter(name, fallback, options),
	});
}

/** The source's operation with the event's filters in the place of its own fields. */
function filterOperation(vendor: Vendor, { source, fields }: TriggerEvent): Operation {
	const resource = vendor.resources.find(({ value }) => value === source.resource);
	const operation = resource?.operations.find(({ value }) => value === source.operation);
	if (operation === undefined) throw new Error(`No operation ${source.resource}.${source.operation}`);
	return { ...operation, fields, optional: undefined, mapAutomatically: false };
}

function writeFilters(
	node: INode,
	operation: Operation,
	values: FieldValues,
	access: SourceAccess,
): EventChoices['filters'] {
	const context = { inputZone: access.inputZone, vendorZone: access.vendorZone, now: access.now() };
	const query: IDataObject = {};
	const path: Record<string, string> = {};
	for (const field of operation.fields ?? []) {
		if (field.type === 'notice') continue;
		const written = writeFilter(node, field, values, context);
		const { place, name } = targetOf(operation, field);
		if (written === undefined) continue;
		if (place === 'query') query[name] = written as string;
		if (place === 'path') path[name] = String(written);
	}
	return { query, path };
}

function writeFilter(node: INode, field: Field, values: FieldValues, context: WriteContext): unknown {
	const value = values[field.name];
	if (value === undefined) {
		if (field.required === true && isShown(field, values))
			throw inputError(node, field.displayName, 'a value, it is empty', 0);
		return undefined;
	}
	try {
		return field.send?.write === undefined ? value : field.send.write(value, context);
	} catch (error) {
		throw inputError(node, field.displayName, error instanceof InvalidValue ? error.expected : 'another value', 0);
	}
}

function fingerprintOf(node: INode, event: TriggerEvent): string {
	const stored = (event.fields ?? []).map(({ name }) => [name, unwrapLocator(node.parameters[name])]);
	return shortHash(stableText([event.value, event.source, stored]));
}
