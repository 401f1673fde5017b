import type { Resource } from '../../shared/definition/operation';
import { byName, chosen, filterBy, idsOnly, operatorFilter, wholeRows } from '../fields';

/** Skills that route conversations. */
export const skill: Resource = {
	value: 'skill',
	name: 'Skill',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get skill',
			description: 'Retrieve one skill',
			method: 'GET',
			path: '/skill/{skillId}',
			retryClass: 'read',
			fields: [chosen({ displayName: 'Skill', name: 'skillId', list: 'skill', placeholder: 'e.g. 77' })],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many skills',
			description: 'Retrieve skills',
			method: 'GET',
			path: '/skill',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			pickList: byName,
			fields: [idsOnly],
			optional: {
				name: 'filters',
				fields: [
					operatorFilter,
					filterBy({ displayName: 'Parent Skill', name: 'parentId', list: 'skill', placeholder: 'e.g. 70' }, 'parent_id'),
				],
			},
		},
	],
};
