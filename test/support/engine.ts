// Runs nodes of the built package in n8n's own execution engine.
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	Workflow,
	type ExecutionError,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IRunData,
	type ITaskData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type NodeExecutionHint,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { credentialReferences, TestCredentialsHelper, type CredentialData } from './credentials';
import { createNodeTypes, fullNodeType, loadPackage, newestVersion, type LoadedPackage } from './package';

/** Settings of a node on the canvas, beside its parameters. */
export type NodeSettings = Partial<
	Pick<
		INode,
		| 'alwaysOutputData'
		| 'continueOnFail'
		| 'executeOnce'
		| 'maxTries'
		| 'onError'
		| 'retryOnFail'
		| 'typeVersion'
		| 'waitBetweenTries'
	>
>;

/** One node of the package and how it is set up. */
export interface NodeUnderTest {
	/** Short name such as `iAdvize`, or a full name. */
	nodeType: string;
	/** Parameters as the editor stores them; those left out take their defaults. Expressions start with `=`. */
	parameters?: INodeParameters;
	/** Credential data by credential type. */
	credentials?: CredentialData;
	/** Folder of the package when it is not this repository. */
	packageFolder?: string;
}

/** What `runNode` is given. */
export interface RunNodeOptions extends NodeUnderTest {
	/** Input items; one empty item when left out. */
	items?: INodeExecutionData[];
	/** Settings such as `onError` or `retryOnFail`. */
	node?: NodeSettings;
	/** Aborting it cancels the execution, as the Stop button does. */
	signal?: AbortSignal;
	/** How the execution was started; `trigger` when left out. */
	mode?: WorkflowExecuteMode;
	/** Time zone of the workflow; UTC when left out. */
	timezone?: string;
}

/** One step of `runWorkflow`: a node of the package, or a node type made for the test. */
export interface WorkflowStep extends Omit<NodeUnderTest, 'nodeType' | 'packageFolder'> {
	/** Name on the canvas, by which expressions and results refer to it. */
	name: string;
	nodeType: string | INodeType;
	node?: NodeSettings;
}

/** What came of an execution. */
export interface WorkflowResult {
	/** Why the execution failed, was refused before its start, or was cancelled. */
	error?: ExecutionError;
	/** What each node that ran put out, by node name. */
	runData: IRunData;
	/** `success`, `error` or `canceled`. */
	status: IRun['status'];
}

/** What came of running one node. */
export interface NodeResult extends WorkflowResult {
	/** Items by output; with `onError: 'continueErrorOutput'` the second output holds the failed ones. */
	outputs: INodeExecutionData[][];
	/** Hints the node left for the user. */
	hints: NodeExecutionHint[];
}

/** Name of the node that puts out the input items, for expressions such as `$('Start').item`. */
export const START_NODE = 'Start';

const START_TYPE = 'test.start';

/** A node type that runs `execute` and has no parameters of its own. */
export function createNodeType(name: string, execute: NonNullable<INodeType['execute']>): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: name,
			defaults: { name },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		execute,
	};
}

/** What the engine asks of the server around it, for one execution. */
export function createAdditionalData(
	pack: LoadedPackage,
	credentials: CredentialData,
	parameters?: INodeParameters,
): IWorkflowExecuteAdditionalData {
	const address = 'http://localhost/';
	const additionalData: Partial<IWorkflowExecuteAdditionalData> = {
		credentialsHelper: new TestCredentialsHelper(pack, credentials),
		currentNodeExecutionIndex: 0,
		currentNodeParameters: parameters,
		executionId: randomUUID(),
		instanceBaseUrl: address,
		restApiUrl: address,
		webhookBaseUrl: address,
		webhookWaitingBaseUrl: address,
		formWaitingBaseUrl: address,
		variables: {},
		logAiEvent: () => {},
		sendDataToUI: () => {},
		setExecutionStatus: () => {},
	};
	return additionalData as IWorkflowExecuteAdditionalData;
}

/** A node of the package as a workflow stores it. */
export function createNode(pack: LoadedPackage, name: string, step: NodeUnderTest & { node?: NodeSettings }): INode {
	const type = fullNodeType(pack, step.nodeType);
	const nodeType = createNodeTypes(pack).getByName(type);
	return {
		id: randomUUID(),
		name,
		type,
		typeVersion: newestVersion(nodeType),
		position: [0, 0],
		parameters: structuredClone(step.parameters ?? {}),
		credentials: credentialReferences(step.credentials ?? {}),
		...step.node,
	};
}

function linkInLine(names: string[]): IConnections {
	const links = names
		.slice(1)
		.map((name, index): [string, IConnections[string]] => [
			names[index],
			{ main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] },
		]);
	return Object.fromEntries(links);
}

/** Runs a workflow from the node named `Start`, which gets the items, to its end. */
export async function execute(
	workflow: Workflow,
	additionalData: IWorkflowExecuteAdditionalData,
	items: INodeExecutionData[],
	mode: WorkflowExecuteMode,
	signal?: AbortSignal,
): Promise<WorkflowResult> {
	const workflowData = { id: workflow.id, name: workflow.name, nodes: Object.values(workflow.nodes) };
	additionalData.hooks = new ExecutionLifecycleHooks(
		mode,
		additionalData.executionId ?? '',
		workflowData as unknown as IWorkflowBase,
	);
	const startNode = workflow.nodes[START_NODE];
	const runExecutionData = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: startNode, data: { main: [items] }, source: null }] },
	});
	const engine = new WorkflowExecute(additionalData, mode, runExecutionData);
	let cancel: (() => void) | undefined;
	try {
		// The promise settles after the last hook, also when it is cancelled.
		const execution = engine.processRunExecutionData(workflow);
		cancel = () => execution.cancel();
		signal?.addEventListener('abort', cancel, { once: true });
		if (signal?.aborted) cancel();
		const { data, status } = await execution;
		return { error: data.resultData.error, runData: data.resultData.runData, status };
	} catch (error) {
		// n8n refuses to start a workflow that has issues, such as an empty required parameter.
		return { error: error as ExecutionError, runData: {}, status: 'error' };
	} finally {
		if (cancel) signal?.removeEventListener('abort', cancel);
	}
}

/**
 * Runs several nodes in a line, each fed by the first output of the one before.
 *
 * @param options.items what the node named `Start` in front of the line puts out.
 */
export async function runWorkflow(
	options: Omit<RunNodeOptions, keyof NodeUnderTest | 'node'> & { steps: WorkflowStep[]; packageFolder?: string },
): Promise<WorkflowResult> {
	const pack = await loadPackage(options.packageFolder);
	const extra: Record<string, INodeType> = {
		[START_TYPE]: createNodeType(START_TYPE, async function () {
			return [this.getInputData()];
		}),
	};
	const nodes = options.steps.map((step): INode => {
		if (typeof step.nodeType === 'string') return createNode(pack, step.name, { ...step, nodeType: step.nodeType });
		extra[`test.${step.name}`] = step.nodeType;
		const plain = { id: randomUUID(), typeVersion: 1, parameters: structuredClone(step.parameters ?? {}) };
		return { ...plain, name: step.name, type: `test.${step.name}`, position: [0, 0], ...step.node };
	});
	const startNode: INode = {
		id: randomUUID(),
		name: START_NODE,
		type: START_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const workflow = new Workflow({
		id: randomUUID(),
		name: 'Test',
		nodes: [startNode, ...nodes],
		connections: linkInLine([START_NODE, ...nodes.map(({ name }) => name)]),
		active: false,
		nodeTypes: createNodeTypes(pack, extra),
		settings: { executionOrder: 'v1', timezone: options.timezone ?? 'UTC' },
	});
	const credentials = Object.assign({}, ...options.steps.map((step) => step.credentials));
	const items = options.items ?? [{ json: {} }];
	return await execute(
		workflow,
		createAdditionalData(pack, credentials),
		items,
		options.mode ?? 'trigger',
		options.signal,
	);
}

/** Runs one node on the given items and gives back what it put out, or why it failed. */
export async function runNode(options: RunNodeOptions): Promise<NodeResult> {
	const name = 'Node';
	const { nodeType, parameters, credentials, node, ...rest } = options;
	const result = await runWorkflow({ ...rest, steps: [{ name, nodeType, parameters, credentials, node }] });
	const task: ITaskData | undefined = result.runData[name]?.at(-1);
	const outputs = (task?.data?.main ?? []).map((output) => output ?? []);
	return { ...result, error: result.error ?? task?.error, outputs, hints: task?.hints ?? [] };
}

/** The `json` part of each item. */
export function jsonOf(items: INodeExecutionData[] | undefined): IDataObject[] {
	return (items ?? []).map(({ json }) => json);
}
