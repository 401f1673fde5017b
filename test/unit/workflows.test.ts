// What a person sees who imports a ready-made workflow.
import { basename, join } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { readWorkflows } from '../../scripts/n8n/workflows';
import { readManifest, REPOSITORY_FOLDER, WORKFLOWS_FOLDER } from '../../scripts/n8n/paths';

const nodeFiles = readManifest().n8n.nodes.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, ''));

const isOwn = ({ type }: { type: string }) => type.startsWith('n8n-nodes-contact-center.');

/** The version that new workflows get. */
async function newestVersionOf(type: string): Promise<number> {
	const name = type.split('.')[1].replace(/Tool$/, '').toLowerCase();
	const file = nodeFiles.find((each) => basename(each, '.node').toLowerCase() === name);
	const [NodeType] = Object.values((await import(join(REPOSITORY_FOLDER, file ?? name))) as Record<string, new () => INodeType>);
	const { version, defaultVersion } = new NodeType().description;
	return defaultVersion ?? Math.max(...[version].flat());
}

/** All texts inside, whatever the depth. */
function textsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const workflows = ['', '/ai-agents', '/crm'].flatMap((folder) => readWorkflows(`${WORKFLOWS_FOLDER}${folder}`));

describe.each(workflows)('$file', ({ workflow: { nodes, connections } }) => {
	const typesOf = (kind: string) => nodes.filter(({ type }) => type === kind);

	test('says on a note what to change first', () => {
		expect(typesOf('n8n-nodes-base.stickyNote')).not.toEqual([]);
	});

	test('starts by hand or in the chat', () => {
		const starts = ['n8n-nodes-base.manualTrigger', '@n8n/n8n-nodes-langchain.chatTrigger'].flatMap(typesOf);
		expect(starts).toHaveLength(1);
	});

	test('has the newest version of each node of this package', async () => {
		for (const { type, typeVersion } of nodes.filter(isOwn)) {
			expect({ type, typeVersion }).toEqual({ type, typeVersion: await newestVersionOf(type) });
		}
	});

	test('holds no code but for samples: what an expression cannot say plainly, a node does', () => {
		const built = nodes.filter(({ name }) => !name.startsWith('Sample '));
		const texts = textsIn(built.map(({ parameters }) => parameters)).filter((text) => text.startsWith('='));
		const expressions = texts.flatMap((text) => text.match(/\{\{[\s\S]*?\}\}/g) ?? []);
		const code = expressions.filter((text) => /=>|\bfunction\b|\bObject\.|\bJSON\.|\bnew \w|;\s*return/.test(text));
		expect(code).toEqual([]);
	});

	test('connects only nodes that it has, and holds no id of a credential', () => {
		const names = nodes.map(({ name }) => name);
		expect(Object.keys(connections).filter((name) => !names.includes(name))).toEqual([]);
		const ids = nodes.flatMap(({ credentials = {} }) => Object.values(credentials).map(({ id }) => id ?? ''));
		expect(ids.filter((id) => id !== '')).toEqual([]);
	});
});
