import type { INodePropertyOptions } from 'n8n-workflow';

import { normaliseName } from '../data/names';
import type { Field } from '../definition/operation';
import { InvalidValue, isEmpty } from '../definition/valueWriter';
import { InvalidField } from './invalidField';
import { splitList } from './values/list';
import { trueFalse } from './values/number';

const maximumShown = 30;

/**
 * Reads the value of a field that is chosen from given ones: dropdowns take code or label in any case, switches take words for yes and no.
 * What a dropdown holds decides which fields count and what is sent, so it is checked before anything else.
 * Values of other fields are returned as they are.
 * @throws InvalidField for a value that is none of the choices
 */
export function readChoice(field: Field, value: unknown): unknown {
	if (value === undefined || value === null) return value;
	const choice = tryRead(field, value);
	if ('expected' in choice) throw new InvalidField(field, choice.expected, value);
	return choice.value;
}

function tryRead(field: Field, value: unknown): { value: unknown } | { expected: string } {
	try {
		return { value: readByType(field, value) };
	} catch (error) {
		return { expected: error instanceof InvalidValue ? error.expected : String(error) };
	}
}

function readByType(field: Field, value: unknown): unknown {
	if (field.type === 'boolean') return trueFalse(value, { inputZone: 'UTC', vendorZone: 'UTC', now: 0 });
	if (field.type === 'options') return chosenOf(field, value);
	if (field.type === 'multiOptions') return hasChoices(field) ? splitList(value).map((entry) => chosenOf(field, entry)) : value;
	return field.type === 'fixedCollection' ? readRows(field, value) : value;
}

/** True for a dropdown whose choices are all known here. */
export function hasChoices(field: Pick<Field, 'options' | 'typeOptions' | 'otherValues'>): boolean {
	return (field.options?.length ?? 0) > 0 && field.typeOptions?.loadOptionsMethod === undefined && field.otherValues === undefined;
}

function chosenOf(field: Field, value: unknown): unknown {
	if (!hasChoices(field)) return value;
	const options = field.options as INodePropertyOptions[];
	const exact = options.find((option) => option.value === value);
	if (exact !== undefined) return exact.value;
	if (isEmpty(value)) return undefined;
	const word = typeof value === 'object' ? undefined : normaliseName(String(value));
	const byCode = options.find((option) => normaliseName(String(option.value)) === word);
	const found = byCode ?? options.find((option) => normaliseName(option.name) === word);
	if (found === undefined) throw new InvalidValue(expectedOf(options));
	return found.value;
}

function expectedOf(options: INodePropertyOptions[]): string {
	const shown = options.slice(0, maximumShown).map(({ name, value }) => (normaliseName(name) === normaliseName(String(value)) ? name : `${name} (${value})`));
	return `one of: ${shown.join(', ')}${options.length > maximumShown ? ', …' : ''}`;
}

/** What is expected of a dropdown: the labels of its choices; undefined where they are not known here. */
export function expectedChoice(field: Pick<Field, 'options' | 'typeOptions' | 'otherValues'>): string | undefined {
	return hasChoices(field) ? expectedOf(field.options as INodePropertyOptions[]) : undefined;
}

/** The rows of a fixed collection, each dropdown inside checked. */
function readRows(field: Field, value: unknown): unknown {
	if (typeof value !== 'object' || Array.isArray(value)) return value;
	const groups = (field.options ?? []) as Array<{ name: string; values?: Field[] }>;
	const read = { ...value } as Record<string, unknown>;
	for (const { name, values = [] } of groups) {
		const rows = read[name];
		if (Array.isArray(rows)) read[name] = rows.map((row) => readRow(values, row));
		else if (typeof rows === 'object' && rows !== null) read[name] = readRow(values, rows);
	}
	return read;
}

function readRow(fields: Field[], row: unknown): unknown {
	if (typeof row !== 'object' || row === null) return row;
	const read = { ...row } as Record<string, unknown>;
	for (const field of fields) if (read[field.name] !== undefined) read[field.name] = readByType(field, read[field.name]);
	return read;
}
