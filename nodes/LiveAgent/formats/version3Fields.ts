import type { Field } from '../../shared/definition/operation';
import { defaultCountryCodeField, multiPicker } from '../../shared/editor/fields';
import { email, identifier, listOf, phone, text, trueFalse } from '../../shared/input/values';
import { InvalidValue, isEmpty } from '../../shared/definition/valueWriter';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { customFields, customFieldsField } from './customFields';

/** Custom fields as the list that API version 3 takes. */
const customFieldList: ValueWriter = (given, context) => {
	const written = customFields(given, context);
	return written === undefined ? undefined : (JSON.parse(String(written)) as unknown);
};

/** Custom fields in the body of a ticket, contact or company. */
export const customFields3: Field = {
	...customFieldsField,
	description: 'Values of custom fields by their code',
	send: { name: 'custom_fields', write: customFieldList },
};

/** Tags of a ticket. */
export const tags3: Field = multiPicker({
	displayName: 'Tag Names or IDs',
	name: 'tags',
	list: 'tag',
	send: { write: listOf(identifier) },
});

/** Groups of a contact or company. */
export const groups3: Field = multiPicker({
	displayName: 'Group Names or IDs',
	name: 'groups',
	list: 'customerGroup',
	send: { write: listOf(identifier) },
});

/** Emails of a contact or company. */
export const emails3: Field = {
	displayName: 'Emails',
	name: 'emails',
	type: 'string',
	default: '',
	placeholder: 'e.g. omar@example.org, omar.silva@example.com',
	description: 'Separated by commas',
	send: { write: listOf(email) },
};

const checkedPhones = listOf(phone());

/** Phones in E.164; version 1 of the node sent them as typed, and does so where no country code says how to read them. */
const storedPhones: ValueWriter = (given, context) => {
	const asTyped = context.nodeVersion === 1 && isEmpty(context.values?.[defaultCountryCodeField.name]);
	return asTyped ? listOf(text())(given, context) : checkedPhones(given, context);
};

/** A phone to look up: as typed, because LiveAgent also stores extensions and what callers' lines report; in E.164 where a country code is given. */
export const phoneAsStored: ValueWriter = (given, context) =>
	isEmpty(context.values?.[defaultCountryCodeField.name]) ? text()(given, context) : phone()(given, context);

/** Telephone numbers of a contact or company. */
export const phones3: Field = {
	displayName: 'Phones',
	name: 'phones',
	type: 'string',
	default: '',
	placeholder: 'e.g. +14155550123',
	description: 'Separated by commas. They are stored with country code, so that LiveAgent recognizes the caller.',
	send: { write: storedPhones },
};

/** What contacts and companies share beside emails, phones and groups. */
export const profileFields: Field[] = [
	textField3('Avatar URL', 'avatarUrl', 'avatar_url', 'https://example.com/omar.png'),
	textField3('City', 'city', 'city', 'Lisbon'),
	textField3('Country Code', 'countryCode', 'countrycode', 'PT'),
	customFields3,
	defaultCountryCodeField,
	textField3('Description', 'description', 'description', 'Runs the shop in Lisbon'),
	emails3,
	groups3,
	textField3('Language', 'language', 'language', 'en-US'),
	textField3('Note', 'note', 'note', 'Prefers calls in the morning'),
	phones3,
];

/** Whether tickets go with the record that is deleted: LiveAgent wants the answer, so there is no default. */
export const deleteTickets: Field = {
	displayName: 'Tickets',
	name: 'deleteTickets',
	type: 'options',
	default: 'false',
	description: 'What happens to the tickets',
	options: [
		{ name: 'Delete With It', value: 'true', description: 'This cannot be undone' },
		{ name: 'Keep', value: 'false' },
	],
	send: { place: 'query', write: chosenWord },
	sample: 'false',
};

/** Whether a phone number, Viber account or button works, by the vendor's letters. */
export const activeStatus: Field = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	default: 'A',
	options: [
		{ name: 'Active', value: 'A' },
		{ name: 'Inactive', value: 'I' },
	],
};

/** Login of a contact or company. */
export const registrationFields: Field[] = [
	{
		displayName: 'Registration Email',
		name: 'registrationEmail',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. omar@example.org',
		description: 'Email to sign in with',
		send: { place: 'query', name: 'registration_email', write: email },
	},
	{
		displayName: 'Send Registration Mail',
		name: 'sendRegistrationMail',
		type: 'boolean',
		default: true,
		description: 'Whether LiveAgent emails a request to set a password',
		send: { place: 'query', write: trueFalse },
	},
];

/** A text field of API version 3, under the name of the vendor and with an example. */
export function textField3(displayName: string, name: string, vendorName: string, example: string, rest: Partial<Field> = {}): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		send: { name: vendorName, write: text() },
		...rest,
	};
}

function chosenWord(value: unknown): string {
	const word = String(value);
	if (word !== 'true' && word !== 'false') throw new InvalidValue("'true' (delete the tickets too) or 'false' (keep them)");
	return word;
}
