import type { Resource } from '../../shared/definition/operation';
import { listAnswer } from '../formats/recordFormat';

/** Categories that suggestions are filed under. */
export const suggestionCategory: Resource = {
	value: 'suggestionCategory',
	name: 'Suggestion Category',
	description: 'Categories of suggestions',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many suggestion categories',
			description: 'Retrieve the categories that suggestions are filed under',
			method: 'GET',
			path: '/suggestioncategories',
			retryClass: 'read',
			answer: listAnswer('suggestioncategories'),
			paging: 'none',
			pickList: { label: (row) => String(row.path || row.title || ''), value: (row) => String(row.id) },
		},
	],
};
