import type { Resource } from '../../shared/definition/operation';
import { pathId } from '../../shared/editor/fields';
import { idsOnly, websiteFilter, wholeRows, wildcardFilter } from '../fields';

const simpleKeys = [
	'id',
	'unique_id',
	'external_id',
	'firstname',
	'lastname',
	'email',
	'phone',
	'city',
	'country',
	'created_at',
];

/** Visitors of the websites; their rows hold personal data. */
export const visitor: Resource = {
	value: 'visitor',
	name: 'Visitor',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get visitor',
			description: 'Retrieve one visitor by the numeric identifier',
			method: 'GET',
			path: '/visitor/{visitorId}',
			retryClass: 'read',
			simplify: simpleKeys,
			fields: [pathId('visitorId', 'Visitor', 560)],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many visitors',
			description: 'Retrieve visitors, newest first',
			method: 'GET',
			path: '/visitor',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			simplify: simpleKeys,
			fields: [idsOnly],
			optional: {
				name: 'filters',
				fields: [
					wildcardFilter('externalId', 'External ID', 'external_id', 'C-22*'),
					wildcardFilter('uniqueId', 'Unique ID', 'unique_id', '5b2f0c9a7d1e4'),
					websiteFilter,
				],
			},
		},
	],
};
