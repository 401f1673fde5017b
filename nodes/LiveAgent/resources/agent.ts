import type { Field, Resource } from '../../shared/definition/operation';
import { chooseAgent, idField } from '../fields';
import { listFilters } from '../formats/conditions';
import { agentRecord, shownAs } from '../formats/recordFormat';
import { agentRecord3, record, rows, shown } from '../formats/version3Records';

const agentId: Field = chooseAgent({
	displayName: 'Agent',
	name: 'agentId',
	required: true,
	send: { place: 'path' },
});

/** Profiles of agents; who is online stands under Online Status. */
export const agent: Resource = {
	value: 'agent',
	name: 'Agent',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get agent',
			description: 'Retrieve the profile of one agent',
			method: 'GET',
			path: '/agents/{agentId}',
			retryClass: 'read',
			givesSecrets: true,
			...shownAs(agentRecord),
			fields: [agentId],
			otherForm: { path: '/v3/agents/{agentId}', answer: record, ...shown(agentRecord3) },
		},
		{
			value: 'getActivity',
			name: 'Get Activity',
			action: 'Get activity of agents',
			description: 'Retrieve the agents who are online, free or busy, with the tickets they are working on',
			method: 'GET',
			path: '/v3/agents/activity',
			retryClass: 'read',
			answer: rows,
			optional: listFilters(),
		},
		{
			value: 'getDepartmentStatuses',
			name: 'Get Department Statuses',
			action: 'Get department statuses of agent',
			description: 'Retrieve what an agent is available for right now in each department',
			method: 'GET',
			path: '/v3/agents/{agentId}/status',
			retryClass: 'read',
			answer: rows,
			paging: 'none',
			rowId: (row) => row.departmentid as string,
			...shown({ services: ['online_status', 'preset_status'] }),
			fields: [agentId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many agents',
			description: 'Retrieve the agents of the account',
			method: 'GET',
			path: '/v3/agents',
			retryClass: 'read',
			answer: rows,
			...shown(agentRecord3),
			pickList: {
				name: 'Agent',
				label: ({ name, email, status }) =>
					[name, email].filter(Boolean).join(', ') + (status === 'X' ? ' (deleted)' : ''),
				value: (row) => String(row.id),
			},
			optional: listFilters(),
		},
		{
			value: 'getUser',
			name: 'Get User',
			action: 'Get user',
			description: 'Retrieve name, email and role of any user: agent, contact or system',
			method: 'GET',
			path: '/v3/users/{userId}',
			retryClass: 'read',
			answer: record,
			fields: [idField('User ID', 'userId', 'k7d2m9xq')],
		},
		{
			value: 'logOut',
			name: 'Log Out',
			action: 'Log out agent',
			description: 'Log an agent out',
			method: 'POST',
			path: '/v3/agents/{agentId}/_logout',
			retryClass: 'idempotent',
			answer: { kind: 'done' },
			fields: [agentId],
		},
		{
			value: 'pause',
			name: 'Pause',
			action: 'Pause agent',
			description: 'Pause an agent so that no new work is assigned',
			method: 'POST',
			path: '/v3/agents/{agentId}/_pause',
			retryClass: 'idempotent',
			answer: { kind: 'done' },
			fields: [agentId],
		},
		{
			value: 'setVoiceStatus',
			name: 'Set Voice Status',
			action: 'Set voice status of agent',
			description: 'Choose whether an agent receives calls or only makes them',
			method: 'POST',
			path: '/v3/agents/{agentId}/updateVoiceStatus',
			retryClass: 'idempotent',
			answer: { kind: 'done' },
			fields: [
				agentId,
				{
					displayName: 'Voice Status',
					name: 'voiceStatus',
					type: 'options',
					default: 'N',
					options: [
						{ name: 'Makes and Receives Calls', value: 'N' },
						{ name: 'Makes Calls Only', value: 'F' },
					],
					send: { place: 'query' },
				},
			],
		},
	],
};
