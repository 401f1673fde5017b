import { z } from 'zod/v3';

import type { Field } from '../shared/definition/operation';
import type { FieldValues } from '../shared/definition/request';
import { locator, multiPicker } from '../shared/editor/fields';
import type { LocatorOptions } from '../shared/editor/fields';
import { unwrapLocator } from '../shared/input/values';
import { decimal, email, instant, integer, json, listOf, numericIdentifier, oneOf, phone, text, trueFalse } from '../shared/input/values';
import { InvalidValue } from '../shared/definition/valueWriter';
import type { ValueWriter } from '../shared/definition/valueWriter';

/** Prefixes of the two APIs of a tenant; all credentials and the rate limit are shared. */
export const apps = '/apps/api/v1';
export const manager = '/manager/api/v1';

/** Campaigns of the Manager API, as a public program reads them, and the shorter path that older sources suggest. */
export const campaigns = `${manager}/outbound_dialer/campaigns`;
export const formerCampaigns = `${manager}/campaigns`;

/** Times as both APIs take them: ISO in UTC. */
export const writeTime: ValueWriter = instant({ format: 'isoMilliseconds' });

/** Identifier in the path, typed or from an earlier node. */
export function pathId(name: string, displayName: string, example: number): Field {
	return {
		displayName: `${displayName} ID`,
		name,
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${example}`,
		send: { place: 'path', write: numericIdentifier },
	};
}

/** A record chosen from a pick list, sent in the path. */
export function chosen(options: Omit<LocatorOptions, 'required' | 'send'>): Field {
	return locator({ ...options, required: true, send: { place: 'path', write: numericIdentifier } });
}

/** A call, chat or other session by its number. */
export const callId: Field = pathId('callId', 'Call', 88412);
export const chatId: Field = pathId('chatId', 'Chat', 55120);

/** What the pick lists of a tenant are called and look like. */
export const menuList = { displayName: 'Menu', name: 'menuId', list: 'menu', placeholder: 'e.g. 31' };
export const agentList = { displayName: 'Agent', name: 'agentId', list: 'agent', placeholder: 'e.g. 17' };
export const teamList = { displayName: 'Team', name: 'teamId', list: 'team', placeholder: 'e.g. 4' };
export const campaignList = { displayName: 'Campaign', name: 'campaignId', list: 'campaign', placeholder: 'e.g. 12' };

/** The records of the pick lists as a required value in the path. */
export const menuInPath: Field = chosen(menuList);
export const agentInPath: Field = chosen(agentList);
export const teamInPath: Field = chosen(teamList);
export const campaignInPath: Field = chosen(campaignList);

/** Several numbers from one pick list. */
export function several(
	displayName: string,
	name: string,
	list: string,
	vendorName: string,
	write: ValueWriter = numericIdentifier,
): Field {
	return multiPicker({ displayName, name, list, send: { name: vendorName, write: listOf(write) } });
}

/** A name chosen from a pick list or typed. */
export const nameFromList: ValueWriter = (value, context) => text()(unwrapLocator(value), context);

/** A list filter by numbers, typed as text with commas or given as a list. */
export function idsFilter(name: string, displayName: string, vendorName: string): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. 101, 102',
		description: 'One or more, separated by commas',
		send: { name: vendorName, write: listOf(numericIdentifier) },
	};
}

/** A list filter by several texts, typed with commas or given as a list. */
export function textsFilter(name: string, displayName: string, vendorName: string, example: string): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'One or more, separated by commas',
		send: { name: vendorName, write: listOf(text()) },
	};
}

/** A list filter by fixed choices. */
export function choicesFilter(
	name: string,
	displayName: string,
	vendorName: string,
	options: Array<{ name: string; value: string }>,
): Field {
	return {
		displayName,
		name,
		type: 'multiOptions',
		default: [],
		options,
		send: { name: vendorName, write: listOf(oneOf(options.map(({ value }) => value))) },
	};
}

/** Two filters for a period of time: from and to. */
export function period(name: string, displayName: string, vendorName: string): Field[] {
	return [
		{
			displayName: `${displayName} From`,
			name: `${name}From`,
			type: 'dateTime',
			default: '',
			description: 'A time without zone counts in the zone of the workflow',
			send: { name: `${vendorName}[from]`, write: writeTime },
		},
		{
			displayName: `${displayName} To`,
			name: `${name}To`,
			type: 'dateTime',
			default: '',
			description: 'A time without zone counts in the zone of the workflow',
			send: { name: `${vendorName}[to]`, write: writeTime },
		},
	];
}

/** Two filters for a range of whole numbers: from and to. */
export function range(name: string, displayName: string, vendorName: string): Field[] {
	const bound = (side: 'From' | 'To'): Field => ({
		displayName: `${displayName} ${side}`,
		name: `${name}${side}`,
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		send: { name: `${vendorName}[${side.toLowerCase()}]`, write: integer({ minimum: 0 }) },
	});
	return [bound('From'), bound('To')];
}

/** Order of a list, with the columns that the vendor names. */
export function sorting(columns: Array<{ name: string; value: string }>): Field[] {
	return [
		{
			displayName: 'Sort By',
			name: 'sortColumn',
			type: 'options',
			default: '',
			options: columns,
			send: { name: 'sort_column', write: oneOf(columns.map(({ value }) => value)) },
		},
		{
			displayName: 'Sort Direction',
			name: 'sortDirection',
			type: 'options',
			default: 'DESC',
			options: [
				{ name: 'Ascending', value: 'ASC' },
				{ name: 'Descending', value: 'DESC' },
			],
			send: { name: 'sort_direction', write: oneOf(['ASC', 'DESC']) },
		},
	];
}

/** Language of a call, a chat or a menu. */
export const language: Field = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	default: 'en',
	description:
		'Two-letter code; choose one from the list, or specify another code using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	options: [
		{ name: 'Chinese', value: 'zh' },
		{ name: 'Danish', value: 'da' },
		{ name: 'Dutch', value: 'nl' },
		{ name: 'English', value: 'en' },
		{ name: 'Finnish', value: 'fi' },
		{ name: 'French', value: 'fr' },
		{ name: 'German', value: 'de' },
		{ name: 'Italian', value: 'it' },
		{ name: 'Japanese', value: 'ja' },
		{ name: 'Korean', value: 'ko' },
		{ name: 'Norwegian', value: 'no' },
		{ name: 'Polish', value: 'pl' },
		{ name: 'Portuguese', value: 'pt' },
		{ name: 'Spanish', value: 'es' },
		{ name: 'Swedish', value: 'sv' },
	],
	send: { name: 'lang', write: text() },
};

/** A telephone number, written as E.164. */
export function phoneField(name: string, displayName: string, vendorName: string, rest: Partial<Field> = {}): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155550142',
		description: 'With country code; spaces, brackets and dashes do not matter',
		send: { name: vendorName, write: phone() },
		...rest,
	};
}

/** A text field. */
export function textField(name: string, displayName: string, vendorName: string, rest: Partial<Field> = {}): Field {
	return { displayName, name, type: 'string', default: '', send: { name: vendorName, write: text() }, ...rest };
}

/** Kinds of calls, as the list of calls filters by them. */
export const callTypes = [
	{ name: 'Action Only', value: 'ActionOnlyCall' },
	{ name: 'Inbound App', value: 'IncomingCallApp' },
	{ name: 'Inbound IVR', value: 'IvrCall' },
	{ name: 'Inbound Web', value: 'IncomingCallWeb' },
	{ name: 'Outbound', value: 'OutboundCall' },
	{ name: 'Scheduled App', value: 'ScheduledCallApp' },
	{ name: 'Scheduled by Agent', value: 'AgentScheduledCall' },
	{ name: 'Scheduled Web', value: 'ScheduledCallWeb' },
];

/** States of a call. */
export const callStatuses = [
	{ name: 'Action Only', value: 'action_only' },
	{ name: 'Action Only Finished', value: 'action_only_finished' },
	{ name: 'Assigned', value: 'assigned' },
	{ name: 'Connected', value: 'connected' },
	{ name: 'Connecting', value: 'connecting' },
	{ name: 'Deflected', value: 'deflected' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Finished', value: 'finished' },
	{ name: 'Queued', value: 'queued' },
	{ name: 'Recovered', value: 'recovered' },
	{ name: 'Scheduled', value: 'scheduled' },
	{ name: 'Selecting', value: 'selecting' },
	{ name: 'Switching', value: 'switching' },
	{ name: 'Voicemail', value: 'voicemail' },
	{ name: 'Voicemail Read', value: 'voicemail_read' },
	{ name: 'Voicemail Received', value: 'voicemail_received' },
];

/** Kinds of menus that can be asked for. */
export const menuTypes = [
	{ name: 'IVR', value: 'ivr_menu' },
	{ name: 'Mobile', value: 'mobile_menu' },
	{ name: 'Web', value: 'web_menu' },
];

/** Channels of estimated waits. */
export const waitChannels = [
	{ name: 'Call', value: 'voice_call' },
	{ name: 'Chat', value: 'chat' },
];

/** What the activity log filters by. */
export const activities = [
	{ name: 'Chat Offered', value: 'chat_notification_offered' },
	{ name: 'Chat Pick-Up Attempt', value: 'chat_pick_up_attempt' },
	{ name: 'Chat Picked Up', value: 'chat_picked_up' },
	{ name: 'Deltacast Call Bounced', value: 'deltacast_call_bounced' },
	{ name: 'Deltacast Call Missed', value: 'deltacast_call_missed' },
	{ name: 'Deltacast Call Offered', value: 'deltacast_call_notification_offered' },
	{ name: 'Deltacast Call Pick-Up Attempt', value: 'deltacast_call_pick_up_attempt' },
	{ name: 'Deltacast Call Picked Up', value: 'deltacast_call_picked_up' },
	{ name: 'Deltacast Call Projected', value: 'deltacast_call_projected' },
	{ name: 'Login', value: 'login' },
	{ name: 'Logout', value: 'logout' },
	{ name: 'Multicast Call Offered', value: 'multicast_call_notification_offered' },
	{ name: 'Multicast Call Pick-Up Attempt', value: 'multicast_call_pick_up_attempt' },
	{ name: 'Multicast Call Picked Up', value: 'multicast_call_picked_up' },
	{ name: 'Outbound Dialing', value: 'call_outbound_dialing' },
	{ name: 'Status After Inquiries Applied', value: 'status_after_inquiries_applied' },
	{ name: 'Status Changed', value: 'user_status_changed' },
];

/** States of a contact in a campaign; newer releases add further ones. */
export const contactStatuses = [
	{ name: 'Abandoned by Contact', value: 'Abandoned by Contact' },
	{ name: 'Abandoned by Dialer', value: 'Abandoned by Dialer' },
	{ name: 'Blocked Phone Number', value: 'Blocked Phone Number' },
	{ name: 'Carrier Error', value: 'Carrier Error' },
	{ name: 'Connected', value: 'Connected' },
	{ name: 'Dialer General Error', value: 'Dialer General Error' },
	{ name: 'Dialing', value: 'Dialing' },
	{ name: 'Do Not Call', value: 'Do Not Call' },
	{ name: 'Finished', value: 'Finished' },
	{ name: 'Invalid Number', value: 'Invalid Number' },
	{ name: 'Invalid Outbound Number', value: 'Invalid Outbound Number' },
	{ name: 'Not Picked Up', value: 'Not Picked Up' },
	{ name: 'Not Reached to Contact', value: 'Not Reached to Contact' },
	{ name: 'Queued', value: 'Queued' },
	{ name: 'Redial Scheduled', value: 'Redial Scheduled' },
	{ name: 'Skipped', value: 'Skipped' },
	{ name: 'Skipped & Closed', value: 'Skipped & Closed' },
	{ name: 'Transferred', value: 'Transferred' },
	{ name: 'Transferred and Finished', value: 'Transferred and Finished' },
	{ name: 'Upcoming', value: 'Upcoming' },
	{ name: 'Voicemail Hung Up', value: 'Voicemail Hung Up' },
];

/** Whether records that were deleted are given too. */
export const withDeleted: Field = {
	displayName: 'Include Deleted',
	name: 'withDeleted',
	type: 'boolean',
	default: false,
	description: 'Whether to give deleted records too',
	send: { name: 'with_deleted', write: trueFalse },
};

/** A text field that must hold an e-mail address. */
export const emailField: Field = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. ines@example.org',
	send: { name: 'email', write: email },
};

/** A switch of a list filter with several allowed values at the vendor, of which one is wanted. */
export function flagFilter(name: string, displayName: string, vendorName: string, description: string): Field {
	return {
		displayName,
		name,
		type: 'boolean',
		default: true,
		description,
		send: { name: vendorName, write: trueFalse },
	};
}

/** How long an operation waits for a job of the tenant before it gives the job back as it is. */
export const waitLimit: Field = {
	displayName: 'Wait at Most (Minutes)',
	name: 'waitMinutes',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 720, numberPrecision: 2 },
	default: 10,
	description: 'How long to follow the job; 0 gives the job back at once, to be read later with its Get operation',
	send: { place: 'none', write: decimal({ minimum: 0, maximum: 720 }) },
};

/** Milliseconds of the wait limit as the user gave it. */
export function waitMilliseconds(values: FieldValues): number {
	const minutes = values.waitMinutes ?? waitLimit.default;
	return Number(minutes) * 60_000;
}

/** The end user of a running call or chat. */
export const sessionEndUser: Field[] = [
	textField('identifier', 'Identifier', 'identifier', {
		required: true,
		placeholder: 'e.g. crm-000481',
		description: 'Your own unique identifier of the verified person',
	}),
];

/** What else can be set for the end user of a running call or chat. */
export const sessionEndUserDetails: Field[] = [
	emailField,
	textField('name', 'Name', 'name'),
	phoneField('phone', 'Phone', 'phone', { description: 'Ignored when the session already holds a number' }),
];

/** Flags that agents see beside a call or chat. */
export const customerFlags: Field[] = [
	customerFlag('badActor', 'Bad Actor', 'bad_actor', 'Whether agents are warned of this customer'),
	customerFlag('repeatCustomer', 'Repeat Customer', 'repeat_customers', 'Whether the customer has been here before'),
	customerFlag('verifiedCustomer', 'Verified Customer', 'verified_customer', 'Whether the identity of the customer is known'),
];

/** Custom data of a running call or chat, plain or as a signed token. */
export const customData: Field[] = [
	{
		displayName: 'Send As',
		name: 'form',
		type: 'options',
		default: 'fields',
		options: [
			{ name: 'Fields', value: 'fields', description: 'Name and value of each field, unsigned' },
			{ name: 'JSON', value: 'json', description: 'All fields as one JSON object, unsigned' },
			{ name: 'Signed Token', value: 'signed', description: 'A token signed with the secret of your company' },
		],
		send: { name: 'signed', write: (value) => value === 'signed' },
	},
	{
		displayName: 'Fields',
		name: 'dataFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		required: true,
		default: {},
		placeholder: 'Add Field',
		displayOptions: { show: { form: ['fields'] } },
		description:
			'The names reserved_verified_customer, reserved_bad_actor and reserved_repeat_customer set the customer flags',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Label',
						name: 'label',
						type: 'string',
						default: '',
						description: 'What the agent reads beside the value',
					},
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. order_number' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
		send: { name: 'data', write: writeDataFields },
		sample: { field: [{ name: 'Order_number', label: 'Order', value: 'SO-10021' }] },
	},
	{
		displayName: 'JSON',
		name: 'dataJson',
		type: 'json',
		required: true,
		default: '{}',
		displayOptions: { show: { form: ['json'] } },
		description: 'An object of fields, each with a value and, if wanted, a label',
		send: { name: 'data', write: json(z.record(z.object({ value: z.unknown() }).passthrough())) },
		sample: '{"order_number": {"label": "Order", "value": "SO-10021"}}',
	},
	{
		displayName: 'Signed Token',
		name: 'signedData',
		type: 'string',
		required: true,
		default: '',
		displayOptions: { show: { form: ['signed'] } },
		description:
			'Made with the JWT node: algorithm HS256, the secret of your company, and the claims custom_data, iat and exp',
		send: { name: 'signed_data', write: token },
		sample: 'eyJhbGciOiJIUzI1NiJ9.eyJjdXN0b21fZGF0YSI6e319.c2lnbmF0dXJl',
	},
];

function customerFlag(name: string, displayName: string, vendorName: string, description: string): Field {
	return { displayName, name, type: 'boolean', default: true, description, send: { name: vendorName, write: trueFalse } };
}

/** Turns the rows of the field collection into the vendor's object of fields. */
function writeDataFields(value: unknown): unknown {
	const rows = ((value as { field?: unknown } | null)?.field ?? []) as Array<Record<string, unknown>>;
	const named = rows.filter(({ name }) => typeof name === 'string' && name.trim() !== '');
	if (named.length === 0) throw new InvalidValue('at least one field with a name');
	return Object.fromEntries(
		named.map(({ name, label, value: content }) => [
			String(name).trim(),
			{ ...(label === undefined || label === '' ? {} : { label }), value: content ?? '' },
		]),
	);
}

function token(value: unknown): unknown {
	if (typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value.trim())) return value.trim();
	throw new InvalidValue('a signed token of three parts with points between them');
}
