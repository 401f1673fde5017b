import { sleep } from 'n8n-workflow';

import { onAbort } from './abort';

/** Time as the engine sees it; tests put a virtual one in its place. */
export interface Clock {
	/** Epoch milliseconds. */
	now(): number;
	/** Resolves after the given milliseconds, or at once when the signal is aborted: callers look at the signal. */
	sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Timers cannot be cleared from a node, so none may outlive an abort by more than this. */
const longestSlice = 200;

/** The clock of the machine. */
export const systemClock: Clock = {
	now: () => Date.now(),
	async sleep(milliseconds, signal) {
		const end = Date.now() + milliseconds;
		let left = milliseconds;
		while (left > 0 && signal?.aborted !== true) {
			const slice = Math.min(left, longestSlice);
			await sleepOrAbort(slice, signal);
			// The first bound holds when the machine's clock is set back meanwhile.
			left = Math.min(left - slice, end - Date.now());
		}
	},
};

async function sleepOrAbort(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
	if (signal === undefined) return await sleep(milliseconds);
	await new Promise<void>((resolve) => {
		const stopListening = onAbort(signal, resolve);
		void sleep(milliseconds).then(() => {
			stopListening();
			resolve();
		});
	});
}
