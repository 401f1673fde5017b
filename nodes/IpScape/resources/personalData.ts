import type { Field, Resource } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import { defaultCountryCodeField } from '../../shared/editor/fields';
import { email, phone } from '../../shared/input/values';

const phoneField: Field = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +61491570156',
	displayOptions: { show: { identifiedBy: ['phone', 'both'] } },
	send: { write: phone() },
};

const emailField: Field = {
	displayName: 'Email Address',
	name: 'emailAddress',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. jo.lee@example.com',
	displayOptions: { show: { identifiedBy: ['email', 'both'] } },
	send: { write: email },
};

/** The same value once more, not sent. */
function repeated(field: Field): Field {
	const displayName = `Repeat ${field.displayName}`;
	const description = 'The same value again, to prevent erasing the wrong person by mistake';
	return { ...field, displayName, name: `${field.name}Repeated`, description, send: { ...field.send, place: 'none' } };
}

/** What a person is known by, and the fields that then hold it. */
const identifiers: Record<string, string[]> = {
	both: ['phoneNumber', 'emailAddress'],
	email: ['emailAddress'],
	phone: ['phoneNumber'],
};

/** Nothing is erased unless it is certain who is meant. */
function checkPerson(values: FieldValues): { field: string; expected: string } | undefined {
	const names = identifiers[String(values.identifiedBy)];
	if (names === undefined) return { field: 'identifiedBy', expected: `one of: ${Object.keys(identifiers).join(', ')}` };
	const differing = names.find((name) => String(values[name]).trim() !== String(values[`${name}Repeated`]).trim());
	return differing === undefined ? undefined : { field: `${differing}Repeated`, expected: 'the same value as in the field above it' };
}

/** Erasure on request of a person. */
export const personalData: Resource = {
	value: 'personalData',
	name: 'Personal Data',
	description: 'Erasure of what is stored of a person',
	operations: [
		{
			value: 'erase',
			name: 'Erase',
			action: 'Erase personal data',
			description: 'Permanently overwrite or delete the calls, emails and leads of a phone number or email address',
			notice:
				'This cannot be undone, and the vendor does not publish its path. Try it on a test tenant first, and ask ipSCAPE support for the path.',
			method: 'DELETE',
			path: '/v3.0/personal-data',
			source: 'inferred',
			retryClass: 'once',
			confirmedBy: 'eraseForGood',
			check: checkPerson,
			fields: [
				{
					displayName: 'Erase Permanently',
					name: 'eraseForGood',
					type: 'boolean',
					default: false,
					description: 'Whether to really erase; nothing is sent while this is off',
					send: { place: 'none' },
				},
				{
					displayName: 'Person Known By',
					name: 'identifiedBy',
					type: 'options',
					default: 'phone',
					description: 'Everything stored under either of the two is erased',
					options: [
						{ name: 'Email Address', value: 'email' },
						{ name: 'Phone Number', value: 'phone' },
						{ name: 'Phone Number and Email Address', value: 'both' },
					],
					send: { place: 'none' },
				},
				phoneField,
				repeated(phoneField),
				emailField,
				repeated(emailField),
				{ ...defaultCountryCodeField, displayOptions: phoneField.displayOptions },
			],
		},
	],
};
