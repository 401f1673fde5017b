import fc from 'fast-check';
import { NodeApiError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';

import type { RetryClass } from '../../../nodes/shared/definition/request';
import { decideRetry, networkCode, retryAfterMilliseconds } from '../../../nodes/shared/http/retry';
import type { RetryDecision, AttemptOutcome } from '../../../nodes/shared/http/retry';

const half = () => 0.5;

function answer(status: number, more: { readable?: boolean; refused?: boolean } = {}): AttemptOutcome {
	return { kind: 'answer', status, readable: true, refused: false, ...more };
}

function network(code: string): AttemptOutcome {
	return { kind: 'network', code };
}

function after(retryClass: RetryClass, outcome: AttemptOutcome, attempt = 1): RetryDecision {
	return decideRetry({ retryClass, attempt, outcome, random: half });
}

const retryClass = fc.constantFrom<RetryClass>('read', 'idempotent', 'once');
const networkCodes = [
	...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH'],
	...['UND_ERR_SOCKET', 'ERR_NETWORK', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ABORT_ERR', 'UNKNOWN'],
];
const outcome = fc.oneof(
	fc.record({
		kind: fc.constant('answer' as const),
		status: fc.integer({ min: 200, max: 599 }),
		readable: fc.boolean(),
		refused: fc.boolean(),
	}),
	fc.record({ kind: fc.constant('network' as const), code: fc.constantFrom(...networkCodes) }),
);

describe('decideRetry', () => {
	it('gives back every readable success that the vendor did not refuse, and nothing else', () => {
		fc.assert(
			fc.property(retryClass, fc.integer({ min: 1, max: 12 }), outcome, (kind, attempt, result) => {
				const isGood = result.kind === 'answer' && result.status < 300 && result.readable && !result.refused;
				expect(after(kind, result, attempt).action === 'return').toBe(isGood);
			}),
		);
	});

	it('repeats a once-only request only where it was certainly not carried out', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 4 }), outcome, (attempt, result) => {
				const certain =
					result.kind === 'network'
						? ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(result.code)
						: result.status === 429;
				expect(after('once', result, attempt).action === 'repeat').toBe(certain);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('repeats reads and idempotent writes alike, and never reports them in doubt', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 12 }), outcome, (attempt, result) => {
				const decision = after('read', result, attempt);
				expect(after('idempotent', result, attempt)).toEqual(decision);
				if (decision.action === 'fail') expect(decision.inDoubt).toBe(false);
			}),
		);
	});

	it('ends: no request is sent more than ten times, and more than five times only for 429', () => {
		fc.assert(
			fc.property(retryClass, fc.integer({ min: 5, max: 30 }), outcome, (kind, attempt, result) => {
				const isThrottled = result.kind === 'answer' && result.status === 429;
				if (attempt >= 10 || !isThrottled) expect(after(kind, result, attempt).action).not.toBe('repeat');
			}),
		);
	});

	it.each([408, 502, 503, 504])('repeats a read after HTTP %p', (status) => {
		expect(after('read', answer(status)).action).toBe('repeat');
	});

	it.each([400, 401, 403, 404, 409, 422, 500, 501])('does not repeat a read after HTTP %p', (status) => {
		expect(after('read', answer(status))).toEqual({ action: 'fail', inDoubt: false });
	});

	it.each([200, 500, 520])('repeats a read whose answer with HTTP %p cannot be read', (status) => {
		expect(after('read', answer(status, { readable: false })).action).toBe('repeat');
	});

	it('does not repeat a read after a page that says 404', () => {
		expect(after('read', answer(404, { readable: false })).action).toBe('fail');
	});

	it.each([200, 400, 500, 503])('never repeats what the vendor refused with HTTP %p, and has no doubt', (status) => {
		for (const kind of ['read', 'idempotent', 'once'] as const) {
			expect(after(kind, answer(status, { refused: true }))).toEqual({ action: 'fail', inDoubt: false });
		}
	});

	it.each([
		['a server failure', answer(500)],
		['a gateway failure', answer(502)],
		['an overloaded server', answer(503)],
		['a slow server behind a gateway', answer(504)],
		['a request time-out', answer(408)],
		['a cut success', answer(200, { readable: false })],
		['a page of a firewall', answer(403, { readable: false })],
		['a redirect after the deed', answer(302)],
		['a pointer to the result', answer(303)],
		['a broken connection', network('ECONNRESET')],
		['a time-out', network('ETIMEDOUT')],
		['an aborted request', network('ECONNABORTED')],
		['something unknown', network('UNKNOWN')],
	])('is in doubt about a once-only request after %s', (_name, result) => {
		expect(after('once', result)).toEqual({ action: 'fail', inDoubt: true });
	});

	it.each([
		['a refusal', answer(422)],
		['an unknown address', answer(404, { readable: false })],
		['a missing authorization', answer(401, { readable: false })],
		['a moved address', answer(308)],
		['an untrusted certificate', network('CERT_HAS_EXPIRED')],
		['a self-signed certificate', network('DEPTH_ZERO_SELF_SIGNED_CERT')],
	])('fails without doubt after %s', (_name, result) => {
		expect(after('once', result)).toEqual({ action: 'fail', inDoubt: false });
	});

	it('fails without doubt after the last attempt that reached nobody', () => {
		expect(after('once', network('ECONNREFUSED'), 5)).toEqual({ action: 'fail', inDoubt: false });
		expect(after('once', answer(429), 10)).toEqual({ action: 'fail', inDoubt: false });
	});

	it('leaves the waiting after 429 to the pacer, for ten attempts', () => {
		expect(after('once', answer(429), 9)).toEqual({ action: 'repeat', delayMilliseconds: 0 });
		expect(after('read', answer(429, { readable: false }), 10).action).toBe('fail');
	});

	it('backs off exponentially with full jitter', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 4 }),
				fc.double({ min: 0, max: 0.999, noNaN: true }),
				(attempt, random) => {
					const input = { retryClass: 'read' as const, attempt, outcome: answer(503) };
					const decision = decideRetry({ ...input, random: () => random });
					const ceiling = 500 * 2 ** (attempt - 1);
					expect(decision).toEqual({ action: 'repeat', delayMilliseconds: Math.round(random * ceiling) });
				},
			),
		);
	});

	it('sends a request five times at the most', () => {
		expect(after('read', answer(503), 4).action).toBe('repeat');
		expect(after('read', answer(503), 5).action).toBe('fail');
	});
});

describe('networkCode', () => {
	const node = { name: 'Test', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} } as unknown as INode;

	function failure(message: string, code?: string): Error {
		return Object.assign(new Error(message), code === undefined ? {} : { code });
	}

	it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNABORTED', 'CERT_HAS_EXPIRED'])(
		'finds %s in a plain error and in the error that n8n makes of it',
		(code) => {
			const plain = failure(`connect ${code} 127.0.0.1:1`, code);
			expect(networkCode(plain)).toBe(code);
			expect(networkCode(new NodeApiError(node, plain as unknown as JsonObject))).toBe(code);
			expect(networkCode(new Error('The request failed', { cause: plain }))).toBe(code);
		},
	);

	it('finds a code that is left only in a text', () => {
		expect(networkCode({ message: 'x', messages: ['getaddrinfo ENOTFOUND acme.example.com'] })).toBe('ENOTFOUND');
		expect(networkCode({ message: 'socket hang up' })).toBe('ECONNRESET');
		expect(networkCode({ message: 'timeout of 60000ms exceeded' })).toBe('ETIMEDOUT');
	});

	it('finds a code kept under another name', () => {
		expect(networkCode({ httpCode: 'ECONNREFUSED' })).toBe('ECONNREFUSED');
		expect(networkCode({ errorCode: 'EAI_AGAIN' })).toBe('EAI_AGAIN');
		expect(networkCode({ errors: [failure('no route'), failure('refused', 'ECONNREFUSED')] })).toBe('ECONNREFUSED');
	});

	it('finds nothing in an HTTP failure or in what is no error', () => {
		expect(
			networkCode(new NodeApiError(node, { message: 'Not found', statusCode: 404 } as JsonObject)),
		).toBeUndefined();
		for (const value of [undefined, null, 'ECONNRESET', 42, {}]) expect(networkCode(value)).toBeUndefined();
	});

	it('ends on an error that is its own cause', () => {
		const error = failure('round and round');
		error.cause = error;
		expect(networkCode(error)).toBeUndefined();
	});
});

describe('retryAfterMilliseconds', () => {
	const now = Date.UTC(2026, 10, 20, 9, 30);

	it.each([
		['0', 0],
		['7', 7_000],
		[' 1.5 ', 1_500],
		['Fri, 20 Nov 2026 09:30:10 GMT', 10_000],
		['Fri, 20 Nov 2026 09:29:00 GMT', 0],
		['86400', 3_600_000],
		['Sun, 20 Nov 2033 09:30:00 GMT', 3_600_000],
	])('reads %p', (header, expected) => {
		expect(retryAfterMilliseconds(header, now)).toBe(expected);
	});

	it.each([undefined, '', 'soon', '-5', '2026-11-20', 'NaN', '1e9', 'Fri, 99 Nov 2026 09:30:10 GMT'])(
		'ignores %p',
		(header) => {
			expect(retryAfterMilliseconds(header, now)).toBeUndefined();
		},
	);
});
