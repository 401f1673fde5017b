/** How much one poll may read. */
export interface PollLimits {
	/** Time of the machine's clock, in epoch milliseconds, after which no further page is asked for. */
	deadline: number;
	/** Most pages of one poll. */
	pages: number;
	/** A slice of time with more pages than this is made smaller. */
	pagesPerSlice: number;
}

/** Limits besides the time: ten pages are read quickly enough to be read again, 200 pages hold 20,000 records. */
export const usualLimits: Omit<PollLimits, 'deadline'> = { pages: 200, pagesPerSlice: 10 };

/** Counts what one poll has read. */
export class PollBudget {
	pagesRead = 0;

	/** The vendor gave the same page again and again, so reading ended early. */
	stuck = false;

	/** @param now the machine's clock, in epoch milliseconds; never compared with the vendor's times */
	constructor(
		readonly limits: PollLimits,
		readonly now: () => number,
	) {}

	/** True when the poll should end and go on next time. */
	get isSpent(): boolean {
		return this.pagesRead >= this.limits.pages || this.now() >= this.limits.deadline;
	}
}
