import { z } from 'zod/v3';

/** What a state belongs to. */
export const identitySchema = z.object({
	event: z.string(),
	/** Hash of the account's address. */
	tenant: z.string(),
	/** Zone in which times without offset are read. */
	zone: z.string(),
	/** Fingerprint of the filters that the user set. */
	filters: z.string(),
});

/** What a state belongs to: with another event, account, zone or filter there is a new beginning. */
export type Identity = z.infer<typeof identitySchema>;

const reasons: Array<[keyof Identity, string]> = [
	['event', 'the event was changed'],
	['tenant', 'the credential belongs to another account'],
	['zone', 'the time zone was changed'],
	['filters', 'the filters were changed'],
];

/** In what a state differs from what is polled, in words for the log; undefined when it goes on. */
export function differenceOf(stored: Identity, wanted: Identity): string | undefined {
	return reasons.find(([part]) => stored[part] !== wanted[part])?.[1];
}
