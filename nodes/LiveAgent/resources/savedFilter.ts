import type { Field, Resource } from '../../shared/definition/operation';
import { locator, multiPicker } from '../../shared/editor/fields';
import { identifier, listOf, trueFalse } from '../../shared/input/values';
import { listFilters } from '../formats/conditions';
import { savedConditions } from '../formats/savedConditions';
import { textField3 } from '../formats/version3Fields';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';
import { readModifyWrite } from '../jobs/readModifyWrite';

const filterId: Field = locator({
	displayName: 'Saved Filter',
	name: 'filterId',
	list: 'savedFilter',
	placeholder: 'e.g. fl7d2k90',
	required: true,
	send: { place: 'path', write: identifier },
});

const name: Field = textField3('Filter Name', 'name', 'name', 'Open refunds');

const details: Field[] = [
	multiPicker({
		displayName: 'Department Names or IDs',
		name: 'departments',
		list: 'department',
		send: { name: 'department_ids', write: listOf(identifier) },
	}),
	textField3('Description', 'description', 'description', 'Refunds that nobody has taken yet'),
	{
		displayName: 'Is Public',
		name: 'isPublic',
		type: 'boolean',
		default: false,
		description: 'Whether all agents see the filter',
		send: { name: 'is_public', write: trueFalse },
	},
	textField3('User IDs', 'users', 'user_ids', 'k7d2m9xq', {
		description: 'Agents who see the filter, separated by commas',
		send: { name: 'user_ids', write: listOf(identifier) },
	}),
];

/** Keys of a filter that can be written. */
const writable = ['name', 'description', 'filter_type', 'user_id', 'is_public', 'user_ids', 'department_ids', 'conditions'];

/** Saved ticket filters. */
export const savedFilter: Resource = {
	value: 'savedFilter',
	name: 'Saved Filter',
	description: 'Saved ticket filters of the agent panel',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create saved filter',
			description: 'Save a ticket filter for the agent panel',
			method: 'POST',
			path: '/v3/filters',
			retryClass: 'once',
			answer: recordAnswer3,
			fields: [{ ...name, required: true }, { ...savedConditions, required: true }],
			optional: { name: 'additionalFields', fields: details },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete saved filter',
			description: 'Delete a saved ticket filter; the tickets stay',
			method: 'DELETE',
			path: '/v3/filters/{filterId}',
			retryClass: 'once',
			answer: { kind: 'deleted' },
			fields: [filterId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get saved filter',
			description: 'Retrieve one saved ticket filter with its conditions',
			method: 'GET',
			path: '/v3/filters/{filterId}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [filterId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many saved filters',
			description: 'Retrieve the saved ticket filters',
			method: 'GET',
			path: '/v3/filters',
			retryClass: 'read',
			answer: listAnswer3,
			rowId: (row) => row.filter_id as string,
			pickList: { label: (row) => String(row.name ?? ''), value: (row) => String(row.filter_id) },
			optional: listFilters(),
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update saved filter',
			description: 'Change a saved ticket filter; it is read first, because LiveAgent only accepts whole filters',
			method: 'PUT',
			path: '/v3/filters/{filterId}',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			fields: [filterId],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: [name, savedConditions, ...details] },
			run: async (run, items) => await readModifyWrite(run, items, writable),
			alsoCalls: ['GET /v3/filters/{filterId}'],
		},
	],
};
