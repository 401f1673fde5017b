import { addMonths } from '../time/timeZone';
import { instant } from '../input/values';
import type { WriteContext } from '../definition/valueWriter';

/** A period in epoch milliseconds; both bounds belong to it. */
export interface Period {
	from: number;
	to: number;
}

const oneSecond = 1_000;
const onlyDay = /^\d{4}-\d{2}-\d{2}$/;
const writeIso = instant({ format: 'isoMilliseconds' });

/** Epoch milliseconds of a date that a user gave; undefined when it is none. */
export function instantOf(value: unknown, context: WriteContext): number | undefined {
	try {
		return Date.parse(String(writeIso(value, context)));
	} catch {
		return undefined;
	}
}

/**
 * A bound of a period in epoch milliseconds; undefined when it is none. A day without time is a day of the vendor, of which
 * the first or the last second counts.
 */
export function boundOf(value: unknown, context: WriteContext, second: 'first' | 'last'): number | undefined {
	if (typeof value !== 'string' || !onlyDay.test(value.trim())) return instantOf(value, context);
	const time = second === 'first' ? '00:00:00' : '23:59:59';
	return instantOf(`${value.trim()} ${time}`, { ...context, inputZone: context.vendorZone });
}

/**
 * Cuts a period into windows of at most the given months, newest first.
 * Windows do not overlap: each ends one second before the next begins.
 */
export function periodWindows(from: number, to: number, months: number, zone: string): Period[] {
	const windows: Period[] = [];
	let end = to;
	while (end >= from) {
		const begin = Math.max(from, addMonths(end, -months, zone) + oneSecond);
		windows.push({ from: begin, to: end });
		end = begin - oneSecond;
	}
	return windows.length === 0 ? [{ from, to }] : windows;
}
