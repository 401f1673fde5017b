import type { Operation, Resource } from '../../shared/definition/operation';
import { appsApi } from '../fields';
import { checkFilter, userFilterFields, userFilters } from '../formats/userFilters';
import { listUsers } from '../jobs/listUsers';

const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many users',
	description: 'Retrieve the portal users, all or those that match one filter',
	method: 'GET',
	path: `${appsApi}/users`,
	retryClass: 'read',
	source: 'public-doc',
	answer: { kind: 'many' },
	// Until May 2026, UJET gave 100 rows whatever was asked (release notes of 2026-05-04).
	paging: { kind: 'page', pageParameter: 'page', sizeParameter: 'per', size: 500, maximumSize: 999, smallestMaximum: 100 },
	simplify: [
		'id',
		'email',
		'first_name',
		'last_name',
		'agent_number',
		'location',
		'roles',
		'teams',
		'phone_numbers',
		'deactivated_at',
	],
	check: checkFilter,
	fields: [
		{
			displayName: 'Filter By',
			name: 'filterBy',
			type: 'options',
			default: 'none',
			options: [
				...userFilters.map(({ name, value }) => ({ name, value })),
				{ name: 'None', value: 'none', description: 'All users' },
			].sort((first, second) => first.name.localeCompare(second.name, 'en')),
			description: 'UJET accepts one filter at a time',
			send: { place: 'none' },
			sample: 'ids',
		},
		...userFilterFields,
	],
	run: listUsers,
};

/** Users of the portal. */
export const user: Resource = {
	value: 'user',
	name: 'User',
	operations: [getMany],
};
