import type {
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeProperties,
	IWorkflowSettings,
} from 'n8n-workflow';

import { Agent, fetch, type Response } from 'undici';

import { waitFor } from './wait';

/** The person who owns an n8n. The password needs 8 characters, a digit and a capital letter. */
export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

/** A workflow as its file holds it. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IDataObject;
}

/** A workflow as n8n keeps it. */
export interface StoredWorkflow extends WorkflowFile {
	id: string;
	/** Names the state of the workflow that is to be activated. */
	versionId: string;
	active: boolean;
}

/** What n8n says about a credential test. */
export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** Description of a node type, as much of it as is used here. */
export interface NodeTypeDescription {
	name: string;
	displayName: string;
	version: number | number[];
	/** The version that a node gets when a person adds it. */
	defaultVersion?: number;
	group: string[];
	polling?: boolean;
	properties: INodeProperties[];
	credentials?: Array<{ name: string }>;
	/** Address of the icon below n8n's own, one for each theme or one for both. */
	iconUrl?: string | { light: string; dark: string };
}

/** Which pick list of which node, with what is filled in already. */
export interface PickListRequest {
	/** Where the parameter is, for example `parameters.operatorId`. */
	path: string;
	methodName: string;
	filter?: string;
	nodeTypeAndVersion: { name: string; version: number };
	currentNodeParameters: IDataObject;
	credentials: Record<string, { id: string; name: string }>;
}

/** One execution without its data. */
export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: string;
	mode: string;
}

/** One execution with what each node put out. */
export interface Execution extends ExecutionSummary {
	/** Why it failed. */
	error?: { message: string; description?: string; node?: string };
	lastNode?: string;
	/** By node name: the items of the node's last run, one list for each output. */
	outputs: Record<string, INodeExecutionData[][]>;
}

/** A connection kept open may be closed by a busy n8n at the very moment it is used again, so each request has its own. */
const freshConnections = new Agent({ pipelining: 0 });

/** States of an execution that cannot change any more. */
const FINAL_STATES = ['success', 'error', 'crashed', 'canceled'];
const EXECUTION_TIMEOUT_MS = 60_000;
const PUBLICATION_TIMEOUT_MS = 60_000;
const ROUTES_TIMEOUT_MS = 60_000;

/** Whether the triggers of a workflow have started. */
interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

interface StoredExecutionData {
	resultData: {
		error?: { message: string; description?: string; node?: { name: string } };
		lastNodeExecuted?: string;
		runData?: Record<string, Array<{ data?: { main?: Array<INodeExecutionData[] | null> } }>>;
	};
}

/** Says that n8n refused a request. */
export class N8nRequestError extends Error {
	override name = 'N8nRequestError';

	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** The requests that n8n's editor sends, for one signed-in person. */
export class N8nClient {
	/** @param signedIn cookie of a client that has signed in */
	constructor(
		readonly origin: string,
		private signedIn = '',
	) {}

	/** Proof of the sign-in, for another client; empty before. */
	get cookie(): string {
		return this.signedIn;
	}

	/** Makes the owner of a fresh n8n and signs in. An older n8n says that it is ready before it takes one. */
	async setUpOwner(owner: Owner): Promise<void> {
		const made = async () => await this.requestIfKnown('POST', '/rest/owner/setup', owner);
		await waitFor('n8n to take its owner', made, { timeoutMs: ROUTES_TIMEOUT_MS });
	}

	/** Signs in. */
	async signIn(email: string, password: string): Promise<void> {
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** Descriptions of all node types n8n has loaded. */
	async nodeTypes(): Promise<NodeTypeDescription[]> {
		return (await this.request('GET', '/types/nodes.json')) as NodeTypeDescription[];
	}

	/** Stores a credential and gives its id. */
	async createCredential(name: string, type: string, data: IDataObject): Promise<string> {
		const stored = (await this.request('POST', '/rest/credentials', { name, type, data })) as { id: string };
		return stored.id;
	}

	/** Lets n8n test a credential, as the button in the editor does. A refused key is a result, not an error. */
	async testCredential(credential: {
		id: string;
		name: string;
		type: string;
		data: IDataObject;
	}): Promise<CredentialTestResult> {
		return (await this.request('POST', '/rest/credentials/test', { credentials: credential })) as CredentialTestResult;
	}

	/** Removes a stored credential. */
	async deleteCredential(id: string): Promise<void> {
		await this.request('DELETE', `/rest/credentials/${id}`);
	}

	/** What a pick list of a node offers, as the editor asks for it when the list is opened or searched. */
	async pickList(list: PickListRequest): Promise<Array<{ name: string; value: string | number; url?: string }>> {
		const answer = await this.request('POST', '/rest/dynamic-node-parameters/resource-locator-results', list);
		return (answer as { results: Array<{ name: string; value: string | number; url?: string }> }).results;
	}

	/** Stores a workflow, inactive. Credentials named in it are found by name and type when their id is unknown. */
	async createWorkflow(workflow: WorkflowFile): Promise<StoredWorkflow> {
		return (await this.request('POST', '/rest/workflows', workflow)) as StoredWorkflow;
	}

	/**
	 * Starts a stored workflow by hand and does not wait for it.
	 * @param trigger the one to start from, with what it is to have put out where it cannot be run
	 * @returns the execution's ID; undefined where n8n waits for a call from outside
	 */
	async startWorkflow(workflow: StoredWorkflow, trigger: { name: string; data?: object }, chatSessionId?: string): Promise<string | undefined> {
		const started = (await this.request('POST', `/rest/workflows/${workflow.id}/run`, {
			triggerToStartFrom: trigger,
			// Older versions of n8n run what is sent, newer ones what is stored.
			workflowData: workflow,
			chatSessionId,
		})) as { executionId?: string };
		return started.executionId;
	}

	/** Runs a stored workflow by hand from the named trigger and waits until it has finished, with or without success. */
	async runWorkflow(
		workflow: StoredWorkflow,
		triggerName: string,
		timeoutMs = EXECUTION_TIMEOUT_MS,
	): Promise<Execution> {
		const executionId = await this.startWorkflow(workflow, { name: triggerName });
		if (!executionId) throw new Error(`"${workflow.name}" waits for a call from outside and cannot be run by hand`);
		return await this.finishedExecution(executionId, timeoutMs);
	}

	/** Activates a workflow and waits until its triggers have started. Throws, with their reasons, when one refuses to. */
	async activate(workflow: StoredWorkflow): Promise<void> {
		await this.request('POST', `/rest/workflows/${workflow.id}/activate`, { versionId: workflow.versionId });
		const { status, triggers } = await this.publication(workflow, ['published', 'partial', 'failed']);
		if (status === 'published') return;
		const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new Error(`"${workflow.name}" could not be activated: ${reasons.join('; ') || status}`);
	}

	/** Deactivates a workflow and waits until its triggers have stopped. */
	async deactivate(workflow: StoredWorkflow): Promise<void> {
		await this.request('POST', `/rest/workflows/${workflow.id}/deactivate`, {});
		await this.publication(workflow, ['not_published']);
	}

	/** n8n starts and stops triggers after it has answered: waits for one of the wanted states. */
	private async publication(workflow: StoredWorkflow, wanted: Publication['status'][]): Promise<Publication> {
		return await waitFor(
			`the triggers of "${workflow.name}" to be ${wanted[0]}`,
			async () => {
				const publication = await this.publicationNow(workflow);
				if (publication === undefined) return { status: wanted[0], triggers: [] };
				return wanted.includes(publication.status) ? publication : undefined;
			},
			{ timeoutMs: PUBLICATION_TIMEOUT_MS },
		);
	}

	/** None from an older n8n, which answers an activation only when it is done. */
	private async publicationNow({ id }: StoredWorkflow): Promise<Publication | undefined> {
		return (await this.requestIfKnown('GET', `/rest/workflows/${id}/publication-status`)) as Publication | undefined;
	}

	/** Undefined where this n8n has no such path. */
	private async requestIfKnown(method: string, path: string, body?: unknown): Promise<unknown> {
		try {
			return await this.request(method, path, body);
		} catch (error) {
			if (error instanceof N8nRequestError && error.status === 404) return undefined;
			throw error;
		}
	}

	/** The newest executions of a workflow, newest first (n8n gives 20 of them). */
	async executions(workflowId: string): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const list = (await this.request('GET', `/rest/executions?limit=100&filter=${filter}`)) as { results: ExecutionSummary[] };
		return list.results;
	}

	/** One execution with its data. */
	async execution(id: string): Promise<Execution> {
		const stored = (await this.request('GET', `/rest/executions/${id}`)) as ExecutionSummary & { data: string };
		return await readExecution(stored);
	}

	/** Waits until an execution has finished and gives it. */
	async finishedExecution(id: string, timeoutMs = EXECUTION_TIMEOUT_MS): Promise<Execution> {
		return await waitFor(
			`execution ${id} to finish`,
			async () => {
				const execution = await this.execution(id);
				return FINAL_STATES.includes(execution.status) ? execution : undefined;
			},
			{ timeoutMs },
		);
	}

	/** Sends one request and gives the answer's `data` (or the answer, where n8n has no such wrapper). */
	async request(method: string, path: string, body?: unknown): Promise<unknown> {
		const answer = await fetch(this.origin + path, {
			method,
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			dispatcher: freshConnections,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		this.keepCookie(answer);
		const text = await answer.text();
		if (!answer.ok)
			throw new N8nRequestError(answer.status, `${method} ${path}: ${answer.status} ${text.slice(0, 2000)}`);
		const parsed: unknown = text === '' ? undefined : JSON.parse(text);
		return isWrapped(parsed) ? parsed.data : parsed;
	}

	private keepCookie(answer: Response): void {
		const session = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (session) this.signedIn = session.split(';')[0];
	}
}

function isWrapped(answer: unknown): answer is { data: unknown } {
	return typeof answer === 'object' && answer !== null && !Array.isArray(answer) && 'data' in answer;
}

async function readExecution(stored: ExecutionSummary & { data: string }): Promise<Execution> {
	// Its types are those of an ES module only.
	const { parse } = await import('flatted');
	const { id, workflowId, status, mode } = stored;
	// An execution that has only just begun has no data yet.
	const data = parse(stored.data) as StoredExecutionData | undefined;
	const { error, lastNodeExecuted, runData = {} } = data?.resultData ?? {};
	const outputs = Object.entries(runData).map(([node, runs]) => {
		const lists = runs.at(-1)?.data?.main ?? [];
		return [node, lists.map((items) => items ?? [])] as const;
	});
	return {
		id,
		workflowId,
		status,
		mode,
		error: error && { message: error.message, description: error.description, node: error.node?.name },
		lastNode: lastNodeExecuted,
		outputs: Object.fromEntries(outputs),
	};
}
