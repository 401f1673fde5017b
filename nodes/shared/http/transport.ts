import type { NodeApiError } from 'n8n-workflow';

import type { Answer } from '../definition/answer';
import type { PreparedRequest } from '../definition/request';
import { attemptOutcome, sendOnce } from './attempt';
import type { Attempt } from './attempt';
import type { Connection } from './connection';
import { requestError } from './errors';
import type { FailureFacts } from './errors';
import { factsOf, notStarted, pausedTooLong } from './failureFacts';
import type { OnceEntry } from './onceLedger';
import { decideRetry, retryAfterMilliseconds } from './retry';

/** Milliseconds of waiting for answers after which a request is not repeated. */
const longestTotalWait = 120_000;

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
	const log = logOf(connection, request);
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

/** Writes to n8n's log with which request of which run it is. */
function logOf({ context, node }: Connection, request: PreparedRequest): (text: string, more?: object) => void {
	const facts = {
		executionId: 'getExecutionId' in context ? context.getExecutionId() : undefined,
		node: node.name,
		item: request.itemIndex,
		operation: request.operation ?? request.method,
	};
	return (text, more = {}) => context.logger?.info(text, { ...facts, ...more });
}

function vendorIdOf({ body }: Answer): { id?: string | number } {
	const id = typeof body === 'object' && body !== null ? (body as { id?: unknown }).id : undefined;
	return typeof id === 'string' || typeof id === 'number' ? { id } : {};
}

/** Sends a request until it succeeds, fails for good or may not be sent again. */
async function sendRepeatedly(
	connection: Connection,
	request: PreparedRequest,
	onDoubt?: (entry: OnceEntry) => void,
): Promise<Answer> {
	const tries = new Tries();
	for (;;) {
		const { attempt, pause } = await sendInTurn(connection, request, tries);
		const outcome = attemptOutcome(attempt);
		const decision = decideRetry({ retryClass: request.retryClass, attempt: tries.count(attempt), outcome, random: Math.random });
		if (decision.action === 'return' && attempt.kind === 'answer') return attempt.answer;
		if (decision.action === 'repeat') {
			await connection.clock.sleep(decision.delayMilliseconds, connection.signal);
			if (connection.signal?.aborted !== true) continue;
		}
		const facts = factsOf(connection, request, attempt, decision.action === 'fail' && decision.inDoubt, pause);
		if (facts.inDoubt) onDoubt?.({ fate: 'inDoubt', message: facts.message, code: facts.code });
		throw failure(connection, facts);
	}
}

/** One request's attempts so far. Each cause has attempts of its own. */
class Tries {
	/** The last attempt that failed with something else than a 429. */
	failed: Attempt | undefined;

	/** Milliseconds of waiting for answers. */
	spent = 0;

	private throttled = 0;

	private others = 0;

	/** Counts an attempt that just ended, and gives how many of its cause there were. */
	count(attempt: Attempt): number {
		if (isThrottled(attempt)) return ++this.throttled;
		this.failed = attempt;
		this.others += 1;
		// A vendor that lets requests wait long gets fewer.
		return this.spent > longestTotalWait ? Infinity : this.others;
	}
}

function isThrottled(attempt: Attempt): boolean {
	return attempt.kind === 'answer' && attempt.answer.status === 429;
}

/** Waits for the tenant's pace and sends the request once. `pause` is what the vendor asked to wait, in milliseconds. */
async function sendInTurn(
	connection: Connection,
	request: PreparedRequest,
	tries: Tries,
): Promise<{ attempt: Attempt; pause: number | undefined }> {
	const { pacer, signal, deadline, clock, starts } = connection;
	const permit = await pacer.acquire(request.retryClass === 'read' ? 'read' : 'write', { signal, deadline });
	if (permit === undefined) throw failure(connection, refusedTurn(connection, request, tries.failed));
	starts?.get(request.itemIndex)?.();
	const began = clock.now();
	try {
		const attempt = await sendOnce(connection, request);
		// Before the next one starts, so that a 429 holds it back.
		const pause = reportToPacer(connection, attempt, permit.startedAt);
		return { attempt, pause };
	} finally {
		permit.release();
		tries.spent += clock.now() - began;
	}
}

/** Why the pacer did not let a request go. What the vendor failed with tells more than that no time is left to try again. */
function refusedTurn(connection: Connection, request: PreparedRequest, failed: Attempt | undefined): FailureFacts {
	const isAborted = connection.signal?.aborted === true;
	if (!isAborted && connection.pacer.isPausedTooLong) return pausedTooLong(connection, request);
	if (failed === undefined || isAborted) return notStarted(connection, request);
	return factsOf(connection, request, failed, false, undefined);
}

function reportToPacer(connection: Connection, attempt: Attempt, startedAt: number): number | undefined {
	if (attempt.kind !== 'answer') return undefined;
	if (attempt.answer.status !== 429) {
		connection.pacer.reportSuccess();
		return undefined;
	}
	const header = attempt.answer.headers['retry-after'];
	return connection.pacer.reportThrottled(retryAfterMilliseconds(header, connection.clock.now()), startedAt);
}

function recalled(connection: Connection, { itemIndex }: PreparedRequest, entry: OnceEntry): Answer {
	if (entry.fate === 'done') return entry.answer;
	const { message, code } = entry;
	throw failure(connection, { message, code, inDoubt: true, itemIndex });
}

function failure({ node, vendor, secrets }: Connection, facts: FailureFacts): NodeApiError {
	return requestError(node, vendor, secrets, facts);
}
