import { z } from 'zod/v3';

import type { Identity } from './identity';
import type { PollState, SnapshotState, TailState } from './pollState';
import { SeenRecords } from './seenRecords';
import { WatchedRecords } from './watchedRecords';

const time = z.number().finite();
const owner = { event: z.string(), filters: z.string() };

/** The parts of a state of version 0.1.0 that are gone on with. */
const firstVersionSchema = z.discriminatedUnion('kind', [
	z.object({
		...owner,
		kind: z.literal('tail'),
		watermark: time.optional(),
		floor: time.optional(),
		seen: z.array(z.tuple([z.string(), time])),
		drain: z
			.object({
				started: time,
				from: time.optional(),
				newest: time.optional(),
				lead: time.optional(),
				floor: time.optional(),
				slice: z.object({ at: time, span: z.number().positive().optional(), end: time.optional() }).optional(),
				page: z.object({ position: z.union([z.number(), z.string()]) }).optional(),
			})
			.optional(),
	}),
	z.object({
		...owner,
		kind: z.literal('snapshot'),
		states: z.array(z.tuple([z.string(), z.string()])),
		changedUpTo: time.optional(),
	}),
]);

type FirstVersion = z.infer<typeof firstVersionSchema>;

/** Hashes were written in base 36. */
const hashBase = 36;

/**
 * Takes over the state of version 0.1.0, which knew neither tenant nor zone: it is taken for that of the present ones.
 * @param earlierFilters the fingerprints that 0.1.0 may have written for the present filters
 * @returns undefined when it is none, or belongs to another event or other filters
 */
export function migrateFirstVersion(
	stored: unknown,
	identity: Identity,
	earlierFilters: string[],
): PollState | undefined {
	const parsed = firstVersionSchema.safeParse(stored);
	if (!parsed.success || parsed.data.event !== identity.event) return undefined;
	if (!earlierFilters.includes(parsed.data.filters)) return undefined;
	return parsed.data.kind === 'tail' ? tailOf(parsed.data, identity) : snapshotOf(parsed.data, identity);
}

/** A first reading that had not finished begins again; a backlog goes on. */
function tailOf(
	{ watermark, floor, seen, drain }: FirstVersion & { kind: 'tail' },
	identity: Identity,
): TailState | undefined {
	if (watermark === undefined) return undefined;
	const records = new SeenRecords();
	for (const [hash, at] of seen) records.addHash(Number.parseInt(hash, hashBase), at);
	return {
		version: 2,
		identity,
		kind: 'tail',
		watermark,
		...(floor === undefined ? {} : { floor }),
		seen: records.pack(),
		...(drain === undefined ? {} : { backlog: drain }),
	};
}

function snapshotOf({ states, changedUpTo }: FirstVersion & { kind: 'snapshot' }, identity: Identity): SnapshotState {
	const records = new WatchedRecords(false);
	for (const [hash, state] of states) {
		records.setHash(Number.parseInt(hash, hashBase), { state, isVisited: false, wasMissed: false });
	}
	return {
		version: 2,
		identity,
		kind: 'snapshot',
		watched: records.pack(),
		...(changedUpTo === undefined ? {} : { changedUpTo }),
	};
}
