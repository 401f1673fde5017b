import type { Resource } from '../../shared/definition/operation';
import { defaultCountryCodeField, locator } from '../../shared/editor/fields';
import { email, identifier, listOf, notOwnNumber, numericIdentifier, oneOf, text } from '../../shared/input/values';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { agentList, appsApi, phoneField, textField, writePhones } from '../fields';

const chatTypes = [
	{ name: 'Messaging (API)', value: 'Messaging (API)' },
	{ name: 'Messaging (SMS)', value: 'Messaging (SMS)' },
	{ name: 'SMS (Former Spelling)', value: 'SMS' },
];

/** One text or several; a comma in a text does not end it. */
const writeMessages: ValueWriter = (value, context) => listOf(text())(Array.isArray(value) ? value : [value], context);

const supportNumberNotice =
	'The support_number of a call is your contact center\'s number, not the caller\'s. UJET does not provide the caller\'s number: look it up in your CRM, by end_user.identifier or the ticket of the call.';

/** Text messages to customers. */
export const sms: Resource = {
	value: 'sms',
	name: 'SMS',
	operations: [
		{
			value: 'send',
			name: 'Send',
			action: 'Send SMS (opens a chat)',
			description: 'Send a text message to a customer and open a chat, so that a reply reaches an agent',
			notice: supportNumberNotice,
			method: 'POST',
			path: `${appsApi}/sms`,
			retryClass: 'once',
			mapAutomatically: true,
			check: notOwnNumber('endUserNumber', 'outboundNumber'),
			constants: { body: { chat_type: 'Messaging (SMS)' } },
			simplify: [
				'id',
				'status',
				'chat_type',
				'created_at',
				'outbound_number',
				'out_ticket_id',
				'fail_reason',
				'agent_info.id',
				'end_user.id',
				'selected_menu.name',
			],
			fields: [
				phoneField('endUserNumber', 'Customer Number', 'end_user_number', { required: true }),
				phoneField('outboundNumber', 'Outbound Number', 'outbound_number', {
					required: true,
					placeholder: 'e.g. +16285550117',
					description: 'A number of your tenant that can send texts',
				}),
				textField('message', 'Message', 'message', {
					required: true,
					typeOptions: { rows: 3 },
					description: 'UJET splits long text into several messages',
				}),
			],
			optional: {
				name: 'additionalFields',
				fields: [
					locator({
						...agentList,
						description: 'Agent who gets the new chat right away',
						send: { name: 'agentId', write: numericIdentifier },
					}),
					{
						displayName: 'Agent Email',
						name: 'agentEmail',
						type: 'string',
						default: '',
						placeholder: 'e.g. mara@example.org',
						description: 'Email of the agent who gets the new chat right away, instead of the ID',
						send: { name: 'agentEmail', write: email },
					},
					{
						displayName: 'Chat Type',
						name: 'chatType',
						type: 'options',
						default: 'Messaging (SMS)',
						description: 'Only needed when your tenant refuses the usual type',
						options: chatTypes,
						send: { name: 'chat_type', write: oneOf(chatTypes.map(({ value }) => value)) },
					},
					defaultCountryCodeField,
					textField('ticketId', 'Ticket ID', 'ticket_id', {
						placeholder: 'e.g. 71450',
						description: 'CRM ticket to link',
						send: { name: 'ticket_id', write: identifier },
					}),
				],
			},
		},
		{
			value: 'sendSessionless',
			name: 'Send Without Session',
			action: 'Send SMS without session (one way)',
			description: 'Send one or more text messages to one or more customers, one way: no chat is opened and replies reach no agent',
			notice: supportNumberNotice,
			method: 'POST',
			path: `${appsApi}/sessionless_sms`,
			retryClass: 'once',
			source: 'inferred',
			answer: { kind: 'done' },
			check: notOwnNumber('toPhones', 'fromPhone'),
			fields: [
				phoneField('fromPhone', 'From Number', 'from_phone', {
					required: true,
					placeholder: 'e.g. +16285550117',
					description: 'A number of your tenant that can send texts',
				}),
				{
					displayName: 'To Numbers',
					name: 'toPhones',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. +14155550142, +14155550143',
					description: 'One or more numbers with country code, separated by commas',
					send: { name: 'to_phones', write: writePhones },
				},
				{
					displayName: 'Messages',
					name: 'messages',
					type: 'string',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Message' },
					required: true,
					default: [],
					description: 'Messages that every customer receives, in this order',
					send: { name: 'messages', write: writeMessages },
					sample: ['Your appointment is tomorrow at 10:00.'],
				},
			],
			optional: { name: 'options', fields: [defaultCountryCodeField] },
		},
	],
};
