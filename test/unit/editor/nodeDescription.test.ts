import type { Field, Operation } from '../../../nodes/shared/definition/operation';
import type { Vendor } from '../../../nodes/shared/definition/vendor';
import { nodeProperties } from '../../../nodes/shared/editor/nodeDescription';
import { testVendor } from '../../support/testVendor';
import { vendors } from '../../support/vendors';

const key: Field = {
	displayName: 'Key',
	name: 'key',
	type: 'string',
	required: true,
	default: '',
	send: { place: 'path' },
};

function operation(value: string, rest: Partial<Operation> = {}): Operation {
	return {
		value,
		name: value,
		action: `${value} thing`,
		description: `${value} a thing`,
		method: 'GET',
		path: '/things/{key}',
		retryClass: 'read',
		fields: [key],
		...rest,
	};
}

function vendorOf(operations: Operation[]): Vendor {
	return testVendor({
		secretKeys: ['token'],
		paging: { kind: 'page', pageParameter: 'page', sizeParameter: 'per', size: 100 },
		resources: [
			{ value: 'thing', name: 'Thing', operations },
			{ value: 'other', name: 'Other', operations },
		],
	});
}

function operationsOf(operations: Operation[]): Array<{ name: string; description: string }> {
	const property = nodeProperties(vendorOf(operations)).find(({ name }) => name === 'operation');
	return (property?.options ?? []) as Array<{ name: string; description: string }>;
}

describe('the description builder', () => {
	test('writes equal parameters once for all resources and operations', () => {
		const properties = nodeProperties(vendorOf([operation('get'), operation('delete')]));
		const keys = properties.filter(({ name }) => name === 'key');
		expect(keys).toHaveLength(1);
		expect(keys[0].displayOptions?.show).toEqual({ resource: ['thing', 'other'], operation: ['get', 'delete'] });
	});

	test('keeps Return All, Limit, Simplify, filters and options in this order, whichever operation had them first', () => {
		const filter = { displayName: 'Text', name: 'text', type: 'string' as const };
		const one = operation('get', { simplify: ['id'], givesSecrets: true });
		const many = operation('getMany', {
			answer: { kind: 'many' },
			simplify: ['id'],
			givesSecrets: true,
			optional: { name: 'filters', fields: [filter] },
		});
		const names = nodeProperties(vendorOf([one, many])).map(({ name }) => name);
		const wanted = ['key', 'returnAll', 'limit', 'simplify', 'filters', 'options'];
		expect([...new Set(names.filter((name) => wanted.includes(name)))].slice(0, 6)).toEqual(wanted);
	});

	test('keeps parameters apart that differ in anything', () => {
		const renamed = { ...key, displayName: 'Another Key' };
		const properties = nodeProperties(vendorOf([operation('get'), operation('delete', { fields: [renamed] })]));
		expect(properties.filter(({ name }) => name === 'key')).toHaveLength(2);
	});

	test('shows fields before Return All, and Return All before the collection', () => {
		const optional = {
			name: 'filters' as const,
			fields: [{ displayName: 'Text', name: 'text', type: 'string' as const }],
		};
		const list = operation('getMany', { answer: { kind: 'many' }, optional });
		const names = nodeProperties(vendorOf([operation('get'), list])).map(({ name }) => name);
		expect(names.indexOf('key')).toBeLessThan(names.indexOf('returnAll'));
		expect(names.indexOf('limit')).toBeLessThan(names.indexOf('filters'));
	});

	test('offers Map Automatically and then hides the fields that come from the item', () => {
		const body: Field = { displayName: 'Name', name: 'name', type: 'string' };
		const write = operation('create', {
			method: 'POST',
			retryClass: 'once',
			mapAutomatically: true,
			fields: [key, body],
		});
		const properties = nodeProperties(vendorOf([write]));
		const shown = (name: string) => properties.find((property) => property.name === name)?.displayOptions?.show;
		expect(shown('dataMode')).toBeDefined();
		expect(shown('name')).toMatchObject({ dataMode: ['defineBelow'] });
		expect(shown('key')).not.toHaveProperty('dataMode');
		const notice = properties.find(({ name }) => name === 'autoMapNotice');
		expect(notice?.displayName).toContain('like these fields are sent: Name.');
	});

	test('says in the description what is out of date or not confirmed', () => {
		const properties = nodeProperties(
			vendorOf([operation('get', { source: 'inferred', deprecated: { by: 'vendor', instead: 'the other' } })]),
		);
		const [option] = (properties.find(({ name }) => name === 'operation')?.options ?? []) as Array<{
			description: string;
		}>;
		expect(option.description).toContain('deprecated by the vendor, which names the other instead');
		expect(option.description).toContain('not confirmed');
		const [own] = operationsOf([operation('get', { deprecated: { by: 'node', instead: 'Get Many' } })]);
		expect(own.description).toContain('deprecated in this node: use Get Many instead');
	});

	test('lists operations by name, the one that does the whole job first and what is out of date last', () => {
		const deprecated = { by: 'node', instead: 'b' } as const;
		const names = operationsOf([
			operation('d'),
			operation('a', { deprecated }),
			operation('b'),
			operation('c', { isWholeJob: true }),
		]).map(({ name }) => name);
		expect(names).toEqual(['c', 'b', 'd', 'a']);
	});

	test('adds the switch for login secrets only where they can come', () => {
		const options = (operations: Operation[]) =>
			nodeProperties(vendorOf(operations)).filter(
				({ name, displayOptions }) => name === 'options' && displayOptions?.show?.operation?.includes('get'),
			);
		expect(options([operation('get')])).toHaveLength(0);
		expect(options([operation('get', { givesSecrets: true })])).toHaveLength(1);
	});
});

describe.each(vendors)('$displayName', (vendor) => {
	test('shows the fields of every operation in the order of its table', () => {
		const properties = nodeProperties(vendor);
		const shownFor = (resource: string, operation: string) =>
			properties.filter(({ displayOptions: { show = {} } = {} }) => show.resource?.includes(resource) && show.operation?.includes(operation));
		for (const { value: resource, operations } of vendor.resources) {
			for (const { value: operation, fields = [] } of operations) {
				const names = new Set(fields.map(({ name }) => name));
				const shown = new Set(shownFor(resource, operation).map(({ name }) => name).filter((name) => names.has(name)));
				expect({ resource, operation, fields: [...shown] }).toEqual({ resource, operation, fields: [...names] });
			}
		}
	});
});
