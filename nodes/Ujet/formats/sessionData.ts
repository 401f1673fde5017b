// What a program can add to an ongoing call or chat: its end user, flags and custom data.
import { z } from 'zod/v3';

import { normaliseName } from '../../shared/data/names';
import type { Field } from '../../shared/definition/operation';
import { InvalidValue } from '../../shared/definition/valueWriter';
import { defaultCountryCodeField } from '../../shared/editor/fields';
import { json, trueFalse } from '../../shared/input/values';
import { emailField, phoneField, textField } from '../fields';

/** The end user of an ongoing call or chat. */
export const sessionEndUser: Field[] = [
	textField('identifier', 'Identifier', 'identifier', {
		required: true,
		placeholder: 'e.g. crm-000481',
		description: 'Your own unique identifier of the verified person',
	}),
];

/** What else can be set for the end user of an ongoing call or chat. */
export const sessionEndUserDetails: Field[] = [
	defaultCountryCodeField,
	emailField,
	textField('name', 'End User Name', 'name'),
	phoneField('phone', 'Phone', 'phone', { description: 'Ignored when the session already holds a number' }),
];

/** Flags that agents see beside a call or chat. */
export const customerFlags: Field[] = [
	customerFlag('badActor', 'Bad Actor', 'bad_actor', 'Whether agents are warned about this customer'),
	customerFlag('repeatCustomer', 'Repeat Customer', 'repeat_customers', 'Whether the customer has been here before'),
	customerFlag('verifiedCustomer', 'Verified Customer', 'verified_customer', 'Whether the identity of the customer is known'),
];

/** One field of custom data, and all of them by name. */
type DataField = { value: unknown; label?: unknown };
type DataFields = Record<string, DataField> | undefined;

const dataObject = json(z.record(z.object({ value: z.unknown() }).passthrough()));

/** Custom data of an ongoing call or chat, plain or as a signed token. */
export const customData: Field[] = [
	{
		displayName: 'Send As',
		name: 'form',
		type: 'options',
		default: 'fields',
		options: [
			{ name: 'Fields', value: 'fields', description: 'Name and value of each field, unsigned' },
			{ name: 'JSON', value: 'json', description: 'All fields as one JSON object, unsigned' },
			{ name: 'Signed Token', value: 'signed', description: 'A token signed with the secret of your company' },
		],
		send: { name: 'signed', write: (value) => value === 'signed' },
	},
	{
		displayName: 'Custom Data Fields',
		name: 'dataFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		required: true,
		default: {},
		placeholder: 'Add Field',
		displayOptions: { show: { form: ['fields'] } },
		description:
			'The names reserved_verified_customer, reserved_bad_actor and reserved_repeat_customer set the customer flags; their values are true or false',
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Label',
						name: 'label',
						type: 'string',
						default: '',
						description: 'The label that the agent sees next to the value',
					},
					{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. order_number' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
		send: { name: 'data', write: writeDataFields },
		sample: { field: [{ name: 'Order_number', label: 'Order', value: 'SO-10021' }] },
	},
	{
		displayName: 'JSON',
		name: 'dataJson',
		type: 'json',
		required: true,
		default: '{}',
		displayOptions: { show: { form: ['json'] } },
		description: 'An object of fields, each with a value and an optional label',
		send: { name: 'data', write: (value, context) => withFlags(dataObject(value, context) as DataFields) },
		sample: '{"order_number": {"label": "Order", "value": "SO-10021"}}',
	},
	{
		displayName: 'Signed Token',
		name: 'signedData',
		type: 'string',
		required: true,
		default: '',
		displayOptions: { show: { form: ['signed'] } },
		description:
			'Created with the JWT node: algorithm HS256, the secret of your company, and the claims custom_data, iat and exp',
		send: { name: 'signed_data', write: token },
		sample: 'eyJhbGciOiJIUzI1NiJ9.eyJjdXN0b21fZGF0YSI6e319.c2lnbmF0dXJl',
	},
];

function customerFlag(name: string, displayName: string, vendorName: string, description: string): Field {
	return { displayName, name, type: 'boolean', default: true, description, send: { name: vendorName, write: trueFalse } };
}

/** Turns the rows of the field collection into the vendor's object of fields. */
function writeDataFields(value: unknown): unknown {
	const rows = ((value as { field?: unknown } | null)?.field ?? []) as Array<Record<string, unknown>>;
	const named = rows.filter(({ name }) => typeof name === 'string' && name.trim() !== '');
	if (named.length === 0) throw new InvalidValue('at least one field with a name');
	const fields = Object.fromEntries(
		named.map(({ name, label, value: content }) => [
			String(name).trim(),
			{ ...(label === undefined || label === '' ? {} : { label }), value: content ?? '' },
		]),
	);
	return withFlags(fields);
}

/** The vendor reads its reserved names only as true or false, never as text. */
function withFlags(fields: DataFields): DataFields {
	const entries = Object.entries(fields ?? {}).map(([name, field]): [string, DataField] =>
		name.startsWith('reserved_') ? [name, { ...field, value: flagOf(name, field.value) }] : [name, field],
	);
	return fields === undefined ? undefined : Object.fromEntries(entries);
}

function flagOf(name: string, value: unknown): boolean {
	const word = normaliseName(String(value));
	if (word === 'true' || word === 'false') return word === 'true';
	throw new InvalidValue(`true or false as the value of ${name}`);
}

function token(value: unknown): unknown {
	if (typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value.trim())) return value.trim();
	throw new InvalidValue('a signed token of three parts with points between them');
}
