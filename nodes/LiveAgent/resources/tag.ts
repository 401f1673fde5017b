import { labelResource } from './labelResource';

/** Tags of the account. */
export const tag = labelResource({
	value: 'tag',
	name: 'Tag',
	word: 'tag',
	words: 'tags',
	path: '/tags',
	path3: '/v3/tags',
	idField: 'tagId',
	listKey: 'tags',
	example: { id: 't9q1', name: 'Priority' },
});
