// Schemas of outputs are made out of examples of a contract.
import { inferSchema } from '../../scripts/schemas/inferSchema';
import { completeExample } from '../support/completeExample';
import type { OpenApiDocument, Schema } from '../support/openapi';

const document = { paths: {} } as OpenApiDocument;
const complete = (schema: Schema, example: unknown) => completeExample(document, schema, example);

describe('a schema of output items', () => {
	test('has every key of any item, at every depth', () => {
		expect(inferSchema([{ id: 1 }, { id: 2, agent: { name: 'Ines' } }, { agent: { team: 'Tier 1' } }])).toEqual({
			type: 'object',
			properties: {
				id: { type: 'integer' },
				agent: { type: 'object', properties: { name: { type: 'string' }, team: { type: 'string' } } },
			},
		});
	});

	test('takes the type of the first filled value, and decimals when one has some', () => {
		expect(inferSchema([{ rate: null }, { rate: 1 }, { rate: 0.5 }]).properties).toEqual({ rate: { type: 'number' } });
	});

	test('knows what lists hold', () => {
		expect(inferSchema([{ tags: [] }, { tags: ['vip'] }]).properties?.tags).toEqual({
			type: 'array',
			items: { type: 'string' },
		});
	});
});

describe('a complete example', () => {
	const call: Schema = {
		type: 'object',
		properties: { id: { type: 'integer' }, number: { type: 'string' }, error: { type: 'string' } },
	};

	test('keeps what the example has and adds what the schema names', () => {
		expect(complete(call, { id: 7, own: true })).toEqual({ id: 7, own: true, number: 'text' });
	});

	test('adds no key that says that something failed', () => {
		expect(complete(call, { id: 7 })).not.toHaveProperty('error');
	});

	test('takes of alternatives the one that the example is made after', () => {
		const alternatives: Schema = { oneOf: [{ type: 'array', items: call }, { ...call, required: ['id'] }] };
		expect(complete(alternatives, { id: 7 })).toEqual({ id: 7, number: 'text' });
		expect(complete(alternatives, [{ id: 7 }])).toEqual([{ id: 7, number: 'text' }]);
	});
});
