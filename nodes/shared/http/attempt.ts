import type { IExecuteFunctions } from 'n8n-workflow';

import { isDeeperThan, maximumDepth } from '../data/depth';
import { parseJson } from '../data/json';
import type { Answer, VendorFailure } from '../definition/answer';
import type { PreparedRequest } from '../definition/request';
import { BodyFailure, readText } from './answerBody';
import type { Connection } from './connection';
import { lowerCaseNames } from './headers';
import { requestOptions, defaultTimeout } from './requestOptions';
import { networkCode } from './retry';
import type { AttemptOutcome } from './retry';

/** What one attempt came to. */
export type Attempt =
	| { kind: 'answer'; answer: Answer; classification?: VendorFailure | 'good' }
	| { kind: 'network'; code: string; message: string };

/** Sends a request once, with the key that n8n adds, and reads what comes back. Never throws for what the vendor or the way to it does. */
export async function sendOnce(connection: Connection, request: PreparedRequest): Promise<Attempt> {
	const options = requestOptions(connection, request);
	const { helpers } = connection.context as IExecuteFunctions;
	try {
		const response = (await helpers.httpRequestWithAuthentication.call(
			connection.context as IExecuteFunctions,
			connection.vendor.credentialType,
			options,
			{ credentialsDecrypted: connection.credential },
		)) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
		const answer = await readAnswer(connection, request, response);
		return { kind: 'answer', answer, classification: answer.isJson ? connection.vendor.classifyResponse(answer) : undefined };
	} catch (error) {
		const code = error instanceof BodyFailure ? error.code : (networkCode(error) ?? 'UNKNOWN');
		return { kind: 'network', code, message: networkMessage(error) };
	}
}

async function readAnswer(
	connection: Connection,
	request: PreparedRequest,
	response: { statusCode: number; headers: Record<string, unknown>; body: unknown },
): Promise<Answer> {
	const headers = lowerCaseNames(response.headers);
	const base = { status: response.statusCode, headers };
	const isFile = request.answerAs === 'binary' && response.statusCode < 300 && !/json/.test(headers['content-type'] ?? '');
	if (isFile) return { ...base, body: response.body, isJson: false };
	const text = await readText(response.body, connection.clock, request.timeout ?? defaultTimeout);
	if (typeof text !== 'string') return { ...base, body: text, isJson: true };
	if (text.trim() === '') return { ...base, body: undefined, isJson: true };
	const body = parseAnswer(text);
	return body === undefined ? { ...base, body: text, isJson: false } : { ...base, body, isJson: true };
}

/** The JSON of a text; undefined for a text that is none, or is nested too deep to work with. */
function parseAnswer(text: string): unknown {
	const body = parseJson(text);
	// A short text cannot be nested deep.
	return text.length > 2 * maximumDepth && isDeeperThan(body, maximumDepth) ? undefined : body;
}

/** An attempt as the rules of repeating see it. */
export function attemptOutcome(result: Attempt): AttemptOutcome {
	if (result.kind === 'network') return { kind: 'network', code: result.code };
	const { answer, classification } = result;
	const readable = answer.isJson || isFile(answer);
	if (classification === undefined || answer.status === 429) {
		return { kind: 'answer', status: answer.status, readable, refused: false };
	}
	if (classification === 'good') return { kind: 'answer', status: 200, readable, refused: false };
	const status = classification.kind === 'unavailable' ? 503 : answer.status;
	return { kind: 'answer', status, readable, refused: classification.kind === 'refused' };
}

function isFile(answer: Answer): boolean {
	return !answer.isJson && typeof answer.body !== 'string';
}

function networkMessage(error: unknown): string {
	// n8n's own hint says the opposite of what holds for a request that may have been carried out.
	return error instanceof Error ? error.message.replace(/\s*You can retry[^.]*\.?/i, '') : 'the connection failed';
}
