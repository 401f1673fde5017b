import type { Resource } from '../../shared/definition/operation';
import { idsFilter, manager, range, sorting, teamInPath, textsFilter, withDeleted } from '../fields';

/** Teams of agents. */
export const team: Resource = {
	value: 'team',
	name: 'Team',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get team',
			description: 'Retrieve one team with its members',
			method: 'GET',
			path: `${manager}/teams/{teamId}`,
			retryClass: 'read',
			fields: [teamInPath],
			optional: { name: 'additionalFields', fields: [withDeleted] },
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many teams',
			description: 'Retrieve teams with their members',
			method: 'GET',
			path: `${manager}/teams`,
			retryClass: 'read',
			answer: { kind: 'many' },
			pickList: { label: (row) => String(row.name ?? ''), value: (row) => Number(row.id) },
			optional: {
				name: 'filters',
				fields: [
					...range('agents', 'Agents', 'agents_count'),
					idsFilter('ids', 'IDs', 'id[]'),
					textsFilter('names', 'Names', 'name[]', 'Billing'),
					idsFilter('parentIds', 'Parent IDs', 'parent_id[]'),
					idsFilter('positions', 'Positions', 'position[]'),
					...sorting([
						{ name: 'ID', value: 'id' },
						{ name: 'Name', value: 'name' },
						{ name: 'Position', value: 'position' },
					]),
					withDeleted,
				],
			},
		},
		{
			value: 'getTree',
			name: 'Get Tree',
			action: 'Get team tree',
			description: 'Retrieve the teams with the teams below them; one item per top-level team',
			method: 'GET',
			path: `${manager}/teams/tree`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
		},
	],
};
