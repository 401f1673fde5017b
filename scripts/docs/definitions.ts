import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { ICredentialType } from 'n8n-workflow';

import type { PushDefinition } from '../../nodes/shared/definition/push';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import { readManifest, REPOSITORY_FOLDER } from '../n8n/paths';

/** A vendor with what its pages are written from. */
export interface VendorDefinition {
	vendor: Vendor;
	credential: ICredentialType;
	/** Name of the vendor's folder below nodes/. */
	folder: string;
	/** Where the vendor pushes events: what its instant trigger is made of. */
	push?: { definition: PushDefinition; credential: ICredentialType };
}

/**
 * Every vendor of the package, by name. The list is the one that n8n itself loads the package by: the nodes and credentials
 * in package.json, so a vendor that users have cannot be missing here.
 * @throws Error for a node without a vendor beside it, and for a vendor without its credential
 */
export function readDefinitions(): VendorDefinition[] {
	const { nodes, credentials } = readManifest().n8n;
	const folders = [...new Set(nodes.map((file) => basename(dirname(file))))];
	const types = credentials.map(readCredential);
	return folders
		.map((folder) => {
			const vendor = readVendor(folder);
			const credential = types.find(({ name }) => name === vendor.credentialType);
			if (credential === undefined) throw new Error(`package.json registers no credential ${vendor.credentialType}`);
			return { vendor, credential, folder, push: readPush(folder, types) };
		})
		.sort((first, second) => first.vendor.displayName.localeCompare(second.vendor.displayName, 'en'));
}

function readVendor(folder: string): Vendor {
	const exported = Object.values(load(join('nodes', folder, 'vendor.ts')));
	const vendor = exported.find(
		(value): value is Vendor => typeof value === 'object' && value !== null && 'resources' in value,
	);
	if (vendor === undefined) throw new Error(`nodes/${folder}/vendor.ts exports no vendor`);
	return vendor;
}

function readPush(folder: string, types: ICredentialType[]): VendorDefinition['push'] {
	const file = join('nodes', folder, 'push.ts');
	if (!existsSync(join(REPOSITORY_FOLDER, file))) return undefined;
	const definition = Object.values(load(file)).find(
		(value): value is PushDefinition => typeof value === 'object' && value !== null && 'senders' in value,
	);
	const credential = types.find(({ name }) => name === definition?.credentialType);
	if (definition === undefined || credential === undefined) throw new Error(`${file} has no senders or no credential`);
	return { definition, credential };
}

/** Takes the built file's path from package.json and makes the credential of its source. */
function readCredential(builtFile: string): ICredentialType {
	const className = basename(builtFile).split('.')[0];
	const file = join('credentials', basename(builtFile).replace(/\.js$/, '.ts'));
	const CredentialType = load(file)[className] as new () => ICredentialType;
	return new CredentialType();
}

function load(file: string): Record<string, unknown> {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is known at run time only
	return require(join(REPOSITORY_FOLDER, file)) as Record<string, unknown>;
}
