// Workflows that a test stores and runs in n8n.
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { N8nClient, StoredWorkflow } from '../../scripts/n8n/client';
import type { RunningVendor } from '../../scripts/n8n/vendors';
import { findTrigger, readWorkflow } from '../../scripts/n8n/workflows';
import { ownNode } from './ownNode';

/** What the nodes of a run put out, by the name of the node. */
export type Outputs = (node: string) => IDataObject[];

/** A node of n8n's own. */
export function n8nNode(name: string, type: string, typeVersion: number, parameters: INodeParameters = {}): INode {
	return { id: name, name, type: `n8n-nodes-base.${type}`, typeVersion, position: [0, 0], parameters };
}

/** Where a run starts that the test asks for. */
export const startNode = n8nNode('Start', 'manualTrigger', 1);

/** Stores a workflow whose nodes follow one another, from Start on. */
export async function createChain(client: N8nClient, name: string, following: INode[]): Promise<StoredWorkflow> {
	const nodes = [startNode, ...following];
	const links = nodes.slice(1).map((node, index) => [nodes[index].name, { main: [[{ node: node.name, type: 'main', index: 0 }]] }]);
	return await client.createWorkflow({ name, nodes, connections: Object.fromEntries(links), settings: { executionOrder: 'v1' } });
}

/** Stores a workflow that creates an iAdvize operator with each of the addresses, in their order. */
export async function createWriter(
	client: N8nClient,
	{ credential }: Pick<RunningVendor, 'credential'>,
	emails: string[],
	options: Pick<INode, 'retryOnFail'> = {},
): Promise<StoredWorkflow> {
	const operators = emails.map((email) => ({ email }));
	const parameters = { resource: 'operator', operation: 'create', lastName: 'Park', email: '={{ $json.email }}' };
	return await createChain(client, `Writer of ${emails[0]}`, [
		n8nNode('Rows', 'set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify({ operators }) }),
		n8nNode('Split', 'splitOut', 1, { fieldToSplitOut: 'operators' }),
		{ ...ownNode({ name: 'Create', type: 'iAdvize', parameters, credential }), ...options },
	]);
}

/** Runs a stored workflow, which has to succeed. */
export async function runToSuccess(client: N8nClient, stored: StoredWorkflow, trigger: string, timeoutMs?: number): Promise<Outputs> {
	const { status, error, outputs } = await client.runWorkflow(stored, trigger, timeoutMs);
	expect({ status, error }).toEqual({ status: 'success', error: undefined });
	return (node) => (outputs[node] ?? []).flat().map(({ json }) => json);
}

/** Stores a ready-made workflow by the name of its file and runs it from its trigger, which has to succeed. */
export async function runReadyMade(client: N8nClient, file: string, timeoutMs?: number): Promise<Outputs> {
	const stored = await client.createWorkflow(readWorkflow(file));
	return await runToSuccess(client, stored, findTrigger(stored, await client.nodeTypes()), timeoutMs);
}
