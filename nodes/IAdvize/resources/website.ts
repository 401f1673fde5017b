import type { Resource } from '../../shared/definition/operation';
import { chosen, idsOnly, replacedBy, wholeRows } from '../fields';

const replacement = replacedBy('the project and projects objects');

/** Websites, called projects in newer pages of the vendor. */
export const website: Resource = {
	value: 'website',
	name: 'Website',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get website',
			description: 'Retrieve one website',
			deprecated: replacement,
			method: 'GET',
			path: '/website/{websiteId}',
			retryClass: 'read',
			fields: [chosen({ displayName: 'Website', name: 'websiteId', list: 'website', placeholder: 'e.g. 5511' })],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many websites',
			description: 'Retrieve the websites of the account',
			deprecated: replacement,
			method: 'GET',
			path: '/website',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			pickList: { label: (row) => String(row.label ?? row.url ?? ''), value: (row) => Number(row.id) },
			fields: [idsOnly],
		},
	],
};
