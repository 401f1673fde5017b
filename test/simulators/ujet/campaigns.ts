import { z } from 'zod';

import { isUploadedFile, RecordTable } from '../kit';
import type { Account, Call, Campaign, Contact, LateInput } from './account';
import type { CallDesk } from './calls';
import { doNotCallEntry } from './doNotCall';
import { phoneDigits } from './phone';
import { badRequest, found, notFound } from './problem';
import { readBody, text, whole } from './read';
import type { CampaignRow, ContactRow, ContactStatus } from './rows';

export type CampaignInput = Partial<CampaignRow> & { menuId?: number | null };
export type ContactInput = Partial<ContactRow> & LateInput & { phoneNumber?: string; email?: string | null };

/** Outcome of one record of an import file. */
export interface ImportResult {
	/** 1 for the first record of the file. */
	row: number;
	external_unique_id: string | null;
	status: 'created' | 'failed';
	id: number | null;
	error: string | null;
}

export interface ImportJob {
	id: number;
	status: 'created' | 'in_progress' | 'finished';
	campaign_id: number;
	filename: string;
	created_at: string;
	total_rows: number;
	created_rows: number;
	failed_rows: number;
	results: ImportResult[];
}

const optionalText = z.string().nullish();
const newContact = z.object({
	phone_number: text,
	name: optionalText,
	email: z.string().email().nullish(),
	outbound_number: optionalText,
	external_unique_id: optionalText,
});
type NewContact = z.infer<typeof newContact>;
const contactChange = newContact.partial().extend({ contact_id: whole.optional() });
const selector = z.object({
	contact_id: whole.optional(),
	phone_number: z.string().optional(),
	external_unique_id: z.string().optional(),
});

const inProgress: readonly ContactStatus[] = [
	'Upcoming',
	'Dialing',
	'Queued',
	'Connected',
	'Redial Scheduled',
	'Skipped',
];

/** Campaigns, their contacts, the import of contacts and the dialler. */
export class CampaignDesk {
	readonly jobs = new Map<number, ImportJob>();
	private lastContactId = 16_311;

	constructor(
		private readonly account: Account,
		private readonly calls: CallDesk,
	) {
		calls.onContactCall = (call, contact) => this.follow(call, contact);
	}

	/** Adds a campaign; one that is `dialing` starts to dial. */
	addCampaign(input: CampaignInput = {}): Campaign {
		const { account } = this;
		const { menuId = null, ...fields } = input;
		const id = input.id ?? account.campaigns.nextId(240);
		const created = account.time();
		const row: CampaignRow = {
			id,
			campaign_type: 'default',
			external_campaign_id: null,
			max_abandonment_percent: 3,
			max_redial_count: 3,
			mode: 'progressive',
			name: `Campaign ${id}`,
			overdial_adjustment_multiplier: 1,
			queue: menuId === null ? null : (account.menus.get(menuId)?.row ?? null),
			redial_interval_minutes: 120,
			status: 'created',
			target_number_to_process: 1000,
			created_at: created,
			starts_at: null,
			ends_at: null,
			updated_at: created,
			...fields,
		};
		const contacts = new RecordTable<Contact>(account.clock);
		const campaign = account.campaigns.add({ id, row, menuId, contacts, toDial: [], dialling: false });
		this.planDial(campaign);
		return campaign;
	}

	/** Starts, pauses or ends a campaign. */
	setStatus(campaign: Campaign, status: CampaignRow['status']): void {
		Object.assign(campaign.row, { status, updated_at: this.account.time() });
		if (status === 'dialing') campaign.row.starts_at ??= this.account.time();
		this.account.campaigns.update(campaign.id, {});
		this.planDial(campaign);
	}

	/** Adds a contact without any check. */
	addContact(campaign: Campaign, input: ContactInput = {}): Contact {
		const { account } = this;
		const { phoneNumber, email = null, visibleAt, ...fields } = input;
		const id = input.id ?? this.lastContactId + 1;
		this.lastContactId = Math.max(this.lastContactId, id);
		const created = account.time();
		const row: ContactRow = {
			id,
			campaign_id: campaign.id,
			name: `Contact ${id}`,
			unique_id: null,
			status: 'Upcoming',
			priority: null,
			outbound_number: null,
			assigned_call_id: null,
			assigned_participant_id: null,
			created_at: created,
			updated_at: fields.created_at ?? created,
			...fields,
		};
		const number = phoneNumber ?? `+1415555${String(100 + (id % 100)).padStart(4, '0')}`;
		const contact = campaign.contacts.add({ id, row, phoneNumber: number, email }, { visibleAt });
		if (row.status === 'Upcoming') campaign.toDial.push(id);
		this.planDial(campaign);
		return contact;
	}

	/** Campaign with this id; a 404 when there is none. */
	campaign(id: string): Campaign {
		return found(this.account.campaigns.get(id));
	}

	/** POST contacts. */
	create(campaign: Campaign, body: unknown): ContactRow {
		const input = readBody(newContact, body);
		const problem = numberProblem(input);
		if (problem) throw badRequest(problem);
		return this.store(campaign, input).row;
	}

	/** PATCH contact. */
	update(campaign: Campaign, body: unknown): ContactRow {
		const { contact_id, phone_number, name, email, external_unique_id, outbound_number } = readBody(
			contactChange,
			body,
		);
		const wanted = { contact_id, phone_number, external_unique_id: external_unique_id ?? undefined };
		const contact = this.select(campaign, wanted);
		if (phone_number !== undefined && phoneDigits(phone_number) === undefined)
			throw badRequest('phone_number is invalid');
		if (phone_number !== undefined) contact.phoneNumber = phone_number;
		if (email !== undefined) contact.email = email;
		this.account.changeContact(campaign, contact, {
			...(name === undefined ? {} : { name }),
			...(outbound_number === undefined ? {} : { outbound_number }),
			...(external_unique_id === undefined ? {} : { unique_id: external_unique_id }),
		});
		this.account.carryOut('campaignContact.update', { campaign_id: campaign.id, ...(body as object) });
		return contact.row;
	}

	/** DELETE contact. */
	remove(campaign: Campaign, body: unknown): { message: string } {
		const contact = this.select(campaign, readBody(selector, body));
		campaign.contacts.remove(contact.id);
		this.account.carryOut('campaignContact.delete', { campaign_id: campaign.id, contact_id: contact.id });
		return { message: 'accepted' };
	}

	/** POST contacts/import: starts a job over a JSON file of contacts. */
	startImport(campaign: Campaign, body: unknown): ImportJob {
		const { account } = this;
		const file = (body as { file?: unknown } | undefined)?.file;
		if (!isUploadedFile(file)) throw badRequest('file is required');
		const records = readRecords(file.content);
		const id = account.nextId();
		const job: ImportJob = {
			id,
			status: 'created',
			campaign_id: campaign.id,
			filename: file.fileName,
			created_at: account.time(),
			total_rows: records.length,
			created_rows: 0,
			failed_rows: 0,
			results: [],
		};
		this.jobs.set(id, job);
		account.carryOut('campaignContact.import', { campaign_id: campaign.id, job_id: id, rows: records.length });
		// What the job will do is known now; it is counted as part of the request that asked for it.
		const checked = records.map(checkRecord);
		for (const { input } of checked) if (input) this.countContact(campaign, input);
		account.jobs.run(job, [
			{ afterMs: account.settings.pace.jobMs, enter: () => (job.status = 'in_progress') },
			{ afterMs: account.settings.pace.jobMs, enter: () => this.finishImport(campaign, job, checked) },
		]);
		return { ...job };
	}

	/** GET contacts/jobs/{job_id}. */
	job(campaign: Campaign, id: string): ImportJob {
		const job = this.jobs.get(Number(id));
		if (!job || job.campaign_id !== campaign.id) throw notFound();
		const answer = { ...job };
		this.account.jobs.wasRead(job);
		return answer;
	}

	/** GET contacts/jobs, newest first, without the outcomes of single records. */
	jobsOf(campaign: Campaign): unknown[] {
		const jobs = [...this.jobs.values()].filter(({ campaign_id }) => campaign_id === campaign.id).reverse();
		return jobs.map(({ results: _results, ...job }) => job);
	}

	/** Campaign with its counters, as the Manager API shows it. */
	show(campaign: Campaign): Record<string, unknown> {
		const statuses = campaign.contacts.list().map(({ row }) => row.status);
		const counts: Record<string, number> = {};
		for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
		const remaining = inProgress.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
		const running = (counts.Dialing ?? 0) + (counts.Queued ?? 0) + (counts.Connected ?? 0);
		const totals = {
			Contacts: statuses.length,
			Completed: statuses.length - remaining,
			Remaining: remaining,
			Running: running,
		};
		return { ...campaign.row, contact_stats: { ...totals, ...counts } };
	}

	private select(campaign: Campaign, wanted: z.infer<typeof selector>): Contact {
		const { contact_id, phone_number, external_unique_id } = wanted;
		if (contact_id !== undefined) return found(campaign.contacts.get(contact_id));
		const all = campaign.contacts.list();
		if (external_unique_id) return found(all.find(({ row }) => row.unique_id === external_unique_id));
		if (!phone_number) throw badRequest('contact_id is required');
		const digits = phoneDigits(phone_number);
		return found(all.find((contact) => phoneDigits(contact.phoneNumber) === digits));
	}

	private store(campaign: Campaign, input: NewContact): Contact {
		const contact = this.addContact(campaign, fieldsOf(input));
		this.countContact(campaign, input);
		return contact;
	}

	private countContact(campaign: Campaign, input: NewContact): void {
		this.account.carryOut('campaignContact.create', { campaign_id: campaign.id, ...input });
	}

	private finishImport(campaign: Campaign, job: ImportJob, records: CheckedRecord[]): void {
		job.results = records.map(({ input, error, uniqueId }, index) => {
			const id = input ? this.addContact(campaign, fieldsOf(input)).id : null;
			return { row: index + 1, external_unique_id: uniqueId, status: id === null ? 'failed' : 'created', id, error };
		});
		job.failed_rows = job.results.filter(({ status }) => status === 'failed').length;
		job.created_rows = job.total_rows - job.failed_rows;
		job.status = 'finished';
	}

	private planDial(campaign: Campaign): void {
		if (campaign.dialling || campaign.row.status !== 'dialing' || campaign.toDial.length === 0) return;
		campaign.dialling = true;
		this.account.timeline.after(this.account.settings.pace.dialMs, () => {
			campaign.dialling = false;
			if (campaign.row.status !== 'dialing') return;
			this.dialNext(campaign);
			this.planDial(campaign);
		});
	}

	private dialNext(campaign: Campaign): void {
		const { account } = this;
		const id = campaign.toDial[0];
		const contact = id === undefined ? undefined : campaign.contacts.get(id);
		if (!contact || contact.row.status !== 'Upcoming') return void campaign.toDial.shift();
		const outcome = this.refusal(contact);
		if (outcome) {
			campaign.toDial.shift();
			return account.changeContact(campaign, contact, { status: outcome });
		}
		const names = { campaignId: campaign.id, contactId: contact.id };
		const call = this.calls.dialContact(campaign.menuId, contact.phoneNumber, contact.row.outbound_number, names);
		// Nobody is free: the contact stays first in line.
		if (!call) return;
		campaign.toDial.shift();
		const participantId = call.row.participants[0]?.id ?? null;
		account.changeContact(campaign, contact, {
			status: 'Dialing',
			assigned_call_id: call.id,
			assigned_participant_id: participantId,
		});
	}

	private refusal(contact: Contact): ContactStatus | undefined {
		if (phoneDigits(contact.phoneNumber) === undefined) return 'Invalid Number';
		return doNotCallEntry(this.account, contact.phoneNumber) ? 'Do Not Call' : undefined;
	}

	/** Lets the contact's status follow its call. */
	private follow(call: Call, { campaignId, contactId }: NonNullable<Call['contact']>): void {
		const campaign = this.account.campaigns.get(campaignId);
		const contact = campaign?.contacts.get(contactId);
		const status = contactStatusOf(call.row.status, call.row.fail_reason);
		if (campaign && contact && status) this.account.changeContact(campaign, contact, { status });
	}
}

interface CheckedRecord {
	input?: NewContact;
	uniqueId: string | null;
	error: string | null;
}

function checkRecord(record: unknown): CheckedRecord {
	const given = (record as { external_unique_id?: unknown } | null)?.external_unique_id;
	const uniqueId = typeof given === 'string' ? given : null;
	try {
		const input = readBody(newContact, record);
		const error = numberProblem(input);
		return error ? { uniqueId, error } : { input, uniqueId, error: null };
	} catch (error) {
		return { uniqueId, error: (error as Error).message };
	}
}

function numberProblem({ phone_number }: NewContact): string | null {
	return phoneDigits(phone_number) === undefined ? 'phone_number is invalid' : null;
}

function fieldsOf(input: NewContact): ContactInput {
	return {
		name: input.name ?? null,
		unique_id: input.external_unique_id ?? null,
		outbound_number: input.outbound_number ?? null,
		phoneNumber: input.phone_number,
		email: input.email ?? null,
	};
}

function readRecords(content: Buffer): unknown[] {
	try {
		const records: unknown = JSON.parse(content.toString());
		if (Array.isArray(records)) return records;
	} catch {
		// Refused below.
	}
	throw badRequest('file is not a valid JSON array');
}

function contactStatusOf(callStatus: string, failReason: string): ContactStatus | undefined {
	if (callStatus === 'connected') return 'Connected';
	if (callStatus === 'finished') return 'Finished';
	if (callStatus !== 'failed') return undefined;
	return failReason === 'eu_wrong_number' ? 'Invalid Number' : 'Not Picked Up';
}
