import type { IExecuteFunctions, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';

import { isDeeperThan, mostLevels } from '../data/depth';
import { parseJson } from '../data/json';
import type { Connection } from './connection';
import type { Answer, VendorFailure } from '../definition/answer';
import { BodyFailure, readText } from './answerBody';
import { excerpt, requestError } from './errors';
import type { FailureFacts } from './errors';
import type { OnceEntry } from './onceLedger';
import { describeRequest, writePairs } from './request';
import type { FilePart, PreparedRequest } from '../definition/request';
import { decide, networkCode, retryAfterMilliseconds } from './retry';
import type { Outcome } from './retry';

const requestTimeout = 60_000;

/** Milliseconds of waiting for answers after which a request is not repeated. */
const longestWork = 120_000;

/** What one attempt gave. */
type Attempt =
	| { kind: 'answer'; answer: Answer; verdict?: VendorFailure | 'good' }
	| { kind: 'network'; code: string; message: string };

/**
 * Sends a request at the tenant's pace, repeats it as its retry class allows, and gives the good answer.
 * @throws NodeApiError for every failure, with the vendor's words first; says "In doubt" where a once-only request may have been carried out
 */
export async function send(connection: Connection, request: PreparedRequest): Promise<Answer> {
	if (request.retryClass !== 'once') return await sendRepeatedly(connection, request);
	if (request.isShared === true) return await sendLogged(connection, request);
	const { key, entry } = connection.ledger.recall(request);
	if (entry !== undefined) return recalled(connection, request, entry);
	const answer = await sendLogged(connection, request, (doubt) => connection.ledger.record(key, doubt));
	connection.ledger.record(key, { fate: 'done', answer });
	return answer;
}

/** Logs a once-only request before and after, so that what a killed process left open can be told; nothing of its content. */
async function sendLogged(
	connection: Connection,
	request: PreparedRequest,
	onDoubt?: (entry: OnceEntry) => void,
): Promise<Answer> {
	const facts = {
		executionId: 'getExecutionId' in connection.context ? connection.context.getExecutionId() : undefined,
		node: connection.node.name,
		item: request.itemIndex,
		operation: request.operation ?? request.method,
	};
	const log = (text: string, more: object = {}) => connection.context.logger?.info(text, { ...facts, ...more });
	log('Once-only request begins');
	let isInDoubt = false;
	const sending = sendRepeatedly(connection, request, (doubt) => {
		isInDoubt = true;
		onDoubt?.(doubt);
	});
	return await sending.then(
		(answer) => {
			log('Once-only request was carried out', vendorIdOf(answer));
			return answer;
		},
		(error: Error) => {
			log(isInDoubt ? 'Once-only request is in doubt' : 'Once-only request was not carried out');
			return Promise.reject(error);
		},
	);
}

function vendorIdOf({ body }: Answer): { id?: string | number } {
	const id = typeof body === 'object' && body !== null ? (body as { id?: unknown }).id : undefined;
	return typeof id === 'string' || typeof id === 'number' ? { id } : {};
}

async function sendRepeatedly(
	connection: Connection,
	request: PreparedRequest,
	onDoubt?: (entry: OnceEntry) => void,
): Promise<Answer> {
	let throttled = 0;
	let attempts = 0;
	let spent = 0;
	let failed: Attempt | undefined;
	for (;;) {
		const permit = await connection.pacer.acquire(request.retryClass === 'read' ? 'read' : 'write', {
			signal: connection.signal,
			deadline: connection.deadline,
		});
		if (permit === undefined) {
			const isAborted = connection.signal?.aborted === true;
			const isPaused = !isAborted && connection.pacer.isPausedTooLong;
			// What the vendor failed with tells more than that no time is left to try again.
			if (failed !== undefined && !isAborted && !isPaused) throw failureOf(connection, request, failed);
			throw isPaused ? pausedTooLong(connection, request) : notStarted(connection, request);
		}
		connection.starts?.get(request.itemIndex)?.();
		const began = connection.clock.now();
		let result: Attempt;
		let pause: number | undefined;
		try {
			result = await sendOnce(connection, request);
			// Before the next one starts, so that a 429 holds it back.
			pause = reportToPacer(connection, result, permit.startedAt);
		} finally {
			permit.release();
		}
		spent += connection.clock.now() - began;
		const isThrottled = result.kind === 'answer' && result.answer.status === 429;
		if (isThrottled) throttled += 1;
		else attempts += 1;
		const decision = decide({
			retryClass: request.retryClass,
			// Each cause has attempts of its own; a vendor that lets requests wait long gets fewer.
			attempt: isThrottled ? throttled : spent > longestWork ? Infinity : attempts,
			outcome: outcomeOf(result),
			random: Math.random,
		});
		if (decision.action === 'return' && result.kind === 'answer') return result.answer;
		if (decision.action === 'repeat') {
			if (!isThrottled) failed = result;
			await connection.clock.sleep(decision.delayMilliseconds, connection.signal);
			if (connection.signal?.aborted !== true) continue;
		}
		const facts = factsOf(connection, request, result, decision.action === 'fail' && decision.inDoubt, pause);
		if (facts.inDoubt) onDoubt?.({ fate: 'inDoubt', message: facts.message, code: facts.code });
		throw requestError(connection.node, connection.vendor, connection.secrets, facts);
	}
}

async function sendOnce(connection: Connection, request: PreparedRequest): Promise<Attempt> {
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
		return { kind: 'answer', answer, verdict: answer.isJson ? connection.vendor.classifyResponse(answer) : undefined };
	} catch (error) {
		const code = error instanceof BodyFailure ? error.code : (networkCode(error) ?? 'UNKNOWN');
		return { kind: 'network', code, message: networkMessage(error) };
	}
}

function requestOptions(connection: Connection, request: PreparedRequest): IHttpRequestOptions {
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
		timeout: request.timeout ?? requestTimeout,
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

async function readAnswer(
	connection: Connection,
	request: PreparedRequest,
	response: { statusCode: number; headers: Record<string, unknown>; body: unknown },
): Promise<Answer> {
	const headers = lowerCaseNames(response.headers);
	const base = { status: response.statusCode, headers };
	const isFile = request.answerAs === 'binary' && response.statusCode < 300 && !/json/.test(headers['content-type'] ?? '');
	if (isFile) return { ...base, body: response.body, isJson: false };
	const text = await readText(response.body, connection.clock, request.timeout ?? requestTimeout);
	if (typeof text !== 'string') return { ...base, body: text, isJson: true };
	if (text.trim() === '') return { ...base, body: undefined, isJson: true };
	const body = parseAnswer(text);
	return body === undefined ? { ...base, body: text, isJson: false } : { ...base, body, isJson: true };
}

/** The JSON of a text; undefined for a text that is none, or is nested too deep to work with. */
function parseAnswer(text: string): unknown {
	const body = parseJson(text);
	// A short text cannot be nested deep.
	return text.length > 2 * mostLevels && isDeeperThan(body, mostLevels) ? undefined : body;
}

function outcomeOf(result: Attempt): Outcome {
	if (result.kind === 'network') return { kind: 'network', code: result.code };
	const { answer, verdict } = result;
	const readable = answer.isJson || isFile(answer);
	if (verdict === undefined || answer.status === 429) {
		return { kind: 'answer', status: answer.status, readable, refused: false };
	}
	if (verdict === 'good') return { kind: 'answer', status: 200, readable, refused: false };
	const status = verdict.kind === 'unavailable' ? 503 : answer.status;
	return { kind: 'answer', status, readable, refused: verdict.kind === 'refused' };
}

function isFile(answer: Answer): boolean {
	return !answer.isJson && typeof answer.body !== 'string';
}

function reportToPacer(connection: Connection, result: Attempt, startedAt: number): number | undefined {
	if (result.kind !== 'answer') return undefined;
	if (result.answer.status !== 429) {
		connection.pacer.reportSuccess();
		return undefined;
	}
	const header = result.answer.headers['retry-after'];
	return connection.pacer.reportThrottled(retryAfterMilliseconds(header, connection.clock.now()), startedAt);
}

/** The failure of an attempt that carried nothing out. */
function failureOf(connection: Connection, request: PreparedRequest, result: Attempt) {
	return requestError(connection.node, connection.vendor, connection.secrets, factsOf(connection, request, result, false, undefined));
}

function factsOf(
	connection: Connection,
	request: PreparedRequest,
	result: Attempt,
	inDoubt: boolean,
	pause: number | undefined,
): FailureFacts {
	const place = describeRequest(request);
	const facts = { itemIndex: request.itemIndex, inDoubt, retryAfterMilliseconds: pause };
	if (result.kind === 'network') {
		return { ...facts, message: `${connection.vendor.displayName} did not answer ${place}: ${result.message}`, code: result.code };
	}
	const { answer, verdict } = result;
	const code = String(answer.status);
	if (typeof verdict === 'object') {
		const vendorCode = answer.status < 400 ? String(verdict.code ?? 400) : code;
		// Some vendors answer a read of an unknown record with 500.
		const isLookUp = vendorCode === '404' || (verdict.kind === 'refused' && request.retryClass === 'read' && answer.status >= 500);
		const message = isLookUp ? lookUpMessage(request, verdict.message) : verdict.message;
		return { ...facts, message, advice: verdict.advice, code: vendorCode };
	}
	if (answer.status >= 300 && answer.status < 400) {
		return { ...facts, message: `The base address redirects ${place}`, advice: redirectAdvice(answer), code };
	}
	return { ...facts, message: unreadableMessage(connection, place, answer), code };
}

/** The vendor's words, which seldom say what was not found, with what was looked for and where. */
function lookUpMessage(request: PreparedRequest, words: string): string {
	const { subject, retryClass } = request;
	if (subject === undefined && retryClass !== 'read') return words;
	const place = describeRequest(request);
	return `${words}: ${subject === undefined ? place : `${subject} (${place})`}`;
}

function unreadableMessage(connection: Connection, place: string, answer: Answer): string {
	const text = excerpt(answer, connection.secrets);
	const words = text === '' ? '' : `: ${text}`;
	const kind = answer.status < 300 ? 'returned an answer that is not JSON' : `answered ${answer.status}`;
	return `${connection.vendor.displayName} ${kind} to ${place}${words}`;
}

function redirectAdvice(answer: Answer): string {
	const target = answer.headers.location;
	const host = target === undefined || !URL.canParse(target) ? 'another address' : new URL(target).host;
	return `It points to ${host}. Put the final address of your account into the credential.`;
}

function recalled(connection: Connection, request: PreparedRequest, entry: OnceEntry): Answer {
	if (entry.fate === 'done') return entry.answer;
	throw requestError(connection.node, connection.vendor, connection.secrets, {
		message: entry.message,
		code: entry.code,
		inDoubt: true,
		itemIndex: request.itemIndex,
	});
}

function pausedTooLong(connection: Connection, request: PreparedRequest) {
	const pause = connection.pacer.pauseMilliseconds;
	return requestError(connection.node, connection.vendor, connection.secrets, {
		message: `${connection.vendor.displayName} asks to wait ${Math.ceil(pause / 60_000)} minutes`,
		code: '429',
		retryAfterMilliseconds: pause,
		itemIndex: request.itemIndex,
	});
}

function notStarted(connection: Connection, request: PreparedRequest) {
	const cancelled = connection.signal?.aborted === true;
	return requestError(connection.node, connection.vendor, connection.secrets, {
		message: cancelled
			? `Cancelled before ${describeRequest(request)} was sent`
			: `No time left to send ${describeRequest(request)} at the allowed pace`,
		advice: cancelled ? 'Nothing was sent for this item.' : 'The next poll continues from here.',
		code: cancelled ? undefined : '429',
		itemIndex: request.itemIndex,
	});
}

function networkMessage(error: unknown): string {
	// n8n's own hint says the opposite of what holds for a request that may have been carried out.
	return error instanceof Error ? error.message.replace(/\s*You can retry[^.]*\.?/i, '') : 'the connection failed';
}

function lowerCaseNames(headers: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers ?? {}).map(([name, value]) => [
			name.toLowerCase(),
			Array.isArray(value) ? value.join(', ') : String(value),
		]),
	);
}
