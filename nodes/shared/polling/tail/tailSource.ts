import type { PagePosition } from '../../definition/paging';
import type { TailEvent, TimeWindow } from '../../definition/events';

/** One page as the engine sees it. */
export interface TailPage<Row> {
	rows: Row[];
	/** Left out where reading cannot be continued. */
	position?: PagePosition;
	next?: PagePosition;
	pages?: number;
	/** Which of several lists the page belongs to, where they are read one after the other. */
	list?: string;
}

/** What is remembered of a record, so that its next event can say what it was before. */
export interface RecordState {
	id: string;
	state: string;
}

/** A list that is followed by time: what the engine needs, without n8n. All times are epoch milliseconds. */
export interface TailSource<Row> {
	/** Pages of a period of the list's filter, from a position on. */
	pages(window: TimeWindow, start?: PagePosition): AsyncGenerator<TailPage<Row>>;
	/** Time of the event; undefined while the row is none. */
	time(row: Row): number | undefined;
	/** Time that the list's filter works on; undefined when it cannot be known. */
	filterTime(row: Row): number | undefined;
	/** True when the event's time says its offset from UTC, so that no time zone can be set wrong for it. */
	hasOffset(row: Row): boolean;
	/** What tells an event from all others; only a hash of it is kept. */
	key(row: Row): string;
	keep(row: Row): boolean;
	/** ID of the record and the state to remember of it; undefined where none is remembered. Never when left out. */
	state?(row: Row): RecordState | undefined;
	/** Order of the rows by the event's time. */
	order: TailEvent['order'];
	/** Order of the rows by the time that the filter works on. */
	filterOrder: TailEvent['order'];
	/** The list takes a lower bound. */
	hasSince: boolean;
	/** The list takes an upper bound too. */
	hasUntil: boolean;
	/** Both bounds are known to belong to the period, so that it need not be widened. */
	isInclusive: boolean;
	/** Finest step of the filter. */
	step: number;
	/** Begin of the step of the filter that a time lies in. Where a time of the filter stands for two moments, both lie in one step. */
	align(time: number): number;
	/** Begin of the step after it. */
	stepAfter(time: number): number;
	/**
	 * What one reading misses the next one has to find: several lists between which records move, or one that is always read whole
	 * in no order.
	 */
	isReadTwice: boolean;
	/** Longest period that the vendor lists at once; any when left out. */
	longest?: number;
	/** Longest span between the filter's time and the event's time. */
	lookBack: number;
	/** How late a record may show up, seen from a watermark. */
	overlapAt(watermark: number): number;
	/** Present time as the vendor sees it; only a guess where the vendor's zone is not set well. */
	now(): number;
	/** Compares a page with what the event relies on; throws what is to be told when it does not hold. */
	check?(rows: Row[], window: TimeWindow): void;
	/** True for the failure of a page whose cursor is no longer good. Never when left out. */
	isRefusedPage?(error: unknown): boolean;
}
