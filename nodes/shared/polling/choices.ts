import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, IPollFunctions } from 'n8n-workflow';

import type { Field, Operation } from '../definition/operation';
import type { FieldValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { isBlank } from '../input/blank';
import { readChoice } from '../input/choices';
import { isShown, readValues, targetOf } from '../input/fieldValues';
import { inputError, missingError } from '../input/inputError';
import { checkingFields } from '../input/invalidField';
import { ParameterReader, unwrapLocator } from '../input/parameters';
import { writerOf } from '../input/prepareItem';
import { writeField } from '../input/writeField';
import type { WriteContext } from '../definition/valueWriter';
import type { EventChoices } from './tail/eventSource';
import type { SourceAccess, TriggerEvent } from '../definition/events';
import { shortHash, stableStringify } from '../data/hash';
import { afterCrashOption, lookBackOption, mayRepeat, overlapOption } from './pollOptions';
import { findSource } from './sourceAccess';

/** Names of the trigger's own parameters. */
export const triggerParameters = {
	event: 'event',
	options: 'options',
} as const;

/** Days of the shortest month. */
const monthDays = 28;

/** A poll's parameters, read once. */
export interface PollChoices extends EventChoices {
	/** Changes when the user set other filters; expressions count as they are written, not by their value. */
	fingerprint: string;
	/** What version 0.1.0 may have taken for the fingerprint of the same filters. */
	earlierFingerprints: () => string[];
	/** Records count as handed over only at the next poll. */
	mayRepeat: boolean;
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
	const node = context.getNode();
	const values = checkingFields(node, undefined, () => readValues(operation, reader, { json: {} }, 0));
	const writing = { inputZone: access.inputZone, vendorZone: access.vendorZone, now: access.now() };
	const option = (field: Field) => readOption(node, reader, field, writing);
	const overlap = event.kind === 'tail' ? (event.overlapFor?.(values) ?? event.overlapMinutes) : 0;
	const hours = event.kind === 'tail' ? (event.lookBackHours ?? 0) : 0;
	const period = operation.period?.months;
	return {
		values,
		filters: writeFilters(node, operation, values, writing),
		overlapMinutes: event.kind === 'tail' ? ((option(overlapOption) as number | undefined) ?? overlap) : 0,
		lookBackHours: hours === 0 ? 0 : ((option(lookBackOption) as number | undefined) ?? hours),
		longestDays: period === undefined ? undefined : period * monthDays,
		fingerprint: fingerprintOf(node, event),
		earlierFingerprints: () => earlierFingerprintsOf(node, event),
		mayRepeat: option(afterCrashOption) === mayRepeat,
	};
}

/**
 * An option of the trigger; undefined where the user did not add it.
 * @throws NodeOperationError for what is no such option, and for one that was added and says nothing
 */
function readOption(node: INode, reader: ParameterReader, field: Field, context: WriteContext): unknown {
	const { options } = triggerParameters;
	if (reader.addedTo(options, 0)?.includes(field.name) === false) return undefined;
	const given = checkingFields(node, undefined, () => readChoice(field, reader.readInside(options, field.name, 0)));
	if (isBlank(given)) throw inputError(node, field.displayName, 'a value (remove the option to use the default)', undefined);
	return writeField(node, field, writerOf(field), given, context, undefined);
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
	const { operation } = findSource(vendor, source);
	return { ...operation, fields, optional: undefined, mapAutomatically: false };
}

function writeFilters(
	node: INode,
	operation: Operation,
	values: FieldValues,
	context: WriteContext,
): EventChoices['filters'] {
	const query: IDataObject = {};
	const path: Record<string, string> = {};
	for (const field of operation.fields ?? []) {
		if (field.type === 'notice') continue;
		const written = writeFilter(node, field, values, context);
		const { place, name } = targetOf(operation, field);
		if (written === undefined) continue;
		if (place === 'query') query[name] = appended(query[name], field, written) as string;
		if (place === 'path') path[name] = String(written);
	}
	return { query, path };
}

/** Filters of one name that add to each other, else the value itself. */
function appended(earlier: unknown, field: Field, written: unknown): unknown {
	return field.send?.append === true && Array.isArray(earlier) ? [...(earlier as unknown[]), ...(written as unknown[])] : written;
}

function writeFilter(node: INode, field: Field, values: FieldValues, context: WriteContext): unknown {
	const value = values[field.name];
	const written = value === undefined ? undefined : writeField(node, field, writerOf(field), value, context, undefined);
	if (field.required === true && (isBlank(value) || isBlank(written)) && isShown(field, values)) {
		throw missingError(node, field.displayName, undefined);
	}
	// Such as a list of commas: without its words, the filter would match everything.
	if (field.type === 'string' && value !== undefined && isBlank(written)) {
		throw inputError(node, field.displayName, 'a value (clear the field to match everything)', undefined, value);
	}
	return written;
}

/** Of the values that differ from the field's default only, so that a release may add filters. */
function fingerprintOf(node: INode, event: TriggerEvent): string {
	const set = storedValues(node, event).filter(({ isSet }) => isSet);
	return shortHash(stableStringify(Object.fromEntries(set.map(({ name, value }) => [name, value]))));
}

/** Version 0.1.0 counted all filters of the event; it may have known fewer of those that are not set. */
function earlierFingerprintsOf(node: INode, event: TriggerEvent): string[] {
	const subsets = storedValues(node, event).reduce<unknown[][][]>(
		(known, { name, value, isSet }) => [...known.map((list) => [...list, [name, value]]), ...(isSet ? [] : known)],
		[[]],
	);
	const sources = [event.source, ...(event.earlierSources ?? [])];
	return sources.flatMap((source) => subsets.map((stored) => shortHash(stableStringify([event.value, source, stored]))));
}

function storedValues(node: INode, event: TriggerEvent): Array<{ name: string; value: unknown; isSet: boolean }> {
	return (event.fields ?? []).map(({ name, default: usual }) => {
		const value = unwrapLocator(node.parameters[name]);
		const isEmpty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
		return { name, value, isSet: !isEmpty && stableStringify(value) !== stableStringify(usual) };
	});
}
