import type { Vendor } from '../../../nodes/shared/definition/vendor';
import { pickListMethods } from '../../../nodes/shared/editor/pickLists';

const vendor = {
	resources: [
		{
			value: 'group',
			operations: [
				{
					pickList: [
						{ label: () => '', value: () => '' },
						{ name: 'groupName', label: () => '', value: () => '' },
					],
				},
				{},
			],
		},
	],
} as unknown as Vendor;

describe('pick lists', () => {
	it('names a list after its resource unless it has a name of its own', () => {
		const { listSearch, loadOptions } = pickListMethods(vendor);
		expect(Object.keys(listSearch)).toEqual(['searchGroup', 'searchGroupName']);
		expect(Object.keys(loadOptions)).toEqual(['loadGroup', 'loadGroupName']);
	});
});
