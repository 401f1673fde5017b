import type { IDataObject } from 'n8n-workflow';

import type { Operation } from '../../../nodes/shared/definition/operation';
import { nodeProperties } from '../../../nodes/shared/editor/nodeDescription';
import { readValues } from '../../../nodes/shared/input/fieldValues';
import { unmappedKeys } from '../../../nodes/shared/input/unmappedKeys';
import { ParameterReader } from '../../../nodes/shared/input/parameters';
import { testVendor } from '../../support/testVendor';

const operation: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create thing',
	description: 'Create a thing',
	method: 'POST',
	path: '/things',
	retryClass: 'once',
	mapAutomatically: true,
	fields: [
		{ displayName: 'List', name: 'list', type: 'string', neverMapped: true },
		{ displayName: 'Title', name: 'title', type: 'string' },
	],
	optional: {
		name: 'additionalFields',
		fields: [
			{ displayName: 'Colour', name: 'colour', type: 'string' },
			{ displayName: 'If Present', name: 'ifPresent', type: 'string', send: { place: 'none' } },
		],
	},
};

const vendor = testVendor({
	paging: { kind: 'cursor', cursorParameter: 'cursor', nextPath: 'next' },
	resources: [
		{
			value: 'thing',
			name: 'Thing',
			operations: [
				operation,
				{ ...operation, value: 'getMany', name: 'Get Many', method: 'GET', answer: { kind: 'many' }, optional: undefined },
			],
		},
	],
});

function readerOf(parameters: IDataObject): ParameterReader {
	return new ParameterReader({ getNode: () => ({ parameters }) as never, getNodeParameter: () => undefined });
}

describe('Map Automatically', () => {
	it('takes keys of the item, and what is never mapped from the parameters', () => {
		const reader = readerOf({ dataMode: 'autoMapInputData', list: '7', title: 'by hand' });
		const item = { json: { list: 'of the item', Title: 'of the item', colour: 'red' } };
		expect(readValues(operation, reader, item, 0)).toEqual({ list: '7', title: 'of the item', colour: 'red' });
	});

	it('leaves only the unmapped fields of a collection to set', () => {
		const collections = nodeProperties(vendor).filter(({ name }) => name === 'additionalFields');
		const shown = collections.map(({ displayOptions, options }) => [
			displayOptions?.show?.dataMode,
			(options ?? []).map(({ name }) => name),
		]);
		expect(shown).toEqual([
			[['defineBelow'], ['colour', 'ifPresent']],
			[['autoMapInputData'], ['ifPresent']],
		]);
	});
});

describe('a list whose next page the vendor names', () => {
	it('can be kept in part', () => {
		const [options] = nodeProperties(vendor).filter(({ name }) => name === 'options');
		expect(options.displayOptions?.show).toMatchObject({ operation: ['getMany'] });
		expect((options.options ?? []).map(({ name }) => name)).toEqual(['keepPartialList']);
	});
});

describe('keys that Map Automatically leaves out', () => {
	const mapping = readerOf({ dataMode: 'autoMapInputData' });

	it('are named, without those that are fields, that come from n8n or that a value names', () => {
		const item = { TITLE: 'Sales', list: '7', colour: 'red', chatInput: 'Hello', first_name: 'Ann', city: 'Porto' };
		expect(unmappedKeys(operation, mapping, { title: 'Sales', colour: 'red', keys: ['city'] }, item)).toBe(
			"Map Automatically did not send 'first_name': this operation has no field with this name.",
		);
	});

	it('are counted where there are many', () => {
		const item = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`column ${index}`, index]));
		expect(unmappedKeys(operation, mapping, {}, item)).toContain("'column 7' and 22 more keys:");
	});

	it('are none when each field is mapped by hand, or when the operation sends them too', () => {
		const item = { first_name: 'Ann' };
		expect(unmappedKeys(operation, readerOf({ dataMode: 'defineBelow' }), {}, item)).toBeUndefined();
		const otherKeys = { areSent: ({ rest }: IDataObject) => rest === true, howToSend: 'Switch Rest on.' };
		expect(unmappedKeys({ ...operation, otherKeys }, mapping, { rest: true }, item)).toBeUndefined();
		expect(unmappedKeys({ ...operation, otherKeys }, mapping, {}, item)).toMatch(/Switch Rest on\.$/);
	});
});
