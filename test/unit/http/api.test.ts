// Vendors with several APIs: which one a path belongs to, and what is done when its key is missing.
import type { Operation, Resource } from '../../../nodes/shared/definition/operation';
import type { VendorApi } from '../../../nodes/shared/definition/vendor';
import { apiOf, connectionFor, chooseApi } from '../../../nodes/shared/http/api';
import type { Connection } from '../../../nodes/shared/http/connection';

const old: VendorApi = {
	name: 'API version 1',
	pathPrefix: '',
	key: { name: 'oldKey', displayName: 'Old Key', howToGet: 'Ask for it' },
	testPath: '/status',
};
const present: VendorApi = {
	name: 'API version 2',
	pathPrefix: '/v2',
	key: { name: 'newKey', displayName: 'New Key', howToGet: 'Make one' },
	testPath: '/v2/status',
	timeZone: 'UTC',
	conventions: { bodyFormat: 'json', headers: { offset: '0' } },
};

function connectionWith(...filled: string[]): Connection {
	return {
		node: { name: 'Node' },
		vendor: { displayName: 'Acme', bodyFormat: 'form', apis: [old, present] },
		vendorZone: 'Europe/Paris',
		filledFields: new Set(filled),
	} as unknown as Connection;
}

const resource: Resource = { value: 'tag', name: 'Tag', operations: [] };
const operation: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many tags',
	description: 'Retrieve tags',
	method: 'GET',
	path: '/tags',
	retryClass: 'read',
};
const inBoth: Operation = { ...operation, otherForm: { path: '/v2/tags', paging: 'none' } };

describe('the API of a path', () => {
	it.each([
		['/v2/tags', present],
		['/v2', present],
		['/v20/tags', old],
		['/tags/v2', old],
		['{path}', undefined],
	])('%s', (path, api) => expect(apiOf({ apis: [old, present] }, path)).toBe(api));

	it('is none where the vendor has one API only', () => expect(apiOf({}, '/v2/tags')).toBeUndefined());
});

describe('a connection over an API', () => {
	it('shares one pace with the other APIs of its credential', () => {
		const connection = { ...connectionWith('newKey', 'oldKey'), pacer: {} } as Connection;
		expect(connectionFor(connection, '/v2/tags').pacer).toBe(connection.pacer);
		expect(connectionFor(connection, '/tags').pacer).toBe(connection.pacer);
	});

	it('has its conventions and its zone', () => {
		const connection = connectionFor(connectionWith('newKey'), '/v2/tags');
		expect(connection.vendor).toMatchObject({ bodyFormat: 'json', headers: { offset: '0' }, displayName: 'Acme' });
		expect(connection.vendorZone).toBe('UTC');
		const other = connectionFor(connectionWith('oldKey'), '/tags');
		expect(other.vendor.bodyFormat).toBe('form');
		expect(other.vendorZone).toBe('Europe/Paris');
	});

	it('is refused without its key, by name', () => {
		const refused = () => chooseApi(connectionWith('newKey'), resource, operation);
		expect(refused).toThrow("Tag: Get Many needs 'Old Key' in the credential");
	});

	it('takes the other form of an operation only where the first lacks its key', () => {
		expect(chooseApi(connectionWith('oldKey', 'newKey'), resource, inBoth).operation.path).toBe('/tags');
		const other = chooseApi(connectionWith('newKey'), resource, inBoth);
		expect(other.operation).toMatchObject({ path: '/v2/tags', paging: 'none', name: 'Get Many' });
		expect(other.connection.vendor.bodyFormat).toBe('json');
		expect(() => chooseApi(connectionWith(), resource, inBoth)).toThrow("needs 'Old Key'");
	});
});
