import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Answer } from '../definition/answer';
import { inputError } from '../input/inputError';
import type { OperationRun } from '../definition/operation';
import type { SizedFile } from '../http/multipartStream';
import type { RunItem } from '../definition/outcome';
import type { FilePart } from '../definition/request';

/** Puts a streamed file answer into an item, as the binary field of the given name. */
export async function fileToItem(
	{ helpers }: IExecuteFunctions,
	field: string,
	answer: Answer,
): Promise<INodeExecutionData> {
	const mimeType = answer.headers['content-type']?.split(';')[0];
	const name = fileNameOf(answer.headers['content-disposition']);
	const file = await helpers.prepareBinaryData(answer.body as Parameters<typeof helpers.prepareBinaryData>[0], name, mimeType);
	return {
		json: { fileName: file.fileName ?? name ?? field, mimeType: file.mimeType, fileSize: file.fileSize ?? null },
		binary: { [field]: file },
	};
}

/**
 * Reads a binary field of the input item as a part of a multipart body.
 * @throws NodeOperationError when the item has no such field
 */
export async function readFile(run: OperationRun, item: RunItem, fieldName: string): Promise<FilePart> {
	const file = fileOf(run, item, fieldName);
	const content = await run.context.helpers.getBinaryDataBuffer(item.index, fieldName);
	return { content, fileName: file.fileName ?? fieldName, mimeType: file.mimeType };
}

/**
 * Looks at a binary field of the input item without reading it.
 * @returns size in bytes, name and type
 * @throws NodeOperationError when the item has no such field
 */
export async function describeFile(run: OperationRun, item: RunItem, fieldName: string) {
	const { id, data, fileName = fieldName, mimeType } = fileOf(run, item, fieldName);
	if (id === undefined) return { size: Buffer.byteLength(data, 'base64'), fileName, mimeType };
	const { fileSize } = await run.context.helpers.getBinaryMetadata(id);
	return { size: fileSize, fileName, mimeType };
}

/**
 * Opens a binary field of the input item for streaming.
 * @returns the content, its size in bytes, name and type
 */
export async function openFile(run: OperationRun, item: RunItem, fieldName: string): Promise<SizedFile> {
	const about = await describeFile(run, item, fieldName);
	const { helpers } = run.context;
	const { id } = fileOf(run, item, fieldName);
	const content =
		id === undefined ? await helpers.getBinaryDataBuffer(item.index, fieldName) : await helpers.getBinaryStream(id);
	return { ...about, content };
}

function fileOf(run: OperationRun, item: RunItem, fieldName: string) {
	const file = item.input.binary?.[fieldName];
	if (file !== undefined) return run.context.helpers.assertBinaryData(item.index, fieldName);
	const present = Object.keys(item.input.binary ?? {});
	const expected = `the name of a binary field of the input item; it has ${present.length === 0 ? 'none' : present.join(', ')}`;
	throw inputError(run.context.getNode(), 'Input Data Field Name', expected, item.index);
}

function fileNameOf(disposition: string | undefined): string | undefined {
	const encoded = /filename\*=(?:UTF-8'')?([^;]+)/i.exec(disposition ?? '')?.[1];
	const plain = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1];
	if (encoded === undefined) return plain;
	try {
		return decodeURIComponent(encoded);
	} catch {
		return plain;
	}
}
