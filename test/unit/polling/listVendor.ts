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

	private known: { key: string; rows: Row[] } | undefined;

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
		this.allShownAt ??= this.records.reduce((latest, { shownAt }) => Math.max(latest, shownAt), 0);
		if (this.options.isFixed !== true || this.clock < this.allShownAt) return this.lookUp(window);
		const key = JSON.stringify(window);
		if (this.known?.key !== key) this.known = { key, rows: this.lookUp(window) };
		return this.known.rows;
	}

	private lookUp(window: TimeWindow): Row[] {
		const rows = this.records
			.filter((record) => (record.startedAt ?? record.shownAt) <= this.clock)
			.filter(({ removedAt = Infinity }) => this.clock < removedAt)
			.map((record) => this.toRow(record));
		return rows.filter((row) => this.matches(row, window)).sort((first, second) => this.compare(first, second));
	}

	private toRow(record: ListedRecord): Row {
		const { shift } = this.options;
		return {
			id: record.id,
			version: record.version ?? '',
			...(record.shownAt <= this.clock ? { time: record.time + shift } : {}),
			filterTime: (this.lastChange(record) ?? record.startedAt ?? record.time) + shift,
		};
	}

	private lastChange({ changes = [] }: ListedRecord): number | undefined {
		return changes.filter((time) => time <= this.clock).at(-1);
	}

	private matches({ filterTime }: Row, { from, to }: TimeWindow): boolean {
		const { exclusiveBounds, filter, step } = this.options;
		if (filter === 'none') return true;
		const time = Math.floor(filterTime / step);
		const lower = from === undefined ? -Infinity : Math.floor(from / step);
		const upper = to === undefined || filter === 'since' ? Infinity : Math.floor(to / step);
		return exclusiveBounds ? time > lower && time < upper : time >= lower && time <= upper;
	}

	private compare(first: Row, second: Row): number {
		if (this.options.order === 'unknown') return scramble(first.id) - scramble(second.id);
		const sortTime = (row: Row) => (this.options.isSortedByFilter ? row.filterTime : (row.time ?? row.filterTime));
		const difference = sortTime(first) - sortTime(second) || (first.id < second.id ? -1 : 1);
		return this.options.order === 'ascending' ? difference : -difference;
	}
}

/** An order that has nothing to do with time. */
function scramble(id: string): number {
	return [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * 7) % 997, 7);
}
