import type { Field, Resource } from '../../shared/definition/operation';
import { pathId } from '../../shared/editor/fields';
import { numericIdentifier } from '../../shared/input/values';
import { fromFilter, idsOnly, longPeriodNote, operatorFilter, toFilter, websiteFilter, wholeRows } from '../fields';

const conversationFilter: Field[] = [
	{
		displayName: 'Conversation',
		name: 'conversation',
		type: 'options',
		default: 'any',
		options: [
			{ name: 'One Conversation', value: 'one', description: 'Only purchases of the conversation below' },
			{ name: 'With a Conversation', value: '!null', description: 'Only purchases of visitors who had a conversation' },
			{ name: 'With or Without', value: 'any' },
			{ name: 'Without a Conversation', value: 'null', description: 'Only purchases of visitors who had none' },
		],
		send: {
			name: 'filters[conversation_id]',
			write: (value) => (value === 'null' || value === '!null' ? value : undefined),
		},
	},
	{
		displayName: 'Conversation ID',
		name: 'conversationId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 901234',
		displayOptions: { show: { conversation: ['one'] } },
		send: { name: 'filters[conversation_id]', write: numericIdentifier },
	},
];

/** Purchases of visitors. */
export const transaction: Resource = {
	value: 'transaction',
	name: 'Transaction',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get transaction',
			description: 'Retrieve one purchase',
			method: 'GET',
			path: '/transaction/{transactionId}',
			retryClass: 'read',
			fields: [pathId('transactionId', 'Transaction', 66012)],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many transactions',
			description: 'Retrieve purchases; those of a day can be read from 05:00 of the next day on',
			method: 'GET',
			path: '/transaction',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			// The vendor refuses more than one month at once.
			period: { from: 'from', to: 'to', months: 1 },
			fields: [...conversationFilter, idsOnly],
			optional: {
				name: 'filters',
				fields: [
					{ ...fromFilter, description: `${fromFilter.description} ${longPeriodNote(1)}` },
					operatorFilter,
					toFilter,
					websiteFilter,
				],
			},
		},
	],
};
