import type { PagePosition } from '../../definition/paging';
import type { TailEvent, TimeWindow } from '../../definition/events';

/** One page as the engine sees it; a source that can not be continued gives no positions. */
export interface TailPage<Row> {
	rows: Row[];
	position?: PagePosition;
	next?: PagePosition;
	pages?: number;
}

/** A list that is followed by time: what the engine needs, without n8n. All times are epoch milliseconds. */
export interface TailSource<Row> {
	/** Pages of a period of the list's filter, from a position on. */
	pages(window: TimeWindow, start?: PagePosition): AsyncGenerator<TailPage<Row>>;
	/** Time of the event; undefined while the row is none. */
	time(row: Row): number | undefined;
	/** Time that the list's filter works on; undefined when it can not be known. */
	filterTime(row: Row): number | undefined;
	/** What an event is remembered by: short, no personal data. */
	hash(row: Row): string;
	keep(row: Row): boolean;
	order: TailEvent['order'];
	/** The list takes a lower bound. */
	hasSince: boolean;
	/** The list takes an upper bound too. */
	hasUntil: boolean;
	/** Finest step of the filter. */
	step: number;
	/** Longest span between the filter's time and the event's time. */
	lookBack: number;
	/** How late a record may show up, seen from a watermark. */
	overlapAt(watermark: number): number;
	/** Present time as the vendor sees it; only a guess where the vendor's zone is not set well. */
	now(): number;
	/** True for the failure of a further page that a shorter period may not meet: its cursor expired. Never when left out. */
	isRefusedPage?(error: unknown): boolean;
}
