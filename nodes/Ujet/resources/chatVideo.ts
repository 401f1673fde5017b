import type { Resource } from '../../shared/definition/operation';
import { text } from '../../shared/input/values';
import { chatFileResource } from './chatFileResource';

/** Videos of chats. */
export const chatVideo: Resource = chatFileResource({
	value: 'chatVideo',
	word: 'video',
	mimeType: 'video/mp4',
	format: 'MP4',
	maximumMegabytes: 20,
	storageKeys: {
		displayName: 'Storage Key',
		name: 'storageKey',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. uploads/55120/1.mp4',
		description: 'The key of the upload address',
		send: { name: 'video.s3_path', write: text() },
	},
	registration: (storageKey) => ({ video: { s3_path: storageKey } }),
});
