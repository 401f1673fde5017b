import { z } from 'zod/v3';

/** Most hashes or keys that one trigger keeps in the workflow. */
export const memoryLimit = 1_000;

const time = z.number().finite();
const identity = { event: z.string(), filters: z.string() };

const backlogSchema = z.object({
	/** When the reading began whose result the next watermark is: a time of `now()`. */
	started: time,
	/** Lower bound of the event time when the reading began; left out when there was none. */
	from: time.optional(),
	/** Newest time among the records read so far. */
	newest: time.optional(),
	/** Most that a record's time was ahead of `now()` when it was read; negative when records are older. */
	lead: time.optional(),
	/** Becomes the floor when the reading has come to its end. */
	floor: time.optional(),
	/** The first reading after activation: what it finds is old. `until` is set by its first poll; later records are new. */
	baseline: z.object({ until: time.optional(), widened: z.boolean() }).optional(),
	/** Where the next slice of time begins, how long it is (open when left out) and where slices end. */
	slice: z.object({ at: time, span: z.number().positive().optional(), end: time.optional() }).optional(),
	/** Page to go on with; `low` is the oldest time so far in a list that comes newest first. */
	page: z.object({ position: z.union([z.number(), z.string()]), low: time.optional() }).optional(),
});

const tailSchema = z.object({
	...identity,
	kind: z.literal('tail'),
	/** Vendor's time up to which everything was read; left out until the baseline is complete. */
	watermark: time.optional(),
	/** Records older than this are never emitted. */
	floor: time.optional(),
	/** Hash and time of records that were dealt with and may be read again. */
	seen: z.array(z.tuple([z.string(), time])).max(memoryLimit),
	/** A reading that goes on at the next poll. */
	drain: backlogSchema.optional(),
});

const snapshotSchema = z.object({
	...identity,
	kind: z.literal('snapshot'),
	/** Key (or its hash) and watched state; a list, because a key may have any name. */
	states: z.array(z.tuple([z.string(), z.string()])).max(memoryLimit),
	/** Time of the newest change, when more rows were read than are remembered. */
	changedUpTo: time.optional(),
});

/** A reading that takes more than one poll. */
export type BacklogState = z.infer<typeof backlogSchema>;

/** What a tail trigger keeps between polls: times, hashes and positions, nothing of the records themselves. */
export type TailState = z.infer<typeof tailSchema>;

/** What a snapshot trigger keeps between polls. */
export type SnapshotState = z.infer<typeof snapshotSchema>;

const stateSchema = z.discriminatedUnion('kind', [tailSchema, snapshotSchema]);

/**
 * A copy of what the workflow keeps, when it belongs to this event with these filters.
 * @returns undefined when there is nothing, it is not readable, or event or filters were changed: a new baseline is due
 */
export function restoreState(stored: unknown, event: string, filters: string): TailState | SnapshotState | undefined {
	const parsed = stateSchema.safeParse(stored);
	if (!parsed.success || parsed.data.event !== event || parsed.data.filters !== filters) return undefined;
	return parsed.data;
}
