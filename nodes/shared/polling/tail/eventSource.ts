import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { catchPageErrors } from '../../lists/catchPageErrors';
import type { PagePosition } from '../../definition/paging';
import type { FieldValues } from '../../definition/request';
import { PagingStuckError } from '../../lists/pagingStyle';
import { repeatedPeriod, toZonedText, zoneOffset } from '../../time/timeZone';
import { hasOffset, parseVendorTime } from '../../time/writtenTime';
import { checkOrder, checkPeriod, checkRows, orderOf } from '../assumptions';
import { reportsStates } from '../../definition/events';
import type { SourceAccess, SourcePage, SourceRequest, TailEvent, TimeFilter, TimeWindow } from '../../definition/events';
import { stableStringify } from '../../data/hash';
import type { RecordState, TailPage, TailSource } from './tailSource';

const hour = 3_600_000;
const minute = 60_000;
const second = 1_000;

/** What the user chose for an event. */
export interface EventChoices {
	values: FieldValues;
	/** Filters as the vendor wants them. */
	filters: Pick<SourceRequest, 'query' | 'path'>;
	/** How late records may show up, in minutes. */
	overlapMinutes: number;
	/** How long before its own time a record may stand in the list, in hours. */
	lookBackHours: number;
	/** Longest period that the vendor lists at once, in days; any when left out. */
	longestDays?: number;
}

/** Called when a vendor leads to the same page again, so that a list cannot be read to its end. */
export type OnStuck = () => void;

/** The request of an event with the user's filters. */
export function requestOf(source: SourceRequest, { query, path }: EventChoices['filters']): SourceRequest {
	return { ...source, query: { ...source.query, ...query }, path: { ...source.path, ...path } };
}

/** Makes a tail event readable for the engine. */
export function tailSourceOf(
	event: TailEvent,
	access: SourceAccess,
	choices: EventChoices,
	onStuck: OnStuck,
): TailSource<IDataObject> {
	const { overlapMinutes, lookBackHours, longestDays } = choices;
	const zone = access.vendorZone;
	const overlap = overlapMinutes * minute;
	return {
		...rowReaders(event, access, choices),
		...timeSteps(event, zone),
		...filterTraits(event),
		pages: (window, start) => endingWhereStuck(pagesOf(event, access, choices, window, start), onStuck),
		order: lookBackHours > 0 ? 'unknown' : event.order,
		longest: longestDays === undefined ? undefined : longestDays * 24 * hour,
		lookBack: lookBackHours * hour,
		overlapAt: (watermark) => overlap + repeatedHour(watermark, overlap, zone),
		now: () => access.now(),
		check: (rows, window) => checkPage(event, rows, window, choices, zone),
		isRefusedPage,
	};
}

/** How a row of the event is read. */
function rowReaders(
	event: TailEvent,
	access: SourceAccess,
	choices: EventChoices,
): Pick<TailSource<IDataObject>, 'time' | 'filterTime' | 'hasOffset' | 'key' | 'keep' | 'state'> {
	const zone = access.vendorZone;
	return {
		time: (row) => parseVendorTime(event.time(row), zone),
		filterTime: (row) => parseVendorTime(writtenFilterTime(event, row), zone),
		hasOffset: (row) => hasOffset(event.time(row)),
		key: (row) => keyOf(event, row),
		keep: (row) => event.keep?.(row, choices.values) ?? true,
		...(event.state === undefined || !reportsStates(access) ? {} : { state: (row) => stateOf(event, choices, row) }),
	};
}

/** The steps of the list's filter. */
function timeSteps(event: TailEvent, zone: string): Pick<TailSource<IDataObject>, 'step' | 'align' | 'stepAfter'> {
	const step = (event.since?.stepSeconds ?? 1) * second;
	return {
		step,
		align: (time) => alignedTo(time, step, zone),
		stepAfter: (time) => stepAfter(time, step, zone),
	};
}

/** What the list's filter can do, and how far its answers can be relied on. */
function filterTraits(
	event: TailEvent,
): Pick<TailSource<IDataObject>, 'filterOrder' | 'hasSince' | 'hasUntil' | 'isReadTwice' | 'isInclusive'> {
	const { since } = event;
	return {
		filterOrder: orderOf(event),
		hasSince: since !== undefined,
		hasUntil: canBeSliced(event),
		isReadTwice: event.read !== undefined || (since === undefined && event.order === 'unknown'),
		isInclusive: since?.isInclusive === true,
	};
}

function pagesOf(
	event: TailEvent,
	access: SourceAccess,
	choices: EventChoices,
	window: TimeWindow,
	start?: PagePosition,
): AsyncGenerator<SourcePage> {
	if (event.read === undefined) return access.pages(windowed(event, access, choices, window), start);
	return event.read(access, window, choices.values, requestOf(event.source, choices.filters), start);
}

/** The time that the list's filter works on, as the vendor writes it in the row. */
function writtenFilterTime({ since, time }: TailEvent, row: IDataObject): unknown {
	return (since?.time ?? time)(row);
}

/** @throws BrokenAssumption when the page is not what the event relies on */
function checkPage(event: TailEvent, rows: IDataObject[], window: TimeWindow, { values }: EventChoices, zone: string): void {
	const times = rows.map((row) => {
		const written = writtenFilterTime(event, row);
		return { time: parseVendorTime(written, zone), hasOffset: hasOffset(written) };
	});
	checkOrder(event, times, (time) => second + repeatedHour(time, 0, zone));
	checkPeriod(event, times, window);
	checkRows(event, rows, values);
}

/** Begin of the second, or of the vendor's day, that a time lies in; of both hours where the clock of the vendor shows one twice. */
function alignedTo(time: number, step: number, zone: string): number {
	if (step < 24 * hour) return repeatedPeriod(time, zone)?.from ?? Math.floor(time / step) * step;
	return parseVendorTime(toZonedText(time, zone, 'yyyy-MM-dd'), zone) ?? time;
}

function stepAfter(time: number, step: number, zone: string): number {
	if (step < 24 * hour) return repeatedPeriod(time, zone)?.to ?? Math.floor(time / step) * step + step;
	// A day may have 25 hours.
	return alignedTo(alignedTo(time, step, zone) + step * 1.25, step, zone);
}

/** Without the time that the filter works on, a record at the border of two slices could not be told from a new one. */
function canBeSliced({ since, lookBackHours = 0 }: TailEvent): boolean {
	return since?.until !== undefined && (lookBackHours === 0 || since.time !== undefined);
}

/**
 * Where clocks are set back, a vendor's time without zone stands for two moments and may be taken for one an hour off.
 * @returns how far, near such a change, else 0
 */
function repeatedHour(watermark: number, overlap: number, zone: string): number {
	return Math.max(0, zoneOffset(watermark - hour - overlap, zone) - zoneOffset(watermark + hour, zone));
}

function keyOf(event: TailEvent, row: IDataObject): string {
	const id = event.id(row);
	return id ? `${id}\n${event.version?.(row) ?? ''}` : stableStringify(row);
}

function stateOf(event: TailEvent, choices: EventChoices, row: IDataObject): RecordState | undefined {
	const state = event.state?.(row, choices.values);
	return state === undefined ? undefined : { id: event.id(row), state };
}

function windowed(event: TailEvent, access: SourceAccess, choices: EventChoices, window: TimeWindow): SourceRequest {
	const request = requestOf(event.source, choices.filters);
	if (event.since === undefined) return request;
	return { ...request, query: { ...request.query, ...boundsOf(event.since, access, window) } };
}

function boundsOf(
	{ parameter, until, write }: TimeFilter,
	access: SourceAccess,
	{ from, to }: TimeWindow,
): IDataObject {
	const context = { inputZone: access.inputZone, vendorZone: access.vendorZone, now: access.now() };
	return {
		...(from === undefined ? {} : { [parameter]: write(from, context) as string }),
		...(to === undefined || until === undefined ? {} : { [until]: write(to, context) as string }),
	};
}

function endingWhereStuck(
	pages: AsyncGenerator<SourcePage>,
	onStuck: OnStuck,
): AsyncGenerator<TailPage<IDataObject>> {
	return catchPageErrors(pages, (error) => {
		if (!(error instanceof PagingStuckError)) return error;
		onStuck();
		return undefined;
	});
}

/** Such a page says nothing of the list: the way to it, a cursor, is no longer good. */
function isRefusedPage(error: unknown): boolean {
	return error instanceof NodeApiError && ['400', '404', '410'].includes(error.httpCode ?? '');
}
