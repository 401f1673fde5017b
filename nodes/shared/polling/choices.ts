import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, IPollFunctions } from 'n8n-workflow';

import type { Field, Operation } from '../definition/operation';
import type { FieldValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { missingError } from '../input/inputError';
import { isShown, targetOf } from '../input/fieldValues';
import { readChecked } from '../input/prepareItem';
import { ParameterReader, unwrapLocator } from '../input/parameters';
import { writeField } from '../input/writeField';
import type { WriteContext } from '../definition/valueWriter';
import type { EventChoices } from './tail/eventSource';
import type { SourceAccess, TriggerEvent } from '../definition/events';
import { shortHash, stableText } from '../data/hash';
import { findSource } from './sourceAccess';

/** Names of the trigger's own parameters. */
export const triggerParameters = {
	event: 'event',
	options: 'options',
	overlapMinutes: 'overlapMinutes',
	lookBackHours: 'lookBackHours',
	afterCrash: 'afterCrash',
} as const;

/** Value of the option with which a poll's records count as handed over only at the next poll. */
export const mayRepeat = 'mayRepeat';

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
	const values = readChecked({ node: context.getNode() }, operation, reader, { json: {} }, 0);
	const option = (name: string) => reader.readInside(triggerParameters.options, name, 0);
	const overlap = event.kind === 'tail' ? (event.overlapFor?.(values) ?? event.overlapMinutes) : 0;
	const hours = event.kind === 'tail' ? (event.lookBackHours ?? 0) : 0;
	const period = operation.period?.months;
	return {
		values,
		filters: writeFilters(context.getNode(), operation, values, access),
		overlapMinutes: numberOr(option(triggerParameters.overlapMinutes), overlap),
		lookBackHours: hours === 0 ? 0 : numberOr(option(triggerParameters.lookBackHours), hours),
		longestDays: period === undefined ? undefined : period * monthDays,
		fingerprint: fingerprintOf(context.getNode(), event),
		earlierFingerprints: () => earlierFingerprintsOf(context.getNode(), event),
		mayRepeat: option(triggerParameters.afterCrash) === mayRepeat,
	};
}

function numberOr(value: unknown, usual: number): number {
	const given = value === '' || value === null ? NaN : Number(value ?? NaN);
	return Number.isFinite(given) && given >= 0 ? given : usual;
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
	if (value === undefined) {
		if (field.required === true && isShown(field, values))
			throw missingError(node, field.displayName, 0);
		return undefined;
	}
	const write = field.send?.write;
	return write === undefined ? value : writeField(node, field, write, value, context, 0);
}

/** Of the values that differ from the field's default only, so that a release may add filters. */
function fingerprintOf(node: INode, event: TriggerEvent): string {
	const set = storedValues(node, event).filter(({ isSet }) => isSet);
	return shortHash(stableText(Object.fromEntries(set.map(({ name, value }) => [name, value]))));
}

/** Version 0.1.0 counted all filters of the event; it may have known fewer of those that are not set. */
function earlierFingerprintsOf(node: INode, event: TriggerEvent): string[] {
	const subsets = storedValues(node, event).reduce<unknown[][][]>(
		(known, { name, value, isSet }) => [...known.map((list) => [...list, [name, value]]), ...(isSet ? [] : known)],
		[[]],
	);
	const sources = [event.source, ...(event.earlierSources ?? [])];
	return sources.flatMap((source) => subsets.map((stored) => shortHash(stableText([event.value, source, stored]))));
}

function storedValues(node: INode, event: TriggerEvent): Array<{ name: string; value: unknown; isSet: boolean }> {
	return (event.fields ?? []).map(({ name, default: usual }) => {
		const value = unwrapLocator(node.parameters[name]);
		const isEmpty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
		return { name, value, isSet: !isEmpty && stableText(value) !== stableText(usual) };
	});
}
