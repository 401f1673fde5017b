import type { PollBudget } from '../budget';
import type { TimeWindow } from '../../definition/events';
import type { TailSource } from './tailSource';

const day = 86_400_000;

/** Days that are looked through for a sample, one after the other until there is a record; the last is a month, which every vendor allows. */
const sampleDays = [1, 7, 31];

/** Pages in which the newest record is looked for once there is one. */
const samplePages = 10;

/**
 * The newest event, for the editor's test fetch. Keeps and changes nothing.
 * @returns undefined when there is none within a month, or in the first pages of a list that has no time filter
 */
export async function newestSample<Row>(source: TailSource<Row>, budget: PollBudget): Promise<Row | undefined> {
	for (const window of windowsOf(source)) {
		const newest = await newestIn(source, window, budget);
		if (newest !== undefined || budget.isSpent) return newest;
	}
	return undefined;
}

function windowsOf<Row>(source: TailSource<Row>): TimeWindow[] {
	if (!source.hasSince) return [{}];
	const now = source.now();
	const spans = [source.overlapAt(now), ...sampleDays.map((days) => days * day)].sort(
		(first, second) => first - second,
	);
	return spans.map((span) => ({ from: now - span - source.lookBack }));
}

async function newestIn<Row>(
	source: TailSource<Row>,
	window: TimeWindow,
	budget: PollBudget,
): Promise<Row | undefined> {
	let newest: { row: Row; time: number } | undefined;
	let pagesRead = 0;
	for await (const { rows } of source.pages(window)) {
		budget.pagesRead++;
		pagesRead++;
		for (const row of rows) {
			const time = source.time(row);
			if (time === undefined || !source.keep(row)) continue;
			if (newest === undefined || time > newest.time) newest = { row, time };
		}
		if (newest !== undefined && source.order === 'descending') break;
		if (budget.isSpent || (newest !== undefined && pagesRead >= samplePages)) break;
	}
	return newest?.row;
}
