import type { Field, Operation, Resource } from '../../shared/definition/operation';
import { inputFile } from '../../shared/editor/fields';
import { identifier } from '../../shared/input/values';
import { runEach, runWithPreflight } from '../../shared/run/job';
import { appsApi, chatId } from '../fields';
import { checkFile, downloadFiles, uploadFile } from '../jobs/chatFiles';
import type { ChatFileKind } from '../jobs/chatFiles';

/** What photos and videos of chats differ in. */
export interface ChatFileResource extends ChatFileKind {
	/** Internal value of the resource. */
	value: 'chatPhoto' | 'chatVideo';
	/** Places of uploaded files in the storage, as Register takes them. */
	storageKeys: Field;
	/** What else Register and Upload can say about a file. */
	details?: Field[];
}

/** Photos or videos of chats: uploaded through a signed address, then registered; read from the same storage. */
export function chatFileResource(kind: ChatFileResource): Resource {
	const { value, word, format, maximumMegabytes, storageKeys, details } = kind;
	const optional = details === undefined ? {} : { optional: { name: 'additionalFields' as const, fields: details } };
	const plural = `${word}s`;
	const path = `${appsApi}/chats/{chatId}/${plural}`;
	const createAddress: Operation = {
		value: 'createUploadAddress',
		name: 'Create Upload Address',
		action: `Create upload address for chat ${word}`,
		description: `Get an address to which another program can upload one ${word} within five minutes; Upload does it all in one step`,
		method: 'POST',
		path: `${path}/upload`,
		retryClass: 'idempotent',
		fields: [chatId],
	};
	const list: Operation = {
		value: 'getMany',
		name: 'Get Many',
		action: `Get many chat ${plural}`,
		description: `Retrieve the media IDs and storage addresses of the ${plural} of a chat`,
		method: 'GET',
		path,
		retryClass: 'read',
		source: 'inferred',
		answer: { kind: 'many' },
		paging: 'none',
		rowId: (row) => (row.media_id === undefined ? undefined : String(row.media_id)),
		fields: [chatId],
	};
	return {
		value,
		name: `Chat ${word === 'photo' ? 'Photo' : 'Video'}`,
		operations: [
			createAddress,
			{
				value: 'download',
				name: 'Download',
				action: `Download chat ${word}`,
				description: `Get ${plural} of a chat as files`,
				method: 'GET',
				path,
				retryClass: 'read',
				source: 'inferred',
				answer: { kind: 'binary' },
				fields: [
					chatId,
					{
						displayName: 'Media ID',
						name: 'mediaId',
						type: 'string',
						default: '',
						placeholder: 'e.g. 8841',
						description: `Leave empty to download every ${word} of the chat`,
						send: { place: 'none', write: identifier },
					},
				],
				run: async (run, items) => await runEach(run, items, async (item) => await downloadFiles(run, item, kind, list)),
			},
			list,
			{
				value: 'register',
				name: 'Register',
				action: `Register chat ${word}`,
				description:
					'Attach a file uploaded to an address from Create Upload Address; returns the media ID for Send Message',
				method: 'POST',
				path,
				retryClass: 'once',
				fields: [chatId, storageKeys],
				...optional,
			},
			{
				value: 'upload',
				isWholeJob: true,
				name: 'Upload',
				action: `Upload chat ${word}`,
				description: `Upload a ${word} and attach it to a chat; returns the media ID for Send Message of the chat`,
				method: 'POST',
				path,
				retryClass: 'once',
				alsoCalls: [`POST ${createAddress.path}`],
				fields: [chatId, inputFile(`a ${format} file of at most ${maximumMegabytes} MB`, word)],
				...optional,
				run: async (run, items) =>
					await runWithPreflight(
						run,
						items,
						async (item) => await checkFile(run, item, kind),
						async (item) => await uploadFile(run, item, kind, createAddress),
					),
			},
		],
	};
}
