import type { Account } from './account';
import type { Activity, Lead } from './rows';

/** Whose data is to go; at least one of the two. */
export interface Person {
	phoneNumber?: string;
	emailAddress?: string;
}

/** Counters of one erasure, in the vendor's shape. */
export interface ErasureResult {
	callData: Record<string, number>;
	emailData: Record<string, number>;
	leadData: Record<string, number>;
}

/** Erases a person for good: calls and e-mails are overwritten, recordings and leads deleted. A second time finds nothing. */
export function erasePerson(account: Account, person: Person): ErasureResult {
	return {
		callData: eraseCalls(account, person),
		emailData: eraseMail(account, person),
		leadData: eraseLeads(account, person),
	};
}

function eraseCalls(account: Account, { phoneNumber }: Person): Record<string, number> {
	const calls =
		phoneNumber === undefined
			? []
			: account.activities
					.list()
					.filter(({ source, destination }) => source === phoneNumber || destination === phoneNumber);
	const attempts = account.attempts.list().filter((attempt) => phoneNumber && attempt.phoneNumber === phoneNumber);
	const recordings = calls.flatMap(mediaOf).filter((id) => account.media.get(id)?.deleted === null);
	const withMenu = calls.filter(({ durations }) => (durations.ivr ?? 0) > 0);
	for (const id of recordings) account.deleteMedia({ id, reason: 'Personal data erasure' });
	for (const { id, source, destination } of calls) {
		const kept = (value: string | null): string | null => (value === phoneNumber ? null : value);
		account.changeActivity({ id, source: kept(source), destination: kept(destination) });
	}
	for (const { id } of attempts) account.changeAttempt({ id, phoneNumber: null });
	return {
		activitiesOverwritten: calls.length,
		callResultsOverwritten: attempts.length,
		ivrActivitiesDeleted: withMenu.length,
		ivrLogsDeleted: withMenu.length,
		voiceRecordingsDeleted: recordings.length,
	};
}

function mediaOf({ recordingId, voicemailIds }: Activity): number[] {
	return recordingId === null ? voicemailIds : [recordingId, ...voicemailIds];
}

function eraseMail(account: Account, { emailAddress }: Person): Record<string, number> {
	const all = account.correspondence.list().filter(({ address }) => emailAddress && sameAddress(address, emailAddress));
	const of = (kind: string): typeof all => all.filter((entry) => entry.kind === kind);
	const attachments = (entries: typeof all): number => entries.reduce((sum, entry) => sum + entry.attachments, 0);
	const emails = [...of('outboundEmail'), ...of('inboundEmail')];
	const result = {
		outboundEmailsOverwritten: of('outboundEmail').length,
		inboundEmailsOverwritten: of('inboundEmail').length,
		emailAttachmentsDeleted: attachments(emails),
		chatTranscriptsDeleted: of('chat').length,
		chatAttachmentsDeleted: attachments(of('chat')),
	};
	for (const { id } of all) account.correspondence.update(id, { address: '', attachments: 0 });
	return result;
}

function eraseLeads(account: Account, person: Person): Record<string, number> {
	const leads = account.leads.list().filter((lead) => belongsTo(lead, person));
	const inDialler = leads.filter((lead) => !lead.completed && account.leadLists.get(lead.listId)?.inDialler);
	for (const { id } of leads) account.removeLead(id);
	return {
		leadsDeleted: leads.length,
		leadsDeletedFromDialCurrent: inDialler.length,
		leadDetailsDeleted: leads.filter(({ dataFields }) => dataFields !== null).length,
		leadCaptureDetailsDeleted: 0,
	};
}

function belongsTo(lead: Lead, { phoneNumber, emailAddress }: Person): boolean {
	if (phoneNumber !== undefined && lead.phones.some(({ phone }) => phone === phoneNumber)) return true;
	if (emailAddress === undefined) return false;
	return Object.values(lead.dataFields ?? {}).some(
		(value) => typeof value === 'string' && sameAddress(value, emailAddress),
	);
}

function sameAddress(first: string, second: string): boolean {
	return first.toLowerCase() === second.toLowerCase();
}
