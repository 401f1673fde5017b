// Instant triggers in queue mode: a process of its own takes the requests, workers carry the executions out.
import { type RunningVendor, startVendors, VENDORS } from '../../scripts/n8n/vendors';
import { createInstantWorkflow, createWebhookCredential, push, sessionNotice, Sink } from './instant';
import { openQueueBench, type QueueBench } from './queueBench';

const WORKERS = 2;
const EVENTS = 30;
const OPENED_WITHIN_MS = 300_000;

describe('the UJET Instant Trigger in queue mode', () => {
	let bench: QueueBench;
	let running: RunningVendor;
	let sink: Sink;

	beforeAll(async () => {
		bench = await openQueueBench(WORKERS);
		[running] = await startVendors(
			bench.client,
			VENDORS.filter(({ name }) => name === 'UJET'),
		);
		sink = await Sink.open();
	}, OPENED_WITHIN_MS);

	afterAll(async () => {
		await sink?.close();
		await running?.close();
		await bench?.close();
	});

	it(
		'starts the workflow once for each event that both processes take, on both workers',
		async () => {
			const credential = await createWebhookCredential(bench.client);
			const parameters = { events: ['callAnswered'], output: 'sent' };
			const { workflow, path, address } = await createInstantWorkflow(
				bench.client,
				running,
				credential,
				parameters,
				sink,
			);
			const webhooks = await bench.startWebhooks();
			await bench.client.activate(workflow);

			const ids = Array.from({ length: EVENTS }, (_, index) => 1_000 + index);
			for (const id of ids) {
				const notice = sessionNotice(id, 'answered');
				expect((await push(webhooks.origin + path, [notice])).status).toBe(200);
				// The main process knows nothing of what the other one took.
				if (id % 10 === 0) expect((await push(address, [notice])).status).toBe(200);
			}
			await sink.untilReceived(EVENTS, 180_000);
			expect((await push(webhooks.origin + path, [sessionNotice(1, 'answered')], 'wrong')).status).toBe(401);
			await bench.client.deactivate(workflow);
			expect((await push(webhooks.origin + path, [sessionNotice(2, 'answered')])).status).toBe(404);

			expect(sink.received.map(({ id }) => Number(id)).sort((first, second) => first - second)).toEqual(ids);
			for (const worker of bench.workers) expect(worker.logs()).toMatch(/Worker finished execution/);
		},
		6 * 60_000,
	);
});
