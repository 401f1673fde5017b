import type { INode } from 'n8n-workflow';

import { ParameterReader } from '../../../nodes/shared/input/parameters';

/** A source that counts how often n8n was asked to evaluate. */
function sourceOf(parameters: INode['parameters']) {
	const asked: string[] = [];
	const source = {
		getNode: () => ({ parameters }) as INode,
		getNodeParameter: (name: string, itemIndex: number) => {
			asked.push(`${name}#${itemIndex}`);
			return `evaluated ${itemIndex}`;
		},
	};
	return { reader: new ParameterReader(source), asked };
}

describe('the parameter reader', () => {
	test('asks n8n only for what holds an expression', () => {
		const { reader, asked } = sourceOf({ plain: 'text', dynamic: '={{ $json.x }}' });
		for (let item = 0; item < 3; item++) {
			expect(reader.read('plain', item)).toBe('text');
			expect(reader.read('dynamic', item)).toBe(`evaluated ${item}`);
		}
		expect(asked).toEqual(['dynamic#0', 'dynamic#1', 'dynamic#2']);
	});

	test('inside a collection, only the fields with expressions are evaluated', () => {
		const { reader, asked } = sourceOf({ filters: { plain: 5, dynamic: '={{ 1 }}' } });
		expect(reader.readInside('filters', 'plain', 0)).toBe(5);
		expect(reader.readInside('filters', 'absent', 0)).toBeUndefined();
		expect(reader.readInside('filters', 'dynamic', 1)).toBe('evaluated 1');
		expect(asked).toEqual(['filters.dynamic#1']);
	});

	test('finds expressions deep inside rows and locators, and gives the chosen value of a locator', () => {
		const locator = { __rl: true, mode: 'id', value: '12' };
		const rows = { values: [{ code: 'a', value: '={{ $json.a }}' }] };
		const { reader, asked } = sourceOf({ locator, rows });
		expect(reader.read('locator', 0)).toBe('12');
		reader.read('rows', 4);
		expect(asked).toEqual(['rows#4']);
	});
});
