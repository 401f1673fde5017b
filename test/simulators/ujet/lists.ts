import { pageOf, type RecordTable } from '../kit';
import type { Account } from './account';
import { badRequest, Problem } from './problem';
import type { Query } from './read';

type Value = string | number | boolean | null | undefined;
interface Stored {
	id: number | string;
}

/** A filter `name[]`: rows pass whose value is among the ones sent. */
export interface ListFilter<T> {
	value: (record: T) => Value;
	/** Values the vendor knows; others are refused. */
	allowed?: readonly string[];
}

/** A filter `name[from]` and `name[to]`. */
export interface RangeFilter<T> {
	value: (record: T) => Value;
	kind: 'time' | 'number';
}

/** What a list understands and how it shows a record. */
export interface ListDefinition<T extends Stored> {
	table: () => RecordTable<T>;
	lists?: Record<string, ListFilter<T>>;
	ranges?: Record<string, RangeFilter<T>>;
	/** Fields a record can be sorted by. */
	row: (record: T) => object;
	/** Shown record; the row if left out. */
	show?: (record: T, query: Query) => unknown;
	/** Hides records unless `with_deleted=true`. */
	deleted?: (record: T) => boolean;
	/** Filters of which one must be there, because the vendor refuses to read the whole list. */
	boundedBy?: string[];
}

/** A page of rows and the headers that go with it. */
export interface ListAnswer {
	rows: unknown[];
	headers: Record<string, string>;
}

const rememberedLists = 8;

/** Filters, sorts and pages lists; remembers the last results so that reading on page by page stays fast. */
export class Lists {
	private remembered: Array<{ source: object; key: string; records: readonly unknown[] }> = [];

	constructor(private readonly account: Account) {}

	/** Answers a Manager list. `address` is the address of the list without query, for the link header. */
	answer<T extends Stored>(definition: ListDefinition<T>, query: Query, address: string): ListAnswer {
		const page = pageNumber(query, 'page', 1);
		const perPage = Math.min(pageNumber(query, 'per', 100), this.account.settings.managerPageLimit);
		const records = this.select(definition, query);
		const cut = pageOf(records, { page, perPage });
		const show = definition.show ?? definition.row;
		return {
			rows: cut.rows.map((record) => show(record, query)),
			headers: pageHeaders(address, query, {
				page: cut.page,
				pages: cut.pages,
				perPage,
				total: cut.count,
				sizeName: 'per',
			}),
		};
	}

	/** Records that pass all filters of a query, in its order. */
	select<T extends Stored>(definition: ListDefinition<T>, query: Query): readonly T[] {
		const source = definition.table().list();
		const { page: _page, per: _per, ...rest } = query;
		const key = JSON.stringify(rest);
		const known = this.remembered.find((entry) => entry.source === source && entry.key === key);
		if (known) return known.records as readonly T[];
		const tests = this.tests(definition, rest);
		const passed = tests.length === 0 ? source : source.filter((record) => tests.every((test) => test(record)));
		const records = sorted(passed, definition, rest);
		this.remembered = [{ source, key, records }, ...this.remembered].slice(0, rememberedLists);
		return records;
	}

	private tests<T extends Stored>(definition: ListDefinition<T>, query: Query): Array<(record: T) => boolean> {
		const tests: Array<(record: T) => boolean> = [];
		const { boundedBy } = definition;
		if (boundedBy && !boundedBy.some((name) => query[name] !== undefined)) throw badRequest('A time range is required');
		const { deleted, lists = {}, ranges = {} } = definition;
		if (deleted && query.with_deleted !== 'true') tests.push((record) => !deleted(record));
		for (const [name, filter] of Object.entries(lists)) {
			const values = query[name];
			if (values !== undefined) tests.push(listTest(name, filter, values));
		}
		for (const [name, filter] of Object.entries(ranges)) {
			const bounds = query[name];
			if (bounds !== undefined)
				tests.push(rangeTest(name, filter, bounds, this.account.settings.rangeBounds === 'inclusive'));
		}
		return tests;
	}
}

function listTest<T>(name: string, { value, allowed }: ListFilter<T>, sent: unknown): (record: T) => boolean {
	const values = Array.isArray(sent) ? sent.map(String) : typeof sent === 'string' ? [sent] : undefined;
	if (!values || values.some((one) => allowed && !allowed.includes(one))) throw badRequest(`Invalid param: ${name}`);
	const wanted = new Set(values);
	return (record) => wanted.has(String(value(record)));
}

function rangeTest<T>(
	name: string,
	{ value, kind }: RangeFilter<T>,
	sent: unknown,
	inclusive: boolean,
): (record: T) => boolean {
	const { from, to } = (typeof sent === 'object' && sent !== null ? sent : {}) as { from?: unknown; to?: unknown };
	if (from === undefined && to === undefined) throw badRequest(`Invalid param: ${name}`);
	const low = bound(name, kind, from, -Infinity);
	const high = bound(name, kind, to, Infinity);
	if (low > high) throw new Problem(422, 'Invalid range');
	return (record) => {
		const own = value(record);
		if (own === null || own === undefined) return false;
		const number = kind === 'time' ? Date.parse(String(own)) : Number(own);
		return inclusive ? number >= low && number <= high : number > low && number < high;
	};
}

function bound(name: string, kind: 'time' | 'number', text: unknown, open: number): number {
	if (text === undefined || text === '') return open;
	const number = typeof text !== 'string' ? NaN : kind === 'time' ? utcTime(text) : Number(text);
	if (Number.isNaN(number)) throw badRequest(`Invalid param: ${name}`);
	return number;
}

/** Epoch milliseconds of an ISO text; one without zone is UTC. */
function utcTime(text: string): number {
	const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) || !text.includes('T') ? text : `${text}Z`;
	return /^\d{4}-\d\d-\d\d/.test(zoned) ? Date.parse(zoned) : NaN;
}

function sorted<T extends Stored>(records: readonly T[], { row }: ListDefinition<T>, query: Query): readonly T[] {
	const { sort_column: column, sort_direction: direction = 'ASC' } = query;
	if (direction !== 'ASC' && direction !== 'DESC') throw badRequest('Invalid param: sort_direction');
	if (column === undefined) return records;
	const first = records[0];
	if (typeof column !== 'string' || (first && !(column in row(first)))) throw badRequest('Invalid param: sort_column');
	const keyed = records.map((record) => ({ record, key: (row(record) as Record<string, unknown>)[column] }));
	const sign = direction === 'ASC' ? 1 : -1;
	return keyed.sort((one, other) => sign * compare(one.key, other.key)).map(({ record }) => record);
}

/** Nothing comes after everything else, as the database of the vendor does it. */
function compare(one: unknown, other: unknown): number {
	if (one === other) return 0;
	if (one === null || one === undefined) return 1;
	if (other === null || other === undefined) return -1;
	return (one as string) < (other as string) ? -1 : (one as string) > (other as string) ? 1 : 0;
}

function pageNumber(query: Query, name: string, fallback: number): number {
	const value = query[name];
	if (value === undefined || value === '') return fallback;
	if (typeof value !== 'string' || !/^\d+$/.test(value) || Number(value) < 1)
		throw badRequest(`Invalid param: ${name}`);
	return Number(value);
}

/** Total, Per-Page and Link of a page; `sizeName` is the query name of the page size. */
export function pageHeaders(
	address: string,
	query: Query,
	place: { page: number; pages: number; perPage: number; total: number; sizeName: string },
): Record<string, string> {
	const { page, pages, perPage, total, sizeName } = place;
	const link = (target: number, relation: string): string =>
		`<${address}?${queryString({ ...query, page: String(target), [sizeName]: String(perPage) })}>; rel="${relation}"`;
	const links = page < pages ? [link(page + 1, 'next'), link(pages, 'last')] : [];
	return { total: String(total), 'per-page': String(perPage), ...(links.length > 0 ? { link: links.join(', ') } : {}) };
}

function queryString(query: Query): string {
	const pairs = Object.entries(query).flatMap(([name, value]): Array<[string, string]> => {
		if (Array.isArray(value)) return value.map((one) => [`${name}[]`, String(one)]);
		if (typeof value === 'object' && value !== null)
			return Object.entries(value).map(([key, one]) => [`${name}[${key}]`, String(one)]);
		return [[name, String(value)]];
	});
	return new URLSearchParams(pairs).toString();
}
