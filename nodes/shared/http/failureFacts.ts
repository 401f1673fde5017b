import type { Answer } from '../definition/answer';
import type { PreparedRequest } from '../definition/request';
import type { Attempt } from './attempt';
import type { Connection } from './connection';
import { excerpt } from './errors';
import type { FailureFacts } from './errors';
import { describeRequest } from './request';

/**
 * What an attempt failed with.
 * @param inDoubt whether a once-only request may have been carried out
 * @param pause what the vendor asked to wait, in milliseconds
 */
export function factsOf(
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
	const { answer, classification } = result;
	const code = String(answer.status);
	if (typeof classification === 'object') {
		const vendorCode = answer.status < 400 ? String(classification.code ?? 400) : code;
		// Some vendors answer a request for an unknown record with 500.
		const maybeUnknown = vendorCode === '404' || (classification.kind === 'refused' && answer.status >= 500);
		const message = maybeUnknown ? lookUpMessage(request, classification.message) : classification.message;
		return { ...facts, message: refusalMessage(connection, message, vendorCode), advice: classification.advice, code: vendorCode };
	}
	if (answer.status >= 300 && answer.status < 400) {
		return { ...facts, message: `The address in the credential redirects ${place}`, advice: redirectAdvice(answer), code };
	}
	return { ...facts, message: unreadableMessage(connection, place, answer), code };
}

/** The vendor's words, which seldom say what was not found, with what was looked for and where. */
function lookUpMessage(request: PreparedRequest, words: string): string {
	const { subject, retryClass } = request;
	if (subject === undefined && retryClass !== 'read') return words;
	const place = describeRequest(request);
	return withMore(words, subject === undefined ? place : `${subject} (${place})`);
}

/** A bare `Forbidden` in a list of executions does not say whose key is refused. */
function refusalMessage({ vendor: { displayName } }: Connection, words: string, code: string): string {
	const refused = { '401': 'the credential', '403': 'the credential, or this operation for it' }[code];
	return refused === undefined ? words : withMore(words, `${displayName} refuses ${refused}`);
}

/** Goes on after the vendor's words, which may end with a full stop. */
function withMore(words: string, more: string): string {
	return `${words.replace(/[.\s]+$/, '')}: ${more}`;
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
	return `It points to ${host}. Enter your account's final address in the credential.`;
}

/** The vendor asks to wait longer than a run may be held up. */
export function pausedTooLong(connection: Connection, request: PreparedRequest): FailureFacts {
	const pause = connection.pacer.pauseMilliseconds;
	return {
		message: `${connection.vendor.displayName} asks to wait ${Math.ceil(pause / 60_000)} minutes`,
		code: '429',
		retryAfterMilliseconds: pause,
		itemIndex: request.itemIndex,
	};
}

/** The run was cancelled, or the time of a poll is over. */
export function notStarted(connection: Connection, request: PreparedRequest): FailureFacts {
	const { itemIndex } = request;
	const place = describeRequest(request);
	if (connection.signal?.aborted === true) {
		return { message: `Cancelled before ${place} was sent`, advice: 'Nothing was sent for this item.', itemIndex };
	}
	const message = `No time left to send ${place} at the allowed pace`;
	return { message, advice: 'The next poll continues from here.', code: '429', itemIndex };
}
