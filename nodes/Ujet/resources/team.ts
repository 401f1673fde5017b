import type { Resource } from '../../shared/definition/operation';
import { byName, managerApi, range, teamInPath, treeFilters, withDeleted } from '../fields';

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
			path: `${managerApi}/teams/{teamId}`,
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
			path: `${managerApi}/teams`,
			retryClass: 'read',
			answer: { kind: 'many' },
			pickList: byName,
			optional: {
				name: 'filters',
				fields: [
					...range('agents', 'Agents', 'agents_count'),
					...treeFilters('Team'),
				],
			},
		},
		{
			value: 'getTree',
			name: 'Get Tree',
			action: 'Get team tree',
			description: 'Retrieve the teams with the teams below them; one item per top-level team',
			method: 'GET',
			path: `${managerApi}/teams/tree`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
		},
	],
};
