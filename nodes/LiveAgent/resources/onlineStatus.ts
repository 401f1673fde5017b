import type { IDataObject } from 'n8n-workflow';

import type { Resource } from '../../shared/definition/operation';
import { listAnswer, shownAs, statusRecord } from '../formats/recordFormat';

function agentLabel({ firstname, lastname, username }: IDataObject): string {
	const name = [firstname, lastname].filter(Boolean).join(' ');
	return name === '' ? String(username ?? '') : `${name} (${String(username ?? '')})`;
}

/** Who and what is online right now. */
export const onlineStatus: Resource = {
	value: 'onlineStatus',
	name: 'Online Status',
	description: 'What agents and departments serve right now; Device has the same by device with a key of version 3',
	operations: [
		{
			value: 'getAgents',
			name: 'Get Agents',
			action: 'Get online status of agents',
			description: 'Retrieve all agents with what each is handling right now',
			method: 'GET',
			path: '/onlinestatus/agents',
			retryClass: 'read',
			answer: listAnswer('agentsOnlineStates'),
			paging: 'none',
			...shownAs(statusRecord),
			// The only list of all agents.
			pickList: { name: 'Agent', label: agentLabel, value: (row) => String(row.id) },
		},
		{
			value: 'getDepartments',
			name: 'Get Departments',
			action: 'Get online status of departments',
			description: 'Retrieve all departments with their online channels and their number of tickets and chats',
			method: 'GET',
			path: '/onlinestatus/departments',
			retryClass: 'read',
			answer: listAnswer('departmentsOnlineStates'),
			paging: 'none',
			...shownAs(statusRecord),
		},
	],
};
