import type { Resource } from '../../shared/definition/operation';
import { countFilters, listFilters } from '../formats/conditions';
import { chatRecord, listAnswer3, shownAs3 } from '../formats/version3Records';

/** Live chats; their texts stand under Conversation. */
export const chat: Resource = {
	value: 'chat',
	name: 'Chat',
	description: 'Live chats',
	operations: [
		{
			value: 'count',
			name: 'Count',
			action: 'Count chats',
			description: 'Count the chats that match filters',
			method: 'GET',
			path: '/v3/grid/chats/count',
			retryClass: 'read',
			optional: countFilters(),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many chats',
			description: 'Retrieve ongoing, ringing, waiting and finished chats',
			method: 'GET',
			path: '/v3/chats',
			retryClass: 'read',
			answer: listAnswer3,
			...shownAs3(chatRecord),
			optional: listFilters(),
		},
	],
};
