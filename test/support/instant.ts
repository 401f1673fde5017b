// Instant triggers: a small server in n8n's place that hands requests to the node's webhook and runs what it starts.
import {
	DataDeduplicationService,
	ExecutionLifecycleHooks,
	PollContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	Workflow,
	type IDataDeduplicator,
	type IDataObject,
	type INodeExecutionData,
	type IWebhookData,
	type IWorkflowBase,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createAdditionalData, createNode, type NodeSettings, type NodeUnderTest } from './engine';
import { createNodeTypes, loadPackage } from './package';

/** One execution that a request or a poll started. */
export interface StartedExecution {
	rows: IDataObject[];
	error?: Error;
}

/** An instant trigger of an active workflow. */
export interface InstantTrigger {
	/** What the vendor's console is given. */
	address: string;
	/** Every execution so far, oldest first; waits for those under way. */
	executions(): Promise<StartedExecution[]>;
	/** All rows so far, in the order of the executions. */
	rows(): Promise<IDataObject[]>;
	/** Runs the poll that fills gaps, and the execution that it starts. */
	poll(): Promise<void>;
	/** Runs an execution once more with the items that started it, as n8n's Retry does. */
	retry(index: number): Promise<StartedExecution>;
	/** Lets n8n fail on the next requests before the node sees them: they are answered 500. */
	refuseNext(requests: number): void;
	/** Stops listening. */
	close(): Promise<void>;
}

/** n8n's database of processed items, with its limits and in memory. */
class ProcessedItems implements IDataDeduplicator {
	private readonly known = new Map<string, string[]>();

	async checkProcessedAndRecord(...[items, , data, options]: Parameters<IDataDeduplicator['checkProcessedAndRecord']>) {
		const key = `${data.workflow.id} ${data.node?.id}`;
		const entries = this.known.get(key) ?? [];
		const isKnown = (item: unknown) => entries.includes(String(item));
		const fresh = items.filter((item) => !isKnown(item));
		const processed = items.filter(isKnown);
		this.known.set(key, [...entries, ...fresh.map(String)].slice(-(options.maxEntries ?? Infinity)));
		return { new: fresh, processed };
	}

	async removeProcessed(...[items, , data]: Parameters<IDataDeduplicator['removeProcessed']>) {
		const key = `${data.workflow.id} ${data.node?.id}`;
		this.known.set(
			key,
			(this.known.get(key) ?? []).filter((entry) => !items.map(String).includes(entry)),
		);
	}

	async clearAllProcessedItems() {
		this.known.clear();
	}

	async getProcessedDataCount() {
		return 0;
	}
}

let isReady: Promise<void> | undefined;

/** n8n-core may outlive a test file, with the database of the file before. */
async function startDatabase(): Promise<void> {
	await DataDeduplicationService.init(new ProcessedItems()).catch(() => DataDeduplicationService.getInstance());
}

/** Activates a workflow of one instant trigger and listens for its vendor on the loopback address. Close it when done. */
export async function activateInstantTrigger(
	options: NodeUnderTest & { mode?: WorkflowExecuteMode; node?: NodeSettings },
): Promise<InstantTrigger> {
	const pack = await loadPackage(options.packageFolder);
	await (isReady ??= startDatabase());
	const { mode = 'webhook' } = options;
	const node = createNode(pack, 'Trigger', options);
	const nodeTypes = createNodeTypes(pack);
	const nodeType = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	const workflow = new Workflow({
		id: randomUUID(),
		name: 'Test',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
		settings: { executionOrder: 'v1', timezone: 'UTC' },
	});
	const started: INodeExecutionData[][][] = [];
	const running: Array<Promise<StartedExecution>> = [];
	const start = (data: INodeExecutionData[][]) => {
		started.push(data);
		running.push(execute(data));
	};

	async function execute(main: INodeExecutionData[][], mode = options.mode ?? 'webhook'): Promise<StartedExecution> {
		const additionalData = createAdditionalData(pack, options.credentials ?? {});
		const workflowData = { id: workflow.id, name: workflow.name, nodes: [node] } as unknown as IWorkflowBase;
		additionalData.hooks = new ExecutionLifecycleHooks(mode, additionalData.executionId ?? '', workflowData);
		const runExecutionData = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main }, source: null }] },
		});
		const { data } = await new WorkflowExecute(additionalData, mode, runExecutionData).processRunExecutionData(
			workflow,
		);
		const items = data.resultData.runData.Trigger?.[0]?.data?.main[0] ?? [];
		return { rows: items.map(({ json }) => json), error: data.resultData.error };
	}

	async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const httpMethod = request.method === 'GET' ? 'GET' : 'POST';
		const description = nodeType.description.webhooks?.find((webhook) => webhook.httpMethod === httpMethod);
		if (description === undefined || nodeType.webhook === undefined) {
			response.writeHead(404).end();
			return;
		}
		const additionalData = createAdditionalData(pack, options.credentials ?? {});
		additionalData.httpRequest = (await readRequest(request)) as never;
		additionalData.httpResponse = expressLike(response) as never;
		const webhookData = { webhookDescription: description, httpMethod } as unknown as IWebhookData;
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		const { workflowData, noWebhookResponse } = await nodeType.webhook.call(context);
		if (workflowData !== undefined) start(workflowData as INodeExecutionData[][]);
		if (noWebhookResponse !== true) response.writeHead(200).end();
	}

	let refusals = 0;
	const server = createServer((request, response) => {
		if (refusals > 0) {
			refusals--;
			response.writeHead(500).end();
			return;
		}
		receive(request, response).catch(() => response.writeHead(500).end());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
		executions: async () => await Promise.all(running),
		rows: async () => (await Promise.all(running)).flatMap(({ rows }) => rows),
		retry: async (index) => await execute(structuredClone(started[index]), 'retry'),
		async poll() {
			const context = new PollContext(
				workflow,
				node,
				createAdditionalData(pack, options.credentials ?? {}),
				'trigger',
				'activate',
			);
			const found = await nodeType.poll?.call(context);
			if (found) start(found);
			await Promise.all(running);
		},
		refuseNext(requests) {
			refusals = requests;
		},
		async close() {
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function readRequest(request: IncomingMessage) {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const rawBody = Buffer.concat(chunks);
	const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
	return Object.assign(request, {
		rawBody,
		body: readBody(request.headers['content-type'] ?? '', rawBody.toString()),
		query: Object.fromEntries(searchParams),
	});
}

/** As n8n reads bodies: objects of JSON and forms, else an empty object. */
function readBody(type: string, text: string): unknown {
	if (type.includes('json') && text !== '') return JSON.parse(text) as unknown;
	return type.includes('urlencoded') ? Object.fromEntries(new URLSearchParams(text)) : {};
}

function expressLike(response: ServerResponse) {
	return Object.assign(response, {
		status(code: number) {
			response.statusCode = code;
			return response;
		},
		json(body: unknown) {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(body));
		},
	});
}
