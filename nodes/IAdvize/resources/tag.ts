import type { Resource } from '../../shared/definition/operation';
import { byName, chosen, idsOnly, replacedBy, websiteFilter, wholeRows } from '../fields';

const replacement = replacedBy('the conversationTag object');

/** Tags of conversations. */
export const tag: Resource = {
	value: 'tag',
	name: 'Tag',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get tag',
			description: 'Retrieve one conversation tag',
			deprecated: replacement,
			method: 'GET',
			path: '/tag/{tagId}',
			retryClass: 'read',
			fields: [chosen({ displayName: 'Tag', name: 'tagId', list: 'tag', placeholder: 'e.g. 31' })],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many tags',
			description: 'Retrieve conversation tags',
			deprecated: replacement,
			method: 'GET',
			path: '/tag',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			pickList: byName,
			fields: [idsOnly],
			optional: { name: 'filters', fields: [websiteFilter] },
		},
	],
};
