import { z } from 'zod';

import { badRequest } from './problem';

/** Reads a body; a problem names the first field that is missing or not valid, as the vendor words it. */
export function readBody<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, body: unknown): T {
	const result = schema.safeParse(body ?? {});
	if (result.success) return result.data;
	const issue = result.error.issues[0] as z.ZodIssue;
	const field = issue.path.join('.') || 'body';
	const missing = issue.code === 'invalid_type' && (issue.received === 'undefined' || issue.received === 'null');
	const empty = issue.code === 'too_small';
	throw badRequest(missing || empty ? `${field} is required` : `${field} is invalid`);
}

/** Text with at least one character. */
export const text = z.string().min(1);
/** Whole number. */
export const whole = z.number().int();
/** Whole number that some vendor fields also take as text. */
export const looseWhole = z.union([whole, z.string().regex(/^\d+$/).transform(Number)]);

/** Query values as the kit parses them: texts, lists and objects. */
export type Query = Record<string, unknown>;

/** Text of a query value; undefined when it is absent or empty; a problem when it is a list or an object. */
export function queryText(query: Query, name: string): string | undefined {
	const value = query[name];
	if (value === undefined || value === '') return undefined;
	if (typeof value !== 'string') throw badRequest(`${name} is invalid`);
	return value;
}

/** Text of a query value that must be sent, one of `allowed` if given. */
export function requiredText(query: Query, name: string, allowed?: readonly string[]): string {
	const value = queryText(query, name);
	if (value === undefined) throw badRequest(`${name} is required`);
	if (allowed && !allowed.includes(value)) throw badRequest(`${name} is invalid`);
	return value;
}

/** Whole number of a query value, at least `least`; undefined when it is absent. */
export function queryWhole(query: Query, name: string, least = 0): number | undefined {
	const value = queryText(query, name);
	if (value === undefined) return undefined;
	if (!/^\d+$/.test(value) || Number(value) < least) throw badRequest(`${name} is invalid`);
	return Number(value);
}

/** True or false of a query value that must be sent. */
export function requiredFlag(query: Query, name: string): boolean {
	return requiredText(query, name, ['true', 'false']) === 'true';
}
