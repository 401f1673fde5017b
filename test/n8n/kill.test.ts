// n8n is killed while it polls and while it writes.
import type { StoredWorkflow } from '../../scripts/n8n/client';
import type { RunningVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import type { Workbench } from '../../scripts/n8n/workbench';
import type { IAdvizeSimulator } from '../simulators/iadvize';
import { createWatcher, KilledN8n, startPolledVendor } from './killing';
import { openQueueBench } from './queueBench';
import { createWriter, startNode } from './storedWorkflow';

const OPENED_WITHIN_MS = 240_000;
const WRITES = 40;

/** A workflow that creates operators one after the other, each with an address of its own. */
async function createOperators(bench: Workbench, running: RunningVendor): Promise<StoredWorkflow> {
	const emails = Array.from({ length: WRITES }, (_, item) => `item${item}@example.com`);
	return await createWriter(bench.client, running, emails, { retryOnFail: true });
}

/** Starts the writer and waits until a part of its items is written. Gives the execution's ID. */
async function startWriting(bench: Workbench, writer: StoredWorkflow, running: RunningVendor): Promise<string> {
	// Each takes a while, so that the kill comes between two of them.
	running.simulator.faults.script(Array.from({ length: WRITES }, () => ({ kind: 'latency', latencyMs: 300 })));
	const executionId = (await bench.client.startWorkflow(writer, { name: startNode.name })) as string;
	await waitFor('some writes', () => (written(running).length >= 3 ? true : undefined), { timeoutMs: 60_000, intervalMs: 5 });
	return executionId;
}

function written({ simulator }: RunningVendor): string[] {
	return simulator.journal.writes('operator.create').map(({ payload }) => (payload as { email: string }).email);
}

describe('n8n is killed', () => {
	let n8n: KilledN8n;
	let running: RunningVendor;

	beforeAll(async () => {
		n8n = await KilledN8n.open();
		running = await startPolledVendor(n8n.bench);
	}, OPENED_WITHIN_MS);

	afterAll(async () => {
		await running?.close();
		await n8n?.close();
	});

	it('while it polls: May Repeat loses no record, May Lose repeats none and loses those of one poll at most', async () => {
		const { account } = running.simulator as IAdvizeSimulator;
		const mayRepeat = await createWatcher(n8n.bench, running, 'May repeat', 'mayRepeat');
		const mayLose = await createWatcher(n8n.bench, running, 'May lose', 'mayLose');
		for (const workflow of [mayRepeat, mayLose]) await workflow.activate();
		const added: string[] = [];
		const add = () => added.push(String(account.addConversation().id));
		const timer = setInterval(add, 100);
		const untilBothNoticed = async (id: string) => {
			for (const workflow of [mayRepeat, mayLose]) await workflow.untilNoticed(id);
		};
		try {
			for (let kill = 0; kill < 2; kill++) {
				const [first] = [added.length, add()];
				await untilBothNoticed(added[first]);
				// Right after a poll has asked the vendor, n8n works on what it got.
				const { journal } = running.simulator;
				const before = journal.total;
				await waitFor('a poll', () => (journal.total > before ? true : undefined), { timeoutMs: 30_000, intervalMs: 1 });
				await n8n.crash();
			}
		} finally {
			clearInterval(timer);
		}
		add();
		await untilBothNoticed(added.at(-1)!);
		for (const workflow of [mayRepeat, mayLose]) await workflow.deactivate();

		const repeated = await mayRepeat.noticedIds();
		expect(added.filter((id) => !repeated.includes(id))).toEqual([]);
		const once = await mayLose.noticedIds();
		expect(once.filter((id, index) => once.indexOf(id) !== index)).toEqual([]);
		// Each kill takes at most the records of one poll, which lie side by side.
		const isLost = added.map((id) => !once.includes(id));
		const gaps = isLost.filter((lost, index) => lost && isLost[index - 1] !== true).length;
		process.stdout.write(`${added.length} records, ${repeated.length - added.length} repeated, ${added.length - once.length} lost in ${gaps} gaps\n`);
		expect(gaps).toBeLessThanOrEqual(2);
	}, 400_000);

	it('while it writes: what was carried out is not sent again after the restart', async () => {
		const writer = await createOperators(n8n.bench, running);
		const execution = await startWriting(n8n.bench, writer, running);
		await n8n.crash();
		const { status } = await n8n.bench.client.finishedExecution(execution);
		const emails = written(running);
		process.stdout.write(`${emails.length} of ${WRITES} written, then ${status}\n`);
		expect(new Set(emails).size).toBe(emails.length);
		expect(emails.length).toBeLessThan(WRITES);
		running.simulator.faults.script([]);
		// Whatever n8n resumes at its start would have been sent by the time that another run has finished.
		const simulated = running.simulator.journal.total;
		await waitFor('n8n to work again', async () => (await n8n.bench.client.executions(writer.id)).length > 0 || undefined, { timeoutMs: 30_000 });
		expect(running.simulator.journal.total).toBe(simulated);
	}, 300_000);
});

describe('a worker is killed', () => {
	it('while it writes: what was carried out is not sent again by another worker', async () => {
		// A worker counts as dead after a second instead of half a minute.
		const bench = await openQueueBench(2, {
			QUEUE_WORKER_LOCK_DURATION: '1000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '300',
			QUEUE_WORKER_STALLED_INTERVAL: '1000',
		});
		let running: RunningVendor | undefined;
		try {
			running = await startPolledVendor(bench);
			const writer = await createOperators(bench, running);
			const execution = await startWriting(bench, writer, running);
			const isRunning = new RegExp(`Worker started execution ${execution} `);
			const index = await waitFor('the worker', () => {
				const found = bench.workers.findIndex((worker) => isRunning.test(worker.logs()));
				return found < 0 ? undefined : found;
			}, { timeoutMs: 30_000 });
			await bench.workers[index].process.kill();
			const { status } = await bench.client.finishedExecution(execution, 120_000);
			const emails = written(running);
			process.stdout.write(`${emails.length} of ${WRITES} written, then ${status}\n`);
			expect(emails.filter((email, position) => emails.indexOf(email) !== position)).toEqual([]);
		} finally {
			await running?.close();
			await bench.close();
		}
	}, 480_000);
});
