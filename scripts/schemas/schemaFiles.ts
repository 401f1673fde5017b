import { basename, dirname } from 'node:path';

import { NodeHelpers } from 'n8n-workflow';

import { contractVendors } from '../../test/contract/vendors';
import { loadPackage } from '../../test/support/package';
import { readManifest } from '../n8n/paths';
import { readSchemas } from './operationSchemas';

/** Folder beside a node's file in which n8n looks for output schemas. */
export const schemaFolder = '__schema__';

/**
 * The output schemas of all nodes as n8n serves them to its editor. Needs the built package.
 * @param versions of each node
 * @returns text by path in the repository
 */
export async function schemaFiles(versions: 'newest' | 'all' = 'all'): Promise<Record<string, string>> {
	const files: Record<string, string> = {};
	for (const row of contractVendors) {
		const known = await versionsOf(row.vendor.name);
		for (const version of versions === 'all' ? known : known.slice(-1)) {
			const schemas = await readSchemas(row, Number.parseFloat(version));
			for (const { resource, operation, schema } of schemas) {
				const path = `${nodeFolder(row.vendor.name)}/${schemaFolder}/v${version}/${resource}/${operation}.json`;
				files[path] = `${JSON.stringify(schema, null, '\t')}\n`;
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

/** Versions of a node, the newest last, in three parts, as n8n names the folder of each: `1` is `1.0.0`. */
async function versionsOf(name: string): Promise<string[]> {
	const { nodes } = await loadPackage();
	const { version } = NodeHelpers.getVersionedNodeType(nodes[name]).description;
	return [version].flat().map((part) => [...String(part).split('.'), '0', '0'].slice(0, 3).join('.'));
}
