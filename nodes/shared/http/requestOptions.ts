import type { IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';

import type { FilePart, PreparedRequest } from '../definition/request';
import type { Connection } from './connection';
import { writePairs } from './request';

/** Milliseconds until the last byte of an answer has come, where the request does not say it. */
export const defaultTimeout = 60_000;

/** A request as n8n's helper takes it, without the key. */
export function requestOptions(connection: Connection, request: PreparedRequest): IHttpRequestOptions {
	const search = new URLSearchParams(request.query).toString();
	const url = `${connection.baseUrl}${request.path}${search === '' ? '' : `?${search}`}`;
	const options: IHttpRequestOptions = {
		method: request.method as IHttpRequestMethods,
		url,
		headers: { Accept: request.answerAs === 'binary' ? '*/*' : 'application/json', ...connection.vendor.headers, ...request.headers },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// A redirected write could be carried out twice; a file may lie on a storage host.
		disableFollowRedirect: request.answerAs !== 'binary',
		sendCredentialsOnCrossOriginRedirect: false,
		timeout: request.timeout ?? defaultTimeout,
	};
	writeBody(connection, request, options);
	return options;
}

function writeBody(connection: Connection, request: PreparedRequest, options: IHttpRequestOptions): void {
	if (request.body === undefined) return;
	const headers = options.headers as Record<string, string>;
	if (request.bodyFormat === 'json') {
		headers['Content-Type'] = 'application/json';
		options.body = JSON.stringify(request.body);
	} else if (request.bodyFormat === 'form') {
		const pairs = writePairs(request.body as Record<string, never>, connection.vendor.listFormat);
		options.body = new URLSearchParams(pairs);
	} else {
		options.body = multipartBody(request.body as Record<string, unknown>);
	}
}

function multipartBody(values: Record<string, unknown>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(values)) {
		if (isFilePart(value)) {
			form.append(name, new Blob([new Uint8Array(value.content)], { type: value.mimeType }), value.fileName);
		} else if (value !== undefined && value !== null) {
			form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
		}
	}
	return form;
}

function isFilePart(value: unknown): value is FilePart {
	return typeof value === 'object' && value !== null && Buffer.isBuffer((value as FilePart).content);
}
