import type { Field } from '../definition/operation';

/** What a name has and an ID seldom: no digit at all, or a capital letter or a space between others. */
const looksLikeName = /^(?=.*\p{L})(?:\D*|.*\p{Lu}.*|.*\s.*)$/su;

/** True for a field that can also be set to 'By Name', where the value reads like the name of a record. */
export function mayBeName(field: Pick<Field, 'modes'>, value: unknown): value is string {
	const takesNames = field.modes?.some(({ name }) => name === 'name') === true;
	return takesNames && typeof value === 'string' && looksLikeName.test(value.trim());
}

/** What is expected of an ID, and how a name is given where the value reads like one. */
export function orByName(field: Pick<Field, 'modes'>, value: unknown, expected: string): string {
	return mayBeName(field, value) ? `${expected}, or a name with the field set to 'By Name'` : expected;
}
