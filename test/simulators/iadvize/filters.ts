import { DateTime } from 'luxon';

import { commaList, wildcardMatcher } from '../kit';
import { invalidField, periodTooLong } from './problem';

/** Values of `filters[...]` of one request. */
export type Filters = Record<string, unknown>;

/** True for rows that pass. */
export type RowTest<Row> = (row: Row) => boolean;

const textFormat = 'yyyy-MM-dd HH:mm:ss';

/** Filters of a parsed query; anything that is no bracket object counts as none. */
export function filtersOf(query: Record<string, unknown>): Filters {
	const { filters } = query;
	return typeof filters === 'object' && filters !== null && !Array.isArray(filters) ? (filters as Filters) : {};
}

/** Text of a filter; undefined when it was not sent or is empty. */
export function filterText(filters: Filters, name: string): string | undefined {
	const value = filters[name];
	if (value === undefined || value === '') return undefined;
	if (typeof value !== 'string') throw invalidField(name);
	return value;
}

/** Whole number of a filter; a problem for anything else. */
export function filterId(filters: Filters, name: string): number | undefined {
	const text = filterText(filters, name);
	if (text === undefined) return undefined;
	if (!/^\d+$/.test(text)) throw invalidField(name);
	return Number(text);
}

/** Whole numbers of a comma list; undefined when the filter was not sent. */
export function filterIds(filters: Filters, name: string): number[] | undefined {
	const values = commaList(filters[name]);
	if (values.length === 0) return undefined;
	if (values.some((value) => !/^\d+$/.test(value))) throw invalidField(name);
	return values.map(Number);
}

/** Test that a row's number (or one of its numbers) equals a filter; undefined when the filter was not sent. */
export function idTest<Row>(
	filters: Filters,
	name: string,
	read: (row: Row) => number | number[] | null,
): RowTest<Row> | undefined {
	const wanted = filterId(filters, name);
	if (wanted === undefined) return undefined;
	return (row) => [read(row)].flat().includes(wanted);
}

/** Test with a comma list of numbers: one of them must be the row's. */
export function listTest<Row>(
	filters: Filters,
	name: string,
	read: (row: Row) => number | number[],
): RowTest<Row> | undefined {
	const wanted = filterIds(filters, name);
	if (wanted === undefined) return undefined;
	return (row) => [read(row)].flat().some((id) => wanted.includes(id));
}

/** Test for a text filter with `*`. */
export function textTest<Row>(filters: Filters, name: string, read: (row: Row) => string): RowTest<Row> | undefined {
	const pattern = filterText(filters, name);
	if (pattern === undefined) return undefined;
	const matches = wildcardMatcher(pattern);
	return (row) => matches(read(row));
}

/** Period of wall-clock texts, both bounds included; compares with texts of the same form. */
export interface Period {
	from?: string;
	to?: string;
}

/**
 * Bounds of `filters[from]` and `filters[to]`. A day as start means its first second, as end its last
 * (that the end day is included is not documented).
 */
export function periodOf(filters: Filters): Period {
	return { from: boundOf(filters, 'from', ' 00:00:00'), to: boundOf(filters, 'to', ' 23:59:59') };
}

function boundOf(filters: Filters, name: string, timeOfDay: string): string | undefined {
	const text = filterText(filters, name);
	if (text === undefined) return undefined;
	const full = text.length === 10 ? text + timeOfDay : text;
	if (!DateTime.fromFormat(full, textFormat, { zone: 'utc' }).isValid) throw invalidField(name);
	return full;
}

/**
 * Fills missing bounds the way the vendor does for conversations (neither: the last months; one: that many months after or before)
 * and refuses a longer period. `now` is the wall-clock text of the present.
 */
export function limitedPeriod(filters: Filters, months: number, now: string): Required<Period> {
	const { from, to } = periodOf(filters);
	const limit = months === 1 ? '1 month' : `${months} months`;
	// An end day reaches 24 hours further than its midnight; only the days count for the length.
	const end = to ?? now;
	const measured = to !== undefined && String(filters.to).length === 10 ? `${to.slice(0, 10)} 00:00:00` : end;
	if (from === undefined) return { from: shifted(measured, -months), to: end };
	const longest = shifted(from, months);
	if (to === undefined) return { from, to: longest };
	if (measured > longest) throw periodTooLong(limit);
	return { from, to };
}

function shifted(text: string, months: number): string {
	return DateTime.fromFormat(text, textFormat, { zone: 'utc' }).plus({ months }).toFormat(textFormat);
}

/** Test that a wall-clock text is in a period, bounds included. */
export function periodTest<Row>(period: Period, read: (row: Row) => string): RowTest<Row> {
	return (row) => {
		const text = read(row);
		return (period.from === undefined || text >= period.from) && (period.to === undefined || text <= period.to);
	};
}

/** One test out of several; undefined ones are left out. */
export function allOf<Row>(...tests: Array<RowTest<Row> | undefined>): RowTest<Row> {
	const set = tests.filter((test): test is RowTest<Row> => test !== undefined);
	return (row) => set.every((test) => test(row));
}
