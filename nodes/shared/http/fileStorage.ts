import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import type { Connection } from './connection';
import { requestError } from './errors';
import type { NodeFailure } from '../definition/outcome';
import { lowerCaseNames } from './headers';
import { multipartStream } from './multipartStream';
import type { SizedFile } from './multipartStream';
import { decideRetry, networkCode } from './retry';
import type { AttemptOutcome } from './retry';

/** Storage addresses are good for minutes, and a file may be large. */
const storageTimeout = 300_000;

/** A form post that a vendor signed beforehand for one file. */
export interface SignedForm {
	url: string;
	fields: Record<string, string>;
}

/** What one attempt on the storage gave. */
export type StorageResult =
	| { kind: 'answer'; status: number; headers: Record<string, string>; body: unknown }
	| { kind: 'network'; code: string };

/**
 * Runs a step on a vendor's file storage, which is another service than its API: no credential is sent, the address itself is the
 * permission, and the vendor's rate limit does not count. Passing failures are repeated with a back-off.
 * @param step one attempt; fetches a new address where one is good for a single use
 * @throws NodeApiError that shows neither address nor signature
 */
export async function withFileStorage(
	connection: Connection,
	itemIndex: number,
	step: () => Promise<StorageResult>,
): Promise<StorageResult & { kind: 'answer' }> {
	for (let attempt = 1; ; attempt++) {
		const result = await step();
		const decision = decideRetry({ retryClass: 'idempotent', attempt, outcome: outcomeOf(result), random: Math.random });
		if (result.kind === 'answer' && decision.action === 'return') return result;
		if (decision.action === 'repeat') {
			await connection.clock.sleep(decision.delayMilliseconds, connection.signal);
			if (connection.signal?.aborted !== true) continue;
		}
		throw storageError(connection, itemIndex, result);
	}
}

/** Uploads a file through a signed form, streaming it. */
export async function uploadFile(connection: Connection, form: SignedForm, file: SizedFile): Promise<StorageResult> {
	const { body, headers } = multipartStream(form.fields, file);
	return await exchange(connection, {
		method: 'POST',
		url: form.url,
		headers,
		body: body as unknown as IHttpRequestOptions['body'],
		encoding: 'text',
		disableFollowRedirect: true,
	});
}

/** Fetches a file from the storage; the body is a stream. */
export async function downloadFile(connection: Connection, url: string): Promise<StorageResult> {
	const result = await exchange(connection, { method: 'GET', url, encoding: 'stream' });
	if (result.kind === 'network' || result.status < 300) return result;
	// A body that nobody reads would keep its connection open.
	const { helpers } = connection.context as IExecuteFunctions;
	const refusal = await helpers.binaryToBuffer(result.body as Parameters<typeof helpers.binaryToBuffer>[0]);
	return { ...result, body: refusal.toString('utf8') };
}

async function exchange(connection: Connection, options: IHttpRequestOptions): Promise<StorageResult> {
	const { helpers } = connection.context as IExecuteFunctions;
	try {
		const response = (await helpers.httpRequest({
			...options,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: storageTimeout,
		})) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
		const { statusCode: status, headers, body } = response;
		return { kind: 'answer', status, headers: lowerCaseNames(headers), body };
	} catch (error) {
		return { kind: 'network', code: networkCode(error) ?? 'UNKNOWN' };
	}
}

function outcomeOf(result: StorageResult): AttemptOutcome {
	if (result.kind === 'network') return result;
	return { kind: 'answer', status: result.status, readable: true, refused: false };
}

function storageError(connection: Connection, itemIndex: number, result: StorageResult): NodeFailure {
	const { node, vendor, secrets } = connection;
	const storage = `The file storage of ${vendor.displayName}`;
	if (result.kind === 'network') {
		const advice = 'The network of this n8n must let requests pass to the file storage as well.';
		return requestError(node, vendor, secrets, {
			message: `${storage} did not answer: ${result.code}`,
			advice,
			code: result.code,
			itemIndex,
		});
	}
	return requestError(node, vendor, secrets, {
		message: `${storage} answered ${result.status}${reasonOf(result.body)}`,
		advice: "A file's address is valid for a few minutes, and the file must have the right type and size.",
		code: String(result.status),
		itemIndex,
	});
}

/** The code that storage services give, such as AccessDenied. */
function reasonOf(body: unknown): string {
	const code = typeof body === 'string' ? /<Code>([\w.-]+)<\/Code>/.exec(body)?.[1] : undefined;
	return code === undefined ? '' : ` ${code}`;
}
