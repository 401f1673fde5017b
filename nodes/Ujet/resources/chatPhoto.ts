import type { Resource } from '../../shared/definition/operation';
import { listOf, text } from '../../shared/input/values';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { chatFiles } from '../jobs/chatFiles';

const writeKeys = listOf(text());

const photo = (storageKey: string) => ({ s3_path: storageKey, photo_type: 'photo' });

/** Writes storage keys as the photos that they stand for. */
const photosOf: ValueWriter = (value, context) => (writeKeys(value, context) as string[] | undefined)?.map(photo);

/** Photos of chats. */
export const chatPhoto: Resource = chatFiles({
	value: 'chatPhoto',
	word: 'photo',
	mimeType: 'image/jpeg',
	format: 'JPEG',
	mostMegabytes: 2,
	storageKeys: {
		displayName: 'Storage Keys',
		name: 'storageKeys',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. uploads/55120/1.jpg',
		description: 'The key of the upload address; several separated by commas',
		send: { name: 'photo', write: photosOf },
	},
	registration: (storageKey) => ({ photo: [photo(storageKey)] }),
});
