import type { PollBudget } from '../budget';
import type { Identity } from '../state/identity';
import { stateVersion } from '../state/pollState';
import type { TailState } from '../state/pollState';
import { readPages } from './readPages';
import { readSlices } from './readSlices';
import { TailReader, zoneMargin } from './tailReader';
import type { FoundEvent } from './tailReader';
import type { TailSource } from './tailSource';

/** A newest record of this age is still covered by the first reading of a baseline. */
const quietTime = 5 * 60_000;

/** What one poll of a tail gives. */
export interface TailResult<Row> {
	/** Oldest first. */
	events: Array<FoundEvent<Row>>;
	/** To be kept in the place of the old state; the old one is never changed. */
	state: TailState;
	/** Records that are remembered. */
	remembered: number;
}

/**
 * Polls once: every record that shows up in the list no later than the overlap after its own time comes out exactly once.
 *
 * Without a state it takes a baseline and emits nothing until that is complete. A failure of the source is thrown on and nothing has
 * happened; only when the time is over, what was read counts and the next poll goes on.
 * A record that shows up later than the overlap is not emitted. When more than 50,000 records lie inside the overlap, only
 * the newest are remembered: a late record older than those (older than the `floor`) is not emitted either, because it cannot be
 * told from one that was emitted and forgotten.
 */
export async function pollTail<Row>(
	source: TailSource<Row>,
	stored: TailState | undefined,
	identity: Identity,
	budget: PollBudget,
): Promise<TailResult<Row>> {
	const state = copyOf(stored) ?? { version: stateVersion, identity, kind: 'tail', seen: '' };
	const reader = new TailReader(source, state, budget.now);
	if (stored === undefined) reader.beginBaseline(firstFloor(source), false);
	for (;;) {
		const isComplete = await readWithinBudget(source, reader, budget);
		if (!isComplete) return resultOf(reader, reader.paused());
		const earlier = widerFloor(source, reader);
		if (earlier === undefined) return resultOf(reader, reader.finished());
		reader.beginBaseline(earlier, true);
	}
}

function resultOf<Row>(reader: TailReader<Row>, state: TailState): TailResult<Row> {
	return { events: reader.sorted(), state, remembered: reader.remembered };
}

/** A list with newest first shows its newest record at once; the others are read from where the newest record's overlap may begin. */
function firstFloor<Row>(source: TailSource<Row>): number | undefined {
	if (!source.hasSince) return undefined;
	return source.now() - 2 * source.overlapAt(source.now()) - quietTime;
}

/**
 * Where a baseline that did not cover the overlap has to be read from once more.
 * Nothing near the present means that nothing happened or that the vendor's zone is not set well.
 */
function widerFloor<Row>(source: TailSource<Row>, { backlog }: TailReader<Row>): number | undefined {
	const { baseline, newest, from } = backlog;
	if (baseline === undefined || baseline.widened || from === undefined) return undefined;
	const needed = newest === undefined ? from - zoneMargin : newest - source.overlapAt(newest);
	return needed < from ? needed : undefined;
}

/** @returns true when everything was read */
async function readWithinBudget<Row>(
	source: TailSource<Row>,
	reader: TailReader<Row>,
	budget: PollBudget,
): Promise<boolean> {
	const inSlices = source.hasUntil && reader.backlog.from !== undefined;
	const reading = inSlices ? readSlices(source, reader, budget) : readPages(source, reader, budget);
	return await reading.catch((error: unknown) => {
		if (reader.hasProgress && budget.endedBy(error)) return false;
		return Promise.reject(error as Error);
	});
}

function copyOf(state: TailState | undefined): TailState | undefined {
	return state === undefined ? undefined : (JSON.parse(JSON.stringify(state)) as TailState);
}
