import { DateTime } from 'luxon';

import type { Account } from './account';
import { invalid, missing } from './problem';
import { text, type Values } from './values';

const hour = 3_600_000;
const day = 24 * hour;

/** A span of time in epoch milliseconds, both ends included. */
export interface Period {
	from: number;
	to: number;
}

/** Whether a time lies in a period. */
export function inside(period: Period, time: number): boolean {
	return time >= period.from && time <= period.to;
}

/** Period of `date_from` and `date_to`; with `isRequired` both must be there, else the last 30 days fill what is missing. */
export function periodOf(account: Account, values: Values, isRequired: boolean): Period {
	const bound = (name: string, end: string, fallback: number): number => {
		const value = text(values, name);
		if (value === undefined && isRequired) throw missing(name);
		return value === undefined ? fallback : timeOf(account, value, end, name);
	};
	const from = bound('date_from', '00:00:00', account.now() - 30 * day);
	return { from, to: bound('date_to', '23:59:59', account.now()) };
}

/** Period of the service level compliance reports: explicit days win over the named `datetime` (default the last 30 days). */
export function namedPeriodOf(account: Account, values: Values): Period {
	const name = text(values, 'datetime') ?? 'L30D';
	if (!/^(L30D|TM|LM|\d{4}-\d{2})$/.test(name)) throw invalid('datetime');
	const hasDays = text(values, 'date_from') !== undefined || text(values, 'date_to') !== undefined;
	if (hasDays || name === 'L30D') return periodOf(account, values, false);
	const { zone } = account.local;
	const now = DateTime.fromMillis(account.now(), { zone });
	const months: Record<string, DateTime> = { TM: now, LM: now.minus({ months: 1 }) };
	const month = months[name] ?? DateTime.fromFormat(name, 'yyyy-MM', { zone });
	if (!month.isValid) throw invalid('datetime');
	return { from: month.startOf('month').toMillis(), to: month.endOf('month').toMillis() };
}

function timeOf(account: Account, value: string, end: string, name: string): number {
	const time = account.local.parse(value.length === 10 ? `${value} ${end}` : value);
	if (Number.isNaN(time)) throw invalid(name);
	return time;
}

/** Starts of the hours of a period that have begun. */
export function hoursOf(account: Account, period: Period): number[] {
	const first = Math.floor(period.from / hour) * hour;
	const last = Math.min(period.to, account.now());
	return Array.from({ length: Math.max(0, Math.floor((last - first) / hour) + 1) }, (_, index) => first + index * hour);
}

/** Intervals of the account's wall clock that make up a period. */
export function intervalsOf(account: Account, period: Period, unit: 'hour' | 'day' | 'week' | 'month'): Period[] {
	const intervals: Period[] = [];
	const last = Math.min(period.to, account.now());
	let start = DateTime.fromMillis(period.from, { zone: account.local.zone });
	while (start.toMillis() <= last) {
		const end = start.endOf(unit);
		intervals.push({ from: start.toMillis(), to: Math.min(Math.floor(end.toMillis() / 1000) * 1000, period.to) });
		start = end.plus(1);
	}
	return intervals;
}
