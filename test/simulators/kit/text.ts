import { parse, type ParsedQs } from 'qs';

/** Values read from a query or form text: texts, or nested objects and lists where the keys had brackets. */
export type BracketValues = ParsedQs;

/**
 * Parses a query string or an urlencoded body the way PHP does: `roles[]=a&roles[]=b` gives a list, `chat[available]=1` an object.
 * A key sent twice without brackets gives a list of both values.
 */
export function parseBrackets(text: string): BracketValues {
	return parse(text, { arrayLimit: 100_000, parameterLimit: 1_000_000, depth: 10 });
}

/**
 * Makes a test for a pattern in which `*` stands for any text. Without `*` the whole text must be equal.
 * Letter case counts only with `caseSensitive`.
 */
export function wildcardMatcher(pattern: string, caseSensitive = false): (text: unknown) => boolean {
	const source = pattern
		.split('*')
		.map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
		.join('.*');
	const expression = new RegExp(`^${source}$`, caseSensitive ? 's' : 'is');
	return (text) => text !== null && text !== undefined && expression.test(String(text));
}

/** Splits a comma list into trimmed texts; nothing or an empty text gives an empty list. */
export function commaList(value: unknown): string[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value.flatMap(commaList);
	return String(value)
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}
