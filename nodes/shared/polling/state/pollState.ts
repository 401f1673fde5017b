import { z } from 'zod/v3';

import { identitySchema } from './identity';

/** Version of what is written here. Raise it with a change of form, and add a migration and a fixture of the version before. */
export const stateVersion = 2;

const time = z.number().finite();
const position = z.union([z.number(), z.string()]);

const pageSchema = z.object({
	/** Page to go on with. */
	position,
	/** Page before it, looked at once more for records that shift to it. */
	previous: position.optional(),
	/** Which of several lists both belong to. */
	list: z.string().optional(),
});

const backlogSchema = z.object({
	/** When the reading began whose result the next watermark is: a time of the machine's clock. */
	started: time,
	/** Lower bound of the event time when the reading began; left out when there was none. */
	from: time.optional(),
	/** Newest time among the records read so far. */
	newest: time.optional(),
	/** Most that a record's time was ahead of the machine's clock when it was read; negative when records are older. */
	lead: time.optional(),
	/** Becomes the floor when the reading is finished. */
	floor: time.optional(),
	/**
	 * The first reading after activation: what it finds is old, but for records later than `until` that are not among the `known` first.
	 * `ahead` is the most that a time without offset was ahead of the vendor's clock when it was read.
	 */
	baseline: z
		.object({ until: time.optional(), known: z.number().optional(), ahead: time.optional(), widened: z.boolean() })
		.optional(),
	/** Where the next slice of time begins, how long it is (open when left out), where slices end, rows of a full page, whether the lower bound belongs to them. */
	slice: z
		.object({
			at: time,
			span: z.number().positive().optional(),
			end: time.optional(),
			fullPage: z.number().optional(),
			isInclusive: z.boolean().optional(),
			page: pageSchema.optional(),
		})
		.optional(),
	/** Page to go on with in a list without slices. */
	page: pageSchema.optional(),
});

const common = { version: z.literal(stateVersion), identity: identitySchema };

const recordsSchema = z.object({ texts: z.array(z.string()), records: z.string(), keys: z.array(z.string()).optional() });

const tailSchema = z.object({
	...common,
	kind: z.literal('tail'),
	/** Vendor's time up to which everything was read; left out until the baseline is complete. */
	watermark: time.optional(),
	/** Records older than this are never emitted. */
	floor: time.optional(),
	/** Records that were dealt with and may be read again, packed. */
	seen: z.string(),
	/** States of records, packed, where an event shows the one before. */
	states: recordsSchema.optional(),
	/** Length of the slices that fitted last time, where one request is not enough. */
	span: z.number().positive().optional(),
	/** A reading that goes on at the next poll. */
	backlog: backlogSchema.optional(),
});

const snapshotSchema = z.object({
	...common,
	kind: z.literal('snapshot'),
	/** Watched records with their states, packed. */
	watched: recordsSchema,
	/** Time of the newest change, when more rows were read than are remembered. */
	changedUpTo: time.optional(),
	/** A reading that goes on at the next poll. */
	reading: z
		.object({
			page: pageSchema.pick({ position: true }),
			/** What it finds is old. */
			isBaseline: z.boolean(),
			/** Newest change so far. */
			changedUpTo: time.optional(),
			/** More rows than are remembered. */
			isPartial: z.boolean(),
		})
		.optional(),
});

/** A reading of a tail that takes more than one poll. */
export type BacklogState = z.infer<typeof backlogSchema>;

/** The page a reading goes on with. */
export type PageState = z.infer<typeof pageSchema>;

/** What a tail trigger keeps between polls: times, hashes, short states and positions, nothing else of the records. */
export type TailState = z.infer<typeof tailSchema>;

/** What a snapshot trigger keeps between polls. */
export type SnapshotState = z.infer<typeof snapshotSchema>;

/** What any trigger keeps. */
export type PollState = TailState | SnapshotState;

/** Form of what any trigger keeps. */
export const stateSchema = z.discriminatedUnion('kind', [tailSchema, snapshotSchema]);
