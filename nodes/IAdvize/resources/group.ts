import type { Resource } from '../../shared/definition/operation';
import { byName, chosen, filterBy, idsOnly, wholeRows } from '../fields';

/** Groups of operators. */
export const group: Resource = {
	value: 'group',
	name: 'Group',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get group',
			description: 'Retrieve one group of operators',
			method: 'GET',
			path: '/group/{groupId}',
			retryClass: 'read',
			fields: [chosen({ displayName: 'Group', name: 'groupId', list: 'group', placeholder: 'e.g. 1984' })],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many groups',
			description: 'Retrieve groups of operators',
			method: 'GET',
			path: '/group',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			pickList: byName,
			fields: [idsOnly],
			optional: {
				name: 'filters',
				fields: [
					filterBy({ displayName: 'Parent Group', name: 'parentId', list: 'group', placeholder: 'e.g. 1900' }, 'parent_id'),
				],
			},
		},
	],
};
