// An AI agent of a real n8n works with the nodes as tools; a script stands in for the model.
import { randomUUID } from 'node:crypto';

import type { INode } from 'n8n-workflow';

import type { N8nClient, StoredWorkflow, WorkflowFile } from '../../scripts/n8n/client';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import { readWorkflows } from '../../scripts/n8n/workflows';
import { WORKFLOWS_FOLDER } from '../../scripts/n8n/paths';
import type { UjetSimulator } from '../simulators/ujet';
import { connectMcp } from './mcpClient';
import { type ChatMessage, type ModelStandIn, type ScriptedTurn, startModel, type Turn } from './modelStandIn';
import { signedInClient } from './session';

const WAITING_TIMEOUT_MS = 120_000;
const CHAT = 'When a Message Arrives';
const MODEL_KEY = 'key-of-the-model-provider';

/** A number on the do-not-call list of the demo account, one that is not, and the queue of its callbacks. */
const LISTED = '+14155550198';
const CALLABLE = '+14155550142';
const CALL_BACK_TIME = '2031-03-05T09:30:00+01:00';

/** What n8n keeps of an execution, as text: names and values only matter here. */
interface StoredExecution {
	status: string;
	data: string;
}

describe('an AI agent with UJET tools', () => {
	let client: N8nClient;
	let running: RunningVendor;
	let simulator: UjetSimulator;
	let model: ModelStandIn | undefined;
	let modelCredential: string | undefined;

	beforeEach(async () => {
		client = signedInClient();
		running = await startVendor(client, 'UJET');
		simulator = running.simulator as UjetSimulator;
	});
	afterEach(async () => {
		const sent = model?.sent() ?? '';
		expect(sent).not.toContain(MODEL_KEY);
		for (const field of running.vendor.secretFields) {
			expect(sent).not.toContain(String(running.credential.data[field]));
		}
		await model?.close();
		model = undefined;
		if (modelCredential !== undefined) await client.deleteCredential(modelCredential);
		modelCredential = undefined;
		await running.close();
	});

	/**
	 * Sends the ready-made agent a message, with a model that follows the script. Gives the id of the execution.
	 * @param change what differs from the workflow in the file
	 */
	async function chat(message: string, script: ScriptedTurn[], change = (workflow: WorkflowFile) => workflow): Promise<string> {
		model = await startModel(script);
		const access = { apiKey: MODEL_KEY, url: model.baseUrl };
		modelCredential = await client.createCredential('OpenAI account', 'openAiApi', access);
		const [{ workflow }] = readWorkflows(`${WORKFLOWS_FOLDER}/ai-agents`);
		const stored = await client.createWorkflow(change(workflow));
		return await startChat(stored, message);
	}

	async function startChat(stored: StoredWorkflow, chatInput: string): Promise<string> {
		const sessionId = `session-${stored.id}`;
		const items = [{ json: { action: 'sendMessage', sessionId, chatInput } }];
		const data = {
			startTime: Date.now(),
			executionTime: 0,
			executionIndex: 0,
			source: [null],
			data: { main: [items] },
		};
		const trigger = { name: CHAT, data: { ...data, executionStatus: 'success' } };
		return (await client.startWorkflow(stored, trigger, sessionId)) as string;
	}

	/** Waits until the execution waits for an answer from outside whose text has `words`, or has ended. */
	async function untilWaiting(id: string, words: string): Promise<StoredExecution> {
		return await waitFor(
			`execution ${id} to show "${words}"`,
			async () => {
				const execution = (await client.request('GET', `/rest/executions/${id}`)) as StoredExecution;
				if (['error', 'crashed', 'canceled'].includes(execution.status))
					throw new Error(execution.data.slice(0, 5_000));
				return execution.status !== 'running' && execution.data.includes(words) ? execution : undefined;
			},
			{ timeoutMs: WAITING_TIMEOUT_MS },
		);
	}

	/** Follows the link of a button of the review, as the person does who selects it. */
	async function decide({ data }: StoredExecution, decision: 'approved' | 'declined'): Promise<void> {
		const links = [...data.matchAll(/https?:[^"\\\s]*webhook-waiting[^"\\\s]*/g)].map(([link]) => link);
		const wanted = decision === 'approved' ? 'approved=true' : 'approved=false';
		const link = links.find((candidate) => candidate.includes(wanted));
		if (link === undefined) throw new Error(`No link to select: ${links.join(', ')}`);
		// n8n does not take the visit of a program for a decision.
		const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0' };
		const answer = await fetch(link.replace(/^https?:\/\/[^/]+/, client.origin), { headers });
		expect(answer.status).toBe(200);
	}

	/** Results of tools in the last request to the model. */
	function toolResults(): string[] {
		const messages = model?.requests.at(-1)?.messages ?? [];
		return messages.filter(({ role }) => role === 'tool').map(({ content }) => JSON.stringify(content));
	}

	const booked = () => simulator.journal.writes('call.create').map(({ payload }) => payload as Record<string, unknown>);

	const book: Turn = {
		calls: [
			{
				tool: 'Book a Callback',
				parameters: {
					toolParameters: { Queue_ID: 44, Customer_Phone_Number: CALLABLE, Callback_Time: CALL_BACK_TIME },
					hitlParameters: {},
				},
			},
		],
	};

	/** Takes the call's ID out of what the last tool returned, as a model does. */
	const leaveNote = (messages: ChatMessage[]): Turn => {
		const [, id] = /"id\\*":(\d+)/.exec(JSON.stringify(messages.at(-1)?.content)) ?? [];
		return { calls: [{ tool: 'Leave a Note', parameters: { Call_ID: id, Note: 'About the invoice' } }] };
	};

	it('corrects a refused value, asks a person, books one call and leaves a note', async () => {
		const id = await chat('Call crm-000481 back on 5 March at 9:30', [
			{ calls: [{ tool: 'Check the Do-Not-Call List', parameters: { Phone_Number: '555-0142' } }] },
			{ calls: [{ tool: 'Check the Do-Not-Call List', parameters: { Phone_Number: CALLABLE } }] },
			{ calls: [{ tool: 'Find Queues', parameters: {} }] },
			book,
			leaveNote,
			{ says: 'The callback is booked.' },
		]);
		const review = await untilWaiting(id, 'Book this callback?');
		expect(booked()).toEqual([]);
		await decide(review, 'approved');
		await untilWaiting(id, 'The callback is booked.');
		const results = toolResults();
		expect(results[0]).toContain('Phone Number');
		expect(results[1]).toContain('notListed');
		expect(booked()).toHaveLength(1);
		expect(booked()[0]).toMatchObject({ end_user_number: CALLABLE, call_type: 'Voice Scheduled (API)' });
		const call = simulator.account.calls.get(Number(booked()[0].id));
		expect(call?.customData.note).toMatchObject({ value: 'About the invoice' });
	});

	it('is told by the message alone what was wrong with each of three calls', async () => {
		const past: Turn = {
			calls: [
				{
					tool: 'Book a Callback',
					parameters: {
						toolParameters: { Queue_ID: 44, Customer_Phone_Number: CALLABLE, Callback_Time: '2020-03-05T09:30:00+01:00' },
						hitlParameters: {},
					},
				},
			],
		};
		const id = await chat('Call nobody back yesterday', [
			{ calls: [{ tool: 'Look Up a Customer', parameters: { Customer_Identifier: 'crm-999999' } }] },
			{ calls: [{ tool: 'Leave a Note', parameters: { Call_ID: 'the last one', Note: 'About the invoice' } }] },
			past,
			{ says: 'I cannot do any of this.' },
		]);
		await decide(await untilWaiting(id, 'Book this callback?'), 'approved');
		await untilWaiting(id, 'I cannot do any of this.');
		const [customer, note, time] = toolResults();
		expect(customer).toContain('crm-999999');
		expect(note).toMatch(/'Call ID'.*expected .*got 'the last one'.*Nothing was sent/);
		expect(time).toMatch(/'Scheduled At'.*expected .*future.*now.*got '2020-03-05T09:30:00\+01:00'.*Nothing was sent/);
		expect(booked()).toEqual([]);
	});

	it('calls nobody when the person declines', async () => {
		const id = await chat('Call +1 415 555 0142 back on 5 March at 9:30', [book, { says: 'Nothing was booked.' }]);
		await decide(await untilWaiting(id, 'Book this callback?'), 'declined');
		await untilWaiting(id, 'Nothing was booked.');
		expect(booked()).toEqual([]);
	});

	it('learns that a number is on the do-not-call list', async () => {
		const check: Turn = { calls: [{ tool: 'Check the Do-Not-Call List', parameters: { Phone_Number: LISTED } }] };
		const id = await chat(`May we call ${LISTED}?`, [check, { says: 'No, the number is listed.' }]);
		await untilWaiting(id, 'No, the number is listed.');
		expect(toolResults()[0]).toContain('\\"listed\\":true');
	});

	it('does the same with AI Agent 2.2 when its tools continue on errors: that agent shows the model no error of a tool', async () => {
		const check = (number: string): Turn => ({ calls: [{ tool: 'Check the Do-Not-Call List', parameters: { Phone_Number: number } }] });
		const script = [check('555-0142'), check(CALLABLE), { says: 'The number may be called.' }];
		const id = await chat(`May we call ${CALLABLE}?`, script, withAgent22);
		await untilWaiting(id, 'The number may be called.');
		expect(toolResults()[0]).toContain("Invalid value for 'Phone Number'");
		expect(toolResults()[1]).toContain('notListed');
		expect(model?.requests[0].tools?.map(({ function: tool }) => tool.name)).not.toContain('Book_a_Callback');
	});

	it('offers its tools to programs outside n8n through an MCP Server Trigger', async () => {
		const token = 'token-of-the-mcp-client';
		const access = await client.createCredential('MCP clients', 'httpBearerAuth', { token });
		const path = `contact-center-${randomUUID()}`;
		const stored = await client.createWorkflow(mcpServer(path, access));
		await client.activate(stored);
		try {
			const url = `${client.origin}/mcp/${path}`;
			await expect(connectMcp(url, 'another token')).rejects.toThrow('403');
			const server = await connectMcp(url, token);
			const tools = await server.tools();
			expect(tools.map(({ name }) => name).sort()).toEqual(['Check_the_Do-Not-Call_List', 'Find_Queues']);
			const [check] = tools.filter(({ name }) => name.startsWith('Check'));
			expect(check.description).toContain('do-not-call list');
			expect(Object.keys(check.inputSchema.properties ?? {})).toEqual(['Phone_Number']);
			expect(await server.call(check.name, { Phone_Number: LISTED })).toContain('listed');
			expect(await server.call(check.name, { Phone_Number: CALLABLE })).toContain('notListed');
			const refused = await server.call(check.name, { Phone_Number: '555-0142' });
			expect(refused).toContain("Invalid value for 'Phone Number'");
			expect(refused).toContain('Nothing was sent');
			expect(await server.call('Find_Queues', {})).toContain('Web');
			for (const field of running.vendor.secretFields) {
				expect(JSON.stringify(tools) + refused).not.toContain(String(running.credential.data[field]));
			}
		} finally {
			await client.deactivate(stored);
			await client.deleteCredential(access);
		}
	});
});

/** The ready-made agent on an older version of n8n's agent, without the tools that need a review. */
function withAgent22(workflow: WorkflowFile): WorkflowFile {
	const without = ['Ask a Person', 'Book a Callback'];
	const nodes = workflow.nodes.filter(({ name }) => !without.includes(name));
	const changed = nodes.map((node): INode => {
		if (node.type.endsWith('.agent')) return { ...node, typeVersion: 2.2 };
		return node.type.endsWith('Tool') ? { ...node, onError: 'continueRegularOutput' } : node;
	});
	const connections = Object.fromEntries(Object.entries(workflow.connections).filter(([name]) => !without.includes(name)));
	return { ...workflow, nodes: changed, connections };
}

/** Two tools of the ready-made agent behind a trigger that models outside n8n connect to. */
function mcpServer(path: string, credential: string): WorkflowFile {
	const [{ workflow }] = readWorkflows(`${WORKFLOWS_FOLDER}/ai-agents`);
	const tools = workflow.nodes.filter(({ name }) => ['Check the Do-Not-Call List', 'Find Queues'].includes(name));
	const trigger: INode = {
		id: 'mcp',
		name: 'MCP Server Trigger',
		type: '@n8n/n8n-nodes-langchain.mcpTrigger',
		typeVersion: 2,
		position: [0, 0],
		webhookId: randomUUID(),
		parameters: { authentication: 'bearerAuth', path },
		credentials: { httpBearerAuth: { id: credential, name: 'MCP clients' } },
	};
	const link = { ai_tool: [[{ node: trigger.name, type: 'ai_tool' as const, index: 0 }]] };
	return {
		name: 'MCP server',
		nodes: [trigger, ...tools],
		connections: Object.fromEntries(tools.map(({ name }) => [name, link])),
		settings: { executionOrder: 'v1' },
	};
}
