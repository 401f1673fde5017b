import { NodeApiError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';

import type { Answer } from '../definition/answer';
import type { NodeFailure } from '../definition/outcome';
import type { Vendor } from '../definition/vendor';
import { redact } from './secrets';

/** What the engine knows when a request did not give a good answer. */
export interface FailureFacts {
	/** What happened, the vendor's words first. */
	message: string;
	/** What the user can do. */
	advice?: string;
	/** HTTP status, or the code of a network failure. */
	code?: string;
	/** True when a once-only request may have been carried out. */
	inDoubt?: boolean;
	/** Pause the vendor asked for, in milliseconds. */
	retryAfterMilliseconds?: number;
	itemIndex?: number;
}

/** Why a source failed, in the form newer n8n hosts read to space their polls. */
type HostFailure = NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure'];

const longestAnswerExcerpt = 300;

/** What is looked at of an answer for its excerpt. */
const longestAnswerRead = 20_000;

const longestMessage = 2_000;

/** More of a message is not looked at: what lies behind is cut off anyway. */
const longestRedacted = 4 * longestMessage;

/** Text that starts every error of a once-only request whose fate is unknown. */
export const inDoubtPrefix = 'In doubt';

/** Advice by HTTP status that holds for every vendor. */
const generalAdvice: Record<string, string> = {
	'401': 'Check the key or password in the credential, and that the address there belongs to the same account.',
	'403': "The credential is valid but has no permission for this operation. Ask the account's administrator.",
	'404': 'Check the identifier, and that the address in the credential is that of your account.',
	'429': 'The vendor asks for fewer requests. Lower Requests per Second in the credential, or let fewer workflows run at once.',
	ECONNREFUSED: 'Nothing answers at the address in the credential. Check host and port.',
	ENOTFOUND: 'The host of the address in the credential was not found. Check its spelling.',
	EAI_AGAIN: "The host name could not be looked up. Check n8n's network connection.",
};

/**
 * Builds the one n8n error of a request that failed.
 * @param node the node under execution
 * @param vendor gives the advice by status
 * @param secrets texts that are struck out
 * @param facts what is known
 */
export function requestError(node: INode, vendor: Vendor, secrets: string[], facts: FailureFacts): NodeApiError {
	const clean = (text: string) => redact(text, secrets);
	const said = shorten(clean(facts.message.slice(0, longestRedacted)));
	const message = facts.inDoubt ? inDoubtMessage(vendor, said) : said;
	const description = clean(facts.advice ?? adviceFor(vendor, facts.code) ?? '');
	const response: JsonObject = { message };
	const failure = hostFailure(facts);
	const error = new NodeApiError(node, response, {
		message,
		description,
		httpCode: facts.code,
		itemIndex: facts.itemIndex,
		...(failure ? { failure } : {}),
	});
	// The constructor swaps in its own text for known codes; the vendor's words come first here.
	error.message = message;
	error.description = description || undefined;
	// n8n's own hints may say the opposite, such as to send it again.
	error.messages = [];
	error.context.inDoubt = facts.inDoubt === true;
	return error;
}

/** The same error for another item that shared the request. */
export function copyForItem(failure: NodeFailure, itemIndex: number): NodeFailure {
	const copy = Object.assign(Object.create(Object.getPrototypeOf(failure) as object), failure) as NodeFailure;
	copy.message = failure.message;
	copy.context = { ...failure.context, itemIndex };
	return copy;
}

/** True when the error says that a once-only request may have been carried out. */
export function isInDoubt(error: NodeFailure): boolean {
	return error.context.inDoubt === true;
}

/** A short, single-line piece of an answer that could not be read, for an error message. */
export function excerpt(answer: Answer, secrets: string[]): string {
	if (typeof answer.body !== 'string') return '';
	// First the secrets: a shortened one, or one with a tag inside, would not be known again.
	const text = redact(answer.body.slice(0, longestAnswerRead), secrets)
		.replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>|<[^>]+>/gi, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return text.length > longestAnswerExcerpt ? `${text.slice(0, longestAnswerExcerpt)}…` : text;
}

/** People, agents and execution lists see only the message, so it says what must not be repeated. */
function inDoubtMessage(vendor: Vendor, said: string): string {
	const end = /[.!?…]$/.test(said) ? '' : '.';
	return `${inDoubtPrefix}: ${said}${end} It may have been carried out and was not sent again: look at ${vendor.displayName} before you repeat it.`;
}

function shorten(text: string): string {
	return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}

function adviceFor(vendor: Vendor, code: string | undefined): string | undefined {
	if (code === undefined) return undefined;
	return vendor.adviceByStatus?.[Number(code)] ?? generalAdvice[code];
}

function hostFailure(facts: FailureFacts): HostFailure | undefined {
	if (facts.code === '429') {
		return { cause: 'rate-limited', ...retryAfter(facts) };
	}
	if (facts.code === '401' || facts.code === '403') return { cause: 'credential-invalid' };
	if (facts.code !== undefined && (/^50[0234]$/.test(facts.code) || /^E[A-Z_]+$/.test(facts.code))) {
		return { cause: 'temporarily-unavailable', ...retryAfter(facts) };
	}
	return undefined;
}

function retryAfter(facts: FailureFacts): { retryAfterMs?: number } {
	return facts.retryAfterMilliseconds === undefined ? {} : { retryAfterMs: facts.retryAfterMilliseconds };
}
