import type { IDataObject } from 'n8n-workflow';

import type { Field, Resource } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import { defaultCountryCodeField, locator, multiPicker } from '../../shared/editor/fields';
import { email, oneOrZero, integer, listOf, numericIdentifier, oneOf, phone, text } from '../../shared/input/values';
import { plainAvailability } from '../formats/availability';
import { readAvailabilities, readAvailability } from '../jobs/operatorNames';
import {
	chosen,
	groupFilter,
	idsOnly,
	skillFilter,
	websiteFilter,
	websitesFilter,
	wholeRows,
	wildcardFilter,
} from '../fields';

const simpleKeys = [
	'id',
	'first_name',
	'name',
	'pseudo',
	'email',
	'external_id',
	'roles',
	'group_id',
	'website_list',
	'skill_list',
];

const operatorField = chosen({ displayName: 'Operator', name: 'operatorId', list: 'operator', placeholder: 'e.g. 456' });

const textField = (displayName: string, name: string, vendorName: string, rest: Partial<Field> = {}): Field => ({
	displayName,
	name,
	type: 'string',
	default: '',
	send: { name: vendorName, write: text() },
	...rest,
});

const switchField = (displayName: string, name: string, vendorName: string, description: string): Field => ({
	displayName,
	name,
	type: 'boolean',
	default: false,
	description,
	send: { name: vendorName, write: oneOrZero },
});

const priorityField = (displayName: string, name: string, vendorName: string): Field => ({
	displayName,
	name,
	type: 'options',
	default: 0,
	description: 'Either 0 or 10; iAdvize does not document which one comes first',
	options: [
		{ name: '0', value: 0 },
		{ name: '10', value: 10 },
	],
	send: { name: vendorName, write: oneOf([0, 10]) },
});

const nameField = textField('Last Name', 'lastName', 'name');
const emailField: Field = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. nina@example.com',
	send: { name: 'email', write: email },
};

/** Fields of an operator beside name and email. */
const writeFields: Field[] = [
	{
		displayName: 'Admin Language',
		name: 'adminLanguage',
		type: 'options',
		default: 'en',
		description: "Language of the operator's desk",
		options: [
			{ name: 'English', value: 'en' },
			{ name: 'French', value: 'fr' },
			{ name: 'German', value: 'de' },
			{ name: 'Spanish', value: 'es' },
		],
		send: { name: 'language_admin' },
	},
	switchField('Ask Phone Number at Login', 'askPhoneNumber', 'call_config[ask_phone_number_at_every_connection]', 'Whether to offer a number change at each login; only for calls on a phone'),
	switchField('Calls Enabled', 'callEnabled', 'call_enabled', 'Whether the operator can take calls'),
	priorityField('Call Priority', 'callPriority', 'call_priority'),
	{
		displayName: 'Calls Ring On',
		name: 'callPickup',
		type: 'options',
		default: 'ANSWER_FROM_DESK',
		description: "For a phone, enter 'Phone Number' or turn on 'Ask Phone Number at Login'",
		options: [
			{ name: 'Desk', value: 'ANSWER_FROM_DESK' },
			{ name: 'Phone', value: 'ANSWER_FROM_PHONE' },
		],
		send: { name: 'call_config[type]' },
	},
	switchField('Chat During Calls', 'chatAndCall', 'chat_and_call', 'Whether the operator can chat during a call'),
	switchField('Chat to Video', 'chatToVideo', 'chat_to_video', 'Whether the operator can move a chat to video'),
	switchField('Chats Enabled', 'chatEnabled', 'chat_enabled', 'Whether the operator can take chats'),
	priorityField('Chat Priority', 'chatPriority', 'chat_priority'),
	defaultCountryCodeField,
	textField('External ID', 'externalId', 'external_id', { description: 'Your own identifier of the operator' }),
	textField('First Name', 'firstName', 'first_name'),
	locator({
		displayName: 'Group',
		name: 'groupId',
		list: 'group',
		placeholder: 'e.g. 1984',
		send: { name: 'group_id', write: numericIdentifier },
	}),
	{
		displayName: 'Languages',
		name: 'languages',
		type: 'string',
		default: '',
		placeholder: 'e.g. fr, en',
		description: 'Two-letter languages that the operator handles, separated by commas',
		send: { name: 'language_list[]', write: listOf(text({ maximum: 2 })) },
		sample: 'fr,en',
	},
	{
		displayName: 'Maximum Chats',
		name: 'maximumChats',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 3,
		description: 'Number of chats at the same time',
		send: { name: 'chat_max_number', write: integer({ minimum: 0 }) },
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +33 1 99 00 12 34',
		description: 'Number that receives calls, with country code; only for calls on a phone',
		send: { name: 'call_config[phone_number]', write: phone() },
	},
	textField('Pseudonym', 'pseudo', 'pseudo', { description: 'The name that visitors see' }),
	{
		displayName: 'Roles',
		name: 'roles',
		type: 'multiOptions',
		default: ['operator'],
		options: [
			{ name: 'Administrator', value: 'admin' },
			{ name: 'Expert', value: 'expert' },
			{ name: 'Manager', value: 'manager' },
			{ name: 'Operator', value: 'operator' },
		],
		send: { name: 'roles[]', write: listOf(text()) },
	},
	multiPicker({
		displayName: 'Skill Names or IDs',
		name: 'skills',
		list: 'skill',
		send: { name: 'skill_list[]', write: listOf(numericIdentifier) },
	}),
	{
		displayName: 'SSO Key',
		name: 'ssoKey',
		type: 'string',
		default: '',
		typeOptions: { password: true },
		description: 'Single sign-on key; anyone who has it can sign in as the operator',
		send: { name: 'sso_key', write: text() },
	},
	switchField('Video Enabled', 'videoEnabled', 'video_enabled', 'Whether the operator can take video'),
	priorityField('Video Priority', 'videoPriority', 'video_priority'),
	multiPicker({
		displayName: 'Website Names or IDs',
		name: 'websites',
		list: 'website',
		send: { name: 'website_list[]', write: listOf(numericIdentifier) },
	}),
];

/** The vendor's rule for calls on a phone. */
function checkPickup(values: FieldValues): { field: string; expected: string } | undefined {
	if (values.callPickup !== 'ANSWER_FROM_PHONE') return undefined;
	if (values.phoneNumber !== undefined || values.askPhoneNumber === true) return undefined;
	return { field: 'phoneNumber', expected: "a number, or 'Ask Phone Number at Login' switched on, when calls ring on a phone" };
}

const channelField = (displayName: string, name: string): Field => ({
	displayName,
	name: `${name}Availability`,
	type: 'options',
	default: 'unchanged',
	displayOptions: { show: { state: ['channels'] } },
	options: [
		{ name: 'Available', value: 1 },
		{ name: 'Leave Unchanged', value: 'unchanged' },
		{ name: 'Unavailable', value: 0 },
	],
	send: { name: `${name}[available]`, write: (value) => (value === 'unchanged' ? undefined : oneOrZero(value, noContext)) },
	sample: 1,
});

const addNames: Field = {
	displayName: 'Add Names',
	name: 'addNames',
	type: 'boolean',
	default: false,
	description: 'Whether to include name and email of each operator, which takes a further request for every 100 operators',
	send: { place: 'none' },
	sample: false,
};

const noContext = { inputZone: 'UTC', vendorZone: 'UTC', now: 0 };

const listFilters: Field[] = [
	wildcardFilter('email', 'Email', 'email', '*@example.com'),
	wildcardFilter('externalId', 'External ID', 'external_id', 'HR-10*'),
	groupFilter,
	{
		displayName: 'Operator ID',
		name: 'id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 456',
		send: { name: 'filters[id]', write: numericIdentifier },
	},
	wildcardFilter('name', 'Operator Name', 'name', '*park*'),
	skillFilter,
	websiteFilter,
	websitesFilter,
];

/** The vendor's answer to a write may be a list of one. */
function storedOperator(body: unknown): unknown {
	const { data } = (body ?? {}) as IDataObject;
	return Array.isArray(data) ? data[0] : data;
}

/** The vendor's answer does not say whose availability it is. */
function whoseAvailability(body: unknown, { operatorId }: FieldValues): IDataObject {
	const meta = (body as { meta?: unknown } | null | undefined)?.meta;
	return { operatorId: Number(operatorId), ...(typeof meta === 'object' ? meta : {}) };
}

/** Operators (agents), their live availability and figures. */
export const operator: Resource = {
	value: 'operator',
	name: 'Operator',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create operator',
			description: 'Add an operator; may send a welcome email and use up a licence',
			method: 'POST',
			path: '/operator',
			retryClass: 'once',
			mapAutomatically: true,
			answer: { kind: 'one', read: storedOperator },
			simplify: simpleKeys,
			givesSecrets: true,
			check: checkPickup,
			fields: [
				{ ...nameField, required: true },
				{ ...emailField, required: true },
			],
			optional: { name: 'additionalFields', fields: writeFields },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete operator',
			description: 'Permanently remove an operator',
			method: 'DELETE',
			path: '/operator/{operatorId}',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [operatorField],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get operator',
			description: 'Retrieve one operator',
			method: 'GET',
			path: '/operator/{operatorId}',
			retryClass: 'read',
			simplify: simpleKeys,
			givesSecrets: true,
			fields: [operatorField],
		},
		{
			value: 'getAvailability',
			name: 'Get Availability',
			action: 'Get operator availability',
			description: 'Retrieve the live availability of one operator',
			method: 'GET',
			path: '/operator/{operatorId}/live',
			retryClass: 'read',
			run: readAvailability,
			alsoCalls: ['GET /operator'],
			simplify: plainAvailability,
			simplifyVersions: { from: 2 },
			fields: [operatorField, addNames],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many operators',
			description: 'Retrieve operators',
			method: 'GET',
			path: '/operator',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			simplify: simpleKeys,
			givesSecrets: true,
			pickList: {
				label: (row) => [row.first_name, row.name].filter(Boolean).join(' ') || String(row.email ?? ''),
				value: (row) => Number(row.id),
			},
			fields: [idsOnly],
			optional: { name: 'filters', fields: listFilters },
		},
		{
			value: 'getManyAvailabilities',
			name: 'Get Many Availabilities',
			action: 'Get many operator availabilities',
			description:
				'Retrieve the live availability of operators; where operators have groups or skills, filter by group or skill to see them',
			method: 'GET',
			path: '/operator/live',
			retryClass: 'read',
			answer: { kind: 'many' },
			run: readAvailabilities,
			alsoCalls: ['GET /operator'],
			simplify: plainAvailability,
			simplifyVersions: { from: 2 },
			fields: [addNames],
			optional: {
				name: 'filters',
				fields: [
					{
						displayName: 'Connection',
						name: 'connected',
						type: 'options',
						default: 1,
						description: 'If left out, only available operators are returned. Operators who never signed in are not returned.',
						options: [
							{ name: 'Offline', value: 0 },
							{ name: 'Online', value: 1 },
						],
						send: { name: 'filters[connected]', write: oneOrZero },
					},
					...listFilters,
				],
			},
		},
		{
			value: 'getProfile',
			name: 'Get Profile',
			action: 'Get operator profile',
			description: 'Retrieve the public profile of one operator',
			method: 'GET',
			path: '/operator/{operatorId}/profile',
			retryClass: 'read',
			fields: [operatorField],
		},
		{
			value: 'getStatistics',
			name: 'Get Statistics',
			action: 'Get operator statistics',
			description: 'Retrieve the number of conversations and the experience of one operator',
			method: 'GET',
			path: '/operator/{operatorId}/statistic',
			retryClass: 'read',
			fields: [operatorField],
		},
		{
			value: 'setAvailability',
			name: 'Set Availability',
			action: 'Set operator availability',
			description: 'Make an operator available or unavailable per channel, or sign the operator out',
			method: 'PUT',
			path: '/operator/{operatorId}/live',
			retryClass: 'idempotent',
			answer: { kind: 'done', read: whoseAvailability },
			atLeastOne: ['chatAvailability', 'callAvailability', 'videoAvailability', 'state'],
			fields: [
				operatorField,
				{
					displayName: 'New State',
					name: 'state',
					type: 'options',
					default: 'channels',
					options: [
						{ name: 'Set Channels', value: 'channels', description: 'Change one or more channels' },
						{ name: 'Sign Out', value: 'offline', description: 'Sign the operator out of the desk' },
					],
					send: { name: 'connected', write: (value) => (value === 'offline' ? 0 : undefined) },
					sample: 'channels',
				},
				channelField('Chat', 'chat'),
				channelField('Calls', 'call'),
				channelField('Video', 'video'),
			],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update operator',
			description: 'Change the specified fields of an operator',
			method: 'PUT',
			path: '/operator/{operatorId}',
			retryClass: 'idempotent',
			mapAutomatically: true,
			answer: { kind: 'one', read: storedOperator },
			simplify: simpleKeys,
			givesSecrets: true,
			check: checkPickup,
			fields: [operatorField],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: [emailField, nameField, ...writeFields] },
		},
	],
};
