import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';

import {
	addMonths,
	daysInMonth,
	fromZonedText,
	isTimeZone,
	repeatedPeriod,
	toZonedText,
	zonedParts,
	zoneOffset,
} from '../../../nodes/shared/time/timeZone';
import type { TimeParts } from '../../../nodes/shared/time/timeZone';

const zones = [
	...[
		'UTC',
		'Europe/Paris',
		'America/New_York',
		'America/Phoenix',
		'America/St_Johns',
		'America/Sao_Paulo',
		'Asia/Kolkata',
	],
	...[
		'Asia/Kathmandu',
		'Asia/Tehran',
		'Australia/Sydney',
		'Australia/Lord_Howe',
		'Africa/Casablanca',
		'Pacific/Apia',
		'Etc/GMT+5',
	],
];
const zone = fc.constantFrom(...zones);
const epoch = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2100, 0, 1) });

/** Moments near a change of clocks, where the mistakes are. */
const changes = [
	...[
		'2026-03-29T01:00Z',
		'2026-10-25T01:00Z',
		'2026-03-08T07:00Z',
		'2026-11-01T06:00Z',
		'2026-04-04T16:00Z',
		'2026-10-03T16:00Z',
	],
	...[
		'2026-04-04T15:00Z',
		'2026-10-03T15:30Z',
		'2011-12-30T10:00Z',
		'2018-11-04T03:00Z',
		'2026-02-15T02:00Z',
		'2026-03-22T02:00Z',
	],
].map((text) => Date.parse(text));
const nearChange = fc
	.tuple(fc.constantFrom(...changes), fc.integer({ min: -26 * 3600, max: 26 * 3600 }))
	.map(([change, seconds]) => change + seconds * 1000);
const moment = fc.oneof(epoch, nearChange);

function localTime(parts: TimeParts): number {
	return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second, parts.millisecond);
}

/** True when the clock of a zone ever shows a time; luxon's own search misses some near large changes. */
function isShown(local: number, name: string): boolean {
	const zone = IANAZone.create(name);
	const offsets = [-26, -13, 0, 13, 26].map((hours) => zone.offset(local + hours * 3_600_000));
	return offsets.some((offset) => zone.offset(local - offset * 60_000) === offset);
}

describe('time zones', () => {
	it('write a moment as luxon does', () => {
		fc.assert(
			fc.property(moment, zone, (time, name) => {
				const expected = DateTime.fromMillis(time, { zone: name });
				expect(toZonedText(time, name, "yyyy-MM-dd'T'HH:mm:ss.SSS")).toBe(
					expected.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS"),
				);
				expect(zoneOffset(time, name)).toBe(expected.offset * 60_000);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('write the offset', () => {
		expect(toZonedText(0, 'Asia/Kathmandu', 'ZZ')).toBe('+05:30');
		expect(toZonedText(Date.UTC(2026, 0), 'America/St_Johns', 'yyyy/MM ZZ')).toBe('2025/12 -03:30');
		expect(toZonedText(0, 'UTC', "'yyyy' ZZ")).toBe('yyyy +00:00');
	});

	it('read back what they wrote, and the first of two where a time comes twice', () => {
		fc.assert(
			fc.property(moment, zone, (time, name) => {
				const read = fromZonedText(zonedParts(time, name), name);
				const possible = DateTime.fromMillis(time, { zone: name })
					.getPossibleOffsets()
					.map((one) => one.toMillis());
				expect(zonedParts(read, name)).toEqual(zonedParts(time, name));
				expect(read).toBe(Math.min(time, ...possible));
			}),
			{ numRuns: 2_000 },
		);
	});

	it('move a skipped time forward by what is skipped, and leave every other time as it is', () => {
		fc.assert(
			fc.property(moment, zone, zone, (time, name, other) => {
				const wanted = zonedParts(time, other);
				const read = fromZonedText(wanted, name);
				const moved = localTime(zonedParts(read, name)) - localTime(wanted);
				const exists = isShown(localTime(wanted), name);
				expect(moved === 0).toBe(exists);
				expect(moved).toBe(exists ? 0 : zoneOffset(read, name) - zoneOffset(read - moved, name));
				expect(moved).toBeGreaterThanOrEqual(0);
			}),
			{ numRuns: 3_000 },
		);
	});

	it.each([
		[
			'2026-03-29 02:30 does not exist in Paris',
			{ year: 2026, month: 3, day: 29, hour: 2, minute: 30 },
			'2026-03-29T01:30:00.000Z',
		],
		[
			'2026-10-25 02:30 comes twice in Paris',
			{ year: 2026, month: 10, day: 25, hour: 2, minute: 30 },
			'2026-10-25T00:30:00.000Z',
		],
		['a day is its midnight', { year: 2026, month: 7, day: 1 }, '2026-06-30T22:00:00.000Z'],
	])('%s', (_name, parts, expected) => {
		expect(new Date(fromZonedText(parts, 'Europe/Paris')).toISOString()).toBe(expected);
	});

	it('know their names', () => {
		for (const name of zones) expect(isTimeZone(name)).toBe(true);
		for (const name of ['', 'Europe/Nowhere', '+01:00', 'CEST in summer']) expect(isTimeZone(name)).toBe(false);
		expect(() => zoneOffset(0, 'Europe/Nowhere')).toThrow(RangeError);
	});

	it('add months as luxon does', () => {
		fc.assert(
			fc.property(epoch, zone, fc.integer({ min: -30, max: 30 }), (time, name, months) => {
				const expected = DateTime.fromMillis(time, { zone: name }).plus({ months });
				const got = DateTime.fromMillis(addMonths(time, months, name), { zone: name });
				// Where the time comes twice luxon keeps the offset of its start.
				expect(got.toFormat('yyyy-MM-dd HH:mm:ss.SSS')).toBe(expected.toFormat('yyyy-MM-dd HH:mm:ss.SSS'));
			}),
			{ numRuns: 1_000 },
		);
	});

	it('know the length of months', () => {
		expect([1, 2, 4, 12].map((month) => daysInMonth(2026, month))).toEqual([31, 28, 30, 31]);
		expect([2000, 2024, 2100].map((year) => daysInMonth(year, 2))).toEqual([29, 29, 28]);
	});

	it('convert many times', () => {
		const start = Date.UTC(2026, 0, 1);
		for (let count = 0; count < 100_000; count++) {
			const time = start + count * 317_000;
			if (fromZonedText(zonedParts(time, 'Australia/Sydney'), 'Australia/Sydney') > time) throw new Error(String(time));
		}
	});

	it('know when a clock shows each moment twice', () => {
		const times = (zone: string, ...texts: string[]) => texts.map((text) => repeatedPeriod(Date.parse(text), zone));
		const berlin = { from: Date.parse('2026-10-25T00:00Z'), to: Date.parse('2026-10-25T02:00Z') };
		const texts = ['2026-10-24T23:59:59Z', '2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-25T01:59:59Z', '2026-10-25T02:00Z'];
		expect(times('Europe/Berlin', ...texts)).toEqual([undefined, berlin, berlin, berlin, undefined]);
		expect(times('Australia/Lord_Howe', '2026-04-04T14:29Z', '2026-04-04T14:30Z', '2026-04-04T15:29Z', '2026-04-04T15:30Z')).toEqual([
			undefined,
			...[1, 2].map(() => ({ from: Date.parse('2026-04-04T14:30Z'), to: Date.parse('2026-04-04T15:30Z') })),
			undefined,
		]);
		expect(times('Europe/Berlin', '2026-03-29T00:30Z', '2026-03-29T01:30Z', '2026-06-01T00:00Z')).toEqual([undefined, undefined, undefined]);
	});
});
