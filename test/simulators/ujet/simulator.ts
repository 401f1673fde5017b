import type { FastifyInstance, FastifyRequest } from 'fastify';

import { named, Simulator, type RecordAdder } from '../kit';
import type { Account, Agent, Call, Campaign, Chat, Contact, Email, EndUser, Menu, Team } from './account';
import { addAppsRoutes, appsPath } from './appsRoutes';
import type { CallInput } from './calls';
import type { CampaignInput, ContactInput } from './campaigns';
import type { ChatInput } from './chats';
import { seedDemo, type Demo } from './demo';
import { putDoNotCall } from './doNotCall';
import { addManagerRoutes, managerPath } from './managerRoutes';
import { settingsOf, type UjetOptions, type UjetSettings } from './options';
import type { AgentInput, EmailInput, MenuInput } from './people';
import { phoneDigits } from './phone';
import { Problem } from './problem';
import type { CallFailReason, CallRow, CampaignRow, ChatRow, ContactRow, EmailRow, UserStatusRow } from './rows';
import { StorageProblem, storagePath } from './storage';
import { Tenant } from './tenant';

const titles: Record<number, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	422: 'Unprocessable Entity',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
};

/**
 * Stateful stand-in for a UJET tenant: all operations of the Apps API and of the Manager API on one origin, and the storage that takes
 * chat photos and videos. Calls, chats, campaigns and jobs move on with the simulator's clock.
 */
export class UjetSimulator extends Simulator {
	readonly settings: UjetSettings;
	readonly tenant: Tenant;

	constructor(options: UjetOptions = {}) {
		super('ujet', options);
		this.settings = settingsOf(options);
		this.tenant = new Tenant(
			this.clock,
			this.settings,
			() => this.origin,
			(name, payload) => this.carryOut(name, payload),
		);
		this.faults.limit(this.settings.rateLimit ?? undefined);
	}

	get account(): Account {
		return this.tenant.account;
	}

	/** Value of the Authorization header this tenant accepts. */
	get authorization(): string {
		const { username, password } = this.settings;
		return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
	}

	/** Fills the tenant with the demonstration records and returns their ids. */
	seedDemo(): Demo {
		return seedDemo(this);
	}

	/** Moves the clock and carries out everything that became due. */
	advance(milliseconds: number): void {
		this.clock.advance(milliseconds);
		this.account.timeline.settle();
	}

	addAgent(input?: AgentInput): Agent {
		return this.tenant.people.addAgent(input);
	}

	addTeam(input?: Partial<Team['row']>): Team {
		return this.tenant.people.addTeam(input);
	}

	addMenu(input?: MenuInput): Menu {
		return this.tenant.people.addMenu(input);
	}

	addEmail(input?: EmailInput): Email {
		return this.tenant.people.addEmail(input);
	}

	/** Stores a call as it is; use `queueCall` to let it live. */
	addCall(input?: CallInput): Call {
		return this.tenant.calls.add(input);
	}

	addChat(input?: ChatInput): Chat {
		return this.tenant.chats.add(input);
	}

	addEndUser(input: Partial<EndUser>): EndUser {
		return this.account.putEndUser(input);
	}

	addCampaign(input?: CampaignInput): Campaign {
		return this.tenant.campaigns.addCampaign(input);
	}

	addContact(campaignId: number, input?: ContactInput): Contact {
		return this.tenant.campaigns.addContact(this.known(this.account.campaigns.get(campaignId)), input);
	}

	/** Puts a number on the do-not-call list; `expiresAt` as `YYYY-MM-DD HH:MM:SS UTC`. */
	addDoNotCall(phoneNumber: string, expiresAt?: string): void {
		putDoNotCall(this.account, phoneNumber, expiresAt);
	}

	/** Adds a number of the tenant; the first one is the default caller id. */
	addOwnNumber(phoneNumber: string): void {
		this.account.ownNumbers.set(phoneDigits(phoneNumber) ?? phoneNumber, phoneNumber);
	}

	/** Lets a CRM ticket have a contact with this number. */
	addTicket(ticketId: string, phoneNumber: string): void {
		this.account.tickets.set(ticketId, phoneNumber);
	}

	/** Lets calls to a number fail with this reason. */
	setUnreachable(phoneNumber: string, reason: CallFailReason): void {
		this.account.unreachable.set(phoneDigits(phoneNumber) ?? phoneNumber, reason);
	}

	/** Adds a status agents can choose. */
	addStatus(input: Partial<UserStatusRow> & { name: string }): UserStatusRow {
		const setting = { restricted: false, all_roles_restricted: false, breakthrough_enabled: false };
		const status = { id: this.account.nextId(), wfm_id: null, color: 'grey', setting, custom_roles: [], ...input };
		this.account.statuses.push(status);
		return status;
	}

	addCobrowseSession(id: string): void {
		this.account.cobrowseSessions.set(id, true);
	}

	/** Gives an agent a status by name; `Offline` logs it out, anything else logs it in if needed. */
	setAgentStatus(agentId: number, name: string): void {
		const agent = this.known(this.account.agents.get(agentId));
		if (name === 'Offline') return this.tenant.agents.logOut(agent);
		if (!agent.row.online) this.tenant.agents.logIn(agent);
		this.tenant.agents.setStatus(agent, this.known(this.account.status(name)));
	}

	/** Sets estimated waits of a queue in seconds. */
	setWait(menuId: number, wait: Partial<Menu['wait']>): void {
		Object.assign(this.known(this.account.menus.get(menuId)).wait, wait);
	}

	/** Sets what queue status answers say. */
	setMenu(
		menuId: number,
		changes: Partial<Pick<Menu, 'afterHours' | 'overCapacity' | 'manualRedirection' | 'sla' | 'shownAgents'>>,
	): void {
		this.account.menus.update(menuId, changes);
	}

	/** Changes fields of a call as they are. */
	setCall(callId: number, changes: Partial<CallRow>): void {
		this.account.changeCall(this.known(this.account.calls.get(callId)), changes);
	}

	/** Changes fields of a chat as they are. */
	setChat(chatId: number, changes: Partial<ChatRow>): void {
		this.account.changeChat(this.known(this.account.chats.get(chatId)), changes);
	}

	/** Changes fields of an e-mail session as they are. */
	setEmail(emailId: number, changes: Partial<EmailRow>): void {
		const { row } = this.known(this.account.emails.get(emailId));
		Object.assign(row, { updated_at: this.account.time() }, changes);
		this.account.emails.update(emailId, {});
	}

	/** Changes fields of a contact as they are. */
	setContact(campaignId: number, contactId: number, changes: Partial<ContactRow>): void {
		const campaign = this.known(this.account.campaigns.get(campaignId));
		this.account.changeContact(campaign, this.known(campaign.contacts.get(contactId)), changes);
	}

	setCampaignStatus(campaignId: number, status: CampaignRow['status']): void {
		this.tenant.campaigns.setStatus(this.known(this.account.campaigns.get(campaignId)), status);
	}

	/** Puts a stored call into the queue of its menu, from where it lives on by itself. */
	queueCall(callId: number): void {
		this.tenant.calls.queue(this.known(this.account.calls.get(callId)));
	}

	finishCall(callId: number): void {
		this.tenant.calls.finish(this.known(this.account.calls.get(callId)));
	}

	failCall(callId: number, reason: CallFailReason): void {
		this.tenant.calls.fail(this.known(this.account.calls.get(callId)), reason);
	}

	/** The agent of the oldest dial request that waits for a caller id chooses one. */
	chooseCallerId(callerId?: string): Call | undefined {
		return this.tenant.calls.chooseCallerId(callerId);
	}

	finishChat(chatId: number): void {
		this.tenant.chats.finish(this.known(this.account.chats.get(chatId)));
	}

	/** The agent of a chat sends a file; returns the media id. */
	addAgentFile(chatId: number, content: Buffer): number {
		return this.tenant.chats.addAgentFile(this.known(this.account.chats.get(chatId)), content);
	}

	/** The union of both APIs' failure bodies: a fault does not know which one was called. */
	failureBody(status: number, message: string): unknown {
		return managerFailure(status, message);
	}

	override recordKinds(): Record<string, RecordAdder> {
		return {
			agent: (input: AgentInput) => this.addAgent(input).row,
			agentStatus: (input: { id: number; status: string }) => this.setAgentStatus(input.id, input.status),
			call: (input: CallInput) => this.addCall(input).row,
			callChange: (input: Partial<CallRow> & { id: number }) => this.setCall(input.id, input),
			callQueue: (input: { id: number }) => this.queueCall(input.id),
			callFinish: (input: { id: number }) => this.finishCall(input.id),
			callFail: (input: { id: number; reason: CallFailReason }) => this.failCall(input.id, input.reason),
			callerId: (input: { callerId?: string }) => this.chooseCallerId(input.callerId)?.row,
			campaign: (input: CampaignInput) => this.addCampaign(input).row,
			campaignStatus: (input: { id: number; status: CampaignRow['status'] }) =>
				this.setCampaignStatus(input.id, input.status),
			chat: (input: ChatInput) => this.addChat(input).row,
			chatChange: (input: Partial<ChatRow> & { id: number }) => this.setChat(input.id, input),
			chatFinish: (input: { id: number }) => this.finishChat(input.id),
			cobrowseSession: (input: { id: string }) => this.addCobrowseSession(input.id),
			contact: ({ campaignId, ...input }: ContactInput & { campaignId: number }) =>
				this.addContact(campaignId, input).row,
			contactChange: ({ campaignId, ...input }: Partial<ContactRow> & { campaignId: number; id: number }) =>
				this.setContact(campaignId, input.id, input),
			demo: () => this.seedDemo(),
			doNotCall: (input: { phoneNumber: string; expiresAt?: string }) =>
				this.addDoNotCall(input.phoneNumber, input.expiresAt),
			email: (input: EmailInput) => this.addEmail(input).row,
			emailChange: (input: Partial<EmailRow> & { id: number }) => this.setEmail(input.id, input),
			endUser: (input: Partial<EndUser>) => this.addEndUser(input),
			menu: (input: MenuInput) => this.addMenu(input).row,
			menuState: (input: { id: number } & Parameters<UjetSimulator['setMenu']>[1]) => {
				const { id, ...changes } = input;
				this.setMenu(id, changes);
			},
			ownNumber: (input: { phoneNumber: string }) => this.addOwnNumber(input.phoneNumber),
			team: (input: Partial<Team['row']>) => this.addTeam(input).row,
			ticket: (input: { ticketId: string; phoneNumber: string }) => this.addTicket(input.ticketId, input.phoneNumber),
			unreachable: (input: { phoneNumber: string; reason: CallFailReason }) =>
				this.setUnreachable(input.phoneNumber, input.reason),
			wait: (input: { id: number } & Partial<Menu['wait']>) => {
				const { id, ...wait } = input;
				this.setWait(id, wait);
			},
		};
	}

	override state(): unknown {
		const { account } = this;
		account.timeline.settle();
		const contacts = account.campaigns.list().reduce((sum, campaign) => sum + campaign.contacts.size, 0);
		return {
			agents: account.agents.size,
			activityLogs: account.activityLogs.size,
			calls: account.calls.size,
			chats: account.chats.size,
			emails: account.emails.size,
			menus: account.menus.size,
			teams: account.teams.size,
			campaigns: account.campaigns.size,
			contacts,
			endUsers: account.endUsers.size,
			doNotCall: account.doNotCall.size,
			callerIdPrompts: this.tenant.calls.promptCount,
		};
	}

	/** The storage is another service: each of its requests has a bucket of its own. */
	protected override tenantOf(request: FastifyRequest): string {
		return request.url.startsWith(`${storagePath}/`) ? request.id : 'all';
	}

	protected async routes(app: FastifyInstance): Promise<void> {
		// Before the request counts as running, so that what became due meanwhile is not counted as its doing.
		app.addHook('onRequest', async () => this.account.timeline.settle());
		const apps = async (scope: FastifyInstance) => this.addApi(scope, appsFailure, (api) => addAppsRoutes(api, this.tenant));
		const manager = async (scope: FastifyInstance) =>
			this.addApi(scope, managerFailure, (api) => addManagerRoutes(api, this.tenant));
		await app.register(named('apps', apps), { prefix: appsPath });
		await app.register(named('manager', manager), { prefix: managerPath });
		await app.register(named('storage', async (scope: FastifyInstance) => this.addStorage(scope)), { prefix: storagePath });
	}

	private addApi(
		app: FastifyInstance,
		failure: (status: number, message: string) => unknown,
		addRoutes: (app: FastifyInstance) => void,
	): void {
		app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
			const status = error instanceof Problem ? error.status : (error.statusCode ?? 500);
			return await reply.code(status).send(failure(status, error.message));
		});
		app.addHook('preHandler', async (request) => {
			if (request.headers.authorization !== this.authorization) throw new Problem(401, 'Unauthorized');
		});
		addRoutes(app);
	}

	private addStorage(app: FastifyInstance): void {
		app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
			const status = error instanceof StorageProblem ? error.status : (error.statusCode ?? 500);
			const code = error instanceof StorageProblem ? error.code : 'InternalError';
			const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`;
			return await reply.code(status).header('content-type', 'application/xml').send(xml);
		});
		app.post('/', async (request, reply) => {
			this.tenant.storage.receive(request.body);
			return await reply.code(204).send();
		});
		app.get('/*', async (request) => {
			const stored = this.tenant.storage.objects.get((request.params as { '*': string })['*']);
			if (!stored) throw new StorageProblem(404, 'NoSuchKey');
			return stored.content;
		});
	}

	private known<T>(value: T | undefined): T {
		if (value === undefined) throw new RangeError('No such record.');
		return value;
	}
}

function appsFailure(_status: number, message: string): unknown {
	return { message };
}

function managerFailure(status: number, message: string): unknown {
	return { error: titles[status] ?? 'Error', message, status };
}
