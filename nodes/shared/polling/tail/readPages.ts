import { catchPageErrors } from '../../lists/catchPageErrors';
import type { PollBudget } from '../budget';
import type { TimeWindow } from '../../definition/events';
import { recheckedPages } from './recheckedPages';
import type { TailReader } from './tailReader';
import type { TailSource } from './tailSource';

/**
 * Reads a list without slices, page by page. Where the budget ends it goes on with the next page at the next poll.
 * New records may push the list on; those that come again are known.
 * @returns true when everything was read
 */
export async function readPages<Row>(
	source: TailSource<Row>,
	reader: TailReader<Row>,
	budget: PollBudget,
): Promise<boolean> {
	const { backlog } = reader;
	const start = backlog.page;
	let pagesRead = 0;
	let isRefused = false;
	const failureOf = (error: unknown): unknown => {
		isRefused = start !== undefined && pagesRead === 0 && source.isRefusedPage?.(error) === true;
		return isRefused ? undefined : error;
	};
	const pages = recheckedPages(source, windowOf(source, reader), budget, start, !source.isReadTwice);
	for await (const { rows, page, goOn, isStuck } of catchPageErrors(pages, failureOf)) {
		pagesRead++;
		reader.accept(rows);
		budget.stuck ||= isStuck;
		if (isStuck || goOn === undefined || isOlder(source, reader, page.rows)) return true;
		backlog.page = goOn;
		if (budget.isSpent) return false;
	}
	if (!isRefused) return true;
	// The cursor of the last poll has expired: from the beginning again, known records are left out.
	backlog.page = undefined;
	return await readPages(source, reader, budget);
}

/** The bound stays the same until the reading is finished, else the positions would mean other records. */
function windowOf<Row>(source: TailSource<Row>, { backlog: { from } }: TailReader<Row>): TimeWindow {
	return source.hasSince && from !== undefined ? { from: from - source.lookBack - source.step } : {};
}

/** True when the list comes newest first and the page is older than all that matters. */
function isOlder<Row>(source: TailSource<Row>, reader: TailReader<Row>, rows: Row[]): boolean {
	const from = reader.oldestOfInterest;
	if (source.order !== 'descending' || from === undefined) return false;
	const times = rows.map((row) => source.time(row)).filter((time) => time !== undefined);
	return times.length > 0 && times.every((time) => time < from);
}
