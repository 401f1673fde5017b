import type { IDataObject } from 'n8n-workflow';

import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier, listOf, text } from '../../shared/input/values';
import { chooseAgent, idField } from '../fields';
import { cursorPaging } from '../formats/apiVersions';
import { countFilters, listFilters } from '../formats/conditions';
import { plain } from '../formats/version3Fields';
import { record, rows } from '../formats/version3Records';

const phoneNumberId: Field = locator({
	displayName: 'Phone Number',
	name: 'phoneNumberId',
	list: 'phoneNumber',
	placeholder: 'e.g. pn7d2k90',
	required: true,
	send: { place: 'path', write: identifier },
});

const phoneId: Field = locator({
	displayName: 'Phone',
	name: 'phoneId',
	list: 'phone',
	placeholder: 'e.g. ph7d2k90',
	required: true,
	send: { place: 'path', write: identifier },
});

const agentId: Field = chooseAgent({
	displayName: 'Agent',
	name: 'agentId',
	required: true,
	description: 'Use the ID me for the owner of the key',
	send: { place: 'path' },
});

const numberLabel = ({ name, number, id }: IDataObject) => [name, number].filter(Boolean).join(', ') || String(id);

/** Phone numbers of the account, phones of its agents, and extensions. */
export const phoneNumber: Resource = {
	value: 'phoneNumber',
	name: 'Phone Number',
	description: 'Phone numbers, phones and extensions of the account (API version 3)',
	operations: [
		{
			value: 'countExtensions',
			name: 'Count Extensions',
			action: 'Count extensions',
			description: 'Count the phone extensions that match filters',
			method: 'GET',
			path: '/v3/extensions/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get phone number',
			description: 'Retrieve one phone number of the account',
			method: 'GET',
			path: '/v3/phone_numbers/{phoneNumberId}',
			retryClass: 'read',
			answer: record,
			fields: [phoneNumberId],
		},
		{
			value: 'getAgentPhone',
			name: 'Get Agent Phone',
			action: 'Get phone of agent',
			description: 'Retrieve the phone that an agent uses now',
			method: 'GET',
			path: '/v3/agent_phone/{agentId}',
			retryClass: 'read',
			answer: record,
			fields: [agentId],
			givesSecrets: true,
		},
		{
			value: 'getExtension',
			name: 'Get Extension',
			action: 'Get extension',
			description: 'Retrieve one phone extension',
			method: 'GET',
			path: '/v3/extensions/{extensionId}',
			retryClass: 'read',
			answer: record,
			fields: [idField('Extension ID', 'extensionId', 'ex7d2k90')],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many phone numbers',
			description: 'Retrieve the phone numbers of the account',
			method: 'GET',
			path: '/v3/phone_numbers',
			retryClass: 'read',
			answer: rows,
			paging: cursorPaging,
			pickList: { label: numberLabel, value: (row) => String(row.id) },
			optional: listFilters(
				plain('Additional Objects', 'additionalObjects', 'additionalObjects', 'department', {
					description: 'Additional columns for each row, separated by commas; LiveAgent does not document the names',
					send: { name: 'additionalObjects', write: listOf(text(), { separator: ',' }) },
				}),
			),
		},
		{
			value: 'getManyExtensions',
			name: 'Get Many Extensions',
			action: 'Get many extensions',
			description: 'Retrieve the phone extensions with their agents',
			method: 'GET',
			path: '/v3/extensions',
			retryClass: 'read',
			answer: rows,
			paging: cursorPaging,
			optional: listFilters(),
		},
		{
			value: 'getManyPhones',
			name: 'Get Many Phones',
			action: 'Get many phones',
			description: 'Retrieve the phones of agents: web, app, SIP',
			method: 'GET',
			path: '/v3/phones',
			retryClass: 'read',
			answer: rows,
			pickList: { name: 'Phone', label: numberLabel, value: (row) => String(row.id) },
			optional: listFilters(),
			givesSecrets: true,
		},
		{
			value: 'getPhone',
			name: 'Get Phone',
			action: 'Get phone',
			description: 'Retrieve one phone',
			method: 'GET',
			path: '/v3/phones/{phoneId}',
			retryClass: 'read',
			answer: record,
			fields: [phoneId],
			givesSecrets: true,
		},
		{
			value: 'setAgentPhone',
			name: 'Set Agent Phone',
			action: 'Set phone of agent',
			description: 'Choose the phone that an agent uses',
			method: 'PUT',
			path: '/v3/agent_phone/{agentId}',
			retryClass: 'idempotent',
			answer: { kind: 'done' },
			fields: [agentId, { ...phoneId, send: { place: 'query', write: identifier } }],
		},
		{
			value: 'setStatus',
			name: 'Set Status',
			action: 'Set status of phone number',
			description: 'Turn a phone number on or off',
			method: 'PUT',
			path: '/v3/phone_numbers/{phoneNumberId}/status',
			retryClass: 'idempotent',
			bodyFormat: 'form',
			answer: record,
			fields: [
				phoneNumberId,
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 'A',
					options: [
						{ name: 'Active', value: 'A' },
						{ name: 'Inactive', value: 'I' },
					],
				},
			],
		},
	],
};
