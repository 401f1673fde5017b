import {
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { REPOSITORY_FOLDER } from '../n8n/paths';
import { type SinglePackage, sourceOf } from './definitions';
import { readWholeManifest, singleManifest, SOURCES_FOLDER } from './manifest';

/** Committed folder of a single-service package, below the repository. */
export function sourceFolder({ name }: Pick<SinglePackage, 'name'>): string {
	return `${SOURCES_FOLDER}/${name}`;
}

/**
 * What is committed for a single-service package: its package.json and links to its sources. n8n's scan looks in the repository for the
 * folder whose package.json has the published name, and lints nodes/ and credentials/ in it.
 * @returns by path below the repository, the text of a file or where a link leads
 */
export function sourceEntries(single: SinglePackage): { files: Record<string, string>; links: Record<string, string> } {
	const folder = sourceFolder(single);
	const linked = [
		'nodes/shared',
		`nodes/${single.vendorFolder}`,
		...single.credentialFiles.map(sourceOf),
		...single.icons,
	];
	const target = (path: string) => relative(dirname(join(folder, path)), path);
	return {
		files: { [`${folder}/package.json`]: `${JSON.stringify(singleManifest(single), null, '\t')}\n` },
		links: Object.fromEntries(linked.map((path) => [`${folder}/${path}`, target(path)])),
	};
}

/** The codex files with the address of their node's reference as package.json has it now: text by path. */
function codexFiles(packages: SinglePackage[]): Record<string, string> {
	const { homepage } = readWholeManifest();
	const files = packages.flatMap(({ nodeFiles }) => nodeFiles.map((file) => sourceOf(file).replace(/\.ts$/, '.json')));
	const address = /"https?:\/\/[^"\s]*(\/docs\/operations\/[a-z]+\.md)"/g;
	return Object.fromEntries(
		files.map((path) => [
			path,
			(readFile(path) ?? '').replace(address, (_url, page: string) => `"${homepage}${page}"`),
		]),
	);
}

/** Writes the committed folders of the single-service packages anew, removes those of packages that are no more, and sets the addresses in codex files. */
export function writeSources(packages: SinglePackage[]): void {
	for (const name of packageFolders()) rmSync(join(REPOSITORY_FOLDER, SOURCES_FOLDER, name), { recursive: true });
	for (const single of packages) {
		const { files, links } = sourceEntries(single);
		for (const [path, text] of Object.entries(files)) writeFileSync(prepared(path), text);
		for (const [path, target] of Object.entries(links)) symlinkSync(target, prepared(path));
	}
	for (const [path, text] of Object.entries(codexFiles(packages))) {
		if (readFile(path) !== text) writeFileSync(prepared(path), text);
	}
}

/** Paths below packages/, and of codex files, that are not as `npm run packages` writes them: changed, missing or left over. */
export function outdatedSources(packages: SinglePackage[]): string[] {
	const entries = packages.map(sourceEntries);
	const files = Object.assign({}, ...entries.map((entry) => entry.files)) as Record<string, string>;
	const links = Object.assign({}, ...entries.map((entry) => entry.links)) as Record<string, string>;
	const found = packageFolders().flatMap((name) => listEntries(`${SOURCES_FOLDER}/${name}`));
	const wrongFiles = Object.keys(files).filter((path) => readFile(path) !== files[path]);
	const wrongLinks = Object.keys(links).filter((path) => readLink(path) !== links[path]);
	const codex = codexFiles(packages);
	const wrongCodex = Object.keys(codex).filter((path) => readFile(path) !== codex[path]);
	return [
		...wrongFiles,
		...wrongLinks,
		...wrongCodex,
		...found.filter((path) => !(path in files) && !(path in links)),
	].sort();
}

function packageFolders(): string[] {
	return readdirSync(join(REPOSITORY_FOLDER, SOURCES_FOLDER), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name);
}

function listEntries(folder: string): string[] {
	return readdirSync(join(REPOSITORY_FOLDER, folder), { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory() ? listEntries(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
	);
}

function readFile(path: string): string | undefined {
	const file = join(REPOSITORY_FOLDER, path);
	return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined;
}

function readLink(path: string): string | undefined {
	const file = join(REPOSITORY_FOLDER, path);
	return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(file) : undefined;
}

function prepared(path: string): string {
	const file = join(REPOSITORY_FOLDER, path);
	mkdirSync(dirname(file), { recursive: true });
	return file;
}
