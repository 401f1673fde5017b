import type { Field, Resource } from '../../shared/definition/operation';
import { defaultCountryCodeField, pathId } from '../../shared/editor/fields';
import { appsApi, phoneField, textField } from '../fields';
import { additionalProperties } from '../formats/additionalProperties';

const path = `${appsApi}/contact_lists/{listId}/contacts`;

const listId: Field = {
	...pathId('listId', 'List', 12),
	description: 'A custom list, or a global one',
};

const contactId = pathId('contactId', 'Contact', 340);
const name = textField('name', 'Contact Name', 'name', { placeholder: 'e.g. Porto branch' });
const phoneNumber = phoneField('phoneNumber', 'Phone Number', 'phone_number');

/** Contacts of the lists that agents choose numbers from. */
export const contactListContact: Resource = {
	value: 'contactListContact',
	name: 'Contact List Contact',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create contact list contact',
			description: 'Add a contact to a list',
			method: 'POST',
			path,
			retryClass: 'once',
			source: 'inferred',
			mapAutomatically: true,
			fields: [listId, { ...name, required: true }, { ...phoneNumber, required: true }],
			optional: { name: 'additionalFields', fields: [defaultCountryCodeField, additionalProperties] },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete contact list contact',
			description: 'Remove a contact from a list',
			method: 'DELETE',
			path: `${path}/{contactId}`,
			retryClass: 'idempotent',
			source: 'inferred',
			answer: { kind: 'deleted' },
			fields: [listId, contactId],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update contact list contact',
			description: 'Change a contact in a list',
			method: 'PATCH',
			path: `${path}/{contactId}`,
			retryClass: 'idempotent',
			source: 'inferred',
			fields: [listId, contactId],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: [name, phoneNumber, additionalProperties] },
		},
	],
};
