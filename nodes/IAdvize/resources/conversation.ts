import type { IDataObject } from 'n8n-workflow';

import type { Field, Resource, RowContext } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import { pathId } from '../../shared/editor/fields';
import { numericIdentifier } from '../../shared/input/values';
import {
	withoutStartNote,
	filterBy,
	fromFilter,
	idsOnly,
	longPeriodNote,
	operatorFilter,
	replacedBy,
	skillFilter,
	toFilter,
	websiteFilter,
	wholeRows,
	operatorChannels,
} from '../fields';
import { parseHistory } from '../formats/history';

const simpleKeys = [
	'id',
	'channel',
	'created_at',
	'closed_at',
	'website_id',
	'operator_id',
	'visitor_uid',
	'operator_answer',
	'tag_list',
	'messages',
	'history',
];

const rawHistory: Field = {
	displayName: 'Raw History',
	name: 'rawHistory',
	type: 'boolean',
	default: false,
	description: "Whether to include the vendor's own history lines along with the readable messages",
	send: { place: 'none' },
};

const numericFilter = (displayName: string, name: string, vendorName: string, example: number): Field => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${example}`,
	send: { name: `filters[${vendorName}]`, write: numericIdentifier },
});

/** Asks for the well formed history. */
const wellFormed = { formatHistory: 0 };

/** Adds the history as readable messages; the raw lines stay on request. */
function readable(row: IDataObject, values: FieldValues, context: RowContext): IDataObject {
	const messages = parseHistory(row.history, context);
	if (messages === undefined) return row;
	const { history, ...rest } = row;
	return values.rawHistory === true ? { ...rest, messages, history } : { ...rest, messages };
}

const replacement = replacedBy('the conversation and searchClosedConversations queries');

/** Conversations with their history. */
export const conversation: Resource = {
	value: 'conversation',
	name: 'Conversation',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get conversation',
			description: 'Retrieve one conversation with its messages',
			deprecated: replacement,
			method: 'GET',
			path: '/conversation.json-unicode/{conversationId}',
			retryClass: 'read',
			constants: { query: wellFormed },
			transform: readable,
			simplify: simpleKeys,
			fields: [pathId('conversationId', 'Conversation', 901234)],
			optional: { name: 'options', fields: [rawHistory] },
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many conversations',
			description: 'Retrieve conversations with their messages, newest first; without a period, those of the last three months',
			deprecated: replacement,
			method: 'GET',
			path: '/conversation.json-unicode',
			retryClass: 'read',
			constants: { query: { ...wholeRows.query, ...wellFormed } },
			answer: { kind: 'many' },
			transform: readable,
			simplify: simpleKeys,
			// The vendor refuses more than three months at once.
			period: { from: 'from', to: 'to', months: 3 },
			fields: [idsOnly, rawHistory],
			optional: {
				name: 'filters',
				fields: [
					{
						displayName: 'Channel',
						name: 'channel',
						type: 'options',
						default: 'chat',
						options: operatorChannels,
						send: { name: 'filters[channel]' },
					},
					{ ...fromFilter, description: `${fromFilter.description} ${longPeriodNote(3)}` },
					operatorFilter,
					// Where version 1 of the node had it.
					{ ...rawHistory, displayOptions: { show: { '@version': [1] } } },
					numericFilter('Rule ID', 'ruleId', 'rule_id', 4402),
					skillFilter,
					filterBy({ displayName: 'Tag', name: 'tagId', list: 'tag', placeholder: 'e.g. 31' }, 'tag_id'),
					{ ...toFilter, description: `${toFilter.description}. ${withoutStartNote('the three months')}` },
					numericFilter('Visitor ID', 'visitorId', 'visitor_id', 560),
					websiteFilter,
				],
			},
		},
	],
};
