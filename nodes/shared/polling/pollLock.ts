/** Milliseconds after which a poll that never came back no longer holds up the next one. */
const longestPoll = 10 * 60_000;

const running = new Map<string, { began: number }>();

/** The right to poll one node; n8n lets polls of one node overlap when one is slow. */
export interface PollLock {
	/** False when the poll took so long that another one has begun: its result must not be used. */
	isHeld(): boolean;
	release(): void;
}

/**
 * Takes the lock of a node within this process.
 * @param key workflow and node
 * @param now epoch milliseconds
 * @returns undefined while an earlier poll of the node is running
 */
export function acquirePollLock(key: string, now: number): PollLock | undefined {
	const earlier = running.get(key);
	if (earlier !== undefined && now - earlier.began < longestPoll) return undefined;
	const lock = { began: now };
	running.set(key, lock);
	const isHeld = () => running.get(key) === lock;
	return {
		isHeld,
		release: () => {
			if (isHeld()) running.delete(key);
		},
	};
}
