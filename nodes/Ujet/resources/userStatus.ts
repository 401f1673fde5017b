import type { IDataObject } from 'n8n-workflow';

import type { Resource } from '../../shared/definition/operation';
import { managerApi } from '../fields';

const nameOf = (row: IDataObject) => String(row.name ?? '');

/** Statuses that agents can be in: those of UJET (IDs up to 0) and those of the tenant. */
export const userStatus: Resource = {
	value: 'userStatus',
	name: 'User Status',
	description: 'The statuses that agents can choose from; for their current statuses, use Get Current Statuses of Agent',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many user statuses',
			description: 'Retrieve the statuses that agents can be in',
			method: 'GET',
			path: `${managerApi}/user_statuses`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
			pickList: [
				{ label: nameOf, value: (row) => Number(row.id) },
				{ name: 'userStatusName', label: nameOf, value: nameOf },
			],
		},
	],
};
