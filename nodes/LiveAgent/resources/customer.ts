import type { Field, Resource } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import { defaultCountryCodeField, locator } from '../../shared/editor/fields';
import { email, json, phone, text, yesNo } from '../../shared/input/values';
import { customFieldsField, deletedFields, requiredCustomFields } from '../formats/customFields';
import { customerId, textField, timeField } from '../fields';
import { customerRoles, genders, codeOptions } from '../formats/codeLabels';
import { changeAnswer, creationAnswer, customerRecord, listAnswer, shownAs } from '../formats/recordFormat';
import { groupNameList } from './customerGroup';

const mailWarning =
	"A registered visitor without a password is emailed a request to set one, unless 'Send Registration Mail' is added and off";

/** Memberships go by the name of the group. */
const groupName: Field = locator({
	displayName: 'Group',
	name: 'groupName',
	list: groupNameList,
	placeholder: 'e.g. Premium',
	description: 'By ID expects the name of the group, because LiveAgent changes memberships by name',
	required: true,
	send: { name: 'name', write: text() },
});

const registerFields: Field[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. omar@example.org',
		description: "Enter this, 'Full Name', or both; required for a registered visitor",
		send: { write: email },
	},
	textField('Full Name', 'fullName', 'name', {
		placeholder: 'e.g. Omar Silva',
		description: 'First name, a space, then last name',
	}),
	{
		displayName: 'Role',
		name: 'role',
		type: 'options',
		default: 'V',
		description: mailWarning,
		options: codeOptions(customerRoles),
	},
];

const notInReference = 'The LiveAgent reference does not list this field';

const registerOptions: Field[] = [
	customFieldsField,
	defaultCountryCodeField,
	{
		displayName: 'Gender',
		name: 'gender',
		type: 'options',
		default: 'F',
		options: codeOptions(genders, ['F', 'M']),
	},
	textField('Note', 'note', 'note', { description: `Note about the customer. ${notInReference}.` }),
	textField('Password', 'password', 'password', {
		typeOptions: { password: true },
		description: `For registered visitors only. ${mailWarning}.`,
	}),
	textField('Phone', 'phone', 'phone', { placeholder: 'e.g. +14155550123', description: notInReference, send: { write: phone() } }),
	{
		displayName: 'Send Registration Mail',
		name: 'sendRegistrationMail',
		type: 'boolean',
		default: true,
		description: 'Whether to email a registered visitor without a password a request to set one. The LiveAgent reference does not list this field.',
		send: { name: 'send_registration_mail', write: yesNo },
	},
	{
		displayName: 'Unique Fields',
		name: 'uniqueFields',
		type: 'json',
		default: '',
		description: 'JSON with identifying fields, as LiveAgent support describes it for your account. The LiveAgent reference does not list this field.',
		send: { name: 'uniquefields', write: json(undefined, { as: 'text' }) },
		sample: '{"phone": "+14155550123"}',
	},
];

/** The email in a text such as a label of the list; the text itself when there is none. */
function emailIn(typed: string): string {
	return typed.split(/[\s,]+/).find((word) => word.includes('@')) ?? typed;
}

function checkRegistration({ role, email: address }: FieldValues): { field: string; expected: string } | undefined {
	return role === 'R' && address === undefined
		? { field: 'email', expected: 'an email, which a registered visitor needs' }
		: undefined;
}

/** Customers, their custom fields and groups. */
export const customer: Resource = {
	value: 'customer',
	name: 'Customer',
	description:
		'Look up and register customers; Contact finds, creates and changes the same ones with a key of version 3',
	operations: [
		{
			value: 'addCustomFields',
			name: 'Add Custom Fields',
			action: 'Add custom fields to customer',
			description: 'Add custom field values; existing values stay',
			method: 'POST',
			path: '/customers/{customerId}/fields',
			// Values are added, so a repeat would add them twice.
			retryClass: 'once',
			answer: changeAnswer,
			fields: [customerId, requiredCustomFields],
		},
		{
			value: 'addToGroup',
			name: 'Add to Group',
			action: 'Add customer to group',
			description: 'Add a customer to a group',
			method: 'POST',
			path: '/customers/{customerId}/groups',
			retryClass: 'idempotent',
			answer: changeAnswer,
			fields: [customerId, groupName],
		},
		{
			value: 'deleteCustomFields',
			name: 'Delete Custom Fields',
			action: 'Delete custom fields of customer',
			description: 'Delete the value of one custom field, or of all of them',
			method: 'DELETE',
			path: '/customers/{customerId}/fields',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [customerId, ...deletedFields],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get customer',
			description: 'Retrieve one customer with custom fields',
			method: 'GET',
			path: '/customers/{customerId}',
			retryClass: 'read',
			givesSecrets: true,
			...shownAs(customerRecord),
			fields: [customerId],
		},
		{
			value: 'getGroups',
			name: 'Get Groups',
			action: 'Get groups of customer',
			description: 'Retrieve the groups that a customer belongs to',
			method: 'GET',
			path: '/customers/{customerId}/groups',
			retryClass: 'read',
			answer: listAnswer('groups'),
			paging: 'none',
			rowId: (row) => row.groupid as string,
			fields: [customerId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many customers',
			description: 'Retrieve customers by parts of name or email and by time of creation',
			method: 'GET',
			path: '/customers',
			retryClass: 'read',
			answer: listAnswer('customers'),
			rowId: (row) => row.contactid as string,
			...shownAs(customerRecord),
			pickList: {
				label: ({ firstname, lastname, email: address }) =>
					[[firstname, lastname].filter(Boolean).join(' '), address].filter(Boolean).join(', '),
				value: (row) => String(row.contactid),
				searchParameter: 'email',
				searchValue: emailIn,
			},
			optional: {
				name: 'filters',
				fields: [
					textField('Email', 'email', 'email', {
						placeholder: 'e.g. example.org',
						description: 'A part of the email',
					}),
					textField('First Name', 'firstName', 'firstname', {
						placeholder: 'e.g. Om',
						description: 'A part of the first name',
					}),
					timeField('Created From', 'createdFrom', 'datecreatedfrom', 'Only customers created after this time'),
					textField('Last Name', 'lastName', 'lastname', {
						placeholder: 'e.g. Sil',
						description: 'A part of the last name',
					}),
					timeField('Created To', 'createdTo', 'datecreatedto', 'Only customers created before this time'),
				],
			},
		},
		{
			value: 'register',
			name: 'Register',
			action: 'Register customer',
			description: 'Create a visitor or registered visitor; a registered one without a password is sent an email',
			method: 'POST',
			path: '/customers',
			retryClass: 'once',
			mapAutomatically: true,
			givesSecrets: true,
			answer: creationAnswer,
			...shownAs(customerRecord),
			atLeastOne: ['email', 'fullName'],
			check: checkRegistration,
			fields: registerFields,
			optional: { name: 'additionalFields', fields: registerOptions },
		},
		{
			value: 'removeFromGroup',
			name: 'Remove From Group',
			action: 'Remove customer from group',
			description: 'Remove a customer from a group',
			method: 'DELETE',
			path: '/customers/{customerId}/groups',
			retryClass: 'idempotent',
			answer: changeAnswer,
			fields: [customerId, groupName],
		},
	],
};
