import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { type Browser, chromium, type Page, selectors } from 'playwright-core';

import { readManifest } from '../../scripts/n8n/paths';
import { startVendors, VENDORS } from '../../scripts/n8n/vendors';
import { openWorkbench, type Workbench } from '../../scripts/n8n/workbench';
import { readWorkflows } from '../../scripts/n8n/workflows';

// Looks at n8n's editor in a real browser and keeps pictures of what it shows: npx tsx test/n8n/editor.ts

const PICTURES = join(__dirname, 'screenshots');
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
const SHOWN_WITHIN_MS = 30_000;

async function openBrowser(): Promise<Browser> {
	const executablePath = BROWSERS.find((path) => existsSync(path));
	if (!executablePath) throw new Error('No Chromium found (Debian: apt-get install chromium)');
	return await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
}

async function takePicture(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
	console.log(`  ${name}.png`);
}

async function signIn(page: Page, { n8n, owner }: Workbench): Promise<void> {
	await page.goto(`${n8n.origin}/signin`);
	await page.locator('input[type="email"]').fill(owner.email);
	await page.locator('input[type="password"]').fill(owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
}

/** Opens a workflow and each of this package's nodes in it, one picture each. */
async function lookAtWorkflow(
	page: Page,
	origin: string,
	id: string,
	name: string,
	nodeNames: string[],
): Promise<void> {
	await page.goto(`${origin}/workflow/${id}`);
	await page.getByTestId('canvas-node').first().waitFor();
	await takePicture(page, `workflow-${name}`);
	for (const [index, nodeName] of nodeNames.entries()) {
		await page.locator(`[data-test-id="canvas-node"][data-node-name="${nodeName}"]`).dblclick();
		await page.getByTestId('parameter-input').first().waitFor();
		await takePicture(page, `workflow-${name}-node-${index + 1}`);
		await page.keyboard.press('Escape');
	}
}

/** Searches the list of nodes for each vendor, as a user who adds a node does. */
async function lookAtNodeSearch(page: Page, origin: string): Promise<void> {
	for (const { name } of VENDORS) {
		await page.goto(`${origin}/workflow/new`);
		await page.getByTestId('canvas-add-button').or(page.getByTestId('node-creator-plus-button')).first().click();
		await page.getByTestId('node-creator-search-bar').fill(name);
		await page.getByTestId('item-iterator-item').filter({ hasText: name }).first().waitFor();
		await takePicture(page, `search-${name}`);
	}
}

async function look(workbench: Workbench, page: Page): Promise<void> {
	const prefix = `${readManifest().name}.`;
	await signIn(page, workbench);
	await lookAtNodeSearch(page, workbench.n8n.origin);
	for (const { file, workflow } of readWorkflows()) {
		const stored = await workbench.client.createWorkflow(workflow);
		const ownNodes = stored.nodes.filter(({ type }) => type.startsWith(prefix)).map(({ name }) => name);
		await lookAtWorkflow(page, workbench.n8n.origin, stored.id, file.replace(/\.json$/, ''), ownNodes);
	}
}

async function main(): Promise<void> {
	selectors.setTestIdAttribute('data-test-id');
	mkdirSync(PICTURES, { recursive: true });
	const workbench = await openWorkbench({ report: (line) => console.log(line) });
	try {
		const running = await startVendors(workbench.client);
		const browser = await openBrowser();
		try {
			const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
			page.setDefaultTimeout(SHOWN_WITHIN_MS);
			page.on('pageerror', (error) => console.log(`  the page reports: ${error.message}`));
			await look(workbench, page).catch(async (error: unknown) => {
				await takePicture(page, 'failure');
				throw error;
			});
		} finally {
			await browser.close();
			await Promise.all(running.map(async (vendor) => await vendor.close()));
		}
	} finally {
		await workbench.close();
	}
}

void main();
