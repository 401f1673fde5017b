import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { rowsOf } from '../output/answers';
import { catchPageErrors } from './catchPageErrors';
import type { Connection } from '../http/connection';
import type { FieldValues, PlacedValues } from '../definition/request';
import type { Operation, Resource } from '../definition/operation';
import { requestError } from '../http/errors';
import { readPages } from './pageReader';
import type { FetchPage, Page } from './pageReader';
import { PagingStuckError } from './pagingStyle';
import type { PagePosition, PagingStyle } from '../definition/paging';
import { boundOf, periodWindows } from './periods';
import { placeValues, writeContextOf } from '../input/prepareItem';
import { sendOperation } from '../http/sendOperation';

/** How far a list is read. */
export interface ListOptions {
	itemIndex?: number;
	/** Most rows wanted; everything when left out. */
	limit?: number;
	/** Where an earlier reading stopped. */
	start?: PagePosition;
	/** Values of the item, for answer readers. */
	values?: FieldValues;
	/** Called instead of failing when a list that was begun cannot be read to its end; the rows so far are kept. */
	keepPartial?: (error: Error, rowsRead: number) => void;
	/** Called after each page with the rows so far, the pages so far and the pages in all, where the vendor tells it. */
	onPage?: (rowsRead: number, page: number, pages?: number) => void;
	/** Sees every answer, for example to read the vendor's clock. */
	onAnswer?: (headers: Record<string, string>) => void;
}

/** Paging of an operation: its own, else the vendor's. */
export function pagingOf(connection: Connection, operation: Operation): PagingStyle | 'none' {
	return operation.paging ?? connection.vendor.paging;
}

/** Identifier of a row as far as the common keys tell; undefined when it has none. */
export function rowId(row: IDataObject): string | undefined {
	const id = row.id ?? row._id;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** Pages of a Get Many operation, fetched as they are asked for. */
export async function* listPages(
	connection: Connection,
	resource: Resource,
	operation: Operation,
	placed: PlacedValues,
	options: ListOptions = {},
): AsyncGenerator<Page> {
	const fetchPage: FetchPage = async (pageQuery) => {
		const query = { ...placed.query, ...pageQuery };
		const answer = await sendOperation(connection, resource, operation, { ...placed, query }, options.itemIndex ?? 0);
		options.onAnswer?.(answer.headers);
		return { rows: rowsOf(connection.vendor, operation, answer, options.values), answer };
	};
	const paging = pagingOf(connection, operation);
	if (paging === 'none') {
		const { rows } = await fetchPage({});
		yield { rows: options.limit === undefined ? rows : rows.slice(0, options.limit), position: 0 };
		return;
	}
	const id = operation.rowId ?? rowId;
	yield* readPages(paging, fetchPage, { limit: options.limit, start: options.start, rowId: id });
}

/** Most pages of one list: a million rows where a page has 100. What goes on longer is taken for a list without an end. */
export const maximumListPages = 10_000;

/**
 * All rows of a Get Many operation for one item, up to the limit.
 * A period longer than the vendor allows is cut into allowed windows, newest first, and joined without repeats.
 */
export async function listRows(
	connection: Connection,
	resource: Resource,
	operation: Operation,
	values: FieldValues,
	options: ListOptions = {},
): Promise<IDataObject[]> {
	const windows = windowsOf(connection, operation, values);
	const isJoined = windows.length > 1;
	const rows: IDataObject[] = [];
	const isNew = isJoined ? newnessBy(operation.rowId ?? rowId) : () => true;
	let pagesRead = 0;
	for (const window of windows) {
		const placed = placeValues(connection, operation, window, options.itemIndex ?? 0);
		const rest = options.limit === undefined ? undefined : options.limit - rows.length;
		if (rest !== undefined && rest <= 0) break;
		const pages = listPages(connection, resource, operation, placed, { ...options, values, limit: rest });
		for await (const page of catchPageErrors(pages, (error) => failureOf(connection, error, rows, options))) {
			pagesRead += 1;
			for (const row of page.rows) if (isNew(row)) rows.push(row);
			options.onPage?.(rows.length, pagesRead, isJoined ? undefined : page.pages);
			if (pagesRead < maximumListPages || page.next === undefined) continue;
			const failure = failureOf(connection, endlessFailure(connection, options.itemIndex), rows, options);
			if (failure !== undefined) throw failure;
			return rows;
		}
	}
	return options.limit === undefined ? rows : rows.slice(0, options.limit);
}

/** Tells rows that come a second time by their ID; one without ID is never taken for another. */
function newnessBy(idOf: (row: IDataObject) => string | undefined): (row: IDataObject) => boolean {
	const known = new Set<string>();
	return (row) => {
		const id = idOf(row);
		if (id === undefined) return true;
		if (known.has(id)) return false;
		known.add(id);
		return true;
	};
}

/** What a list that breaks off fails with; nothing where its part is kept. */
function failureOf(connection: Connection, error: unknown, rows: IDataObject[], options: ListOptions): unknown {
	const isStuck = error instanceof PagingStuckError;
	if (!isStuck && !(error instanceof NodeApiError && rows.length > 0)) return error;
	if (options.keepPartial === undefined) {
		return isStuck ? stuckFailure(connection, error, rows.length, options.itemIndex) : error;
	}
	options.keepPartial(error, rows.length);
	return undefined;
}

function stuckFailure(connection: Connection, error: PagingStuckError, rowsRead: number, itemIndex?: number): NodeApiError {
	return requestError(connection.node, connection.vendor, connection.secrets, {
		message: error.message,
		advice: `${rowsRead} rows were read before. Turn on 'Keep Partial List' to get them, narrow the filters, or read fewer with Limit.`,
		itemIndex,
	});
}

function endlessFailure({ node, vendor, secrets }: Connection, itemIndex?: number): NodeApiError {
	return requestError(node, vendor, secrets, {
		message: `The list does not end: ${maximumListPages} pages were read`,
		advice: 'Narrow the filters, or read fewer with Limit.',
		itemIndex,
	});
}

function windowsOf(connection: Connection, operation: Operation, values: FieldValues): FieldValues[] {
	const { period } = operation;
	if (period === undefined || values[period.from] === undefined) return [values];
	const context = writeContextOf(connection);
	const from = boundOf(values[period.from], context, 'first');
	const to = values[period.to] === undefined ? context.now : boundOf(values[period.to], context, 'last');
	if (from === undefined || to === undefined) return [values];
	const windows = periodWindows(from, to, period.months, context.vendorZone);
	if (windows.length <= 1) return [values];
	return windows.map((window) => ({
		...values,
		[period.from]: new Date(window.from).toISOString(),
		[period.to]: new Date(window.to).toISOString(),
	}));
}
