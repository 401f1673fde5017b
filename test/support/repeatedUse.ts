// Runs one node the ways in which workflows run a node more than once.
import {
	NodeConnectionTypes,
	Workflow,
	type IConnections,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type ITaskData,
} from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { createAdditionalData, createNode, createNodeType, execute, START_NODE } from './engine';
import type { NodeSettings, NodeUnderTest } from './engine';
import { createNodeTypes, loadPackage } from './package';

/**
 * - `once`: as it stands
 * - `twice`: two branches lead into the node, so that one execution runs it twice
 * - `loop`: what it puts out leads back to it until it has run twice, as Loop Over Items does
 * - `subWorkflow`: another workflow calls the one with the node twice, as Execute Sub-workflow does
 * - `atOnce`: two executions of the same workflow at the same time
 */
export type Use = 'once' | 'twice' | 'loop' | 'subWorkflow' | 'atOnce';

/** How often each use runs the node when nothing fails. */
export const runsOf: Record<Use, number> = { once: 1, twice: 2, loop: 2, subWorkflow: 2, atOnce: 2 };

const nodeName = 'Node';

/** What is run and how. */
export interface RepeatedRun extends NodeUnderTest {
	use: Use;
	items: INodeExecutionData[];
	node?: NodeSettings;
	/** Of the workflow; UTC when left out. */
	timezone?: string;
}

/** Runs a node of the package in one of the uses and gives what each of its runs came to, in no order. */
export async function runRepeatedly(options: RepeatedRun): Promise<ITaskData[]> {
	const { use, items, timezone = 'UTC' } = options;
	const pack = await loadPackage();
	const { nodeType, parameters, credentials, node } = options;
	const tested = createNode(pack, nodeName, { nodeType, parameters, credentials, node });
	const [nodes, connections] = linesOf(use, tested);
	const ids = { id: randomUUID(), name: 'Test' };
	const tasks: ITaskData[] = [];

	/** n8n gives every execution an ID of its own, also that of a sub-workflow, which carries on the item data of its parent. */
	async function runAll(given: INodeExecutionData[]): Promise<void> {
		const nodeTypes = createNodeTypes(pack, typesFor(items, async () => await runAll(structuredClone(given))));
		const settings = { executionOrder: 'v1' as const, timezone };
		const workflow = new Workflow({ ...ids, nodes: structuredClone(nodes), connections, active: false, nodeTypes, settings });
		const { runData } = await execute(workflow, createAdditionalData(pack, credentials ?? {}), given, 'trigger');
		tasks.push(...(runData[nodeName] ?? []));
	}

	if (use === 'subWorkflow') {
		const caller = plainNode('Caller', 'test.caller');
		const workflow = new Workflow({
			id: randomUUID(),
			name: 'Parent',
			nodes: [plainNode(START_NODE, 'test.pass'), caller],
			connections: { [START_NODE]: linkTo('Caller') },
			active: false,
			nodeTypes: createNodeTypes(pack, typesFor(items, async () => await runAll(structuredClone(items)))),
			settings: { executionOrder: 'v1' },
		});
		await execute(workflow, createAdditionalData(pack, {}), items, 'trigger');
	} else {
		await Promise.all(Array.from({ length: use === 'atOnce' ? 2 : 1 }, async () => await runAll(structuredClone(items))));
	}
	return tasks;
}

function linesOf(use: Use, tested: INode): [INode[], IConnections] {
	const start = plainNode(START_NODE, 'test.pass');
	const passing = (name: string) => plainNode(name, 'test.pass');
	if (use === 'twice') {
		const connections = { [START_NODE]: linkTo('Left', 'Right'), Left: linkTo(nodeName), Right: linkTo(nodeName) };
		return [[start, passing('Left'), passing('Right'), tested], connections];
	}
	if (use === 'loop') {
		const loop = plainNode('Loop', 'test.loop');
		return [[start, loop, tested], { [START_NODE]: linkTo('Loop'), Loop: linkTo(nodeName), [nodeName]: linkTo('Loop') }];
	}
	return [[start, tested], { [START_NODE]: linkTo(nodeName) }];
}

/** The nodes around the one under test. */
function typesFor(items: INodeExecutionData[], callWorkflow: () => Promise<void>): Record<string, INodeType> {
	return {
		'test.pass': createNodeType('test.pass', async function () {
			return [this.getInputData()];
		}),
		'test.loop': createNodeType('test.loop', async function (this: IExecuteFunctions) {
			const round = this.getWorkflowDataProxy(0).$runIndex as number;
			return [round < runsOf.loop ? structuredClone(items) : []];
		}),
		'test.caller': createNodeType('test.caller', async function () {
			for (let call = 0; call < runsOf.subWorkflow; call++) await callWorkflow();
			return [this.getInputData()];
		}),
	};
}

function plainNode(name: string, type: string): INode {
	return { id: randomUUID(), name, type, typeVersion: 1, position: [0, 0], parameters: {} };
}

function linkTo(...names: string[]): IConnections[string] {
	return { main: [names.map((node) => ({ node, type: NodeConnectionTypes.Main, index: 0 }))] };
}
