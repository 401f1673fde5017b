import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { setNested } from '../data/nested';
import type { Field, Operation } from '../definition/operation';
import type { RunItem } from '../definition/outcome';
import { noValues } from '../definition/request';
import type { BodyFormat, FieldValues, PlacedValues } from '../definition/request';
import { InvalidValue } from '../definition/valueWriter';
import type { WriteContext } from '../definition/valueWriter';
import { allFields, alternativesOf, isShown, readValues, targetOf } from './fieldValues';
import { inputError } from './inputError';
import type { ParameterReader } from './parameters';

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
	const values = readValues(operation, reader, input, index);
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
		if (value === undefined) {
			if (field.required === true && isShown(field, values)) {
				throw inputError(context.node, field.displayName, 'a value, it is empty', itemIndex);
			}
			continue;
		}
		const text = writeValue(context, field, value, writeContext, itemIndex);
		if (text === undefined) continue;
		written.add(field.name);
		placeValue(context, operation, field, text, placed);
	}
	checkAlternatives(context, operation, written, itemIndex);
	checkTogether(context, operation, values, itemIndex);
	return placed;
}

/** What writers need to know of zones and the present. */
export function writeContextOf(context: InputContext): WriteContext {
	return { inputZone: context.inputZone, vendorZone: context.vendorZone, now: context.clock.now() };
}

function writeValue(
	context: InputContext,
	field: Field,
	value: unknown,
	writeContext: WriteContext,
	itemIndex: number,
): unknown {
	if (field.send?.write === undefined) return value;
	try {
		return field.send.write(value, writeContext);
	} catch (error) {
		const expected = error instanceof InvalidValue ? error.expected : 'another value';
		throw inputError(context.node, field.displayName, expected, itemIndex);
	}
}

function placeValue(context: InputContext, operation: Operation, field: Field, value: unknown, placed: PlacedValues): void {
	const { place, name } = targetOf(operation, field);
	if (field.send?.spread === true) {
		const send = { ...field.send, spread: false };
		for (const [key, part] of Object.entries(value as IDataObject)) {
			placeValue(context, operation, { ...field, send: { ...send, name: key } }, part, placed);
		}
		return;
	}
	if (place === 'path') placed.path[name] = value;
	else if (place === 'query') placed.query[name] = value as IDataObject;
	else if (place === 'header') placed.headers[name] = String(value);
	else if (place === 'body') putBody(operation, context, placed, name, value);
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
		throw inputError(context.node, field?.displayName ?? operation.confirmedBy, 'the switch to be on, because this can not be undone', itemIndex);
	}
	const wrong = operation.check?.(values);
	if (wrong === undefined) return;
	const field = allFields(operation).find(({ name }) => name === wrong.field);
	throw inputError(context.node, field?.displayName ?? wrong.field, wrong.expected, itemIndex);
}
