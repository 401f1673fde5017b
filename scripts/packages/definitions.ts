import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { readDefinitions, type VendorDefinition } from '../docs/definitions';
import { readManifest, REPOSITORY_FOLDER } from '../n8n/paths';

/** One service's package: what it is called and what belongs to it. */
export interface SinglePackage {
	/** Name in the package registry, such as `n8n-nodes-ujet`. */
	name: string;
	definition: VendorDefinition;
	/** Folder of the vendor below nodes/. */
	vendorFolder: string;
	/** Descriptions of its nodes, action nodes first. */
	nodes: INodeTypeDescription[];
	/** Paths as package.json names them: `dist/nodes/Ujet/Ujet.node.js`. */
	nodeFiles: string[];
	credentialFiles: string[];
	/** Paths of the icons that its nodes and credentials show, such as `icons/ujet.svg`. */
	icons: string[];
}

interface RegisteredNode {
	file: string;
	description: INodeTypeDescription;
}

interface RegisteredCredential {
	file: string;
	type: ICredentialType;
}

/**
 * The packages of one service each. What belongs to one is read from the nodes and credentials that package.json registers, so
 * that a new node, credential or vendor is in its package without being named anywhere else.
 * @throws Error for a credential that no registered node uses
 */
export function readSinglePackages(): SinglePackage[] {
	const manifest = readManifest();
	const nodes = manifest.n8n.nodes.map(readNode);
	const credentials = manifest.n8n.credentials.map(readCredential);
	refuseUnused(nodes, credentials);
	return readDefinitions().map((definition) => singlePackage(definition, nodes, credentials));
}

function singlePackage(
	definition: VendorDefinition,
	allNodes: RegisteredNode[],
	allCredentials: RegisteredCredential[],
): SinglePackage {
	const vendorFolder = definition.folder;
	const nodes = allNodes.filter(({ file }) => basename(dirname(file)) === vendorFolder);
	const used = new Set(nodes.flatMap(({ description }) => credentialNames(description)));
	const credentials = allCredentials.filter(({ type }) => used.has(type.name));
	return {
		name: `n8n-nodes-${definition.vendor.name.toLowerCase()}`,
		definition,
		vendorFolder,
		nodes: nodes.map(({ description }) => description).sort(actionsFirst),
		nodeFiles: nodes.map(({ file }) => file),
		credentialFiles: credentials.map(({ file }) => file),
		icons: iconsOf([...nodes.map(({ description }) => description), ...credentials.map(({ type }) => type)]),
	};
}

function actionsFirst(first: INodeTypeDescription, second: INodeTypeDescription): number {
	const isTrigger = ({ group }: INodeTypeDescription) => Number(group.includes('trigger'));
	return isTrigger(first) - isTrigger(second);
}

function refuseUnused(nodes: RegisteredNode[], credentials: RegisteredCredential[]): void {
	const used = new Set(nodes.flatMap(({ description }) => credentialNames(description)));
	const unused = credentials.filter(({ type }) => !used.has(type.name));
	if (unused.length === 0) return;
	throw new Error(
		`No node uses the credential ${unused.map(({ type }) => type.name).join(', ')}: it belongs to no package`,
	);
}

function credentialNames({ credentials = [] }: INodeTypeDescription): string[] {
	return credentials.map(({ name }) => name);
}

/** Icons are written relative to their file, two rooms deep for nodes and one for credentials; all are in icons/. */
function iconsOf(shown: Array<Pick<INodeTypeDescription, 'icon'> | Pick<ICredentialType, 'icon'>>): string[] {
	const files = shown.flatMap(({ icon }) => (typeof icon === 'object' ? [icon.light, icon.dark] : [icon]));
	const paths = files.filter((file) => file !== undefined).map((file) => `icons/${basename(file)}`);
	return [...new Set(paths)].sort();
}

function readNode(builtFile: string): RegisteredNode {
	return { file: builtFile, description: construct<INodeType>(builtFile).description };
}

function readCredential(builtFile: string): RegisteredCredential {
	return { file: builtFile, type: construct<ICredentialType>(builtFile) };
}

/** Takes a built file's path from package.json and makes the class of its source. */
function construct<Type>(builtFile: string): Type {
	const className = basename(builtFile).split('.')[0];
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known at run time only
	const exported = require(join(REPOSITORY_FOLDER, sourceOf(builtFile))) as Record<string, new () => Type>;
	return new exported[className]();
}

/** Path of the source of a built file: `nodes/Ujet/Ujet.node.ts` for `dist/nodes/Ujet/Ujet.node.js`. */
export function sourceOf(builtFile: string): string {
	return builtFile.replace(/^dist\//, '').replace(/\.js$/, '.ts');
}

/** The codex file beside a node, which n8n files the node under: categories and other words to find it by. */
export function readCodex(nodeFile: string): { node: string; alias?: string[] } {
	const file = join(REPOSITORY_FOLDER, sourceOf(nodeFile).replace(/\.ts$/, '.json'));
	return JSON.parse(readFileSync(file, 'utf8')) as { node: string; alias?: string[] };
}
