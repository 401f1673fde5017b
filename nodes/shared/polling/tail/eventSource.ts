import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { catchPageErrors } from '../../lists/catchPageErrors';
import type { FieldValues } from '../../definition/request';
import { PagingStuckError } from '../../lists/pageReader';
import { zoneOffset } from '../../time/timeZone';
import { parseVendorTime } from '../../input/values';
import type { SourceAccess, SourcePage, SourceRequest, TailEvent, TimeFilter, TimeWindow } from '../../definition/events';
import { shortHash, stableText } from '../../data/hash';
import type { TailPage, TailSource } from './tailSource';

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
}

/** Called when a vendor leads to the same page again, so that a list can not be read to its end. */
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
	const { since, lookBackHours = 0 } = event;
	const overlap = choices.overlapMinutes * minute;
	const parse = (value: unknown) => parseVendorTime(value, access.vendorZone);
	const filterTime = since?.time ?? event.time;
	return {
		pages: (window, start) => {
			const pages = event.read
				? customPages(event.read(access, window, choices.values, requestOf(event.source, choices.filters), start))
				: access.pages(windowed(event, access, choices, window), start);
			return endingWhereStuck(pages, onStuck);
		},
		time: (row) => parse(event.time(row)),
		filterTime: (row) => parse(filterTime(row)),
		hash: (row) => hashOf(event, row),
		keep: (row) => event.keep?.(row, choices.values) ?? true,
		order: lookBackHours > 0 ? 'unknown' : event.order,
		hasSince: since !== undefined,
		hasUntil: canBeSliced(event),
		step: (since?.stepSeconds ?? 1) * second,
		lookBack: lookBackHours * hour,
		overlapAt: (watermark) => overlap + repeatedHour(watermark, overlap, access.vendorZone),
		now: () => access.now(),
		isRefusedPage,
	};
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

function hashOf(event: TailEvent, row: IDataObject): string {
	const id = event.id(row);
	return shortHash(id ? `${id}\n${event.version?.(row) ?? ''}` : stableText(row));
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

async function* customPages(
	batches: AsyncGenerator<IDataObject[] | SourcePage>,
): AsyncGenerator<TailPage<IDataObject>> {
	for await (const batch of batches) yield Array.isArray(batch) ? { rows: batch } : batch;
}

function endingWhereStuck(
	pages: AsyncGenerator<TailPage<IDataObject>>,
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
