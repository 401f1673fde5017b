import type { Account } from './account';
import { bodyObject, readNewLead } from './bodies';
import { Problem } from './problem';
import type { BulkJob, Lead } from './rows';

/** How bulk loads work. */
export interface BulkOptions {
	/** Seconds until the first lead of a job is there (default 2). */
	delaySeconds?: number;
	/** Leads a second after that (default 500). */
	leadsPerSecond?: number;
	/** Most leads a request may hold; more is refused as a whole (default: no limit, as none is documented). */
	maximumLeads?: number;
}

/**
 * Accepts a load of leads. Every record is judged by itself: good ones become readable as the job goes on with the clock, bad ones
 * are left out. The vendor has no operation that tells which; tests read `rejected`. Also returns the accepted leads.
 */
export function startBulkJob(
	account: Account,
	leads: readonly unknown[],
	options: BulkOptions & { duplicates: boolean },
): BulkJob & { leads: Lead[] } {
	const start = account.now() + (options.delaySeconds ?? 2) * 1000;
	const rate = options.leadsPerSecond ?? 500;
	const accepted: Lead[] = [];
	const rejected: BulkJob['rejected'] = [];
	const leadIds = leads.map((lead, index) => {
		const visibleAt = start + Math.floor(index / rate) * 1000;
		try {
			const input = readNewLead(bodyObject(lead), account, options.duplicates);
			const created = account.addLead({ ...input, createdAt: visibleAt, visibleAt });
			accepted.push(created);
			return created.id;
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			rejected.push({ index, reason: error.message });
			return undefined;
		}
	});
	const finishedAt = leads.length === 0 ? account.now() : start + Math.floor((leads.length - 1) / rate) * 1000;
	const job: BulkJob = { uuid: account.random.uuid(), finishedAt, leadIds, rejected };
	account.addBulkJob(job);
	return { ...job, leads: accepted };
}
