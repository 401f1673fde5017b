import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { FilteredLists, named, Simulator, type RecordAdder, type RecordTable, type SimulatorOptions } from '../kit';
import { Account, type CallMeetingInput, type LiveInput, type RecordInput, type Stored } from './account';
import { seedDemo, type Demo } from './demo';
import { filtersOf, type RowTest } from './filters';
import { listAnswer, rowTests, wantsFull } from './lists';
import { liveAnswer, liveOperators, readOperator, requireFields, writeLive, type Form } from './operators';
import { forbidden, Problem, unknownId } from './problem';
import type { CallMeetingRow, ConversationRow, GroupRow, OperatorRow, SkillRow } from './rows';
import { statisticAnswer } from './statistics';

/** Settings of the iAdvize simulator. */
export interface IAdvizeOptions extends SimulatorOptions {
	/** The only accepted key (default `iadvize-test-key`). */
	apiKey?: string;
	/** Zone of the account and default of websites (default Europe/Paris). */
	timeZone?: string;
	/** Seed of generated values (default 1). */
	seed?: number;
	/** True sends 403, 404 or 400 with refusals; default 200, as statuses are not documented and the official client never reads them. */
	httpStatuses?: boolean;
	/** `array` (default) as the examples show, `text` as the field table says (JSON in a text). Texts also go to requests without formatHistory=0. */
	history?: 'array' | 'text';
	/** Fields an operator cannot be created without (not documented; default name and email). */
	requiredOperatorFields?: string[];
	/** True pages the live list and adds a pagination block; default: all rows and no block, as the reference example shows. */
	pagesLiveList?: boolean;
}

/** A resource with a list and a single read. */
interface Resource<Row extends { id: number }> {
	/** Name in paths. */
	path: string;
	/** Name in `_link` and in messages. */
	name: string;
	table: RecordTable<Stored<Row>>;
	test: (filters: Record<string, unknown>, account: Account) => RowTest<Row>;
	write?: (row: Row, query: Record<string, unknown>) => unknown;
	/** False for resources without a single read. */
	single?: boolean;
}

/** Stateful stand-in for the iAdvize REST API v2, all 30 operations of the contract below `/api/2`. */
export class IAdvizeSimulator extends Simulator {
	readonly apiKey: string;
	readonly account: Account;
	private readonly lists = new FilteredLists();

	constructor(private readonly options: IAdvizeOptions = {}) {
		super('iadvize', options);
		this.apiKey = options.apiKey ?? 'iadvize-test-key';
		this.account = new Account(this.clock, options.timeZone, options.seed);
	}

	/** Fills the account with the demonstration records and returns their ids. */
	seedDemo(): Demo {
		return seedDemo(this.account);
	}

	failureBody(_status: number, message: string): unknown {
		return { meta: { status: 'error', message } };
	}

	override recordKinds(): Record<string, RecordAdder> {
		const { account } = this;
		return {
			client: (input: RecordInput<never>) => account.addClient(input),
			website: (input: RecordInput<never>) => account.addWebsite(input),
			operator: (input: RecordInput<OperatorRow>) => account.addOperator(input),
			group: (input: RecordInput<GroupRow>) => account.addGroup(input),
			skill: (input: RecordInput<SkillRow>) => account.addSkill(input),
			conversation: (input: RecordInput<ConversationRow>) => account.addConversation(input),
			closedConversation: (input: { id: number; closed_at?: string }) =>
				account.closeConversation(input.id, input.closed_at),
			tag: (input: RecordInput<never>) => account.addTag(input),
			transaction: (input: RecordInput<never>) => account.addTransaction(input),
			satisfaction: (input: RecordInput<never>) => account.addSatisfaction(input),
			visitor: (input: RecordInput<never>) => account.addVisitor(input),
			callMeeting: (input: CallMeetingInput) => account.addCallMeeting(input),
			callMeetingStatus: (input: { id: number; status: CallMeetingRow['status'] }) =>
				account.setCallMeetingStatus(input.id, input.status),
			live: (input: LiveInput) => account.setLive(input),
			demo: () => this.seedDemo(),
		};
	}

	override state(): unknown {
		return Object.fromEntries(this.resources().map(({ name, table }) => [name, table.size]));
	}

	protected override get basePath(): string {
		return '/api/2';
	}

	protected override tenantOf(request: FastifyRequest): string {
		return keyOf(request) ?? '';
	}

	protected async routes(app: FastifyInstance): Promise<void> {
		app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) =>
			error instanceof Problem
				? this.sendProblem(reply, error)
				: this.sendFailure(reply, error.statusCode ?? 500, error.message),
		);
		await app.register(
			named('api', async (api: FastifyInstance) => {
				api.addHook('preHandler', async (request) => {
					if (keyOf(request) !== this.apiKey) throw forbidden();
				});
				for (const resource of this.resources()) this.addReads(api, resource);
				this.addOperatorRoutes(api);
				api.get('/statistic', async (request) => success(statisticAnswer(filtersOf(queryOf(request)), this.account)));
			}),
			{ prefix: this.basePath },
		);
	}

	private sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
		const status = this.options.httpStatuses ? problem.httpStatus : 200;
		return reply.code(status).send({ meta: { status: problem.status, message: problem.message } });
	}

	private resources(): Array<Resource<never>> {
		const { account } = this;
		const all = [
			resource({ path: 'client', name: 'client', table: account.clients, test: rowTests.client }),
			resource({ path: 'website', name: 'website', table: account.websites, test: rowTests.website }),
			resource({ path: 'operator', name: 'operator', table: account.operators, test: rowTests.operator }),
			resource({
				path: 'group',
				name: 'group',
				table: account.groups,
				test: rowTests.group,
				write: (row) => ({ ...row, operator_list: this.operatorIds((operator) => operator.group_id === row.id) }),
			}),
			resource({
				path: 'skill',
				name: 'skill',
				table: account.skills,
				test: rowTests.skill,
				write: (row) => ({ ...row, operator_list: this.operatorIds(({ skill_list }) => skill_list.includes(row.id)) }),
			}),
			resource({
				path: 'conversation.json-unicode',
				name: 'conversation',
				table: account.conversations,
				test: rowTests.conversation,
				write: (row, query) => this.writeConversation(row, query),
			}),
			resource({ path: 'tag', name: 'tag', table: account.tags, test: rowTests.tag }),
			resource({ path: 'transaction', name: 'transaction', table: account.transactions, test: rowTests.transaction }),
			resource({
				path: 'satisfaction',
				name: 'satisfaction',
				table: account.satisfactions,
				test: rowTests.satisfaction,
			}),
			resource({ path: 'visitor', name: 'visitor', table: account.visitors, test: rowTests.visitor }),
			resource({
				path: 'callmeeting',
				name: 'callmeeting',
				table: account.callMeetings,
				test: rowTests.callmeeting,
				write: (row) => account.currentCallMeeting(row),
				single: false,
			}),
		];
		return all;
	}

	private addReads(api: FastifyInstance, { path, name, table, test, write, single }: Resource<never>): void {
		const whole = (row: never, query: Record<string, unknown>): object => ({
			...((write?.(row, query) ?? row) as object),
			_link: linkOf(name, (row as { id: number }).id),
		});
		api.get(`/${path}`, async (request) => {
			const query = queryOf(request);
			const filters = filtersOf(query);
			// Bounds that follow from the present time must tell remembered lists apart.
			const key = JSON.stringify([name, filters, this.account.localTime()]);
			const passes = test(filters, this.account);
			const rows = this.lists.filter(table.list(), key, ({ row }) => passes(row));
			return listAnswer(rows, query, ({ id, row }) =>
				wantsFull(query) ? whole(row, query) : { id, _link: linkOf(name, id) },
			);
		});
		if (single === false) return;
		api.get(`/${path}/:id`, async (request) => {
			const { id } = request.params as { id: string };
			const found = table.get(id);
			if (!found) throw unknownId(name, id);
			return success(whole(found.row, queryOf(request)));
		});
	}

	private addOperatorRoutes(api: FastifyInstance): void {
		const { account } = this;
		api.get('/operator/live', async (request) => this.liveList(queryOf(request)));
		api.get('/operator/:id/live', async (request) => success(liveAnswer(this.operatorOf(request), account)));
		api.put('/operator/:id/live', async (request) => {
			const operator = this.operatorOf(request);
			const form = formOf(request);
			const message = writeLive(form, operator, account);
			this.carryOut('operator.setAvailability', { id: operator.id, ...form });
			return { meta: { status: 'success', message } };
		});
		api.get('/operator/:id/statistic', async (request) => success(this.operatorFigures(this.operatorOf(request))));
		api.get('/operator/:id/profile', async (request) => success(account.profileOf(this.operatorOf(request).id)));
		api.post('/operator', async (request) => {
			const form = formOf(request);
			requireFields(form, this.options.requiredOperatorFields ?? ['name', 'email']);
			const row = account.addOperator(readOperator(form, account));
			this.carryOut('operator.create', row);
			return success({ ...row, _link: linkOf('operator', row.id) });
		});
		api.put('/operator/:id', async (request) => {
			const operator = this.operatorOf(request);
			const changes = readOperator(formOf(request), account, operator.id);
			const row: OperatorRow = { ...operator, ...changes };
			account.operators.update(operator.id, { row });
			this.carryOut('operator.update', { id: operator.id, ...changes });
			return success({ ...row, _link: linkOf('operator', row.id) });
		});
		api.delete('/operator/:id', async (request) => {
			const operator = this.operatorOf(request);
			account.removeOperator(operator.id);
			this.carryOut('operator.delete', { id: operator.id });
			return { meta: { status: 'success' } };
		});
	}

	private operatorOf(request: FastifyRequest): OperatorRow {
		const { id } = request.params as { id: string };
		const found = this.account.operators.get(id);
		if (!found) throw unknownId('operator', id);
		return found.row;
	}

	private operatorIds(test: (operator: OperatorRow) => boolean): number[] {
		return this.account.operators
			.list()
			.filter(({ row }) => test(row))
			.map(({ id }) => id);
	}

	private liveList(query: Record<string, unknown>): unknown {
		const rows = liveOperators(query, filtersOf(query), this.account);
		const write = (operator: OperatorRow): unknown => liveAnswer(operator, this.account);
		return this.options.pagesLiveList ? listAnswer(rows, query, write) : success(rows.map(write));
	}

	private operatorFigures(operator: OperatorRow): Record<string, number | null> {
		const mine = this.account.conversations.list().filter(({ row }) => row.operator_id === operator.id);
		const notes = this.account.satisfactions
			.list()
			.filter(({ row }) => row.operator_id === operator.id)
			.map(({ row }) => (row.note_welcome + row.note_resolution + row.node_delay) / 3);
		const total = notes.reduce((sum, note) => sum + note, 0);
		return {
			id: operator.id,
			conversation_number: mine.length,
			satisfaction_global_rate: notes.length === 0 ? null : Math.round((total / notes.length) * 100) / 100,
			experience: mine.length * 10,
		};
	}

	private writeConversation(row: ConversationRow, query: Record<string, unknown>): unknown {
		const asText = this.options.history === 'text' || query.formatHistory !== '0';
		return asText ? { ...row, history: JSON.stringify(row.history) } : row;
	}
}

function resource<Row extends { id: number }>(definition: Resource<Row>): Resource<never> {
	return definition as unknown as Resource<never>;
}

function success(data: unknown): { meta: { status: 'success' }; data: unknown } {
	return { meta: { status: 'success' }, data };
}

function linkOf(name: string, id: number): string {
	return `/${name}/${id}`;
}

function queryOf(request: FastifyRequest): Record<string, unknown> {
	return request.query as Record<string, unknown>;
}

/** Writes are form encoded (official client); a body of another type has no fields. */
function formOf(request: FastifyRequest): Form {
	const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
	return isForm ? (request.body as Form) : {};
}

/** Key of a request: header, user name of HTTP Basic, or query value. */
function keyOf(request: FastifyRequest): string | undefined {
	const header = request.headers['x-api-key'];
	if (typeof header === 'string') return header;
	const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (basic !== undefined) return Buffer.from(basic, 'base64').toString().split(':', 1)[0];
	const { key } = queryOf(request);
	return typeof key === 'string' ? key : undefined;
}
