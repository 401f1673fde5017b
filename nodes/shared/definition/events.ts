import type { IDataObject } from 'n8n-workflow';

import type { Field, RowContext } from './operation';
import type { FieldValues } from './request';
import type { PagePosition } from './paging';
import type { ValueWriter } from './valueWriter';

/** A Get Many operation that an event is read from, by its internal names. */
export interface SourceRequest {
	resource: string;
	operation: string;
	/** Query parameters under the vendor's names, already written. */
	query?: IDataObject;
	/** Values of the `{name}` places in the operation's path. */
	path?: Record<string, string>;
}

/** One page of a list. */
export interface SourcePage {
	rows: IDataObject[];
	position: PagePosition;
	/** Where the next page begins; left out on the last page. */
	next?: PagePosition;
	/** Number of pages in all, where the vendor says it. */
	pages?: number;
	/** Which of several lists the page belongs to, where they are read one after the other. */
	list?: string;
}

/** One of several lists that are read one after the other. */
export interface NamedList {
	/** Part of the position, so without a space; the lists are read in the order of their names. */
	name: string;
	request: SourceRequest;
}

/**
 * How a poll reaches the vendor. Every request goes through the tenant's pacer; a failure is thrown as a finished NodeApiError.
 */
export interface SourceAccess {
	/** Address of the account, without a path: what the state of a trigger belongs to. */
	readonly tenant: string;
	/** IANA zone of the vendor's naive times. */
	readonly vendorZone: string;
	/** Version of the node in the workflow; 1 when left out. */
	readonly nodeVersion?: number;
	/** IANA zone of times that the user types, the workflow's zone. */
	readonly inputZone: string;
	/** Present time in epoch milliseconds: by the `Date` header of the vendor's last answer, else by the clock of the machine. */
	now(): number;
	/** Rows of a list to its end, page by page. */
	list(request: SourceRequest): AsyncGenerator<IDataObject[]>;
	/** Pages of a list from a position on (the first page when left out), for reading that continues another time. */
	pages(request: SourceRequest, start?: PagePosition): AsyncGenerator<SourcePage>;
	/** Pages of several lists one after the other, which a later reading can go on with as with those of one. */
	pagesInTurn(lists: NamedList[], start?: PagePosition): AsyncGenerator<SourcePage>;
}

/** Something an event relies on that the vendor's documents do not promise; each poll looks whether it holds. */
export interface Assumption {
	/** One sentence without final period: `The list honors the filter by status`. */
	text: string;
	holds: (row: IDataObject, values: FieldValues) => boolean;
}

/** What all events have. */
export interface EventBase {
	/** Internal value, camelCase. */
	value: string;
	/** Title Case: `Call Ended`. */
	name: string;
	/** One sentence, no final period. */
	description: string;
	/** Filters, shown only for this event; sent in the query of the source request unless their `send` says otherwise. */
	fields?: Field[];
	source: SourceRequest;
	/** How releases before read the event, where `source` has changed since: their states go on. */
	earlierSources?: SourceRequest[];
	/** What is checked on each row besides the order and the period of the list. */
	assumptions?: Assumption[];
	/** Makes the item out of the row; the row itself when left out. */
	transform?: (row: IDataObject, values: FieldValues, context: RowContext) => IDataObject;
}

/** How a list is narrowed by time. */
export interface TimeFilter {
	/** Query parameter of the lower bound. */
	parameter: string;
	/** Query parameter of the upper bound; the engine then cuts a backlog into slices of time. */
	until?: string;
	/** Writes an epoch time in milliseconds as the vendor wants it. */
	write: ValueWriter;
	/** The time in the row that the filter works on; needed for slices of time where it is not the event's own time. */
	time?: (row: IDataObject) => unknown;
	/** Finest step of the filter in seconds, for example 86400 where it takes only days. Default: 1. */
	stepSeconds?: number;
	/** True where both bounds surely belong to the period; else the engine asks for a step more on both sides. */
	isInclusive?: boolean;
	/** Order of the rows by the time that the filter works on, where that is not the event's own time. */
	order?: 'ascending' | 'descending';
}

/** A period of the vendor's time in epoch milliseconds; a bound that is missing is open. Both bounds may be inclusive. */
export interface TimeWindow {
	from?: number;
	to?: number;
}

/** An event with a time: new or changed records of a list, followed with a watermark. */
export interface TailEvent extends EventBase {
	kind: 'tail';
	/** Time filter of the list; left out when the list has none. */
	since?: TimeFilter;
	/** Order in which the vendor gives the rows by `time`. Say `unknown` when not sure, and whenever `lookBackHours` is set. */
	order: 'ascending' | 'descending' | 'unknown';
	/** The vendor's timestamp of the event as it stands in the row; undefined while the row is no event yet (a call still running). */
	time: (row: IDataObject) => unknown;
	/** The vendor's id of the record. */
	id: (row: IDataObject) => string;
	/** What makes the same record a new event when it changes; left out when a record is one event only. */
	version?: (row: IDataObject) => string;
	/** Filters that the vendor does not offer. */
	keep?: (row: IDataObject, values: FieldValues) => boolean;
	/**
	 * State of a row as short text, kept in the workflow, so that `transform` learns the state before in its context. It is the one of
	 * the last reading that held the record; say undefined where the filters hide states, so that none is taken for the one before.
	 */
	state?: (row: IDataObject, values: FieldValues) => string | undefined;
	/** Default for how late a record may show up in the list after its own timestamp, in minutes; the user can change it. */
	overlapMinutes: number;
	/** Longer default in minutes that certain filters need, because a record matches them only later. */
	overlapFor?: (values: FieldValues) => number | undefined;
	/** Set when the time filter works on an earlier time than `time` (start time while we watch the end): the longest span between both. */
	lookBackHours?: number;
	/**
	 * Reads the rows where one list is not enough (changed conversations, then the messages of each).
	 * Gives all rows from `window.from` on; keeps to `window.to` too when `since.until` is set. A poll whose time is over goes on
	 * at `start` the next time. No two pages of a reading have the same position.
	 * `request` is the source with the user's filters.
	 */
	read?: TailReading;
}

/** Reads the pages of a period of a tail event's list. */
export type TailReading = (
	access: SourceAccess,
	window: TimeWindow,
	values: FieldValues,
	request: SourceRequest,
	start?: PagePosition,
) => AsyncGenerator<SourcePage>;

/** An event without a time: what changed in a list since it was last read. A long list is read over several polls. */
export interface SnapshotEvent extends EventBase {
	kind: 'snapshot';
	/** What a row is known by from poll to poll; with `emitGone` it is kept in the workflow, so the vendor's id and no personal data. */
	key: (row: IDataObject) => string;
	/** The watched state as short text, such as `chat:1,call:0` or `above`; kept in the workflow, so no personal data. */
	state: (row: IDataObject, values: FieldValues) => string;
	/** A likely state before a state, for the sample of the editor's test fetch: undefined for a record that is new, the same state when left out. */
	sampleBefore?: (state: string) => string | undefined;
	/** Also emits rows that were not there before; `wanted` says which. */
	emitNew?: boolean;
	/** Also emits rows that are there no more. */
	emitGone?: boolean;
	/** Differences that are emitted; all when left out. */
	wanted?: (change: SnapshotChange, values: FieldValues) => boolean;
	/**
	 * The vendor's timestamp of a row's last change. With it any number of rows can be watched: 50,000 are remembered, and of the
	 * others a change is noticed by its time (not in the very second of the last reading) and comes without `before`.
	 * Without it 50,000 rows are the most.
	 */
	changedAt?: (row: IDataObject) => unknown;
	/** Filters that the vendor does not offer. */
	keep?: (row: IDataObject, values: FieldValues) => boolean;
	/**
	 * Makes the item; `row` is undefined for what is gone, `before` for what is new, `after` for what is gone.
	 * Default: the (transformed) row with `stateBefore` and `stateAfter`.
	 */
	emit?: (change: SnapshotChange, values: FieldValues, context: RowContext) => IDataObject;
	/** Reads the rows where one list is not enough, from `start` on; `request` is the source with the user's filters. */
	read?: (
		access: SourceAccess,
		values: FieldValues,
		request: SourceRequest,
		start?: PagePosition,
	) => AsyncGenerator<SourcePage>;
}

/** One difference between two snapshots. */
export interface SnapshotChange {
	row?: IDataObject;
	before?: string;
	after?: string;
	/** Key of the row, known for one that is gone too. */
	key: string;
}

/** True where an event shows the watched state as `before` and `after`, each an object or null, as from version 2 of a node on. */
export function reportsStates({ nodeVersion = 1 }: RowContext): boolean {
	return nodeVersion >= 2;
}

/** What a trigger can start on. */
export type TriggerEvent = TailEvent | SnapshotEvent;
