import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier } from '../../shared/input/values';
import { usingDepartment } from '../fields';
import { listFilters } from '../formats/conditions';
import { textField3 } from '../formats/version3Fields';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';

const predefinedAnswerId: Field = locator({
	displayName: 'Predefined Answer',
	name: 'predefinedAnswerId',
	list: 'predefinedAnswer',
	placeholder: 'e.g. pa7d2k90',
	required: true,
	send: { place: 'path', write: identifier },
});

const content: Field[] = [
	textField3('Answer Name', 'name', 'name', 'Late parcel', { required: true }),
	textField3('Answer Text', 'body', 'body', 'Your parcel is on its way', { required: true, typeOptions: { rows: 4 } }),
];

const optional: Field[] = [
	usingDepartment,
	{
		displayName: 'Answer Format',
		name: 'format',
		type: 'options',
		default: 'T',
		options: [
			{ name: 'HTML', value: 'H' },
			{ name: 'Text', value: 'T' },
		],
	},
	textField3('Subject', 'subject', 'subject', 'Your parcel'),
];

/** Texts that agents answer tickets with. */
export const predefinedAnswer: Resource = {
	value: 'predefinedAnswer',
	name: 'Predefined Answer',
	description: 'Texts for tickets',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create predefined answer',
			description: 'Add a predefined answer',
			method: 'POST',
			path: '/v3/predefined_answers',
			retryClass: 'once',
			mapAutomatically: true,
			answer: recordAnswer3,
			fields: [...content],
			optional: { name: 'additionalFields', fields: optional },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete predefined answer',
			description: 'Remove a predefined answer',
			method: 'DELETE',
			path: '/v3/predefined_answers/{predefinedAnswerId}',
			retryClass: 'idempotent',
			answer: { kind: 'deleted' },
			fields: [predefinedAnswerId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get predefined answer',
			description: 'Retrieve one predefined answer',
			method: 'GET',
			path: '/v3/predefined_answers/{predefinedAnswerId}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [predefinedAnswerId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many predefined answers',
			description: 'Retrieve predefined answers',
			method: 'GET',
			path: '/v3/predefined_answers',
			retryClass: 'read',
			answer: listAnswer3,
			pickList: { label: (row) => String(row.name ?? ''), value: (row) => String(row.id) },
			optional: listFilters(),
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update predefined answer',
			description: 'Replace the text of a predefined answer',
			method: 'PUT',
			path: '/v3/predefined_answers/{predefinedAnswerId}',
			retryClass: 'idempotent',
			mapAutomatically: true,
			answer: recordAnswer3,
			fields: [predefinedAnswerId, ...content],
			optional: { name: 'updateFields', fields: optional },
		},
	],
};
