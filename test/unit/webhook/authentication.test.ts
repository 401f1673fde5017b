import { createHmac } from 'node:crypto';

import type { Delivery, SignatureAuthentication } from '../../../nodes/shared/definition/push';
import { findRejection } from '../../../nodes/shared/webhook/authentication';

const delivery = (headers: Record<string, string>, body = ''): Delivery => ({
	headers,
	query: {},
	rawBody: Buffer.from(body),
	body: undefined,
});
const basicAuthentication = { kind: 'basic', userField: 'username', passwordField: 'password' } as const;
const basic = (text: string) => delivery({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const signed: SignatureAuthentication = {
	kind: 'signature',
	secretFields: ['current', 'previous'],
	encoding: 'hex',
	sent: ({ headers }) => (headers.signatures ?? '').split(' '),
	signedAt: ({ headers }) => (headers.time === undefined ? undefined : Number(headers.time)),
	maximumAgeField: 'age',
};
const sign = (secret: string, body: string | Buffer) => createHmac('sha256', secret).update(body).digest('hex');

describe('basic authentication', () => {
	const secrets = { username: 'n8n', password: 'pass:word' };

	test.each([
		['n8n:pass:word', undefined],
		['n8n:pass', 'wrong authentication'],
		['n8n:pass:word ', 'wrong authentication'],
		['N8N:pass:word', 'wrong authentication'],
		[':', 'wrong authentication'],
		['', 'no authentication sent'],
	])('%j: %s', (text, doubt) => {
		expect(findRejection(basicAuthentication, basic(text), secrets, 0)).toBe(doubt);
	});

	test('never counts an empty password', () => {
		expect(findRejection(basicAuthentication, basic('n8n:'), { username: 'n8n', password: '' }, 0)).toBe(
			'no secret in the credential',
		);
		expect(findRejection(basicAuthentication, basic(':'), {}, 0)).toBe('no secret in the credential');
	});
});

describe('signatures', () => {
	test('any sent one may equal any expected one', () => {
		const secrets = { current: 'new', previous: 'old' };
		for (const secret of ['new', 'old']) {
			const headers = { signatures: `${sign('other', 'body')} ${sign(secret, 'body')}` };
			expect(findRejection(signed, delivery(headers, 'body'), secrets, 0)).toBeUndefined();
		}
		expect(findRejection(signed, delivery({ signatures: sign('other', 'body') }, 'body'), secrets, 0)).toBe('wrong authentication');
	});

	test('are made over the bytes, not over what they say', () => {
		const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
		const sent = { ...delivery({ signatures: sign('secret', bytes) }), rawBody: bytes };
		expect(findRejection(signed, sent, { current: 'secret' }, 0)).toBeUndefined();
		const same = { ...sent, rawBody: Buffer.from(bytes.toString('utf8')) };
		expect(findRejection(signed, same, { current: 'secret' }, 0)).toBe('wrong authentication');
	});

	test('of an empty secret never count', () => {
		expect(findRejection(signed, delivery({ signatures: sign('', 'body') }, 'body'), { current: '', previous: ' ' }, 0)).toBe(
			'no secret in the credential',
		);
	});

	test.each([
		[60_000, undefined],
		[-60_000, undefined],
		[60_001, 'too old'],
		[undefined, 'too old'],
	])('signed %s ms ago with a limit of a minute: %s', (ago, doubt) => {
		const now = 1_000_000;
		const time: Record<string, string> = ago === undefined ? {} : { time: String(now - ago) };
		const sent = delivery({ signatures: sign('secret', 'body'), ...time }, 'body');
		expect(findRejection(signed, sent, { current: 'secret', age: 60 }, now)).toBe(doubt);
		for (const age of [0, '', null, undefined]) expect(findRejection(signed, sent, { current: 'secret', age }, now)).toBeUndefined();
	});

	test('a limit that is no number lets nothing through', () => {
		const sent = delivery({ signatures: sign('secret', 'body'), time: '1000' }, 'body');
		expect(findRejection(signed, sent, { current: 'secret', age: 'a minute' }, 1_000)).toBe('too old');
	});
});
