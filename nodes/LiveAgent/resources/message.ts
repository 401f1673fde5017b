import type { Field, Resource } from '../../shared/definition/operation';
import { integer, numericIdentifier } from '../../shared/input/values';
import { idField } from '../fields';
import { messageRecord3, recordAnswer3, shownAs3 } from '../formats/version3Records';

const messageId = idField('Message ID', 'messageId', '8471', { send: { write: numericIdentifier } });

const characters = (displayName: string, name: string, vendorName: string): Field => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	send: { name: vendorName, write: integer({ minimum: 0 }) },
});

/** Single messages. */
export const message: Resource = {
	value: 'message',
	name: 'Message',
	description: 'Single messages; Ticket: Get Messages reads those of a ticket',
	operations: [
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete message',
			description: 'Delete one message of a ticket',
			method: 'DELETE',
			path: '/v3/messages/{messageId}',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [messageId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get message',
			description: 'Retrieve one old message; newer ones are in Ticket: Get Messages',
			method: 'GET',
			path: '/v3/messages/{messageId}',
			retryClass: 'read',
			answer: recordAnswer3,
			...shownAs3(messageRecord3),
			fields: [messageId],
			optional: {
				name: 'options',
				fields: [
					characters('First Character', 'firstCharacter', 'subString_Start'),
					characters('Number of Characters', 'numberOfCharacters', 'subString_Length'),
				],
			},
		},
	],
};
