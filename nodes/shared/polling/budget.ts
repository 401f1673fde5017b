import { NodeApiError } from 'n8n-workflow';
import type { IPollFunctions } from 'n8n-workflow';

/** Milliseconds that a poll may take where the host does not say it. */
const defaultMilliseconds = 30_000;

/** How much one poll may read. */
export interface PollLimits {
	/** Time of the machine's clock, in epoch milliseconds, after which no further page is asked for. */
	deadline: number;
	/** Most pages of one poll. */
	pages: number;
}

/** Limits besides the time: 400 pages hold 40,000 records. */
export const defaultLimits: Omit<PollLimits, 'deadline'> = { pages: 400 };

/** Milliseconds that a poll may take. */
export function millisecondsOf(context: IPollFunctions): number {
	return context.getPollBudgetMs?.() ?? defaultMilliseconds;
}

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

	/** True for the failure of a request that the poll has no time left to repeat; one that lasts comes again at the next poll's first request. */
	endedBy(error: unknown): boolean {
		return this.isSpent && error instanceof NodeApiError;
	}
}
