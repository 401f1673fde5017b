import type { IDataObject } from 'n8n-workflow';

import type { Answer } from '../definition/answer';
import type { AnswerReader, Operation, RowContext } from '../definition/operation';
import type { FieldValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { getNested } from '../data/nested';
import { withoutKeys } from '../http/secrets';
import { withIsoTimes } from './isoTimes';

const oneReader: AnswerReader = { kind: 'one' };

/** How the answer of an operation is read. */
export function readerOf(operation: Pick<Operation, 'answer'>): AnswerReader {
	return operation.answer ?? oneReader;
}

/** The data of an answer, taken out of the vendor's envelope. */
export function dataOf(vendor: Vendor, operation: Pick<Operation, 'answer'>, answer: Answer, values: FieldValues): unknown {
	const reader = readerOf(operation);
	if (reader.read !== undefined) return reader.read(answer.body, values);
	return getNested(answer.body, reader.path ?? vendor.answerPath);
}

/** The rows of a list answer; an answer without list gives none. */
export function rowsOf(vendor: Vendor, operation: Pick<Operation, 'answer'>, answer: Answer, values: FieldValues = {}): IDataObject[] {
	const data = dataOf(vendor, operation, answer, values);
	if (Array.isArray(data)) return data.map(toObject);
	return typeof data === 'object' && data !== null ? [data as IDataObject] : [];
}

/** The items of an answer that is no list. */
export function itemsOf(vendor: Vendor, operation: Operation, answer: Answer, values: FieldValues): IDataObject[] {
	const { kind } = readerOf(operation);
	if (kind === 'deleted') return [{ deleted: true }];
	const data = dataOf(vendor, operation, answer, values);
	// An empty list says nothing about a write that was carried out: its item must not vanish.
	if (Array.isArray(data)) return data.length === 0 && operation.retryClass !== 'read' ? [{ success: true }] : data.map(toObject);
	if (isFilled(data)) return [data as IDataObject];
	return kind === 'done' || kind === 'binary' || data === undefined || data === null || data === ''
		? [{ success: true }]
		: [toObject(data)];
}

/** How rows are shown: simplified or whole, with or without login secrets. */
export interface RowStyle extends RowContext {
	simplify: boolean;
	withSecrets: boolean;
}

/** Makes the item's JSON out of the vendor's row. Unknown keys pass through unless simplified. */
export function showRow(
	vendor: Vendor,
	operation: Operation,
	row: IDataObject,
	values: FieldValues,
	style: RowStyle,
): IDataObject {
	let shown = style.withSecrets || vendor.secretKeys.length === 0 ? row : (withoutKeys(row, vendor.secretKeys) as IDataObject);
	shown = withIsoTimes(vendor, shown, style);
	if (operation.transform !== undefined) shown = operation.transform(shown, values, style);
	if (style.simplify && operation.simplify !== undefined && isSimplifiable(operation, style)) shown = simplify(operation.simplify, shown, style);
	return renameErrorKey(shown);
}

/** True where this version of the node has the Simplify switch for the operation. */
function isSimplifiable({ simplifyVersions }: Operation, { nodeVersion = 1 }: RowContext): boolean {
	const { from = 1, until = Infinity } = simplifyVersions ?? {};
	return nodeVersion >= from && nodeVersion <= until;
}

/**
 * Renames a filled top-level `error` key of vendor data.
 * n8n takes such a key for a failed item: it would repeat the node or route the item to the error output.
 */
export function renameErrorKey(row: IDataObject): IDataObject {
	if (!row.error) return row;
	const { error, ...rest } = row;
	return { ...rest, vendorError: error };
}

function simplify(how: NonNullable<Operation['simplify']>, row: IDataObject, context: RowContext): IDataObject {
	if (typeof how === 'function') return how(row, context);
	const simple: IDataObject = {};
	for (const path of how) {
		const isNested = path.includes('.');
		const value = isNested ? getNested(row, path) : Object.hasOwn(row, path) ? row[path] : undefined;
		if (value !== undefined) simple[isNested ? path.replaceAll('.', '_') : path] = value as IDataObject;
	}
	return simple;
}

function isFilled(data: unknown): boolean {
	return typeof data === 'object' && data !== null && Object.keys(data).length > 0;
}

function toObject(row: unknown): IDataObject {
	return typeof row === 'object' && row !== null && !Array.isArray(row) ? (row as IDataObject) : { value: row as string };
}

/** The rows of a list whose shape no operation tells: at the vendor's usual place, else the first list found. */
export function getRowsAnywhere(vendor: Vendor, answer: Answer): IDataObject[] {
	const usual = getNested(answer.body, vendor.answerPath);
	if (Array.isArray(usual)) return usual.map(toObject);
	const lists = [usual, answer.body].flatMap((value) =>
		typeof value === 'object' && value !== null ? Object.values(value).filter(Array.isArray) : [],
	);
	return (lists[0] ?? []).map(toObject);
}
