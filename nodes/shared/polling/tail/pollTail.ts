import type { PollBudget } from '../budget';
import { readPages } from './readPages';
import { TailReader, zoneMargin } from './tailReader';
import type { FoundEvent } from './tailReader';
import { readSlices } from './readSlices';
import type { TailState } from '../state';
import type { TailSource } from './tailSource';

/** A newest record of this age is still covered by the first reading of a baseline. */
const quietTime = 5 * 60_000;

/** What one poll of a tail gives. */
export interface TailResult<Row> {
	/** Oldest first. */
	events: Array<FoundEvent<Row>>;
	/** To be kept in the place of the old state; the old one is never changed. */
	state: TailState;
}

/** Which event with which filters a state belongs to. */
export type StateIdentity = Pick<TailState, 'event' | 'filters'>;

/**
 * Polls once: every record that shows up in the list no later than the overlap after its own time comes out exactly once.
 *
 * Without a state it takes a baseline and emits nothing. A failure of the source is thrown on and nothing has happened.
 * A record that shows up later than the overlap is not emitted. When more than 1,000 records lie inside the overlap, only
 * the newest are remembered: a late record older than those (older than the `floor`) is not emitted either, because it can not be
 * told from one that was emitted and forgotten.
 */
export async function pollTail<Row>(
	source: TailSource<Row>,
	stored: TailState | undefined,
	identity: StateIdentity,
	budget: PollBudget,
): Promise<TailResult<Row>> {
	const state = structuredCopy(stored) ?? { ...identity, kind: 'tail', seen: [] };
	const scan = new TailReader(source, state, budget.now);
	if (stored === undefined) scan.beginBaseline(firstFloor(source), false);
	for (;;) {
		const complete = await read(source, scan, budget);
		if (!complete) return { events: scan.sorted(), state: scan.paused() };
		const earlier = widerFloor(source, scan);
		if (earlier === undefined) return { events: scan.sorted(), state: scan.finished() };
		scan.beginBaseline(earlier, true);
	}
}

/** A list with newest first shows its newest record at once; the others are read from where the newest record's overlap may begin. */
function firstFloor<Row>(source: TailSource<Row>): number | undefined {
	if (!source.hasSince || source.order === 'descending') return undefined;
	return source.now() - 2 * source.overlapAt(source.now()) - quietTime;
}

/**
 * Where a baseline that did not cover the overlap has to be read from once more.
 * Nothing near the present means that nothing happened or that the vendor's zone is not set well.
 */
function widerFloor<Row>(source: TailSource<Row>, { drain }: TailReader<Row>): number | undefined {
	const { baseline, newest, from } = drain;
	if (baseline === undefined || baseline.widened || from === undefined) return undefined;
	const needed = newest === undefined ? from - zoneMargin : newest - source.overlapAt(newest);
	return needed < from ? needed : undefined;
}

async function read<Row>(source: TailSource<Row>, scan: TailReader<Row>, budget: PollBudget): Promise<boolean> {
	const inSlices = source.hasUntil && scan.drain.from !== undefined;
	return await (inSlices ? readSlices(source, scan, budget) : readPages(source, scan, budget));
}

function structuredCopy(state: TailState | undefined): TailState | undefined {
	return state === undefined ? undefined : (JSON.parse(JSON.stringify(state)) as TailState);
}
