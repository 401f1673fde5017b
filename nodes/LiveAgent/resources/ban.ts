import type { Field, Resource } from '../../shared/definition/operation';
import { instant, numericIdentifier, text } from '../../shared/input/values';
import { chooseContact, idField } from '../fields';
import { listFilters } from '../formats/conditions';
import { textField3 } from '../formats/version3Fields';
import { banRecord, recordAnswer3, listAnswer3, shownAs3 } from '../formats/version3Records';

const banId = idField('Ban ID', 'banId', '17', { send: { write: numericIdentifier } });

const content: Field[] = [
	chooseContact({ displayName: 'Contact', name: 'contactId', send: { name: 'contact_id' } }),
	textField3('Conversation ID', 'conversationId', 'conversation_id', 'cv83kd02', { description: 'Bans the chat' }),
	textField3('First IP Address', 'startIp', 'start_ip', '203.0.113.0'),
	textField3('Last IP Address', 'endIp', 'end_ip', '203.0.113.255'),
	textField3('Reason', 'reason', 'reason', 'Spam'),
	{
		displayName: 'Banned Until',
		name: 'until',
		type: 'dateTime',
		default: '',
		description: 'Times without a time zone use the workflow\'s time zone',
		send: { name: 'date_valid', write: instant({ format: 'yyyy-MM-dd HH:mm:ss', zone: 'utc' }) },
	},
];

/** Bans of addresses, contacts and chats. */
export const ban: Resource = {
	value: 'ban',
	name: 'Ban',
	description: 'Banned addresses, contacts and chats',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create ban',
			description: 'Ban a range of addresses, a contact or a chat',
			method: 'POST',
			path: '/v3/bans',
			retryClass: 'once',
			answer: recordAnswer3,
			...shownAs3(banRecord),
			atLeastOne: ['contactId', 'conversationId', 'startIp'],
			optional: { name: 'additionalFields', fields: content },
		},
		{
			value: 'excludeIp',
			name: 'Exclude IP Address',
			action: 'Exclude IP address from bans',
			description: 'Exclude one IP address from all banned ranges',
			method: 'PUT',
			path: '/v3/bans/_exclude',
			retryClass: 'idempotent',
			answer: { kind: 'done' },
			fields: [
				textField3('IP Address', 'ipAddress', '', '203.0.113.7', { required: true, send: { place: 'query', write: text() } }),
			],
		},
		{
			value: 'expire',
			name: 'Expire',
			action: 'Expire ban',
			description: 'End a ban now',
			method: 'POST',
			path: '/v3/bans/{banId}/_expire',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			...shownAs3(banRecord),
			fields: [banId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get ban',
			description: 'Retrieve one ban',
			method: 'GET',
			path: '/v3/bans/{banId}',
			retryClass: 'read',
			answer: recordAnswer3,
			...shownAs3(banRecord),
			fields: [banId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many bans',
			description: 'Retrieve bans',
			method: 'GET',
			path: '/v3/bans',
			retryClass: 'read',
			answer: listAnswer3,
			...shownAs3(banRecord),
			optional: listFilters(),
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update ban',
			description: 'Change a ban',
			method: 'PUT',
			path: '/v3/bans/{banId}',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			...shownAs3(banRecord),
			fields: [banId],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: content },
		},
	],
};
