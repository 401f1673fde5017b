// What the editor says of the key that a resource, an operation or an event needs.
import type { TriggerEvent } from '../../../nodes/shared/definition/events';
import type { Operation, Resource } from '../../../nodes/shared/definition/operation';
import type { VendorApi } from '../../../nodes/shared/definition/vendor';
import { apisOf, describeEvent, describeResource, operationApi, withNote } from '../../../nodes/shared/editor/apiNote';

const api = (name: string, pathPrefix: string): VendorApi => ({
	name,
	pathPrefix,
	key: { name, displayName: name, howToGet: 'Ask for it' },
	testPath: `${pathPrefix}/status`,
});
const old = api('API version 1', '');
const present = api('API version 3', '/v3');
const apis = [old, present];

const operation = (path: string, more: Partial<Operation> = {}): Operation => ({
	value: 'get',
	name: 'Get',
	action: 'Get thing',
	description: 'Retrieve a thing',
	method: 'GET',
	path,
	retryClass: 'read',
	...more,
});
const resource = (operations: Operation[], description?: string): Resource => ({
	value: 'thing',
	name: 'Thing',
	operations,
	...(description === undefined ? {} : { description }),
});

describe('the key that is needed', () => {
	it('stands in the resource where all operations need the same', () => {
		const things = resource([operation('/v3/things')], 'All things; Old Thing has the rest');
		expect(describeResource({ apis }, things)).toBe('All things (API version 3); Old Thing has the rest');
		expect(operationApi({ apis }, things, things.operations[0])).toBeUndefined();
		expect(describeResource({ apis }, resource([operation('/things')]))).toBe('API version 1');
	});

	it('stands in each operation where they differ', () => {
		const both = operation('/things', { otherForm: { path: '/v3/things' } });
		const things = resource([operation('/v3/things'), both], 'All things');
		expect(describeResource({ apis }, things)).toBe('All things');
		expect(things.operations.map((each) => operationApi({ apis }, things, each))).toEqual([
			'API version 3',
			'API version 1 or API version 3',
		]);
		expect(apisOf({ apis }, both)).toEqual([old, present]);
	});

	it('stands in the event by what it reads', () => {
		const things = resource([operation('/v3/things')]);
		const event = { description: 'A thing began', source: { resource: 'thing', operation: 'get' } } as TriggerEvent;
		expect(describeEvent({ apis, resources: [things] }, event)).toBe('A thing began (API version 3)');
	});

	it('is not mentioned where a vendor has one API', () => {
		const things = resource([operation('/things')], 'All things');
		expect(describeResource({}, things)).toBe('All things');
		expect(operationApi({}, things, things.operations[0])).toBeUndefined();
	});

	it('goes behind the first statement', () => {
		expect(withNote('Change it. Use Get to read it.', 'new')).toBe('Change it (new). Use Get to read it.');
		expect(withNote('Version 4.25 or later', 'new')).toBe('Version 4.25 or later (new)');
	});
});
