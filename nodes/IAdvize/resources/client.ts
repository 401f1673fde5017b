import type { Resource } from '../../shared/definition/operation';
import { pathId } from '../../shared/editor/fields';
import { idsOnly, replacedBy, wholeRows } from '../fields';

const replacement = replacedBy('the client object');

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
			deprecated: replacement,
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
			deprecated: replacement,
			method: 'GET',
			path: '/client',
			retryClass: 'read',
			constants: wholeRows,
			answer: { kind: 'many' },
			fields: [idsOnly],
		},
	],
};
