import type { Account, Agent } from './account';
import { pageHeaders, type ListAnswer, type ListDefinition, type Lists } from './lists';
import { badRequest } from './problem';
import type { Query } from './read';
import { agentFilters } from './reports';
import { pageOf } from '../kit';

const defaultSize = 100;
const sizeLimit = 1000;
const valueLimit = 1000;

function showUser(account: Account, agent: Agent): Record<string, unknown> {
	const { id, email, first_name, last_name, agent_number, location, roles } = agent.row;
	const teams = agent.teamIds.flatMap((teamId) => {
		const team = account.teams.get(teamId);
		return team ? [{ name: team.row.name }] : [];
	});
	return {
		id,
		email,
		first_name,
		last_name,
		agent_number,
		location,
		...agent.user,
		teams,
		roles: roles.map((name) => ({ name })),
	};
}

/**
 * GET /users: all users by page, or those that pass exactly one filter.
 * @param ignoresSize gives at most 100 rows, as UJET did before May 2026
 */
export function listUsers(account: Account, lists: Lists, query: Query, address: string, ignoresSize = false): ListAnswer {
	const definition: ListDefinition<Agent> = {
		table: () => account.agents,
		row: ({ row }) => row,
		lists: agentFilters,
		ranges: {
			last_login_time: { kind: 'time', value: ({ row }) => row.last_login_time },
			status_updated_at: { kind: 'time', value: ({ row }) => row.status_updated_at },
		},
	};
	const names = [...Object.keys(agentFilters), 'last_login_time', 'status_updated_at'];
	const filters = names.filter((name) => query[name] !== undefined);
	const pages = query.page !== undefined || query.per !== undefined;
	if (filters.length > 1) throw badRequest('Only one filter should be configured at a time');
	if (filters.length > 0 && pages) throw badRequest('Cannot paginate filtered results');
	const values = query[filters[0] ?? ''];
	if (Array.isArray(values) && values.length > valueLimit)
		throw badRequest('Cannot filter more than 1000 values at a time');
	const records = lists.select(definition, Object.fromEntries(filters.map((name) => [name, query[name]])));
	const show = (agent: Agent): unknown => showUser(account, agent);
	if (filters.length > 0) return { rows: records.map(show), headers: { total: String(records.length) } };
	const page = size(query.page ?? '1');
	const asked = size(query.per ?? String(defaultSize));
	const perPage = ignoresSize ? Math.min(asked, defaultSize) : asked;
	const cut = pageOf(records, { page, perPage });
	// What the headers said then is not known.
	if (ignoresSize) return { rows: cut.rows.map(show), headers: {} };
	return {
		rows: cut.rows.map(show),
		headers: pageHeaders(address, query, { page, pages: cut.pages, perPage, total: cut.count, sizeName: 'per' }),
	};
}

function size(value: unknown): number {
	const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : NaN;
	if (!(number >= 1 && number < sizeLimit)) throw badRequest('Invalid page size request');
	return number;
}
