import type { PollBudget } from '../budget';
import type { TimeWindow } from '../../definition/events';
import { PageLoopGuard } from './pageLoopGuard';
import { boundaryHashes } from './tailReader';
import type { TailReader } from './tailReader';
import type { TailSource } from './tailSource';

/** Pages that a poll reads at least when it goes on: the one it knows, for what shifted, and a new one. */
const leastPages = 2;

/**
 * Reads a list page by page. Where the budget ends it goes on next time with the last page it has read, so that
 * a page of records may disappear in between and nothing is missed. New records may push the list on: in a list that comes newest
 * first by any number, else by 500 between two polls, beyond which a record of a backlog may come out twice.
 * @returns true when everything was read
 */
export async function readPages<Row>(source: TailSource<Row>, scan: TailReader<Row>, budget: PollBudget): Promise<boolean> {
	const guard = new PageLoopGuard<Row>((row) => source.hash(row));
	let pagesRead = 0;
	for await (const page of source.pages(windowOf(source, scan), scan.drain.page?.position)) {
		pagesRead++;
		budget.pagesRead++;
		scan.accept(page.rows);
		if (guard.isStuck(page)) {
			budget.stuck = true;
			return true;
		}
		if (isOlder(source, scan, page.rows)) return true;
		if (page.next === undefined || page.position === undefined) continue;
		if (!budget.isSpent || pagesRead < leastPages) continue;
		const position = page.rows.length * 2 > boundaryHashes ? page.next : page.position;
		scan.drain.page = { position, low: lowest(source, scan, page.rows) };
		return false;
	}
	return true;
}

/** The bound stays the same until the reading has come to its end, else the positions would mean other records. */
function windowOf<Row>(source: TailSource<Row>, scan: TailReader<Row>): TimeWindow {
	const { from } = scan.drain;
	return source.hasSince && from !== undefined ? { from: from - source.lookBack - source.step } : {};
}

/** True when the list comes newest first and the page is older than all that matters. */
function isOlder<Row>(source: TailSource<Row>, scan: TailReader<Row>, rows: Row[]): boolean {
	const from = scan.oldestOfInterest;
	if (source.order !== 'descending' || from === undefined) return false;
	const times = timesOf(source, rows);
	return times.length > 0 && times.every((time) => time < from);
}

function lowest<Row>(source: TailSource<Row>, scan: TailReader<Row>, rows: Row[]): number | undefined {
	const known = scan.drain.page?.low;
	if (source.order !== 'descending') return undefined;
	const times = known === undefined ? timesOf(source, rows) : [...timesOf(source, rows), known];
	return times.length === 0 ? undefined : Math.min(...times);
}

function timesOf<Row>(source: TailSource<Row>, rows: Row[]): number[] {
	return rows.map((row) => source.time(row)).filter((time) => time !== undefined);
}
