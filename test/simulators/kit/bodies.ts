import multipart, { type MultipartFile, type MultipartValue } from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';

import { parseBrackets } from './text';

/** A file of a multipart body. */
export interface UploadedFile {
	fileName: string;
	mimeType: string;
	content: Buffer;
}

/** Tells an uploaded file from a text value of a multipart body. */
export function isUploadedFile(value: unknown): value is UploadedFile {
	return typeof value === 'object' && value !== null && Buffer.isBuffer((value as UploadedFile).content);
}

type Part = MultipartFile | MultipartValue<unknown>;

/**
 * Reads bodies into `request.body`: JSON (an empty body gives undefined, broken JSON status 400), urlencoded with PHP brackets,
 * multipart (text values with PHP brackets, files as `UploadedFile`), anything else as a Buffer.
 */
export function registerBodyParsers(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
		parseJson(String(body), done),
	);
	app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
		done(null, parseBrackets(String(body))),
	);
	app.register(multipart, {
		attachFieldsToBody: true,
		limits: { fileSize: 256 * 1024 * 1024, fieldSize: 64 * 1024 * 1024, fields: 10_000, files: 100 },
	});
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.addHook('preHandler', async (request) => {
		if (request.isMultipart())
			request.body = await readParts(request.body as Record<string, Part | Part[]> | undefined);
	});
}

function parseJson(text: string, done: (error: Error | null, body?: unknown) => void): void {
	if (text.trim() === '') return done(null, undefined);
	try {
		done(null, JSON.parse(text));
	} catch {
		done(Object.assign(new Error('The body is no valid JSON.'), { statusCode: 400 }));
	}
}

async function readParts(parts: Record<string, Part | Part[]> | undefined): Promise<Record<string, unknown>> {
	const all = Object.values(parts ?? {}).flat();
	const texts = all.filter((part): part is MultipartValue<unknown> => part.type === 'field');
	const body: Record<string, unknown> = parseBrackets(
		texts.map((part) => `${encodeName(part.fieldname)}=${encodeURIComponent(String(part.value))}`).join('&'),
	);
	for (const part of all) {
		if (part.type !== 'file') continue;
		const file: UploadedFile = { fileName: part.filename, mimeType: part.mimetype, content: await part.toBuffer() };
		const earlier = body[part.fieldname];
		body[part.fieldname] = earlier === undefined ? file : [earlier, file].flat();
	}
	return body;
}

/** Brackets must stay readable for the bracket parser. */
function encodeName(name: string): string {
	return encodeURIComponent(name).replace(/%5B/gi, '[').replace(/%5D/gi, ']');
}
