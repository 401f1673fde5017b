import fc from 'fast-check';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { ParameterReader } from '../../nodes/shared/input/parameters';
import { createNodeType, runWorkflow } from '../support/engine';
import { runs } from '../support/runs';

const fields = ['one', 'two', 'three', 'four'];

/** Keys that collide with what objects, texts and lists have, and ordinary ones. */
const key = fc.constantFrom('phone', 'a', 'b', 'first_name', 'length', 'toString', 'constructor', 'id', 'isEmpty', 'json', 'class', 'x_');

const value = fc.letrec((tie) => ({
	any: fc.oneof(
		{ maxDepth: 3 },
		fc.string(),
		fc.constantFrom('', '={{ 1 }}', '0', 'null', '2026-11-20T09:30:00Z', '={{ $json.a }}', '\u{1F600}'),
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.boolean(),
		fc.constant(null),
		fc.array(tie('any'), { maxLength: 3 }),
		fc.dictionary(key, tie('any'), { maxKeys: 4 }),
	),
})).any;

const item = fc.dictionary(key, value, { maxKeys: 8 }) as fc.Arbitrary<IDataObject>;

const expression = fc
	.tuple(fc.array(key, { minLength: 1, maxLength: 3 }), fc.constantFrom('', ' ', '  \n'), fc.constantFrom('', ' '))
	.map(([names, before, after]) => `={{${before}$json.${names.join('.')}${after}}}`);

/** What a way of reading gave for each item and field: a value, or the message of an error. */
type Readings = Array<{ given: unknown } | { error: string }>;

function attempt(read: () => unknown): Readings[number] {
	try {
		return { given: read() };
	} catch (error) {
		return { error: (error as Error).message };
	}
}

/** Reads all fields of all items in n8n's engine, by the reader and by n8n alone. */
async function readBoth(items: IDataObject[], expressions: string[]): Promise<{ own: Readings; host: Readings; asked: number }> {
	const own: Readings = [];
	const host: Readings = [];
	let asked = 0;
	const probe = createNodeType('probe', async function (this: IExecuteFunctions) {
		const source = {
			getNode: () => this.getNode(),
			getWorkflowDataProxy: (index: number) => this.getWorkflowDataProxy(index),
			getNodeParameter: (...given: Parameters<ParameterReader['read']>) => {
				asked++;
				return this.getNodeParameter(given[0], given[1], undefined, { skipValidation: true });
			},
		};
		const reader = new ParameterReader(source);
		for (const index of this.getInputData().keys()) {
			for (const name of fields) {
				own.push(attempt(() => reader.read(name, index)));
				host.push(attempt(() => this.getNodeParameter(name, index, undefined, { skipValidation: true })));
			}
		}
		return [[]];
	});
	probe.description.properties = fields.map((name): INodeProperties => ({ displayName: name, name, type: 'string', default: '' }));
	const parameters = Object.fromEntries(fields.map((name, index) => [name, expressions[index]]));
	const result = await runWorkflow({ steps: [{ name: 'Probe', nodeType: probe, parameters }], items: items.map((json) => ({ json })) });
	if (result.error !== undefined) throw result.error;
	return { own, host, asked };
}

describe('a plain path into the item', () => {
	test('gives what n8n gives, whatever item and path are', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(item, { minLength: 1, maxLength: 3 }),
				fc.array(expression, { minLength: fields.length, maxLength: fields.length }),
				async (items, expressions) => {
					const { own, host } = await readBoth(items, expressions);
					expect(own).toEqual(host);
				},
			),
			{ numRuns: runs(150, 1_500) },
		);
	});

	test('is not evaluated for texts, numbers, true and false; everything else is', async () => {
		const expressions = ['={{ $json.a }}', '={{$json.b.c}}', '={{ $json.d }}', '={{ $json.missing }}'];
		const plain = await readBoth([{ a: 'text', b: { c: 0 }, d: false, missing: '' }], expressions);
		expect(plain.own).toEqual([{ given: 'text' }, { given: 0 }, { given: false }, { given: '' }]);
		expect(plain.asked).toBe(0);
		const other = await readBoth([{ a: null, b: { c: [1] }, d: {} }], expressions);
		expect(other.own).toEqual(other.host);
		expect(other.asked).toBe(fields.length);
	});
});
