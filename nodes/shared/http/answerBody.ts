import type { Clock } from '../time/clock';

/** Most bytes of an answer that is read into memory, after it was unpacked: a page of 1,000 large records has about 10 MB. */
export const maximumAnswerBytes = 100 * 1024 * 1024;

/** An answer that could not be read whole; `code` is what `retry.ts` decides by. */
export class BodyFailure extends Error {
	constructor(
		readonly code: 'ANSWER_TOO_LARGE' | 'ETIMEDOUT',
		message: string,
	) {
		super(message);
		this.name = 'BodyFailure';
	}
}

/** Why the watch over the time ends; without a reason each abort would cost an error with a stack. */
const isRead = 'read';

type BodyStream = AsyncIterable<Uint8Array> & { destroy(): void };

/**
 * Reads the body of an answer as text.
 * @param milliseconds longest time until the last byte
 * @throws BodyFailure for an answer that is too large or too slow
 */
export async function readText(body: unknown, clock: Clock, milliseconds: number): Promise<unknown> {
	if (Buffer.isBuffer(body)) return body.toString('utf8');
	if (!isStream(body)) return body;
	const over = new AbortController();
	let isLate = false;
	void clock.sleep(milliseconds, over.signal).then(() => {
		if (over.signal.aborted) return;
		isLate = true;
		body.destroy();
	});
	const text = readAll(body).then((read) => read.toString('utf8'));
	const failed = (error: unknown) => Promise.reject(isLate ? tooSlow(milliseconds) : (error as Error));
	return await text.catch(failed).finally(() => over.abort(isRead));
}

async function readAll(body: BodyStream): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > maximumAnswerBytes) {
			body.destroy();
			throw new BodyFailure('ANSWER_TOO_LARGE', `the answer is larger than ${maximumAnswerBytes / 1024 / 1024} MB`);
		}
		chunks.push(chunk);
	}
	return chunks.length === 1 ? Buffer.from(chunks[0]) : Buffer.concat(chunks);
}

function tooSlow(milliseconds: number): BodyFailure {
	return new BodyFailure('ETIMEDOUT', `the answer did not end within ${Math.round(milliseconds / 1_000)} seconds`);
}

function isStream(body: unknown): body is BodyStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}
