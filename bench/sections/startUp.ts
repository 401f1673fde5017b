import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { REPOSITORY_FOLDER } from '../../scripts/n8n/paths';
import { installRuntime } from '../../scripts/n8n/runtime';
import { Editor } from '../../test/n8n/browser';
import type { Bench } from '../bench';
import { type Figure, median } from '../figure';

const mostLoadMilliseconds = 100;
const mostDescriptionBytes = 300_000;
const ownNode = 'n8n-nodes-contact-center.ujet';
const otherNode = 'n8n-nodes-base.notion';

/** What the package adds to n8n's start, to what the editor downloads, and to opening a node. */
export async function startUp(bench: Bench): Promise<Figure[]> {
	return [await loading(bench), ...(await descriptions(bench)), ...(await opening(bench))];
}

/** Loads the package as n8n does at its start: what nodes there are and their descriptions, each node only when a workflow needs it. */
async function loading({ extent }: Bench): Promise<Figure> {
	const runtime = await installRuntime({ report: () => {} });
	const script = join(__dirname, '..', 'loadPackage.cjs');
	const milliseconds = Array.from({ length: extent.rounds }, () =>
		Number(execFileSync(runtime.node, [script, REPOSITORY_FOLDER], { encoding: 'utf8' })),
	);
	return {
		what: 'Loading the package at the start of n8n',
		measured: `${median(milliseconds).toFixed(0)} ms of processor time`,
		against: `${mostLoadMilliseconds} ms`,
		ratios: milliseconds.map((value) => value / mostLoadMilliseconds),
		goal: 1,
	};
}

async function descriptions({ workbench }: Bench): Promise<Figure[]> {
	const sizes = (await workbench.client.nodeTypes()).map((type): [string, number, number] => [
		type.name,
		Buffer.byteLength(JSON.stringify(type)),
		type.properties.length,
	]);
	const sizeOf = (name: string): number => Math.max(...sizes.filter(([other]) => other === name).map(([, size]) => size));
	const own = sizes.filter(([name]) => name.startsWith('n8n-nodes-contact-center.')).sort(([, one], [, other]) => other - one);
	const [[name, largest, parameters]] = own;
	return [
		{
			what: `Largest description (${name.split('.')[1]}, ${parameters} parameters)`,
			measured: `${(largest / 1000).toFixed(0)} kB`,
			against: `${mostDescriptionBytes / 1000} kB`,
			ratios: [largest / mostDescriptionBytes],
			goal: 1,
			note: `n8n's Notion node: ${(sizeOf(otherNode) / 1000).toFixed(0)} kB`,
		},
	];
}

/** Time from the double click to the parameters, of the largest node and of n8n's Notion node in turn. */
async function opening({ workbench, extent }: Bench): Promise<Figure[]> {
	const workflows = new Map<string, string>();
	const types = await workbench.client.nodeTypes();
	for (const type of [otherNode, ownNode]) {
		const typeVersion = Math.max(...types.filter(({ name }) => name === type).flatMap(({ version }) => version));
		const { id } = await workbench.client.createWorkflow({
			name: `Open ${type}`,
			nodes: [{ id: 'node', name: 'Node', type, typeVersion, position: [0, 0], parameters: {} }],
			connections: {},
		});
		workflows.set(type, id);
	}
	const editor = await Editor.open(workbench.client, workbench.owner);
	try {
		const open = async (type: string): Promise<number> => {
			await editor.openWorkflow(workflows.get(type) ?? '');
			const begin = performance.now();
			await editor.openNode('Node');
			await editor.page.getByTestId('parameter-input').first().waitFor();
			return performance.now() - begin;
		};
		// The first look pays for loading the editor's own code.
		for (const type of [otherNode, ownNode]) await open(type);
		const own: number[] = [];
		const ratios: number[] = [];
		for (let round = 0; round < extent.rounds; round++) {
			const base = await open(otherNode);
			own.push(await open(ownNode));
			ratios.push(own[round] / base);
		}
		return [
			{
				what: 'Opening the largest node in the editor',
				measured: `${median(own).toFixed(0)} ms`,
				against: "opening n8n's Notion node",
				ratios,
				goal: 1,
				note: 'Chromium without a screen',
			},
		];
	} finally {
		await editor.close();
	}
}
