import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { named, Simulator, type RateLimit, type RecordAdder, type SimulatorOptions } from '../kit';
import {
	Account,
	type ConversationInput,
	type ConversationOrder,
	type MessageInput,
	type RecordInput,
} from './account';
import { conversationRoutes } from './conversations';
import { customerRoutes } from './customers';
import { seedDemo, startTraffic, type Demo } from './demo';
import { directoryRoutes } from './directory';
import { otherVersionKey, Problem, wrongKey } from './problem';
import type { CallsOverview, ChatsOverview, DepartmentCounts, Status } from './records';
import { reportRoutes } from './reports';
import type { Context, Habits, Route } from './routes';
import { Rows } from './rows';
import type { Values } from './values';
import { Version3, withTimes, type Route3, type Version3Habits } from './version3';

/** Settings of the LiveAgent simulator. */
export interface LiveAgentOptions extends SimulatorOptions, Habits, Version3Habits {
	/** The accepted v1 key (default `liveagent-test-key`). */
	apiKey?: string;
	/** The v3 key of the same account, which v1 refuses with 403 (default `liveagent-v3-key`). */
	v3Key?: string;
	/** True also takes the key from the header `apikey` (third-party evidence only; default false). */
	acceptsHeaderKey?: boolean;
	/** True also takes the key of POST and PUT from the query, where it can leak (third-party evidence only; default false). */
	acceptsQueryKeyOnWrites?: boolean;
	/** Zone of the account (default America/Los_Angeles, as the reference says). */
	timeZone?: string;
	/** Seed of generated values (default 1). */
	seed?: number;
	/** Order of conversation lists, newest first (default by creation). */
	conversationOrder?: ConversationOrder;
	/** `text` (default) writes whole numbers as text, `number` as numbers; the vendor does both. */
	numbers?: 'text' | 'number';
	/** True answers writes that only acknowledge with an empty body and status 200, as one third party saw. Default false. */
	emptyWriteAnswers?: boolean;
	/** Requests of a key; default 180 a minute without Retry-After (vendor article). null: no limit. */
	rateLimit?: RateLimit | null;
}

/** 180 requests a minute, all of which may come at once after a pause. */
export const documentedRateLimit: RateLimit = { requestsPerSecond: 3, burst: 180, retryAfter: 'none' };

/** Stateful stand-in for the LiveAgent REST API v1, all 64 operations of the contract below `/api`. */
export class LiveAgentSimulator extends Simulator {
	readonly apiKey: string;
	readonly account: Account;
	readonly v3Key: string;
	/** What API version 3 knows of the account. */
	readonly version3: Version3;
	private readonly rows: Rows;

	constructor(private readonly options: LiveAgentOptions = {}) {
		super('liveagent', options);
		this.apiKey = options.apiKey ?? 'liveagent-test-key';
		this.v3Key = options.v3Key ?? 'liveagent-v3-key';
		this.account = new Account(this.clock, options.timeZone, options.seed, options.conversationOrder);
		this.rows = new Rows(this.account, options.numbers === 'number' ? (value) => value : String);
		this.version3 = new Version3(this.account, options, (name, payload) => this.carryOut(name, payload));
		if (options.rateLimit !== null) this.faults.limit(options.rateLimit ?? documentedRateLimit);
	}

	/** Fills the account with the demonstration records and returns their ids. */
	seedDemo(): Demo {
		const demo = seedDemo(this.account);
		this.version3.seedDemo();
		return demo;
	}

	/** Lets something happen each `everyMs` of the simulator's clock: new tickets and chats, replies, ratings, agents who come and go. */
	startTraffic(everyMs: number): void {
		startTraffic(this.account, everyMs);
	}

	failureBody(status: number, message: string): unknown {
		return errorAnswer(new Problem(status, message));
	}

	override recordKinds(): Record<string, RecordAdder> {
		const { account } = this;
		const done = { done: true };
		return {
			department: (input: RecordInput<never>) => account.addDepartment(input),
			agent: (input: RecordInput<never>) => account.addAgent(input),
			customer: (input: RecordInput<never>) => account.addCustomer(input),
			customers: ({ count }: { count: number }) => (account.addCustomers(count), done),
			customerGroup: (input: RecordInput<never>) => account.addCustomerGroup(input),
			tag: (input: RecordInput<never>) => account.addTag(input),
			conversation: (input: ConversationInput) => account.addConversation(input),
			conversations: ({ count }: { count: number }) => (account.addConversations(count), done),
			message: (input: MessageInput) => account.addMessage(input),
			status: (input: { id: string; status: Status }) => (account.setStatus(input.id, input.status), done),
			pickUp: (input: { id: string; agentId: string }) => (account.pickUp(input.id, input.agentId), done),
			end: (input: { id: string }) => (account.end(input.id), done),
			article: (input: RecordInput<never>) => account.addArticle(input),
			suggestionCategory: (input: RecordInput<never>) => account.addSuggestionCategory(input),
			ranking: (input: RecordInput<never>) => account.addRanking(input),
			onlineStatus: (input: { id: string; online: string }) => (account.setOnlineStatus(input.id, input.online), done),
			departmentCounts: ({ id, ...counts }: { id: string } & Partial<DepartmentCounts>) => (
				account.setDepartmentCounts(id, counts),
				done
			),
			chatsOverview: (input: Partial<ChatsOverview>) => (account.setChatsOverview(input), account.chatsOverview()),
			callsOverview: (input: Partial<CallsOverview>) => (account.setCallsOverview(input), account.callsOverview()),
			traffic: ({ everyMs }: { everyMs: number }) => (this.startTraffic(everyMs), done),
			company: (input: Record<string, unknown>) => this.version3.addCompany(input),
			call: (input: { finished?: number }) => this.version3.addCall(input),
			ticketTags: (input: { id: string; tags: string[] }) => (this.version3.setTags(input.id, input.tags), done),
			demo: () => this.seedDemo(),
		};
	}

	override state(): unknown {
		const { account } = this;
		account.settle();
		return {
			agents: account.agents.size,
			departments: account.departments.size,
			customers: account.customers.size,
			customerGroups: account.customerGroups.size,
			conversations: account.conversations.size,
			tags: account.tags.size,
			articles: account.articles.size,
			suggestions: account.suggestions.size,
			rankings: account.rankings.size,
		};
	}

	protected override get basePath(): string {
		return '/api';
	}

	protected override tenantOf(request: FastifyRequest): string {
		return this.keyOf(request) ?? '';
	}

	protected async routes(app: FastifyInstance): Promise<void> {
		app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) =>
			error instanceof Problem
				? reply.code(error.status).send(errorAnswer(error))
				: this.sendFailure(reply, error.statusCode ?? 500, error.message),
		);
		await app.register(
			named('version 1', async (api: FastifyInstance) => {
				api.addHook('preHandler', async (request) => this.checkKey(request));
				for (const route of this.allRoutes()) this.addRoute(api, route);
			}),
			{ prefix: this.basePath },
		);
		await app.register(
			named('version 3', async (api: FastifyInstance) => {
				api.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
					const status = error instanceof Problem ? error.status : (error.statusCode ?? 500);
					return await reply.code(status).send({ message: error.message });
				});
				api.addHook('preHandler', async (request) => this.checkVersion3Key(request));
				for (const route of this.version3.routes()) this.addVersion3Route(api, route);
			}),
			{ prefix: `${this.basePath}/v3` },
		);
	}

	private allRoutes(): Route[] {
		const context: Context = {
			account: this.account,
			rows: this.rows,
			habits: this.options,
			carryOut: (name, payload) => this.carryOut(name, payload),
		};
		return [
			...conversationRoutes(context),
			...customerRoutes(context),
			...directoryRoutes(context),
			...reportRoutes(context),
		];
	}

	private addRoute(api: FastifyInstance, { handle, ...route }: Route): void {
		api.route({
			...addressOf(route),
			handler: async (request, reply) => {
				this.account.settle();
				const answer = handle({ params: request.params as Record<string, string>, values: valuesOf(request) });
				return this.options.emptyWriteAnswers && isAcknowledgement(answer)
					? await sendEmpty(reply)
					: { response: answer };
			},
		});
	}

	private addVersion3Route(api: FastifyInstance, { handle, ...route }: Route3): void {
		api.route({
			...addressOf(route),
			handler: async (request, reply) => {
				this.account.settle();
				const { params, query, body } = request as { params: unknown; query: unknown; body: unknown };
				const answer = handle({
					params: params as Record<string, string>,
					query: query as Values,
					body: (body ?? {}) as Record<string, unknown>,
				});
				if (answer.cursor !== undefined) reply.header('next_page_cursor', answer.cursor);
				const offset = request.headers['timezone-offset'];
				const write = (time: number) =>
					offset === undefined
						? this.account.local.text(time)
						: new Date(time + Number(offset) * 1000).toISOString().slice(0, 19).replace('T', ' ');
				return await reply.send(withTimes(answer.body, write));
			},
		});
	}

	private checkVersion3Key(request: FastifyRequest): void {
		const { apikey } = request.headers;
		if (apikey === this.apiKey) throw otherVersionKey();
		if (apikey !== this.v3Key) throw wrongKey();
	}

	private checkKey(request: FastifyRequest): void {
		const key = this.keyOf(request);
		if (key === this.v3Key) throw otherVersionKey();
		if (key !== this.apiKey) throw wrongKey();
	}

	/** Key of a request: query (GET, DELETE) or form field (POST, PUT), and the places that options allow. */
	private keyOf(request: FastifyRequest): string | undefined {
		const { acceptsHeaderKey, acceptsQueryKeyOnWrites } = this.options;
		const query = request.query as Values;
		const candidates = [
			valuesOf(request).apikey,
			acceptsHeaderKey ? request.headers.apikey : undefined,
			acceptsQueryKeyOnWrites ? query.apikey : undefined,
		];
		return candidates.find((key): key is string => typeof key === 'string' && key !== '');
	}
}

/** Query of GET and DELETE, form of POST and PUT; a body of another type has no values. */
function valuesOf(request: FastifyRequest): Values {
	if (request.method === 'GET' || request.method === 'DELETE') return request.query as Values;
	const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
	return isForm ? ((request.body ?? {}) as Values) : {};
}

function errorAnswer({ status, message, debug }: Problem): unknown {
	return { response: { status: 'ERROR', statuscode: status, errormessage: message, debugmessage: debug } };
}

function isAcknowledgement(answer: Record<string, unknown>): boolean {
	return answer.status === 'OK' && Object.keys(answer).length === 2;
}

async function sendEmpty(reply: FastifyReply): Promise<FastifyReply> {
	return await reply.code(200).send('');
}

/** A route's method and address, as the server takes them. */
function addressOf({ method, path }: Pick<Route3, 'method' | 'path'>) {
	return { method, url: path.replace(/\{(\w+)\}/g, ':$1'), exposeHeadRoute: false };
}
