// Measures how long a vendor waits for the answer of an instant trigger in the real n8n, and writes bench/INSTANT.md.
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { N8nClient, StoredWorkflow } from '../scripts/n8n/client';
import { type RunningVendor, startVendor } from '../scripts/n8n/vendors';
import { waitFor } from '../scripts/n8n/wait';
import { openWorkbench } from '../scripts/n8n/workbench';
import { createInstantWorkflow, createWebhookCredential, push, sessionNotice } from '../test/n8n/instant';

const connections = 5;
const endsWithinMs = 300_000;

/** How the events are sent. */
interface Load {
	what: string;
	requests: number;
	/** Events of one request. */
	batch: number;
	/** Milliseconds over which the deliveries are spread; 0 as fast as five connections take them. */
	overMs: number;
}

const loads: Load[] = [
	{ what: '1,000 events in 50 requests, spread over ten seconds', requests: 50, batch: 20, overMs: 10_000 },
	{ what: '1,000 events in 50 requests, five at a time without a pause', requests: 50, batch: 20, overMs: 0 },
	{ what: '80 events in 80 requests, spread over ten seconds', requests: 80, batch: 1, overMs: 10_000 },
];

/** What takes the requests. */
interface Taker {
	what: string;
	parameters: INodeParameters;
	/** n8n's own Webhook node in the place of the trigger. */
	isWebhookNode?: boolean;
}

const takers: Taker[] = [
	{ what: 'UJET Instant Trigger', parameters: { sender: 'sessionEvents', events: ['callAnswered'], output: 'sent' } },
	{
		what: "n8n's Webhook node, which checks nothing",
		parameters: { httpMethod: 'POST', path: '', responseMode: 'onReceived', options: {} },
		isWebhookNode: true,
	},
];

/** How n8n is set up. Its expression engine starts with every webhook and execution, or only where an expression is evaluated. */
const settings: Array<{ what: string; env: NodeJS.ProcessEnv }> = [
	{ what: 'as installed', env: {} },
	{ what: 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true', env: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } },
];

interface Result {
	setting: string;
	load: Load;
	taker: Taker;
	/** Milliseconds of every answer, repeats included. */
	answers: number[];
}

/** Sends the events of each kind of load to a real n8n, a tenth of the requests twice, and counts what the workflow got. */
export async function benchInstant(rounds: number): Promise<void> {
	const before = loadavg()[0];
	const results: Result[] = [];
	for (const { what, env } of settings) results.push(...(await measureAll(what, env, rounds)));
	writeFileSync(join(__dirname, 'INSTANT.md'), page(results, rounds, before));
}

async function measureAll(setting: string, env: NodeJS.ProcessEnv, rounds: number): Promise<Result[]> {
	const { client, close } = await openWorkbench({ report: console.log, env });
	try {
		// The first requests load and compile much that is never loaded again.
		await measure(client, loads[1], takers[0]);
		const results: Result[] = [];
		for (let round = 0; round < rounds; round++) {
			for (const load of loads) {
				for (const taker of takers) results.push({ setting, load, taker, answers: await measure(client, load, taker) });
			}
		}
		return results;
	} finally {
		await close();
	}
}

/** Milliseconds of the answers, once it is certain that the workflow got every event. */
async function measure(client: N8nClient, load: Load, taker: Taker): Promise<number[]> {
	const running = await startVendor(client, 'UJET');
	const { workflow, address } = await createWorkflow(client, running, taker);
	await client.activate(workflow);
	try {
		const answers = await send(address, load);
		const executions = await executionsOf(client, workflow);
		checkEvents(executions.flat(), load, taker);
		console.log(`${load.what}, ${taker.what}: slowest answer ${Math.round(Math.max(...answers))} ms`);
		return answers;
	} finally {
		await client.deactivate(workflow);
		await running.close();
	}
}

async function createWorkflow(client: N8nClient, running: RunningVendor, { parameters, isWebhookNode }: Taker) {
	if (isWebhookNode !== true) {
		const webhookCredential = await createWebhookCredential(client);
		return await createInstantWorkflow(client, { vendor: running, webhookCredential, parameters });
	}
	const webhookId = randomUUID();
	const workflow = await client.createWorkflow({
		name: 'Webhook',
		nodes: [
			{
				id: 'trigger',
				name: 'Trigger',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId,
				parameters: { ...parameters, path: webhookId },
			},
		],
		connections: {},
		settings: { executionOrder: 'v1' },
	});
	return { workflow, address: `${client.origin}/webhook/${webhookId}` };
}

/** Every call once; n8n's Webhook node hands repeats on, and that is not counted against it. */
function checkEvents(rows: IDataObject[], { requests, batch }: Load, { isWebhookNode, what }: Taker): void {
	const ids = isWebhookNode
		? [...new Set(rows.flatMap(({ body }) => callsOf(body as IDataObject)))]
		: rows.map(({ id }) => Number(id));
	const expected = Array.from({ length: requests * batch }, (_, index) => index + 1);
	const found = ids.sort((first, second) => first - second);
	if (JSON.stringify(found) !== JSON.stringify(expected)) throw new Error(`${what}: ${ids.length} events came`);
}

function callsOf({ events }: IDataObject): number[] {
	return (events as Array<{ item: { call_id: number } }>).map(({ item }) => item.call_id);
}

/** Milliseconds of the answers. Every tenth request is sent a second time, some right after and some much later. */
async function send(address: string, { requests: count, batch, overMs }: Load): Promise<number[]> {
	const requests = Array.from({ length: count }, (_, index) =>
		Array.from({ length: batch }, (_, place) => sessionNotice(index * batch + place + 1, 'answered')),
	);
	const repeated = requests.filter((_, index) => index % 10 === 0);
	const deliveries = [...requests, ...repeated];
	const answers: number[] = [];
	const deliver = async (notices: IDataObject[]): Promise<void> => {
		const began = performance.now();
		const { status, text } = await push(address, notices);
		answers.push(performance.now() - began);
		if (status !== 200) throw new Error(`Answered ${status} ${text}`);
	};
	if (overMs > 0) {
		const every = overMs / deliveries.length;
		const began = performance.now();
		await Promise.all(
			deliveries.map(async (notices, index) => {
				await pause(index * every - (performance.now() - began));
				await deliver(notices);
			}),
		);
		return answers;
	}
	const sender = async (): Promise<void> => {
		for (let notices = deliveries.shift(); notices !== undefined; notices = deliveries.shift()) await deliver(notices);
	};
	await Promise.all(Array.from({ length: connections }, sender));
	return answers;
}

/** What each execution of the workflow handed over, once all have ended. */
async function executionsOf(client: N8nClient, workflow: StoredWorkflow): Promise<IDataObject[][]> {
	const summaries = await waitFor('all executions to end', async () => await endedExecutions(client, workflow), {
		timeoutMs: endsWithinMs,
		intervalMs: 2_000,
	});
	const executions: IDataObject[][] = [];
	for (const { id } of summaries) {
		const { outputs } = await client.execution(id);
		executions.push((outputs.Trigger ?? []).flat().map(({ json }) => json));
	}
	return executions;
}

async function endedExecutions(
	client: N8nClient,
	{ id: workflowId }: StoredWorkflow,
): Promise<Array<{ id: string }> | undefined> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = (await client.request('GET', `/rest/executions?limit=100&filter=${filter}`)) as {
		results: Array<{ id: string; status: string }>;
	};
	return results.some(({ status }) => status !== 'success') ? undefined : results;
}

function page(results: Result[], rounds: number, loadBefore: number): string {
	const groups = settings.flatMap(({ what: setting }) =>
		loads.flatMap((load) => takers.map((taker) => ({ setting, load, taker }))),
	);
	const rows = groups.map(({ setting, load, taker }) => {
		const answers = results
			.filter((result) => result.setting === setting && result.load === load && result.taker === taker)
			.flatMap((result) => result.answers)
			.sort((first, second) => first - second);
		const at = (share: number): string => String(Math.round(answers[Math.ceil(share * answers.length) - 1]));
		return [setting, load.what, taker.what, at(0.5), at(0.99), at(1)];
	});
	const head = ['n8n', 'sent', 'to', 'median (ms)', '99 % (ms)', 'slowest (ms)'];
	const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
	const machine = `Node.js ${process.version}, ${cpus().length} processors (${cpus()[0].model.trim()}), load average ${loadBefore.toFixed(1)} at the start and ${loadavg()[0].toFixed(1)} at the end`;
	return [
		'# Answers of an instant trigger',
		'',
		'Written by `npm run bench -- --instant`: how long UJET waits for the answer to a request with events, in n8n 2.41.1, one process with its SQLite database. ' +
			`Every tenth request is sent twice; each event started the workflow of the instant trigger once, which the benchmark checks. Times are of all requests of ${rounds === 1 ? 'one round' : `${rounds} rounds`}, repeats included, measured in turn. ${machine}. Where the machine has other work, compare the rows.`,
		'',
		...table,
		'',
	].join('\n');
}
