import type { Field, Resource } from '../../shared/definition/operation';
import { multiPicker } from '../../shared/editor/fields';
import { email, identifier, instant, listOf, text, yesNo } from '../../shared/input/values';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { chooseAgent, chooseContact, chooseDepartment, messageText, recipientField, ticketId } from '../fields';
import { channels, conversationStatuses, codeOptions } from '../formats/codeLabels';
import { conditionOn, countFilters, listFilters, takingWords, timeCondition3 } from '../formats/conditions';
import { shownAs } from '../formats/recordFormat';
import { customFields3, textField3, tags3 } from '../formats/version3Fields';
import {
	messageGroupRecord,
	recordAnswer3,
	listAnswer3,
	slaHistoryRecord,
	ticketHistoryRecord,
	ticketRecord,
} from '../formats/version3Records';

const statuses = codeOptions(conversationStatuses, [...'ABCNPRTWX']);

/** The vendor's switch is the other way round, and on unless told otherwise. */
const withoutYes: ValueWriter = (value, context) => ({ Y: 'N', N: 'Y' })[String(yesNo(value, context))];

const joined = listOf(text(), { separator: ',' });

const statusFilter3: Field = {
	displayName: 'Statuses',
	name: 'statuses',
	type: 'multiOptions',
	default: [],
	options: codeOptions(conversationStatuses),
	send: conditionOn('status', 'IN', joined),
};

const departmentFilter3: Field = multiPicker({
	displayName: 'Department Names or IDs',
	name: 'departments',
	list: 'department',
	send: conditionOn('departmentid', 'IN', joined),
});

const tagFilter: Field = multiPicker({
	displayName: 'Tag Names or IDs',
	name: 'tags',
	list: 'tag',
	description:
		'Only tickets with at least one of these tags. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	send: conditionOn('tags', 'CY', joined),
});

/** Filters of the trigger too. */
export const ticketFilters: Record<'statuses' | 'departments' | 'tags', Field> = {
	statuses: statusFilter3,
	departments: departmentFilter3,
	tags: tagFilter,
};

const filters: Field[] = [
	chooseAgent({ displayName: 'Agent', name: 'agentId', send: conditionOn('agentid', 'IN', identifier) }),
	{
		displayName: 'Channels',
		name: 'channels',
		type: 'multiOptions',
		default: [],
		options: codeOptions(channels),
		send: conditionOn('channel_type', 'IN', joined),
	},
	timeCondition3('Changed From', 'changedFrom', 'date_changed', 'D>='),
	timeCondition3('Changed To', 'changedTo', 'date_changed', 'D<='),
	chooseContact({
		displayName: 'Contact',
		name: 'contactId',
		description: 'The contact who owns the ticket; LiveAgent cannot filter by email, so find the contact first',
		send: conditionOn('owner_contactid', 'E', identifier),
	}),
	timeCondition3('Created From', 'createdFrom', 'date_created', 'D>='),
	timeCondition3('Created To', 'createdTo', 'date_created', 'D<='),
	departmentFilter3,
	textField3('Search Text', 'search', '', 'late parcel', {
		description: 'Searches requester, subject, messages and custom fields',
		send: conditionOn('search', 'L', text()),
	}),
	statusFilter3,
	textField3('Subject', 'subject', '', 'late parcel', {
		description: 'A part of the subject',
		send: conditionOn('subject', 'E', text()),
	}),
	tagFilter,
];

/** The fields of a ticket that hold letters. */
const codes = ticketRecord.codes ?? {};

const attribute: Field = textField3('Attribute', 'attributeName', '', 'note', {
	required: true,
	default: 'note',
	description: 'Name of the attribute; use note for the note beside the ticket',
	send: { place: 'path', write: identifier },
});

/** Tickets over API version 3. */
export const ticket: Resource = {
	value: 'ticket',
	name: 'Ticket',
	description: 'Find, create and change tickets; to answer one, use Conversation: Add Message',
	operations: [
		{
			value: 'count',
			name: 'Count',
			action: 'Count tickets',
			description: 'Count the tickets that match filters',
			method: 'GET',
			path: '/v3/grid/tickets/count',
			retryClass: 'read',
			optional: takingWords(codes, countFilters(...filters)),
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create ticket',
			description: 'Open a ticket; LiveAgent emails the message to the recipient unless told otherwise',
			method: 'POST',
			path: '/v3/tickets',
			retryClass: 'once',
			mapAutomatically: true,
			answer: recordAnswer3,
			...shownAs(ticketRecord),
			fields: [
				chooseDepartment({
					displayName: 'Department',
					name: 'departmentId',
					required: true,
					send: { name: 'departmentid' },
				}),
				textField3('Sender', 'from', 'useridentifier', 'omar@example.org', {
					required: true,
					description:
						'Email or ID of the contact or agent who opens the ticket. For a message from a customer, the contact; for a message to a customer, the agent.',
				}),
				recipientField('Email address that receives the message'),
				textField3('Subject', 'subject', 'subject', 'Late parcel', { required: true }),
				messageText,
			],
			optional: {
				name: 'additionalFields',
				fields: [
					textField3('Attachment IDs', 'attachments', 'attachments', 'f71k2m90', {
						description: 'IDs returned by File: Upload, separated by commas',
						send: { write: listOf(identifier, { separator: ',' }) },
					}),
					textField3('BCC', 'bcc', 'blind_carbon_copies', 'mia@example.org', {
						description: 'Email addresses of hidden recipients, separated by commas',
						send: { name: 'blind_carbon_copies', write: listOf(email, { separator: ',' }) },
					}),
					textField3('CC', 'cc', 'carbon_copies', 'jo@example.org', {
						description: 'Email addresses of further recipients, separated by commas',
						send: { name: 'carbon_copies', write: listOf(email, { separator: ',' }) },
					}),
					customFields3,
					letterSwitch('Do Not Send Mail', 'doNotSendMail', 'do_not_send_mail', 'Whether to prevent LiveAgent from emailing the message'),
					letterSwitch('Is HTML', 'isHtml', 'is_html_message', 'Whether the message is HTML'),
					textField3('Mail Message ID', 'mailMessageId', 'mail_message_id', '<parcel-17@shop.example.com>', {
						description: 'Message ID of an email; later replies to it join this ticket',
					}),
					textField3('Recipient Name', 'recipientName', 'recipient_name', 'Nina Park'),
					{
						displayName: 'Status',
						name: 'status',
						type: 'options',
						default: 'N',
						options: statuses,
					},
					tags3,
					letterSwitch(
						'Without Template',
						'withoutTemplate',
						'use_template',
						'Whether to email the message without the department\'s template',
						withoutYes,
					),
				],
			},
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete ticket',
			description: 'Mark a ticket as deleted',
			method: 'DELETE',
			path: '/v3/tickets/{ticketId}',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [ticketId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get ticket',
			description: 'Retrieve one ticket with its tags and custom fields',
			method: 'GET',
			path: '/v3/tickets/{ticketId}',
			retryClass: 'read',
			answer: recordAnswer3,
			givesSecrets: true,
			...shownAs(ticketRecord),
			fields: [ticketId],
		},
		{
			value: 'getAttribute',
			name: 'Get Attribute',
			action: 'Get attribute of ticket',
			description: 'Retrieve one attribute of a ticket, such as its note',
			method: 'GET',
			path: '/v3/tickets/{ticketId}/attributes/{attributeName}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [ticketId, attribute],
		},
		{
			value: 'getHistory',
			name: 'Get History',
			action: 'Get history of ticket',
			description: 'Retrieve the history of a ticket\'s status, department and agent',
			method: 'GET',
			path: '/v3/tickets/{ticketId}/history',
			retryClass: 'read',
			answer: listAnswer3,
			paging: 'none',
			...shownAs(ticketHistoryRecord),
			fields: [ticketId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many tickets',
			description: 'Retrieve tickets by status, tag, department, contact, time or text',
			method: 'GET',
			path: '/v3/tickets',
			retryClass: 'read',
			answer: listAnswer3,
			givesSecrets: true,
			...shownAs(ticketRecord),
			optional: takingWords(codes, listFilters(...filters)),
		},
		{
			value: 'getMessages',
			name: 'Get Messages',
			action: 'Get messages of ticket',
			description: 'Retrieve the groups of messages of a ticket, one item for each group',
			method: 'GET',
			path: '/v3/tickets/{ticketId}/messages',
			retryClass: 'read',
			answer: listAnswer3,
			...shownAs(messageGroupRecord),
			fields: [ticketId],
			optional: listFilters({
				displayName: 'Include Quoted Messages',
				name: 'includeQuotedMessages',
				type: 'boolean',
				default: false,
				description: 'Whether to include the text that a message quotes',
				send: { write: String },
			}),
		},
		{
			value: 'getSla',
			name: 'Get SLA',
			action: 'Get SLA of ticket',
			description: 'Retrieve the service level of a ticket and when the next answer is due',
			method: 'GET',
			path: '/v3/tickets/{ticketId}/sla',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [ticketId],
		},
		{
			value: 'getSlaHistory',
			name: 'Get SLA History',
			action: 'Get SLA history of ticket',
			description: 'Retrieve the service level records of a ticket',
			method: 'GET',
			path: '/v3/slas/{ticketId}/history',
			retryClass: 'read',
			...shownAs(slaHistoryRecord),
			fields: [ticketId],
		},
		{
			value: 'postpone',
			name: 'Postpone',
			action: 'Postpone ticket',
			description: 'Postpone a ticket until a date',
			method: 'PUT',
			path: '/v3/tickets/{ticketId}/postpone',
			retryClass: 'idempotent',
			answer: { kind: 'done' },
			fields: [
				ticketId,
				{
					displayName: 'Postpone Until',
					name: 'until',
					type: 'dateTime',
					required: true,
					default: '',
					description: 'Times without a time zone use the workflow\'s time zone',
					send: {
						name: 'date_time',
						write: instant({ format: 'yyyy-MM-dd HH:mm:ss', zone: 'utc', past: 'refused' }),
					},
				},
			],
		},
		{
			value: 'setAttribute',
			name: 'Set Attribute',
			action: 'Set attribute of ticket',
			description: 'Write one attribute of a ticket, such as its note',
			method: 'PUT',
			path: '/v3/tickets/{ticketId}/attributes/{attributeName}',
			retryClass: 'idempotent',
			bodyFormat: 'form',
			answer: { kind: 'done' },
			fields: [
				ticketId,
				attribute,
				textField3('Attribute Value', 'value', 'value', 'Call back on Monday', { required: true, typeOptions: { rows: 3 } }),
			],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update ticket',
			description: 'Change status, department, agent, contact, subject, tags or custom fields of a ticket',
			method: 'PUT',
			path: '/v3/tickets/{ticketId}',
			retryClass: 'idempotent',
			mapAutomatically: true,
			answer: recordAnswer3,
			...shownAs(ticketRecord),
			fields: [ticketId],
			atLeastOne: 'optional',
			optional: {
				name: 'updateFields',
				fields: [
					chooseAgent({ displayName: 'Agent', name: 'agentId', send: { name: 'agentid' } }),
					chooseContact({ displayName: 'Contact', name: 'contactId', send: { name: 'owner_contactid' } }),
					customFields3,
					chooseDepartment({ displayName: 'Department', name: 'departmentId', send: { name: 'departmentid' } }),
					{ displayName: 'Status', name: 'status', type: 'options', default: 'R', options: statuses },
					textField3('Subject', 'subject', 'subject', 'Late parcel'),
					{
						...tags3,
						description:
							'All tags the ticket should have; any other tags are removed. To add or remove a single tag, use Conversation: Add Tag or Remove Tag.',
					},
				],
			},
		},
	],
};

function letterSwitch(displayName: string, name: string, vendorName: string, description: string, write = yesNo): Field {
	return { displayName, name, type: 'boolean', default: false, description, send: { name: vendorName, write } };
}
