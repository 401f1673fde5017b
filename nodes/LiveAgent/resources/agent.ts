import type { Field, Resource } from '../../shared/definition/operation';
import { email, yesNo } from '../../shared/input/values';
import { chooseAgent, idField } from '../fields';
import { genders, codeOptions } from '../formats/codeLabels';
import { listFilters } from '../formats/conditions';
import { agentRecord, shownAs } from '../formats/recordFormat';
import { textField3 } from '../formats/version3Fields';
import { agentRecord3, recordAnswer3, listAnswer3, shownAs3 } from '../formats/version3Records';
import { readModifyWrite } from '../jobs/readModifyWrite';

const agentId: Field = chooseAgent({
	displayName: 'Agent',
	name: 'agentId',
	required: true,
	send: { place: 'path' },
});

const name: Field = textField3('Agent Name', 'name', 'name', 'Nina Park');

const agentEmail: Field = {
	...textField3('Email', 'email', 'email', 'nina@example.com', { description: 'The agent signs in with it' }),
	send: { write: email },
};

const role: Field = {
	displayName: 'Role',
	name: 'role',
	type: 'options',
	default: 'agent',
	options: [
		{ name: 'Administrator', value: 'admin' },
		{ name: 'Agent', value: 'agent' },
		{ name: 'Owner', value: 'owner' },
	],
};

/** What an agent is known by where there is no ID in the path. */
const person: Field[] = [
	{ ...name, required: true },
	{ ...agentEmail, required: true },
];

const profile: Field[] = [
	textField3('Avatar URL', 'avatarUrl', 'avatar_url', 'https://example.com/nina.png'),
	agentEmail,
	{ displayName: 'Gender', name: 'gender', type: 'options', default: 'X', options: codeOptions(genders, [...'FMX']) },
	name,
	role,
	{
		displayName: 'Two-Factor Authentication',
		name: 'twoFactorAuthentication',
		type: 'boolean',
		default: false,
		description: 'Whether the agent signs in with a second factor',
		send: { name: 'twofactor_auth', write: yesNo },
	},
];

/** Keys of an agent that can be written. */
const writable = [
	'name',
	'email',
	'role',
	'roleId',
	'avatar_url',
	'gender',
	'twofactor_auth',
	'voice_status',
	'sip_phone_id',
	'api_phone_id',
];

/** Profiles of agents; who is online stands under Online Status. */
export const agent: Resource = {
	value: 'agent',
	name: 'Agent',
	description: 'Profiles, activity and status of agents',
	operations: [
		{
			value: 'convertVisitor',
			name: 'Convert From Visitor',
			action: 'Convert visitor into agent',
			description: 'Convert a registered visitor into an agent, who uses a seat of your plan',
			method: 'POST',
			path: '/v3/agents/convert',
			retryClass: 'once',
			answer: recordAnswer3,
			...shownAs3(agentRecord3),
			fields: person,
			optional: { name: 'additionalFields', fields: [role] },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete agent',
			description: 'Delete an agent; Restore brings the agent back',
			method: 'DELETE',
			path: '/v3/agents/{agentId}',
			retryClass: 'once',
			answer: { kind: 'deleted' },
			fields: [agentId],
		},
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
			otherForm: { path: '/v3/agents/{agentId}', answer: recordAnswer3, ...shownAs3(agentRecord3) },
		},
		{
			value: 'getActivity',
			name: 'Get Activity',
			action: 'Get activity of agents',
			description: 'Retrieve the agents who are online, free or busy, with the tickets they are working on',
			method: 'GET',
			path: '/v3/agents/activity',
			retryClass: 'read',
			answer: listAnswer3,
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
			answer: listAnswer3,
			paging: 'none',
			rowId: (row) => row.departmentid as string,
			...shownAs3({ services: ['online_status', 'preset_status'] }),
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
			answer: listAnswer3,
			...shownAs3(agentRecord3),
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
			action: 'Get user (agent, contact or system)',
			description: 'Retrieve name, email and role of any user: agent, contact or system',
			method: 'GET',
			path: '/v3/users/{userId}',
			retryClass: 'read',
			answer: recordAnswer3,
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
			value: 'restore',
			name: 'Restore',
			action: 'Restore agent',
			description: 'Restore a deleted agent',
			method: 'POST',
			path: '/v3/agents/undelete',
			retryClass: 'once',
			answer: recordAnswer3,
			...shownAs3(agentRecord3),
			fields: person,
			optional: { name: 'additionalFields', fields: [textField3('Agent ID', 'agentId', 'id', 'k7d2m9xq'), role] },
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
		{
			value: 'update',
			name: 'Update',
			action: 'Update agent',
			description: 'Change individual fields of an agent; the agent is read first, because LiveAgent only accepts whole agents',
			method: 'PUT',
			path: '/v3/agents/{agentId}',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			...shownAs3(agentRecord3),
			fields: [agentId],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: profile },
			run: async (run, items) => await readModifyWrite(run, items, writable),
			alsoCalls: ['GET /v3/agents/{agentId}'],
		},
	],
};
