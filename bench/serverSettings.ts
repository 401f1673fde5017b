/** What the benchmark tells the server. */
export interface ServerSettings {
	/** Milliseconds before the answer to a read. */
	readLatency: number;
	/** Milliseconds before the answer to a write. */
	writeLatency: number;
	/** Rows of the list. */
	rows: number;
	/** Visitors that came within five seconds from a moment on, as a backlog; null for none. */
	backlog: { visitors: number; since: number } | null;
	/** Whether a 429 says how long to wait. */
	tellsRetryAfter: boolean;
	/** More requests than this within any second are refused; null for no limit. */
	requestsPerSecond: number | null;
}

/** A server that answers at once, has no rows and refuses nothing. */
export const settingsAtRest: ServerSettings = {
	readLatency: 0,
	writeLatency: 0,
	rows: 0,
	backlog: null,
	tellsRetryAfter: true,
	requestsPerSecond: null,
};
