import type { Connection } from '../../../nodes/shared/http/connection';
import type { Operation } from '../../../nodes/shared/definition/operation';
import { placeValues } from '../../../nodes/shared/input/prepareItem';
import { instant, listOf, text } from '../../../nodes/shared/input/values';

const connection = {
	node: { name: 'Node' },
	vendor: { bodyFormat: 'form' },
	inputZone: 'UTC',
	vendorZone: 'UTC',
	clock: { now: () => 0 },
} as unknown as Connection;

const operation: Operation = {
	value: 'send',
	name: 'Send',
	action: 'Send thing',
	description: 'Send a thing',
	method: 'POST',
	path: '/things',
	retryClass: 'once',
	fields: [
		{
			displayName: 'Period',
			name: 'period',
			type: 'string',
			send: {
				place: 'query',
				spread: true,
				write: (value) => ({ from: `${String(value)}-01`, to: `${String(value)}-31` }),
			},
		},
		{
			displayName: 'Keys',
			name: 'keys',
			type: 'string',
			send: { name: 'values', write: (value, { item }) => JSON.stringify(item?.[String(value)]) },
		},
	],
};

describe('values of one item', () => {
	it('takes keys that the user made up literally and refuses those that reach what all objects share', () => {
		const spread: Operation = {
			...operation,
			fields: [{ displayName: 'More', name: 'more', type: 'json', send: { place: 'body', spread: true, write: (value) => JSON.parse(String(value)) as unknown } }],
		};
		const json = { ...connection, vendor: { bodyFormat: 'json' }, node: { name: 'Node' } } as unknown as Connection;
		expect(placeValues(json, spread, { more: '{"a.b": 1}' }, 0).body).toEqual({ 'a.b': 1 });
		for (const key of ['__proto__', 'constructor', 'prototype']) {
			expect(() => placeValues(json, spread, { more: `{"${key}": {"x": 1}}` }, 0)).toThrow("Invalid value for 'More'");
		}
		expect(({} as { x?: number }).x).toBeUndefined();
	});

	it('sends each key of a spread value on its own', () => {
		const placed = placeValues(connection, operation, { period: '2026-03' }, 0);
		expect(placed).toMatchObject({ query: { from: '2026-03-01', to: '2026-03-31' }, body: {} });
	});

	it('lets a writer see the other values of the item', () => {
		const zoned: Operation = {
			...operation,
			fields: [
				{
					displayName: 'At',
					name: 'at',
					type: 'dateTime',
					send: { write: instant({ format: 'iso', zoneFrom: 'timezone' }) },
				},
				{ displayName: 'Timezone', name: 'timezone', type: 'string', send: { place: 'none' } },
			],
		};
		const at = '2026-01-05T09:00:00';
		expect(placeValues(connection, zoned, { at }, 0).body).toEqual({ at: '2026-01-05T09:00:00Z' });
		expect(placeValues(connection, zoned, { at, timezone: 'Australia/Perth' }, 0).body).toEqual({
			at: '2026-01-05T01:00:00Z',
		});
	});

	it.each(['', '   ', ' , ', [], ['  ', '']])('takes %j for no value where one is required', (given) => {
		const write = listOf(text());
		const required: Operation = {
			...operation,
			fields: [{ displayName: 'Names', name: 'names', type: 'string', required: true, send: { write } }],
		};
		expect(() => placeValues(connection, required, { names: given }, 0)).toThrow("'Names' is empty [item 0]");
	});

	it.each([
		['PATCH', true],
		['POST', false],
	] as const)('takes an empty text of a %s for one of several values: %s', (method, isEnough) => {
		const fields: Operation['fields'] = [{ displayName: 'Name', name: 'name', type: 'string' }];
		const change: Operation = { ...operation, method, fields, atLeastOne: ['name'] };
		const place = () => placeValues(connection, change, { name: '' }, 0).body;
		if (isEnough) expect(place()).toEqual({ name: '' });
		else expect(place).toThrow("at least one of 'Name'");
	});

	it('lets a writer take values from the keys of the input item', () => {
		const placed = placeValues(connection, operation, { keys: 'order' }, 0, { order: 'A-1', other: 'B' });
		expect(placed.body).toEqual({ values: '"A-1"' });
	});
});
