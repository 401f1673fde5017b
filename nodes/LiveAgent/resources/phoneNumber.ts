import type { IDataObject } from 'n8n-workflow';

import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier, integer, listOf, text, trueFalse } from '../../shared/input/values';
import { chooseAgent, chooseDepartment, idField } from '../fields';
import { cursorPaging } from '../formats/apiVersions';
import { countFilters, listFilters } from '../formats/conditions';
import { activeStatus, textField3 } from '../formats/version3Fields';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';
import { readModifyWrite } from '../jobs/readModifyWrite';

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

const extensionId: Field = idField('Extension ID', 'extensionId', 'ex7d2k90');

const department: Field = chooseDepartment({
	displayName: 'Department',
	name: 'departmentId',
	send: { name: 'departmentid' },
});

const recording = (displayName: string, name: string, vendorName: string, calls: string): Field => ({
	displayName,
	name,
	type: 'boolean',
	default: false,
	description: `Whether to record ${calls} calls`,
	send: { name: vendorName, write: trueFalse },
});

/** What a phone number has beside number, type and status; the name and password of a SIP account are set up in LiveAgent. */
const settings: Field[] = [
	department,
	{
		displayName: 'Dial-Out Prefix',
		name: 'dialOutPrefix',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 999 },
		default: 1,
		description: 'Digits that choose this number for an outgoing call; Get Free Prefix returns the next free ones',
		send: { name: 'dial_out_prefix', write: integer({ minimum: 1, maximum: 999 }) },
	},
	textField3('SIP Host', 'host', 'host', 'sip.example.com'),
	textField3('Voice Menu (IVR)', 'ivr', 'ivr', 'iv7d2k90', { description: 'The voice menu, as LiveAgent returns it' }),
	textField3('Phone Number Name', 'name', 'name', 'Main line'),
	textField3('SIP Port', 'port', 'port', '5060'),
	textField3('Provider ID', 'providerId', 'providerid', 'pr7d2k90'),
	recording('Record Incoming Calls', 'recordIncoming', 'record_in_call', 'incoming'),
	recording('Record Outgoing Calls', 'recordOutgoing', 'record_out_call', 'outgoing'),
];

/** Keys of a phone number that can be written; secrets go back to LiveAgent as they came and are never put out. */
const writable = [
	'id',
	'type',
	'number',
	'status',
	'name',
	'departmentid',
	'dial_out_prefix',
	'record_in_call',
	'record_out_call',
	'host_settings',
	'host',
	'port',
	'user',
	'auth_user',
	'password',
	'proxy_host',
	'proxy_port',
	'proxy_user',
	'providerid',
	'ivr',
];

const numberLabel = ({ name, number, id }: IDataObject) => [name, number].filter(Boolean).join(', ') || String(id);

/** Phone numbers of the account, phones of its agents, and extensions. */
export const phoneNumber: Resource = {
	value: 'phoneNumber',
	name: 'Phone Number',
	description: 'Phone numbers, phones and extensions of the account',
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
			value: 'create',
			name: 'Create',
			action: 'Create phone number',
			description: 'Add a phone number to the account; the password of a SIP account is set in LiveAgent',
			method: 'POST',
			path: '/v3/phone_numbers',
			retryClass: 'once',
			bodyFormat: 'form',
			answer: recordAnswer3,
			givesSecrets: true,
			fields: [
				textField3('New Phone Number', 'number', 'number', '+14155550100', { required: true }),
				{
					displayName: 'Phone Number Type',
					name: 'type',
					type: 'options',
					default: 'T',
					options: [
						{ name: 'API Controlled', value: 'A' },
						{ name: 'Asterisk', value: 'S' },
						{ name: 'Twilio', value: 'T' },
						{ name: 'Twilio, Outgoing', value: 'T-O' },
					],
				},
				activeStatus,
			],
			optional: { name: 'additionalFields', fields: settings },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete phone number',
			description: 'Delete a phone number from the account',
			method: 'DELETE',
			path: '/v3/phone_numbers/{phoneNumberId}',
			retryClass: 'once',
			answer: { kind: 'deleted' },
			fields: [phoneNumberId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get phone number',
			description: 'Retrieve one phone number of the account',
			method: 'GET',
			path: '/v3/phone_numbers/{phoneNumberId}',
			retryClass: 'read',
			answer: recordAnswer3,
			givesSecrets: true,
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
			answer: recordAnswer3,
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
			answer: recordAnswer3,
			fields: [extensionId],
		},
		{
			value: 'getFreePrefix',
			name: 'Get Free Prefix',
			action: 'Get free dial-out prefix',
			description: 'Retrieve the next free dial-out prefix',
			method: 'GET',
			path: '/v3/phone_numbers/availablePrefix',
			retryClass: 'read',
			answer: recordAnswer3,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many phone numbers',
			description: 'Retrieve the phone numbers of the account',
			method: 'GET',
			path: '/v3/phone_numbers',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			pickList: { label: numberLabel, value: (row) => String(row.id) },
			givesSecrets: true,
			optional: listFilters(
				textField3('Additional Objects', 'additionalObjects', 'additionalObjects', 'department', {
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
			answer: listAnswer3,
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
			answer: listAnswer3,
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
			answer: recordAnswer3,
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
			answer: recordAnswer3,
			givesSecrets: true,
			fields: [phoneNumberId, activeStatus],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update phone number',
			description:
				'Change individual fields of a phone number; it is read first, because LiveAgent only accepts whole phone numbers',
			method: 'PUT',
			path: '/v3/phone_numbers/{phoneNumberId}',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			givesSecrets: true,
			fields: [phoneNumberId],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: [textField3('New Phone Number', 'number', 'number', '+14155550100'), ...settings] },
			run: async (run, items) => await readModifyWrite(run, items, writable),
			alsoCalls: ['GET /v3/phone_numbers/{phoneNumberId}'],
		},
		{
			value: 'updateExtension',
			name: 'Update Extension',
			action: 'Update extension',
			description: 'Change number, department or status of a phone extension',
			method: 'PUT',
			path: '/v3/extensions/{extensionId}',
			retryClass: 'idempotent',
			bodyFormat: 'form',
			answer: recordAnswer3,
			fields: [extensionId],
			atLeastOne: 'optional',
			optional: {
				name: 'updateFields',
				fields: [
					chooseDepartment({ displayName: 'Department', name: 'departmentId', send: { name: 'departmentId' } }),
					textField3('Extension Number', 'number', 'number', '201'),
					{
						displayName: 'Status',
						name: 'status',
						type: 'options',
						default: 'E',
						options: [
							{ name: 'Disabled', value: 'D' },
							{ name: 'Enabled', value: 'E' },
						],
					},
				],
			},
		},
	],
};
