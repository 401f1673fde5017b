import type { Resource } from '../../shared/definition/operation';
import { deprecatedNotice, idsOnly, pathId, wholeRows } from '../fields';

/** Client accounts that the key can see. */
export const client: Resource = {
	value: 'client',
	name: 'Client',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get client',
			description: 'Retrieve one client account',
			deprecated: deprecatedNotice,
			method: 'GET',
			path: '/client/{clientId}',
			retryClass: 'read',
			fields: [pathId('clientId', 'Client', 789)],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many clients',
			description: 'Retrieve the client accounts that the key can see',
			deprecated: deprecatedNotice,
			method: 'GET',
			path: '/client',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			fields: [idsOnly],
		},
	],
};
