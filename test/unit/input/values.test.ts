import fc from 'fast-check';
import { DateTime } from 'luxon';
import { z } from 'zod';

import { countryCode, day, decimal, email, oneOrZero, identifier, instant, integer, json, listOf, numericIdentifier, oneOf, parseVendorTime, phone, text, timeZoneName, trueFalse, url, yesNo } from '../../../nodes/shared/input/values';
import { InvalidValue } from '../../../nodes/shared/definition/valueWriter';
import type { InstantOptions } from '../../../nodes/shared/input/values';
import type { ValueWriter, WriteContext } from '../../../nodes/shared/definition/valueWriter';

const context: WriteContext = {
	inputZone: 'Europe/Paris',
	vendorZone: 'Australia/Sydney',
	now: Date.UTC(2026, 10, 20, 9),
};

const write = (writer: ValueWriter, value: unknown, more: Partial<WriteContext> = {}) =>
	writer(value, { ...context, ...more });

/** What a writer says was expected. */
function expectation(writer: ValueWriter, value: unknown): string {
	try {
		return `accepted as ${JSON.stringify(write(writer, value))}`;
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidValue);
		return (error as InvalidValue).expected;
	}
}

const utcSeconds = instant({ format: 'yyyy-MM-dd HH:mm:ss', suffix: ' UTC' });
const writers: Record<string, ValueWriter> = {
	text: text({ maximum: 20 }),
	integer: integer({ minimum: -5, maximum: 5_000 }),
	decimal: decimal(),
	oneOrZero,
	yesNo,
	trueFalse,
	oneOf: oneOf(['Open', 'closed', 3]),
	identifier,
	numericIdentifier,
	list: listOf(identifier),
	joinedList: listOf(identifier, { separator: ',' }),
	phone: phone(),
	nationalPhone: phone({ defaultCountryCode: '49' }),
	phoneOrExtension: phone({ shortNumbers: true }),
	countryCode,
	email,
	url,
	json: json(),
	jsonText: json(undefined, { as: 'text' }),
	iso: instant({ format: 'iso' }),
	isoMilliseconds: instant({ format: 'isoMilliseconds', zone: 'vendor' }),
	epochSeconds: instant({ format: 'epochSeconds' }),
	utcSeconds,
	day: day(),
};

const anything = fc.oneof(
	fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }),
	fc.string({ unit: 'binary' }),
	fc.date().map((date) => (Number.isNaN(date.getTime()) ? 'never' : date.toISOString())),
	fc.emailAddress(),
	fc.webUrl(),
	fc.integer().map(String),
	fc.string({ unit: fc.constantFrom(...'+0123456789 ()-./') }),
	fc.json(),
	fc.constantFrom('Yes', 'no', 'OPEN', '3', '2026-11-20', '11/20/2026', { __rl: true, mode: 'id', value: 'q1' }),
);

describe('every writer', () => {
	it.each(Object.entries(writers))(
		'throws InvalidValue and nothing else, and its own result stays as it is: %s',
		(_name, writer) => {
			fc.assert(
				fc.property(anything, (value) => {
					let written: unknown;
					try {
						written = write(writer, value);
					} catch (error) {
						expect(error).toBeInstanceOf(InvalidValue);
						expect((error as InvalidValue).expected).not.toBe('');
						return;
					}
					expect(write(writer, written)).toEqual(written);
				}),
				{ numRuns: 500 },
			);
		},
	);

	it.each(Object.entries(writers))('leaves out what is empty: %s', (name, writer) => {
		expect(write(writer, undefined)).toBeUndefined();
		expect(write(writer, null)).toBeUndefined();
		expect(write(writer, '')).toBe(name === 'text' ? '' : undefined);
	});
});

describe('text', () => {
	it('takes numbers and switches as text and keeps spaces', () => {
		expect([' a ', 7, true].map((value) => write(text(), value))).toEqual([' a ', '7', 'true']);
	});

	it('counts characters, not their parts', () => {
		expect(write(text({ maximum: 2 }), '👍👍')).toBe('👍👍');
		expect(expectation(text({ maximum: 2 }), 'abc')).toBe('text of at most 2 characters');
	});

	it.each([[{}], [[]], [() => 'x']])('refuses %p', (value) => {
		expect(expectation(text(), value)).toBe('text');
	});

	it.each([NaN, Infinity, 'a\0b', 'half \ud83d', '\udc4d'])('refuses %p, which no vendor can store', (value) => {
		expect(expectation(text(), value)).toBe('text without control characters');
	});
});

describe('numbers', () => {
	it.each([
		['7', 7],
		[' -3 ', -3],
		['1e3', 1000],
		['7.0', 7],
		[5_000, 5_000],
	])('integer takes %p', (value, expected) => {
		expect(write(writers.integer, value)).toBe(expected);
	});

	it.each(['7.5', 'seven', '0x10', '1,000', ' ', -6, 5_001, Infinity, NaN, true, [1], '9007199254740993'])(
		'integer refuses %p',
		(value) => {
			expect(expectation(writers.integer, value)).toBe('a whole number from -5 to 5000');
		},
	);

	it('decimal takes numbers with a point', () => {
		expect(['12.5', '.5', 3, '-1.'].map((value) => write(decimal(), value))).toEqual([12.5, 0.5, 3, -1]);
		expect(expectation(decimal({ minimum: 0 }), '12,5')).toBe('a number such as 12.5, at least 0');
		expect(expectation(decimal({ maximum: 10 }), 11)).toBe('a number such as 12.5, at most 10');
	});

	it.each([
		[true, 1, 'Y', true],
		['Yes', 1, 'Y', true],
		[1, 1, 'Y', true],
		[false, 0, 'N', false],
		['off', 0, 'N', false],
		['0', 0, 'N', false],
	])('a switch takes %p', (value, one, two, three) => {
		expect([oneOrZero, yesNo, trueFalse].map((writer) => write(writer, value))).toEqual([one, two, three]);
	});

	it('a switch refuses everything else', () => {
		expect(expectation(oneOrZero, 'maybe')).toBe('true or false');
		expect(expectation(yesNo, 2)).toBe('true or false');
	});
});

describe('choices and ids', () => {
	it('gives the value as the vendor writes it', () => {
		expect(['open', 'CLOSED', '3', 3].map((value) => write(writers.oneOf, value))).toEqual(['Open', 'closed', 3, 3]);
		expect(write(oneOf(['a', 'A']), 'A')).toBe('A');
		expect(expectation(writers.oneOf, 'gone')).toBe('one of: Open, closed, 3');
	});

	it.each([
		['q1', 'q1'],
		[' q1 ', 'q1'],
		[7, 7],
		['me@example.com', 'me@example.com'],
		[{ __rl: true, mode: 'list', value: 'q1' }, 'q1'],
	])('identifier takes %p', (value, expected) => {
		expect(write(identifier, value)).toBe(expected);
	});

	it.each(['a/b', 'a\\b', 'a\nb', '..', ' ', 1.5, {}, ['a'], '\ud800'])('identifier refuses %p', (value) => {
		expect(expectation(identifier, value)).toBe('an ID without slashes');
	});

	it('numericIdentifier takes digits, also more than a number holds', () => {
		expect(write(numericIdentifier, ' 0042 ')).toBe(42);
		expect(write(numericIdentifier, '12345678901234567890')).toBe('12345678901234567890');
		for (const value of ['q1', -1, 1.5, '1e3', [1]])
			expect(expectation(numericIdentifier, value)).toBe('a numeric ID such as 42');
	});
});

describe('listOf', () => {
	it.each([
		['a, b\nc,,', ['a', 'b', 'c']],
		[
			['a', '', 'b', null],
			['a', 'b'],
		],
		['["a", "b,c"]', ['a', 'b,c']],
		['[not JSON', ['[not JSON']],
		[7, [7]],
		[{ __rl: true, mode: 'list', value: 'q1' }, ['q1']],
		[
			[{ __rl: true, mode: 'id', value: 'q1' }, 'q2'],
			['q1', 'q2'],
		],
		['a\r\nb', ['a', 'b']],
		[[], undefined],
		[' , ', undefined],
	])('takes %p', (value, expected) => {
		expect(write(listOf(identifier), value)).toEqual(expected);
	});

	it('joins where the vendor wants one text', () => {
		expect(write(listOf(integer(), { separator: ';' }), '1,2, 3')).toBe('1;2;3');
	});

	it('does not let a value become two', () => {
		expect(expectation(writers.joinedList, ['a,b'])).toBe("values without ','");
	});

	it('refuses too many values and passes on what a value should be', () => {
		expect(expectation(listOf(identifier, { maximum: 2 }), 'a,b,c')).toBe('at most 2 values');
		expect(expectation(listOf(integer()), 'a')).toBe('a whole number');
	});
});

describe('email and url', () => {
	it('take addresses', () => {
		expect(write(email, ' name+tag@example.com ')).toBe('name+tag@example.com');
		expect(write(url, ' https://example.com/a?b=c ')).toBe('https://example.com/a?b=c');
	});

	it('refuse everything else', () => {
		for (const value of ['name', 'a@b', 'a@b.c, d@e.f', 7])
			expect(expectation(email, value)).toMatch(/^an email address/);
		for (const value of ['example.com', 'javascript:alert(1)', 'https://', 'https://a b', 7])
			expect(expectation(url, value)).toMatch(/^a web address/);
	});
});

describe('json', () => {
	const schema = z.object({ name: z.string(), count: z.number().optional() });

	it('takes text and objects and keeps keys that the schema does not know', () => {
		const value = { name: 'a', other: [1] };
		expect(write(json(schema), value)).toBe(value);
		expect(write(json(schema), JSON.stringify(value))).toEqual(value);
		expect(write(json(schema, { as: 'text' }), ` ${JSON.stringify(value)}`)).toBe('{"name":"a","other":[1]}');
	});

	it('says where the schema is not met', () => {
		expect(expectation(json(schema), { name: 1 })).toMatch(/'name'/);
		expect(expectation(json(schema), '{"name":')).toBe('valid JSON');
		expect(expectation(json(schema), [])).toMatch(/^JSON in the described form/);
		for (const value of ['{', '7', 'null', 7, true]) expect(expectation(json(), value)).toBe('a JSON object or list');
	});

	it('refuses what cannot be written', () => {
		const circle: Record<string, unknown> = {};
		circle.self = circle;
		expect(expectation(json(undefined, { as: 'text' }), circle)).toBe('a JSON object or list');
		expect(expectation(json(z.any()), circle)).toBe('a value that can be written as JSON');
	});
});

describe('instant', () => {
	const iso = instant({ format: 'iso' });

	it.each([
		['2026-11-20T09:30:00Z', '2026-11-20T09:30:00Z'],
		['2026-11-20T09:30:00+10:00', '2026-11-19T23:30:00Z'],
		['2026-11-20T09:30:00+1000', '2026-11-19T23:30:00Z'],
		['2026-11-20T09:30:00.123456-05', '2026-11-20T14:30:00Z'],
		['2026-11-20T09:30', '2026-11-20T08:30:00Z'],
		['2026-11-20 09:30:00', '2026-11-20T08:30:00Z'],
		['2026-11-20 09:30:00 UTC', '2026-11-20T09:30:00Z'],
		['2026-07-20', '2026-07-19T22:00:00Z'],
		[new Date('2026-11-20T09:30:00Z'), '2026-11-20T09:30:00Z'],
		[DateTime.fromISO('2026-11-20T09:30:00', { zone: 'Asia/Tokyo' }), '2026-11-20T00:30:00Z'],
		[Date.UTC(2026, 10, 20, 9, 30), '2026-11-20T09:30:00Z'],
		[String(Date.UTC(2026, 10, 20, 9, 30)), '2026-11-20T09:30:00Z'],
		[Date.UTC(2026, 10, 20, 9, 30) / 1000, '2026-11-20T09:30:00Z'],
	])('reads %p', (value, expected) => {
		expect(write(iso, value)).toBe(expected);
	});

	it.each([
		'soon',
		'20.11.2026',
		'11/20/2026',
		'2026-13-01',
		'2026-02-30',
		'2026-11-20T25:00',
		'2026-11-20T09:30:60Z',
		'20261120',
		true,
		{},
		[],
		new Date(NaN),
		DateTime.invalid('x'),
		Infinity,
	])('refuses %p', (value) => {
		expect(expectation(iso, value)).toBe('a date and time such as 2026-11-20T09:30:00+01:00');
	});

	it.each<[InstantOptions, unknown]>([
		[{ format: 'iso', zone: 'vendor' }, '2026-11-20T20:30:00+11:00'],
		[{ format: 'isoMilliseconds' }, '2026-11-20T09:30:00.500Z'],
		[{ format: 'isoMilliseconds', zone: 'vendor' }, '2026-11-20T20:30:00.500+11:00'],
		[{ format: 'epochSeconds' }, Date.UTC(2026, 10, 20, 9, 30) / 1000],
		[{ format: 'yyyy-MM-dd HH:mm:ss', zone: 'vendor' }, '2026-11-20 20:30:00'],
		[{ format: 'yyyy-MM-dd HH:mm:ss', zone: 'utc', suffix: ' UTC' }, '2026-11-20 09:30:00 UTC'],
		[{ format: 'yyyyMMdd' }, '20261120'],
	])('writes as %p', (options, expected) => {
		expect(write(instant(options), '2026-11-20T09:30:00.500Z')).toBe(expected);
	});

	it('writes in UTC what lies before standard time, whose offsets have seconds', () => {
		const inZone = instant({ format: 'isoMilliseconds', zone: 'vendor' });
		expect(write(inZone, '1890-01-31T13:55:07.999Z')).toBe('1890-01-31T13:55:07.999Z');
	});

	it('refuses the past where it must lie ahead', () => {
		const ahead = instant({ format: 'iso', past: 'refused' });
		const expected = 'a date and time in the future, such as 2026-11-21T10:00:00+01:00 (it is 2026-11-20T10:00:00+01:00 now)';
		expect(expectation(ahead, '2026-11-20T08:59:59Z')).toBe(expected);
		expect(expectation(ahead, '2026-11-20T09:59:59')).toBe(expected);
		expect(write(ahead, '2026-11-20T10:00:01')).toBe('2026-11-20T09:00:01Z');
	});

	it('refuses a time without offset where the zone matters', () => {
		const exact = instant({ format: 'iso', zoneRequired: true });
		expect(expectation(exact, '2026-11-20 09:30:00')).toMatch(/with its offset/);
		expect(write(exact, new Date(0))).toBe('1970-01-01T00:00:00Z');
	});

	it('says so when the zone of the workflow or the credential does not exist', () => {
		const nowhere = { inputZone: 'Europe/Nowhere', vendorZone: 'Nowhere/Else' };
		expect(() => write(iso, '2026-11-20 09:30:00', nowhere)).toThrow(InvalidValue);
		expect(() => write(instant({ format: 'iso', zone: 'vendor' }), 0, nowhere)).toThrow(/'Nowhere\/Else'/);
		expect(() => write(day(), 0, nowhere)).toThrow(InvalidValue);
		expect(write(iso, '2026-11-20T09:30:00Z', nowhere)).toBe('2026-11-20T09:30:00Z');
	});

	it('reads every ISO form that luxon writes', () => {
		const zone = fc.constantFrom('UTC', 'Europe/Paris', 'Asia/Kolkata', 'America/St_Johns');
		const precise = instant({ format: 'isoMilliseconds' });
		fc.assert(
			fc.property(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), zone, fc.boolean(), (epoch, name, isBasic) => {
				const moment = DateTime.fromMillis(epoch, { zone: name });
				const typed = isBasic ? moment.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZZZ") : moment.toISO();
				expect(write(precise, typed)).toBe(new Date(epoch).toISOString());
				expect(parseVendorTime(typed, 'Asia/Tokyo')).toBe(epoch);
			}),
		);
	});
});

describe('day', () => {
	it.each([
		['2026-11-20', '2026-11-20'],
		['2026-11-20T00:00:00', '2026-11-20'],
		[' 2026-11-20 23:59:59 ', '2026-11-20'],
		['2026-11-20T14:00:00Z', '2026-11-21'],
		[new Date('2026-11-20T12:59:59Z'), '2026-11-20'],
	])('takes %p', (value, expected) => {
		expect(write(day(), value)).toBe(expected);
	});

	it('puts a moment on its day in the zone it is told', () => {
		const late = '2026-11-20T23:30:00Z';
		expect(
			[day({ zone: 'utc' }), day({ zone: 'input' }), day({ zone: 'vendor' })].map((writer) => write(writer, late)),
		).toEqual(['2026-11-20', '2026-11-21', '2026-11-21']);
	});

	it('refuses what is no day', () => {
		for (const value of ['2026-02-29', 'today', '20/11/2026', {}])
			expect(expectation(day(), value)).toBe('a day such as 2026-11-20');
	});
});

describe('parseVendorTime', () => {
	const moment = Date.UTC(2026, 10, 20, 9, 30, 15);

	it.each([
		['2026-11-20T09:30:15Z', moment],
		['2026-11-20T19:30:15+1000', moment],
		['2026-11-20T19:30:15+10:00', moment],
		['2026-11-20T09:30:15.250Z', moment + 250],
		['2026-11-20 10:30:15', moment],
		['2026-11-20T10:30:15', moment],
		['2026-11-20 09:30:15 UTC', moment],
		['11/20/2026 10:30:15', moment],
		['11/20/2026', Date.UTC(2026, 10, 19, 23)],
		['2026-11-20', Date.UTC(2026, 10, 19, 23)],
		[moment, moment],
		[moment / 1000, moment],
		[String(moment / 1000), moment],
	])('reads %p', (value, expected) => {
		expect(parseVendorTime(value, 'Europe/Paris')).toBe(expected);
	});

	it.each([undefined, null, '', 'now', '0000-00-00 00:00:00', '20/11/2026', 0, '0', NaN, true, {}, '2026'])(
		'finds no time in %p',
		(value) => {
			expect(parseVendorTime(value, 'Europe/Paris')).toBeUndefined();
		},
	);

	it('reads back every form that is written for a vendor', () => {
		const zone = fc.constantFrom('UTC', 'Europe/Paris', 'Australia/Lord_Howe', 'America/Phoenix');
		const formats: InstantOptions[] = [
			{ format: 'iso' },
			{ format: 'iso', zone: 'vendor' },
			{ format: 'epochSeconds' },
			{ format: 'yyyy-MM-dd HH:mm:ss', suffix: ' UTC' },
		];
		const seconds = fc.integer({ min: 200_000_000, max: 4_000_000_000 });
		fc.assert(
			fc.property(seconds, zone, fc.constantFrom(...formats), (time, vendorZone, options) => {
				const written = write(instant(options), time * 1000, { vendorZone });
				expect(parseVendorTime(written, vendorZone)).toBe(time * 1000);
			}),
		);
	});
});

describe('timeZoneName', () => {
	it.each([
		['Australia/Sydney', 'Australia/Sydney'],
		[' australia/sydney ', 'Australia/Sydney'],
		['Asia/Kolkata', expect.stringMatching(/^Asia\/Kol[kc]ata$/)],
		['UTC', 'UTC'],
		['', undefined],
	])('writes %j as %j', (given, expected) => {
		expect(write(timeZoneName, given)).toEqual(expected);
	});

	it.each(['Australia/Sidney', '+10:00', 'AEST plus', 10])('refuses %j', (given) => {
		expect(() => write(timeZoneName, given)).toThrow(InvalidValue);
	});
});
