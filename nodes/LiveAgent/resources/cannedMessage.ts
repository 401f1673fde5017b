import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier } from '../../shared/input/values';
import { usingDepartment } from '../fields';
import { listFilters } from '../formats/conditions';
import { textField3 } from '../formats/version3Fields';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';

const cannedMessageId: Field = locator({
	displayName: 'Canned Message',
	name: 'cannedMessageId',
	list: 'cannedMessage',
	placeholder: 'e.g. cm7d2k90',
	required: true,
	send: { place: 'path', write: identifier },
});

const content: Field[] = [textField3('Message Text', 'text', 'messagetext', 'Good morning, how can I help?', { required: true })];

const optional: Field[] = [usingDepartment, textField3('Keywords', 'keywords', 'keywords', 'hello, greeting')];

/** Short texts that agents send in chats. */
export const cannedMessage: Resource = {
	value: 'cannedMessage',
	name: 'Canned Message',
	description: 'Short texts for chats',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create canned message',
			description: 'Add a canned message',
			method: 'POST',
			path: '/v3/canned_messages',
			retryClass: 'once',
			mapAutomatically: true,
			answer: recordAnswer3,
			fields: [...content],
			optional: { name: 'additionalFields', fields: optional },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete canned message',
			description: 'Remove a canned message',
			method: 'DELETE',
			path: '/v3/canned_messages/{cannedMessageId}',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [cannedMessageId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get canned message',
			description: 'Retrieve one canned message',
			method: 'GET',
			path: '/v3/canned_messages/{cannedMessageId}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [cannedMessageId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many canned messages',
			description: 'Retrieve canned messages',
			method: 'GET',
			path: '/v3/canned_messages',
			retryClass: 'read',
			answer: listAnswer3,
			pickList: { label: (row) => String(row.messagetext ?? ''), value: (row) => String(row.id) },
			optional: listFilters(),
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update canned message',
			description: 'Replace the text of a canned message',
			method: 'PUT',
			path: '/v3/canned_messages/{cannedMessageId}',
			retryClass: 'idempotent',
			mapAutomatically: true,
			answer: recordAnswer3,
			fields: [cannedMessageId, ...content],
			optional: { name: 'updateFields', fields: optional },
		},
	],
};
