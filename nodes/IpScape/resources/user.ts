import type { IDataObject } from 'n8n-workflow';

import type { PickList, Resource } from '../../shared/definition/operation';
import { trueFalse } from '../../shared/input/values';

const simpleKeys = [
	'userId',
	'firstName',
	'lastName',
	'username',
	'email',
	'userType',
	'teams',
	'isLoggedIn',
	'status',
	'timeInStatus',
];

const everyUser: PickList = {
	label: ({ firstName, lastName, username }) => [firstName, lastName].filter(Boolean).join(' ') || String(username ?? ''),
	value: (row) => Number(row.userId),
};

/** Agents and other users. */
export const user: Resource = {
	value: 'user',
	name: 'User',
	description: 'Agents and other users with their live status',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many users',
			description: 'Retrieve agents and other users with their live status',
			method: 'GET',
			path: '/v3.0/users',
			source: 'inferred',
			retryClass: 'read',
			answer: { kind: 'many', path: 'items' },
			rowId: ({ userId }: IDataObject) => (userId === undefined ? undefined : String(userId)),
			simplify: simpleKeys,
			pickList: [everyUser, { ...everyUser, name: 'agent', query: { userType: 'agent' } }],
			optional: {
				name: 'filters',
				fields: [
					{
						displayName: 'Account Active',
						name: 'accountActive',
						type: 'boolean',
						default: true,
						description: 'Whether to return active accounts; when off, inactive ones',
						send: { write: trueFalse },
					},
					{
						displayName: 'User Type',
						name: 'userType',
						type: 'options',
						default: 'agent',
						options: [
							{ name: 'Agent', value: 'agent' },
							{ name: 'User', value: 'user' },
						],
					},
				],
			},
		},
	],
};
