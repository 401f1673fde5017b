import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder that holds the project's package.json. */
export const REPOSITORY_FOLDER = resolve(__dirname, '..', '..');

/** Folder with the package.json and lockfile of n8n; its node_modules is made on first use. The pinned n8n, unless N8N_RUNTIME_FOLDER names another. */
export const RUNTIME_FOLDER = resolve(process.env.N8N_RUNTIME_FOLDER ?? join(REPOSITORY_FOLDER, 'test', 'n8n', 'runtime'));

/** Folder with the ready-made workflows that users import. */
export const WORKFLOWS_FOLDER = join(REPOSITORY_FOLDER, 'workflows');

/** What this project's package.json says about the package. */
export interface PackageManifest {
	name: string;
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** Reads the package.json of `folder` (default: this project). Throws when there is none. */
export function readManifest(folder = REPOSITORY_FOLDER): PackageManifest {
	const file = join(folder, 'package.json');
	if (!existsSync(file)) throw new Error(`No package.json in ${folder}`);
	return JSON.parse(readFileSync(file, 'utf8')) as PackageManifest;
}
