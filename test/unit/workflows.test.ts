// What a person sees who imports a ready-made workflow.
import { basename, join } from 'node:path';

import type { INodeType } from 'n8n-workflow';

import { readWorkflows } from '../../scripts/n8n/workflows';
import type { WorkflowFile } from '../../scripts/n8n/client';
import { readManifest, REPOSITORY_FOLDER, WORKFLOWS_FOLDER } from '../../scripts/n8n/paths';
import { vendors } from '../support/vendors';

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

/** What n8n draws of a node, with the name below it, in pixels. */
const nodeSize = { width: 96, height: 136 };

/** Names of the nodes that a start leads to. */
function nodesAfter({ connections }: WorkflowFile, start: string): Set<string> {
	const found = new Set<string>();
	const queue = [start];
	while (queue.length > 0) {
		const next = (connections[queue.pop()!]?.main ?? []).flatMap((links) => (links ?? []).map(({ node }) => node));
		for (const name of next.filter((candidate) => !found.has(candidate))) {
			found.add(name);
			queue.push(name);
		}
	}
	return found;
}

/** Whether a node of this package changes something at the vendor. */
function changesSomething({ type, parameters }: WorkflowFile['nodes'][number]): boolean {
	const vendor = vendors.find(({ name }) => type.endsWith(`.${name}`));
	const resource = vendor?.resources.find(({ value }) => value === parameters.resource);
	const operation = resource?.operations.find(({ value }) => value === parameters.operation);
	return operation !== undefined && operation.retryClass !== 'read';
}

describe.each(workflows)('$file', ({ workflow }) => {
	const { nodes, connections } = workflow;
	const typesOf = (kind: string) => nodes.filter(({ type }) => type === kind);

	test('says on a note what to change first', () => {
		expect(typesOf('n8n-nodes-base.stickyNote')).not.toEqual([]);
	});

	test('says on a note what a run by hand changes in the account', () => {
		const reached = nodesAfter(workflow, 'Run Now');
		if (!nodes.some((node) => reached.has(node.name) && changesSomething(node))) return;
		const notes = typesOf('n8n-nodes-base.stickyNote').map(({ parameters }) => String(parameters.content));
		expect(notes.join('\n')).toContain('**Run Now**');
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

	test('has no node or note on top of another', () => {
		const boxes = nodes.map(({ name, type, position: [left, top], parameters }) => {
			const isNote = type === 'n8n-nodes-base.stickyNote';
			const { width, height } = isNote ? parameters : nodeSize;
			return { name, left, top, right: left + Number(width), bottom: top + Number(height) };
		});
		const overlaps = boxes.flatMap((one, index) =>
			boxes
				.slice(index + 1)
				.filter((other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)
				.map((other) => `${one.name} and ${other.name}`),
		);
		expect(overlaps).toEqual([]);
	});

	test('connects only nodes that it has, and holds no id of a credential', () => {
		const names = nodes.map(({ name }) => name);
		expect(Object.keys(connections).filter((name) => !names.includes(name))).toEqual([]);
		const ids = nodes.flatMap(({ credentials = {} }) => Object.values(credentials).map(({ id }) => id ?? ''));
		expect(ids.filter((id) => id !== '')).toEqual([]);
	});
});
