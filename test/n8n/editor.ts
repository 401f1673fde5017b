import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { readManifest } from '../../scripts/n8n/paths';
import { type RunningVendor, startVendors, VENDORS } from '../../scripts/n8n/vendors';
import { openWorkbench, type Workbench } from '../../scripts/n8n/workbench';
import { readWorkflows } from '../../scripts/n8n/workflows';
import { Editor, type ShownNode } from './browser';

// Keeps pictures of what n8n's editor shows of this package, to be looked at: npm run editor

const PICTURES = join(__dirname, 'screenshots');
const NO_RECORD = { __rl: true, mode: 'list', value: '' };

/** A node worth looking at, and what to do with it before the picture is taken. */
interface View extends Omit<ShownNode, 'vendor'> {
	picture: string;
	vendor: string;
	act?(editor: Editor): Promise<unknown>;
}

const VIEWS: View[] = [
	{
		picture: 'resources',
		vendor: 'iAdvize',
		type: 'iAdvize',
		parameters: {},
		act: async (editor) => await editor.openDropdown('resource'),
	},
	{
		picture: 'operations',
		vendor: 'iAdvize',
		type: 'iAdvize',
		parameters: { resource: 'operator', operation: 'create' },
		act: async (editor) => await editor.openDropdown('operation'),
	},
	{
		picture: 'additional-fields',
		vendor: 'iAdvize',
		type: 'iAdvize',
		parameters: { resource: 'operator', operation: 'create' },
		act: async (editor) => await editor.openCollection(),
	},
	{
		picture: 'map-automatically',
		vendor: 'iAdvize',
		type: 'iAdvize',
		parameters: { resource: 'operator', operation: 'update', dataMode: 'autoMapInputData', operatorId: NO_RECORD },
	},
	{
		picture: 'list-search',
		vendor: 'iAdvize',
		type: 'iAdvize',
		parameters: { resource: 'conversation', operation: 'getMany', filters: { from: '', operatorId: NO_RECORD } },
		act: async (editor) => await editor.openPickList('operatorId', 'park'),
	},
	{
		picture: 'results',
		vendor: 'iAdvize',
		type: 'iAdvize',
		parameters: { resource: 'conversation', operation: 'getMany', filters: { from: '' } },
		act: async (editor) => await editor.run(),
	},
	{
		picture: 'failure-of-the-vendor',
		vendor: 'iAdvize',
		type: 'iAdvize',
		parameters: {
			resource: 'operator',
			operation: 'get',
			operatorId: { __rl: true, mode: 'id', value: '999999' },
		},
		act: async (editor) => await editor.run(),
	},
	{
		picture: 'failure-of-the-input',
		vendor: 'iAdvize',
		type: 'iAdvize',
		parameters: { resource: 'conversation', operation: 'getMany', filters: { from: 'the other day' } },
		act: async (editor) => await editor.run(),
	},
	{ picture: 'api-request', vendor: 'iAdvize', type: 'iAdvize', parameters: { resource: 'apiRequest' } },
	{
		picture: 'events',
		vendor: 'iAdvize',
		type: 'iAdvizeTrigger',
		parameters: {},
		act: async (editor) => await editor.openDropdown('event'),
	},
	{
		picture: 'test-event',
		vendor: 'iAdvize',
		type: 'iAdvizeTrigger',
		parameters: { event: 'conversationStarted' },
		act: async (editor) => await editor.run(),
	},
];

async function takePicture(editor: Editor, name: string): Promise<void> {
	await editor.page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
	console.log(`  ${name}.png`);
}

async function lookAtViews(editor: Editor, running: RunningVendor[]): Promise<void> {
	for (const { picture, vendor: name, act, ...node } of VIEWS) {
		const vendor = running.find((candidate) => candidate.vendor.name === name);
		if (!vendor) throw new Error(`There is no vendor ${name}`);
		await editor.showNode({ ...node, vendor });
		await act?.(editor);
		await takePicture(editor, picture);
	}
}

async function lookAtCredentials(editor: Editor, running: RunningVendor[]): Promise<void> {
	for (const { vendor, credential } of running) {
		await editor.page.goto(`${editor.origin}/home/credentials/${credential.id}`);
		await editor.page.getByTestId('credential-edit-dialog').waitFor();
		await takePicture(editor, `credential-${vendor.name}`);
	}
}

/** Searches the list of nodes for each vendor, as a user who adds a node does. */
async function lookAtNodeSearch(editor: Editor): Promise<void> {
	const { page } = editor;
	for (const { name } of VENDORS) {
		await page.goto(`${editor.origin}/workflow/new`);
		await page.getByTestId('canvas-add-button').or(page.getByTestId('node-creator-plus-button')).first().click();
		await page.getByTestId('node-creator-search-bar').fill(name);
		await page.getByTestId('item-iterator-item').filter({ hasText: name }).first().waitFor();
		await takePicture(editor, `search-${name}`);
	}
}

/** Opens each ready-made workflow and each of this package's nodes in it, one picture each. */
async function lookAtWorkflows(editor: Editor, { client }: Workbench): Promise<void> {
	const prefix = `${readManifest().name}.`;
	for (const { file, workflow } of readWorkflows()) {
		const picture = `workflow-${file.replace(/\.json$/, '')}`;
		const stored = await client.createWorkflow(workflow);
		await editor.openWorkflow(stored.id);
		await takePicture(editor, picture);
		const own = stored.nodes.filter(({ type }) => type.startsWith(prefix));
		for (const [index, { name }] of own.entries()) {
			await editor.openNode(name);
			await takePicture(editor, `${picture}-node-${index + 1}`);
			await editor.page.keyboard.press('Escape');
		}
	}
}

async function look(workbench: Workbench, running: RunningVendor[]): Promise<void> {
	const editor = await Editor.open(workbench.client, workbench.owner);
	try {
		await lookAtNodeSearch(editor);
		await lookAtCredentials(editor, running);
		await lookAtViews(editor, running);
		await lookAtWorkflows(editor, workbench);
	} catch (error) {
		await takePicture(editor, 'failure');
		throw error;
	} finally {
		for (const error of editor.errors) console.log(`  the page reports: ${error}`);
		await editor.close();
	}
}

async function main(): Promise<void> {
	mkdirSync(PICTURES, { recursive: true });
	const workbench = await openWorkbench({ report: (line) => console.log(line) });
	try {
		const running = await startVendors(workbench.client);
		try {
			await look(workbench, running);
		} finally {
			await Promise.all(running.map(async (vendor) => await vendor.close()));
		}
	} finally {
		await workbench.close();
	}
}

void main();
