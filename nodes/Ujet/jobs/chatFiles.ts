import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Answer } from '../../shared/definition/answer';
import type { Field, Operation, Resource, OperationRun } from '../../shared/definition/operation';
import type { RunItem } from '../../shared/definition/outcome';
import { noValues } from '../../shared/definition/request';
import type { FieldValues } from '../../shared/definition/request';
import { identifier } from '../../shared/input/values';
import { describeFile, downloadFromStorage, failureOf, fileItem, inputError, openFile, rowsOf, runEach, runWithPreflight, sendRequest, showRows, uploadToStorage } from '../../shared/run/job';
import type { SignedForm } from '../../shared/run/job';
import { apps, chatId } from '../fields';
import { inputFile } from '../formats/inputFileField';

/** What photos and videos of chats differ in. */
export interface ChatFileKind {
	/** Internal value of the resource. */
	value: 'chatPhoto' | 'chatVideo';
	/** In lower case. */
	word: 'photo' | 'video';
	/** The one type that UJET takes, and what people call it. */
	mimeType: string;
	format: string;
	mostMegabytes: number;
	/** Places of uploaded files in the storage, as Register takes them. */
	storageKeys: Field;
	/** The same for one file that was just uploaded; gets the values of the item. */
	registration: (storageKey: string, values: FieldValues) => IDataObject;
	/** What else Register and Upload can say about a file. */
	details?: Field[];
}

const megabyte = 1_048_576;

/** Photos or videos of chats: uploaded through a signed address, then registered; read from the same storage. */
export function chatFiles(kind: ChatFileKind): Resource {
	const { value, word, format, mostMegabytes, storageKeys, details } = kind;
	const optional = details === undefined ? {} : { optional: { name: 'additionalFields' as const, fields: details } };
	const plural = `${word}s`;
	const path = `${apps}/chats/{chatId}/${plural}`;
	const createAddress: Operation = {
		value: 'createUploadAddress',
		name: 'Create Upload Address',
		action: `Create upload address for chat ${word}`,
		description: `Get an address to which another program can upload one ${word} within five minutes; Upload does it all at once`,
		method: 'POST',
		path: `${path}/upload`,
		retryClass: 'idempotent',
		fields: [chatId],
	};
	const list: Operation = {
		value: 'getMany',
		name: 'Get Many',
		action: `Get many chat ${plural}`,
		description: `Retrieve media ID and storage address of the ${plural} of a chat`,
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
				run: async (run, items) => await runEach(run, items, async (item) => await download(run, item, kind, list)),
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
				fields: [chatId, inputFile(`a ${format} file of at most ${mostMegabytes} MB`, word)],
				...optional,
				run: async (run, items) =>
					await runWithPreflight(
						run,
						items,
						async (item) => await checkFile(run, item, kind),
						async (item) => await upload(run, item, kind, createAddress),
					),
			},
		],
	};
}

async function checkFile(
	run: OperationRun,
	item: RunItem,
	{ format, mimeType, mostMegabytes }: ChatFileKind,
): Promise<void> {
	const file = await describeFile(run, item, fieldOf(item));
	if (file.mimeType === mimeType && file.size <= mostMegabytes * megabyte) return;
	const given = `it is ${file.mimeType} of ${(file.size / megabyte).toFixed(1)} MB`;
	const expected = `the field of a ${format} file (${mimeType}) of at most ${mostMegabytes} MB; ${given}`;
	throw inputError(run, 'Input Data Field Name', expected, item.index);
}

async function upload(
	run: OperationRun,
	item: RunItem,
	kind: ChatFileKind,
	createAddress: Operation,
): Promise<INodeExecutionData[]> {
	let storageKey = '';
	await uploadToStorage(run, item.index, async () => {
		const form = signedForm(run, item, await sendStep(run, item, createAddress));
		storageKey = form.fields.key;
		const file = await openFile(run, item, fieldOf(item));
		return { form, file: { ...file, mimeType: kind.mimeType } };
	});
	const body = kind.registration(storageKey, item.values);
	const answer = await sendRequest(run, run.operation, item.placed, item.index, { body });
	const registered = rowsOf(run, run.operation, answer);
	const rows = (registered.length === 0 ? [{ success: true }] : registered).map((row) => ({ ...row, storage_key: storageKey }));
	return showRows(run, rows, item);
}

async function download(
	run: OperationRun,
	item: RunItem,
	kind: ChatFileKind,
	list: Operation,
): Promise<INodeExecutionData[]> {
	const { mediaId } = item.values;
	const all = rowsOf(run, list, await sendStep(run, item, list));
	const wanted = mediaId === undefined ? all : all.filter((row) => String(row.media_id) === String(mediaId).trim());
	if (wanted.length === 0 && mediaId !== undefined) {
		throw failureOf(run, {
			message: `The chat has no ${kind.word} with the media ID ${String(mediaId)}`,
			advice: `Get Many lists the ${kind.word}s of the chat.`,
			code: '404',
			itemIndex: item.index,
		});
	}
	const files: INodeExecutionData[] = [];
	for (const row of wanted) {
		const url = String(row.url);
		const result = await downloadFromStorage(run, item.index, url);
		const file = await fileItem(run, item, named(result, url, kind));
		files.push({ ...file, json: { media_id: row.media_id, ...file.json } });
	}
	return files;
}

/** Storage services often know neither name nor type of what they keep. */
function named(answer: Omit<Answer, 'isJson'>, url: string, { mimeType }: ChatFileKind): Answer {
	const { 'content-type': type, 'content-disposition': disposition } = answer.headers;
	const fileName = new URL(url).pathname.split('/').at(-1);
	const headers = {
		...answer.headers,
		'content-type': type === undefined || /octet-stream/.test(type) ? mimeType : type,
		'content-disposition': disposition ?? `attachment; filename="${fileName}"`,
	};
	return { ...answer, headers, isJson: false };
}

/** Sends another operation of the resource for the same chat. */
async function sendStep(run: OperationRun, item: RunItem, operation: Operation): Promise<Answer> {
	const placed = { ...noValues(), path: item.placed.path };
	return await sendRequest(run, operation, placed, item.index);
}

function signedForm(run: OperationRun, item: RunItem, answer: Answer): SignedForm {
	const { url, fields } = (answer.body ?? {}) as { url?: unknown; fields?: IDataObject };
	if (typeof url === 'string' && typeof fields?.key === 'string') {
		const texts = Object.entries(fields).map(([name, value]) => [name, String(value)]);
		return { url, fields: Object.fromEntries(texts) as Record<string, string> };
	}
	throw failureOf(run, {
		message: 'UJET returned no address to upload the file to',
		advice: 'Ask the administrator whether files in chats are switched on.',
		itemIndex: item.index,
	});
}

function fieldOf(item: RunItem): string {
	return String(item.values.binaryField);
}
