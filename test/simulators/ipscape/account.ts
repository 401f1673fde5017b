import { createRandom, RecordTable, type Random, type SimulatorClock } from '../kit';
import { activityStatuses, dialStatuses } from './codes';
import type { Activity, Attempt, BulkJob, Campaign, Correspondence, Lead, LeadList, Media, Timed, User } from './rows';
import { toTime, wholeSeconds, type Moment } from './times';

/** Fields of a new record; what is left out gets a plausible value. */
export type RecordInput<Row extends Timed> = Partial<Omit<Row, 'time'>> & {
	/** When it was created, uploaded or dialled (default now). */
	createdAt?: Moment;
	/** When it can first be read, for records that appear late. */
	visibleAt?: Moment;
};

/** Phones may be given as the vendor's `phone1` to `phone3`. */
export type LeadInput = RecordInput<Lead> & { phone1?: string | null; phone2?: string | null; phone3?: string | null };

/** `recordingSeconds` and `voicemailSeconds` add media of that length. */
export type ActivityInput = RecordInput<Activity> & { recordingSeconds?: number; voicemailSeconds?: number[] };

/** Changes of a record, by id. */
export type RecordChange<Row extends Timed> = Partial<Omit<Row, 'id' | 'time'>> & { id: number };

/** Order of activities, attempts and leads in lists; the vendor does not say which it has. */
export type ListOrder = 'oldestFirst' | 'newestFirst';

/** Number ranges that belong to nobody (Australian numbers for fiction). */
const fictionPrefixes = [
	'+6125550',
	'+6127010',
	'+6135550',
	'+6137010',
	'+6175550',
	'+6177010',
	'+6185550',
	'+6187010',
];
const rememberedJobs = 1000;
const firstIds = {
	campaign: 1,
	leadList: 100,
	lead: 3301,
	activity: 5101,
	attempt: 7001,
	user: 1001,
	media: 900,
	interaction: 20,
};

/** One of 80,000 phone numbers from ranges reserved for fiction. */
export function fictionPhone(index: number): string {
	const prefix = fictionPrefixes[Math.floor(index / 10_000) % fictionPrefixes.length] ?? '';
	return prefix + String(index % 10_000).padStart(4, '0');
}

/** Order of campaigns, lists and users. */
export const byId = (first: Timed, second: Timed): number => first.id - second.id;

/** Reads a lead's phones out of the vendor's three fields. */
export function phonesOf(numbers: ReadonlyArray<string | null | undefined>): Lead['phones'] {
	return numbers.flatMap((phone, index) => (phone ? [{ phone, phoneIndex: index + 1, completed: false }] : []));
}

/** All records of one simulated tenant, with a method to add and to change each kind. Needs no HTTP. */
export class Account {
	readonly random: Random;
	readonly campaigns: RecordTable<Campaign>;
	readonly leadLists: RecordTable<LeadList>;
	readonly leads: RecordTable<Lead>;
	readonly activities: RecordTable<Activity>;
	readonly attempts: RecordTable<Attempt>;
	readonly users: RecordTable<User>;
	readonly media: RecordTable<Media>;
	readonly correspondence: RecordTable<Correspondence>;
	readonly bulkJobs = new Map<string, BulkJob>();
	/** Called for each lead that was added or changed from outside of the dialler. */
	leadListener: (lead: Lead) => void = () => undefined;
	/** Called for each campaign that was changed. */
	campaignListener: (campaign: Campaign) => void = () => undefined;
	private readonly leadsByKey = new Map<string, number>();
	/** Order of leads, activities and attempts; positive when the first comes after the second. */
	readonly byTime: (first: Timed, second: Timed) => number;
	private interactions = firstIds.interaction;

	constructor(
		readonly clock: SimulatorClock,
		/** Zone of the tenant. */
		readonly timezone = 'Australia/Sydney',
		order: ListOrder = 'oldestFirst',
		seed = 1,
	) {
		const sign = order === 'oldestFirst' ? 1 : -1;
		this.byTime = (first, second) => sign * (first.time - second.time || first.id - second.id);
		this.random = createRandom(seed);
		this.campaigns = new RecordTable<Campaign>(clock, byId);
		this.leadLists = new RecordTable<LeadList>(clock, byId);
		this.users = new RecordTable<User>(clock, byId);
		this.media = new RecordTable<Media>(clock, byId);
		this.correspondence = new RecordTable<Correspondence>(clock, byId);
		this.leads = new RecordTable<Lead>(clock, this.byTime);
		this.activities = new RecordTable<Activity>(clock, this.byTime);
		this.attempts = new RecordTable<Attempt>(clock, this.byTime);
	}

	/** Present time in whole seconds, as epoch milliseconds. */
	now(): number {
		return wholeSeconds(this.clock.now());
	}

	addCampaign(input: RecordInput<Campaign> = {}): Campaign {
		return this.store(this.campaigns, firstIds.campaign, input, (id, time) => ({
			id,
			time,
			title: `Campaign ${id}`,
			description: null,
			type: 'Outbound',
			groupName: null,
			isRunning: true,
			allowTransferToAnyPhone: false,
			pay: null,
			timezone: this.timezone,
			lastUpdated: time,
		}));
	}

	/** Changes a campaign; stopping it stops its dialling, starting it starts it again. */
	changeCampaign(change: RecordChange<Campaign>): Campaign {
		const campaign = this.change(this.campaigns, { lastUpdated: this.now(), ...change });
		this.campaignListener(campaign);
		return campaign;
	}

	addLeadList(input: RecordInput<LeadList> = {}): LeadList {
		const campaignId = input.campaignId ?? this.someCampaign('Outbound');
		return this.store(this.leadLists, firstIds.leadList, input, (id, time) => ({
			id,
			time,
			name: `List ${id}`,
			campaignId,
			inDialler: true,
			weight: 1,
		}));
	}

	/** Changes a list (it stays in its campaign); taking it out of the dialler stops the dialling of its leads. */
	changeLeadList(change: Omit<RecordChange<LeadList>, 'campaignId'>): LeadList {
		const list = this.change(this.leadLists, change);
		const campaign = this.campaigns.get(list.campaignId);
		if (campaign) this.campaignListener(campaign);
		return list;
	}

	addLead(input: LeadInput = {}): Lead {
		const { phone1, phone2, phone3, ...fields } = input;
		const listId = input.listId ?? this.leadLists.list()[0]?.id ?? this.addLeadList().id;
		const lead = this.store(this.leads, firstIds.lead, fields, (id, time) => ({
			id,
			time,
			listId,
			timezone: this.timezone,
			completed: false,
			customerKey: null,
			agentId: null,
			dataFields: null,
			lastStatusCode: null,
			phones: phonesOf([phone1 === undefined ? fictionPhone(id) : phone1, phone2, phone3]),
			outcomeType: 'preview',
			totalAttempts: 0,
			outcomes: [],
			modified: time,
			nextAttempt: null,
		}));
		this.remember(lead);
		this.leadListener(lead);
		return lead;
	}

	/** Changes a lead and sets its time of change. */
	changeLead(change: RecordChange<Lead>): Lead {
		const lead = this.writeLead(change, this.now());
		this.leadListener(lead);
		return lead;
	}

	/** Changes a lead without planning its dialling anew; for the dialler itself. */
	writeLead(change: RecordChange<Lead>, at: number): Lead {
		const earlier = this.leads.get(change.id);
		if (earlier) this.forget(earlier);
		const lead = this.change(this.leads, { modified: at, ...change });
		this.remember(lead);
		return lead;
	}

	removeLead(id: number): boolean {
		const lead = this.leads.get(id);
		if (lead) this.forget(lead);
		return this.leads.remove(id);
	}

	/** Id of a lead of the list with this customer key, or undefined. */
	leadWithKey(listId: number, customerKey: string): number | undefined {
		return this.leadsByKey.get(keyOf(listId, customerKey));
	}

	/** Adds a call; without times it is one that was answered and has ended. */
	addActivity(input: ActivityInput = {}): Activity {
		const { recordingSeconds, voicemailSeconds, ...fields } = input;
		const type = input.type ?? 'call.inbound';
		const campaignId = input.campaignId ?? this.someCampaign(type === 'call.inbound' ? 'Inbound' : 'Outbound');
		const start = input.createdAt === undefined ? this.now() : toTime(input.createdAt, this.timezone);
		const addMedia = (duration: number): number => this.addMedia({ duration, createdAt: start }).id;
		return this.store(this.activities, firstIds.activity, fields, (id, time) => ({
			id,
			time,
			type,
			campaignId,
			parentActivityId: null,
			rootActivityId: input.id ?? id,
			activityStatusId: activityStatuses.answered.id,
			activityStatusName: activityStatuses.answered.name,
			source: '+61491570156',
			destination: '+61255501234',
			agentId: null,
			agentInteractionId: input.agentId ? this.nextInteraction() : null,
			wrapCode: null,
			wrapDescription: null,
			recordingStatus: recordingSeconds === undefined ? null : 'enabled',
			recordingId: recordingSeconds === undefined ? null : addMedia(recordingSeconds),
			voicemailIds: (voicemailSeconds ?? []).map(addMedia),
			survey: null,
			callQualityScore: null,
			...this.endedTimes(type, time),
			attemptId: null,
		}));
	}

	changeActivity(change: RecordChange<Activity>): Activity {
		return this.change(this.activities, change);
	}

	addAttempt(input: RecordInput<Attempt> = {}): Attempt {
		const lead = input.leadId === undefined ? this.leads.list()[0] : this.leads.get(input.leadId);
		const list = lead && this.leadLists.get(lead.listId);
		return this.store(this.attempts, firstIds.attempt, input, (id, time) => ({
			id,
			time,
			dialStatusId: dialStatuses.noAnswer.id,
			dialStatusName: dialStatuses.noAnswer.name,
			phoneIndex: 1,
			phoneNumber: lead?.phones[0]?.phone ?? null,
			leadId: lead?.id ?? 0,
			campaignId: list?.campaignId ?? this.someCampaign('Outbound'),
			activityId: null,
			answered: null,
			hangUp: time + 25_000,
		}));
	}

	changeAttempt(change: RecordChange<Attempt>): Attempt {
		return this.change(this.attempts, change);
	}

	addUser(input: RecordInput<User> = {}): User {
		const firstName = input.firstName ?? 'Robin';
		const lastName = input.lastName ?? 'Hale';
		const username = `${firstName}.${lastName}`.toLowerCase();
		return this.store(this.users, firstIds.user, input, (id, time) => ({
			id,
			time,
			timezone: this.timezone,
			firstName,
			lastName,
			username,
			email: `${username}@example.com`,
			userType: 'agent',
			teams: [],
			campaignIds: [],
			isLoggedIn: true,
			accountIsActive: true,
			available: true,
			activityId: null,
			isWrapping: false,
			statusSince: time,
		}));
	}

	/** Changes a user (log in and out, presence, teams); a change of status restarts the time in status. */
	changeUser(change: RecordChange<User>, at = this.now()): User {
		const earlier = this.users.get(change.id);
		const status = earlier && statusOf(earlier);
		const user = this.change(this.users, change);
		if (statusOf(user) !== status && change.statusSince === undefined) user.statusSince = at;
		return user;
	}

	addMedia(input: RecordInput<Media> = {}): Media {
		return this.store(this.media, firstIds.media, input, (id, time) => ({ id, time, duration: 30, deleted: null }));
	}

	/** Deletes a recording or voicemail, as retention rules and people do. */
	deleteMedia(input: { id: number; by?: number | null; reason?: string }): Media {
		const deleted = { at: this.now(), by: input.by ?? null, reason: input.reason ?? 'Retention policy' };
		return this.change(this.media, { id: input.id, deleted });
	}

	addCorrespondence(input: RecordInput<Correspondence> = {}): Correspondence {
		return this.store(this.correspondence, 1, input, (id, time) => ({
			id,
			time,
			kind: 'inboundEmail',
			address: 'jo.lee@example.com',
			attachments: 0,
		}));
	}

	/** Keeps a bulk job; only the newest ones are remembered. */
	addBulkJob(job: BulkJob): void {
		this.bulkJobs.set(job.uuid, job);
		const [oldest] = this.bulkJobs.keys();
		if (this.bulkJobs.size > rememberedJobs && oldest !== undefined) this.bulkJobs.delete(oldest);
	}

	nextInteraction(): number {
		this.interactions += 1;
		return this.interactions;
	}

	private endedTimes(
		type: Activity['type'],
		time: number,
	): Pick<Activity, 'durations' | 'joinQueue' | 'answered' | 'hangUp' | 'wrapUp'> {
		const ended = { answered: time + 20_000, hangUp: time + 205_000, wrapUp: time + 230_000 };
		if (type === 'call.outbound') return { ...ended, joinQueue: null, durations: { dial: 20, interaction: 210 } };
		const durations = { ivr: 6, queue: 14, hold: 0, interaction: 210, wrap: 25, talk: 185 };
		return { ...ended, joinQueue: time + 6000, durations };
	}

	private store<Row extends Timed>(
		table: RecordTable<Row>,
		firstId: number,
		input: RecordInput<Row>,
		make: (id: number, time: number) => Row,
	): Row {
		const { createdAt, visibleAt, ...fields } = input;
		const time = createdAt === undefined ? this.now() : toTime(createdAt, this.timezone);
		const row = { ...make(input.id ?? table.nextId(firstId), time), ...fields } as Row;
		return table.add(row, { visibleAt: visibleAt === undefined ? undefined : toTime(visibleAt, this.timezone) });
	}

	private change<Row extends Timed>(table: RecordTable<Row>, change: RecordChange<Row>): Row {
		const row = table.update(change.id, change as Partial<Row>);
		if (!row) throw new RangeError(`No record with id ${change.id}.`);
		return row;
	}

	private someCampaign(type: Campaign['type']): number {
		return (this.campaigns.list().find((campaign) => campaign.type === type) ?? this.addCampaign({ type })).id;
	}

	private remember(lead: Lead): void {
		if (lead.customerKey !== null) this.leadsByKey.set(keyOf(lead.listId, lead.customerKey), lead.id);
	}

	private forget(lead: Lead): void {
		if (lead.customerKey === null) return;
		const key = keyOf(lead.listId, lead.customerKey);
		if (this.leadsByKey.get(key) === lead.id) this.leadsByKey.delete(key);
	}
}

function keyOf(listId: number, customerKey: string): string {
	return `${listId} ${customerKey}`;
}

/** Live status of a user, as the user list shows it. */
export function statusOf(user: User): string {
	if (!user.isLoggedIn) return 'Logged Out';
	if (user.activityId !== null) return 'On Call';
	if (user.isWrapping) return 'Wrap Up';
	return user.available ? 'Available' : 'Paused';
}
