import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { email, identifier, listOf, text } from '../../shared/input/values';
import { customFieldsField, deletedFields, requiredCustomFields } from '../formats/customFields';
import {
	actingAgent,
	chooseAgent,
	chooseCustomer,
	chooseDepartment,
	conversationId,
	messageOptions,
	messageText,
	recipientField,
	note,
	noteInAllVersions,
	textField,
	timeField,
} from '../fields';
import { channels, conversationStatuses, codeOptions } from '../formats/codeLabels';
import { messagesOf } from '../formats/messages';
import { changeAnswer, conversationRecord, creationAnswer, messageRecord, listAnswer, shownAs } from '../formats/recordFormat';
import { changedFilter } from '../formats/timeCondition';

/** Status letters that LiveAgent takes; L (closed) only comes in answers. */
export const statusOptions = codeOptions(conversationStatuses, [...'APTXBICRNW']);

/** Channels as a filter. */
const channelFilter: Field = {
	displayName: 'Channels',
	name: 'channels',
	type: 'multiOptions',
	default: [],
	description: 'Only conversations on these channels; older versions of LiveAgent do not support this filter',
	options: codeOptions(channels),
	send: { name: 'channel_type', write: listOf(text(), { separator: ',' }) },
};

/** Statuses as a filter. */
export const statusFilter: Field = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'multiOptions',
	default: [],
	description: 'Only conversations with one of these statuses',
	options: statusOptions,
	send: { name: 'status', write: listOf(text(), { separator: ',' }) },
};

const writer: Field = {
	displayName: 'Sender',
	name: 'from',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. omar@example.org',
	description:
		'Email or user ID of the sender: the customer (for an incoming request) or the agent (for an outgoing message). The user must exist, so register a new customer first.',
	send: { name: 'useridentifier', write: text() },
};

/** A tag by ID or by name. */
const tagFields: Field[] = [
	{
		displayName: 'Identify Tag By',
		name: 'tagBy',
		type: 'options',
		default: 'id',
		options: [
			{ name: 'List or ID', value: 'id' },
			{ name: 'Name', value: 'name' },
		],
		send: { place: 'none' },
	},
	{
		...locator({ displayName: 'Tag', name: 'tagId', list: 'tag', placeholder: 'e.g. t9q1', required: true }),
		displayOptions: { show: { tagBy: ['id'] } },
		send: { name: 'id', write: identifier },
	},
	textField('Tag Name', 'tagName', 'name', {
		required: true,
		placeholder: 'e.g. Priority',
		displayOptions: { show: { tagBy: ['name'] } },
	}),
];

const rangeHelp =
	'LiveAgent\'s reference swaps the two limits; this node uses them correctly';

/** Tickets, chats and calls. */
export const conversation: Resource = {
	value: 'conversation',
	name: 'Conversation',
	description:
		'Answer, tag and transfer conversations; Ticket finds and changes the same ones with a key of version 3',
	operations: [
		{
			value: 'addCustomFields',
			name: 'Add Custom Fields',
			action: 'Add custom fields to conversation',
			description: 'Add custom field values; existing values stay',
			method: 'POST',
			path: '/conversations/{conversationId}/fields',
			// Values are added, so a repeat would add them twice.
			retryClass: 'once',
			answer: changeAnswer,
			fields: [conversationId, requiredCustomFields],
		},
		{
			value: 'addMessage',
			name: 'Add Message',
			action: 'Add message to conversation',
			description: 'Add a message to the customer or an internal note',
			method: 'POST',
			path: '/conversations/{conversationId}/messages',
			retryClass: 'once',
			answer: changeAnswer,
			fields: [
				conversationId,
				{
					displayName: 'Message Type',
					name: 'type',
					type: 'options',
					default: 'N',
					description:
						'Without an agent LiveAgent stores a note whatever the type, so a message needs an agent and a note goes without one',
					options: [
						{ name: 'Message', value: 'M', description: 'Seen by the customer; written by the agent chosen below' },
						{ name: 'Note', value: 'N', description: 'Seen by agents only' },
					],
				},
				chooseAgent({
					displayName: 'Agent',
					name: 'agentId',
					required: true,
					displayOptions: { show: { type: ['M'] } },
					send: { name: 'useridentifier' },
				}),
				messageText,
				chooseAgent({
					displayName: 'Agent',
					name: 'noteAgentId',
					description: 'Who writes the note; the System user if left out',
					displayOptions: { show: { type: ['N'] } },
					send: { name: 'useridentifier' },
				}),
			],
			optional: { name: 'additionalFields', fields: messageOptions },
		},
		{
			value: 'addTag',
			name: 'Add Tag',
			action: 'Add tag to conversation or ticket',
			description: 'Add one tag; a ticket has the same ID as its conversation',
			method: 'POST',
			path: '/conversations/{conversationId}/tags',
			retryClass: 'idempotent',
			answer: changeAnswer,
			fields: [conversationId, ...tagFields],
		},
		{
			value: 'changeStatus',
			name: 'Change Status',
			action: 'Change status of conversation',
			description: 'Set a conversation to answered, open or resolved',
			method: 'PUT',
			path: '/conversations/{conversationId}/status',
			retryClass: 'idempotent',
			answer: changeAnswer,
			fields: [
				conversationId,
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 'R',
					options: codeOptions(conversationStatuses, [...'ARC']),
				},
			],
			optional: { name: 'additionalFields', fields: [actingAgent, note] },
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create conversation',
			description: 'Open a ticket: a request of a customer to you, or a message of an agent to a customer',
			method: 'POST',
			path: '/conversations',
			retryClass: 'once',
			mapAutomatically: true,
			answer: creationAnswer,
			fields: [
				chooseDepartment({
					displayName: 'Department',
					name: 'departmentId',
					required: true,
					send: { name: 'department' },
				}),
				writer,
				recipientField(
					'Email of the recipient: one of your addresses that LiveAgent reads (for a customer request), or the customer (for an agent message)',
				),
				textField('Subject', 'subject', 'subject', { required: true, placeholder: 'e.g. Late parcel' }),
				messageText,
			],
			optional: {
				name: 'additionalFields',
				fields: [
					{
						displayName: 'CC',
						name: 'cc',
						type: 'string',
						default: '',
						placeholder: 'e.g. mia@example.org, jo@example.org',
						description: 'Email addresses of further recipients, separated by commas',
						send: { write: listOf(email, { separator: ',' }) },
					},
					customFieldsField,
					...messageOptions,
					textField('Recipient Name', 'recipientName', 'recipient_name', {
						placeholder: 'e.g. Nina Park',
						description: 'First name, a space, then last name',
					}),
					{
						displayName: 'Status',
						name: 'status',
						type: 'options',
						default: 'N',
						options: statusOptions,
					},
				],
			},
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete conversation',
			description: 'Mark a conversation as deleted',
			method: 'DELETE',
			path: '/conversations/{conversationId}',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [conversationId],
			optional: { name: 'additionalFields', fields: [actingAgent, noteInAllVersions] },
		},
		{
			value: 'deleteCustomFields',
			name: 'Delete Custom Fields',
			action: 'Delete custom fields of conversation',
			description: 'Delete the value of one custom field, or of all of them',
			method: 'DELETE',
			path: '/conversations/{conversationId}/fields',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [conversationId, ...deletedFields],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get conversation',
			description: 'Retrieve one conversation with owner, assigned agent and custom fields',
			method: 'GET',
			path: '/conversations/{conversationId}',
			retryClass: 'read',
			...shownAs(conversationRecord),
			fields: [conversationId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many conversations',
			description:
				'Retrieve conversations of a department or of a customer; to filter by tag, use Ticket with a key of API version 3',
			method: 'GET',
			path: '/conversations',
			retryClass: 'read',
			answer: listAnswer('conversations'),
			paging: { kind: 'offset', offsetParameter: 'offset', sizeParameter: 'limit', size: 1000 },
			rowId: (row) => row.conversationid as string,
			...shownAs(conversationRecord),
			// The reference says so; newer versions may be less strict.
			atLeastOne: ['departmentId', 'ownerId'],
			fields: [
				chooseDepartment({
					displayName: 'Department',
					name: 'departmentId',
					description: "Enter this or 'Owner': LiveAgent lists conversations only by one of them",
					send: { name: 'department' },
				}),
				chooseCustomer({
					displayName: 'Owner',
					name: 'ownerId',
					description: "The customer whose conversations to return. Enter this or 'Department'.",
					send: { name: 'owneridentifier' },
				}),
			],
			optional: {
				name: 'filters',
				fields: [
					changedFilter,
					channelFilter,
					timeField('Created From', 'createdFrom', 'datefrom', `Earliest time of creation; ${rangeHelp}`),
					statusFilter,
					textField('Subject', 'subject', 'subject', {
						placeholder: 'e.g. Late parcel',
						description: 'The whole subject',
					}),
					timeField('Created To', 'createdTo', 'dateto', `Latest time of creation; ${rangeHelp}`),
				],
			},
		},
		{
			value: 'getMessages',
			name: 'Get Messages',
			action: 'Get messages of conversation',
			description: 'Retrieve the messages, notes and events of a conversation, one item each',
			method: 'GET',
			path: '/conversations/{conversationId}/messages',
			retryClass: 'read',
			answer: { kind: 'many', read: messagesOf },
			paging: 'none',
			rowId: (row) => row.messageid as string,
			...shownAs(messageRecord),
			fields: [conversationId],
			optional: {
				name: 'filters',
				fields: [
					timeField('Written From', 'writtenFrom', 'datefrom', `Earliest time of a message; ${rangeHelp}`),
					timeField('Written To', 'writtenTo', 'dateto', `Latest time of a message; ${rangeHelp}`),
				],
			},
		},
		{
			value: 'getTags',
			name: 'Get Tags',
			action: 'Get tags of conversation',
			description: 'Retrieve the tags of a conversation',
			method: 'GET',
			path: '/conversations/{conversationId}/tags',
			retryClass: 'read',
			answer: listAnswer('tags'),
			paging: 'none',
			fields: [conversationId],
		},
		{
			value: 'removeTag',
			name: 'Remove Tag',
			action: 'Remove tag from conversation or ticket',
			description: 'Remove one tag; a ticket has the same ID as its conversation',
			method: 'DELETE',
			path: '/conversations/{conversationId}/tags',
			retryClass: 'idempotent',
			answer: changeAnswer,
			fields: [conversationId, ...tagFields],
		},
		{
			value: 'transfer',
			name: 'Transfer',
			action: 'Transfer conversation',
			description: 'Hand a conversation to another department, another agent, or both',
			method: 'PUT',
			path: '/conversations/{conversationId}/attendants',
			retryClass: 'idempotent',
			answer: changeAnswer,
			atLeastOne: ['departmentId', 'agentId'],
			fields: [
				conversationId,
				chooseDepartment({
					displayName: 'To Department',
					name: 'departmentId',
					description: "Enter this, 'To Agent', or both",
					send: { name: 'department' },
				}),
				chooseAgent({
					displayName: 'To Agent',
					name: 'agentId',
					description: "Enter this, 'To Department', or both",
					send: { name: 'agentidentifier' },
				}),
			],
			optional: { name: 'additionalFields', fields: [actingAgent, noteInAllVersions] },
		},
	],
};
