import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { extract } from 'tar';

import { NPM, npmEnvironment } from './npm';
import { readManifest, REPOSITORY_FOLDER } from './paths';
import { type Report, runStep } from './steps';

const MINUTE = 60_000;

/** What the build reads. */
const SOURCES = [
	'nodes',
	'credentials',
	'icons',
	'index.ts',
	'package.json',
	'tsconfig.json',
	'tsconfig.build.json',
	'gulpfile.js',
];

/** Parts of a package.json that n8n removes before it installs a community package (its community-packages service). */
const REMOVED_BY_N8N = ['devDependencies', 'peerDependencies', 'optionalDependencies'];

interface Options {
	report: Report;
	signal?: AbortSignal;
}

/** Builds the package when it has not been built yet or its sources are newer than the build. */
export async function buildIfStale({ report, signal }: Options): Promise<void> {
	if (!isBuildStale()) return;
	await runStep({
		title: 'Building the package',
		command: NPM,
		arguments: ['run', 'build'],
		cwd: REPOSITORY_FOLDER,
		env: npmEnvironment(),
		timeoutMs: 5 * MINUTE,
		report,
		signal,
	});
}

/** Whether a file that package.json registers is missing from the build, or a source is newer than the build. */
export function isBuildStale(): boolean {
	const { nodes, credentials } = readManifest().n8n;
	if ([...nodes, ...credentials].some((file) => !existsSync(join(REPOSITORY_FOLDER, file)))) return true;
	const newestSource = Math.max(...SOURCES.map((name) => newestChange(join(REPOSITORY_FOLDER, name))));
	return newestSource > newestChange(join(REPOSITORY_FOLDER, 'dist'));
}

/** Milliseconds since the epoch at which the newest file below `path` was changed; 0 when there is none. */
function newestChange(path: string): number {
	if (!existsSync(path)) return 0;
	const stats = statSync(path);
	if (!stats.isDirectory()) return stats.mtimeMs;
	return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/** Packs a built package (default: the one of this repository) as it would be published, into a new temporary folder. `remove` deletes that folder. */
export async function packPackage(
	{ report, signal }: Options,
	packageFolder = REPOSITORY_FOLDER,
): Promise<{ tarball: string; remove(): void }> {
	const folder = mkdtempSync(join(tmpdir(), 'contact-center-package-'));
	const remove = (): void => rmSync(folder, { recursive: true, force: true });
	try {
		await runStep({
			title: 'Packing the package',
			command: NPM,
			arguments: ['pack', '--ignore-scripts', '--pack-destination', folder, '--loglevel=error'],
			cwd: packageFolder,
			env: npmEnvironment(),
			timeoutMs: MINUTE,
			report,
			signal,
		});
		const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
		if (!tarball) throw new Error(`npm pack left no archive in ${basename(folder)}`);
		return { tarball: join(folder, tarball), remove };
	} catch (error) {
		remove();
		throw error;
	}
}

/** Puts a packed package where n8n keeps community packages, in the form n8n gives it. Returns the package's folder. */
export async function installPackage(userFolder: string, tarball: string, name = readManifest().name): Promise<string> {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', name);
	mkdirSync(folder, { recursive: true });
	await extract({ file: tarball, cwd: folder, strip: 1 });
	const manifestFile = join(folder, 'package.json');
	const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, unknown>;
	const kept = Object.entries(manifest).filter(([key]) => !REMOVED_BY_N8N.includes(key));
	writeFileSync(manifestFile, JSON.stringify(Object.fromEntries(kept), null, 2));
	return folder;
}
