import type { Resource } from '../../shared/definition/operation';
import { integer, text } from '../../shared/input/values';
import { textField } from '../fields';
import { articleRecord, listAnswer, shownAs } from '../formats/recordFormat';

/** Articles of the knowledge base. */
export const knowledgeBase: Resource = {
	value: 'knowledgeBase',
	name: 'Knowledge Base',
	description: 'Articles of the knowledge base',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many knowledge base articles',
			description: 'Retrieve articles, all of them or those of one branch',
			method: 'GET',
			path: '/knowledgebase/articles',
			retryClass: 'read',
			answer: listAnswer('articles'),
			paging: { kind: 'offset', offsetParameter: 'offset', sizeParameter: 'limit', size: 500 },
			rowId: (row) => String(row.kb_entry_id),
			...shownAs(articleRecord),
			optional: {
				name: 'filters',
				fields: [
					textField('Article ID', 'articleId', 'article_id', { placeholder: 'e.g. 288' }),
					textField('Parent Article ID', 'parentId', 'parent_id', {
						placeholder: 'e.g. 23',
						description: 'Only the articles directly below this one',
					}),
					textField('Tree Path', 'treePath', 'tree_path', {
						placeholder: 'e.g. 0|23|',
						description: 'Only articles whose path begins with this',
					}),
				],
			},
		},
		{
			value: 'search',
			name: 'Search',
			action: 'Search knowledge base articles',
			description: 'Find articles that match a text, best first',
			method: 'GET',
			path: '/knowledgebase/search',
			retryClass: 'read',
			answer: { kind: 'one', path: 'response.articles' },
			...shownAs(articleRecord),
			fields: [
				{
					displayName: 'Search Text',
					name: 'query',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. refund',
					send: { write: text() },
				},
				{
					displayName: 'Limit',
					name: 'limit',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 50,
					description: 'Max number of results to return',
					send: { write: integer({ minimum: 1 }) },
				},
			],
			optional: {
				name: 'filters',
				fields: [
					textField('Top Article ID', 'topArticleId', 'top_article_id', {
						placeholder: 'e.g. 23',
						description: 'Only return articles below this one',
					}),
				],
			},
		},
	],
};
