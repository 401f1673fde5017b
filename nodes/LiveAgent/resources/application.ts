import type { Resource } from '../../shared/definition/operation';
import { applicationRecord, shownAs } from '../formats/recordFormat';

/** The installation itself. */
export const application: Resource = {
	value: 'application',
	name: 'Application',
	operations: [
		{
			value: 'getStatus',
			name: 'Get Status',
			action: 'Get application status',
			description: 'Retrieve versions and dates of the installation',
			method: 'GET',
			path: '/application/status',
			retryClass: 'read',
			...shownAs(applicationRecord),
		},
	],
};
