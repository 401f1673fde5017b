import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { FilteredLists, named, Simulator, type RecordAdder, type RecordTable, type SimulatorOptions } from '../kit';
import {
	Account,
	byId,
	type ActivityInput,
	type LeadInput,
	type ListOrder,
	type RecordChange,
	type RecordInput,
} from './account';
import { agentWithId, setPresence, setRecording } from './agents';
import { Answers } from './answers';
import { bodyObject, readBulk, readLeadChange, readLeadList, readNewLead, readSwitch } from './bodies';
import { startBulkJob, type BulkOptions } from './bulk';
import { Calls, type ConnectedCall, type IncomingCall } from './calls';
import type { Outcome } from './codes';
import { Cursors, type CursorOptions } from './cursors';
import { seedDemo, type Demo } from './demo';
import { Dialler, type DiallerOptions } from './dialler';
import { erasePerson } from './erasure';
import { filters } from './filters';
import { operationPaths, type OperationId, type OperationPath } from './paths';
import { missing, notFound, unauthorized } from './problem';
import { pathId, queryInteger, queryOneOf, queryText, type Query } from './query';
import type { Activity, Attempt, Campaign, Correspondence, Lead, LeadList, Media, Timed, User } from './rows';
import { Schedule } from './schedule';
import { inboundStatistics, outboundStatistics, type StatisticsInput } from './statistics';
import { toneFile } from './wavFile';

/** Settings of the ipSCAPE simulator. Most switch behaviour that the vendor does not document. */
export interface IpScapeOptions extends SimulatorOptions {
	/** The only accepted token (default `ipscape-test-token`). */
	apiToken?: string;
	/** Text before the token in the Authorization header (default `Bearer`); '' expects the bare token. */
	tokenPrefix?: string;
	/** Requests a second (default 5, burst 5); null: no limit. */
	requestsPerSecond?: number | null;
	/** Zone of the tenant (default Australia/Sydney). */
	timezone?: string;
	/** Seed of generated values (default 1). */
	seed?: number;
	/** Order of activities, leads and dial attempts (default `oldestFirst`). */
	order?: ListOrder;
	cursors?: CursorOptions;
	/** True writes `/platform-api` in `nextUri` and in the media addresses of activities; the samples leave it out there (default). */
	prefixedUris?: boolean;
	/** Page 2 of campaigns: `unreachable` (default: every request gets the first page) or `pageNumber` (the cursor is `pageNo`). */
	campaignPages?: 'unreachable' | 'pageNumber';
	/** False refuses a customer key that the list has already (default true: the contract has no rule). */
	duplicateCustomerKeys?: boolean;
	bulk?: BulkOptions;
	/** How leads are dialled; false: they are not. */
	dialler?: DiallerOptions | false;
	/** Inbound calls an hour that come in with the clock (default 0). */
	inboundCallsPerHour?: number;
	/** Activities that arrive after each read of their list, up to `atMost` (default 1000). */
	arrivals?: { perRead: number; atMost?: number };
	/** Answer to a lead update: `{}` (`object`, default), the lead, or status 204 without body (`none`). */
	leadUpdateAnswer?: 'object' | 'lead' | 'none';
	/** Answer for media that is not deleted: a WAV file (`audio`, default) or its metadata. */
	liveMedia?: 'audio' | 'metadata';
	/** Moves operations, as a tenant may have them at another of the candidate paths. Paths start after `/platform-api`. */
	paths?: Partial<Record<OperationId, OperationPath>>;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

interface ListDefinition<Row extends Timed> {
	table: RecordTable<Row>;
	test: (query: Query, account: Account) => (row: Row) => boolean;
	write: (row: Row) => unknown;
	compare: (first: Timed, second: Timed) => number;
	hasPrevious: boolean;
}

const campaignsPerPage = 50;
const defaultLimit = 5;

/** Stateful stand-in for the ipSCAPE Platform API v3.0: all 20 operations of the contract below `/platform-api`. */
export class IpScapeSimulator extends Simulator {
	readonly apiToken: string;
	readonly account: Account;
	readonly calls: Calls;
	/** Undefined when leads are not dialled. */
	readonly dialler: Dialler | undefined;
	private readonly schedule = new Schedule();
	private readonly lists = new FilteredLists();
	private readonly cursors: Cursors;
	private readonly answers: Answers;
	private readonly statistics = new Map<number, StatisticsInput>();
	private arrived = 0;

	constructor(private readonly options: IpScapeOptions = {}) {
		super('ipscape', options);
		this.apiToken = options.apiToken ?? 'ipscape-test-token';
		this.account = new Account(this.clock, options.timezone, options.order, options.seed);
		this.calls = new Calls(this.account, this.schedule);
		if (options.dialler !== false) this.dialler = new Dialler(this.account, this.schedule, this.calls, options.dialler);
		this.cursors = new Cursors(() => this.now(), options.cursors);
		this.answers = new Answers(this.account, this.uriPrefix, this.basePath);
		const limit = options.requestsPerSecond === undefined ? defaultLimit : options.requestsPerSecond;
		if (limit !== null) this.faults.limit({ requestsPerSecond: limit });
		if (options.inboundCallsPerHour) this.planInbound(3_600_000 / options.inboundCallsPerHour, this.account.now());
	}

	/** Fills the tenant with the demonstration records and returns their ids. */
	seedDemo(): Demo {
		return seedDemo(this.account);
	}

	/** Moves the clock on by milliseconds and lets happen what is due. Returns the new time. */
	advance(milliseconds: number): number {
		this.clock.advance(milliseconds);
		return this.catchUp();
	}

	/** Lets happen what is due by the present time; done before every request as well. Returns the present time. */
	catchUp(): number {
		this.schedule.runUntil(this.now());
		return this.now();
	}

	/** Sets live figures of a campaign (callers waiting and others); undefined values are computed again. */
	setStatistics(input: StatisticsInput): StatisticsInput {
		const merged = { ...this.statistics.get(input.campaignId), ...input };
		const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
		this.statistics.set(input.campaignId, kept as unknown as StatisticsInput);
		return merged;
	}

	/** Sets how the next dialled calls of a lead end. */
	setOutcomes(leadId: number, outcomes: Outcome[]): void {
		if (!this.dialler) throw new Error('This simulator does not dial.');
		this.dialler.setOutcomes(leadId, outcomes);
	}

	failureBody(_status: number, message: string): unknown {
		return { message };
	}

	override recordKinds(): Record<string, RecordAdder> {
		const { account, calls } = this;
		return {
			campaign: (input: RecordInput<Campaign>) => account.addCampaign(input),
			campaignChange: (input: RecordChange<Campaign>) => account.changeCampaign(input),
			leadList: (input: RecordInput<LeadList>) => account.addLeadList(input),
			leadListChange: (input: RecordChange<LeadList>) => account.changeLeadList(input),
			lead: (input: LeadInput) => account.addLead(input),
			leadChange: (input: RecordChange<Lead>) => account.changeLead(input),
			leadOutcomes: (input: { leadId: number; outcomes: Outcome[] }) => this.setOutcomes(input.leadId, input.outcomes),
			activity: (input: ActivityInput) => account.addActivity(input),
			activityChange: (input: RecordChange<Activity>) => account.changeActivity(input),
			attempt: (input: RecordInput<Attempt>) => account.addAttempt(input),
			attemptChange: (input: RecordChange<Attempt>) => account.changeAttempt(input),
			user: (input: RecordInput<User>) => account.addUser(input),
			userChange: (input: RecordChange<User>) => account.changeUser(input),
			media: (input: RecordInput<Media>) => account.addMedia(input),
			mediaDeletion: (input: { id: number; by?: number; reason?: string }) => account.deleteMedia(input),
			correspondence: (input: RecordInput<Correspondence>) => account.addCorrespondence(input),
			incomingCall: (input: IncomingCall) => calls.receive(input),
			connectedCall: (input: ConnectedCall) => calls.connect(input),
			endedCall: (input: { agentId: number }) => calls.end(input.agentId),
			statistics: (input: StatisticsInput) => this.setStatistics(input),
			demo: () => this.seedDemo(),
		};
	}

	override state(): unknown {
		this.catchUp();
		const { campaigns, leadLists, leads, activities, attempts, users, media, correspondence, bulkJobs } = this.account;
		const tables = { campaigns, leadLists, leads, activities, attempts, users, media, correspondence, bulkJobs };
		return Object.fromEntries(Object.entries(tables).map(([name, { size }]) => [name, size]));
	}

	protected override get basePath(): string {
		return '/platform-api';
	}

	protected async routes(app: FastifyInstance): Promise<void> {
		const { tokenPrefix = 'Bearer' } = this.options;
		// As a user name, the token comes with an empty password.
		const token = tokenPrefix === 'Basic' ? Buffer.from(`${this.apiToken}:`).toString('base64') : this.apiToken;
		const expected = `${tokenPrefix} ${token}`.trim();
		await app.register(
			named('api', async (api: FastifyInstance) => {
				api.addHook('preHandler', async (request) => {
					this.catchUp();
					if (request.headers.authorization !== expected) throw unauthorized();
				});
				for (const [operation, handler] of Object.entries(this.handlers())) {
					const { method, path } =
						this.options.paths?.[operation as OperationId] ?? operationPaths[operation as OperationId];
					api.route({
						method,
						url: path.replace(/\{(\w+)\}/g, ':$1'),
						handler: async (request, reply) => handler(request, reply),
					});
				}
			}),
			{ prefix: this.basePath },
		);
	}

	private get uriPrefix(): string {
		return this.options.prefixedUris ? this.basePath : '';
	}

	private handlers(): Record<OperationId, Handler> {
		const { account, answers } = this;
		const ordered = { compare: account.byTime, hasPrevious: true };
		const activities = { ...ordered, hasPrevious: false, table: account.activities, test: filters.activity };
		const attempts = { ...ordered, hasPrevious: false, table: account.attempts, test: filters.attempt };
		const leads = { ...ordered, table: account.leads, test: filters.lead };
		const leadLists = { table: account.leadLists, test: filters.leadList, compare: byId, hasPrevious: true };
		const users = { table: account.users, test: filters.user, compare: byId, hasPrevious: true };
		return {
			'activity.getMany': (request) =>
				this.activityPage(request, { ...activities, write: (row) => answers.activity(row) }),
			'activity.get': reads('activityId', 'activity', account.activities, (row) => answers.activity(row)),
			'campaign.getMany': (request) => this.campaignPage(queryOf(request)),
			'outboundCampaignStatistics.get': (request) => {
				const campaign = this.campaignOf(request, 'Outbound');
				return outboundStatistics(account, campaign, answers, this.statistics.get(campaign.id));
			},
			'inboundCampaignStatistics.get': (request) => {
				const campaign = this.campaignOf(request, 'Inbound');
				const period = queryOneOf(queryOf(request), 'period', ['hour', 'day']) ?? 'hour';
				return inboundStatistics(account, campaign, period, this.statistics.get(campaign.id));
			},
			'media.get': (request, reply) => this.sendMedia(request, reply),
			'lead.getMany': (request) => this.page(request, { ...leads, write: (row) => answers.lead(row) }),
			'lead.get': reads('leadId', 'lead', account.leads, (row) => answers.lead(row)),
			'lead.create': (request) => this.createLead(request),
			'lead.update': (request, reply) => this.updateLead(request, reply),
			'lead.bulkCreate': (request) => this.createLeads(request),
			'leadList.getMany': (request) => this.page(request, { ...leadLists, write: (row) => answers.leadList(row) }),
			'leadList.get': reads('listId', 'lead list', account.leadLists, (row) => answers.leadList(row)),
			'leadList.create': (request) => this.createLeadList(request),
			'personalData.erase': (request) => this.erase(queryOf(request)),
			'user.getMany': (request) => this.page(request, { ...users, write: (row) => answers.user(row) }),
			'agentPresence.update': (request) => this.updatePresence(request),
			'diallerAttempt.getMany': (request) => this.page(request, { ...attempts, write: (row) => answers.attempt(row) }),
			'diallerAttempt.get': reads('attemptId', 'dial attempt', account.attempts, (row) => answers.attempt(row)),
			'callRecording.update': (request) => this.updateRecording(request),
		};
	}

	private page<Row extends Timed>(request: FastifyRequest, list: ListDefinition<Row>): unknown {
		const query = queryOf(request);
		const path = request.url.split('?', 1)[0] ?? '';
		const uri = this.uriPrefix + path.slice(this.basePath.length);
		const wanted = this.cursors.filtersOf(query);
		const { cursor: _cursor, ...filter } = wanted;
		const all = list.table.list();
		const rows = this.lists.filter(all, JSON.stringify(filter), list.test(wanted, this.account));
		const { compare, hasPrevious } = list;
		const page = this.cursors.page({ uri, rows, total: all.length, compare, hasPrevious }, query);
		return { metadata: page.metadata, items: page.rows.map((row) => list.write(row)) };
	}

	/** Pages activities and lets new ones arrive behind the reader's back. */
	private activityPage(request: FastifyRequest, list: ListDefinition<Activity>): unknown {
		const answer = this.page(request, list);
		const { perRead = 0, atMost = 1000 } = this.options.arrivals ?? {};
		for (let count = 0; count < perRead && this.arrived < atMost; count += 1) {
			this.arrived += 1;
			this.account.addActivity();
		}
		return answer;
	}

	private campaignPage(query: Query): unknown {
		const rows = this.account.campaigns.list().filter(filters.campaign(query));
		const asked = this.options.campaignPages === 'pageNumber' ? queryInteger(query, 'cursor') : undefined;
		const pageNo = Math.max(0, asked ?? 0);
		const data = rows.slice(pageNo * campaignsPerPage, (pageNo + 1) * campaignsPerPage);
		return {
			pageNo,
			inPage: data.length,
			perPage: campaignsPerPage,
			data: data.map((row) => this.answers.campaign(row)),
		};
	}

	private campaignOf(request: FastifyRequest, type: Campaign['type']): Campaign {
		const id = pathId(request.params, 'campaignId');
		const campaign = this.account.campaigns.get(id);
		if (campaign?.type !== type) throw notFound(`${type.toLowerCase()} campaign`, id);
		return campaign;
	}

	private sendMedia(request: FastifyRequest, reply: FastifyReply): unknown {
		const id = pathId(request.params, 'mediaId');
		const media = this.account.media.get(id);
		if (!media) throw notFound('media', id);
		if (media.deleted || this.options.liveMedia === 'metadata') return this.answers.media(media);
		return reply.type('audio/wav').send(toneFile(id, media.duration));
	}

	private createLead(request: FastifyRequest): unknown {
		const lead = this.account.addLead(this.readLead(request));
		this.noteLead(lead);
		return { leadId: lead.id, inDialler: this.dialler?.isDialable(lead) ?? false };
	}

	private readLead(request: FastifyRequest): LeadInput {
		return readNewLead(bodyObject(request.body), this.account, this.options.duplicateCustomerKeys);
	}

	private noteLead({ id, listId, customerKey, phones }: Lead): void {
		this.carryOut('lead.create', { leadId: id, listId, customerKey, phones: phones.map(({ phone }) => phone) });
	}

	private updateLead(request: FastifyRequest, reply: FastifyReply): unknown {
		const id = pathId(request.params, 'leadId');
		const lead = this.account.leads.get(id);
		if (!lead) throw notFound('lead', id);
		const change = readLeadChange(bodyObject(request.body), lead, this.account, this.options.duplicateCustomerKeys);
		const changed = this.account.changeLead(change);
		this.carryOut('lead.update', change);
		if (this.options.leadUpdateAnswer === 'none') return reply.code(204).send();
		return this.options.leadUpdateAnswer === 'lead' ? this.answers.lead(changed) : {};
	}

	private createLeads(request: FastifyRequest): unknown {
		const { bulk, duplicateCustomerKeys: duplicates = true } = this.options;
		const leads = readBulk(bodyObject(request.body), bulk?.maximumLeads ?? Infinity);
		const job = startBulkJob(this.account, leads, { ...bulk, duplicates });
		this.carryOut('lead.bulkCreate', { uuid: job.uuid, leads: leads.length });
		for (const lead of job.leads) this.noteLead(lead);
		return { uuid: job.uuid, status: 'queued' };
	}

	private createLeadList(request: FastifyRequest): unknown {
		const { listName, campaignId } = readLeadList(bodyObject(request.body), this.account);
		const list = this.account.addLeadList({ name: listName, campaignId });
		this.carryOut('leadList.create', { listId: list.id, listName, campaignId });
		return { listName, campaignId, listId: list.id };
	}

	private erase(query: Query): unknown {
		const person = { phoneNumber: queryText(query, 'phoneNumber'), emailAddress: queryText(query, 'emailAddress') };
		if (person.phoneNumber === undefined && person.emailAddress === undefined)
			throw missing('phoneNumber or emailAddress');
		const result = erasePerson(this.account, person);
		this.carryOut('personalData.erase', person);
		return result;
	}

	private updatePresence(request: FastifyRequest): unknown {
		const { agentId, value: available } = readSwitch(bodyObject(request.body), 'available');
		setPresence(this.account, agentId, available);
		this.carryOut('agentPresence.update', { agentId, available });
		return { agentId, available };
	}

	private updateRecording(request: FastifyRequest): unknown {
		const { agentId, value: recording } = readSwitch(bodyObject(request.body), 'recording');
		const { activityId } = agentWithId(this.account, agentId);
		setRecording(this.account, agentId, recording);
		this.carryOut('callRecording.update', { agentId, recording, activityId });
		return { agentId, recording };
	}

	private planInbound(interval: number, at: number): void {
		this.schedule.at(at + interval, (time) => {
			const campaigns = this.account.campaigns.list().filter(({ type, isRunning }) => type === 'Inbound' && isRunning);
			if (campaigns.length > 0) this.calls.receive({ campaignId: this.account.random.pick(campaigns).id }, time);
			this.planInbound(interval, time);
		});
	}
}

function queryOf(request: FastifyRequest): Query {
	return request.query as Query;
}

/** Handler that reads one record by the id in its path. */
function reads<Row extends Timed>(
	parameter: string,
	kind: string,
	table: RecordTable<Row>,
	write: (row: Row) => unknown,
): Handler {
	return (request) => {
		const id = pathId(request.params, parameter);
		const row = table.get(id);
		if (!row) throw notFound(kind, id);
		return write(row);
	};
}
