import { randomBytes } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

type FileStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** A file to be sent: its content at once or as a stream of known size. */
export interface SizedFile {
	content: Buffer | FileStream;
	/** Bytes of the content. */
	size: number;
	fileName: string;
	mimeType: string;
}

/** A multipart form with one file, ready to be sent. */
export interface MultipartStream {
	body: Buffer | NodeJS.ReadableStream;
	headers: { 'Content-Type': string; 'Content-Length': string };
}

/**
 * Writes a multipart form without holding the file in memory. The file comes last, as signed uploads want it, and the length is
 * known beforehand, because storage services take no form of unknown length.
 * @param fields names and values before the file, in this order
 * @param file what goes under the name `file`
 */
export function multipartStream(fields: Record<string, string>, file: SizedFile): MultipartStream {
	const boundary = `form-${randomBytes(18).toString('hex')}`;
	const head = Buffer.from(headOf(boundary, fields, file), 'utf8');
	const tail = Buffer.from(`\r\n--${boundary}--\r\n`, 'utf8');
	const headers = {
		'Content-Type': `multipart/form-data; boundary=${boundary}`,
		'Content-Length': String(head.length + file.size + tail.length),
	};
	const { content } = file;
	if (Buffer.isBuffer(content)) return { body: Buffer.concat([head, content, tail]), headers };
	const body = content.compose<NodeJS.ReadableStream>(async function* (chunks: AsyncIterable<Uint8Array>) {
		yield head;
		yield* chunks;
		yield tail;
	});
	return { body, headers };
}

function headOf(boundary: string, fields: Record<string, string>, file: SizedFile): string {
	const parts = Object.entries(fields).map(
		([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
	);
	const disposition = `Content-Disposition: form-data; name="file"; filename="${quoted(file.fileName)}"`;
	const type = `Content-Type: ${file.mimeType.replace(/[\r\n]/g, '')}`;
	return `${parts.join('')}--${boundary}\r\n${disposition}\r\n${type}\r\n\r\n`;
}

/** A name as browsers write it into a form, so that it cannot end its quotes or its line. */
function quoted(name: string): string {
	return name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
}
