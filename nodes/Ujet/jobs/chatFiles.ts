import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Answer } from '../../shared/definition/answer';
import type { Operation, OperationRun } from '../../shared/definition/operation';
import type { RunItem } from '../../shared/definition/outcome';
import { noValues } from '../../shared/definition/request';
import type { FieldValues } from '../../shared/definition/request';
import { describeFile, downloadFromStorage, failureOf, fileItem, inputError, openFile, rowsOf, sendRequest, showRows, uploadToStorage } from '../../shared/run/job';
import type { SignedForm } from '../../shared/run/job';

/** What photos and videos of chats differ in when they are sent. */
export interface ChatFileKind {
	/** In lower case. */
	word: 'photo' | 'video';
	/** The one type that UJET takes, and what people call it. */
	mimeType: string;
	format: string;
	maximumMegabytes: number;
	/** The body that registers one uploaded file; gets the values of the item. */
	registration: (storageKey: string, values: FieldValues) => IDataObject;
}

const megabyte = 1_048_576;

/** Refuses what is no file of the kind, or too large, before anything is sent. */
export async function checkFile(
	run: OperationRun,
	item: RunItem,
	{ format, mimeType, maximumMegabytes }: ChatFileKind,
): Promise<void> {
	const file = await describeFile(run, item, fieldOf(item));
	if (file.mimeType === mimeType && file.size <= maximumMegabytes * megabyte) return;
	const given = `it is ${file.mimeType} of ${(file.size / megabyte).toFixed(1)} MB`;
	const expected = `the field of a ${format} file (${mimeType}) of at most ${maximumMegabytes} MB; ${given}`;
	throw inputError(run, 'Input Data Field Name', expected, item.index);
}

/**
 * Uploads the file of an item through a signed address and registers it.
 * @param createAddress the operation that returns the address
 */
export async function uploadFile(
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

/**
 * Downloads the chosen file of a chat, or all of them.
 * @param list the operation that returns where they are stored
 */
export async function downloadFiles(
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
