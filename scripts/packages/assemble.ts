import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { operationPage } from '../docs/operationPage';
import { uncertainPage } from '../docs/uncertainPage';
import { REPOSITORY_FOLDER } from '../n8n/paths';
import { readWorkflows } from '../n8n/workflows';
import { type SinglePackage } from './definitions';
import { readWholeManifest, singleManifest } from './manifest';
import { moveWorkflow, toSingles } from './move';
import { type NamedWorkflow, referencePath, relinkPage, singleReadme } from './readme';

/** Where packages are put together; git does not keep it. */
export const BUILD_FOLDER = join(REPOSITORY_FOLDER, 'build', 'packages');

/** Node types of n8n itself, which every n8n has. */
const OF_N8N = /^(n8n-nodes-base|@n8n\/n8n-nodes-langchain)\./;

/**
 * Puts all single-service packages together out of the built whole, ready to be packed or published.
 *
 * @param folder is emptied first
 * @returns the folder of each package, in the order of the packages
 */
export function assemblePackages(packages: SinglePackage[], folder = BUILD_FOLDER): string[] {
	rmSync(folder, { recursive: true, force: true });
	return packages.map((single) => assemble(single, packages, join(folder, single.name)));
}

function assemble(single: SinglePackage, packages: SinglePackage[], folder: string): string {
	const workflows = ownWorkflows(single, packages);
	for (const path of copied(single)) copy(path, folder);
	const texts: Record<string, string> = {
		...Object.fromEntries(single.nodeFiles.map((nodeFile) => codex(nodeFile, single))),
		'package.json': `${JSON.stringify(singleManifest(single), null, '\t')}\n`,
		'README.md': singleReadme(single, workflows),
		[referencePath(single)]: operationPage(single.definition),
		'docs/uncertain-paths.md': uncertainPage([single.definition]),
		...Object.fromEntries(
			workflows.map(({ file, workflow }) => [`workflows/${file}`, `${JSON.stringify(workflow, null, 2)}\n`]),
		),
	};
	for (const [path, text] of Object.entries(texts)) writeFileSync(prepared(path, folder), text);
	relinkPages(['CHANGELOG.md', 'docs/moving-workflows.md', 'docs/uncertain-paths.md', referencePath(single)], folder);
	// What n8n reads at its start instead of loading every node, as for its own packages.
	const env = { ...process.env, NODE_PATH: join(REPOSITORY_FOLDER, 'node_modules') };
	execFileSync(process.execPath, [require.resolve('n8n-core/bin/generate-metadata')], { cwd: folder, env });
	rmSync(join(folder, 'dist/methods'), { recursive: true });
	return folder;
}

/** Pages written for the whole may link to what this package does not hold. */
function relinkPages(pages: string[], folder: string): void {
	for (const page of pages) {
		const file = join(folder, page);
		writeFileSync(file, relinkPage(page, readFileSync(file, 'utf8'), (path) => existsSync(join(folder, path))));
	}
}

/** What goes into a package as it is: the vendor, the engine, credentials, icons. */
function copied({ vendorFolder, credentialFiles, icons }: SinglePackage): string[] {
	return [
		'LICENSE',
		'CHANGELOG.md',
		'docs/moving-workflows.md',
		'dist/nodes/shared',
		`dist/nodes/${vendorFolder}`,
		...credentialFiles.flatMap((file) => [file, file.replace(/\.js$/, '.d.ts')]),
		...icons.map((icon) => `dist/${icon}`),
	];
}

/** The built codex file names its node in full. Path and text. */
function codex(nodeFile: string, single: SinglePackage): [string, string] {
	const path = nodeFile.replace(/\.js$/, '.json');
	const whole = JSON.parse(readFileSync(join(REPOSITORY_FOLDER, path), 'utf8')) as { node: string };
	const node = whole.node.replace(`${readWholeManifest().name}.`, `${single.name}.`);
	return [path, `${JSON.stringify({ ...whole, node }, null, '\t')}\n`];
}

/** The ready-made workflows that need no other service, with their nodes out of this package. */
function ownWorkflows(single: SinglePackage, packages: SinglePackage[]): NamedWorkflow[] {
	const whole = readWholeManifest().name;
	return readWorkflows()
		.map(({ file, workflow }) => ({ file, workflow: moveWorkflow(workflow, toSingles(packages), [whole]) }))
		.filter(({ workflow }) => {
			const types = workflow.nodes.map(({ type }) => type).filter((type) => !OF_N8N.test(type));
			return types.length > 0 && types.every((type) => type.startsWith(`${single.name}.`));
		});
}

function copy(path: string, folder: string): void {
	cpSync(join(REPOSITORY_FOLDER, path), prepared(path, folder), { recursive: true });
}

function prepared(path: string, folder: string): string {
	const file = join(folder, path);
	mkdirSync(dirname(file), { recursive: true });
	return file;
}
