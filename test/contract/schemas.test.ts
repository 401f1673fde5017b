// What n8n's editor shows of an operation's output before it ran is what the operation puts out.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { type DemoSimulator, VENDORS } from '../../scripts/n8n/vendors';
import { schemaFiles } from '../../scripts/schemas/schemaFiles';
import { jsonOf, runNode } from '../support/engine';
import { repositoryFolder } from '../support/package';
import { runs } from '../support/runs';
import { sampleParameters } from '../support/samples';
import { misfits, schemaFilesBelow, schemaOf } from './outputSchemas';
import { contractVendors } from './vendors';

/** What a codex file says of the Docs link. */
interface Codex {
	resources: { primaryDocumentation: Array<{ url: string }> };
}

/** Such as `nodes/Ujet/__schema__/v2.0.0`. */
function versionFolder(path: string): string {
	return path.split('/').slice(0, 4).join('/');
}

describe('output schemas', () => {
	const shipped = schemaFilesBelow('nodes');

	test('are what the definitions and contracts give now (npm run schemas)', async () => {
		const written = await schemaFiles(runs<'newest' | 'all'>('newest', 'all'));
		const versions = new Set(Object.keys(written).map(versionFolder));
		expect(Object.fromEntries(Object.entries(shipped).filter(([path]) => versions.has(versionFolder(path))))).toEqual(written);
	}, 180_000);

	test('lie beside the built nodes, where n8n looks for them', () => {
		expect(schemaFilesBelow('dist/nodes')).toEqual(shipped);
	});

	test('and Docs of the built nodes lead to a page on the web', () => {
		const built = readdirSync(join(repositoryFolder, 'dist/nodes'), { recursive: true, encoding: 'utf8' });
		const addresses = built
			.filter((path) => path.endsWith('.node.json'))
			.map((path) => JSON.parse(readFileSync(join(repositoryFolder, 'dist/nodes', path), 'utf8')) as Codex)
			.map(({ resources }) => resources.primaryDocumentation[0].url);
		expect(addresses).toEqual(
			addresses.map(() => expect.stringMatching(/^https:.*\/docs\/operations\/\w+\.md$/) as string),
		);
	});

	test('are there for every operation', () => {
		const operations = contractVendors.flatMap(({ vendor }) =>
			vendor.resources.flatMap(({ value, operations }) =>
				operations.map((operation) => `${vendor.name.toLowerCase()}/${value}/${operation.value}`),
			),
		);
		const known = Object.keys(shipped).map((path) => {
			const [, folder, , , resource, file] = path.split('/');
			return `${folder.toLowerCase()}/${resource}/${file.replace('.json', '')}`;
		});
		expect(operations.filter((operation) => !known.includes(operation))).toEqual([]);
	});

	describe.each(contractVendors.map(({ vendor }) => vendor))('of $displayName', (vendor) => {
		const host = VENDORS.find(({ credentialType }) => credentialType === vendor.credentialType)!;
		let simulator: DemoSimulator;

		beforeAll(async () => {
			simulator = host.createSimulator();
			await simulator.start();
			await simulator.seedDemo();
		});
		afterAll(async () => await simulator.stop());

		const lists = vendor.resources
			.flatMap((resource) =>
				resource.operations
					.filter(({ answer }) => answer?.kind === 'many')
					.map((operation) => ({ resource, operation, title: `${resource.value}.${operation.value}` })),
			);
		/** Lists of which the demo account has rows; those of the others are compared as the contract gives them, with the requests. */
		let compared = 0;

		test.each(lists)('$title gives what its schema says', async ({ resource, operation }) => {
			const data = host.credentialData(simulator) as ICredentialDataDecryptedObject;
			const { outputs } = await runNode({
				nodeType: vendor.name,
				parameters: sampleParameters(resource, operation, 'fewest'),
				credentials: { [vendor.credentialType]: data },
			});
			const items = jsonOf(outputs[0] ?? []);
			// The simulator does not know the list or the record of the sample.
			if (items.length === 0) return;
			const schema = schemaOf(vendor.name, resource.value, operation.value);
			expect(schema).toBeDefined();
			expect(misfits(items, schema!, operation.simplify !== undefined)).toEqual([]);
			compared++;
		});

		test('most lists have rows to compare', () => expect(compared).toBeGreaterThan(lists.length / 2));
	});
});
