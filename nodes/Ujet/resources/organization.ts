import type { Resource } from '../../shared/definition/operation';
import { managerApi } from '../fields';

/** The tenant itself. */
export const organization: Resource = {
	value: 'organization',
	name: 'Organization',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get organization',
			description: 'Retrieve the settings of the tenant',
			method: 'GET',
			path: `${managerApi}/settings/organization`,
			retryClass: 'read',
			source: 'public-doc',
		},
	],
};
