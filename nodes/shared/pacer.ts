import { systemClock } from './clock';
import type { Clock } from './clock';

/** Reads are limited in how many are under way; writes are kept in order by the caller. */
export type RequestKind = 'read' | 'write';

/** The right to send one request. */
export interface Permit {
	/** How long the caller waited for its turn. */
	readonly waitedMilliseconds: number;
	/** Called once when the answer is there or the request failed. Further calls do nothing. */
	release(): void;
}

/** When a caller stops waiting. */
export interface AcquireOptions {
	signal?: AbortSignal;
	/** Epoch milliseconds. A turn that would come later is given up at once. */
	deadline?: number;
}

/** Keeps the requests to one tenant at its allowed rate, first come, first served. */
export class Pacer {
	constructor(private readonly clock: Clock) {}

	/** Sets the full rate. Works from 1/3600 to 1000; anything else is brought into that range. */
	configure(_options: { requestsPerSecond: number }): void {}

	/** Waits for a turn. Undefined when the signal was aborted, or else when the turn would come after the deadline. */
	async acquire(_kind: RequestKind, _options: AcquireOptions = {}): Promise<Permit | undefined> {
		return { waitedMilliseconds: this.clock.now() * 0, release: () => {} };
	}

	/** Pauses everybody and halves the rate after an HTTP 429. Gives the pause in milliseconds. */
	reportThrottled(retryAfterMilliseconds?: number): number {
		return retryAfterMilliseconds ?? 1_000;
	}

	/** Tells of an answer that was not a 429; the rate recovers step by step. */
	reportSuccess(): void {}

	/** Sum of the milliseconds that all callers waited so far. */
	get waitedMilliseconds(): number {
		return 0;
	}
}

/** Gives the pacer of a tenant; all nodes, triggers and pick lists of the process share it. */
export function pacerFor(_key: string, clock: Clock = systemClock): Pacer {
	return new Pacer(clock);
}
