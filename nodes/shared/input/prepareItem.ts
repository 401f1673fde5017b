import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { resolvePath } from '../http/connection';
import type { Connection } from '../http/connection';
import type { Field, FieldValues, Operation, Resource } from '../definition/operation';
import { inputError } from '../http/errors';
import { allFields, alternativesOf, isShown, readValues, targetOf } from './fieldValues';
import type { ParameterReader } from './parameters';
import { noValues, setNested, writePairs, writePath } from '../http/request';
import type { PlacedValues, PreparedRequest } from '../http/request';
import { InvalidValue } from './values';
import type { WriteContext } from './values';

/** One input item, checked and written, before anything is sent. */
export interface RunItem {
	index: number;
	input: INodeExecutionData;
	/** As the user gave them. */
	values: FieldValues;
	/** As the vendor wants them. */
	placed: PlacedValues;
}

/**
 * Reads, checks and writes the values of one item.
 * @throws NodeOperationError that names field and item and says what is expected
 */
export function prepareItem(
	connection: Connection,
	operation: Operation,
	reader: ParameterReader,
	input: INodeExecutionData,
	index: number,
): RunItem {
	const values = readValues(operation, reader, input, index);
	return { index, input, values, placed: placeValues(connection, operation, values, index, input.json) };
}

/**
 * Checks values and writes them where they go.
 * @param item the input item's JSON, for values that are taken from its keys
 * @throws NodeOperationError that names field and item and says what is expected
 */
export function placeValues(
	connection: Connection,
	operation: Operation,
	values: FieldValues,
	itemIndex: number,
	item?: IDataObject,
): PlacedValues {
	const placed = noValues();
	Object.assign(placed.query, operation.constants?.query);
	for (const [name, value] of Object.entries(operation.constants?.body ?? {})) putBody(operation, connection, placed, name, value);
	const writeContext = { ...writeContextOf(connection), item, values };
	const written = new Set<string>();
	for (const field of allFields(operation)) {
		if (field.type === 'notice') continue;
		const value = values[field.name];
		if (value === undefined) {
			if (field.required === true && isShown(field, values)) {
				throw inputError(connection.node, field.displayName, 'a value, it is empty', itemIndex);
			}
			continue;
		}
		const text = writeValue(connection, field, value, writeContext, itemIndex);
		if (text === undefined) continue;
		written.add(field.name);
		placeValue(connection, operation, field, text, placed);
	}
	checkAlternatives(connection, operation, written, itemIndex);
	checkTogether(connection, operation, values, itemIndex);
	return placed;
}

/** Builds the request of an operation from placed values. */
export function buildRequest(
	connection: Connection,
	resource: Resource,
	operation: Operation,
	placed: PlacedValues,
	itemIndex: number,
): PreparedRequest {
	const { method, path } = resolvePath(connection, resource, operation);
	return {
		method,
		path: writePath(path, placed.path),
		query: writePairs(placed.query, connection.vendor.listFormat),
		headers: placed.headers,
		body: bodyOf(operation, placed),
		bodyFormat: operation.bodyFormat ?? connection.vendor.bodyFormat,
		retryClass: operation.retryClass,
		answerAs: operation.answer?.kind === 'binary' ? 'binary' : 'json',
		itemIndex,
	};
}

/** What writers need to know of zones and the present. */
export function writeContextOf(connection: Connection): WriteContext {
	return { inputZone: connection.inputZone, vendorZone: connection.vendorZone, now: connection.clock.now() };
}

function bodyOf(operation: Operation, placed: PlacedValues): IDataObject | undefined {
	const takesBody = allFields(operation).some((field) => targetOf(operation, field).place === 'body');
	const hasBody = Object.keys(placed.body).length > 0;
	return hasBody || (takesBody && operation.method !== 'GET' && operation.method !== 'DELETE') ? placed.body : undefined;
}

function writeValue(
	connection: Connection,
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
		throw inputError(connection.node, field.displayName, expected, itemIndex);
	}
}

function placeValue(connection: Connection, operation: Operation, field: Field, value: unknown, placed: PlacedValues): void {
	const { place, name } = targetOf(operation, field);
	if (field.send?.spread === true) {
		const send = { ...field.send, spread: false };
		for (const [key, part] of Object.entries(value as IDataObject)) {
			placeValue(connection, operation, { ...field, send: { ...send, name: key } }, part, placed);
		}
		return;
	}
	if (place === 'path') placed.path[name] = value;
	else if (place === 'query') placed.query[name] = (field.send?.append === true ? [...listIn(placed.query[name]), ...listIn(value)] : value) as IDataObject;
	else if (place === 'header') placed.headers[name] = String(value);
	else if (place === 'body') putBody(operation, connection, placed, name, value);
}

function listIn(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function putBody(operation: Operation, connection: Connection, placed: PlacedValues, name: string, value: unknown): void {
	const format = operation.bodyFormat ?? connection.vendor.bodyFormat;
	if (format === 'json') setNested(placed.body, name, value);
	else placed.body[name] = value as IDataObject;
}

function checkAlternatives(connection: Connection, operation: Operation, written: Set<string>, itemIndex: number): void {
	const alternatives = alternativesOf(operation);
	if (alternatives.length === 0 || alternatives.some(({ name }) => written.has(name))) return;
	const names = alternatives.map(({ displayName }) => `'${displayName}'`).join(', ');
	throw inputError(connection.node, alternatives[0].displayName, `at least one of ${names}`, itemIndex);
}

function checkTogether(connection: Connection, operation: Operation, values: FieldValues, itemIndex: number): void {
	if (operation.confirmedBy !== undefined && values[operation.confirmedBy] !== true) {
		const field = allFields(operation).find(({ name }) => name === operation.confirmedBy);
		throw inputError(connection.node, field?.displayName ?? operation.confirmedBy, 'the switch to be on, because this can not be undone', itemIndex);
	}
	const wrong = operation.check?.(values);
	if (wrong === undefined) return;
	const field = allFields(operation).find(({ name }) => name === wrong.field);
	throw inputError(connection.node, field?.displayName ?? wrong.field, wrong.expected, itemIndex);
}
