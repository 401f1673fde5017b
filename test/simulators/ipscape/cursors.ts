import { refused } from './problem';
import { queryText, type Query } from './query';
import type { Timed } from './rows';

/** How lists are cut into pages. All of it is undocumented, hence switchable. */
export interface CursorOptions {
	/** Rows a page (default 100). */
	pageSize?: number;
	/** What a cursor points to: the last row seen (`record`, default) or a number of rows (`offset`), which shifts when rows arrive. */
	style?: 'record' | 'offset';
	/** Who keeps the filters: the client repeats them with each cursor (`repeat`, default) or the cursor has them (`carried`). */
	filters?: 'repeat' | 'carried';
	/** Seconds of the simulator's clock after which a cursor is refused with status 400 (default: never). */
	expireAfterSeconds?: number;
	/** True: a cursor is refused as soon as the list has got another record. */
	expireOnInsert?: boolean;
	/** `nextUri` of the last page (default `null`). */
	lastPage?: 'null' | 'absent' | 'empty';
}

/** A list to cut one page out of. */
export interface PagedList<Row extends Timed> {
	/** Address without query, as it stands in `nextUri`. */
	uri: string;
	/** Rows that fit the filters, in order. */
	rows: readonly Row[];
	/** Records of the list without any filter. */
	total: number;
	/** Positive when the first row comes after the second. */
	compare: (first: Timed, second: Timed) => number;
	/** The vendor's samples of activities and dial attempts have no `previousUri`. */
	hasPrevious: boolean;
}

interface Cursor {
	uri: string;
	/** Last row before the page (`next`) or first row after it (`previous`). */
	toward: 'next' | 'previous';
	row: Timed;
	offset: number;
	issuedAt: number;
	total: number;
	filters: Query;
}

interface CutPage<Row> {
	metadata: Record<string, unknown>;
	rows: Row[];
}

/** Cursors that hold all they need, so that any number of them costs no memory. */
export class Cursors {
	private readonly options: Required<CursorOptions>;

	constructor(
		private readonly now: () => number,
		options: CursorOptions = {},
	) {
		this.options = {
			pageSize: 100,
			style: 'record',
			filters: 'repeat',
			expireAfterSeconds: Infinity,
			expireOnInsert: false,
			lastPage: 'null',
			...options,
		};
	}

	/** Filters that count for a request: its own, or those its cursor carries. */
	filtersOf(query: Query): Query {
		const text = queryText(query, 'cursor');
		if (text === undefined || this.options.filters === 'repeat') return query;
		return decode(text).filters;
	}

	/** Cuts the page a request asks for; a problem for a cursor that is broken, expired or of another list. */
	page<Row extends Timed>(list: PagedList<Row>, query: Query): CutPage<Row> {
		const text = queryText(query, 'cursor');
		const cursor = text === undefined ? undefined : this.read(text, list);
		const start = cursor ? this.startOf(cursor, list) : 0;
		const end = cursor?.toward === 'previous' ? this.endOf(cursor, list) : start + this.options.pageSize;
		const rows = list.rows.slice(start, end);
		return { rows, metadata: this.metadata(list, { start, end, rows }, query) };
	}

	private read<Row extends Timed>(text: string, list: PagedList<Row>): Cursor {
		const cursor = decode(text);
		if (cursor.uri !== list.uri) throw refused('The cursor belongs to another list.');
		const isOld = this.now() - cursor.issuedAt > this.options.expireAfterSeconds * 1000;
		const isOutdated = this.options.expireOnInsert && list.total > cursor.total;
		if (isOld || isOutdated) throw refused('The cursor has expired.');
		return cursor;
	}

	private startOf<Row extends Timed>(cursor: Cursor, list: PagedList<Row>): number {
		if (cursor.toward === 'previous') return Math.max(0, this.endOf(cursor, list) - this.options.pageSize);
		return this.options.style === 'offset' ? cursor.offset : countUpTo(list, cursor.row, 0);
	}

	private endOf<Row extends Timed>(cursor: Cursor, list: PagedList<Row>): number {
		return this.options.style === 'offset' ? cursor.offset : countUpTo(list, cursor.row, -1);
	}

	private metadata<Row extends Timed>(
		list: PagedList<Row>,
		{ start, end, rows }: { start: number; end: number; rows: Row[] },
		query: Query,
	): Record<string, unknown> {
		const write = (toward: Cursor['toward'], row: Row | undefined, offset: number): string | null => {
			if (!row) return null;
			const { time, id } = row;
			const common = { issuedAt: this.now(), total: list.total, filters: this.carried(query) };
			return `${list.uri}?cursor=${encode({ uri: list.uri, toward, row: { time, id }, offset, ...common })}`;
		};
		const nextUri = end < list.rows.length ? write('next', rows.at(-1), end) : null;
		const previousUri = start > 0 ? write('previous', rows[0], start) : null;
		return { ...this.nextLink(nextUri), ...(list.hasPrevious ? { previousUri } : {}) };
	}

	private nextLink(nextUri: string | null): Record<string, unknown> {
		if (nextUri !== null || this.options.lastPage === 'null') return { nextUri };
		return this.options.lastPage === 'empty' ? { nextUri: '' } : {};
	}

	private carried(query: Query): Query {
		if (this.options.filters === 'repeat') return {};
		const { cursor: _cursor, ...filters } = this.filtersOf(query);
		return filters;
	}
}

/** Number of rows before (limit -1) or up to and including (limit 0) a row, found by halving. */
function countUpTo<Row extends Timed>({ rows, compare }: PagedList<Row>, row: Timed, limit: number): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (compare(rows[middle] as Row, row) <= limit) low = middle + 1;
		else high = middle;
	}
	return low;
}

function encode(cursor: Cursor): string {
	return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decode(text: string): Cursor {
	try {
		const cursor = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor;
		if (typeof cursor.row.id === 'number' && typeof cursor.row.time === 'number') return cursor;
	} catch {
		// Refused below, like a cursor without content.
	}
	throw refused('The cursor is not valid.');
}
