import { daysInMonth, fromZonedText, utcEpoch } from './timeZone';
import type { TimeParts } from './timeZone';

/** A time as it was written: wall clock, and milliseconds ahead of UTC where that is said. */
export interface WrittenTime {
	parts: TimeParts;
	offset?: number;
	/** True for a day without time. */
	isDay: boolean;
}

/** Numbers below are epoch seconds, those above epoch milliseconds: 1973 in milliseconds, 5138 in seconds. */
const minimumMilliseconds = 100_000_000_000;

/** Range of what Date can hold. */
const maximumMilliseconds = 8_640_000_000_000_000;

const clockPattern = '(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?';
const zonePattern = '\\s*(Z|UTC|[+-]\\d{2}(?::?\\d{2})?)';
const yearFirst = new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})(?:[T ]${clockPattern}(?:${zonePattern})?)?$`, 'i');
const monthFirst = new RegExp(`^(\\d{2})/(\\d{2})/(\\d{4})(?: ${clockPattern})?$`);

/** Reads `2026-11-20`, `2026-11-20 09:30:00` and ISO forms with `Z`, ` UTC`, `+10:00` or `+1000`. */
export function readYearFirst(given: string): WrittenTime | undefined {
	const match = yearFirst.exec(given.trim());
	if (match === null) return undefined;
	const [, year, month, day, ...clock] = match;
	return checked([year, month, day], clock.slice(0, 4), clock[4]);
}

/** Reads the American form `11/20/2026` or `11/20/2026 09:30:00`. */
export function readMonthFirst(given: string): WrittenTime | undefined {
	const match = monthFirst.exec(given.trim());
	if (match === null) return undefined;
	const [, month, day, year, ...clock] = match;
	return checked([year, month, day], clock, undefined);
}

/** Reads epoch seconds or milliseconds, told apart by size, given as a number or as 9 to 13 digits. */
export function readEpoch(value: unknown): number | undefined {
	const isDigits = typeof value === 'string' && /^\s*\d{9,13}\s*$/.test(value);
	const number = isDigits ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
	const milliseconds = Math.abs(number) < minimumMilliseconds ? number * 1000 : number;
	return Math.abs(milliseconds) <= maximumMilliseconds ? Math.round(milliseconds) : undefined;
}

/** The moment of a written time; one without offset is read in the zone. */
export function momentOf(written: WrittenTime, zone: string): number {
	return written.offset === undefined ? fromZonedText(written.parts, zone) : utcEpoch(written.parts) - written.offset;
}

/**
 * Reads a time of a vendor, in epoch milliseconds: ISO with Z, +10:00 or +1000; `2026-11-20 09:30:00`, with T, as a day, or as
 * 11/20/2026, each in the zone unless it ends with ` UTC`; epoch seconds or milliseconds. Undefined for anything else.
 */
export function parseVendorTime(value: unknown, zone: string): number | undefined {
	if (typeof value === 'string') {
		const written = readYearFirst(value) ?? readMonthFirst(value);
		if (written !== undefined) return momentOf(written, zone);
	}
	const epoch = readEpoch(value);
	return epoch === 0 ? undefined : epoch;
}

/** True for a time of a vendor that says its offset from UTC, or counts from the epoch: no zone is needed to read it. */
export function hasOffset(value: unknown): boolean {
	const written = typeof value === 'string' ? (readYearFirst(value) ?? readMonthFirst(value)) : undefined;
	return written === undefined ? readEpoch(value) !== undefined : written.offset !== undefined;
}

function checked(date: string[], clock: Array<string | undefined>, zone: string | undefined): WrittenTime | undefined {
	const [year, month, day] = date.map(Number);
	const [hour, minute, second] = clock.slice(0, 3).map((digits) => Number(digits ?? 0));
	const isDate = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
	if (!isDate || hour > 23 || minute > 59 || second > 59) return undefined;
	const millisecond = Number((clock[3] ?? '0').padEnd(3, '0').slice(0, 3));
	const parts = { year, month, day, hour, minute, second, millisecond };
	return { parts, offset: readOffset(zone), isDay: clock[0] === undefined };
}

function readOffset(zone: string | undefined): number | undefined {
	if (zone === undefined) return undefined;
	if (/^(Z|UTC)$/i.test(zone)) return 0;
	const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', '') || 0)];
	return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
