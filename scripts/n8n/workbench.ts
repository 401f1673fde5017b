import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { N8nClient, type Owner } from './client';
import { buildIfStale, installPackage, packPackage } from './package';
import { readManifest, REPOSITORY_FOLDER } from './paths';
import { installRuntime } from './runtime';
import { type N8nServer, startN8n } from './server';
import type { Report } from './steps';

/** How to set up a workbench. */
export interface WorkbenchOptions {
	report: Report;
	signal?: AbortSignal;
	/** Port of n8n; a free one when left out. */
	port?: number;
	/** Environment variables for n8n on top of the usual ones. */
	env?: NodeJS.ProcessEnv;
	/** Folders of the built packages to install; that of this repository when left out. */
	packageFolders?: string[];
}

/** A fresh n8n with this package installed and an owner signed in. */
export interface Workbench {
	n8n: N8nServer;
	client: N8nClient;
	owner: Owner;
	/** Folder with n8n's data. */
	userFolder: string;
	/** Stops n8n and removes its data. */
	close(): Promise<void>;
}

/** Builds the package if needed, installs the pinned n8n on first use, and starts it with the package in a temporary folder. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
	await buildIfStale(options);
	const runtime = await installRuntime(options);
	const { userFolder, remove } = await makeUserFolder(options);
	try {
		options.report(`Starting n8n ${runtime.version} ...`);
		const n8n = await startN8n({ ...options, runtime, userFolder, temporary: true });
		const close = async (): Promise<void> => {
			await n8n.stop();
			remove();
		};
		return { n8n, userFolder, close, ...(await signInOwner(n8n, close)) };
	} catch (error) {
		remove();
		throw error;
	}
}

/** Makes a temporary folder for the data of one process of n8n, with the built packages installed. */
export async function makeUserFolder(options: {
	report: Report;
	signal?: AbortSignal;
	packageFolders?: string[];
}): Promise<{ userFolder: string; remove(): void }> {
	const userFolder = mkdtempSync(join(tmpdir(), 'contact-center-n8n-'));
	const remove = (): void => rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
	try {
		for (const folder of options.packageFolders ?? [REPOSITORY_FOLDER]) {
			const packed = await packPackage(options, folder);
			try {
				await installPackage(userFolder, packed.tarball, readManifest(folder).name);
			} finally {
				packed.remove();
			}
		}
		return { userFolder, remove };
	} catch (error) {
		remove();
		throw error;
	}
}

async function signInOwner(n8n: N8nServer, close: () => Promise<void>): Promise<Pick<Workbench, 'client' | 'owner'>> {
	try {
		const client = new N8nClient(n8n.origin);
		const owner: Owner = {
			email: 'demo@contact-center.example',
			password: `Demo-1${randomBytes(4).toString('hex')}`,
			firstName: 'Demo',
			lastName: 'Owner',
		};
		await client.setUpOwner(owner);
		return { client, owner };
	} catch (error) {
		await close();
		throw error;
	}
}
