// What n8n's list of nodes and its Docs link are made of.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readManifest, REPOSITORY_FOLDER } from '../../scripts/n8n/paths';

interface Codex {
	node: string;
	alias: string[];
	subcategories: Record<string, string[]>;
	resources: { primaryDocumentation: Array<{ url: string }> };
}

const { name: packageName, n8n } = readManifest();
const codexFiles = n8n.nodes.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.json'));

describe.each(codexFiles)('%s', (file) => {
	const codex = JSON.parse(readFileSync(join(REPOSITORY_FOLDER, file), 'utf8')) as Codex;

	test('leads to the reference of its own node', () => {
		const [{ url }] = codex.resources.primaryDocumentation;
		expect(existsSync(join(REPOSITORY_FOLDER, url))).toBe(true);
		expect(codex.node.toLowerCase()).toContain(url.split('/').at(-1)!.replace('.md', ''));
	});

	// n8n makes a tool of every action node by itself, and lists no actions of a node that says it is one.
	test('belongs to its node and does not call it an AI tool', () => {
		expect(codex.node.startsWith(`${packageName}.`)).toBe(true);
		expect(Object.keys(codex.subcategories)).toEqual(['Communication']);
	});

	test('has no alias twice', () => {
		expect(new Set(codex.alias.map((alias) => alias.toLowerCase())).size).toBe(codex.alias.length);
	});
});
