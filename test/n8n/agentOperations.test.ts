// Operations drawn from the tables as tools of an AI agent in a real n8n: what the model sees, what it may get wrong, and what is sent.
import { randomUUID } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';

import type { N8nClient } from '../../scripts/n8n/client';
import { VENDORS } from '../../scripts/n8n/vendors';
import { isStorage, startStandIn, templateOf, contractsOf } from '../contract/standIn';
import { shapeOf } from '../contract/shapes';
import { type ContractVendor, contractVendors } from '../contract/vendors';
import { type AgentTool, toolNameOf } from '../support/agentTool';
import type { RecordedRequest, Recorder } from '../support/recorder';
import { printSeed, runs } from '../support/runs';
import { validArguments, type WrongArguments, wrongArguments } from '../support/wrongArguments';
import { drawTools } from './drawTools';
import { connectMcp, type McpTool } from './mcpClient';
import { type ChatMessage, type ModelStandIn, startModel, type Turn } from './modelStandIn';
import { signedInClient } from './session';
import { agentWorkflow, mcpWorkflow, type NamedCredential, START, toolNode } from './toolWorkflow';

const EXECUTION_TIMEOUT_MS = 400_000;

/** A vendor that answers as its contract says, with a credential whose secrets are nowhere else. */
interface StandInVendor {
	row: ContractVendor;
	recorder: Recorder;
	credential: NamedCredential;
	secrets: string[];
	nodeVersion: number;
}

/** One call of a tool by the model, and what came of it. */
interface ToolCall {
	tool: AgentTool;
	/** Undefined where everything is right. */
	wrong?: WrongArguments;
	given: Record<string, unknown>;
	/** What the model got back. */
	result?: string;
	/** What reached the vendors. */
	requests: Array<{ row: ContractVendor; request: RecordedRequest }>;
}

describe('operations as tools of an AI agent', () => {
	const client: N8nClient = signedInClient();
	const seed = Number(process.env.SEED ?? Date.now() % 1_000_000_000);
	const vendors: StandInVendor[] = [];

	beforeAll(async () => {
		printSeed(seed);
		const types = await client.nodeTypes();
		for (const row of contractVendors) vendors.push(await startVendor(client, row, types));
	});
	afterAll(async () => {
		for (const { recorder, credential } of vendors) {
			await recorder.close();
			await client.deleteCredential(credential.id);
		}
	});

	const batches = drawTools(seed, runs('one batch', 'all'));
	const cases = batches.map((tools, index) => ({ title: `batch ${index + 1} of ${batches.length}`, tools }));
	test.each(cases)('a model finds, calls and miscalls ten of them: $title', async ({ tools }) => {
		const calls = tools.flatMap((tool) => callsOf(tool, seed));
		const { model, error, answer } = await runAgent(tools, calls);
		expect(error).toBeUndefined();
		expectSeen(model, tools);
		expect(calls.map(verdictOf).filter((verdict) => verdict !== undefined)).toEqual([]);
		expect(answer).toContain('All calls are done.');
		expectNoSecret(model.sent());
	}, EXECUTION_TIMEOUT_MS);

	test('a program outside n8n finds, calls and miscalls some of them through an MCP Server Trigger', async () => {
		const [drawn] = drawTools(seed, 'one batch');
		const { read, once, job } = Object.fromEntries(drawn.map((tool) => [tool.operation.run === undefined ? tool.operation.retryClass : 'job', tool]));
		const tools = [read, once, job].filter((tool) => tool !== undefined);
		expect(tools).toHaveLength(3);
		const calls = tools.flatMap((tool) => callsOf(tool, seed));
		const seen = await callThroughMcp(tools, calls);
		expectTools(seen.map(({ name, description, inputSchema }) => ({ name, description, parameters: inputSchema })), tools);
		expect(calls.map(verdictOf).filter((verdict) => verdict !== undefined)).toEqual([]);
		expectNoSecret(JSON.stringify([seen, calls.map(({ result }) => result)]));
	});

	/** Makes the calls one after the other as a client of an MCP server, and returns the tools that it lists. */
	async function callThroughMcp(tools: AgentTool[], calls: ToolCall[]): Promise<McpTool[]> {
		const token = randomUUID();
		const access = { name: 'MCP clients', type: 'httpBearerAuth' };
		const id = await client.createCredential(access.name, access.type, { token });
		const path = `operations-${randomUUID()}`;
		const stored = await client.createWorkflow(mcpWorkflow(nodesOf(tools), { id, ...access }, path));
		await client.activate(stored);
		try {
			const server = await connectMcp(`${client.origin}/mcp/${path}`, token);
			takeRequests();
			for (const call of calls) {
				call.result = await server.call(toolNameOf(call.tool), call.given);
				call.requests = takeRequests();
			}
			return await server.tools();
		} finally {
			await client.deactivate(stored);
			await client.deleteCredential(id);
		}
	}

	/** Runs an agent whose model makes the calls one after the other. */
	async function runAgent(tools: AgentTool[], calls: ToolCall[]) {
		takeRequests();
		const model = await startModel(scriptOf(calls));
		const modelKey = `key-${randomUUID()}`;
		const access = { name: 'Model', type: 'openAiApi' };
		const id = await client.createCredential(access.name, access.type, { apiKey: modelKey, url: model.baseUrl });
		try {
			const stored = await client.createWorkflow(agentWorkflow(nodesOf(tools), { id, ...access }, 'Do what has to be done'));
			const execution = await client.runWorkflow(stored, START, EXECUTION_TIMEOUT_MS);
			const answer = JSON.stringify(execution.outputs['AI Agent'] ?? []);
			expect(model.sent()).not.toContain(modelKey);
			return { model, answer, error: execution.error?.message };
		} finally {
			await model.close();
			await client.deleteCredential(id);
		}
	}

	/** The turns of the model: each notes what the one before it did. */
	function scriptOf(calls: ToolCall[]) {
		const note = (index: number, messages: ChatMessage[]): void => {
			const call = calls[index - 1];
			if (call === undefined || call.result !== undefined) return;
			call.result = textOf(messages.at(-1)?.content);
			call.requests = takeRequests();
		};
		const turns = calls.map(({ tool, given }, index) => (messages: ChatMessage[]): Turn => {
			note(index, messages);
			return { calls: [{ tool: toolNameOf(tool), parameters: given }] };
		});
		const end = (messages: ChatMessage[]): Turn => {
			note(calls.length, messages);
			return { says: 'All calls are done.' };
		};
		return [...turns, end];
	}

	/** What reached the vendors since this was last asked; answers that follow from earlier requests begin anew. */
	function takeRequests(): ToolCall['requests'] {
		return vendors.flatMap(({ row, recorder }) =>
			recorder.requests.splice(0).filter((request) => !isStorage(row, request)).map((request) => ({ row, request })),
		);
	}

	function nodesOf(tools: AgentTool[]): INode[] {
		return tools.map((tool) => {
			const { credential, nodeVersion } = vendors.find(({ row }) => row.vendor === tool.vendor) as StandInVendor;
			return toolNode(tool, credential, nodeVersion);
		});
	}

	function expectNoSecret(sent: string): void {
		const known = vendors.flatMap(({ secrets }) => secrets).flatMap((secret) => [secret, Buffer.from(secret).toString('base64')]);
		expect(known.filter((secret) => sent.includes(secret))).toEqual([]);
	}
});

/** The model was told of each operation by its action and the vendor, and of each field by its name. */
function expectSeen({ requests: [first] }: ModelStandIn, tools: AgentTool[]): void {
	expectTools((first.tools ?? []).map(({ function: tool }) => tool), tools);
}

/** The same of a list of tools, whoever got it. */
function expectTools(listed: Array<{ name: string; description?: string; parameters?: object }>, tools: AgentTool[]): void {
	const seen = listed.map(({ name, description, parameters }) => {
		const { properties = {}, required = [] } = parameters as { properties?: object; required?: string[] };
		return { name, description, keys: Object.keys(properties).sort(), required: [...required].sort() };
	});
	const keysOf = (tool: AgentTool) => tool.arguments.map(({ key }) => key).sort();
	const wanted = tools.map((tool) => ({ name: toolNameOf(tool), description: tool.nodeName, keys: keysOf(tool), required: keysOf(tool) }));
	expect(seen).toEqual(expect.arrayContaining(wanted));
	expect(seen).toHaveLength(wanted.length);
}

/** The calls of a tool: wrong ones, of which nothing may be sent, then the right one. */
function callsOf(tool: AgentTool, seed: number): ToolCall[] {
	const wrong = wrongArguments(tool);
	const chosen = runs(wrong.slice(seed % Math.max(1, wrong.length)).slice(0, 1), wrong);
	const right: ToolCall = { tool, given: validArguments(tool), requests: [] };
	return [...chosen.map((each): ToolCall => ({ tool, wrong: each, given: each.given, requests: [] })), right];
}

/** What is not as it should be about a call; undefined for none. */
function verdictOf(call: ToolCall): object | undefined {
	const { tool, wrong, given, result = 'nothing', requests } = call;
	const sent = requests.map(({ request: { method, path } }) => `${method} ${path}`);
	const problem = wrong === undefined ? problemOfRight(call, result) : problemOfWrong(wrong, result, sent);
	return problem === undefined ? undefined : { problem, tool: tool.nodeName, wrong: wrong?.title, given, result: result.slice(0, 600), sent };
}

function problemOfWrong({ key, fitsSchema, displayName, shown }: WrongArguments, result: string, sent: string[]): string | undefined {
	if (sent.length > 0) return 'something was sent';
	// The MCP Server Trigger compares a call with the schema before it runs the tool; the agent leaves that to the tool.
	if (!fitsSchema && /did not match expected schema/.test(result)) return result.includes(key) ? undefined : 'n8n does not name the argument';
	if (!result.includes(`'${displayName}'`)) return 'the message does not name the field';
	if (shown !== undefined && !result.includes(shown)) return 'the message does not show the value';
	if (!/expected|required/.test(result)) return 'the message does not say what is expected';
	return result.includes('Nothing was sent') ? undefined : 'the message does not say that nothing was sent';
}

function problemOfRight({ tool: { operation }, requests }: ToolCall, result: string): string | undefined {
	if (requests.length === 0) return 'nothing was sent';
	if (result === '' || result === '""') return 'the model got an empty result';
	if (/^\W*error/i.test(result)) return 'the model got an error';
	const main = requests.filter(({ row, request }) => isMain(row, request, operation));
	if (operation.retryClass === 'once' && main.length !== 1) return `sent ${main.length} times`;
	return main.length > 0 ? undefined : 'the main request is missing';
}

function isMain(row: ContractVendor, request: RecordedRequest, { method, path }: AgentTool['operation']): boolean {
	const { pathname } = new URL(row.vendor.baseUrl(row.credentials('http://127.0.0.1')));
	return templateOf(contractsOf(row), request) === shapeOf(method, (pathname === '/' ? '' : pathname) + path);
}

function textOf(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content);
}

async function startVendor(client: N8nClient, row: ContractVendor, types: Awaited<ReturnType<N8nClient['nodeTypes']>>): Promise<StandInVendor> {
	const { credentialType: type, name, displayName } = row.vendor;
	const secretFields = VENDORS.find(({ credentialType }) => credentialType === type)?.secretFields ?? [];
	const recorder = await startStandIn(row);
	const secrets = Object.fromEntries(secretFields.map((field) => [field, `secret-${field}-${randomUUID()}`]));
	const data: ICredentialDataDecryptedObject = { ...row.credentials(recorder.origin), ...secrets };
	const credential = { name: `${displayName} stand-in`, type, id: '' };
	credential.id = await client.createCredential(credential.name, type, data as IDataObject);
	const nodeVersion = types.find((each) => each.name.endsWith(`.${name}Tool`))?.defaultVersion ?? 1;
	return { row, recorder, credential, secrets: Object.values(secrets), nodeVersion };
}
