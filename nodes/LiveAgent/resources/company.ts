import type { Field, Resource } from '../../shared/definition/operation';
import { text } from '../../shared/input/values';
import { chooseCompany } from '../fields';
import { identifyingFields } from '../formats/findBy';
import { conditionOn, listFilters, timeCondition3 } from '../formats/conditions';
import { deleteTickets, textField3, profileFields, registrationFields } from '../formats/version3Fields';
import { companyRecord, recordAnswer3, listAnswer3, shownAs3 } from '../formats/version3Records';
import { readModifyWrite } from '../jobs/readModifyWrite';
import { findOrCreate } from '../jobs/findOrCreate';

const companyId: Field = chooseCompany({
	displayName: 'Company',
	name: 'companyId',
	required: true,
	send: { place: 'path' },
});

const name: Field = textField3('Company Name', 'name', 'name', 'Silva Imports');

/** Keys of a company that can be written. */
const writable = [
	'name',
	'system_name',
	'description',
	'avatar_url',
	'language',
	'city',
	'countrycode',
	'emails',
	'phones',
	'groups',
	'note',
	'time_offset',
	'latitude',
	'longitude',
	'custom_fields',
];

/** Companies that contacts belong to. */
export const company: Resource = {
	value: 'company',
	name: 'Company',
	description: 'Companies of contacts',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create company',
			description: 'Create a company',
			method: 'POST',
			path: '/v3/companies',
			retryClass: 'once',
			mapAutomatically: true,
			answer: recordAnswer3,
			...shownAs3(companyRecord),
			fields: [{ ...name, required: true }],
			optional: { name: 'additionalFields', fields: profileFields },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete company',
			description: 'Delete a company, with or without its tickets',
			method: 'DELETE',
			path: '/v3/companies/{companyId}',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [companyId, deleteTickets],
		},
		{
			value: 'findOrCreate',
			name: 'Find or Create',
			action: 'Find or create company',
			description:
				'Retrieve the company with exactly this name, email, phone or field, or create it; a company that is found stays as it is',
			method: 'POST',
			path: '/v3/companies',
			retryClass: 'once',
			mapAutomatically: true,
			answer: recordAnswer3,
			...shownAs3(companyRecord),
			fields: [...identifyingFields('company'), { ...name, required: true }],
			optional: { name: 'additionalFields', fields: profileFields },
			run: async (run, items) => await findOrCreate(run, items, 'company'),
			alsoCalls: ['GET /v3/companies', 'GET /v3/companies/{companyId}'],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get company',
			description: 'Retrieve one company with groups and custom fields',
			method: 'GET',
			path: '/v3/companies/{companyId}',
			retryClass: 'read',
			answer: recordAnswer3,
			...shownAs3(companyRecord),
			fields: [companyId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many companies',
			description: 'Retrieve companies by name, time or any other field',
			method: 'GET',
			path: '/v3/companies',
			retryClass: 'read',
			answer: listAnswer3,
			...shownAs3(companyRecord),
			pickList: {
				label: (row) => String(row.name ?? ''),
				value: (row) => String(row.id),
				searchParameter: '_filters',
				searchValue: (typed) => JSON.stringify([['name', 'L', typed]]),
			},
			optional: listFilters(
				timeCondition3('Created From', 'createdFrom', 'date_created', 'D>='),
				textField3('Company Name', 'name', '', 'Silva', {
					description: 'A part of the name',
					send: conditionOn('name', 'L', text()),
				}),
			),
		},
		{
			value: 'register',
			name: 'Register',
			action: 'Register company',
			description: 'Allow a company to sign in with an email',
			method: 'PUT',
			path: '/v3/companies/{companyId}/_register',
			// Sends a mail.
			retryClass: 'once',
			answer: recordAnswer3,
			...shownAs3(companyRecord),
			fields: [companyId, ...registrationFields],
		},
		{
			value: 'unregister',
			name: 'Unregister',
			action: 'Unregister company',
			description: 'Remove the login of a company',
			method: 'DELETE',
			path: '/v3/companies/{companyId}/_unregister',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			...shownAs3(companyRecord),
			fields: [companyId],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update company',
			description:
				'Change individual fields of a company; it is read first, because LiveAgent only accepts whole companies',
			method: 'PUT',
			path: '/v3/companies/{companyId}',
			retryClass: 'idempotent',
			mapAutomatically: true,
			answer: recordAnswer3,
			...shownAs3(companyRecord),
			fields: [companyId],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: [name, ...profileFields] },
			run: async (run, items) => await readModifyWrite(run, items, writable),
			alsoCalls: ['GET /v3/companies/{companyId}'],
		},
	],
};
