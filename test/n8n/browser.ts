import { existsSync } from 'node:fs';

import type { IConnections, IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { type Browser, chromium, type Locator, type Page, selectors } from 'playwright-core';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import { readManifest } from '../../scripts/n8n/paths';
import { LOOPBACK } from '../../scripts/n8n/server';
import type { RunningVendor } from '../../scripts/n8n/vendors';
import { ownNode } from './ownNode';

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const BROWSER_ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
const SHOWN_WITHIN_MS = 120_000;
/** Pixels around what a picture shows, below nodes for their names, and behind the last one for its plus sign. */
const MARGIN = 24;
const NAME_HEIGHT = 80;
const PLUS_WIDTH = 110;

/** A part of the window. */
export interface Frame {
	x: number;
	y: number;
	width: number;
	height: number;
}


/** A node to open in the editor. */
export interface ShownNode {
	vendor: RunningVendor;
	/** Name of the node type, without the package's. */
	type: string;
	parameters: INodeParameters;
	/** Id in the address of an instant trigger, and its second credential. */
	webhook?: { id: string; credential: { type: string; id: string; name: string } };
	/** Items that come to it. */
	rows?: IDataObject[];
	/** Fields that an Edit Fields node behind it makes, by name. */
	after?: Record<string, string>;
	/** A node in front of it that has not run. */
	before?: Omit<ShownNode, 'before'>;
}

/** Name on the canvas of the node in front of the one that is shown. */
export const BEFORE = 'Leads';

/** Name on the canvas of the node that gives rows. */
export const ROWS = 'Rows';

/** n8n's editor in a browser without a screen, with somebody signed in. */
export class Editor {
	/** What the page reported as an error since sign-in. */
	readonly errors: string[] = [];

	private constructor(
		private readonly browser: Browser,
		private readonly client: N8nClient,
		readonly page: Page,
	) {}

	/** Starts the installed Chromium and signs in. Throws when there is none. */
	static async open(client: N8nClient, person: { email: string; password: string }): Promise<Editor> {
		const executablePath = BROWSERS.find((path) => existsSync(path));
		if (!executablePath) throw new Error('No Chromium found (Debian: apt-get install chromium)');
		selectors.setTestIdAttribute('data-test-id');
		const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
		try {
			const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
			page.setDefaultTimeout(SHOWN_WITHIN_MS);
			// The editor asks the internet about community packages; tests stay on this machine.
			await page.route((url) => isElsewhere(url.href), async (route) => await route.abort());
			const editor = new Editor(browser, client, page);
			await editor.signIn(person);
			editor.noteErrors();
			return editor;
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	/** Address of n8n. */
	get origin(): string {
		return this.client.origin;
	}

	/** Ends the browser. */
	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Opens a stored workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.client.origin}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Brings all nodes of the workflow into view, for a window of another size. */
	async fitWorkflow(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
	}

	/** Opens the panel of a node of the workflow that is shown. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.page.getByTestId('parameter-input').first().waitFor();
	}

	/** Stores a workflow of a manual start (before an action), what comes before, and this node, and opens the node's panel. */
	async showNode({ before, ...shown }: ShownNode): Promise<StoredWorkflow> {
		const isTrigger = shown.type.endsWith('Trigger');
		const start = {
			id: 'start',
			name: 'Start',
			type: 'n8n-nodes-base.manualTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: {},
		};
		const nodes = [
			...(isTrigger ? [] : [start]),
			...(before === undefined ? [] : [nodeOf(before, BEFORE, 200)]),
			...(shown.rows === undefined ? [] : rowNodes(shown.rows)),
			nodeOf(shown, shown.vendor.vendor.name, 450),
			...(shown.after === undefined ? [] : [fieldsNode(shown.after)]),
		];
		const links = nodes
			.slice(1)
			.map(({ name }, index): [string, IConnections[string]] => [
				nodes[index].name,
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]);
		const stored = await this.client.createWorkflow({
			name: `Editor: ${shown.type}`,
			nodes,
			connections: Object.fromEntries(links),
			settings: { executionOrder: 'v1' },
		});
		await this.openWorkflow(stored.id);
		await this.openNode(shown.vendor.vendor.name);
		return stored;
	}

	/** Names of the fields that the input panel offers, without those inside others. */
	async inputFields(): Promise<string[]> {
		const fields = this.page.getByTestId('ndv-input-panel').getByTestId('run-data-schema-item');
		await fields.first().waitFor();
		return (await fields.allInnerTexts()).map((text) => text.trim().split('\n')[0]);
	}

	/** Drags a field of the input panel into a parameter of the node that is shown, and gives the expression that it now has. */
	async dragField(field: string, parameter: string): Promise<string> {
		const panel = this.page.getByTestId('ndv-input-panel');
		const pill = panel
			.getByTestId('run-data-schema-item')
			.filter({ hasText: new RegExp(`^${field}$`) })
			.locator('[data-name]')
			.first();
		const editor = this.page.getByTestId(`parameter-input-${parameter}`).locator('.cm-content').first();
		const filled = editor.filter({ hasText: /\S/ });
		// The panel may be drawn anew while the mouse is on its way.
		for (let tries = 1; tries <= 3 && !(await filled.isVisible()); tries++) {
			await pill.dragTo(this.page.getByTestId(`parameter-input-${parameter}`).first());
			await filled.waitFor({ timeout: 5_000 }).catch(() => undefined);
		}
		return (await editor.innerText()).trim();
	}

	/** Opens the list of nodes in a new workflow, searches it and gives the names it shows. */
	async searchNodes(words: string): Promise<string[]> {
		await this.page.goto(`${this.client.origin}/workflow/new`);
		await this.page
			.getByTestId('canvas-add-button')
			.or(this.page.getByTestId('node-creator-plus-button'))
			.first()
			.click();
		await this.page.getByTestId('node-creator-search-bar').fill(words);
		const items = this.page.getByTestId('item-iterator-item');
		// What is there before anything was typed.
		await items.filter({ hasText: 'On a schedule' }).first().waitFor({ state: 'detached' });
		await items.first().waitFor();
		return (await items.allInnerTexts()).map((text) => text.trim().split('\n')[0]);
	}

	/** Chooses a node in the list that a search left, and waits until these of its triggers and actions are offered. */
	async awaitActions(name: string, actions: string[]): Promise<void> {
		const items = this.page.getByTestId('item-iterator-item');
		await items.filter({ has: this.page.getByText(name, { exact: true }) }).first().click();
		// Below the triggers, folded.
		await this.page.getByText(/^Actions \(\d+\)$/).click();
		for (const action of actions) await items.getByText(action, { exact: true }).waitFor();
	}

	/** Closes the panel of the node that is shown, searches for a node to follow it, chooses it and scrolls to a heading of its actions. */
	async showActions(name: string, heading: string): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.page.getByTestId('node-parameters').waitFor({ state: 'hidden' });
		await this.page.getByTestId('canvas-handle-plus').last().click();
		await this.page.getByTestId('node-creator-search-bar').fill(name);
		await this.page.getByTestId('item-iterator-item').getByText(name, { exact: true }).first().click();
		const chapter = this.page.getByText(new RegExp(`^${heading}$`, 'i')).first();
		await chapter.waitFor();
		// The list may be drawn anew while it is scrolled.
		for (let tries = 1; tries <= 5 && !(await this.isNearTop(chapter)); tries++) {
			await chapter.evaluate((element) => element.scrollIntoView({ block: 'start' }));
			await chapter.waitFor();
		}
	}

	/** True where an element stands in the upper part of the window. */
	private async isNearTop(element: Locator): Promise<boolean> {
		return ((await element.boundingBox())?.y ?? Infinity) < 0.25 * (this.page.viewportSize()?.height ?? 0);
	}

	/** Opens a dropdown of the node that is shown and gives the names it offers. */
	async openDropdown(parameter: string): Promise<string[]> {
		await this.page.getByTestId(`parameter-input-${parameter}`).locator('input').first().click();
		const names = this.page.locator('.option-headline').filter({ visible: true });
		await names.first().waitFor();
		return (await names.allInnerTexts()).map((name) => name.trim());
	}

	/** Opens the list of fields of the first collection of the node that is shown. */
	async openCollection(): Promise<void> {
		await this.page.getByTestId('collection-parameter-add').first().click();
		await this.page.getByTestId('collection-parameter-option').filter({ visible: true }).first().waitFor();
	}

	/** Opens a pick list of the node that is shown, searches it when told to, and gives the names it offers. */
	async openPickList(parameter: string, search?: string): Promise<string[]> {
		await this.page.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		const items = this.page.getByTestId('rlc-item').filter({ visible: true });
		await items.first().waitFor();
		if (search !== undefined) {
			await this.page.getByTestId('rlc-search').filter({ visible: true }).fill(search);
			const others = items.filter({ hasNotText: new RegExp(search, 'i') });
			await others.first().waitFor({ state: 'detached' });
			await items.first().waitFor();
		}
		return (await items.allInnerTexts()).map((name) => name.trim());
	}

	/** Runs the node that is shown and waits until its output, or why there is none, is shown. */
	async run(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
		const output = this.page.getByTestId('output-panel');
		const failure = output.getByTestId('node-error-message');
		await failure.or(output.getByTestId('ndv-items-count')).first().waitFor();
		// The notice of a failure comes a little later, and would cover part of a picture.
		if (await failure.isVisible()) await this.page.locator('.el-notification').first().waitFor();
		// Until then the button shows a turning wheel, which a picture leaves out.
		await this.page.locator('[data-test-id="node-execute-button"]:not([aria-busy="true"])').waitFor();
	}

	/** The part of the window that is worth a picture: the panel of a node, the list of nodes, or the nodes of a workflow. */
	async frame(): Promise<Frame | undefined> {
		const panel = this.page.getByTestId('ndv');
		if (await panel.isVisible()) return withoutBorder(await panel.boundingBox());
		const list = this.page.getByTestId('node-creator');
		if (await list.isVisible()) return await this.frameOfList(list);
		const nodes = await this.page.locator('.vue-flow__node').all();
		const frame = around(await Promise.all(nodes.map(async (node) => await node.boundingBox())));
		const canvas = await this.page.getByTestId('canvas-wrapper').boundingBox();
		return frame === undefined || canvas === null ? frame : { ...frame, height: Math.min(frame.height, canvas.y + canvas.height - frame.y) };
	}

	/** The list of nodes down to its last entry that is seen whole. */
	private async frameOfList(list: Locator): Promise<Frame | undefined> {
		const whole = await list.boundingBox();
		if (whole === null) return undefined;
		const entries = await Promise.all((await list.getByTestId('item-iterator-item').all()).map(async (entry) => await entry.boundingBox()));
		const ends = entries.map((entry) => (entry === null ? 0 : entry.y + entry.height - whole.y)).filter((end) => end <= whole.height);
		return { ...whole, height: Math.max(...ends) + (ends.length < entries.length ? 0 : MARGIN / 2) };
	}

	/** Closes what n8n reports in the corner, which covers a part of the panel. */
	async closeNotices(): Promise<void> {
		const close = this.page.locator('.el-notification__closeBtn');
		for (let left = await close.count(); left > 0; left = await close.count()) {
			await close.first().click();
			await close.nth(left - 1).waitFor({ state: 'detached' });
		}
	}

	/** Opens a stored credential, lets n8n test it as the person who opens it sees, and gives what it says. */
	async credentialVerdict(id: string): Promise<string> {
		await this.page.goto(`${this.client.origin}/home/credentials/${id}`);
		const result = this.page.getByTestId('credential-edit-dialog').getByText(/Connection tested successfully|Couldn.t connect with these settings/);
		await result.first().waitFor();
		const details = this.page.getByTestId('credential-edit-dialog').getByText('More details');
		if (await details.isVisible()) await details.click();
		return (await this.page.getByTestId('credential-edit-dialog').innerText()).trim();
	}

	/** The expression that a parameter holds. */
	async expressionOf(parameter: string): Promise<string> {
		const editor = this.page.getByTestId(`parameter-input-${parameter}`).locator('.cm-content').first();
		await editor.waitFor();
		return (await editor.innerText()).trim();
	}

	/** Names of the fields that the first item of the output has, as the schema view lists them. */
	async outputFields(): Promise<string[]> {
		const panel = this.page.getByTestId('output-panel');
		await panel.getByTestId('radio-button-schema').click();
		const fields = panel.getByTestId('run-data-schema-item');
		await fields.first().waitFor();
		return (await fields.allInnerTexts()).map((text) => text.trim().split('\n')[0]);
	}

	/** The address that an instant trigger shows, one for each way to send to it. */
	async webhookAddresses(kind: 'test' | 'production'): Promise<string[]> {
		const panel = this.page.locator('.webhooks');
		const choice = panel.getByTestId(`radio-button-${kind}`);
		if (!(await choice.isVisible())) await panel.locator('.headline').click();
		await choice.click();
		const shown = panel.locator('.webhook-url').filter({ hasText: kind === 'test' ? '/webhook-test/' : '/webhook/' });
		await shown.first().waitFor();
		return (await panel.locator('.webhook-url').allInnerTexts()).map((text) => text.trim());
	}

	/** Starts the test of the instant trigger that is shown, sends what is to be noticed, and waits for the output. */
	async listen(send: () => Promise<void>): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
		await this.page.getByTestId('trigger-listening').waitFor();
		await send();
		await this.page.getByTestId('output-panel').getByTestId('ndv-items-count').first().waitFor();
	}

	/** What the failed node that is shown tells the user. */
	async failure(): Promise<{ message: string; description: string }> {
		const textOf = async (id: string): Promise<string> => await this.page.getByTestId(id).first().innerText();
		return { message: await textOf('node-error-message'), description: await textOf('node-error-description') };
	}

	private async signIn({ email, password }: { email: string; password: string }): Promise<void> {
		await this.page.goto(`${this.client.origin}/signin`);
		await this.page.locator('input[type="email"]').fill(email);
		await this.page.locator('input[type="password"]').fill(password);
		await this.page.keyboard.press('Enter');
		await this.page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	}

	private noteErrors(): void {
		this.page.on('pageerror', (error) => this.errors.push(error.message));
		this.page.on('console', (message) => {
			const { url } = message.location();
			if (message.type() === 'error' && !isForeignSchema(url) && !isElsewhere(url)) this.errors.push(`${message.text()} (${url})`);
		});
	}
}

/** True for what lies on another machine. */
function isElsewhere(url: string): boolean {
	return /^https?:/.test(url) && new URL(url).hostname !== LOOPBACK;
}

/** The editor asks for an output schema of each node before the one that is shown; few of n8n's own have one. */
function isForeignSchema(url: string): boolean {
	return url.includes('/schemas/') && !url.includes(readManifest().name);
}

/** Nodes that give these rows, one item each. */
function rowNodes(rows: IDataObject[]): INode[] {
	const parameters = [
		{ mode: 'raw', jsonOutput: JSON.stringify({ rows }), options: {} },
		{ fieldToSplitOut: 'rows', options: {} },
	];
	return [
		{ id: 'list', name: 'List', type: 'n8n-nodes-base.set', typeVersion: 3.4, position: [150, 0], parameters: parameters[0] },
		{ id: 'rows', name: ROWS, type: 'n8n-nodes-base.splitOut', typeVersion: 1, position: [300, 0], parameters: parameters[1] },
	];
}

/** A node that makes these fields, and names itself After. */
function fieldsNode(fields: Record<string, string>): INode {
	const assignments = Object.entries(fields).map(([name, value]) => ({ id: name, name, value, type: 'string' }));
	const parameters = { assignments: { assignments }, options: {} };
	return { id: 'after', name: 'After', type: 'n8n-nodes-base.set', typeVersion: 3.4, position: [650, 0], parameters };
}

/** A node of this package. */
function nodeOf({ vendor, type, parameters, webhook }: Omit<ShownNode, 'before'>, name: string, left: number): INode {
	const node = ownNode({ name, type, parameters, credential: vendor.credential, left });
	if (webhook === undefined) return node;
	const { credential } = webhook;
	return { ...node, webhookId: webhook.id, credentials: { ...node.credentials, [credential.type]: { id: credential.id, name: credential.name } } };
}

/** A panel without the line around it. */
function withoutBorder(box: Frame | null): Frame | undefined {
	return box === null ? undefined : { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
}

/** What surrounds all of these, with a margin. */
function around(boxes: Array<Frame | null>): Frame | undefined {
	const known = boxes.filter((box) => box !== null);
	if (known.length === 0) return undefined;
	const [left, top] = [Math.min(...known.map(({ x }) => x)) - 2 * MARGIN, Math.min(...known.map(({ y }) => y)) - MARGIN];
	const right = Math.max(...known.map(({ x, width }) => x + width)) + PLUS_WIDTH;
	const bottom = Math.max(...known.map(({ y, height }) => y + height)) + NAME_HEIGHT;
	return { x: left, y: top, width: right - left, height: bottom - top };
}
