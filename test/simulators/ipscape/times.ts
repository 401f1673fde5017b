import { DateTime, IANAZone } from 'luxon';

/** A point in time: epoch milliseconds, or ISO 8601 text (a text without offset is in the tenant's zone). */
export type Moment = number | string;

/** The vendor writes `+10:00` (`colon`) nearly everywhere and `+1000` (`compact`) in inbound calls. */
export type OffsetStyle = 'colon' | 'compact';

const zones = new Map<string, IANAZone>();

function zoneOf(name: string): IANAZone {
	const known = zones.get(name) ?? IANAZone.create(name);
	zones.set(name, known);
	return known;
}

/** True for the name of an IANA time zone. */
export function isTimeZone(name: string): boolean {
	return zoneOf(name).isValid;
}

/** Epoch milliseconds of an ISO text, cut to whole seconds as the vendor keeps them; NaN for anything else. */
export function parseTime(text: string, zone: string): number {
	return wholeSeconds(DateTime.fromISO(text, { zone }).toMillis());
}

/** Epoch milliseconds of a moment, cut to whole seconds; throws a RangeError when it is none. */
export function toTime(moment: Moment, zone: string): number {
	const time = typeof moment === 'number' ? wholeSeconds(moment) : parseTime(moment, zone);
	if (Number.isNaN(time)) throw new RangeError(`No date-time: ${moment}`);
	return time;
}

/** Cuts epoch milliseconds to whole seconds. */
export function wholeSeconds(time: number): number {
	return Math.floor(time / 1000) * 1000;
}

/** Writes epoch milliseconds with the offset that the zone has at that time; null stays null. */
export function writeTime(time: number | null, zone: string, style: OffsetStyle = 'colon'): string | null {
	if (time === null) return null;
	const offset = zoneOf(zone).offset(time);
	const local = new Date(time + offset * 60_000).toISOString().slice(0, 19);
	const digits = (value: number): string => String(Math.trunc(Math.abs(value))).padStart(2, '0');
	const sign = offset < 0 ? '-' : '+';
	return `${local}${sign}${digits(offset / 60)}${style === 'colon' ? ':' : ''}${digits(offset % 60)}`;
}

/** Seconds as `HH:MM:SS`, the way the vendor writes the time in a status. */
export function writeDuration(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
		.map((part) => String(part).padStart(2, '0'))
		.join(':');
}
