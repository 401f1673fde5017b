import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier } from '../../shared/input/values';
import { listFilters } from '../formats/conditions';
import { record, rows } from '../formats/version3Records';

const filterId: Field = locator({
	displayName: 'Saved Filter',
	name: 'filterId',
	list: 'savedFilter',
	placeholder: 'e.g. fl7d2k90',
	required: true,
	send: { place: 'path', write: identifier },
});

/** Saved ticket filters. */
export const savedFilter: Resource = {
	value: 'savedFilter',
	name: 'Saved Filter',
	description: 'Saved ticket filters of the agent panel (API version 3)',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get saved filter',
			description: 'Retrieve one saved ticket filter with its conditions',
			method: 'GET',
			path: '/v3/filters/{filterId}',
			retryClass: 'read',
			answer: record,
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
			answer: rows,
			rowId: (row) => row.filter_id as string,
			pickList: { label: (row) => String(row.name ?? ''), value: (row) => String(row.filter_id) },
			optional: listFilters(),
		},
	],
};
