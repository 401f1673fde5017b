import fc from 'fast-check';

import { encodePathValue, fillPath } from '../../../nodes/shared/input/path';
import { normaliseBaseUrl } from '../../../nodes/shared/input/values';
import { InvalidValue } from '../../../nodes/shared/definition/valueWriter';

describe('normaliseBaseUrl', () => {
	it.each([
		['acme.ujet.co', 'https://acme.ujet.co'],
		['  acme.ujet.co:8443/ ', 'https://acme.ujet.co:8443'],
		['https://ACME.ujet.co', 'https://acme.ujet.co'],
		['https://acme.ujet.co///', 'https://acme.ujet.co'],
		['https://acme.ujet.co/a/b?x=1#y', 'https://acme.ujet.co/a/b'],
		['http://localhost:5678', 'http://localhost:5678'],
		['http://127.0.0.1:1', 'http://127.0.0.1:1'],
		['http://[::1]:1/', 'http://[::1]:1'],
		['localhost:5678', 'https://localhost:5678'],
	])('makes a base address out of %p', (input, expected) => {
		expect(normaliseBaseUrl(input)).toBe(expected);
	});

	it.each([
		'',
		'   ',
		undefined,
		42,
		'http://acme.ujet.co',
		'http://localhost.example.com',
		'http://127.example.com',
		'ftp://acme.ujet.co',
		'javascript://acme.ujet.co/%0aalert(1)',
		'https://',
		'https://user:secret@acme.ujet.co',
		'user@acme.ujet.co',
		'acme ujet co',
	])('refuses %p and says what is expected', (input) => {
		expect(() => normaliseBaseUrl(input)).toThrow(InvalidValue);
		expect(() => normaliseBaseUrl(input)).toThrow(/https address such as/);
	});

	it.each([
		['acme.ladesk.com', true, 'https://acme.ladesk.com/api'],
		['https://acme.ladesk.com/agent/index.php#/login', true, 'https://acme.ladesk.com/api'],
		['https://example.com/liveagent/api/v3/tickets', true, 'https://example.com/liveagent/api'],
		['https://example.com/liveagent', false, 'https://example.com/liveagent/api'],
		['https://example.com/apis', false, 'https://example.com/apis/api'],
		['https://example.com/api/', false, 'https://example.com/api'],
	])('completes %p (path cut off: %p)', (input, stripPaths, expected) => {
		expect(normaliseBaseUrl(input, { requiredSuffix: '/api', stripPaths })).toBe(expected);
	});

	it('gives the same for its own result', () => {
		fc.assert(
			fc.property(
				fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }),
				fc.boolean(),
				(input, stripPaths) => {
					const options = { requiredSuffix: '/api/2', stripPaths };
					const base = normaliseBaseUrl(input, options);
					expect(normaliseBaseUrl(base, options)).toBe(base);
					expect(base.endsWith('/api/2')).toBe(true);
				},
			),
		);
	});
});

const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'f', '?', '#', '@', ':', ' ', 'é', '\ud800') }),
);

describe('values in a path', () => {
	it('never leave their place', () => {
		fc.assert(
			fc.property(anyText, anyText, (first, second) => {
				let path: string;
				try {
					path = fillPath('/things/{first}/parts/{second}/end', { first, second });
				} catch (error) {
					expect(error).toBeInstanceOf(InvalidValue);
					return;
				}
				const url = new URL(`https://acme.example.com/base${path}`);
				expect(url.origin).toBe('https://acme.example.com');
				expect(url.search + url.hash).toBe('');
				const segments = url.pathname.split('/').map(decodeURIComponent);
				expect(segments).toEqual(['', 'base', 'things', first, 'parts', second, 'end']);
			}),
			{ numRuns: 2_000 },
		);
	});

	it.each(['', '.', '..', '\ud800'])('cannot be %p', (value) => {
		expect(() => encodePathValue(value)).toThrow(InvalidValue);
	});

	it('can be numbers, and take no part of the template', () => {
		expect(fillPath('/a/{id}/{other}', { id: 7, other: '{id}' })).toBe('/a/7/%7Bid%7D');
	});

	it.each<Record<string, string>>([{}, { other: 'x' }, { id: undefined as unknown as string }])(
		'must be there: %p',
		(values) => {
			expect(() => fillPath('/a/{id}', values)).toThrow(/'id'/);
			expect(() => fillPath('/a/{toString}', values)).toThrow(InvalidValue);
		},
	);
});
