// Filters, order and pages of lists of API version 3, as far as the vendor's articles describe them.
import { Problem } from './problem';

/** A row before it is sent; times are epoch milliseconds as Date, so that filters and offsets can work on them. */
export type Row = Record<string, unknown>;

/** Query of a list. */
export type Query = Record<string, unknown>;

/**
 * Rows that pass `_filters`, in the order of `_sortField`.
 * @param now epoch milliseconds that named periods count from
 * @param known fields that can be filtered; all when left out
 */
export function selectRows(rows: Row[], query: Query, now: number, known?: string[]): Row[] {
	const conditions = readConditions(query._filters);
	for (const [field] of conditions) {
		if (known !== undefined && !known.includes(field)) throw new Problem(400, `Filter field ${field} is not supported`);
	}
	const found = rows.filter((row) => conditions.every(([field, operator, value]) => passes(row, field, operator, value, now)));
	const { _sortField: sortField, _sortDir: direction } = query;
	if (typeof sortField !== 'string') return found;
	const sign = direction === 'DESC' ? -1 : 1;
	return [...found].sort((first, second) => sign * compare(first[sortField], second[sortField]));
}

/** One page by `_page` and `_perPage`; no more than `most` rows, which the vendor does not document. */
export function pageOf(rows: Row[], { _page, _perPage }: Query, most: number): Row[] {
	const size = Math.min(wholeNumber(_perPage, 10), most);
	const start = (wholeNumber(_page, 1) - 1) * size;
	return rows.slice(start, start + size);
}

/** One page by `_cursor` and `_perPage`, and the cursor of the next one. */
export function cursorPageOf(rows: Row[], { _cursor, _perPage }: Query, most: number): { page: Row[]; next?: string } {
	const size = Math.min(wholeNumber(_perPage, 10), most);
	const start = _cursor === undefined ? 0 : Number(Buffer.from(String(_cursor), 'base64url').toString());
	if (!Number.isInteger(start)) throw new Problem(400, 'Invalid cursor');
	const end = start + size;
	const next = end < rows.length ? Buffer.from(String(end)).toString('base64url') : undefined;
	return { page: rows.slice(start, end), next };
}

function readConditions(text: unknown): Array<[string, string, string]> {
	if (text === undefined || text === '') return [];
	let parsed: unknown;
	try {
		parsed = JSON.parse(String(text));
	} catch {
		throw new Problem(400, 'Filters are not valid JSON');
	}
	if (!Array.isArray(parsed)) {
		return Object.entries(parsed as object).map(([field, value]) => [field, 'E', String(value)]);
	}
	return parsed as Array<[string, string, string]>;
}

function passes(row: Row, field: string, operator: string, value: string, now: number): boolean {
	// A search looks at all texts of a record, the full name included.
	const searched = () => [...Object.values(row).flat().map(textOf), `${textOf(row.firstname)} ${textOf(row.lastname)}`];
	const own = field === 'search' ? searched() : [row[field]].flat().map(textOf);
	const wanted = value.toLowerCase();
	const listed = wanted.split(',');
	const texts = own.map((text) => text.toLowerCase());
	switch (operator) {
		case 'E':
			return texts.includes(wanted);
		case 'NE':
			return !texts.includes(wanted);
		case 'L':
			return texts.some((text) => text.includes(wanted));
		case 'NL':
			return !texts.some((text) => text.includes(wanted));
		case 'IN':
		case 'CY':
			return texts.some((text) => listed.includes(text));
		case 'NI':
			return !texts.some((text) => listed.includes(text));
		case 'IE':
			return texts.every((text) => text === '');
		case 'INE':
			return texts.some((text) => text !== '');
		case 'D>':
			return texts[0] > wanted;
		case 'D<':
			return texts[0] < wanted;
		case 'D>=':
		case '>=':
			return texts[0] >= wanted;
		case 'D<=':
		case '<=':
			return texts[0] <= wanted;
		case 'DP': {
			const [from, to] = periodOf(value, now);
			return texts[0] >= from && texts[0] < to;
		}
		default:
			throw new Problem(400, `Unknown operator ${operator}`);
	}
}

/** Begin and end of a named period, in UTC; weeks begin on Monday. */
function periodOf(name: string, now: number): [string, string] {
	const date = new Date(now);
	const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
	const at = (...parts: [number, number, number]) => textOf(new Date(Date.UTC(...parts)));
	const monday = day - ((date.getUTCDay() + 6) % 7);
	switch (name) {
		case 'T':
			return [at(year, month, day), at(year, month, day + 1)];
		case 'TW':
			return [at(year, month, monday), at(year, month, monday + 7)];
		case 'LM':
			return [at(year, month - 1, 1), at(year, month, 1)];
		default:
			throw new Problem(400, `Unknown period ${name}`);
	}
}

/** Filters work in UTC. */
function textOf(value: unknown): string {
	if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ');
	return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function compare(first: unknown, second: unknown): number {
	const [one, other] = [first, second].map((value) => (value instanceof Date ? value.getTime() : String(value ?? '')));
	return one < other ? -1 : one > other ? 1 : 0;
}

function wholeNumber(value: unknown, otherwise: number): number {
	const number = value === undefined ? otherwise : Number(value);
	if (!Number.isInteger(number) || number < 1) throw new Problem(400, 'Invalid page');
	return number;
}
