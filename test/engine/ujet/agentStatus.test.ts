import { jsonOf } from '../../support/engine';
import { byId, itemsOf, keepGoing, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('UJET agent statuses', () => {
	let bench: Bench;
	let agents: number[];

	beforeEach(async () => {
		bench = await startBench();
		({ agents } = bench.demo);
	});
	afterEach(async () => await bench.close());

	const writes = () => bench.simulator.journal.find(({ method }) => method !== 'GET');
	const statusOf = (id: number) => bench.simulator.account.agents.get(id)?.row.status.name;

	test('all items change in one request for each status; refusals come back to their item', async () => {
		bench.simulator.setAgentStatus(agents[1], 'In-call');
		const items = itemsOf(
			{ id: agents[0], to: 'Lunch' },
			{ id: agents[1], to: 'Lunch' },
			{ id: agents[2], to: 'Available' },
			{ id: 999_999, to: 'Lunch' },
		);
		const parameters = { status: byId('={{ $json.to }}'), agentIds: '={{ [$json.id] }}' };
		const result = await bench.run('agentStatus', 'update', parameters, { items, node: keepGoing });
		const rows = jsonOf(result.outputs[0]);
		expect(rows[0]).toMatchObject({ agent_id: agents[0], previous_status: 'Available', current_status: 'Lunch' });
		expect(rows[1].error).toContain("can't be changed from system status 'In-call'");
		expect(rows[2]).toMatchObject({ agent_id: agents[2], current_status: 'Available' });
		expect(rows[3].error).toBe('Agent 999999: Agent is not found');
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3].map((item) => ({ item })));
		expect(writes()).toHaveLength(2);
		expect(statusOf(agents[0])).toBe('Lunch');
	});

	test('a team is changed as a whole, several agents of one item give an item each', async () => {
		const [, , tierTwo] = bench.demo.teams;
		const result = await bench.run('agentStatus', 'update', {
			status: byId('Lunch'),
			agentIds: [agents[0], agents[1]],
			teamIds: [tierTwo],
		});
		const rows = jsonOf(result.outputs[0]);
		expect(rows.slice(0, 2).map(({ agent_id }) => agent_id)).toEqual([agents[0], agents[1]]);
		expect(rows[2]).toMatchObject({ team_ids: [tierTwo] });
		expect(Number(rows[2].changed)).toBeGreaterThan(1);
		expect(writes()[0].body).toEqual({ status: 'Lunch', agent_ids: [agents[0], agents[1]], team_ids: [tierTwo] });
	});

	test.each(['update', 'forceLogout'])('%s without any target is refused', async (operation) => {
		const result = await bench.run('agentStatus', operation, { status: byId('Lunch') });
		expect(result.error?.message).toContain('at least one of');
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('a busy agent leaves when its session ends, unless the logout is cancelled', async () => {
		const [idle, busy] = agents;
		const call = bench.simulator.addCall({ status: 'queued' });
		bench.simulator.tenant.calls.assign(call, bench.simulator.account.agents.get(busy)!);
		const items = itemsOf({ id: idle }, { id: busy });
		const result = await bench.run('agentStatus', 'forceLogout', { agentIds: '={{ [$json.id] }}' }, { items });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result.outputs[0])[1].message).toContain('when the current session ends');
		expect(statusOf(idle)).toBe('Offline');
		expect(statusOf(busy)).toBe('In-call');
		expect(writes()).toHaveLength(1);
		expect(bench.simulator.account.agents.get(busy)?.logoutPending).toBe(true);
	});

	test('agents are signed out by their address', async () => {
		const { ipAddress } = bench.simulator.account.agents.get(agents[3])!;
		const result = await bench.run('agentStatus', 'forceLogout', { ipAddresses: `${ipAddress}/32` });
		expect(jsonOf(result.outputs[0])[0]).toMatchObject({ ip_addrs: [`${ipAddress}/32`], changed: 1, refused: 0 });
		expect(statusOf(agents[3])).toBe('Offline');
	});

	test('a large logout becomes a job that can be read', async () => {
		const other = await startBench({ logoutJobAbove: 1 });
		const result = await other.run('agentStatus', 'forceLogout', { agentIds: other.demo.agents.slice(0, 3) });
		const [{ id, pending }] = jsonOf(result.outputs[0]);
		expect(pending).toBe(true);
		other.simulator.advance(10_000);
		const job = await other.run('agentStatus', 'getJob', { jobId: String(id) });
		expect(jsonOf(job.outputs[0])[0]).toMatchObject({ id, status: 'finished', processed: 3 });
		await other.close();
	});
});
