import { catchPageErrors } from '../../lists/catchPageErrors';
import type { PollBudget } from '../budget';
import type { TimeWindow } from '../../definition/events';
import { PageLoopGuard } from './pageLoopGuard';
import { zoneMargin } from './tailReader';
import type { TailReader } from './tailReader';
import type { TailSource } from './tailSource';

/** A slice as far as it was read. */
interface SliceReading<Row> {
	rows: Row[];
	complete: boolean;
	pagesRead: number;
	/** Pages in all, where the vendor says it. */
	pages?: number;
}

/** Slices that need no more than this part of their pages make room for longer ones. */
const sparse = 1 / 3;

/**
 * Reads a list with lower and upper bound in slices of time, oldest first.
 * The first slice is open: without a backlog it is all there is. A slice with too many pages, or whose cursor expires, is not used and made smaller;
 * the smallest one is read to its end whatever it costs, so that each poll gets nearer to the end.
 * @returns true when everything was read
 */
export async function readSlices<Row>(source: TailSource<Row>, scan: TailReader<Row>, budget: PollBudget): Promise<boolean> {
	const slice = scan.drain.slice ?? { at: (scan.drain.from ?? 0) - source.lookBack };
	scan.drain.slice = slice;
	do {
		const end = Math.max(slice.end ?? -Infinity, source.now());
		const to = slice.span === undefined || slice.at + slice.span >= end ? undefined : slice.at + slice.span;
		const smallest = slice.span !== undefined && slice.span <= source.step;
		const reading = await readSlice(source, { from: slice.at, to }, budget, smallest);
		if (reading.complete) {
			scan.accept(reading.rows);
			if (to === undefined) return true;
			slice.at = to;
			if (reading.pagesRead <= Math.max(1, budget.limits.pagesPerSlice * sparse)) slice.span = slice.span! * 2;
		} else {
			slice.end = newestOf(source, reading.rows, end);
			const width = (to ?? slice.end) - slice.at;
			slice.span = shorter(width > 0 ? width : zoneMargin, reading, source.step, budget);
		}
	} while (!budget.isSpent);
	return false;
}

async function readSlice<Row>(
	source: TailSource<Row>,
	window: Required<Pick<TimeWindow, 'from'>> & TimeWindow,
	budget: PollBudget,
	toItsEnd: boolean,
): Promise<SliceReading<Row>> {
	const reading: SliceReading<Row> = { rows: [], complete: false, pagesRead: 0 };
	const limit = budget.limits.pagesPerSlice;
	const guard = new PageLoopGuard<Row>((row) => source.hash(row));
	let isTooLong = false;
	let isCutOff = false;
	const failureOf = (error: unknown): unknown => {
		isCutOff = !toItsEnd && reading.pagesRead > 0 && source.isRefusedPage?.(error) === true;
		return isCutOff ? undefined : error;
	};
	for await (const page of catchPageErrors(source.pages(widened(window, source.step)), failureOf)) {
		if (isTooLong) return reading;
		budget.pagesRead++;
		reading.pagesRead++;
		reading.pages = page.pages ?? reading.pages;
		reading.rows.push(...page.rows.filter((row) => isInside(source.filterTime(row), window)));
		if (guard.isStuck(page)) {
			budget.stuck = true;
			break;
		}
		isTooLong = !toItsEnd && (reading.pagesRead >= limit || (page.pages ?? 0) > limit || budget.isSpent);
		if (isTooLong && page.next !== undefined) return reading;
	}
	return { ...reading, complete: !isCutOff };
}

/** End of the time that has records: now, or the newest record where the vendor's zone is not set well. */
function newestOf<Row>(source: TailSource<Row>, rows: Row[], end: number): number {
	const newest = rows.reduce((known, row) => Math.max(known, source.filterTime(row) ?? known), end);
	return Math.min(newest, Math.max(end, source.now() + zoneMargin));
}

/** One step more on both sides: a bound of the vendor may be exclusive or rounded. What is outside is left out by `isInside`. */
function widened({ from, to }: TimeWindow, step: number): TimeWindow {
	return { from: from! - step, ...(to === undefined ? {} : { to: to + step }) };
}

function isInside(time: number | undefined, { from, to }: TimeWindow): boolean {
	return time === undefined || (time >= from! && (to === undefined || time < to));
}

function shorter<Row>(width: number, reading: SliceReading<Row>, step: number, budget: PollBudget): number {
	const known = reading.pages === undefined ? 0.5 : (budget.limits.pagesPerSlice / reading.pages) * 0.8;
	const span = Math.floor((width * Math.min(known, 0.5)) / step) * step;
	return Math.max(step, span);
}
