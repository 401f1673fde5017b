import type { CustomField } from './records';
import { invalid, missing } from './problem';

/** Query or form values of a request, without the key. */
export type Values = Record<string, unknown>;

/** Text of a value; undefined when it is absent or empty. */
export function text(values: Values, name: string): string | undefined {
	const value = values[name];
	if (value === undefined || value === '') return undefined;
	if (typeof value !== 'string') throw invalid(name);
	return value;
}

/** Text of a value that must be there. */
export function required(values: Values, name: string): string {
	const value = text(values, name);
	if (value === undefined) throw missing(name);
	return value;
}

/** One of the allowed values, or undefined. */
export function oneOf<T extends string>(values: Values, name: string, allowed: readonly T[]): T | undefined {
	const value = text(values, name);
	if (value === undefined) return undefined;
	const found = allowed.find((candidate) => candidate === value);
	if (found === undefined) throw invalid(name);
	return found;
}

/** Some of the allowed values, joined by commas in the request, or undefined. */
export function someOf<T extends string>(values: Values, name: string, allowed: readonly T[]): T[] | undefined {
	const value = text(values, name);
	if (value === undefined) return undefined;
	const found = value.split(',').map((part) => allowed.find((candidate) => candidate === part.trim()));
	if (found.includes(undefined)) throw invalid(name);
	return found as T[];
}

/** Y gives true, N false; undefined otherwise. */
export function yesNo(values: Values, name: string): boolean | undefined {
	const value = oneOf(values, name, ['Y', 'N']);
	return value === undefined ? undefined : value === 'Y';
}

/** Whole number from `minimum` on, or the fallback. Above `maximum` the vendor gives what it allows. */
export function wholeValue(values: Values, name: string, fallback: number, minimum = 0, maximum = Infinity): number {
	const value = text(values, name);
	if (value === undefined) return fallback;
	if (!/^\d+$/.test(value) || Number(value) < minimum) throw invalid(name);
	return Math.min(Number(value), maximum);
}

const dateTimeForm = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** `YYYY-MM-DD HH:MM:SS`, or undefined. */
export function dateTime(values: Values, name: string): string | undefined {
	const value = text(values, name);
	if (value !== undefined && (!dateTimeForm.test(value) || Number.isNaN(Date.parse(`${value.replace(' ', 'T')}Z`))))
		throw invalid(name);
	return value;
}

/** RGB colour of six hexadecimal digits without its hash, or undefined. */
export function color(values: Values, name: string): string | undefined {
	const value = text(values, name);
	if (value !== undefined && !/^#?[0-9a-f]{6}$/i.test(value)) throw invalid(name);
	return value?.replace('#', '').toUpperCase();
}

/** Custom fields from JSON text; an empty list when the value is absent. */
export function customFields(values: Values, name = 'customfields'): CustomField[] {
	const value = text(values, name);
	if (value === undefined) return [];
	const parsed = parseJson(value, name);
	if (!Array.isArray(parsed)) throw invalid(name);
	return parsed.map((field: unknown) => {
		const { code, value: content } = (field ?? {}) as Record<string, unknown>;
		if (typeof code !== 'string' || code === '' || typeof content !== 'string') throw invalid(name);
		return { code, value: content };
	});
}

function parseJson(value: string, name: string): unknown {
	try {
		return JSON.parse(value);
	} catch {
		throw invalid(name);
	}
}

/** Tests a wall-clock text against a condition as `gte:2024-05-14 08:00:00`; without operator the times must be equal. */
export function timeCondition(values: Values, name: string): ((local: string) => boolean) | undefined {
	const value = text(values, name);
	if (value === undefined) return undefined;
	const [, operator = 'eq', operand = ''] = /^(?:(eq|neq|gt|lt|gte|lte|btw|lk):)?(.*)$/s.exec(value) ?? [];
	if (operator === 'lk') return likeTest(operand);
	const bounds = operand.split(',').map((part) => fullTime(part, name));
	const [bound = '', end] = bounds;
	if (bounds.length !== (operator === 'btw' ? 2 : 1)) throw invalid(name);
	return comparisons[operator]?.(bound, end ?? '');
}

const comparisons: Record<string, (bound: string, end: string) => (local: string) => boolean> = {
	eq: (bound) => (local) => local === bound,
	neq: (bound) => (local) => local !== bound,
	gt: (bound) => (local) => local > bound,
	lt: (bound) => (local) => local < bound,
	gte: (bound) => (local) => local >= bound,
	lte: (bound) => (local) => local <= bound,
	btw: (bound, end) => (local) => local >= bound && local <= end,
};

function fullTime(value: string, name: string): string {
	const whole = value.length === 10 ? `${value} 00:00:00` : value;
	return dateTime({ [name]: whole }, name) ?? '';
}

/** `%` stands for any run of characters, `?` for one. */
function likeTest(pattern: string): (local: string) => boolean {
	const source = pattern
		.replace(/[\\^$.|+()[\]{}*]/g, '\\$&')
		.replaceAll('%', '.*')
		.replaceAll('?', '.');
	const expression = new RegExp(`^${source}$`);
	return (local) => expression.test(local);
}
