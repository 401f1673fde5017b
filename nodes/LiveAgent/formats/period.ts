import type { Field } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import { daysInMonth, toZonedText } from '../../shared/time/timeZone';
import { day } from '../../shared/input/values';
import { InvalidValue } from '../../shared/definition/valueWriter';
import type { ValueWriter, WriteContext } from '../../shared/definition/valueWriter';

/** First and last day of a report, as LiveAgent names them. */
interface Days extends Record<string, string> {
	date_from: string;
	date_to: string;
}

const dayMilliseconds = 86_400_000;

/** Days of the named periods; undefined for the others, which have fields of their own. */
const namedDays: ValueWriter = (period, context) => {
	const today = toZonedText(context.now, context.vendorZone, 'yyyy-MM-dd');
	// Both days are part of the report.
	if (period === 'L30D') return { date_from: dayBefore(today, 29), date_to: today };
	if (period === 'TM') return daysOf(today.slice(0, 7));
	if (period === 'LM') return daysOf(dayBefore(`${today.slice(0, 7)}-01`, 1).slice(0, 7));
	return undefined;
};

const writeMonth: ValueWriter = (month) => {
	const written = String(month).trim();
	if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(written)) throw new InvalidValue('a month such as 2024-06');
	return written;
};

const daysOfMonth: ValueWriter = (month, context: WriteContext) => daysOf(String(writeMonth(month, context)));

function dayBefore(given: string, days: number): string {
	return new Date(Date.parse(`${given}T00:00:00Z`) - days * dayMilliseconds).toISOString().slice(0, 10);
}

function daysOf(month: string): Days {
	const [year, number] = month.split('-').map(Number);
	return { date_from: `${month}-01`, date_to: `${month}-${daysInMonth(year, number)}` };
}

const periodField: Field = {
	displayName: 'Period',
	name: 'period',
	type: 'options',
	default: 'L30D',
	description: 'Days are counted in the time zone of the account',
	options: [
		{ name: 'Date Range', value: 'range' },
		{ name: 'Last 30 Days', value: 'L30D' },
		{ name: 'Last Month', value: 'LM' },
		{ name: 'One Month', value: 'month' },
		{ name: 'This Month', value: 'TM' },
	],
	sample: 'L30D',
};

const monthField: Field = {
	displayName: 'Month',
	name: 'month',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 2024-06',
	displayOptions: { show: { period: ['month'] } },
};

const rangeFields: Field[] = [
	dayField('First Day', 'from', 'date_from', 'First day of the report'),
	dayField('Last Day', 'to', 'date_to', 'Last day of the report, inclusive'),
];

function dayField(displayName: string, name: string, vendorName: string, description: string): Field {
	return {
		displayName,
		name,
		type: 'dateTime',
		required: true,
		default: '',
		description,
		displayOptions: { show: { period: ['range'] } },
		send: { name: vendorName, write: day() },
	};
}

/** The period of a report, always sent as two days. */
export const reportPeriod: Field[] = [
	{ ...periodField, send: { spread: true, write: namedDays } },
	{ ...monthField, send: { spread: true, write: daysOfMonth } },
	...rangeFields,
];

/** The period of a report that knows the named periods itself. */
export const namedReportPeriod: Field[] = [
	{ ...periodField, send: { name: 'datetime', write: (period) => (namesItself(period) ? period : undefined) } },
	{ ...monthField, send: { name: 'datetime', write: writeMonth } },
	...rangeFields,
];

function namesItself(period: unknown): boolean {
	return period !== 'range' && period !== 'month';
}

/** A report cannot end before it begins. */
export function checkRange({ period, from, to }: FieldValues): { field: string; expected: string } | undefined {
	const isReversed = period === 'range' && Date.parse(String(to)) < Date.parse(String(from));
	return isReversed ? { field: 'to', expected: "a day that is not before 'First Day'" } : undefined;
}
