import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { isSharedKey, setNested } from '../data/nested';
import type { Field, Operation } from '../definition/operation';
import type { RunItem } from '../definition/outcome';
import { noValues } from '../definition/request';
import type { BodyFormat, FieldValues, PlacedValues } from '../definition/request';
import type { ValueWriter, WriteContext } from '../definition/valueWriter';
import { isBlank } from './blank';
import { checkAddedFilter, isFilter } from './emptyFilter';
import { allFields, alternativesOf, isShown, readValues, targetOf } from './fieldValues';
import { inputError, missingError } from './inputError';
import { checkingFields, InvalidField } from './invalidField';
import type { ParameterReader } from './parameters';
import { decimal, text } from './values';
import { writeField } from './writeField';

/** What checking and writing values needs to know of a run. */
export interface InputContext {
	node: INode;
	vendor: { bodyFormat: BodyFormat };
	/** IANA zone in which times without offset are read. */
	inputZone: string;
	/** IANA zone of the vendor's times without offset. */
	vendorZone: string;
	clock: { now(): number };
}

/**
 * Reads, checks and writes the values of one item.
 * @throws NodeOperationError that names field and item and says what is expected
 */
export function prepareItem(
	context: InputContext,
	operation: Operation,
	reader: ParameterReader,
	input: INodeExecutionData,
	index: number,
): RunItem {
	const given = checkingFields(context.node, index, () => readValues(operation, reader, input, index));
	const values = operation.withDefaults?.(given, context.clock.now()) ?? given;
	return { index, input, values, placed: placeValues(context, operation, values, index, input.json) };
}

/**
 * Checks values and writes them where they go.
 * @param item the input item's JSON, for values that are taken from its keys
 * @throws NodeOperationError that names field and item and says what is expected
 */
export function placeValues(
	context: InputContext,
	operation: Operation,
	values: FieldValues,
	itemIndex: number,
	item?: IDataObject,
): PlacedValues {
	const placed = noValues();
	Object.assign(placed.query, operation.constants?.query);
	for (const [name, value] of Object.entries(operation.constants?.body ?? {})) putBody(operation, context, placed, name, value);
	const writeContext = { ...writeContextOf(context), item, values };
	const written = new Set<string>();
	for (const field of allFields(operation)) {
		if (field.type === 'notice') continue;
		const value = values[field.name];
		const text = value === undefined ? undefined : writeField(context.node, field, writerOf(field), value, writeContext, itemIndex);
		// A list of blanks is no list: without it, a request could mean all records.
		const isMissing = field.required === true && (isBlank(value) || isBlank(text)) && isShown(field, values);
		if (isMissing) throw missingError(context.node, field.displayName, itemIndex);
		checkingFields(context.node, itemIndex, () => {
			if (value !== undefined && isFilter(operation, field)) checkAddedFilter(field, text);
			if (text !== undefined) placeValue(context, operation, field, text, placed);
		});
		if (!isBlank(text) || (text === '' && isUpdate(operation))) written.add(field.name);
	}
	checkAlternatives(context, operation, written, itemIndex);
	checkTogether(context, operation, values, itemIndex);
	return placed;
}

/** What writers need to know of zones, the present and the node. */
export function writeContextOf(context: InputContext): WriteContext {
	return {
		inputZone: context.inputZone,
		vendorZone: context.vendorZone,
		now: context.clock.now(),
		nodeVersion: context.node.typeVersion,
	};
}

/** True where an empty text clears a field of a record. */
function isUpdate({ method, optional }: Operation): boolean {
	return method === 'PUT' || method === 'PATCH' || optional?.name === 'updateFields';
}

/** The field's own writer, else one that fits its type. */
export function writerOf(field: Field): ValueWriter {
	if (field.send?.write !== undefined) return field.send.write;
	if (field.type === 'number') return decimal({ minimum: field.typeOptions?.minValue, maximum: field.typeOptions?.maxValue });
	return field.type === 'string' ? text() : (value) => value;
}

function placeValue(context: InputContext, operation: Operation, field: Field, value: unknown, placed: PlacedValues): void {
	const { place, name } = targetOf(operation, field);
	if (field.send?.spread === true) {
		const refused = Object.keys(value as IDataObject).find(isSharedKey);
		if (refused !== undefined) throw new InvalidField(field, `names other than '${refused}'`, undefined);
		// Keys that the user made up are sent literally: a dot in them does not nest.
		Object.assign(place === 'query' ? placed.query : placed.body, value);
		return;
	}
	if (place === 'path') placed.path[name] = value;
	else if (place === 'query') placed.query[name] = (field.send?.append === true ? [...listIn(placed.query[name]), ...listIn(value)] : value) as IDataObject;
	else if (place === 'header') placed.headers[name] = String(value);
	else if (place === 'body') putBody(operation, context, placed, name, value);
}

function listIn(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function putBody(operation: Operation, context: InputContext, placed: PlacedValues, name: string, value: unknown): void {
	const format = operation.bodyFormat ?? context.vendor.bodyFormat;
	if (format === 'json') setNested(placed.body, name, value);
	else placed.body[name] = value as IDataObject;
}

function checkAlternatives(context: InputContext, operation: Operation, written: Set<string>, itemIndex: number): void {
	const alternatives = alternativesOf(operation);
	if (alternatives.length === 0 || alternatives.some(({ name }) => written.has(name))) return;
	const names = alternatives.map(({ displayName }) => `'${displayName}'`).join(', ');
	throw inputError(context.node, alternatives[0].displayName, `at least one of ${names}`, itemIndex);
}

function checkTogether(context: InputContext, operation: Operation, values: FieldValues, itemIndex: number): void {
	if (operation.confirmedBy !== undefined && values[operation.confirmedBy] !== true) {
		const field = allFields(operation).find(({ name }) => name === operation.confirmedBy);
		throw inputError(context.node, field?.displayName ?? operation.confirmedBy, 'the switch to be on, because this cannot be undone', itemIndex);
	}
	const wrong = operation.check?.(values);
	if (wrong === undefined) return;
	const field = allFields(operation).find(({ name }) => name === wrong.field);
	throw inputError(context.node, field?.displayName ?? wrong.field, wrong.expected, itemIndex, values[wrong.field]);
}
