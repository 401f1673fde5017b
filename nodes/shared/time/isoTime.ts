import { parseVendorTime } from './writtenTime';

/** The version of a node from which on times in rows are ISO 8601, whether simplified or not. */
const isoTimesVersion = 2;

const clockTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/** True where times are written as ISO 8601. */
export function writesIsoTimes({ nodeVersion = 1 }: { nodeVersion?: number }): boolean {
	return nodeVersion >= isoTimesVersion;
}

/** A time of the vendor as ISO 8601 in UTC. A day stays a day, and what is no time stays as it is. */
export function isoTime(value: unknown, zone: string): unknown {
	if (typeof value !== 'string' || !clockTime.test(value)) return value;
	const time = parseVendorTime(value, zone);
	return time === undefined ? value : new Date(time).toISOString();
}
