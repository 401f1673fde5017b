/** Milliseconds after which a poll that never came back no longer holds up the next one. */
const longestPoll = 10 * 60_000;

const running = new Map<string, { began: number }>();

/** The right to poll one node; n8n lets polls of one node overlap when one is slow. */
export interface PollTurn {
	/** False when the poll took so long that another one has begun: its result must not be used. */
	isHeld(): boolean;
	end(): void;
}

/**
 * Takes the turn of a node within this process.
 * @param key workflow and node
 * @param now epoch milliseconds
 * @returns undefined while an earlier poll of the node is running
 */
export function takeTurn(key: string, now: number): PollTurn | undefined {
	const earlier = running.get(key);
	if (earlier !== undefined && now - earlier.began < longestPoll) return undefined;
	const turn = { began: now };
	running.set(key, turn);
	const isHeld = () => running.get(key) === turn;
	return {
		isHeld,
		end: () => {
			if (isHeld()) running.delete(key);
		},
	};
}
