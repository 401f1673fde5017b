import type { Connection } from '../http/connection';

/** How a background job of a vendor is polled. */
export interface JobToPoll<Job> {
	/** Reads the job; goes through the tenant's pace like every request. */
	read: () => Promise<Job>;
	isDone: (job: Job) => boolean;
	/** Longest time to wait, in milliseconds; the job is read once at least. */
	limitMilliseconds: number;
}

const firstPause = 250;
const longestPause = 15_000;

/**
 * Reads a background job again and again, with growing pauses, until it is done or the time is up.
 * @param onWait called each time before it waits
 * @returns the job as last read, and whether it is done
 */
export async function pollJob<Job>(
	{ clock, signal }: Pick<Connection, 'clock' | 'signal'>,
	{ read, isDone, limitMilliseconds }: JobToPoll<Job>,
	onWait: () => void = () => {},
): Promise<{ job: Job; isDone: boolean }> {
	const end = clock.now() + limitMilliseconds;
	for (let wait = firstPause; ; wait = Math.min(wait * 2, longestPause)) {
		const job = await read();
		const left = end - clock.now();
		if (isDone(job)) return { job, isDone: true };
		if (left <= 0 || signal?.aborted === true) return { job, isDone: false };
		onWait();
		await clock.sleep(Math.min(wait, left), signal);
	}
}
