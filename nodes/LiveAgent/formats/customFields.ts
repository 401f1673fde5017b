import { jsonParse } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../../shared/definition/operation';
import { InvalidValue } from '../../shared/definition/valueWriter';
import type { ValueWriter } from '../../shared/definition/valueWriter';

/** One custom field as LiveAgent stores it. */
interface CustomField {
	code: string;
	value: string;
}

const expected = 'custom fields with code and value, such as [{"code": "order_number", "value": "884213"}]';

/**
 * Writes custom fields as the JSON text that LiveAgent takes. Takes rows of the editor, keys of the input item by name,
 * a list of codes and values, or an object with codes as keys; both also as JSON text.
 */
export const customFields: ValueWriter = (given, { item }) => {
	const fields = readFields(typeof given === 'string' ? parse(given) : given, item);
	return fields.length === 0 ? undefined : JSON.stringify(fields);
};

/** The same where there has to be one. */
const neededCustomFields: ValueWriter = (given, context) => {
	const written = customFields(given, context);
	if (written === undefined) throw new InvalidValue('at least one custom field with code and value');
	return written;
};

const rowsField: Field = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Custom Field',
	default: {},
	description: 'Values are added to the existing ones: to replace one, delete the field first',
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{ displayName: 'Code', name: 'code', type: 'string', default: '', placeholder: 'e.g. order_number' },
				{ displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. 884213' },
			],
		},
		{
			displayName: 'Keys of the Input Item',
			name: 'itemKeys',
			values: [
				{
					displayName: 'Keys',
					name: 'keys',
					type: 'string',
					default: '',
					placeholder: 'e.g. order_number, loyalty_id',
					description: 'Each key becomes a custom field with the same code; keys missing from the item are left out',
				},
			],
		},
	],
	send: { name: 'customfields', write: customFields },
	sample: { field: [{ code: 'order_number', value: '884213' }] },
};

/** Custom fields among the optional fields of a record. */
export const customFieldsField: Field = rowsField;

/** Custom fields as the point of the operation. */
export const requiredCustomFields: Field = {
	...rowsField,
	required: true,
	send: { name: 'customfields', write: neededCustomFields },
};

/** Which custom fields are deleted: without a code LiveAgent wipes all, so that takes a choice of its own. */
export const deletedFields: Field[] = [
	{
		displayName: 'Fields to Delete',
		name: 'which',
		type: 'options',
		default: 'one',
		description: 'Which custom fields to clear',
		options: [
			{
				name: 'All Fields',
				value: 'all',
				description: 'Deletes the values of all custom fields; this cannot be undone',
			},
			{ name: 'One Field', value: 'one' },
		],
		send: { place: 'none' },
		sample: 'one',
	},
	{
		displayName: 'Field Code',
		name: 'code',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. order_number',
		displayOptions: { show: { which: ['one'] } },
	},
];

function readFields(given: unknown, item: Record<string, unknown> | undefined): CustomField[] {
	if (given === undefined || given === null || given === '') return [];
	if (typeof given !== 'object') throw new InvalidValue(expected);
	if (Array.isArray(given)) return given.flatMap(toField);
	const { field, itemKeys } = given as { field?: unknown; itemKeys?: unknown };
	if (!Array.isArray(field) && !Array.isArray(itemKeys)) return fromKeys(given as IDataObject, Object.keys(given));
	const keys = listed(itemKeys).flatMap(({ keys: text }) => splitKeys(text));
	return [...listed(field).flatMap(toField), ...fromKeys(item ?? {}, keys)];
}

function listed(value: unknown): IDataObject[] {
	return Array.isArray(value) ? (value as IDataObject[]) : [];
}

function splitKeys(text: unknown): string[] {
	return String(text ?? '')
		.split(/[,\n]/)
		.map((key) => key.trim())
		.filter((key) => key !== '');
}

function fromKeys(source: Record<string, unknown>, keys: string[]): CustomField[] {
	return keys
		.filter((key) => source[key] !== undefined && source[key] !== null && source[key] !== '')
		.map((key) => ({ code: key, value: toText(source[key]) }));
}

function toField(row: unknown): CustomField[] {
	const { code, value } = (row ?? {}) as IDataObject;
	if ((code === undefined || code === '') && (value === undefined || value === '')) return [];
	if (typeof code !== 'string' || code.trim() === '') throw new InvalidValue(expected);
	return [{ code: code.trim(), value: toText(value) }];
}

function toText(value: unknown): string {
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

function parse(text: string): unknown {
	if (text.trim() === '') return undefined;
	return jsonParse<unknown>(text, { fallbackValue: text });
}
