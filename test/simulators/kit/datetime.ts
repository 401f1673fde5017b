import { DateTime } from 'luxon';

const textFormat = 'yyyy-MM-dd HH:mm:ss';

/** Epoch milliseconds as the wall clock of a time zone, `YYYY-MM-DD HH:MM:SS`. */
export function toLocalText(time: number, timeZone: string): string {
	return DateTime.fromMillis(time, { zone: timeZone }).toFormat(textFormat);
}

/** Epoch milliseconds of a wall-clock text `YYYY-MM-DD` (its midnight) or `YYYY-MM-DD HH:MM:SS` in a time zone; NaN for anything else. */
export function fromLocalText(text: string, timeZone: string): number {
	const format = text.length === 10 ? 'yyyy-MM-dd' : textFormat;
	return DateTime.fromFormat(text, format, { zone: timeZone }).toMillis();
}
