/** What had to be forgotten to keep the limit: records older than a floor can no longer be told from new ones. */
export interface Forgotten {
	/** Floor from records up to the watermark. */
	settled?: number;
	/** Floor from records after it. */
	current?: number;
}

/** Hashes of records that were dealt with, each with the record's time, in the order they were read. */
export class SeenRecords {
	private readonly times: Map<string, number>;

	constructor(entries: ReadonlyArray<readonly [string, number]> = []) {
		this.times = new Map(entries);
	}

	has(hash: string): boolean {
		return this.times.has(hash);
	}

	add(hash: string, time: number): void {
		this.times.set(hash, time);
	}

	/** Forgets records older than a time. */
	forgetBefore(floor: number): void {
		for (const [hash, time] of this.times) if (time < floor) this.times.delete(hash);
	}

	/**
	 * Keeps the newest by time, and of the last read ones (the boundary to the next page) `boundary` in any case.
	 * @param watermark splits what is forgotten: records up to it were settled by an earlier reading
	 */
	shrink(limit: number, watermark: number, boundary: number): Forgotten {
		const forgotten: Forgotten = {};
		const excess = this.times.size - limit;
		if (excess <= 0) return forgotten;
		const entries = [...this.times];
		const candidates = entries.slice(0, Math.max(entries.length - boundary, excess));
		candidates.sort((first, second) => first[1] - second[1]);
		for (const [hash, time] of candidates.slice(0, excess)) {
			this.times.delete(hash);
			if (time <= watermark) forgotten.settled = Math.max(forgotten.settled ?? -Infinity, time + 1);
			else forgotten.current = Math.max(forgotten.current ?? -Infinity, time + 1);
		}
		return forgotten;
	}

	/** Plain list for the workflow. */
	entries(): Array<[string, number]> {
		return [...this.times];
	}
}
