import fc from 'fast-check';

import { collectSecrets, redact, redactUrl, withoutKeys } from '../../../nodes/shared/http/secrets';

describe('collectSecrets', () => {
	it('takes passwords, keys and tokens, and nothing else', () => {
		const secrets = collectSecrets({
			baseUrl: 'https://acme.example.com',
			username: 'acme',
			password: 'p4ssw0rd',
			apiKey: 'key-value',
			apiKeyV3: 'newer-key-value',
			apiToken: 'token-value',
			tokenPrefix: 'Bearer',
			keyPlacement: 'parameter',
			timezone: 'Europe/Paris',
			requestsPerSecond: 5,
			oauthTokenData: { access_token: 'inner-token' },
		});
		expect(secrets).toEqual(expect.arrayContaining(['p4ssw0rd', 'key-value', 'newer-key-value', 'token-value', 'inner-token']));
		for (const harmless of ['acme', 'Bearer', 'parameter', 'Europe/Paris', 'https://acme.example.com']) {
			expect(secrets).not.toContain(harmless);
		}
	});

	it('leaves out what is too short to be told from other text', () => {
		expect(collectSecrets({ apiKey: 'abc', password: '' })).toEqual([]);
	});

	it('knows a secret in every form in which it is sent', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', minLength: 4 }), fc.string(), (password, username) => {
				const secrets = collectSecrets({ username, password });
				const wellFormed = Buffer.from(password, 'utf8').toString('utf8');
				const forms = [
					password,
					encodeURIComponent(wellFormed),
					new URLSearchParams({ password }).toString(),
					JSON.stringify({ password }),
					Buffer.from(`${username}:${password}`, 'utf8').toString('base64'),
					Buffer.from(`${password}:`, 'utf8').toString('base64'),
				];
				for (const form of forms) {
					const clean = redact(`before ${form} after`, secrets);
					expect(clean).toContain('***');
					expect(clean).not.toContain(form);
				}
			}),
		);
	});

	it('gives the longest first, so that no rest of a longer one stays', () => {
		const secrets = collectSecrets({ apiKey: 'abcd', apiToken: 'abcdefgh' });
		expect(redact('abcdefgh', secrets)).toBe('***');
	});
});

describe('redact', () => {
	it.each([
		['Authorization: Bearer abc.def-ghi_123', 'Authorization: Bearer ***'],
		['authorization: Basic dXNlcjpwYXNz', 'authorization: Basic ***'],
		['GET https://a.example/x?apikey=abc&page=2 failed', 'GET https://a.example/x?apikey=***&page=2 failed'],
		['Unknown key=abc in the form', 'Unknown key=abc in the form'],
		['Basic settings are missing', 'Basic settings are missing'],
		["Field 'x' is missing.", "Field 'x' is missing."],
	])('makes %p fit to be shown', (text, expected) => {
		expect(redact(text, [])).toBe(expected);
	});

	it('takes a secret as text, not as a pattern, and ignores an empty one', () => {
		expect(redact('a.c abc $&', ['a.c', '', '$&'])).toBe('*** abc ***');
	});
});

describe('redactUrl', () => {
	it.each([
		['https://a.example/x?apikey=s3cret', 'https://a.example/x?apikey=***'],
		['https://a.example/x?page=1&API_KEY=s3cret&per=2', 'https://a.example/x?page=1&API_KEY=***&per=2'],
		[
			'/x?key=a&access_token=b&token=c&sig=d&signature=e',
			'/x?key=***&access_token=***&token=***&sig=***&signature=***',
		],
		['/x?X-Amz-Signature=a&X-Amz-Credential=b%2Fc&id=7', '/x?X-Amz-Signature=***&X-Amz-Credential=***&id=7'],
		['/x?api%6bey=a', '/x?api%6bey=***'],
		['https://me:s3cret@a.example/x', 'https://***@a.example/x'],
		[`${'a'.repeat(60)}https://me:s3cret@a.example/x`, `${'a'.repeat(60)}https://***@a.example/x`],
		['/x#access_token=a', '/x#access_token=***'],
		['/x?keyword=a&monkey=b&%zz=c', '/x?keyword=a&monkey=b&%zz=c'],
		['https://a.example/x?email=a@b.example', 'https://a.example/x?email=a@b.example'],
	])('shows %p without secrets', (url, expected) => {
		expect(redactUrl(url)).toBe(expected);
		expect(redactUrl(expected)).toBe(expected);
	});
});

it('shows an address of any length in time', () => {
	const parts = Array.from({ length: 20_000 }, (_, index) => `k${index}=${index}`);
	const long = `https://a.example/x?${parts.join('&')}&apikey=s3cret`;
	const began = performance.now();
	for (const url of [long, `/x?${'a'.repeat(500_000)}`, 'a.'.repeat(200_000), `https://${'a:'.repeat(200_000)}`, '%'.repeat(300_000)]) redactUrl(url);
	expect(redactUrl(long).endsWith('&apikey=***')).toBe(true);
	// A fifth of a second of work; taking every part once for each other one takes minutes.
	expect(performance.now() - began).toBeLessThan(10_000);
});

describe('withoutKeys', () => {
	it('removes keys at any depth', () => {
		const answer = { id: 1, authtoken: 'x', inner: [{ authtoken: 'y', name: 'a' }, { name: 'b' }], sso_key: { a: 1 } };
		const before = JSON.stringify(answer);
		expect(withoutKeys(answer, ['authtoken', 'sso_key'])).toEqual({ id: 1, inner: [{ name: 'a' }, { name: 'b' }] });
		expect(JSON.stringify(answer)).toBe(before);
	});

	it('gives the same value where no key is present, and the untouched parts of one where some are', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(withoutKeys(value, ['no such key'])).toBe(value);
				const wrapped = withoutKeys({ kept: value, authtoken: 'x' }, ['authtoken']);
				expect(wrapped).toEqual({ kept: value });
				expect(wrapped.kept).toBe(value);
			}),
		);
	});

	it('leaves alone what is no plain data', () => {
		const file = Buffer.from('authtoken');
		const date = new Date();
		expect(withoutKeys({ authtoken: 1, file, date }, ['authtoken'])).toEqual({ file, date });
	});

	it('ends on circles', () => {
		const value: Record<string, unknown> = { a: ['x'], authtoken: 'x' };
		value.self = value;
		expect(withoutKeys(value, ['nothing'])).toBe(value);
		expect(withoutKeys(value, ['authtoken'])).toEqual({ a: ['x'], self: value });
	});

	it('stands an answer that is nested without end', () => {
		let deep: unknown = { authtoken: 'x' };
		for (let level = 0; level < 20_000; level++) deep = { inner: deep };
		expect(() => withoutKeys(deep, ['authtoken'])).not.toThrow();
	});
});
