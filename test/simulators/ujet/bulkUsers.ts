import { z } from 'zod';

import { isUploadedFile, pageOf } from '../kit';
import type { Account, Agent } from './account';
import type { People } from './people';
import { pageHeaders, type ListAnswer } from './lists';
import { badRequest, found } from './problem';
import { queryWhole, readBody, whole, type Query } from './read';

interface RowError {
	message: string;
	/** 0 for the first column of the vendor's table. */
	column: number | null;
	/** 1 for the first row of the file. */
	row: number | null;
	error_type?: 'warning' | 'error';
}

interface BulkJob {
	id: number;
	created_at: string;
	process_requested_at: string | null;
	filename: string;
	total_rows: number;
	affected_rows: number;
	failed_rows: number;
	status: 'created' | 'valid_scheme' | 'invalid_scheme' | 'in_progress' | 'finished';
	uploaded_user_name: null;
	proceed_user_name: null;
	uploaded_api_user_name: string;
	proceed_api_user_name: string | null;
	scheme_errors: RowError[];
	update_errors: RowError[];
}

const columns = [
	'email',
	'new_email',
	'agent_number',
	'first_name',
	'last_name',
	'status',
	'location',
	'max_chat_limit',
	'max_chat_limit_enabled',
	'roles',
	'teams',
] as const;

const email = z.string().email();
const zeroOneEmpty = z.union([z.literal(0), z.literal(1), z.literal('')]);
const flagList = z.array(z.object({ name: z.string(), value: zeroOneEmpty.optional() }));
const maxChats = 20;

/** The vendor's validation table: what a column takes and the words it uses for a value that does not fit. */
const rules: Record<(typeof columns)[number], [schema: z.ZodTypeAny, message: string]> = {
	email: [email, 'Must be a valid email'],
	new_email: [z.union([email, z.literal('')]).nullish(), 'Must be a valid email'],
	agent_number: [z.string().nullish(), 'Must be a string'],
	first_name: [z.string().min(1), 'Non-empty string'],
	last_name: [z.string().min(1), 'Non-empty string'],
	status: [z.enum(['Active', 'Inactive', '']).nullish(), 'Must be "Active", "Inactive", or empty'],
	location: [z.string().nullish(), 'Must be a string'],
	max_chat_limit: [z.union([whole.min(1).max(maxChats), z.literal('')]).nullish(), `Must be 1 to ${maxChats} or empty`],
	max_chat_limit_enabled: [zeroOneEmpty.nullish(), 'Must be 0, 1 or empty'],
	roles: [flagList.nullish(), 'Must be 0, 1 or empty'],
	teams: [flagList.nullish(), 'Must be 0, 1 or empty'],
};

interface UserInput {
	email: string;
	new_email?: string;
	agent_number?: string;
	first_name: string;
	last_name: string;
	status?: string;
	location?: string | null;
	max_chat_limit?: number | '';
	max_chat_limit_enabled?: 0 | 1 | '';
	roles?: Array<{ name: string; value?: 0 | 1 | '' }>;
	teams?: Array<{ name: string; value?: 0 | 1 | '' }>;
}

/** Jobs that create and change many users from a file. */
export class BulkUsers {
	private readonly jobs = new Map<number, BulkJob>();
	private readonly files = new Map<number, unknown[]>();
	private nextId = 48_210;

	constructor(
		private readonly account: Account,
		private readonly people: People,
	) {}

	/** POST /bulk/users/upload. */
	upload(body: unknown): BulkJob {
		const { account } = this;
		const { rows, fileName } = readFile(body);
		const id = this.nextId++;
		const job: BulkJob = {
			id,
			created_at: account.time(),
			process_requested_at: null,
			filename: fileName,
			total_rows: rows.length,
			affected_rows: 0,
			failed_rows: 0,
			status: 'created',
			uploaded_user_name: null,
			proceed_user_name: null,
			uploaded_api_user_name: 'api',
			proceed_api_user_name: null,
			scheme_errors: [],
			update_errors: [],
		};
		this.jobs.set(id, job);
		account.carryOut('bulkUserJob.create', { id, rows: rows.length });
		this.validate(job, rows);
		return { ...job };
	}

	/** PUT /bulk/users/upload. */
	replaceFile(body: unknown): BulkJob {
		const job = this.jobOf((body as { id?: unknown } | undefined)?.id);
		if (job.status === 'in_progress' || job.status === 'finished') throw badRequest('Job is already processed');
		const { rows, fileName } = readFile(body);
		Object.assign(job, { filename: fileName, total_rows: rows.length, status: 'created', scheme_errors: [] });
		this.account.carryOut('bulkUserJob.replaceFile', { id: job.id, rows: rows.length });
		this.validate(job, rows);
		return { ...job };
	}

	/** POST /bulk/users/proceed: answers with the job as it was. */
	proceed(body: unknown): BulkJob {
		const { account } = this;
		const job = this.jobOf(readBody(z.object({ id: whole }), body).id);
		if (job.status !== 'valid_scheme' || job.process_requested_at !== null)
			throw badRequest('Job is not in valid_scheme status');
		job.process_requested_at = account.time();
		job.proceed_api_user_name = 'api';
		const answer = { ...job };
		const rows = (this.files.get(job.id) ?? []) as UserInput[];
		account.carryOut('bulkUserJob.proceed', { id: job.id, rows: rows.length });
		const { jobMs } = account.settings.pace;
		const half = Math.ceil(rows.length / 2);
		account.jobs.run(job, [
			{ afterMs: jobMs, enter: () => (job.status = 'in_progress') },
			{ afterMs: jobMs, enter: () => this.apply(job, rows.slice(0, half), 0) },
			{ afterMs: jobMs, enter: () => this.finish(job, rows.slice(half), half) },
		]);
		return answer;
	}

	/** GET /bulk/users/jobs/{job_id}. */
	job(id: string): BulkJob {
		const job = found(this.jobs.get(Number(id)));
		const answer = { ...job };
		this.account.jobs.wasRead(job);
		return answer;
	}

	/** GET /bulk/users/jobs, newest first. */
	list(query: Query, address: string): ListAnswer {
		const page = queryWhole(query, 'page', 1) ?? 1;
		const perPage = queryWhole(query, 'per_page', 1) ?? 20;
		const cut = pageOf([...this.jobs.values()].reverse(), { page, perPage });
		const place = { page, pages: cut.pages, perPage, total: cut.count, sizeName: 'per_page' };
		return { rows: cut.rows, headers: pageHeaders(address, query, place) };
	}

	/** GET /bulk/users/template: a row per user, with every role and team. */
	template(): unknown[] {
		const { account } = this;
		const teams = account.teams.list();
		return account.agents
			.list()
			.slice(0, 10)
			.map(({ row, user, teamIds }) => ({
				email: row.email,
				new_email: '',
				agent_number: row.agent_number ?? '',
				first_name: row.first_name,
				last_name: row.last_name,
				status: user.deactivated_at ? 'Inactive' : 'Active',
				location: row.location,
				max_chat_limit: user.max_chat_limit ?? '',
				max_chat_limit_enabled: user.max_chat_limit_enabled ? 1 : 0,
				roles: [...account.roles].map((name) => ({ name, value: row.roles.includes(name) ? 1 : 0 })),
				teams: teams.map((team) => ({ name: team.row.name, value: teamIds.includes(team.id) ? 1 : 0 })),
			}));
	}

	private jobOf(id: unknown): BulkJob {
		if (id === undefined || id === '') throw badRequest('id is required');
		const job = this.jobs.get(Number(id));
		if (!job) throw badRequest('Job is not found');
		return job;
	}

	private validate(job: BulkJob, rows: unknown[]): void {
		const errors = schemeErrors(rows);
		this.files.set(job.id, rows);
		this.account.jobs.run(job, [
			{
				afterMs: this.account.settings.pace.jobMs,
				enter: () => {
					job.scheme_errors = errors;
					job.status = errors.length === 0 ? 'valid_scheme' : 'invalid_scheme';
				},
			},
		]);
	}

	private finish(job: BulkJob, rows: UserInput[], offset: number): void {
		this.apply(job, rows, offset);
		job.status = 'finished';
		this.files.delete(job.id);
	}

	private apply(job: BulkJob, rows: UserInput[], offset: number): void {
		rows.forEach((input, index) => {
			const problems = this.applyRow(input).map((problem) => ({ ...problem, row: offset + index + 1 }));
			job.update_errors = [...job.update_errors, ...problems];
			if (problems.some(({ error_type }) => error_type === 'error')) job.failed_rows += 1;
			else job.affected_rows += 1;
		});
	}

	/** Changes or creates one user; an error leaves the user alone, a warning only the field. */
	private applyRow(input: UserInput): RowError[] {
		const { account } = this;
		const problem = (column: (typeof columns)[number], message: string, error_type: 'warning' | 'error'): RowError => ({
			message,
			column: columns.indexOf(column),
			row: null,
			error_type,
		});
		const agent = account.agentByEmail(input.email);
		const taken = input.new_email ? account.agentByEmail(input.new_email) : undefined;
		if (taken && taken !== agent) return [problem('new_email', 'Email has already been taken', 'error')];
		const unknownRole = input.roles?.find(({ name }) => !account.roles.has(name));
		if (unknownRole) return [problem('roles', `Role '${unknownRole.name}' is not found`, 'error')];
		const location = [...account.locations].find((name) => name.toLowerCase() === input.location?.toLowerCase());
		const problems =
			input.location && !location
				? [problem('location', 'Must exactly match one of the existing locations', 'warning')]
				: [];
		const teamIds = new Map(account.teams.list().map(({ id, row }) => [row.name, id]));
		const unknownTeam = input.teams?.find(({ name }) => !teamIds.has(name));
		if (unknownTeam) problems.push(problem('teams', `Team '${unknownTeam.name}' is not found`, 'warning'));
		this.write(agent ?? this.people.addAgent({ email: input.email, online: false }), input, location, teamIds);
		return problems;
	}

	private write(agent: Agent, input: UserInput, location: string | undefined, teamIds: Map<string, number>): void {
		const { row, user } = agent;
		row.first_name = input.first_name;
		row.last_name = input.last_name;
		row.email = input.new_email || input.email;
		row.agent_number = input.agent_number ?? row.agent_number;
		row.location = location ?? row.location;
		if (typeof input.max_chat_limit === 'number') user.max_chat_limit = input.max_chat_limit;
		if (typeof input.max_chat_limit_enabled === 'number')
			user.max_chat_limit_enabled = input.max_chat_limit_enabled === 1;
		if (input.status === 'Active') user.deactivated_at = null;
		if (input.status === 'Inactive') user.deactivated_at ??= this.account.time();
		row.roles = switched(row.roles, input.roles ?? [], (name) => name);
		agent.teamIds = switched(agent.teamIds, input.teams ?? [], (name) => teamIds.get(name));
		this.account.agents.update(agent.id, {});
	}
}

/** A list with elements put in (value 1) and taken out (value 0); anything else leaves an element alone. */
function switched<T>(
	list: T[],
	changes: Array<{ name: string; value?: 0 | 1 | '' }>,
	elementOf: (name: string) => T | undefined,
): T[] {
	const result = new Set(list);
	for (const { name, value } of changes) {
		const element = elementOf(name);
		if (element === undefined) continue;
		if (value === 1) result.add(element);
		if (value === 0) result.delete(element);
	}
	return [...result];
}

function readFile(body: unknown): { rows: unknown[]; fileName: string } {
	const file = (body as { file?: unknown } | undefined)?.file;
	if (!isUploadedFile(file)) throw badRequest('file is required');
	try {
		const rows: unknown = JSON.parse(file.content.toString());
		if (Array.isArray(rows)) return { rows, fileName: file.fileName };
	} catch {
		// Refused below.
	}
	throw badRequest('file is not a valid JSON array');
}

function schemeErrors(rows: unknown[]): RowError[] {
	const seen = { email: new Set<string>(), new_email: new Set<string>() };
	return rows.flatMap((input, index) => {
		const fields = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
		const error = (column: number, message: string): RowError => ({ message, column, row: index + 1 });
		const wrong = columns.flatMap((name, column) => {
			const [schema, message] = rules[name];
			return schema.safeParse(fields[name]).success ? [] : [error(column, message)];
		});
		const repeated = (['email', 'new_email'] as const).flatMap((name, column) => {
			const value = fields[name];
			if (typeof value !== 'string' || value === '') return [];
			if (seen[name].has(value.toLowerCase())) return [error(column, 'Must be unique within the file')];
			seen[name].add(value.toLowerCase());
			return [];
		});
		return [...wrong, ...repeated];
	});
}
