import { setTimeout as delay } from 'node:timers/promises';

/** How long and how often to look. */
export interface WaitOptions {
	/** Gives up after this many milliseconds. */
	timeoutMs: number;
	/** Milliseconds between two looks, 200 unless told. */
	intervalMs?: number;
	/** Ends the wait early, with the signal's reason. */
	signal?: AbortSignal;
}

/** Says that something awaited did not happen in time. */
export class WaitTimeoutError extends Error {
	override name = 'WaitTimeoutError';
}

/**
 * Looks again and again until `probe` gives something other than undefined, and returns that. Errors of `probe` end the wait.
 * Throws WaitTimeoutError, naming `what`, when the time is up.
 */
export async function waitFor<Result>(
	what: string,
	probe: () => Promise<Result | undefined> | Result | undefined,
	options: WaitOptions,
): Promise<Result> {
	const deadline = Date.now() + options.timeoutMs;
	for (;;) {
		options.signal?.throwIfAborted();
		const result = await probe();
		if (result !== undefined) return result;
		if (Date.now() >= deadline) throw new WaitTimeoutError(`Waited ${options.timeoutMs / 1000} s in vain for ${what}`);
		await delay(options.intervalMs ?? 200, undefined, { signal: options.signal });
	}
}
