// Polling triggers, driven by n8n's own poll context.
import { PollContext, TriggersAndPollers } from 'n8n-core';
import { Container } from '@n8n/di';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { createAdditionalData, createNode, type NodeSettings, type NodeUnderTest } from './engine';
import { readsFailures } from './host';
import { createNodeTypes, loadPackage } from './package';

/** How one poll is made. */
export interface PollOptions {
	/** What `getPollBudgetMs` answers, in milliseconds; `null` stands for an n8n that does not have it. Default 30 s. */
	budgetMs?: number | null;
	/** Why n8n polls; `manual` in manual mode, else `activate`. */
	activation?: WorkflowActivateMode;
}

/** A polling trigger of one workflow. */
export interface Poller {
	/**
	 * Polls once. Calls may overlap, as they may in n8n.
	 *
	 * @param mode `manual` is the editor's test fetch.
	 * @returns the emitted items, or `null`; rejects with what the node throws.
	 */
	poll(mode?: 'trigger' | 'manual', options?: PollOptions): Promise<INodeExecutionData[] | null>;
	/** A copy of the node's static data as it is in memory. */
	readonly staticData: IDataObject;
	/**
	 * Stops and starts n8n: static data goes through JSON into a new workflow.
	 *
	 * @param from `memory` keeps all changes. `lastEmission` keeps what n8n's older store has written: the state of the
	 *   activation or of the last poll that emitted items; changes of polls that gave `null` or failed since then are lost.
	 */
	restart(from?: 'memory' | 'lastEmission'): void;
}

/** n8n 2.8 keeps its caller to itself; it calls the node the same way. */
async function runPoll(workflow: Workflow, node: INode, context: PollContext): Promise<INodeExecutionData[][] | null> {
	if (readsFailures) return await Container.get(TriggersAndPollers).runPollFunction(workflow, node, context);
	const { poll } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (!poll) throw new Error(`${node.type} does not poll`);
	return await poll.call(context);
}

/** Creates a polling trigger of the package that has not polled yet. */
export async function createPoller(
	options: NodeUnderTest & { staticData?: IDataObject; node?: NodeSettings; timezone?: string },
): Promise<Poller> {
	const pack = await loadPackage(options.packageFolder);
	const nodeTypes = createNodeTypes(pack);
	const storedNode = createNode(pack, 'Trigger', options);
	const id = randomUUID();
	const staticKey = `node:${storedNode.name}`;

	const createWorkflow = (stored: IDataObject) =>
		new Workflow({
			id,
			name: 'Test',
			nodes: [structuredClone(storedNode)],
			connections: {},
			active: true,
			nodeTypes,
			staticData: stored,
			settings: { executionOrder: 'v1', timezone: options.timezone ?? 'UTC' },
		});
	const snapshot = (workflow: Workflow): string =>
		JSON.stringify({ [staticKey]: workflow.staticData[staticKey] ?? {} });

	let workflow = createWorkflow(options.staticData ? { [staticKey]: structuredClone(options.staticData) } : {});
	let lastEmission = snapshot(workflow);
	let isActivated = false;

	return {
		async poll(mode = 'trigger', { budgetMs = 30_000, activation = mode === 'manual' ? 'manual' : 'activate' } = {}) {
			const current = workflow;
			const node = current.nodes[storedNode.name];
			const additionalData = createAdditionalData(pack, options.credentials ?? {});
			const context = new PollContext(current, node, additionalData, mode, activation);
			Object.assign(context, { getPollBudgetMs: budgetMs === null ? undefined : () => budgetMs });
			const result = await runPoll(current, node, context);
			// n8n writes static data after the poll that activates a workflow and with each emission.
			const isWritten = result !== null || !isActivated;
			if (mode === 'trigger' && current === workflow && isWritten) {
				isActivated = true;
				lastEmission = snapshot(current);
			}
			if (result === null) return null;
			return result[0] ?? [];
		},
		get staticData() {
			return (JSON.parse(snapshot(workflow)) as Record<string, IDataObject>)[staticKey];
		},
		restart(from = 'memory') {
			const stored = from === 'memory' ? snapshot(workflow) : lastEmission;
			workflow = createWorkflow(JSON.parse(stored) as IDataObject);
		},
	};
}
