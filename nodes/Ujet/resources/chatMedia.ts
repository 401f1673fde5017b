import type { Resource } from '../../shared/definition/operation';
import { identifier } from '../../shared/input/values';
import { appsApi, chatId } from '../fields';

/** Files that agents send in chats. */
export const chatMedia: Resource = {
	value: 'chatMedia',
	name: 'Chat Media',
	description: 'Files that agents send in chats',
	operations: [
		{
			value: 'download',
			name: 'Download',
			action: 'Download chat media',
			description: 'Get a file that an agent sent in a chat',
			method: 'GET',
			path: `${appsApi}/chats/{chatId}/media/{mediaId}`,
			retryClass: 'read',
			source: 'public-doc',
			answer: { kind: 'binary' },
			fields: [
				chatId,
				{
					displayName: 'Media ID',
					name: 'mediaId',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. 8841',
					description: 'From the webhook event message_received of the chat',
					send: { place: 'path', write: identifier },
				},
			],
		},
	],
};
