import { labelResource } from './labelResource';

/** Name of the pick list whose values are names: memberships are changed by name, not by ID. */
export const groupNameList = 'customerGroupName';

/** Customer groups of the account. */
export const customerGroup = labelResource({
	value: 'customerGroup',
	name: 'Customer Group',
	word: 'customer group',
	words: 'customer groups',
	path: '/customersgroups',
	path3: '/v3/groups',
	idField: 'groupId',
	listKey: 'groups',
	example: { id: 'g4k2', name: 'Premium' },
	otherPickLists: [
		{ name: groupNameList, label: (row) => String(row.name ?? ''), value: (row) => String(row.name ?? '') },
	],
});
