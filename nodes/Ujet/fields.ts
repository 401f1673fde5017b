import { z } from 'zod/v3';

import type { Field } from '../shared/definition/operation';
import type { FieldValues } from '../shared/definition/request';
import { defaultCountryCodeField, locator, multiPicker } from '../shared/editor/fields';
import type { LocatorOptions } from '../shared/editor/fields';
import {
	decimal,
	email,
	instant,
	integer,
	json,
	listOf,
	numericIdentifier,
	oneOf,
	phone,
	text,
	trueFalse,
	unwrapLocator,
} from '../shared/input/values';
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
	options: Array<{ name: string; value: string; description?: string }>,
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
			description: 'Times without a time zone use the workflow\'s time zone',
			send: { name: `${vendorName}[from]`, write: writeTime },
		},
		{
			displayName: `${displayName} To`,
			name: `${name}To`,
			type: 'dateTime',
			default: '',
			description: 'Times without a time zone use the workflow\'s time zone',
			send: { name: `${vendorName}[to]`, write: writeTime },
		},
	];
}

/** What the bounds of a range count, for the user to read, and the largest value that the vendor knows. */
export interface RangeUnit {
	description: string;
	minimum?: number;
	maximum?: number;
}

/** Ranges of durations and of ratings. */
export const seconds: RangeUnit = { description: 'In seconds' };
export const rating: RangeUnit = { description: 'From 1, the worst, to 5', minimum: 1, maximum: 5 };

/** Two filters for a range of whole numbers: from and to, both inclusive. */
export function range(name: string, displayName: string, vendorName: string, unit?: RangeUnit): Field[] {
	const { description, minimum = 0, maximum } = unit ?? {};
	const bound = (side: 'From' | 'To'): Field => ({
		displayName: `${displayName} ${side}`,
		name: `${name}${side}`,
		type: 'number',
		typeOptions: { minValue: minimum, ...(maximum === undefined ? {} : { maxValue: maximum }) },
		default: minimum,
		...(description === undefined ? {} : { description }),
		send: { name: `${vendorName}[${side.toLowerCase()}]`, write: integer({ minimum, maximum }) },
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

/** Writes a phone number as E.164; operations that use it get *Default Country Code* beside it. */
export const writePhone = phone();

const writePhoneList = listOf(writePhone);

/** The same for several numbers; one that is typed twice, in whichever form, is written once. */
export const writePhones: ValueWriter = (value, context) => {
	const numbers = writePhoneList(value, context);
	return Array.isArray(numbers) ? [...new Set(numbers as unknown[])] : numbers;
};

/** A telephone number, written as E.164. */
export function phoneField(name: string, displayName: string, vendorName: string, rest: Partial<Field> = {}): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155550142',
		description: 'With country code, or without when a default country code is given; spaces, brackets and dashes do not matter',
		send: { name: vendorName, write: writePhone },
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
	{ name: 'Action Only', value: 'action_only', description: "The customer's own telephony carries the call" },
	{ name: 'Action Only Finished', value: 'action_only_finished', description: "A call on the customer's own telephony ended" },
	{ name: 'Assigned', value: 'assigned', description: 'An agent took the call, but it is not connected yet' },
	{ name: 'Connected', value: 'connected', description: 'Agent and customer are talking' },
	{ name: 'Connecting', value: 'connecting', description: 'The call is being connected to the agent' },
	{ name: 'Deflected', value: 'deflected', description: 'Sent elsewhere because the queue was closed or full, such as to voicemail or a callback' },
	{ name: 'Failed', value: 'failed', description: 'Ended before it was connected; the fail reason says why' },
	{ name: 'Finished', value: 'finished', description: 'Ended after it was connected' },
	{ name: 'Queued', value: 'queued', description: 'Waiting for an agent' },
	{ name: 'Recovered', value: 'recovered', description: 'The callback for a failed call finished without error' },
	{ name: 'Scheduled', value: 'scheduled', description: 'Scheduled for a later time' },
	{ name: 'Selecting', value: 'selecting', description: 'The customer is still in the phone menu' },
	{ name: 'Switching', value: 'switching', description: 'Retrying with another telephony provider' },
	{ name: 'Voicemail', value: 'voicemail', description: 'The customer is leaving a voicemail' },
	{ name: 'Voicemail Read', value: 'voicemail_read', description: 'An agent opened the voicemail' },
	{ name: 'Voicemail Received', value: 'voicemail_received', description: 'There is a voicemail that nobody has listened to' },
];

/** Kinds of chats, as the list of chats filters by them. */
export const chatTypes = [
	{ name: 'App Chat', value: 'Messaging Inbound (App Chat)' },
	{ name: 'SMS', value: 'Messaging (SMS)' },
	{ name: 'Web Chat', value: 'Messaging Inbound (Web Chat)' },
];

/** States of a chat, as the list of chats filters by them. */
export const chatStatuses = [
	{ name: 'Assigned', value: 'assigned', description: 'An agent took the chat' },
	{ name: 'Canceled', value: 'canceled', description: 'The customer left before an agent came' },
	{ name: 'Failed', value: 'failed', description: 'Ended with an error' },
	{ name: 'Finished', value: 'finished', description: 'Ended normally' },
	{ name: 'No Response', value: 'no_response', description: 'Ended because nobody wrote' },
	{ name: 'Queued', value: 'queued', description: 'Waiting for an agent' },
];

/** States of an email session. */
export const emailStatuses = [
	{ name: 'Active', value: 'active' },
	{ name: 'Closed', value: 'closed' },
	{ name: 'Paused', value: 'paused' },
	{ name: 'Reopened', value: 'reopened' },
	{ name: 'Resolved', value: 'resolved' },
	{ name: 'Unopened', value: 'unopened' },
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

/**
 * What the activity log knows: the vendor's filter list, and the three activities that only its table explains.
 * Newer releases add further ones, so the filter takes unknown ones too.
 */
export const activities = [
	{ name: 'Call Offered', value: 'call_notification_offered', description: 'A call was offered to the agent, by any routing method' },
	{ name: 'Call Pick-Up Attempt', value: 'call_pick_up_attempt', description: 'The agent tried to answer a call, however it was offered' },
	{ name: 'Call Picked Up', value: 'call_picked_up', description: 'The agent answered a call, however it was offered' },
	{ name: 'Chat Offered', value: 'chat_notification_offered', description: 'A chat was offered to the agent' },
	{ name: 'Chat Pick-Up Attempt', value: 'chat_pick_up_attempt', description: 'The agent tried to take a chat' },
	{ name: 'Chat Picked Up', value: 'chat_picked_up', description: 'The agent took a chat' },
	{ name: 'Deltacast Call Bounced', value: 'deltacast_call_bounced', description: 'A call offered to one agent at a time was returned to the queue' },
	{ name: 'Deltacast Call Missed', value: 'deltacast_call_missed', description: 'The agent did not answer a call offered to one agent at a time' },
	{ name: 'Deltacast Call Offered', value: 'deltacast_call_notification_offered', description: 'A call was offered to this agent alone' },
	{ name: 'Deltacast Call Pick-Up Attempt', value: 'deltacast_call_pick_up_attempt', description: 'The agent tried to answer a call offered to one agent at a time' },
	{ name: 'Deltacast Call Picked Up', value: 'deltacast_call_picked_up', description: 'The agent answered a call offered to one agent at a time' },
	{ name: 'Deltacast Call Projected', value: 'deltacast_call_projected', description: 'UJET does not document this activity' },
	{ name: 'Login', value: 'login', description: 'The agent signed in or out; the UJET reference swaps the two' },
	{ name: 'Logout', value: 'logout', description: 'The agent signed out or in; the UJET reference swaps the two' },
	{ name: 'Multicast Call Offered', value: 'multicast_call_notification_offered', description: 'A call was offered to all agents of the queue' },
	{ name: 'Multicast Call Pick-Up Attempt', value: 'multicast_call_pick_up_attempt', description: 'The agent tried to answer a call offered to all agents of the queue' },
	{ name: 'Multicast Call Picked Up', value: 'multicast_call_picked_up', description: 'The agent answered a call offered to all agents of the queue' },
	{ name: 'Outbound Dialing', value: 'call_outbound_dialing', description: 'The agent called a customer from the dial pad' },
	{ name: 'Status After Inquiries Applied', value: 'status_after_inquiries_applied', description: 'A status change that waited for open sessions took effect' },
	{ name: 'Status Changed', value: 'user_status_changed', description: 'The agent changed status' },
];

/** A filter by activities, which takes unknown ones by expression. */
export const activityFilter: Field = {
	...choicesFilter('activities', 'Activities', 'activity[]', activities),
	description: 'Use an expression to enter other activities',
	sample: ['login'],
	send: { name: 'activity[]', write: listOf(text()) },
};

/** States of a contact in a campaign; newer releases add further ones. */
export const contactStatuses = [
	{ name: 'Abandoned by Contact', value: 'Abandoned by Contact', description: 'The contact hung up before or within seconds after an agent came on' },
	{ name: 'Abandoned by Dialer', value: 'Abandoned by Dialer', description: 'The dialer gave up on the call' },
	{ name: 'Blocked Phone Number', value: 'Blocked Phone Number', description: 'The number is invalid or blocked abroad' },
	{ name: 'Carrier Error', value: 'Carrier Error', description: 'The carrier reported an error' },
	{ name: 'Connected', value: 'Connected', description: 'An agent is talking to the contact' },
	{ name: 'Dialer General Error', value: 'Dialer General Error', description: 'The dialer failed' },
	{ name: 'Dialing', value: 'Dialing', description: 'The contact is being called now' },
	{ name: 'Do Not Call', value: 'Do Not Call', description: 'The number is on the do-not-call list' },
	{ name: 'Finished', value: 'Finished', description: 'The call is over' },
	{ name: 'Invalid Number', value: 'Invalid Number', description: 'The phone number is not valid' },
	{ name: 'Invalid Outbound Number', value: 'Invalid Outbound Number', description: 'The number to call from is not valid' },
	{ name: 'Not Picked Up', value: 'Not Picked Up', description: 'Nobody answered' },
	{ name: 'Not Reached to Contact', value: 'Not Reached to Contact', description: 'The call did not get through' },
	{ name: 'Queued', value: 'Queued', description: 'The call waits for an agent' },
	{ name: 'Redial Scheduled', value: 'Redial Scheduled', description: 'The dialer will try again later' },
	{ name: 'Skipped', value: 'Skipped', description: 'An agent skipped the contact; another agent can take it' },
	{ name: 'Skipped & Closed', value: 'Skipped & Closed', description: 'An agent skipped the contact for the whole campaign' },
	{ name: 'Transferred', value: 'Transferred', description: 'The call was transferred' },
	{ name: 'Transferred and Finished', value: 'Transferred and Finished', description: 'The call was transferred and is over' },
	{ name: 'Upcoming', value: 'Upcoming', description: 'The contact is called next' },
	{ name: 'Voicemail Hung Up', value: 'Voicemail Hung Up', description: 'The dialer reached a machine' },
];

/** Whether deleted records are included. */
export const withDeleted: Field = {
	displayName: 'Include Deleted',
	name: 'withDeleted',
	type: 'boolean',
	default: false,
	description: 'Whether to include deleted records',
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

/** How long an operation waits for a job of the tenant before it returns the job as it is. */
export const waitLimit: Field = {
	displayName: 'Wait at Most (Minutes)',
	name: 'waitMinutes',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 720, numberPrecision: 2 },
	default: 10,
	description: 'How long to wait for the job to finish; 0 returns the job at once, to be read later with its Get operation',
	send: { place: 'none', write: decimal({ minimum: 0, maximum: 720 }) },
};

/** Milliseconds of the wait limit as the user gave it. */
export function waitMilliseconds(values: FieldValues): number {
	const minutes = values.waitMinutes ?? waitLimit.default;
	return Number(minutes) * 60_000;
}

/** The end user of an ongoing call or chat. */
export const sessionEndUser: Field[] = [
	textField('identifier', 'Identifier', 'identifier', {
		required: true,
		placeholder: 'e.g. crm-000481',
		description: 'Your own unique identifier of the verified person',
	}),
];

/** What else can be set for the end user of an ongoing call or chat. */
export const sessionEndUserDetails: Field[] = [
	defaultCountryCodeField,
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

/** One field of custom data, and all of them by name. */
type DataField = { value: unknown; label?: unknown };
type DataFields = Record<string, DataField> | undefined;

const dataObject = json(z.record(z.object({ value: z.unknown() }).passthrough()));

/** Custom data of an ongoing call or chat, plain or as a signed token. */
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
			'The names reserved_verified_customer, reserved_bad_actor and reserved_repeat_customer set the customer flags; their values are true or false',
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
						description: 'The label that the agent sees next to the value',
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
		description: 'An object of fields, each with a value and an optional label',
		send: { name: 'data', write: (value, context) => withFlags(dataObject(value, context) as DataFields) },
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
			'Created with the JWT node: algorithm HS256, the secret of your company, and the claims custom_data, iat and exp',
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
	const fields = Object.fromEntries(
		named.map(({ name, label, value: content }) => [
			String(name).trim(),
			{ ...(label === undefined || label === '' ? {} : { label }), value: content ?? '' },
		]),
	);
	return withFlags(fields);
}

/** The vendor reads its reserved names only as true or false, never as text. */
function withFlags(fields: DataFields): DataFields {
	const entries = Object.entries(fields ?? {}).map(([name, field]): [string, DataField] =>
		name.startsWith('reserved_') ? [name, { ...field, value: flagOf(name, field.value) }] : [name, field],
	);
	return fields === undefined ? undefined : Object.fromEntries(entries);
}

function flagOf(name: string, value: unknown): boolean {
	const word = String(value).trim().toLowerCase();
	if (word === 'true' || word === 'false') return word === 'true';
	throw new InvalidValue(`true or false as the value of ${name}`);
}

function token(value: unknown): unknown {
	if (typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value.trim())) return value.trim();
	throw new InvalidValue('a signed token of three parts with points between them');
}
