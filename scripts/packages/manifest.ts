import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY_FOLDER } from '../n8n/paths';
import { readCodex, type SinglePackage } from './definitions';

/** The parts of package.json that publishing is about. */
export interface PublishedManifest {
	name: string;
	version: string;
	description: string;
	keywords: string[];
	license: string;
	homepage: string;
	author: { name: string; email: string };
	repository: { type: string; url: string; directory?: string };
	engines: Record<string, string>;
	files: string[];
	n8n: { n8nNodesApiVersion: number; strict: boolean; credentials: string[]; nodes: string[] };
	peerDependencies: Record<string, string>;
	publishConfig: Record<string, unknown>;
}

/** Folder of the repository with a source folder for each single-service package. */
export const SOURCES_FOLDER = 'packages';

/** What a single-service package holds beside its package.json, README and licence, which npm always packs. */
const PACKED = ['dist', 'docs', 'workflows', 'CHANGELOG.md'];

/** The package.json of the package that holds all services. Version, author and addresses of all packages stand there. */
export function readWholeManifest(): PublishedManifest {
	return JSON.parse(readFileSync(join(REPOSITORY_FOLDER, 'package.json'), 'utf8')) as PublishedManifest;
}

/** The package.json of a single-service package: what is common comes from that of the whole. */
export function singleManifest(single: SinglePackage, whole = readWholeManifest()): PublishedManifest {
	const { version, license, homepage, author, repository, engines, n8n, peerDependencies, publishConfig } = whole;
	return {
		name: single.name,
		version,
		description: describe(single),
		keywords: keywords(single),
		license,
		homepage,
		author,
		repository: { ...repository, directory: `${SOURCES_FOLDER}/${single.name}` },
		engines,
		files: PACKED,
		n8n: { ...n8n, credentials: single.credentialFiles, nodes: single.nodeFiles },
		peerDependencies,
		publishConfig,
	};
}

function describe({ definition, nodes }: SinglePackage): string {
	const { displayName } = definition.vendor;
	const [action] = nodes;
	return `n8n nodes for ${displayName}: ${action.description[0].toLowerCase()}${action.description.slice(1)}`;
}

function keywords({ definition, nodeFiles }: SinglePackage): string[] {
	const aliases = nodeFiles.flatMap((file) => readCodex(file).alias ?? []);
	const words = [definition.vendor.name, ...aliases].map((word) => word.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
	return ['n8n-community-node-package', ...new Set(words)];
}
