import type { IDataObject, INode, INodeConnections, INodeParameters } from 'n8n-workflow';

import type { ExecutionSummary, N8nClient } from '../scripts/n8n/client';
import { waitFor } from '../scripts/n8n/wait';
import { allFields } from './fields';

/** The credential type of the measured node, and of the HTTP Request node beside it. */
const credentialType = 'iAdvizeApi';
const triggerName = 'Start';
const runTimeout = 600_000;
const operatorPath = '/api/2/operator';

/** A node to be measured, without name, place and credential. */
export type MeasuredNode = Pick<INode, 'type' | 'typeVersion' | 'parameters'> & { credentialType?: string };

/** What one execution took and left. */
export interface RunResult {
	/** From the start of the execution to its end, as n8n notes them. */
	seconds: number;
	/** Items that the last node put out. */
	items: number;
}

/** The nodes to be compared, for one n8n and one vendor. */
export class N8nRuns {
	private constructor(
		private readonly client: N8nClient,
		private readonly origin: string,
		private readonly typeVersions: Map<string, number>,
	) {}

	/** @param origin address of the benchmark's vendor */
	static async prepare(client: N8nClient, origin: string): Promise<N8nRuns> {
		const newest = new Map<string, number>();
		// n8n lists the versions of a node one by one or several at once.
		for (const { name, version } of await client.nodeTypes()) {
			newest.set(name, Math.max(newest.get(name) ?? 0, ...[version].flat()));
		}
		return new N8nRuns(client, origin, newest);
	}

	/** Stores a credential with a key, and so a pace, of its own. @returns its id */
	async credential(name: string, requestsPerSecond: number): Promise<string> {
		const data = { platform: 'custom', baseUrl: `${this.origin}/api/2`, apiKey: `key-${name}`, requestsPerSecond };
		return await this.client.createCredential(name, credentialType, data);
	}

	/** Stores a credential of another vendor. @returns its id */
	async credentialOf(type: string, name: string, data: IDataObject): Promise<string> {
		return await this.client.createCredential(name, type, data);
	}

	/** The package's node of iAdvize. */
	own(parameters: INodeParameters): MeasuredNode {
		return this.node('n8n-nodes-contact-center.iAdvize', parameters);
	}

	/** The package's node of another vendor. */
	ownOf(name: string, type: string, parameters: INodeParameters): MeasuredNode {
		return { ...this.node(`n8n-nodes-contact-center.${name}`, parameters), credentialType: type };
	}

	/** The HTTP Request node creating operators with the same form fields, an expression for each. */
	httpCreateByFields(): MeasuredNode {
		const parameters = allFields.map(({ name, vendorName }) => ({ name: vendorName, value: `={{ $json.${name} }}` }));
		return this.httpRequest({
			method: 'POST',
			sendBody: true,
			contentType: 'form-urlencoded',
			specifyBody: 'keypair',
			bodyParameters: { parameters },
		});
	}

	/** The HTTP Request node creating operators with one expression for the whole body: the least it can be asked for. */
	httpCreateByOneExpression(): MeasuredNode {
		return this.httpRequest({
			method: 'POST',
			sendBody: true,
			contentType: 'json',
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify($json) }}',
		});
	}

	/**
	 * The HTTP Request node reading all pages of the list; it puts out one item a page.
	 * @param pageSize rows of a page; as many as the vendor gives unasked when left out
	 */
	httpReadAll(pageSize?: number): MeasuredNode {
		const pagination = {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
			paginationCompleteWhen: 'other',
			completeExpression: '={{ $response.body.pagination.page >= $response.body.pagination.pages }}',
		};
		return this.httpRequest({
			method: 'GET',
			...(pageSize === undefined
				? {}
				: { sendQuery: true, queryParameters: { parameters: [{ name: 'limit', value: String(pageSize) }] } }),
			options: { pagination: { pagination } },
		});
	}

	/** A node that only sends the requests for all pages and puts the rows out: what n8n itself takes. */
	leastReadAll(pageSize: number): MeasuredNode {
		return { ...this.node('n8n-nodes-least.leastNode', { url: this.origin + operatorPath, pageSize }), credentialType };
	}

	/** The Split Out node that turns pages into records. */
	splitPages(): MeasuredNode {
		return this.node('n8n-nodes-base.splitOut', { fieldToSplitOut: 'data' });
	}

	/** Runs the nodes, one after the other, once on the items. @throws Error when the execution fails */
	async run(chain: MeasuredNode[], credentialId: string, items: IDataObject[]): Promise<RunResult> {
		const workflowId = await this.start(chain, credentialId, items);
		const { id, startedAt, stoppedAt } = await this.finished(workflowId);
		const { status, error, outputs } = await this.client.execution(id);
		if (status !== 'success') throw new Error(`${chain[0].type}: ${status}, ${error?.message ?? 'no reason given'}`);
		return {
			seconds: (Date.parse(stoppedAt) - Date.parse(startedAt)) / 1000,
			items: outputs[nameOf(chain.length - 1)][0].length,
		};
	}

	/** Starts a run and does not wait for it. @returns the id of its workflow */
	async start(chain: MeasuredNode[], credentialId: string, items: IDataObject[]): Promise<string> {
		const nodes = [startNode, ...chain.map((node, index) => measuredNode(node, index, credentialId))];
		const links = nodes
			.slice(1)
			.map(({ name }, index): [string, INodeConnections] => [
				nodes[index].name,
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]);
		const workflow = await this.client.createWorkflow({
			name: `${chain[0].type} on ${items.length} items`,
			nodes,
			connections: Object.fromEntries(links),
			pinData: { [triggerName]: items.map((json) => ({ json })) },
		});
		await this.client.startWorkflow(workflow, { name: triggerName });
		return workflow.id;
	}

	/** Status of the newest execution of a workflow, such as running. */
	async statusOf(workflowId: string): Promise<string | undefined> {
		return (await this.client.executions(workflowId))[0]?.status;
	}

	private httpRequest(parameters: INodeParameters): MeasuredNode {
		return this.node('n8n-nodes-base.httpRequest', {
			url: this.origin + operatorPath,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credentialType,
			...parameters,
		});
	}

	private node(type: string, parameters: INodeParameters): MeasuredNode {
		const typeVersion = this.typeVersions.get(type);
		if (typeVersion === undefined) throw new Error(`n8n has not loaded ${type}`);
		return { type, typeVersion, parameters };
	}

	/** Looks at the list only: the data of a large execution would cost n8n time while it is measured. */
	private async finished(workflowId: string): Promise<TimedExecution> {
		const isFinished = ({ status, stoppedAt }: TimedExecution): boolean => Boolean(stoppedAt) && status !== 'running';
		return await waitFor(
			`the execution of workflow ${workflowId} to finish`,
			async () => ((await this.client.executions(workflowId)) as TimedExecution[]).find(isFinished),
			{ timeoutMs: runTimeout, intervalMs: 500 },
		);
	}
}

type TimedExecution = ExecutionSummary & { startedAt: string; stoppedAt: string };

/** Gives the items that are pinned to it, which costs the execution nothing. */
const startNode: INode = {
	id: 'start',
	name: triggerName,
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function nameOf(index: number): string {
	return `Measured ${index + 1}`;
}

function measuredNode(node: MeasuredNode, index: number, credentialId: string): INode {
	const { credentialType: type = credentialType, ...stored } = node;
	return {
		...stored,
		id: `measured-${index}`,
		name: nameOf(index),
		position: [220 * (index + 1), 0],
		credentials: { [type]: { id: credentialId, name: 'Benchmark' } },
	};
}
