import { invalid } from './problem';
import { parseTime } from './times';

/** Parsed query of a request. */
export type Query = Record<string, unknown>;

/** Text of a query value; undefined when it is missing or empty. */
export function queryText(query: Query, name: string): string | undefined {
	const value = query[name];
	if (value === undefined || value === '') return undefined;
	if (typeof value !== 'string') throw invalid(name, 'a single value');
	return value;
}

/** Whole number of a query or path value; a problem for anything else. */
export function queryInteger(query: Query, name: string): number | undefined {
	const text = queryText(query, name);
	if (text === undefined) return undefined;
	if (!/^-?\d{1,15}$/.test(text)) throw invalid(name, 'an integer');
	return Number(text);
}

/** `true` or `false`. */
export function queryBoolean(query: Query, name: string): boolean | undefined {
	const text = queryText(query, name);
	if (text !== undefined && text !== 'true' && text !== 'false') throw invalid(name, 'true or false');
	return text === undefined ? undefined : text === 'true';
}

/** One of the values of a closed enum. */
export function queryOneOf<Value extends string>(
	query: Query,
	name: string,
	values: readonly Value[],
): Value | undefined {
	const text = queryText(query, name);
	const found = values.find((value) => value === text);
	if (text !== undefined && found === undefined) throw invalid(name, `one of ${values.join(', ')}`);
	return found;
}

/** Epoch milliseconds of an ISO date-time. A `+` that was not encoded has become a space and is refused. */
export function queryTime(query: Query, name: string, zone: string): number | undefined {
	const text = queryText(query, name);
	if (text === undefined) return undefined;
	const time = parseTime(text, zone);
	if (Number.isNaN(time)) throw invalid(name, 'an ISO 8601 date-time');
	return time;
}

/** Whole number in the path. */
export function pathId(params: unknown, name: string): number {
	const id = queryInteger(params as Query, name);
	if (id === undefined) throw invalid(name, 'an integer');
	return id;
}
