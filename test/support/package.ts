// The built package, loaded by n8n's own loader.
import { BinaryDataService, PackageDirectoryLoader } from 'n8n-core';
import { Container } from '@n8n/di';
import {
	NodeHelpers,
	UnexpectedError,
	type ICredentialType,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { installCapturingLogger } from './output';

/** The folder of this repository, which holds the package.json with the built nodes. */
export const repositoryFolder = resolve(__dirname, '../..');

/** A package as n8n has it in memory after loading. */
export interface LoadedPackage {
	/** Package name: the prefix of full node type names. */
	name: string;
	/** Node types by short name, such as `iAdvize`. */
	nodes: Record<string, INodeType | IVersionedNodeType>;
	/** Credential types by name, such as `iAdvizeApi`. */
	credentials: Record<string, ICredentialType>;
	/** For each credential type the full names of the nodes that use it. */
	supportedNodes: Record<string, string[]>;
}

const loaded = new Map<string, Promise<LoadedPackage>>();
let host: Promise<void> | undefined;

/** Starts the parts of n8n-core every run needs: the silent logger, and file storage as n8n has it by default. */
async function startHost(): Promise<void> {
	installCapturingLogger();
	const binaryData = Container.get(BinaryDataService);
	rmSync(`${process.env.N8N_USER_FOLDER}/.n8n/storage`, { recursive: true, force: true });
	await binaryData.init();
}

async function load(folder: string): Promise<LoadedPackage> {
	await (host ??= startHost());
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return {
		name: loader.packageName,
		nodes: Object.fromEntries(Object.entries(loader.nodeTypes).map(([name, { type }]) => [name, type])),
		credentials: Object.fromEntries(Object.entries(loader.credentialTypes).map(([name, { type }]) => [name, type])),
		supportedNodes: loader.nodesByCredential,
	};
}

/**
 * Loads a package once in a test file and keeps it.
 *
 * @param folder where its package.json is; this repository (which must be built) when left out.
 */
export async function loadPackage(folder: string = repositoryFolder): Promise<LoadedPackage> {
	const pending = loaded.get(folder) ?? load(folder);
	loaded.set(folder, pending);
	return await pending;
}

/** The full name n8n knows a node by: package name, dot, short name. A name with a dot is left as it is. */
export function fullNodeType(pack: LoadedPackage, nodeType: string): string {
	return nodeType.includes('.') ? nodeType : `${pack.name}.${nodeType}`;
}

/** Answers n8n's questions about node types: those of the package, and `extra` ones by full name. */
export function createNodeTypes(pack: LoadedPackage, extra: Record<string, INodeType> = {}): INodeTypes {
	const getByName = (name: string) => {
		const short = name.slice(pack.name.length + 1);
		// As n8n does: a node that is used as a tool is the node itself.
		const found = extra[name] ?? pack.nodes[short] ?? pack.nodes[short.replace(/Tool$/, '')];
		if (!found) throw new UnexpectedError(`Unknown node type ${name}; known: ${Object.keys(pack.nodes).join(', ')}`);
		return found;
	};
	return {
		getByName,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(getByName(name), version),
		getKnownTypes: () => ({}),
	};
}

/** The newest version of a node type: what a node gets that is newly put on the canvas. */
export function newestVersion(type: INodeType | IVersionedNodeType): number {
	const { version } = NodeHelpers.getVersionedNodeType(type).description;
	return Array.isArray(version) ? Math.max(...version) : version;
}
