import { basename, dirname } from 'node:path';

import { NodeHelpers } from 'n8n-workflow';

import { contractVendors } from '../../test/contract/vendors';
import { loadPackage } from '../../test/support/package';
import { readManifest } from '../n8n/paths';
import { readSchemas } from './operationSchemas';

/** Folder beside a node's file in which n8n looks for output schemas. */
export const schemaFolder = '__schema__';

/** The output schemas of all nodes as n8n serves them to its editor: text by path in the repository. Needs the built package. */
export async function schemaFiles(): Promise<Record<string, string>> {
	const files: Record<string, string> = {};
	for (const row of contractVendors) {
		for (const version of await versionsOf(row.vendor.name)) {
			const folder = `${nodeFolder(row.vendor.name)}/${schemaFolder}/v${inThreeParts(version)}`;
			for (const { resource, operation, schema } of await readSchemas(row, version)) {
				files[`${folder}/${resource}/${operation}.json`] = `${JSON.stringify(schema, null, '\t')}\n`;
			}
		}
	}
	return files;
}

/** Source folder of a node, such as `nodes/IAdvize`. */
function nodeFolder(name: string): string {
	const file = readManifest().n8n.nodes.find((path) => basename(path, '.node.js').toLowerCase() === name.toLowerCase());
	if (file === undefined) throw new Error(`package.json registers no node ${name}`);
	return dirname(file).replace(/^dist\//, '');
}

async function versionsOf(name: string): Promise<number[]> {
	const { nodes } = await loadPackage();
	return [NodeHelpers.getVersionedNodeType(nodes[name]).description.version].flat();
}

/** A version as n8n names the folder of its schemas: `1` is `1.0.0`. */
function inThreeParts(version: number): string {
	return [...String(version).split('.'), '0', '0'].slice(0, 3).join('.');
}
