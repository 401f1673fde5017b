// Instant triggers in queue mode: a process of its own takes the requests, workers carry the executions out.
import type { N8nServer } from '../../scripts/n8n/server';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import type { PushAnswer } from '../simulators/kit';
import { createInstantWorkflow, createWebhookCredential, push, refused, sessionNotice, Sink, taken } from './instant';
import { openQueueBench, type QueueBench } from './queueBench';

const WORKERS = 2;
const EVENTS = 30;
const OPENED_WITHIN_MS = 300_000;

describe('the UJET Instant Trigger in queue mode', () => {
	let bench: QueueBench;
	let running: RunningVendor;
	let webhooks: N8nServer;
	let sink: Sink;

	beforeAll(async () => {
		bench = await openQueueBench(WORKERS);
		running = await startVendor(bench.client, 'UJET');
		webhooks = await bench.startWebhooks();
	}, OPENED_WITHIN_MS);

	beforeEach(async () => {
		sink = await Sink.open();
	});
	afterEach(async () => await sink.close());

	afterAll(async () => {
		await running?.close();
		await bench?.close();
	});

	// n8n reads the body itself for version 1, by an expression, and leaves more to the node from version 2 on.
	it.each([1, 2])(
		'of version %s starts the workflow once for each event that both processes take, on both workers',
		async (typeVersion) => {
			const webhookCredential = await createWebhookCredential(bench.client);
			const parameters = { sender: 'sessionEvents', events: ['callAnswered'], output: 'sent' };
			const { workflow, path, address } = await createInstantWorkflow(bench.client, {
				vendor: running,
				typeVersion,
				webhookCredential,
				parameters,
				sink,
			});
			await bench.client.activate(workflow);

			const ids = Array.from({ length: EVENTS }, (_, index) => 1_000 + index);
			const answers: PushAnswer[] = [];
			for (const id of ids) {
				const notice = sessionNotice(id, 'answered');
				answers.push(await push(webhooks.origin + path, [notice]));
				// The main process knows nothing of what the other one took.
				if (id % 10 === 0) answers.push(await push(address, [notice]));
			}
			expectTaken(answers);
			await sink.untilReceived(EVENTS, 180_000);
			expect(await push(webhooks.origin + path, [sessionNotice(1, 'answered')], 'wrong')).toEqual(refused);
			await bench.client.deactivate(workflow);
			const gone = { status: 404, text: expect.any(String) as string };
			expect(await push(webhooks.origin + path, [sessionNotice(2, 'answered')])).toEqual(gone);

			expect(sink.received.map(({ id }) => Number(id)).sort((first, second) => first - second)).toEqual(ids);
			for (const worker of bench.workers) expect(worker.logs()).toMatch(/Worker finished execution/);
		},
		6 * 60_000,
	);

	/** Shows what else was answered, and what n8n says of it. */
	function expectTaken(answers: PushAnswer[]): void {
		const others = answers.filter(({ status }) => status !== taken.status);
		const logs = others.length === 0 ? [] : [webhooks, bench.n8n].map((server) => server.logs().split('\n').slice(-30));
		expect({ others, logs }).toEqual({ others: [], logs: [] });
	}
});
