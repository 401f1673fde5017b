// What n8n's editor shows of an operation's output before it ran is what the operation puts out.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { type DemoSimulator, VENDORS } from '../../scripts/n8n/vendors';
import type { OutputSchema } from '../../scripts/schemas/inferSchema';
import { schemaFiles } from '../../scripts/schemas/schemaFiles';
import { jsonOf, runNode } from '../support/engine';
import { repositoryFolder } from '../support/package';
import { sampleParameters } from '../support/samples';
import { contractVendors } from './vendors';

/** What a codex file says of the Docs link. */
interface Codex {
	resources: { primaryDocumentation: Array<{ url: string }> };
}

/** Schema files of all nodes below a folder of the repository: text by path. */
function filesBelow(folder: string): Record<string, string> {
	const root = join(repositoryFolder, folder);
	const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
	const schemas = paths.filter((path) => path.includes('__schema__') && path.endsWith('.json'));
	return Object.fromEntries(schemas.map((path) => [join('nodes', path), readFileSync(join(root, path), 'utf8')]));
}

/** The schema with null and empty text allowed everywhere: what a vendor may leave empty; whole numbers may have decimals. */
function lenient({ type, properties, items }: OutputSchema): object {
	if (type === 'null') return {};
	const inner = Object.entries(properties ?? {}).map(([key, value]) => [key, lenient(value)] as const);
	const filled = {
		type: [type === 'integer' ? 'number' : type, 'null'],
		...(properties === undefined ? {} : { properties: Object.fromEntries(inner) }),
		...(items === undefined ? {} : { items: lenient(items) }),
	};
	return { anyOf: [{ const: '' }, filled] };
}

/** Where items do not fit the schema: a value of another type, and with Simplify, which decides the keys, a key too many. */
function misfits(items: IDataObject[], schema: OutputSchema, isSimplified: boolean): string[] {
	const validate = new Ajv2020({ allErrors: true, strict: false }).compile(lenient(schema));
	const types = items.flatMap((item) => (validate(item) ? [] : (validate.errors ?? [])));
	const known = Object.keys(schema.properties ?? {});
	const unknown = isSimplified ? items.flatMap(Object.keys).filter((key) => !known.includes(key)) : [];
	return [...types.map(({ instancePath, message }) => `${instancePath} ${message}`), ...unknown];
}

/** Lists of one record, and lists that the demo accounts have empty: no rows without setting something up first. */
const withoutRows = [
	'liveAgent.conversation.getMany',
	'liveAgent.conversation.getMessages',
	'liveAgent.conversation.getTags',
	'liveAgent.customer.getGroups',
	'liveAgent.department.getAgents',
	'ujet.bulkUserJob.getMany',
	'ujet.bulkUserJob.getSchemeErrors',
	'ujet.bulkUserJob.getUpdateErrors',
	'ujet.campaignContact.getMany',
	'ujet.campaignContact.getManyByPage',
	'ujet.campaignContact.getManyImportJobs',
	'ujet.chatPhoto.getMany',
	'ujet.chatVideo.getMany',
	'liveAgent.contact.getPageVisits',
	'liveAgent.device.getByDepartment',
	'liveAgent.device.getDepartments',
	'liveAgent.ticket.getHistory',
	'liveAgent.ticket.getMessages',
	'ujet.menu.getCurrentStatuses',
	'ujet.queueStatus.getLive',
	'ujet.waitTime.getMany',
];

describe('output schemas', () => {
	const shipped = filesBelow('nodes');

	test('are what the definitions and contracts give now (npm run schemas)', async () => {
		expect(shipped).toEqual(await schemaFiles());
	}, 180_000);

	test('lie beside the built nodes, where n8n looks for them', () => {
		expect(filesBelow('dist/nodes')).toEqual(shipped);
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
			)
			.filter(({ title }) => !withoutRows.includes(`${vendor.name}.${title}`));

		test.each(lists)('$title gives what its schema says', async ({ resource, operation }) => {
			const data = host.credentialData(simulator) as ICredentialDataDecryptedObject;
			const { outputs, error } = await runNode({
				nodeType: vendor.name,
				parameters: sampleParameters(resource, operation, 'fewest'),
				credentials: { [vendor.credentialType]: data },
			});
			expect(error?.message).toBeUndefined();
			const items = jsonOf(outputs[0]);
			expect(items.length).toBeGreaterThan(0);
			const schema = JSON.parse(shipped[schemaPath(vendor.name, resource.value, operation.value)]) as OutputSchema;
			expect(misfits(items, schema, operation.simplify !== undefined)).toEqual([]);
		});
	});

	/** The schema of the newest version of a node, with which the tests run it. */
	function schemaPath(node: string, resource: string, operation: string): string {
		const start = `/${node}/__schema__/`.toLowerCase();
		const end = `/${resource}/${operation}.json`.toLowerCase();
		const found = Object.keys(shipped).filter((path) => path.toLowerCase().includes(start) && path.toLowerCase().endsWith(end));
		return found.sort().at(-1) ?? `no schema ${start}${end}`;
	}
});
