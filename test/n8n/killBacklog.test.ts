// n8n is killed again and again while triggers drain a backlog, as after a night in which it was away.
import type { RunningVendor } from '../../scripts/n8n/vendors';
import { waitFor } from '../../scripts/n8n/wait';
import type { IAdvizeSimulator } from '../simulators/iadvize';
import { runs } from '../support/runs';
import { createWatcher, KilledN8n, startPolledVendor } from './killing';

const OPENED_WITHIN_MS = 240_000;
const BACKLOG = runs(1_000, 5_000);
const KILLS = runs(2, 6);

/** n8n claims a workflow while it activates it, its first poll included; after a kill it waits for the end of the claim, two minutes by default. */
const claimOfASecond = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '1', N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000' };

describe('n8n is killed while a backlog is drained', () => {
	let n8n: KilledN8n;
	let running: RunningVendor;

	beforeAll(async () => {
		n8n = await KilledN8n.open(claimOfASecond);
		running = await startPolledVendor(n8n.bench);
	}, OPENED_WITHIN_MS);

	afterAll(async () => {
		await running?.close();
		await n8n?.close();
	});

	it('hands each record over: May Repeat loses none, May Lose repeats none', async () => {
		const { account, journal, faults } = running.simulator as IAdvizeSimulator;
		const workflows = [
			await createWatcher(n8n.bench, running, 'May repeat', 'mayRepeat'),
			await createWatcher(n8n.bench, running, 'May lose', 'mayLose'),
		];
		const before = journal.total;
		for (const workflow of workflows) await workflow.activate();
		// Both have polled twice, so that both know what is new.
		await waitFor('the first polls', () => (journal.total >= before + 6 ? true : undefined), { timeoutMs: 60_000 });
		await n8n.kill();
		const start = Date.now();
		const ids = Array.from({ length: BACKLOG }, (_, index) =>
			String(account.addConversation({ created_at: account.localTime(start - (BACKLOG - index) * 10) }).id),
		);
		// Pages take their time, so that kills come in the middle of a poll as well as after it.
		faults.script(Array.from({ length: 2_000 }, () => ({ kind: 'latency' as const, latencyMs: 40 })));
		for (let kill = 0; kill < KILLS; kill++) {
			await n8n.start();
			const pages = journal.total + 4 + kill * 5;
			await waitFor('some pages', () => (journal.total >= pages ? true : undefined), { timeoutMs: 60_000, intervalMs: 1 });
			await n8n.kill();
		}
		faults.script([]);
		await n8n.start();
		const last = String(account.addConversation().id);
		for (const workflow of workflows) await workflow.untilNoticed(last);
		const [repeated, once] = [await workflows[0].noticedIds(), await workflows[1].noticedIds()];
		for (const workflow of workflows) await workflow.deactivate();

		const missingOf = (found: string[]) => [...ids, last].filter((id) => !found.includes(id));
		process.stdout.write(
			`May Repeat: ${repeated.length - new Set(repeated).size} repeated, ${missingOf(repeated).length} lost; ` +
				`May Lose: ${once.length - new Set(once).size} repeated, ${missingOf(once).length} lost of ${BACKLOG + 1}\n`,
		);
		expect(missingOf(repeated)).toEqual([]);
		expect(once.length).toBe(new Set(once).size);
		// Each kill takes at most the records of one poll, which lie side by side.
		const isLost = [...ids, last].map((id) => !once.includes(id));
		expect(isLost.filter((lost, index) => lost && isLost[index - 1] !== true).length).toBeLessThanOrEqual(KILLS);
	}, 600_000);
});
