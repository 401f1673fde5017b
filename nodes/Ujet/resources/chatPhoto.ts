import type { Field, Resource } from '../../shared/definition/operation';
import { listOf, text } from '../../shared/input/values';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { chatFileResource } from './chatFileResource';

const writeKeys = listOf(text());

const defaultType = 'photo';

/** Its value stands beside each storage key, so it is written with them. */
const photoType: Field = {
	displayName: 'Photo Type',
	name: 'photoType',
	type: 'string',
	default: defaultType,
	description: `Kind of the photos; the UJET reference shows only "${defaultType}"`,
	send: { place: 'none', write: text() },
	sample: defaultType,
};

const photo = (storageKey: string, type: unknown) => ({ s3_path: storageKey, photo_type: String(type || defaultType).trim() });

/** Writes storage keys as the photos that they stand for. */
const photosOf: ValueWriter = (value, context) =>
	(writeKeys(value, context) as string[] | undefined)?.map((key) => photo(key, context.values?.photoType));

/** Photos of chats. */
export const chatPhoto: Resource = chatFileResource({
	value: 'chatPhoto',
	word: 'photo',
	mimeType: 'image/jpeg',
	format: 'JPEG',
	maximumMegabytes: 2,
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
	details: [photoType],
	registration: (storageKey, values) => ({ photo: [photo(storageKey, values.photoType)] }),
});
