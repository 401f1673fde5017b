import { z } from 'zod/v3';

import type { Field, Operation, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier, json, numericIdentifier, oneOf, text, trueFalse } from '../../shared/input/values';
import { InvalidValue } from '../../shared/definition/valueWriter';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import {
	appsApi,
	chatId,
	choicesFilter,
	emailField,
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
	writeTime,
} from '../fields';
import { chatStatuses, chatTypes } from '../formats/codes';
import { sessionOperations } from './sessionOperations';

/** What the report of a chat (Manager API) is reduced to. */
const simpleReport = [
	'id',
	'status',
	'chat_type',
	'created_at',
	'ends_at',
	'message_count',
	'fail_reason',
	'selected_menu.name',
	'agent_info.id',
	'end_user.id',
];

/** What a running chat (Apps API) is reduced to. */
const simpleSession = [
	'id',
	'status',
	'status_text',
	'lang',
	'created_at',
	'ends_at',
	'timeout_at',
	'agent.id',
	'virtual_agent.id',
	'end_user.id',
];

const failReasons = [
	{ name: 'Expired', value: 'expired' },
	{ name: 'No Response', value: 'no_response' },
	{ name: 'None', value: 'nothing' },
	{ name: 'Unknown', value: 'unknown' },
];

const messageTypes = [
	{ name: 'Photo', value: 'photo', description: 'A photo that was uploaded to the chat before' },
	{ name: 'Text', value: 'text' },
	{ name: 'Video', value: 'video', description: 'A video that was uploaded to the chat before' },
];

const emailChannel = { name: 'Email', value: 'email', description: 'The customer continues by email' };
const linkChannel = { name: 'External Link', value: 'external_link', description: 'The customer follows a link' };
const humanChannel = {
	name: 'Human Agent',
	value: 'human_agent',
	description: 'The customer keeps waiting for an agent; only when the queue is over capacity',
};

function channel(vendorName: string, options: Array<{ name: string; value: string; description: string }>): Field {
	return {
		displayName: 'Deflection Channel',
		name: 'deflectionChannel',
		type: 'options',
		default: 'email',
		options,
		description: 'How the customer wants to continue',
		send: { name: vendorName, write: oneOf(options.map(({ value }) => value)) },
	};
}

function endUserId(vendorName: string, description: string): Field {
	return {
		displayName: 'End User ID',
		name: 'endUserId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 90312',
		description,
		send: { name: vendorName, write: numericIdentifier },
	};
}

const escalationId: Field = {
	displayName: 'Escalation ID',
	name: 'escalationId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 701',
	description: 'From Escalate, or from the webhook event of the chat',
	send: { name: 'chat.escalation_id', write: numericIdentifier },
};

const closedBy: Field = endUserId('finished_by_user_id', 'The end user who closes the chat');

const contextData = json(z.record(z.unknown()));

const senders = ['end_user', 'virtual_agent'];

/** Turns rows of sender, time and text into the vendor's entries; entries in the vendor's own form stay as they are. */
const writeTranscript: ValueWriter = (value, context) => {
	const rows = Array.isArray(value) ? (value as unknown[]) : ((value as { entry?: unknown[] } | null)?.entry ?? []);
	if (!Array.isArray(rows)) throw new InvalidValue('a list of messages');
	const entries = rows.map((row) => {
		const { sender, time, message, content, ...rest } = (row ?? {}) as Record<string, unknown>;
		if (Array.isArray(content)) return row;
		if (typeof message !== 'string' || message === '') throw new InvalidValue('messages with a text each');
		const timestamp = writeTime(time, context);
		return {
			...rest,
			sender: oneOf(senders)(sender ?? 'end_user', context),
			...(timestamp === undefined ? {} : { timestamp }),
			content: [{ type: 'text', text: message }],
		};
	});
	return entries.length === 0 ? undefined : entries;
};

const transcript: Field = {
	displayName: 'Transcript',
	name: 'transcript',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	default: {},
	placeholder: 'Add Message',
	description: 'The conversation so far, for example with your own bot; shown to the agent',
	options: [
		{
			displayName: 'Message',
			name: 'entry',
			values: [
				{
					displayName: 'Sender',
					name: 'sender',
					type: 'options',
					default: 'end_user',
					options: [
						{ name: 'End User', value: 'end_user' },
						{ name: 'Virtual Agent', value: 'virtual_agent' },
					],
				},
				{ displayName: 'Text', name: 'message', type: 'string', default: '' },
				{ displayName: 'Time', name: 'time', type: 'dateTime', default: '' },
			],
		},
	],
	send: { name: 'chat.transcript', write: writeTranscript },
	sample: { entry: [{ sender: 'virtual_agent', message: 'How can I help?', time: '2026-03-05T09:30:00Z' }] },
};

const writeText = text();

/** The vendor's guide shows the text inside an object, its reference as it is. */
const writeMessage: ValueWriter = (value, context) => {
	const content = writeText(value, context);
	return content === undefined || context.values?.plainContent === true ? content : { text: content };
};

const transcriptList = json(z.array(z.object({}).passthrough()));

const transcriptJson: Field = {
	displayName: 'Transcript (JSON)',
	name: 'transcriptJson',
	type: 'json',
	default: '[]',
	description: 'Instead of Transcript: a list from an earlier node, with the sender, time and message of each entry',
	send: { name: 'chat.transcript', write: (value, context) => writeTranscript(transcriptList(value, context), context) },
	sample: '[{"sender": "end_user", "time": "2026-03-05T09:30:00Z", "message": "Hello"}]',
};

/** What ends a chat. */
const ending: Pick<Operation, 'method' | 'path' | 'retryClass' | 'constants' | 'simplify'> = {
	method: 'PATCH',
	path: `${appsApi}/chats/{chatId}`,
	retryClass: 'idempotent',
	constants: { body: { 'chat.status': 'finished' } },
	simplify: simpleSession,
};

/** Chats: started and led through the Apps API, reported by the Manager API. */
export const chat: Resource = {
	value: 'chat',
	name: 'Chat',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create chat',
			description: 'Start a chat for an end user in a queue',
			method: 'POST',
			path: `${appsApi}/chats`,
			retryClass: 'once',
			mapAutomatically: true,
			simplify: simpleSession,
			fields: [
				locator({
					...menuList,
					required: true,
					description: 'The menu (queue) that the chat enters',
					send: { name: 'chat.menu_id', write: numericIdentifier },
				}),
				{
					...endUserId('chat.end_user_id', 'The ID that End User: Create or Update returns'),
					required: true,
				},
			],
			optional: {
				name: 'additionalFields',
				fields: [
					{
						displayName: 'Virtual Agent Context',
						name: 'context',
						type: 'json',
						default: '{}',
						description: 'A JSON object that the virtual agent of the queue can read as session parameters',
						send: { name: 'chat.context.value', write: contextData },
						sample: '{"topic": "refund"}',
					},
					{ ...emailField, send: { ...emailField.send, name: 'chat.email' } },
					phoneField('endUserPhone', 'End User Phone', 'chat.end_user.phone', {
						description: 'UJET looks the customer up in the CRM by this number',
					}),
					{ ...language, send: { ...language.send, name: 'chat.lang' } },
					transcript,
					transcriptJson,
				],
			},
		},
		{
			...ending,
			value: 'deflect',
			name: 'Deflect',
			action: 'Deflect chat (end it after a failed escalation)',
			description: 'End a chat whose escalation found no agent, through the channel that the customer chose',
			fields: [chatId, escalationId, channel('chat.deflection_channel', [emailChannel, linkChannel])],
			optional: { name: 'additionalFields', fields: [closedBy] },
		},
		{
			value: 'escalate',
			name: 'Escalate',
			action: 'Escalate chat',
			description: 'Hand a chat over from the virtual agent to a human agent',
			method: 'POST',
			path: `${appsApi}/chats/{chatId}/escalations`,
			retryClass: 'once',
			source: 'inferred',
			fields: [chatId],
			optional: {
				name: 'additionalFields',
				fields: [
					{
						displayName: 'Force Escalation',
						name: 'forceEscalate',
						type: 'boolean',
						default: true,
						description: 'Whether to skip the checks that would deflect the customer',
						send: { name: 'force_escalate', write: trueFalse },
					},
					textField('reason', 'Reason', 'reason', { placeholder: 'e.g. Customer asked for a person' }),
				],
			},
		},
		{
			...ending,
			value: 'finish',
			name: 'Finish',
			action: 'Finish chat',
			description: 'End a chat',
			fields: [chatId],
			optional: { name: 'additionalFields', fields: [closedBy] },
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get chat',
			description: 'Retrieve the report of one chat: times, durations, agent, transfers, rating',
			method: 'GET',
			path: `${managerApi}/chats/{chatId}`,
			retryClass: 'read',
			source: 'inferred',
			fallback: { path: `${managerApi}/chats`, query: { 'id[]': '{chatId}' }, answerPath: '' },
			simplify: simpleReport,
			fields: [chatId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many chats',
			description: 'Retrieve the reports of chats, messaging and SMS sessions',
			method: 'GET',
			path: `${managerApi}/chats`,
			retryClass: 'read',
			answer: { kind: 'many' },
			simplify: simpleReport,
			optional: {
				name: 'filters',
				fields: [
					idsFromList('Agent Names or IDs', 'agentIds', 'agent', 'agent_id[]'),
					...period('assigned', 'Assigned', 'assigned_at'),
					...range('averageResponseTime', 'Average Response Time', 'average_response_time', inSeconds),
					...range('chatDuration', 'Chat Duration', 'chat_duration', inSeconds),
					choicesFilter('chatTypes', 'Chat Types', 'chat_type[]', chatTypes),
					...period('created', 'Created', 'created_at'),
					idsFilter('endUserIds', 'End User IDs', 'end_user_id[]'),
					...period('ended', 'Ended', 'ends_at'),
					choicesFilter('failReasons', 'Fail Reasons', 'chat_fail_reason[]', failReasons),
					...period('firstMessage', 'First Message', 'first_msg_sent_at'),
					idsFilter('ids', 'Chat IDs', 'id[]'),
					...period('lastMessage', 'Last Message', 'last_msg_sent_at'),
					...range('longestResponseTime', 'Longest Response Time', 'longest_response_time', inSeconds),
					...range('messageCount', 'Message Count', 'message_count'),
					...range('rating', 'Rating', 'rating', ofRating),
					...sorting([
						{ name: 'Created', value: 'created_at' },
						{ name: 'Duration', value: 'chat_duration' },
						{ name: 'ID', value: 'id' },
						{ name: 'Updated', value: 'updated_at' },
					]),
					choicesFilter('statuses', 'Statuses', 'chat_status[]', chatStatuses),
					...period('updated', 'Updated', 'updated_at'),
					flagFilter('verified', 'Customer Verified', 'verified[]', 'Whether the customer was verified'),
					...range('waitDuration', 'Wait Duration', 'wait_duration', inSeconds),
				],
			},
		},
		{
			value: 'getSession',
			name: 'Get Session',
			action: 'Get session of chat',
			description: 'Retrieve the current state of an ongoing chat: status, human and virtual agents, and when it times out',
			method: 'GET',
			path: `${appsApi}/chats/{chatId}`,
			retryClass: 'read',
			source: 'inferred',
			simplify: simpleSession,
			fields: [chatId],
		},
		{
			value: 'resume',
			name: 'Resume',
			action: 'Resume chat',
			description: 'Reopen a chat that was dismissed because nobody wrote (status dismissed or va_dismissed)',
			method: 'POST',
			path: `${appsApi}/chats/{chatId}/resume`,
			retryClass: 'idempotent',
			source: 'inferred',
			simplify: simpleSession,
			fields: [chatId],
		},
		{
			value: 'sendMessage',
			name: 'Send Message',
			action: 'Send message to chat',
			description: 'Send a message to a chat on behalf of its end user: a text, or a photo or video uploaded before',
			method: 'POST',
			path: `${appsApi}/chats/{chatId}/message`,
			retryClass: 'once',
			answer: { kind: 'done' },
			fields: [
				chatId,
				{ ...endUserId('from_user_id', 'The end user of the chat, by the numeric ID that UJET assigned'), required: true },
				{
					displayName: 'Message Type',
					name: 'messageType',
					type: 'options',
					default: 'text',
					options: messageTypes,
					send: { name: 'message.type', write: oneOf(messageTypes.map(({ value }) => value)) },
					sample: 'text',
				},
				textField('message', 'Message', 'message.content', {
					required: true,
					typeOptions: { rows: 3 },
					placeholder: 'e.g. Hello, I need help with an order.',
					displayOptions: { show: { messageType: ['text'] } },
					send: { name: 'message.content', write: writeMessage },
				}),
				{
					displayName: 'Media ID',
					name: 'mediaId',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. 8841',
					description: 'From Upload or Register of the resource Chat Photo or Chat Video',
					displayOptions: { show: { messageType: ['photo', 'video'] } },
					send: { name: 'message.content.media_id', write: identifier },
				},
			],
			optional: {
				name: 'options',
				fields: [
					{
						displayName: 'Plain Text',
						name: 'plainContent',
						type: 'boolean',
						default: true,
						description:
							'Whether to send the text as it is and not inside an object; only needed when your tenant refuses the usual form',
						send: { place: 'none', write: trueFalse },
					},
				],
			},
		},
		{
			value: 'updateEscalation',
			name: 'Update Escalation',
			action: 'Update escalation of chat',
			description: 'Store how the customer wants to continue after an escalation found no agent',
			method: 'PATCH',
			path: `${appsApi}/chats/{chatId}/escalations/{escalationId}`,
			retryClass: 'idempotent',
			fields: [
				chatId,
				{ ...escalationId, send: { place: 'path', write: numericIdentifier } },
				channel('deflection_channel', [emailChannel, linkChannel, humanChannel]),
			],
		},
		...sessionOperations('chat', chatId, 'inferred'),
	],
};
