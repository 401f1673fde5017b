import type { Bulk, Field, Operation, Resource } from '../../shared/definition/operation';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { defaultCountryCodeField, locator } from '../../shared/editor/fields';
import { decimal, email, identifier, instant, listOf, notOwnNumber, numericIdentifier, oneOf, timeZoneName } from '../../shared/input/values';
import {
	appsApi,
	callId,
	choicesFilter,
	flagFilter,
	idsFilter,
	language,
	managerApi,
	menuList,
	period,
	phoneField,
	range,
	ofRating,
	inSeconds,
	idsFromList,
	sorting,
	textField,
	textsFilter,
} from '../fields';
import { callStatuses, callTypes } from '../formats/codes';
import { isObject, jobAddress } from '../formats/jobAddress';
import { createCalls } from '../jobs/createCall';
import { sessionOperations } from './sessionOperations';

const simpleCall = [
	'id',
	'status',
	'call_type',
	'created_at',
	'ends_at',
	'call_duration',
	'fail_reason',
	'selected_menu.name',
	'agent_info.id',
	'end_user.id',
];

/** What a new call is reduced to; one that waits for its agent has the first two keys and hardly any of the others. */
const simpleCreated = [
	'pending',
	'message',
	'id',
	'status',
	'call_type',
	'end_user_number',
	'scheduled_at',
	'out_ticket_id',
	'selected_menu.name',
	'agent_info.id',
	'end_user.id',
];

const failReasons = [
	{ name: 'Agent Canceled', value: 'ag_canceled' },
	{ name: 'Agent Has No Microphone', value: 'ag_mic_no_device' },
	{ name: 'Agent Ignored', value: 'ag_ignored' },
	{ name: 'Agent Microphone Denied', value: 'ag_mic_denied' },
	{ name: 'Customer Abandoned', value: 'eu_abandoned' },
	{ name: 'Customer Abandoned in Menu', value: 'eu_in_menu_abandoned' },
	{ name: 'Customer Busy', value: 'eu_busy' },
	{ name: 'Customer Canceled', value: 'eu_canceled' },
	{ name: 'Customer Did Not Answer', value: 'eu_no_answer' },
	{ name: 'Customer Not Notified', value: 'eu_noti_failed' },
	{ name: 'Customer Rejected', value: 'eu_rejected' },
	{ name: 'Expired', value: 'expired' },
	{ name: 'None', value: 'nothing' },
	{ name: 'Provider Connection', value: 'voip_conn_general' },
	{ name: 'Provider Invalid Token', value: 'voip_invalid_token' },
	{ name: 'Provider Signal', value: 'voip_conn_signal' },
	{ name: 'Provider Timeout', value: 'voip_conn_timeout' },
	{ name: 'Provider Tokbox', value: 'voip_tokbox_error' },
	{ name: 'Provider Twilio', value: 'voip_twilio_error' },
	{ name: 'Unknown', value: 'unknown' },
	{ name: 'Wrong Number', value: 'eu_wrong_number' },
];

const permissions = [
	{ name: 'Denied', value: 'recording_permission_denied', description: 'The customer refused' },
	{ name: 'Granted', value: 'recording_permission_granted', description: 'The customer agreed' },
	{ name: 'Not Asked', value: 'recording_permission_not_asked', description: 'The customer has not been asked yet' },
];

const recordingPermission: Field = {
	displayName: 'Recording Permission',
	name: 'recordingPermission',
	type: 'options',
	default: 'recording_permission_not_asked',
	description: 'Only used when the menu asks the caller for consent',
	options: permissions,
	send: { name: 'recording_permission', write: oneOf(permissions.map(({ value }) => value)) },
};

const ticketId: Field = textField('ticketId', 'Ticket ID', 'ticket_id', {
	placeholder: 'e.g. 71450',
	description: 'CRM ticket whose contact is called',
	hint: 'UJET calls the number in the ticket, not the customer number above',
	send: { name: 'ticket_id', write: identifier },
});

/** In the place of a customer number; together they are refused, because the number would not be the one that is called. */
const ticketInstead: Field = {
	...ticketId,
	description: 'CRM ticket whose contact is called, in place of a customer number',
	hint: undefined,
	sample: '',
};

const refuseOwnNumber = notOwnNumber('endUserNumber', 'outboundNumber');

/** One of number and ticket decides who is called. */
const checkCustomer: Operation['check'] = (values) =>
	values.endUserNumber !== undefined && values.ticketId !== undefined
		? { field: 'endUserNumber', expected: 'either a customer number or a ticket ID: with a ticket, UJET calls the number of the ticket' }
		: refuseOwnNumber(values);

const minute = 60_000;

/** Writes minutes from now as a time. */
const writeMinutesFromNow: ValueWriter = (value, context) => {
	const minutes = decimal({ minimum: 1, maximum: 525_600 })(value, context) as number | undefined;
	return minutes === undefined ? undefined : new Date(context.now + minutes * minute).toISOString();
};

/** When a scheduled call is placed: at a time, or after some minutes. */
const scheduleFields: Field[] = [
	{
		displayName: 'Schedule By',
		name: 'scheduleBy',
		type: 'options',
		default: 'time',
		options: [
			{ name: 'Minutes From Now', value: 'minutes' },
			{ name: 'Time', value: 'time' },
		],
		description: 'How to specify when the customer is called',
		send: { place: 'none', write: oneOf(['minutes', 'time']) },
		sample: 'time',
	},
	{
		displayName: 'Minutes From Now',
		name: 'minutesFromNow',
		type: 'number',
		typeOptions: { minValue: 1 },
		required: true,
		default: 15,
		displayOptions: { show: { scheduleBy: ['minutes'] } },
		description: 'How long after this node runs to call the customer',
		neverMapped: true,
		send: { name: 'scheduled_at', write: writeMinutesFromNow },
	},
	{
		displayName: 'Scheduled At',
		name: 'scheduledAt',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { scheduleBy: ['time'] } },
		description:
			'A time in the future with its offset from UTC, such as 2030-03-05T09:30:00+01:00, or without offset and with a time zone beside it',
		send: {
			name: 'scheduled_at',
			write: instant({ format: 'isoMilliseconds', past: 'refused', zoneRequired: true, zoneFrom: 'timeZone' }),
		},
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Europe/Berlin',
		displayOptions: { show: { scheduleBy: ['time'] } },
		description: 'Time zone of Scheduled At; not needed when the time has an offset',
		send: { place: 'none', write: timeZoneName },
	},
];

const customerNumber: Field = phoneField('endUserNumber', 'Customer Number', 'end_user_number');

const callerNumber: Field = phoneField('outboundNumber', 'Outbound Number', 'outbound_number', {
	placeholder: 'e.g. +16285550117',
	description: 'The number that the customer sees, one of your tenant\'s numbers; the tenant\'s default number if left out',
});

/** The answer to a dial request: a call, or an echo or nothing while the agent still has to choose a caller ID. */
function readCreated(body: unknown): unknown {
	const call = typeof body === 'object' && body !== null ? (body as { id?: unknown }) : {};
	if (call.id !== undefined) return call;
	return {
		...call,
		pending: true,
		message: 'Not dialed yet: the agent must choose the caller ID in the adapter to place this call',
	};
}

/** What all three ways to create a call have in common. */
function create(operation: Pick<Operation, 'value' | 'name' | 'action' | 'description' | 'fields' | 'optional'> & Partial<Operation>, callType: string): Operation {
	return {
		method: 'POST',
		path: `${appsApi}/calls`,
		retryClass: 'once',
		mapAutomatically: true,
		constants: { body: { call_type: callType } },
		answer: { kind: 'one', read: readCreated },
		simplify: simpleCreated,
		run: createCalls,
		...operation,
	};
}

const agentEmail: Field = locator({
	displayName: 'Agent',
	name: 'agentEmail',
	list: 'agentEmail',
	placeholder: 'e.g. mara@example.org',
	required: true,
	description: 'Who talks to the customer: signed in, available and allowed to dial. By ID expects the email address.',
	send: { name: 'agent_email', write: (value, context) => email(identifier(value, context), context) },
});

/** Adds a person outside the tenant to a call that an agent already takes. */
const dialThirdParty: Operation = {
	value: 'dialThirdParty',
	name: 'Dial Third Party',
	action: 'Dial third party into call',
	description: 'Call another phone number and add it to a call that an agent is on',
	method: 'PUT',
	path: `${appsApi}/calls/add/{callId}/dial`,
	retryClass: 'once',
	source: 'public-doc',
	mapAutomatically: true,
	answer: { kind: 'done' },
	check: notOwnNumber('phoneNumber', 'outboundNumber'),
	fields: [
		callId,
		{ ...agentEmail, description: 'Who is on the call now. By ID expects the email address.' },
		phoneField('phoneNumber', 'Phone Number', 'phone_number', { required: true }),
	],
	optional: { name: 'additionalFields', fields: [defaultCountryCodeField, callerNumber] },
};

/** UJET documents no bound. */
const maximumCancelled = 500;

/** The answer has no body that is documented; the address of the progress stands in a header. */
const cancelling: Bulk = {
	maximum: maximumCancelled,
	split: ({ call_ids: ids }) => ({ records: ids as number[], rest: {} }),
	join: (ids) => ({ call_ids: [...new Set(ids as number[])] }),
	outcomes: (answer, ids, _rest, headers) =>
		ids.map((id) => ({
			json: {
				...(isObject(answer) ? answer : {}),
				call_id: id as number,
				...jobAddress(headers),
				pending: true,
				message: 'UJET cancels the call in the background; Get tells its status',
			},
		})),
};

/** Calls: placed, queued and scheduled through the Apps API, read through the Manager API. */
export const call: Resource = {
	value: 'call',
	name: 'Call',
	operations: [
		{
			value: 'cancelManyScheduled',
			name: 'Cancel Many Scheduled',
			action: 'Cancel many scheduled calls',
			description: 'Cancel the scheduled calls of all input items in one request; UJET carries it out in the background',
			method: 'PATCH',
			path: `${appsApi}/calls/scheduled/cancel`,
			retryClass: 'idempotent',
			source: 'public-doc',
			bulk: cancelling,
			fields: [
				{
					displayName: 'Call IDs',
					name: 'callIds',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. 88412, 88413',
					description: 'One or more scheduled calls, separated by commas',
					send: { name: 'call_ids', write: listOf(numericIdentifier) },
				},
			],
		},
		{
			value: 'cancelScheduled',
			name: 'Cancel Scheduled',
			action: 'Cancel scheduled call (callback)',
			description: 'Cancel one call that is scheduled for later',
			method: 'PATCH',
			path: `${appsApi}/calls/scheduled/{callId}/cancel`,
			retryClass: 'idempotent',
			source: 'public-doc',
			answer: { kind: 'done' },
			fields: [callId],
		},
		create(
			{
				value: 'createInbound',
				name: 'Create Inbound',
				action: 'Create inbound call (call a customer into a queue)',
				description: "Ring a customer's phone now and put the customer into a queue, as if the customer had called",
				check: refuseOwnNumber,
				fields: [
					locator({
						...menuList,
						list: 'inboundMenu',
						required: true,
						description: 'An IVR or web menu (queue)',
						send: { name: 'menu_id', write: numericIdentifier },
					}),
					{ ...customerNumber, required: true },
				],
				optional: {
					name: 'additionalFields',
					fields: [defaultCountryCodeField, language, callerNumber, recordingPermission, ticketId],
				},
			},
			'Voice Inbound (API)',
		),
		create(
			{
				value: 'createOutbound',
				name: 'Create Outbound',
				action: 'Create outbound call (have an agent dial a customer)',
				description: 'Have an agent call a customer, by phone number or via the contact of a CRM ticket',
				fields: [agentEmail, customerNumber, ticketInstead],
				atLeastOne: ['endUserNumber', 'ticketId'],
				check: checkCustomer,
				optional: {
					name: 'additionalFields',
					fields: [
						defaultCountryCodeField,
						language,
						locator({
							...menuList,
							description: 'Menu (queue) whose settings apply instead of the global settings',
							send: { name: 'menu_id', write: numericIdentifier },
						}),
						callerNumber,
					],
				},
			},
			'Voice Outbound (API)',
		),
		create(
			{
				value: 'createScheduled',
				name: 'Create Scheduled',
				action: 'Schedule call (book a callback)',
				description: 'Schedule a callback for a later time',
				fields: [
					{ ...customerNumber, required: true },
					...scheduleFields,
					locator({
						...menuList,
						list: 'scheduledMenu',
						description: 'A mobile or web menu (queue); can be left out when an earlier call is given',
						send: { name: 'menu_id', write: numericIdentifier },
					}),
				],
				atLeastOne: ['menuId', 'callId'],
				optional: {
					name: 'additionalFields',
					fields: [
						defaultCountryCodeField,
						{
							displayName: 'Earlier Call ID',
							name: 'callId',
							type: 'string',
							default: '',
							placeholder: 'e.g. 88412',
							description: 'Call that becomes the parent of the new one; its menu is used when no menu is given',
							send: { name: 'call_id', write: numericIdentifier },
						},
						language,
						recordingPermission,
						ticketId,
					],
				},
			},
			'Voice Scheduled (API)',
		),
		dialThirdParty,
		{
			value: 'get',
			name: 'Get',
			action: 'Get call',
			description: 'Retrieve one call',
			method: 'GET',
			path: `${managerApi}/calls/{callId}`,
			retryClass: 'read',
			source: 'inferred',
			fallback: { path: `${managerApi}/calls`, query: { 'id[]': '{callId}' }, answerPath: '' },
			simplify: simpleCall,
			fields: [callId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many calls',
			description: 'Retrieve calls',
			method: 'GET',
			path: `${managerApi}/calls`,
			retryClass: 'read',
			answer: { kind: 'many' },
			simplify: simpleCall,
			optional: {
				name: 'filters',
				fields: [
					idsFromList('Agent Names or IDs', 'agentIds', 'agent', 'agent_id[]'),
					...period('assigned', 'Assigned', 'assigned_at'),
					...range('callDuration', 'Call Duration', 'call_duration', inSeconds),
					choicesFilter('callTypes', 'Call Types', 'call_type[]', callTypes),
					...period('connected', 'Connected', 'connected_at'),
					...period('created', 'Created', 'created_at'),
					idsFilter('endUserIds', 'End User IDs', 'end_user_id[]'),
					...period('ended', 'Ended', 'ends_at'),
					choicesFilter('failReasons', 'Fail Reasons', 'call_fail_reason[]', failReasons),
					...range('holdDuration', 'Hold Duration', 'hold_duration', inSeconds),
					idsFilter('ids', 'Call IDs', 'id[]'),
					...period('queued', 'Queued', 'queued_at'),
					...range('rating', 'Rating', 'rating', ofRating),
					...period('scheduled', 'Scheduled', 'scheduled_at'),
					...sorting([
						{ name: 'Created', value: 'created_at' },
						{ name: 'Duration', value: 'call_duration' },
						{ name: 'ID', value: 'id' },
						{ name: 'Updated', value: 'updated_at' },
					]),
					choicesFilter('statuses', 'Statuses', 'call_status[]', callStatuses),
					textsFilter('supportNumbers', 'Support Numbers', 'support_number[]', '+15125550100'),
					...period('updated', 'Updated', 'updated_at'),
					flagFilter('verified', 'Customer Verified', 'verified[]', 'Whether the customer was verified'),
				],
			},
		},
		...sessionOperations('call', callId, 'seed'),
	],
};
