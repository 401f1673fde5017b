import type { TailPage, TailSource } from '../../../nodes/shared/polling/tail/tailSource';
import type { TimeWindow } from '../../../nodes/shared/definition/events';

/** A record of the vendor in memory; times are epoch milliseconds of the true clock. */
export interface ListedRecord {
	id: string;
	/** The record's own time. */
	time: number;
	/** When the list shows it as an event. */
	shownAt: number;
	/** When its row is in the list at first, without being an event (a call that still runs). Default: `shownAt`. */
	startedAt?: number;
	/** When the record changes later; the filter then works on its last change. */
	changes?: number[];
	/** When the record leaves the list for good. */
	removedAt?: number;
	version?: string;
}

/** How the vendor lists its records. */
export interface ListVendorOptions {
	order: 'ascending' | 'descending' | 'unknown';
	filter: 'none' | 'since' | 'sinceAndUntil';
	/** Both bounds leave out records of exactly this step. */
	exclusiveBounds: boolean;
	pageSize: number;
	/** The vendor says how many pages there are. */
	countsPages: boolean;
	/** How much later than true the vendor's times are, as with a zone that is not set well. */
	shift: number;
	overlap: number;
	/** The filter works on the start, at most this long before the record's own time. */
	lookBack: number;
	/** Finest step of the filter in milliseconds. */
	step: number;
	/** Milliseconds that a page takes. */
	pageTime: number;
	/** The times say their offset, so the zone cannot be wrong. */
	hasOffset?: boolean;
	/** No record is added or changed once all are shown, so a list need not be looked at anew for each page. */
	isFixed?: boolean;
	/** The list is in the order of the filter's time, which is not the record's own. */
	isSortedByFilter?: boolean;
}

/** A row as the list gives it. */
export interface Row {
	id: string;
	version: string;
	time?: number;
	filterTime: number;
}

/** The page that the vendor fails at. */
export class Outage extends Error {}

/** A vendor with one list in memory and virtual time; the list is looked at anew for each page, so records shift. */
export class ListVendor implements TailSource<Row> {
	readonly order: ListVendorOptions['order'];
	readonly filterOrder: ListVendorOptions['order'];
	readonly isInclusive = false;
	readonly isReadTwice: boolean;
	readonly hasSince: boolean;
	readonly hasUntil: boolean;
	readonly step: number;
	readonly lookBack: number;

	/** Pages until the next failure; endless when undefined. */
	pagesToOutage: number | undefined;

	pagesServed = 0;

	private allShownAt: number | undefined;

	private shown: { key: string; rows: Row[] } | undefined;

	private known: { key: string; shown: Row[]; rows: Row[] } | undefined;

	constructor(
		readonly records: ListedRecord[],
		readonly options: ListVendorOptions,
		public clock: number,
	) {
		this.order = options.isSortedByFilter ? 'unknown' : options.order;
		this.filterOrder = options.lookBack > 0 && !options.isSortedByFilter ? 'unknown' : options.order;
		this.isReadTwice = options.filter === 'none' && this.order === 'unknown';
		this.step = options.step;
		this.hasSince = options.filter !== 'none';
		this.hasUntil = options.filter === 'sinceAndUntil';
		this.lookBack = options.lookBack;
	}

	now(): number {
		return this.clock;
	}

	time(row: Row): number | undefined {
		return row.time;
	}

	filterTime(row: Row): number {
		return row.filterTime;
	}

	key(row: Row): string {
		return `${row.id}/${row.version}`;
	}

	hasOffset(_row: Row): boolean {
		return this.options.hasOffset ?? false;
	}

	align(time: number): number {
		return Math.floor(time / this.step) * this.step;
	}

	stepAfter(time: number): number {
		return this.align(time) + this.step;
	}

	keep(_row: Row): boolean {
		return true;
	}

	overlapAt(_watermark: number): number {
		return this.options.overlap;
	}

	async *pages(window: TimeWindow, start?: number | string): AsyncGenerator<TailPage<Row>> {
		for (let position = Number(start ?? 0); ; position++) {
			if (this.pagesToOutage === 0) throw new Outage();
			if (this.pagesToOutage !== undefined) this.pagesToOutage--;
			this.pagesServed++;
			const rows = this.list(window);
			const { pageSize, countsPages } = this.options;
			const pages = Math.ceil(rows.length / pageSize);
			const hasNext = (position + 1) * pageSize < rows.length;
			yield {
				rows: rows.slice(position * pageSize, (position + 1) * pageSize),
				position,
				...(hasNext ? { next: position + 1 } : {}),
				...(countsPages ? { pages } : {}),
			};
			this.clock += this.options.pageTime;
			if (!hasNext) return;
		}
	}

	private list(window: TimeWindow): Row[] {
		const shown = this.shownRows();
		const key = JSON.stringify(window);
		if (this.known?.key !== key || this.known.shown !== shown) {
			const [from, to] = this.boundsOf(window).map((time) => firstFrom(shown, time));
			this.known = { key, shown, rows: this.sorted(shown.slice(from, to)) };
		}
		return this.known.rows;
	}

	/** All rows that the vendor shows, in the order of their filter's time; looked up anew only when they may have changed. */
	private shownRows(): Row[] {
		this.allShownAt ??= this.records.reduce((latest, { shownAt }) => Math.max(latest, shownAt), 0);
		const moment = this.options.isFixed === true && this.clock > this.allShownAt ? this.allShownAt : this.clock;
		const key = `${moment}/${this.records.length}`;
		if (this.shown?.key !== key) this.shown = { key, rows: this.lookUp() };
		return this.shown.rows;
	}

	private lookUp(): Row[] {
		return this.records
			.filter(({ startedAt, shownAt }) => (startedAt ?? shownAt) <= this.clock)
			.filter(({ removedAt = Infinity }) => this.clock < removedAt)
			.map((record) => this.toRow(record))
			.sort((first, second) => first.filterTime - second.filterTime);
	}

	private toRow(record: ListedRecord): Row {
		const { id, version = '', time, shownAt, startedAt, changes } = record;
		const { shift } = this.options;
		const lastChange = changes?.filter((change) => change <= this.clock).at(-1);
		const filterTime = (lastChange ?? startedAt ?? time) + shift;
		return shownAt <= this.clock ? { id, version, time: time + shift, filterTime } : { id, version, filterTime };
	}

	/** The first moment that the filter lets through, and the first after it that it does not. */
	private boundsOf({ from, to }: TimeWindow): number[] {
		const { exclusiveBounds, filter, step } = this.options;
		const within = exclusiveBounds ? 1 : 0;
		const begin = from === undefined || filter === 'none' ? -Infinity : (Math.floor(from / step) + within) * step;
		const end = to === undefined || filter !== 'sinceAndUntil' ? Infinity : (Math.floor(to / step) + 1 - within) * step;
		return [begin, end];
	}

	private sorted(rows: Row[]): Row[] {
		if (this.options.order !== 'unknown') return rows.sort((first, second) => this.compare(first, second));
		const places = new Map(rows.map((row) => [row, scramble(row.id)]));
		return rows.sort((first, second) => places.get(first)! - places.get(second)!);
	}

	private compare(first: Row, second: Row): number {
		const sortTime = (row: Row) => (this.options.isSortedByFilter ? row.filterTime : (row.time ?? row.filterTime));
		const difference = sortTime(first) - sortTime(second) || (first.id < second.id ? -1 : 1);
		return this.options.order === 'ascending' ? difference : -difference;
	}
}

/** Position of the first row whose filter's time is not before the given one, in rows in that order. */
function firstFrom(rows: Row[], time: number): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (rows[middle].filterTime < time) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** An order that has nothing to do with time. */
function scramble(id: string): number {
	return [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * 7) % 997, 7);
}
