import type { Field, Resource } from '../../shared/definition/operation';
import { defaultCountryCodeField } from '../../shared/editor/fields';
import { identifier, text } from '../../shared/input/values';
import { chooseCompany, chooseContact } from '../fields';
import { identifyingFields } from '../formats/findBy';
import { cursorPaging } from '../formats/apiVersions';
import { genders, codeOptions } from '../formats/codeLabels';
import { conditionOn, listFilters, timeCondition3 } from '../formats/conditions';
import {
	deleteTickets,
	emails3,
	phoneAsStored,
	phones3,
	textField3,
	profileFields,
	registrationFields,
} from '../formats/version3Fields';
import { contactRecord, pageVisitRecord, recordAnswer3, listAnswer3, shownAs3 } from '../formats/version3Records';
import { findOrCreate } from '../jobs/findOrCreate';

const contactId: Field = chooseContact({
	displayName: 'Contact',
	name: 'contactId',
	required: true,
	send: { place: 'path' },
});

const nameFields: Field[] = [
	textField3('First Name', 'firstName', 'firstname', 'Omar'),
	textField3('Last Name', 'lastName', 'lastname', 'Silva'),
];

const personFields: Field[] = [
	chooseCompany({ displayName: 'Company', name: 'companyId', send: { name: 'company_id' } }),
	{ displayName: 'Gender', name: 'gender', type: 'options', default: 'X', options: codeOptions(genders) },
	textField3('Job Position', 'jobPosition', 'job_position', 'Shop owner'),
];

const optionalFields = [...nameFields, ...personFields, ...profileFields];

/** What is asked first where a contact is made. */
const direct: Field[] = [emails3, ...nameFields, phones3, defaultCountryCodeField];
const further = optionalFields.filter(({ name }) => !direct.some((field) => field.name === name));

const contactList = {
	method: 'GET',
	path: '/v3/contacts',
	retryClass: 'read',
	answer: listAnswer3,
} as const;

/** Contacts over API version 3: what version 1 calls customers. */
export const contact: Resource = {
	value: 'contact',
	name: 'Contact',
	description: 'Find, create and change contacts; Customer looks up the same ones with a key of version 1',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create contact',
			description: 'Create a contact; LiveAgent refuses an email or phone that another contact has',
			method: 'POST',
			path: '/v3/contacts',
			retryClass: 'once',
			mapAutomatically: true,
			answer: recordAnswer3,
			...shownAs3(contactRecord),
			atLeastOne: ['emails', 'firstName', 'lastName', 'phones'],
			fields: direct,
			optional: { name: 'additionalFields', fields: further },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete contact',
			description: 'Delete a contact, with or without the tickets',
			method: 'DELETE',
			path: '/v3/contacts/{contactId}',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [contactId, deleteTickets],
		},
		{
			value: 'findOrCreate',
			name: 'Find or Create',
			action: 'Find or create contact',
			description:
				'Retrieve the contact with exactly this email, phone or field, or create it; a contact that is found stays as it is',
			method: 'POST',
			path: '/v3/contacts',
			retryClass: 'once',
			mapAutomatically: true,
			answer: recordAnswer3,
			...shownAs3(contactRecord),
			fields: [...identifyingFields('contact'), ...direct],
			atLeastOne: ['emails', 'phones', 'customFields'],
			optional: { name: 'additionalFields', fields: further },
			run: async (run, items) => await findOrCreate(run, items, 'contact'),
			alsoCalls: ['GET /v3/contacts', 'GET /v3/contacts/{contactId}', 'GET /v3/contact_phones/{phone}'],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get contact',
			description: 'Retrieve one contact with groups and custom fields',
			method: 'GET',
			path: '/v3/contacts/{contactId}',
			retryClass: 'read',
			answer: recordAnswer3,
			...shownAs3(contactRecord),
			fields: [contactId],
		},
		{
			value: 'getByPhone',
			name: 'Get by Phone',
			action: 'Get contact by phone',
			description: 'Retrieve the contact behind a phone number, to know who is calling',
			method: 'GET',
			path: '/v3/contact_phones/{phone}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [
				textField3('Phone', 'phone', 'phone', '+14155550123', {
					required: true,
					description: 'As LiveAgent stores it; with Default Country Code it is looked up with country code',
					send: { place: 'path', write: phoneAsStored },
				}),
				defaultCountryCodeField,
			],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many contacts',
			description: 'Retrieve contacts by email, name, company, time or any other field',
			...contactList,
			...shownAs3(contactRecord),
			pickList: {
				label: ({ firstname, lastname, emails }) =>
					[[firstname, lastname].filter(Boolean).join(' '), ...(Array.isArray(emails) ? emails : [])]
						.filter(Boolean)
						.join(', '),
				value: (row) => String(row.id),
				searchParameter: '_filters',
				// The label ends with addresses, which the search takes apart from names.
				searchValue: (typed) => JSON.stringify([['search', 'L', typed.split(',')[0].trim()]]),
			},
			optional: listFilters(
				timeCondition3('Changed From', 'changedFrom', 'date_changed', 'D>='),
				chooseCompany({ displayName: 'Company', name: 'companyId', send: conditionOn('company_id', 'E', identifier) }),
				timeCondition3('Created From', 'createdFrom', 'date_created', 'D>='),
				textField3('Email', 'email', '', 'omar@example.org', { send: conditionOn('email', 'E', text()) }),
			),
		},
		{
			value: 'getManyPhones',
			name: 'Get Many Phones',
			action: 'Get many phones of contacts',
			description: 'Retrieve phone numbers, each with its contact',
			method: 'GET',
			path: '/v3/contact_phones',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			rowId: (row) => row.phone as string,
			optional: listFilters(),
		},
		{
			value: 'getPageVisits',
			name: 'Get Page Visits',
			action: 'Get page visits of contact',
			description: 'Retrieve the web pages that a contact visited',
			method: 'GET',
			path: '/v3/page_visits/{contactId}/contact',
			retryClass: 'read',
			answer: listAnswer3,
			...shownAs3(pageVisitRecord),
			fields: [contactId],
		},
		{
			value: 'register',
			name: 'Register',
			action: 'Register contact',
			description: 'Allow a contact to sign in with an email',
			method: 'PUT',
			path: '/v3/contacts/{contactId}/_register',
			// Sends a mail.
			retryClass: 'once',
			answer: recordAnswer3,
			...shownAs3(contactRecord),
			fields: [contactId, ...registrationFields],
		},
		{
			value: 'replace',
			name: 'Replace',
			action: 'Replace contact',
			description: 'Replace a whole contact: anything left out is cleared. Use Update to change individual fields.',
			method: 'PUT',
			path: '/v3/contacts/{contactId}',
			retryClass: 'idempotent',
			mapAutomatically: true,
			answer: recordAnswer3,
			...shownAs3(contactRecord),
			atLeastOne: ['emails', 'firstName', 'lastName', 'phones'],
			fields: [contactId, ...direct],
			optional: { name: 'additionalFields', fields: further },
		},
		{
			value: 'unregister',
			name: 'Unregister',
			action: 'Unregister contact',
			description: 'Remove the login of a contact',
			method: 'DELETE',
			path: '/v3/contacts/{contactId}/_unregister',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			...shownAs3(contactRecord),
			fields: [contactId],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update contact',
			description: 'Change individual fields of a contact; emails, phones and groups are replaced as whole lists',
			method: 'PATCH',
			path: '/v3/contacts/{contactId}',
			retryClass: 'idempotent',
			mapAutomatically: true,
			answer: recordAnswer3,
			...shownAs3(contactRecord),
			fields: [contactId],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: optionalFields },
		},
	],
};
