/** A wall-clock time; months from 1. */
export interface TimeParts {
	year: number;
	month: number;
	day: number;
	hour?: number;
	minute?: number;
	second?: number;
	millisecond?: number;
}

const dayMilliseconds = 86_400_000;
const maximumZones = 200;
const maximumSpans = 2_000;

/** Length of the spans whose offset is remembered; no zone changes its clock and changes it back within one. */
const spanMilliseconds = 6 * 3_600_000;

/** What is known of a zone. */
interface Zone {
	formatter: Intl.DateTimeFormat;
	/** Offset by number of the span; undefined where it changes inside the span. */
	offsets: Map<number, number | undefined>;
}

/** No zone sets its clock back by more, but for changes of the date. */
const longestRepetition = 2 * 3_600_000;

const zones = new Map<string, Zone | undefined>();

/** True for an IANA zone name that this Node knows. */
export function isTimeZone(name: string): boolean {
	return zoneOf(name) !== undefined;
}

/** Milliseconds that the zone's wall clock is ahead of UTC at a moment. @throws RangeError for an unknown zone */
export function zoneOffset(epoch: number, zone: string): number {
	if (zone === 'UTC') return 0;
	const known = zoneOf(zone);
	if (known === undefined) throw new RangeError(`Unknown time zone '${zone}'`);
	const span = Math.floor(epoch / spanMilliseconds);
	if (!known.offsets.has(span)) rememberSpan(known, span);
	return known.offsets.get(span) ?? computeOffset(known.formatter, epoch);
}

/** Wall-clock time of a moment in a zone. */
export function zonedParts(epoch: number, zone: string): Required<TimeParts> {
	const local = new Date(epoch + zoneOffset(epoch, zone));
	return {
		year: local.getUTCFullYear(),
		month: local.getUTCMonth() + 1,
		day: local.getUTCDate(),
		hour: local.getUTCHours(),
		minute: local.getUTCMinutes(),
		second: local.getUTCSeconds(),
		millisecond: local.getUTCMilliseconds(),
	};
}

/**
 * Writes a moment as the wall clock of a zone shows it.
 * @param pattern takes yyyy, MM, dd, HH, mm, ss, SSS, ZZ (+10:00) and text in single quotes
 */
export function toZonedText(epoch: number, zone: string, pattern: string): string {
	const parts = zonedParts(epoch, zone);
	return pattern.replace(/'([^']*)'|yyyy|MM|dd|HH|mm|ss|SSS|ZZ/g, (token, quoted?: string) => {
		if (quoted !== undefined) return quoted;
		return token === 'ZZ' ? offsetText(zoneOffset(epoch, zone)) : writeToken(token, parts);
	});
}

/**
 * Gives the moment of a wall-clock time in epoch milliseconds.
 * A time that comes twice, when clocks go back, is the first of both. A time that is skipped, when clocks go forward,
 * moves forward by what is skipped: 02:30 becomes 03:30.
 */
export function fromZonedText(parts: TimeParts, zone: string): number {
	const local = utcEpoch(parts);
	const before = zoneOffset(local - dayMilliseconds, zone);
	const after = zoneOffset(local + dayMilliseconds, zone);
	const possible = [local - before, local - after].filter((epoch) => epoch + zoneOffset(epoch, zone) === local);
	return possible.length === 0 ? local - before : Math.min(...possible);
}

/** The time in which a zone's clock shows each moment twice, because it is set back in its middle; undefined when a moment is not in one. */
export function repeatedPeriod(epoch: number, zone: string): { from: number; to: number } | undefined {
	let [before, after] = [epoch - longestRepetition, epoch + longestRepetition];
	const length = zoneOffset(before, zone) - zoneOffset(after, zone);
	if (length <= 0) return undefined;
	const earlier = zoneOffset(before, zone);
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (zoneOffset(middle, zone) === earlier) before = middle;
		else after = middle;
	}
	return epoch >= after - length && epoch < after + length ? { from: after - length, to: after + length } : undefined;
}

/** Moves a moment by calendar months, keeping day and wall clock; a day that the month lacks becomes its last one. */
export function addMonths(epoch: number, months: number, zone: string): number {
	const parts = zonedParts(epoch, zone);
	const monthIndex = parts.year * 12 + parts.month - 1 + months;
	const year = Math.floor(monthIndex / 12);
	const month = monthIndex - year * 12 + 1;
	return fromZonedText({ ...parts, year, month, day: Math.min(parts.day, daysInMonth(year, month)) }, zone);
}

/** Number of days of a month; months from 1. */
export function daysInMonth(year: number, month: number): number {
	return new Date(utcEpoch({ year, month: month + 1, day: 0 })).getUTCDate();
}

/** The moment at which the clock of UTC shows a time, in epoch milliseconds. */
export function utcEpoch(parts: TimeParts): number {
	const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0 } = parts;
	const date = new Date(0);
	// Date.UTC would read the years 0 to 99 as 1900 to 1999.
	date.setUTCFullYear(year, month - 1, day);
	return date.setUTCHours(hour, minute, second, millisecond);
}

function zoneOf(name: string): Zone | undefined {
	if (zones.has(name)) return zones.get(name);
	if (zones.size >= maximumZones) zones.clear();
	const formatter = createFormatter(name);
	const zone = formatter === undefined ? undefined : { formatter, offsets: new Map() };
	zones.set(name, zone);
	return zone;
}

function rememberSpan({ formatter, offsets }: Zone, span: number): void {
	if (offsets.size >= maximumSpans) offsets.clear();
	const first = computeOffset(formatter, span * spanMilliseconds);
	const last = computeOffset(formatter, (span + 1) * spanMilliseconds - 1000);
	offsets.set(span, first === last ? first : undefined);
}

function computeOffset(formatter: Intl.DateTimeFormat, epoch: number): number {
	// en-US with these fields always gives `11/20/2026, 09:30:00`.
	const [month, day, year, hour, minute, second] = formatter.format(epoch).match(/\d+/g)!.map(Number);
	return utcEpoch({ year, month, day, hour, minute, second }) - Math.floor(epoch / 1000) * 1000;
}

function createFormatter(zone: string): Intl.DateTimeFormat | undefined {
	// Newer Node versions also take bare offsets such as +01:00, older ones do not.
	if (!/^[A-Za-z]/.test(zone)) return undefined;
	try {
		return new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
		});
	} catch {
		return undefined;
	}
}

function writeToken(token: string, parts: Required<TimeParts>): string {
	const values: Record<string, number> = {
		yyyy: parts.year,
		MM: parts.month,
		dd: parts.day,
		HH: parts.hour,
		mm: parts.minute,
		ss: parts.second,
		SSS: parts.millisecond,
	};
	return String(values[token]).padStart(token.length, '0');
}

function offsetText(offset: number): string {
	const minutes = Math.round(Math.abs(offset) / 60_000);
	const pad = (value: number) => String(value).padStart(2, '0');
	return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
