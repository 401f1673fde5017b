import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Field } from '../../nodes/shared/definition/operation';
import { InvalidValue } from '../../nodes/shared/definition/valueWriter';
import type { ValueWriter, WriteContext } from '../../nodes/shared/definition/valueWriter';
import { code, plainText, sentences } from './markdown';

const mostChoices = 40;

const writeContext: WriteContext = { inputZone: 'UTC', vendorZone: 'UTC', now: 0, item: {} };

/** Values that hardly any writer takes: what a writer says of them is its own description of what is right. */
const unusable: unknown[] = [{}, '{', 'not usable', -1.5];

const typeWords: Partial<Record<INodeProperties['type'], string>> = {
	boolean: 'true or false',
	dateTime: 'a date and time',
	json: 'JSON',
	number: 'a number',
	string: 'text',
};

/** What the user gives for a field, in words: choices, the writer's own words, an example, the field's description. */
export function formatOf(field: Field): string {
	const format = valueWords(field);
	const example = plainText(field.placeholder ?? '');
	const described = example.startsWith('e.g. ') && !format.includes('such as') ? `${format}, ${example}` : format;
	return sentences([described, plainText(field.description ?? '')]);
}

function valueWords(field: Field): string {
	switch (field.type) {
		case 'options':
			return choiceWords(field, 'one of');
		case 'multiOptions':
			return choiceWords(field, 'any of');
		case 'fixedCollection':
			return rowWords(field);
		case 'resourceLocator':
			return `chosen from a list with search, by ID (${expectedBy(field.send?.write) ?? 'an ID'}), or by name`;
		case 'boolean':
		case 'json':
			return typeWords[field.type] as string;
		default:
			return writtenWords(field);
	}
}

function choiceWords(field: Field, lead: string): string {
	const options = (field.options ?? []) as INodePropertyOptions[];
	if (options.length === 0) return 'chosen from a list, or IDs by expression';
	const shown = options.slice(0, mostChoices).map(({ name, value }) => `${code(String(value))} ${plainText(name)}`);
	const rest = options.length - shown.length;
	return `${lead}: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function rowWords(field: Field): string {
	const groups = (field.options ?? []) as Array<{ values?: INodeProperties[] }>;
	const names = groups.flatMap(({ values = [] }) => values.map(({ displayName }) => displayName));
	return `rows of ${names.join(', ')}`;
}

function writtenWords(field: Field): string {
	const { type, send } = field;
	const usual = typeWords[type] ?? 'a value';
	const expected = expectedBy(send?.write) ?? usual;
	return send?.write !== undefined && takesLists(send.write) ? `one or several: ${expected}` : expected;
}

/** A writer's own words for what is right; nothing where it takes anything. */
function expectedBy(write: ValueWriter | undefined): string | undefined {
	for (const value of write === undefined ? [] : unusable) {
		const refusal = refusalOf(write as ValueWriter, value);
		if (refusal !== undefined) return refusal;
	}
	return undefined;
}

function refusalOf(write: ValueWriter, value: unknown): string | undefined {
	try {
		write(value, writeContext);
		return undefined;
	} catch (error) {
		return error instanceof InvalidValue ? error.expected : undefined;
	}
}

/** An empty list is nothing to a writer of lists, and a wrong value to any other. */
function takesLists(write: ValueWriter): boolean {
	try {
		return write([], writeContext) === undefined;
	} catch {
		return false;
	}
}
