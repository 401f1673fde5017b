import type { StoredWorkflow } from '../../scripts/n8n/client';
import { type RunningVendor, startVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import { openQueueBench, type QueueBench } from './queueBench';
import { createWriter, startNode } from './storedWorkflow';
import { TRIGGER_CASES } from './triggerCases';
import { WatchingWorkflow } from './watching';

const VENDOR = 'iAdvize';
const WORKERS = 2;
const RUNS = 4;
const ITEMS_PER_RUN = 10;
const OPENED_WITHIN_MS = 180_000;

describe('queue mode', () => {
	let bench: QueueBench;
	let running: RunningVendor;

	beforeAll(async () => {
		bench = await openQueueBench(WORKERS);
		running = await startVendor(bench.client, VENDOR);
	}, OPENED_WITHIN_MS);

	afterAll(async () => {
		await running?.close();
		await bench?.close();
	});

	/** Number of the worker that carried an execution out; undefined when none says so. */
	function workerOf(executionId: string): number | undefined {
		const finished = new RegExp(`Worker finished execution ${executionId} `);
		const index = bench.workers.findIndex((worker) => finished.test(worker.logs()));
		return index < 0 ? undefined : index;
	}

	/** A workflow that creates operators, each with an address of its own. */
	async function createRun(run: number): Promise<StoredWorkflow> {
		const emails = Array.from({ length: ITEMS_PER_RUN }, (_, item) => `run${run}-${item}@example.com`);
		return await createWriter(bench.client, running, emails);
	}

	it("spreads runs over the workers, keeps to the vendor's limit together and writes nothing twice", async () => {
		const { journal, faults } = running.simulator;
		journal.clear();
		faults.limit({ requestsPerSecond: 10, burst: 5 });
		const writers = await Promise.all(Array.from({ length: RUNS }, async (_, run) => await createRun(run)));
		const executions = await Promise.all(
			writers.map(async (writer) => await bench.client.runWorkflow(writer, startNode.name)),
		);
		faults.limit(undefined);

		expect(executions.map(({ status, error }) => ({ status, error }))).toEqual(
			executions.map(() => ({ status: 'success', error: undefined })),
		);
		expect(new Set(executions.map(({ id }) => workerOf(id)))).toEqual(new Set([0, 1]));
		const written = journal.writes('operator.create').map(({ payload }) => (payload as { email: string }).email);
		expect(written).toHaveLength(RUNS * ITEMS_PER_RUN);
		expect(new Set(written).size).toBe(RUNS * ITEMS_PER_RUN);
		// The workers know nothing of each other; what the vendor refuses tells them to slow down.
		expect(journal.count(({ rateLimited }) => rateLimited)).toBeLessThan(written.length / 2);
	});

	it('polls in the main process, runs on workers, and starts a workflow once for each record, also after a restart', async () => {
		const trigger = TRIGGER_CASES.find(({ vendor }) => vendor === VENDOR);
		if (!trigger) throw new Error(`No trigger case for ${VENDOR}`);
		const { simulator } = running;
		const workflow = await WatchingWorkflow.create(bench.client, trigger, running.credential, 'Queued');
		await workflow.activate();

		const added: string[] = [];
		const addAndWait = async (): Promise<void> => {
			const id = await trigger.addRecord(simulator);
			added.push(String(id));
			await workflow.untilNoticed(id);
		};
		await addAndWait();
		await addAndWait();
		await bench.restartMain(async () => {
			added.push(String(await trigger.addRecord(simulator)));
		});
		await addAndWait();
		await untilPolled(3);
		await workflow.deactivate();

		expect(await workflow.noticedIds()).toEqual(added);
		expect((await workflow.executionIds()).map(workerOf)).not.toContain(undefined);
	});

	/** Waits until the trigger has asked the vendor so many times more. */
	async function untilPolled(times: number): Promise<void> {
		const { journal } = running.simulator;
		const wanted = journal.total + times;
		await waitFor('further polls', () => (journal.total >= wanted ? true : undefined), { timeoutMs: 30_000 });
	}
});
