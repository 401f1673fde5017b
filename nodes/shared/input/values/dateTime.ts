import { isTimeZone, toZonedText, utcEpoch, zoneOffset } from '../../time/timeZone';

import { momentOf, readEpoch, readYearFirst } from '../../time/writtenTime';
import type { WrittenTime } from '../../time/writtenTime';
import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter, WriteContext } from '../../definition/valueWriter';

/** How a moment is written. */
export interface InstantOptions {
	/** `refused` lets only times after the present pass. */
	past?: 'refused';
	/** Refuses a time without offset, where reading it in the wrong zone would do harm. */
	zoneRequired?: boolean;
	/** Field of the same item that names the IANA zone of a time without offset. */
	zoneFrom?: string;
	/** `iso`, `isoMilliseconds`, `epochSeconds`, or a pattern such as `yyyy-MM-dd HH:mm:ss`. */
	format: string;
	/** Zone in which it is written. ISO texts in the vendor's zone carry its offset. Default: utc. */
	zone?: 'utc' | 'vendor';
	/** Text after a pattern, such as ` UTC`. */
	suffix?: string;
}

const minute = 60_000;
const oneDay = 24 * 60 * minute;
const firstMoment = utcEpoch({ year: 1, month: 1, day: 1 });
const endOfTime = utcEpoch({ year: 5000, month: 1, day: 1 });

const example = 'a date and time such as 2026-11-20T09:30:00+01:00';

/** Writes a date and time. Takes ISO texts, `2026-11-20 09:30:00`, a day (midnight), dates of JavaScript and luxon, epoch milliseconds. */
export function instant(options: InstantOptions): ValueWriter {
	const { past, zoneRequired, zoneFrom, suffix = '' } = options;
	const missingZone = `${example}, with its offset from UTC${zoneFrom === undefined ? '' : ' or with a time zone beside it'}`;
	return (value, context) => {
		if (isEmpty(value)) return undefined;
		const given = readGiven(value);
		if (given === undefined) throw new InvalidValue(example);
		const zone = zoneFrom === undefined ? undefined : zoneBeside(context.values?.[zoneFrom]);
		if (zoneRequired === true && typeof given !== 'number' && given.offset === undefined && zone === undefined) {
			throw new InvalidValue(missingZone);
		}
		const epoch =
			typeof given === 'number'
				? given
				: momentOf(given, given.offset === undefined ? (zone ?? knownZone(context.inputZone)) : 'UTC');
		if (past === 'refused' && epoch < context.now) throw new InvalidValue(future(context));
		const written = writeInstant(epoch, options, context);
		return typeof written === 'string' ? written + suffix : written;
	};
}

/** What is expected of a time that must be ahead, with an example that is, because a model copies it. */
function future({ now, inputZone }: WriteContext): string {
	const zone = isTimeZone(inputZone) ? inputZone : 'UTC';
	const [tomorrow, present] = [now + oneDay, now].map((epoch) => toZonedText(epoch, zone, "yyyy-MM-dd'T'HH:mm:ssZZ"));
	return `a date and time in the future, such as ${tomorrow} (it is ${present} now)`;
}

/**
 * Writes a day as yyyy-MM-dd. A day or a time without offset is taken as written; a moment becomes the day that it falls on.
 * @param options zone that decides on which day a moment falls; the vendor's when left out
 */
export function day(options: { zone?: 'utc' | 'vendor' | 'input' } = {}): ValueWriter {
	return (value, context) => {
		if (isEmpty(value)) return undefined;
		const given = readGiven(value);
		if (given === undefined) throw new InvalidValue('a day such as 2026-11-20');
		if (typeof given !== 'number' && given.offset === undefined) return (value as string).trim().slice(0, 10);
		const epoch = typeof given === 'number' ? given : momentOf(given, 'UTC');
		return toZonedText(epoch, knownZone(dayZone(options.zone, context)), 'yyyy-MM-dd');
	};
}

function zoneBeside(value: unknown): string | undefined {
	if (isEmpty(value)) return undefined;
	const name = String(value).trim();
	if (!isTimeZone(name)) throw new InvalidValue('a time zone such as Europe/Berlin beside it');
	return name;
}

function dayZone(zone: 'utc' | 'vendor' | 'input' | undefined, context: WriteContext): string {
	if (zone === 'utc') return 'UTC';
	return zone === 'input' ? context.inputZone : context.vendorZone;
}

/** @throws InvalidValue for a zone name, of the workflow or the credential, that does not exist */
function knownZone(name: string): string {
	if (!isTimeZone(name)) throw new InvalidValue(`a time zone such as Europe/Paris in the settings, not '${name}'`);
	return name;
}

function writeInstant(epoch: number, { format, zone }: InstantOptions, context: WriteContext): string | number {
	if (format === 'epochSeconds') return Math.floor(epoch / 1000);
	const zoneName = zone === 'vendor' ? knownZone(context.vendorZone) : 'UTC';
	// Before standard time zones differed by seconds, which an ISO offset cannot say.
	const isWhole = zoneOffset(epoch, zoneName) % minute === 0;
	if (format.startsWith('iso') && !isWhole) return writeInstant(epoch, { format }, context);
	const offset = zone === 'vendor' ? 'ZZ' : "'Z'";
	if (format === 'iso') return toZonedText(epoch, zoneName, `yyyy-MM-dd'T'HH:mm:ss${offset}`);
	if (format === 'isoMilliseconds') return toZonedText(epoch, zoneName, `yyyy-MM-dd'T'HH:mm:ss.SSS${offset}`);
	return toZonedText(epoch, zoneName, format);
}

function readGiven(value: unknown): WrittenTime | number | undefined {
	if (typeof value === 'string') {
		const written = readYearFirst(value);
		if (written !== undefined) return written.parts.year < 5000 ? written : undefined;
	}
	return inYears(typeof value === 'object' ? readDateObject(value as object) : readEpoch(value));
}

function readDateObject(value: object): number | undefined {
	if (value instanceof Date) return value.getTime();
	// n8n hands over luxon dates made in another realm, so the class cannot be asked for.
	if (!('toJSDate' in value) || typeof value.toJSDate !== 'function') return undefined;
	return Number(value.toJSDate());
}

/** Leaves out years before 1, which have no text of four digits, and from 5000 on, whose seconds would be taken for milliseconds. */
function inYears(epoch: number | undefined): number | undefined {
	return epoch !== undefined && epoch >= firstMoment && epoch < endOfTime ? epoch : undefined;
}
