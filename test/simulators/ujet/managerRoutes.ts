import type { FastifyInstance, FastifyRequest } from 'fastify';

import { sendList } from './appsRoutes';
import type { ListDefinition } from './lists';
import { found, notFound } from './problem';
import { currentStatus, menuTree, operationHours, slaByGroup, slaByMenu } from './queues';
import type { Query } from './read';
import { managerLists, showTeam } from './reports';
import type { Tenant } from './tenant';

/** Base path of the Manager API. */
export const managerPath = '/manager/api/v1';

/** Adds every operation of the Manager API; all of them read. */
export function addManagerRoutes(app: FastifyInstance, tenant: Tenant): void {
	const { account, campaigns, lists, origin } = tenant;
	const definitions = managerLists(account, campaigns);
	const queryOf = (request: FastifyRequest): Query => request.query as Query;
	const addList = <T extends { id: number | string }>(
		path: string,
		definitionOf: (request: FastifyRequest) => ListDefinition<T>,
	): void => {
		app.get(path, async (request, reply) => {
			const address = `${origin()}${request.url.split('?', 1)[0]}`;
			return sendList(reply, lists.answer(definitionOf(request), queryOf(request), address));
		});
	};
	const addResource = <T extends { id: number | string }>(path: string, definition: ListDefinition<T>): void => {
		addList(path, () => definition);
		app.get(`${path}/:id`, async (request) => {
			const query = queryOf(request);
			const record = found(definition.table().get((request.params as { id: string }).id));
			if (definition.deleted?.(record) && query.with_deleted !== 'true') throw notFound();
			return (definition.show ?? definition.row)(record, query);
		});
	};

	app.get('/agents/current_status', async () => currentAgents(tenant));
	addResource('/agents', definitions.agents);
	addResource('/agent_activity_logs', definitions.activityLogs);
	addResource('/calls', definitions.calls);
	addResource('/chats', definitions.chats);
	addResource('/emails', definitions.emails);
	app.get('/menus/tree', async (request) => menuTree(account, queryOf(request)));
	app.get('/menus/current_status', async () => currentStatus(account));
	app.get('/menus/sla', async (request) => slaByMenu(account, queryOf(request)));
	app.get('/menus/sla_by_queue_group', async (request) => slaByGroup(account, queryOf(request)));
	app.get('/menus/operation_hours', async () => operationHours());
	addResource('/menus', definitions.menus);
	app.get('/user_statuses', async () => account.statuses);
	app.get('/teams/tree', async () => teamTree(tenant));
	addResource('/teams', definitions.teams);
	const campaignsPath = account.settings.formerCampaignPaths ? '/campaigns' : '/outbound_dialer/campaigns';
	addResource(campaignsPath, definitions.campaigns);
	addList(`${campaignsPath}/:campaign/contacts`, (request) =>
		definitions.contacts(campaigns.campaign((request.params as { campaign: string }).campaign)),
	);
	app.get('/settings/organization', async () => account.organization);
}

function currentAgents({ account }: Tenant): unknown[] {
	return account.agents
		.list()
		.filter(({ row }) => row.online)
		.map(({ id, row }) => ({
			id,
			status: row.status.name,
			status_updated_at: row.status_updated_at,
			status_duration: Math.round((account.now() - Date.parse(row.status_updated_at)) / 1000),
			on_hold: false,
			hold_duration: 0,
		}));
}

function teamTree({ account }: Tenant): unknown[] {
	const teams = account.teams.list().filter(({ row }) => !row.deleted);
	const below = (parent: number | null): unknown[] =>
		teams
			.filter(({ row }) => row.parent_id === parent)
			.map((team) => ({ ...showTeam(account, team), children: below(team.id) }));
	return below(null);
}
