import { jsonOf } from '../../support/engine';
import { eventCases, prepareEvents, running } from './eventCases';
import { startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const minute = 60_000;

describe('the UJET Trigger', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench({ jobs: 'reads' });
		prepareEvents(bench.simulator, bench.demo);
	});
	afterEach(async () => await bench.close());

	const idsOf = (items: Awaited<ReturnType<Awaited<ReturnType<Bench['poller']>>['poll']>>, name = 'id') =>
		jsonOf(items ?? []).map((row) => row[name]);

	test.each(eventCases)(
		'$event: nothing old, the new record once, nothing twice after a restart',
		async ({ event, parameters, happen, shows, id = 'id' }) => {
			const poller = await bench.poller({ event, ...parameters?.(bench.demo) });
			expect(await poller.poll()).toBeNull();
			expect(await poller.poll()).toBeNull();
			bench.simulator.advance(minute);
			const expected = happen(bench.simulator, bench.demo);
			const items = (await poller.poll()) ?? [];
			expect(idsOf(items, id)).toEqual([expected]);
			if (shows !== undefined) expect(items[0].json).toMatchObject(shows);
			poller.restart('lastEmission');
			expect(await poller.poll()).toBeNull();
		},
	);

	const formerCases = eventCases.filter(({ showed }) => showed !== undefined);

	test.each(formerCases)('$event: a workflow of 0.1.0 gets the states as it did', async ({ event, parameters, happen, showed }) => {
		const poller = await bench.poller({ event, ...parameters?.(bench.demo) }, { typeVersion: 1 });
		expect(await poller.poll()).toBeNull();
		bench.simulator.advance(minute);
		happen(bench.simulator, bench.demo);
		const [{ json }] = (await poller.poll()) ?? [];
		expect(json).toMatchObject(showed ?? {});
		expect(json).not.toHaveProperty('after');
	});

	test.each(eventCases)('$event: the test fetch shows a real record and leaves the state alone', async ({ event, parameters, happen }) => {
		const poller = await bench.poller({ event, ...parameters?.(bench.demo) });
		happen(bench.simulator, bench.demo);
		const [{ json }] = (await poller.poll('manual')) ?? [];
		if ('after' in json) expect(json.before).not.toEqual(json.after);
		expect(poller.staticData).toEqual({});
	});

	test('a call that ended comes once, whatever is changed in it later', async () => {
		const poller = await bench.poller({ event: 'callFinished' });
		expect(await poller.poll()).toBeNull();
		bench.simulator.finishCall(running);
		expect(idsOf(await poller.poll())).toEqual([running]);
		bench.simulator.advance(30 * minute);
		bench.simulator.setCall(running, { rating: 5 });
		bench.simulator.setCall(bench.demo.calls[0], { rating: 1 });
		expect(await poller.poll()).toBeNull();
	});

	test('a callback that ended a failed call counts as finished, and a job with a refused file as finished too', async () => {
		const poller = await bench.poller({ event: 'callFinished' });
		expect(await poller.poll()).toBeNull();
		bench.simulator.setCall(running, { status: 'recovered', ends_at: bench.simulator.account.time() });
		expect(idsOf(await poller.poll())).toEqual([running]);
		const jobs = await bench.poller({ event: 'bulkUserJobFinished' });
		expect(await jobs.poll()).toBeNull();
		const { bulkUsers } = bench.simulator.tenant;
		const content = Buffer.from(JSON.stringify([{ email: 'none' }]));
		const { id } = bulkUsers.upload({ file: { content, fileName: 'users.json', mimeType: 'application/json' } });
		bulkUsers.job(String(id));
		expect(jsonOf((await jobs.poll()) ?? [])).toEqual([expect.objectContaining({ id, status: 'invalid_scheme' })]);
	});

	test('a campaign that was created and started between two polls comes once', async () => {
		const poller = await bench.poller({ event: 'campaignStatusChanged' });
		expect(await poller.poll()).toBeNull();
		bench.simulator.advance(minute);
		const { id } = bench.simulator.addCampaign({ status: 'started' });
		expect(jsonOf((await poller.poll()) ?? [])).toEqual([expect.objectContaining({ id, before: null, after: { status: 'started' } })]);
		expect(await poller.poll()).toBeNull();
	});

	test('an agent comes with the status before, as far as the trigger knows it', async () => {
		const { simulator, demo } = bench;
		const all = await bench.poller({ event: 'agentStatusChanged' });
		const some = await bench.poller({ event: 'agentStatusChanged', statusIds: [simulator.account.agents.get(demo.agents[0])!.row.status.id] });
		expect([await all.poll(), await some.poll()]).toEqual([null, null]);
		const first = simulator.account.agents.get(demo.agents[0])!.row.status.name;
		const seen = [];
		for (const status of ['Lunch', 'Meeting', first]) {
			simulator.advance(minute);
			simulator.setAgentStatus(demo.agents[0], status);
			seen.push(...jsonOf((await all.poll()) ?? []).map(({ before, after }) => [before, after]));
		}
		expect(seen).toEqual([
			[{ status: first }, { status: 'Lunch' }],
			[{ status: 'Lunch' }, { status: 'Meeting' }],
			[{ status: 'Meeting' }, { status: first }],
		]);
		// An agent that it has not seen.
		simulator.advance(minute);
		const { id } = simulator.addAgent({ status: 'Lunch' });
		expect(jsonOf((await all.poll()) ?? [])).toEqual([expect.objectContaining({ id, before: null, after: { status: 'Lunch' } })]);
		// Between the two it had others, which this one did not read.
		simulator.advance(minute);
		simulator.setAgentStatus(demo.agents[0], first);
		expect(jsonOf((await some.poll()) ?? [])).toEqual([expect.objectContaining({ before: null, after: { status: first } })]);
	});

	test('a call whose agent comes an hour later starts Call Assigned for that agent', async () => {
		const { simulator, demo } = bench;
		const poller = await bench.poller({ event: 'callAssigned', agentIds: [demo.agents[5]] });
		const { id } = simulator.addCall({ status: 'scheduled', menuId: demo.menus.billing });
		expect(await poller.poll()).toBeNull();
		simulator.advance(60 * minute);
		expect(await poller.poll()).toBeNull();
		simulator.tenant.calls.assign(simulator.account.calls.get(id)!, simulator.account.agents.get(demo.agents[5])!);
		expect(idsOf(await poller.poll())).toEqual([id]);
		expect(await poller.poll()).toBeNull();
	});

	test('a call whose agent comes an hour later starts a trigger for that agent', async () => {
		const { simulator, demo } = bench;
		const poller = await bench.poller({ event: 'callCreated', agentIds: [demo.agents[0]] });
		expect(await poller.poll()).toBeNull();
		const { id } = simulator.addCall({ status: 'queued', menuId: demo.menus.billing });
		simulator.advance(60 * minute);
		simulator.addCall({ status: 'connected', agentId: demo.agents[0], menuId: demo.menus.billing });
		expect(idsOf(await poller.poll())).not.toContain(id);
		simulator.tenant.calls.assign(simulator.account.calls.get(id)!, simulator.account.agents.get(demo.agents[0])!);
		expect(idsOf(await poller.poll())).toEqual([id]);
	});

	test('a threshold starts the workflow once on crossing and once on falling back', async () => {
		const { returns } = bench.demo.menus;
		const poller = await bench.poller({ event: 'queueWaitThreshold', threshold: 60, waitLanguage: 'en' });
		expect(await poller.poll()).toBeNull();
		const at = async (seconds: number) => {
			bench.simulator.setWait(returns, { voice_call: seconds });
			return jsonOf((await poller.poll()) ?? []).map(({ after }) => (after as { state: string }).state);
		};
		expect(await at(61)).toEqual(['above']);
		expect(await at(200)).toEqual([]);
		expect(await at(60)).toEqual(['below']);
		expect(await at(10)).toEqual([]);
	});

	test('filters by menu, agent, type and status keep other calls out', async () => {
		const { simulator, demo } = bench;
		const poller = await bench.poller({
			event: 'callUpdated',
			menuIds: [demo.menus.billing],
			agentIds: [demo.agents[0]],
			callTypes: ['IvrCall'],
			callStatuses: ['connected'],
		});
		expect(await poller.poll()).toBeNull();
		const right = { status: 'connected', agentId: demo.agents[0], menuId: demo.menus.billing } as const;
		const { id } = simulator.addCall(right);
		simulator.addCall({ ...right, menuId: demo.menus.returns });
		simulator.addCall({ ...right, agentId: demo.agents[1] });
		simulator.addCall({ ...right, status: 'queued' });
		simulator.addCall({ ...right, call_type: 'Voice Outbound' });
		expect(idsOf(await poller.poll())).toEqual([id]);
	});

	test('calls that came while UJET was away come out once it is back, in order', async () => {
		const { simulator } = bench;
		const poller = await bench.poller({ event: 'callCreated' });
		expect(await poller.poll()).toBeNull();
		const ids = Array.from({ length: 150 }, () => {
			simulator.advance(1_000);
			return simulator.addCall().id;
		});
		simulator.faults.add({ kind: 'status', status: 503 });
		await expect(poller.poll('trigger', { budgetMs: 500 })).rejects.toThrow();
		simulator.faults.clear();
		expect(idsOf(await poller.poll())).toEqual(ids);
		expect(await poller.poll()).toBeNull();
	}, 30_000);
});
