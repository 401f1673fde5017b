import { catchPageErrors } from '../../lists/catchPageErrors';
import type { PollBudget } from '../budget';
import type { TimeWindow } from '../../definition/events';
import type { BacklogState } from '../state/pollState';
import { recheckedPages } from './recheckedPages';
import type { ReadPage } from './recheckedPages';
import { zoneMargin } from './tailReader';
import type { TailReader } from './tailReader';
import type { TailSource } from './tailSource';

type Slice = NonNullable<BacklogState['slice']>;

type SliceWindow = TimeWindow & { from: number };

/** How far the reading of a slice came. */
type SliceEnd = 'complete' | 'cut' | 'moved' | 'paused' | 'refused';

/** Part of a page that a slice should fill, so that one that holds some more still fits. */
const wantedFill = 0.7;

/** Most that a slice grows, or shrinks, at once. */
const growth = 4;

/**
 * Reads a list with lower and upper bound in slices of time, oldest first. The first slice is open: without a backlog it is all there is.
 *
 * A slice that takes more than one request is made shorter, or in a list that comes oldest first goes on at its last record: what is
 * given in one answer cannot shift meanwhile. Only the shortest slice, and several lists that are read one after the other, are read
 * over several pages; there the position is kept, so that each poll gets nearer to the end.
 * @returns true when everything was read
 */
export async function readSlices<Row>(
	source: TailSource<Row>,
	reader: TailReader<Row>,
	budget: PollBudget,
): Promise<boolean> {
	const slice = reader.slice;
	do {
		const window = windowOf(source, slice);
		const { end, rowsRead } = await readSlice(source, reader, slice, window, budget);
		if (end === 'paused') return false;
		if (end === 'refused') {
			slice.page = undefined;
			if (slice.span === undefined || slice.span > source.step) cut(source, slice, window, undefined);
			return false;
		}
		if (end !== 'complete') continue;
		slice.page = undefined;
		if (window.to === undefined) return true;
		slice.at = window.to;
		slice.span = fitted(source, slice, rowsRead);
	} while (!budget.isSpent);
	return false;
}

/** From where the slices stand; open at the end when it reaches the present and the vendor allows it. */
function windowOf<Row>(source: TailSource<Row>, slice: Slice): SliceWindow {
	const { at, span = Infinity } = slice;
	const end = Math.max(slice.end ?? -Infinity, source.now());
	const length = Math.min(span, source.longest ?? Infinity);
	if (at + length >= end) return { from: at };
	return { from: at, to: Math.max(source.align(at + length), source.stepAfter(at)) };
}

async function readSlice<Row>(
	source: TailSource<Row>,
	reader: TailReader<Row>,
	slice: Slice,
	window: SliceWindow,
	budget: PollBudget,
): Promise<{ end: SliceEnd; rowsRead: number }> {
	let rowsRead = 0;
	let isRefused = false;
	const failureOf = (error: unknown): unknown => {
		isRefused = slice.page !== undefined && source.isRefusedPage?.(error) === true;
		return isRefused ? undefined : error;
	};
	const asked = requested(source, slice, window);
	const pages = recheckedPages(source, asked, budget, slice.page);
	for await (const read of catchPageErrors(pages, failureOf)) {
		const hasMorePages = slice.page === undefined && read.goOn !== undefined && read.page.list === undefined;
		const rows = read.rows.filter((row) => isInside(source.filterTime(row), window));
		rowsRead += rows.length;
		if (asked.from < window.from && read.page.rows.some((row) => source.filterTime(row) === asked.from)) {
			slice.isInclusive = true;
			// Without what is outside there may be one page only.
			if (hasMorePages) return { end: 'cut', rowsRead };
		}
		if (hasMorePages && !isShortest(source, window)) return { end: shorten(source, reader, slice, window, read), rowsRead };
		reader.accept(rows);
		budget.stuck ||= read.isStuck;
		if (read.goOn === undefined || read.isStuck) return { end: 'complete', rowsRead };
		slice.page = read.goOn;
		if (budget.isSpent) return { end: 'paused', rowsRead };
	}
	return { end: isRefused ? 'refused' : 'complete', rowsRead };
}

function isShortest<Row>(source: TailSource<Row>, { from, to }: SliceWindow): boolean {
	return to !== undefined && to <= source.stepAfter(from);
}

/** Deals with a slice that has more than one page. */
function shorten<Row>(
	source: TailSource<Row>,
	reader: TailReader<Row>,
	slice: Slice,
	window: SliceWindow,
	{ page }: ReadPage<Row>,
): SliceEnd {
	slice.fullPage = Math.max(slice.fullPage ?? 0, page.rows.length);
	const times = page.rows.map((row) => source.filterTime(row)).filter((time) => time !== undefined);
	if (source.filterOrder === 'ascending' && times.length > 0) {
		const last = source.align(Math.max(...times));
		if (last > slice.at) {
			reader.accept(page.rows.filter((row) => isInside(source.filterTime(row), window)));
			slice.at = last;
			slice.span = undefined;
			return 'moved';
		}
		slice.at = source.align(slice.at);
		slice.span = source.step;
		slice.end = Math.max(slice.end ?? -Infinity, source.stepAfter(slice.at) + source.step);
		return 'cut';
	}
	slice.end = newestOf(source, times, Math.max(slice.end ?? -Infinity, source.now()));
	cut(source, slice, window, page.pages);
	return 'cut';
}

/** End of the time that has records: now, or the newest record where the vendor's zone is not set well. */
function newestOf<Row>(source: TailSource<Row>, times: number[], end: number): number {
	const newest = Math.max(...times) + 2 * source.step;
	return Math.min(Math.max(end, newest), Math.max(end, source.now() + zoneMargin));
}

function cut<Row>(source: TailSource<Row>, slice: Slice, { from, to }: SliceWindow, pages: number | undefined): void {
	const width = (to ?? slice.end ?? source.now()) - from;
	const part = pages === undefined ? 1 / growth : Math.min(wantedFill / pages, 1 / 2);
	slice.at = source.align(slice.at);
	slice.span = Math.max(source.step, (width > 0 ? width : zoneMargin) * part);
}

/** Length of the next slice, so that it fills the wanted part of a page; open where reading goes on at the last record anyway. */
function fitted<Row>(source: TailSource<Row>, { span, fullPage }: Slice, rowsRead: number): number | undefined {
	if (span === undefined || source.filterOrder === 'ascending') return undefined;
	const fill = fullPage === undefined ? 0 : rowsRead / fullPage;
	const factor = Math.min(growth, wantedFill / fill);
	return Math.max(source.step, span * Math.max(factor, 1 / growth));
}

/**
 * Begins a step earlier where the lower bound of the vendor may be exclusive or rounded; what is outside is left out. The upper bound
 * is the begin of a step, so it may belong to the period or not.
 */
function requested<Row>(source: TailSource<Row>, slice: Slice, { from, to }: SliceWindow): SliceWindow {
	if (source.isInclusive) return { from, ...(to === undefined ? {} : { to: to - 1 }) };
	return { from: slice.isInclusive === true ? from : from - source.step, ...(to === undefined ? {} : { to }) };
}

function isInside(time: number | undefined, { from, to }: SliceWindow): boolean {
	return time === undefined || (time >= from && (to === undefined || time < to));
}
