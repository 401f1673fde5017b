import type { Resource } from '../../shared/definition';
import { manager, menuInPath } from '../fields';

/** Menus, which are the queues of a tenant. */
export const menu: Resource = {
	value: 'menu',
	name: 'Menu',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get menu',
			description: 'Retrieve one menu (queue)',
			method: 'GET',
			path: `${manager}/menus/{menuId}`,
			retryClass: 'read',
			fields: [menuInPath],
		},
	],
};
