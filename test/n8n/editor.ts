import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeParameters } from 'n8n-workflow';

import { readManifest, REPOSITORY_FOLDER, WORKFLOWS_FOLDER } from '../../scripts/n8n/paths';
import { closeVendors, type RunningVendor, startVendors, VENDORS } from '../../scripts/n8n/vendors';
import { openWorkbench, type Workbench } from '../../scripts/n8n/workbench';
import { readWorkflows } from '../../scripts/n8n/workflows';
import { deliver } from '../simulators/kit';
import { Editor, type ShownNode } from './browser';
import { INSTANT_CASES } from './instantCases';

// Keeps pictures of what n8n's editor shows of this package, to be looked at, and those of the documentation: npm run editor

const PICTURES = join(__dirname, 'screenshots');
const DOCUMENTATION = join(REPOSITORY_FOLDER, 'docs', 'images');
/** Pictures that the README and the pages in docs/ show. */
const SHOWN_IN_DOCUMENTATION = [
	'agent-tool',
	'ai-agent',
	'failure-by-name',
	'failure-in-doubt',
	'failure-of-rows',
	'failure-of-the-input',
	'failure-of-the-vendor',
	'fields-before-first-run',
	'instant-trigger-ujet',
	'list-search',
	'operations',
	'search-dialer',
	'test-event',
	'workflow-salesforce-leads-to-ipscape',
	'workflow-ujet-hourly-sync',
	'workflow-ujet-leads-to-campaign',
];
/** The picture that the README shows in the theme of its reader. */
const DARK_TOO = 'fields-before-first-run';
/** The window for the panel of a node, for the list of nodes and for a workflow. */
const PANEL = { width: 1280, height: 900 };
const LIST = { width: 1280, height: 900 };
/** An instant trigger shows the steps of its set-up. */
const INSTANT_HEIGHT = 1230;
const CANVAS = { width: 1900, height: 1000 };
/** The buttons over a workflow are no part of it, and the links to other nodes stand half outside of a panel. */
const WITHOUT_BUTTONS =
	'.vue-flow__panel, [class*="executionButtons"], [class*="nodeButtonsWrapper"], [data-test-id="floating-node"], [data-test-id="floating-nodes"] { visibility: hidden !important; }';
/** Parameters of a callback to a number. */
const scheduledCall = (endUserNumber: string): INodeParameters => ({
	resource: 'call',
	operation: 'createScheduled',
	menuId: { __rl: true, mode: 'id', value: '44' },
	endUserNumber,
	scheduledAt: '2031-03-05T09:30:00+01:00',
});
const NO_RECORD = { __rl: true, mode: 'list', value: '' };

/** A node worth looking at, and what to do with it before the picture is taken. */
interface View extends Omit<ShownNode, 'vendor' | 'before'> {
	picture: string;
	vendor: string;
	/** Height of the window, so that all of the panel is seen and little that is empty. */
	height?: number;
	before?: Omit<View, 'picture' | 'before' | 'act' | 'height'>;
	act?(editor: Editor): Promise<unknown>;
	/** Sets the vendor's simulator up for it. */
	prepare?(vendor: RunningVendor): void;
}

const VIEWS: View[] = [
	{
		picture: 'resources',
		vendor: 'UJET',
		type: 'ujet',
		parameters: {},
		act: async (editor) => await editor.openDropdown('resource'),
	},
	{
		picture: 'operations',
		vendor: 'UJET',
		type: 'ujet',
		parameters: {},
		act: async (editor) => await editor.showActions('UJET', 'Call Actions'),
	},
	{
		picture: 'fields-before-first-run',
		height: 740,
		vendor: 'UJET',
		type: 'ujet',
		parameters: { resource: 'dncEntry', operation: 'check' },
		before: { vendor: 'ipSCAPE', type: 'ipScape', parameters: { resource: 'lead', operation: 'getMany' } },
		act: async (editor) => await editor.dragField('phone', 'phoneNumber'),
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
		height: 720,
		vendor: 'UJET',
		type: 'ujet',
		parameters: { resource: 'campaignContact', operation: 'createMany', campaignId: NO_RECORD },
		act: async (editor) => await editor.openPickList('campaignId', 'sur'),
	},
	{
		picture: 'results',
		vendor: 'UJET',
		type: 'ujet',
		parameters: { resource: 'call', operation: 'getMany', limit: 20 },
		act: async (editor) => await editor.run(),
	},
	{
		picture: 'failure-of-the-vendor',
		height: 600,
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
		height: 1000,
		vendor: 'UJET',
		type: 'ujet',
		parameters: scheduledCall('415 555 014'),
		act: async (editor) => await editor.run(),
	},
	{
		picture: 'failure-by-name',
		height: 810,
		vendor: 'UJET',
		type: 'ujet',
		parameters: {
			resource: 'campaignContact',
			operation: 'create',
			campaignId: { __rl: true, mode: 'name', value: 'Surveys' },
			phoneNumber: '+14155550142',
		},
		act: async (editor) => await editor.run(),
	},
	{
		picture: 'failure-in-doubt',
		height: 1000,
		vendor: 'UJET',
		type: 'ujet',
		parameters: scheduledCall('+1 415 555 0142'),
		prepare: ({ simulator }) => simulator.faults.once({ kind: 'cutAfter' }, { method: 'POST' }),
		act: async (editor) => await editor.run(),
	},
	{
		picture: 'failure-of-rows',
		height: 1120,
		vendor: 'ipSCAPE',
		type: 'ipScape',
		parameters: {
			resource: 'lead',
			operation: 'createMany',
			dataMode: 'autoMapInputData',
			listId: { __rl: true, mode: 'id', value: '101' },
		},
		rows: ['+61491570156', '0491 570 157', 'unknown', '+61491570158', '+61 491'].map((phone1, index) => ({ customerKey: `CRM-${index + 1}`, phone1 })),
		act: async (editor) => await editor.run(),
	},
	{ picture: 'api-request', vendor: 'UJET', type: 'ujet', parameters: { resource: 'apiRequest' } },
	{
		picture: 'events',
		vendor: 'UJET',
		type: 'ujetTrigger',
		parameters: {},
		act: async (editor) => await editor.openDropdown('event'),
	},
	{
		picture: 'test-event',
		height: 800,
		vendor: 'iAdvize',
		type: 'iAdvizeTrigger',
		parameters: { event: 'conversationStarted' },
		act: async (editor) => await editor.run(),
	},
];

/** What a person types who looks for a node without knowing its vendor. */
const WORDS = ['dialer', 'SMS', 'do not call', 'call centre', 'callback'];

/** Names given after the command; all pictures when there are none. */
const wanted = new Set(process.argv.slice(2));

function isWanted(picture: string): boolean {
	return wanted.size === 0 || wanted.has(picture);
}

/** Keeps what the editor shows; of what the documentation shows only what it is about, and one in n8n's light and dark theme. */
async function takePicture(editor: Editor, name: string): Promise<void> {
	const file = join(PICTURES, `${name}.png`);
	await editor.closeNotices();
	const isDocumented = SHOWN_IN_DOCUMENTATION.includes(name);
	const clip = isDocumented ? await editor.frame() : undefined;
	const style = clip === undefined ? '' : WITHOUT_BUTTONS;
	await editor.page.screenshot({ path: file, animations: 'disabled', clip, style });
	console.log(`  ${name}.png`);
	if (!isDocumented) return;
	copyFileSync(file, join(DOCUMENTATION, `${name}.png`));
	if (name !== DARK_TOO) return;
	await editor.page.emulateMedia({ colorScheme: 'dark' });
	await editor.page.screenshot({ path: join(DOCUMENTATION, `${name}-dark.png`), animations: 'disabled', clip, style });
	await editor.page.emulateMedia({ colorScheme: 'light' });
}

function runningVendor(running: RunningVendor[], name: string): RunningVendor {
	const vendor = running.find((candidate) => candidate.vendor.name === name);
	if (!vendor) throw new Error(`There is no vendor ${name}`);
	return vendor;
}

async function lookAtViews(editor: Editor, running: RunningVendor[]): Promise<void> {
	for (const { picture, vendor, act, prepare, before, height = PANEL.height, ...node } of VIEWS) {
		if (!isWanted(picture)) continue;
		await editor.page.setViewportSize({ ...PANEL, height });
		const shown = { ...node, vendor: runningVendor(running, vendor) };
		const first = before && { ...before, vendor: runningVendor(running, before.vendor) };
		await editor.showNode({ ...shown, before: first });
		prepare?.(shown.vendor);
		await act?.(editor);
		await takePicture(editor, picture);
	}
}

/** Each instant trigger with its address and set-up, after its vendor sent to the test address. */
async function lookAtInstantTriggers(editor: Editor, { client }: Workbench, running: RunningVendor[]): Promise<void> {
	for (const { vendor: name, nodeType, webhookCredential, parameters, addRecord, requestOf } of INSTANT_CASES) {
		const picture = `instant-trigger-${name.toLowerCase()}`;
		if (!isWanted(picture)) continue;
		const vendor = runningVendor(running, name);
		const { type, data } = webhookCredential;
		await editor.page.setViewportSize({ ...PANEL, height: INSTANT_HEIGHT });
		const credential = { type, name: `${name} Webhook`, id: await client.createCredential(`${name} Webhook`, type, data) };
		await editor.showNode({ vendor, type: nodeType, parameters, webhook: { id: randomUUID(), credential } });
		const [address] = await editor.webhookAddresses('test');
		await editor.listen(async () => {
			await deliver(address, requestOf(addRecord(vendor.simulator)));
		});
		await editor.webhookAddresses('production');
		await takePicture(editor, picture);
	}
}

async function lookAtCredentials(editor: Editor, running: RunningVendor[]): Promise<void> {
	for (const { vendor, credential } of running) {
		if (!isWanted(`credential-${vendor.name}`)) continue;
		await editor.page.goto(`${editor.origin}/home/credentials/${credential.id}`);
		await editor.page.getByTestId('credential-edit-dialog').waitFor();
		await takePicture(editor, `credential-${vendor.name}`);
	}
}

/** Searches the list of nodes by vendor and by what people call it, as a user who adds a node does. */
async function lookAtNodeSearch(editor: Editor): Promise<void> {
	for (const words of [...VENDORS.map(({ name }) => name), ...WORDS]) {
		const picture = `search-${words.toLowerCase().replaceAll(' ', '-')}`;
		if (!isWanted(picture)) continue;
		await editor.page.setViewportSize(LIST);
		await editor.searchNodes(words);
		await takePicture(editor, picture);
	}
}

/** Opens the ready-made agent and one of its tools. */
async function lookAtAgent(editor: Editor, { client }: Workbench): Promise<void> {
	if (!isWanted('ai-agent') && !isWanted('agent-tool')) return;
	const [{ workflow }] = readWorkflows(join(WORKFLOWS_FOLDER, 'ai-agents'));
	const stored = await client.createWorkflow(workflow);
	await editor.page.setViewportSize(CANVAS);
	await editor.openWorkflow(stored.id);
	await takePicture(editor, 'ai-agent');
	await editor.page.setViewportSize(PANEL);
	await editor.fitWorkflow();
	await editor.openNode('Check the Do-Not-Call List');
	await takePicture(editor, 'agent-tool');
}

/** Opens each ready-made workflow and each of this package's nodes in it, one picture each. */
async function lookAtWorkflows(editor: Editor, { client }: Workbench): Promise<void> {
	const prefix = `${readManifest().name}.`;
	for (const { file, workflow } of [...readWorkflows(), ...readWorkflows(join(WORKFLOWS_FOLDER, 'crm'))]) {
		const picture = `workflow-${file.replace(/\.json$/, '')}`;
		if (!isWanted(picture)) continue;
		const stored = await client.createWorkflow(workflow);
		await editor.page.setViewportSize(CANVAS);
		await editor.openWorkflow(stored.id);
		await takePicture(editor, picture);
		await editor.page.setViewportSize(PANEL);
		await editor.fitWorkflow();
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
		await lookAtInstantTriggers(editor, workbench, running);
		await lookAtAgent(editor, workbench);
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
	mkdirSync(DOCUMENTATION, { recursive: true });
	const workbench = await openWorkbench({ report: (line) => console.log(line) });
	try {
		const running = await startVendors(workbench.client);
		try {
			await look(workbench, running);
		} finally {
			await closeVendors(running);
		}
	} finally {
		await workbench.close();
	}
}

void main();
