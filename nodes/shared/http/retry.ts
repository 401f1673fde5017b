import type { RetryClass } from '../definition/request';

/** What one attempt gave. */
export type AttemptOutcome =
	| {
			kind: 'answer';
			/** HTTP status. */
			status: number;
			/** False when JSON was expected and something else came: a proxy's page, a cut answer. */
			readable: boolean;
			/** The vendor understood the request and says that it did not carry it out. */
			refused: boolean;
	  }
	| {
			kind: 'network';
			/** Such as ECONNRESET. */
			code: string;
	  };

/** What to do after an attempt. */
export type RetryDecision =
	| { action: 'return' }
	| { action: 'repeat'; delayMilliseconds: number }
	| {
			action: 'fail';
			/** True when a once-only request may have been carried out. */
			inDoubt: boolean;
	  };

/** What `decideRetry` looks at. */
export interface RetryFacts {
	retryClass: RetryClass;
	/** Number of the attempt that just ended; the first is 1. */
	attempt: number;
	outcome: AttemptOutcome;
	/** Gives a number from 0 up to, not including, 1. */
	random: () => number;
}

const maximumAttempts = 5;

/** For HTTP 429, where the pacer does the waiting. */
const maximumThrottledAttempts = 10;

const baseDelay = 500;
const longestRetryAfter = 3_600_000;

/** Answers of a proxy or a vendor under load: a read may well work the next time. */
const passingStatuses = [502, 503, 504];

/** By their meaning given before a request is carried out, whoever on the way gives them and in whatever form. */
const unprocessedStatuses = [301, 307, 308, 401, 404, 405, 413, 414, 415, 431];

/** Failures that come before a connection exists, so that nothing was sent. */
const unsentCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

const brokenConnection =
	/^(ECONN\w+|ENOTFOUND|EAI_AGAIN|EPIPE|ESOCKETTIMEDOUT|ETIMEDOUT|EHOST\w+|ENET\w+|EPROTO|HPE_\w+|UND_ERR_(SOCKET|\w+_TIMEOUT)|ERR_NETWORK|ERR_BAD_RESPONSE|ERR_STREAM_PREMATURE_CLOSE)$/;

/** The certificate is checked before the request is sent. */
const untrustedCertificate = /CERT|^UNABLE_TO_|^ERR_INVALID_URL$/;

/** Texts of failures whose code got lost on the way. */
const codesByText: Array<[RegExp, string]> = [
	[/socket hang up|premature close|connection was closed|^aborted$/i, 'ECONNRESET'],
	[/refused the connection/i, 'ECONNREFUSED'],
	[/timeout of \d+ ?ms exceeded|timed out/i, 'ETIMEDOUT'],
];

const codeInText =
	/\b(ECONN[A-Z]+|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|EHOST[A-Z]+|ENET[A-Z]+|EPROTO|[A-Z_]*CERT[A-Z_]+|UNABLE_TO_[A-Z_]+)\b/;

/**
 * Says whether the answer is given back, the request repeated, or the failure reported.
 * Reads and idempotent writes: repeated on 408, 429, 502, 503, 504, unreadable 2xx and 5xx answers, and broken connections.
 * Once-only writes: repeated on 429 and where nothing was sent; in doubt on all that is neither a success nor a clear refusal.
 * - 408 says that the request did not arrive in time, but proxies also say it when the vendor was slow: like a time-out.
 * - Redirects are not followed or repeated. 301, 307 and 308 name another address and nothing was carried out; 302 and 303 are
 *   also what a form answers after it was carried out, so they leave doubt.
 */
export function decideRetry(input: RetryFacts): RetryDecision {
	if (isSuccess(input.outcome)) return { action: 'return' };
	const throttled = input.outcome.kind === 'answer' && input.outcome.status === 429;
	const most = throttled ? maximumThrottledAttempts : maximumAttempts;
	if (input.attempt < most) {
		// The pacer lets nobody start before its pause is over.
		if (throttled) return { action: 'repeat', delayMilliseconds: 0 };
		if (isRepeatable(input.retryClass, input.outcome)) return { action: 'repeat', delayMilliseconds: backOff(input) };
	}
	return { action: 'fail', inDoubt: input.retryClass === 'once' && !isCertainlyNotDone(input.outcome) };
}

/** Finds the code of a network failure, such as ECONNRESET, in an error thrown by n8n's request helpers. */
export function networkCode(error: unknown): string | undefined {
	const chain = errorChain(error);
	for (const link of chain) {
		const code = [link.code, link.errorCode, link.httpCode].find(isCode);
		if (code !== undefined) return code;
	}
	const texts = chain.flatMap((link) => [link.message, ...(Array.isArray(link.messages) ? link.messages : [])]);
	return codeFromTexts(texts.filter((text) => typeof text === 'string'));
}

/** Reads a Retry-After header: seconds or an HTTP date. At most an hour; undefined when absent or nonsense. */
export function retryAfterMilliseconds(headerValue: string | undefined, now: number): number | undefined {
	const text = headerValue?.trim() ?? '';
	const wanted = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : httpDate(text) - now;
	return Number.isNaN(wanted) ? undefined : Math.ceil(Math.min(Math.max(wanted, 0), longestRetryAfter));
}

function isSuccess(outcome: AttemptOutcome): boolean {
	if (outcome.kind !== 'answer') return false;
	return outcome.status >= 200 && outcome.status < 300 && outcome.readable && !outcome.refused;
}

function isRepeatable(retryClass: RetryClass, outcome: AttemptOutcome): boolean {
	if (outcome.kind === 'network') {
		return unsentCodes.includes(outcome.code) || (retryClass !== 'once' && brokenConnection.test(outcome.code));
	}
	if (retryClass === 'once' || outcome.refused) return false;
	const { status, readable } = outcome;
	if (status === 408 || passingStatuses.includes(status)) return true;
	// A cut answer or a proxy's page comes and goes; a page that says 404 will say it again.
	return !readable && (status < 300 || status >= 500);
}

function isCertainlyNotDone(outcome: AttemptOutcome): boolean {
	if (outcome.kind === 'network') return unsentCodes.includes(outcome.code) || untrustedCertificate.test(outcome.code);
	const { status, readable, refused } = outcome;
	if (refused || status === 429 || unprocessedStatuses.includes(status)) return true;
	return readable && status >= 400 && status < 500 && status !== 408;
}

/** Exponential back-off with full jitter, so that many clients do not come back at the same moment. */
function backOff({ attempt, random }: RetryFacts): number {
	return Math.round(random() * baseDelay * 2 ** (attempt - 1));
}

/** The error, what it was caused by and what it holds, from the outside in. */
function errorChain(error: unknown): Array<Record<string, unknown>> {
	const chain = new Set<Record<string, unknown>>();
	const add = (value: unknown) => {
		if (typeof value !== 'object' || value === null || chain.has(value as Record<string, unknown>)) return;
		const link = value as Record<string, unknown>;
		chain.add(link);
		for (const inner of [link.cause, link.error, link.reason, ...(Array.isArray(link.errors) ? link.errors : [])])
			add(inner);
	};
	add(error);
	return [...chain];
}

function isCode(value: unknown): value is string {
	return typeof value === 'string' && (brokenConnection.test(value) || untrustedCertificate.test(value));
}

function codeFromTexts(texts: string[]): string | undefined {
	for (const text of texts) {
		const code = codeInText.exec(text)?.[1];
		if (code !== undefined) return code;
	}
	return codesByText.find(([pattern]) => texts.some((text) => pattern.test(text)))?.[1];
}

/** Milliseconds of an HTTP date such as `Fri, 20 Nov 2026 09:30:00 GMT`; NaN for anything else. */
function httpDate(text: string): number {
	return /^[A-Za-z]{3,9}, .* GMT$/.test(text) ? Date.parse(text) : NaN;
}
