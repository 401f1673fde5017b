import type { IDataObject } from 'n8n-workflow';

import type { Resource } from '../../shared/definition/operation';
import { integer } from '../../shared/input/values';
import { agentInPath, flagFilter, idsFilter, managerApi, period, range, idsFromList, sorting, textsFilter } from '../fields';

const simpleAgent = [
	'id',
	'email',
	'first_name',
	'last_name',
	'agent_number',
	'status.name',
	'status_updated_at',
	'online',
	'location',
	'teams',
];

function nameOf(row: IDataObject): string {
	const name = [row.first_name, row.last_name].filter(Boolean).join(' ');
	const address = String(row.email ?? '');
	return name === '' ? address : `${name}${address === '' ? '' : ` (${address})`}`;
}

/** Agents: people who handle calls and chats. */
export const agent: Resource = {
	value: 'agent',
	name: 'Agent',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get agent',
			description: 'Retrieve one agent',
			method: 'GET',
			path: `${managerApi}/agents/{agentId}`,
			retryClass: 'read',
			source: 'inferred',
			fallback: { path: `${managerApi}/agents`, query: { 'id[]': '{agentId}' }, answerPath: '' },
			simplify: simpleAgent,
			fields: [agentInPath],
		},
		{
			value: 'getCurrentStatuses',
			name: 'Get Current Statuses',
			action: 'Get current agent statuses',
			description: 'Retrieve the current status of every agent that is signed in',
			method: 'GET',
			path: `${managerApi}/agents/current_status`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many agents',
			description: 'Retrieve agents',
			method: 'GET',
			path: `${managerApi}/agents`,
			retryClass: 'read',
			answer: { kind: 'many' },
			simplify: simpleAgent,
			pickList: [
				{ label: nameOf, value: (row) => Number(row.id) },
				{ name: 'agentEmail', label: nameOf, value: (row) => String(row.email ?? '') },
			],
			optional: {
				name: 'filters',
				fields: [
					textsFilter('agentNumbers', 'Agent Numbers', 'agent_number[]', 'A-1007'),
					...range('callCount', 'Calls', 'call_count'),
					...range('chatCount', 'Chats', 'chat_count'),
					idsFilter('ids', 'Agent IDs', 'id[]'),
					flagFilter('wrapUp', 'In Wrap-Up', 'wrap_up[]', 'Whether the agent is finishing work after a call'),
					...period('lastLogin', 'Last Login', 'last_login_time'),
					textsFilter('locations', 'Locations', 'location[]', 'Austin'),
					flagFilter('online', 'Online', 'online[]', 'Whether the agent is signed in'),
					...sorting([
						{ name: 'ID', value: 'id' },
						{ name: 'Last Login', value: 'last_login_time' },
						{ name: 'Last Name', value: 'last_name' },
						{ name: 'Status Change', value: 'status_updated_at' },
					]),
					...period('statusChanged', 'Status Changed', 'status_updated_at'),
					// The IDs of UJET's own statuses are zero and below.
					idsFromList('Status Names or IDs', 'statusIds', 'userStatus', 'status_id[]', integer()),
				],
			},
		},
	],
};
