// The packages of one service each in a real n8n: alone, beside each other, and beside the package that holds all services.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import { readManifest, REPOSITORY_FOLDER } from '../../scripts/n8n/paths';
import { closeVendors, type RunningVendor, startVendor, startVendors } from '../../scripts/n8n/vendors';
import { openWorkbench, type Workbench } from '../../scripts/n8n/workbench';
import { findTrigger, readWorkflow, readWorkflows } from '../../scripts/n8n/workflows';
import { assemblePackages } from '../../scripts/packages/assemble';
import { readSinglePackages, type SinglePackage } from '../../scripts/packages/definitions';
import { moveWorkflow, toSingles, toWhole } from '../../scripts/packages/move';

// Most tests here start an n8n of their own.
jest.setTimeout(300_000);

const whole = readManifest();
const packages = readSinglePackages();
const work = mkdtempSync(join(tmpdir(), 'contact-center-packages-'));
const folders = assemblePackages(packages, work);
const folderOf = ({ name }: SinglePackage): string => join(work, name);
const wholeTypes = packages.flatMap(({ nodes }) => nodes.map(({ name }) => `${whole.name}.${name}`));
const typesOf = ({ name, nodes }: SinglePackage): string[] => nodes.map((node) => `${name}.${node.name}`);

afterAll(() => rmSync(work, { recursive: true, force: true }));

async function withPackages(packageFolders: string[], use: (workbench: Workbench) => Promise<void>): Promise<void> {
	const workbench = await openWorkbench({ report: () => {}, packageFolders });
	try {
		await use(workbench);
	} finally {
		await workbench.close();
	}
}

/** Node types of this project's packages that n8n offers, AI tools left out. */
async function offeredTypes(client: N8nClient): Promise<string[]> {
	const names = [whole.name, ...packages.map(({ name }) => name)];
	const types = (await client.nodeTypes()).map(({ name }) => name);
	return types.filter((type) => names.some((name) => type.startsWith(`${name}.`)) && !type.endsWith('Tool')).sort();
}

/** Runs a ready-made workflow, and gives what each node put out. */
async function run(client: N8nClient, workflow: StoredWorkflow): Promise<Record<string, unknown>> {
	const { status, error, outputs } = await client.runWorkflow(
		workflow,
		findTrigger(workflow, await client.nodeTypes()),
	);
	expect({ status, error }).toEqual({ status: 'success', error: undefined });
	return outputs;
}

async function store(
	client: N8nClient,
	{ id }: StoredWorkflow,
	change: Partial<StoredWorkflow>,
): Promise<StoredWorkflow> {
	return (await client.request('PATCH', `/rest/workflows/${id}`, change)) as StoredWorkflow;
}

/** Credentials that the nodes of a workflow use, by node. */
function credentialsOf({ nodes }: StoredWorkflow): unknown[] {
	return nodes.map(({ name, credentials }) => ({ name, credentials }));
}

it.each(packages)('$name alone offers its nodes, and a ready-made workflow runs with them', async (single) => {
	await withPackages([folderOf(single)], async ({ client }) => {
		expect(await offeredTypes(client)).toEqual(typesOf(single).sort());
		const vendor = await startVendor(client, single.definition.vendor.displayName);
		try {
			expect(await client.testCredential(vendor.credential)).toMatchObject({ status: 'OK' });
			const [ready] = readWorkflows(join(folderOf(single), 'workflows'));
			await run(client, await client.createWorkflow(ready.workflow));
		} finally {
			await vendor.close();
		}
	});
});

it('all of them beside each other offer their nodes', async () => {
	await withPackages(folders, async ({ client }) => {
		expect(await offeredTypes(client)).toEqual(packages.flatMap(typesOf).sort());
	});
});

describe('beside the package of all services', () => {
	let workbench: Workbench;
	let vendors: RunningVendor[] = [];

	beforeAll(async () => {
		workbench = await openWorkbench({ report: () => {}, packageFolders: [REPOSITORY_FOLDER, ...folders] });
		vendors = await startVendors(workbench.client);
	});

	afterAll(async () => {
		await closeVendors(vendors);
		await workbench?.close();
	});

	it('all nodes are offered twice, each by its package', async () => {
		expect(await offeredTypes(workbench.client)).toEqual([...wholeTypes, ...packages.flatMap(typesOf)].sort());
	});

	it('a workflow of two services moves to their packages and back with its credentials, and does the same', async () => {
		const { client } = workbench;
		const before = await client.createWorkflow(readWorkflow('liveagent-missed-ujet-call.json'));
		const names = packages.map(({ name }) => name);

		const single = await store(client, before, {
			nodes: moveWorkflow(before, toSingles(packages), [whole.name]).nodes,
			versionId: before.versionId,
		});
		expect(credentialsOf(single)).toEqual(credentialsOf(before));
		expect(single.nodes.filter(({ type }) => type.startsWith(`${whole.name}.`))).toEqual([]);
		const outputs = await run(client, single);
		expect(Object.keys(outputs).length).toBeGreaterThan(1);

		const back = await store(client, single, {
			nodes: moveWorkflow(single, toWhole(packages, whole.name), names).nodes,
			versionId: single.versionId,
		});
		expect(back.nodes).toEqual(before.nodes);
		expect(Object.keys(await run(client, back)).sort()).toEqual(Object.keys(outputs).sort());
	});
});
