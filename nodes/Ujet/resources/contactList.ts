import type { Resource } from '../../shared/definition/operation';
import { pathId } from '../../shared/editor/fields';
import { appsApi, textField } from '../fields';
import { additionalProperties } from '../formats/additionalProperties';

const listId = pathId('listId', 'List', 12);
const name = textField('name', 'List Name', 'name', { placeholder: 'e.g. Branch offices' });

/** Lists of contacts that agents choose numbers from. */
export const contactList: Resource = {
	value: 'contactList',
	name: 'Contact List',
	description: 'Lists of contacts that agents choose numbers from',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create contact list',
			description: 'Add a custom list',
			method: 'POST',
			path: `${appsApi}/contact_lists`,
			retryClass: 'once',
			source: 'inferred',
			fields: [{ ...name, required: true }],
			optional: { name: 'additionalFields', fields: [additionalProperties] },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete contact list',
			description: 'Remove a custom list with its contacts',
			method: 'DELETE',
			path: `${appsApi}/contact_lists/{listId}`,
			retryClass: 'idempotent',
			source: 'inferred',
			answer: { kind: 'deleted' },
			fields: [listId],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update contact list',
			description: 'Change a custom list',
			method: 'PATCH',
			path: `${appsApi}/contact_lists/{listId}`,
			retryClass: 'idempotent',
			source: 'inferred',
			fields: [listId],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: [name, additionalProperties] },
		},
	],
};
