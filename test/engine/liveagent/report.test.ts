import { liveAgent } from '../../../nodes/LiveAgent/vendor';
import { stoppedClock } from '../../simulators/kit';
import { byId, startDemoBench } from './nodeUnderTest';
import type { DemoBench } from './nodeUnderTest';

const operations = liveAgent.resources.find(({ value }) => value === 'report')?.operations ?? [];

describe('LiveAgent reports', () => {
	let bench: DemoBench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	const lastQuery = () => bench.simulator.journal.entries.at(-1)?.query;

	test('there are 20, and each gives rows', async () => {
		expect(operations).toHaveLength(20);
		for (const { value } of operations) {
			const rows = await bench.rows('report', value, { returnAll: true });
			expect({ value, isEmpty: rows.length === 0 }).toEqual({ value, isEmpty: false });
		}
	});

	test('numbers are numbers, names and IDs stay text', async () => {
		const [agent] = await bench.rows('report', 'getAgents', { limit: 1 });
		expect(agent).toMatchObject({ id: bench.demo.agents[0], worktime: expect.any(Number), answers_ph: expect.any(Number) });
		const old = await bench.run('report', 'getAgents', { limit: 1, simplify: false }, { node: { typeVersion: 1 } });
		expect(old.outputs[0][0].json).toMatchObject({ worktime: String(agent.worktime) });
	});

	test('columns narrow the rows', async () => {
		const [row] = await bench.rows('report', 'getAgents', { columns: ['firstname', 'answers'], limit: 1 });
		expect(Object.keys(row).sort()).toEqual(['answers', 'firstname']);
	});

	test('times of the account become UTC, display times stay as they are', async () => {
		const [log] = await bench.rows('report', 'getTicketsSlaLog', { limit: 1 });
		const old = await bench.run('report', 'getTicketsSlaLog', { limit: 1, simplify: false }, { node: { typeVersion: 1 } });
		const raw = old.outputs[0][0].json;
		expect(log.server_date_closed).toBe(
			new Date(bench.simulator.account.local.parse(String(raw.server_date_closed))).toISOString(),
		);
		expect(log.date_closed).toBe(raw.date_closed);
		const [interval] = await bench.rows('report', 'getPerformance', { groupBy: 'hour', limit: 1 });
		expect(interval.datetime).toMatch(/Z$/);
	});

	test('ratings have words and can be filtered', async () => {
		const rebukes = await bench.rows('report', 'getRanking', { filters: { ratings: ['P'] }, returnAll: true });
		expect(rebukes.length).toBeGreaterThan(0);
		expect(new Set(rebukes.map(({ rankingTypeName }) => rankingTypeName))).toEqual(new Set(['Rebuke']));
	});

	test('a range is sent as days of the account, and cannot end before it begins', async () => {
		const range = { period: 'range', from: '2024-05-14T02:00:00Z', to: '2024-05-31' };
		await bench.run('report', 'getAgents', range);
		// Two in the morning in UTC is still the day before in Los Angeles.
		expect(lastQuery()).toMatchObject({ date_from: '2024-05-13', date_to: '2024-05-31' });
		const before = bench.simulator.journal.total;
		const reversed = await bench.run('report', 'getAgents', { ...range, to: '2024-04-01' });
		expect(reversed.error?.message).toContain("not before 'First Day'");
		expect(bench.simulator.journal.total).toBe(before);
	});

	test('one month and named periods are days, or their own names where the report knows them', async () => {
		await bench.run('report', 'getAgents', { period: 'month', month: '2024-02' });
		expect(lastQuery()).toMatchObject({ date_from: '2024-02-01', date_to: '2024-02-29' });
		await bench.run('report', 'getTicketsSlaCompliance', { period: 'month', month: '2024-02' });
		expect(lastQuery()).toMatchObject({ datetime: '2024-02' });
		await bench.run('report', 'getTicketsSlaCompliance', { period: 'LM' });
		expect(lastQuery()).toMatchObject({ datetime: 'LM' });
		expect(lastQuery()).not.toHaveProperty('date_from');
		for (const period of ['L30D', 'TM', 'LM']) {
			await bench.run('report', 'getAgents', { period });
			const { date_from, date_to } = lastQuery() as Record<string, string>;
			expect(date_from < date_to).toBe(true);
			if (period === 'L30D') expect(Date.parse(date_to) - Date.parse(date_from)).toBe(29 * 86_400_000);
			if (period !== 'L30D') expect(date_from.slice(0, 7)).toBe(date_to.slice(0, 7));
			if (period !== 'L30D') expect(date_from.slice(8)).toBe('01');
		}
		const wrong = await bench.run('report', 'getAgents', { period: 'month', month: '2024-13' });
		expect(wrong.error?.message).toContain('a month such as 2024-06');
	});

	test('filters by agent, department and customer', async () => {
		const filters = { agentId: byId(bench.demo.agents[0]), departmentId: byId(bench.demo.departments[0]) };
		const rows = await bench.rows('report', 'getTicketsSlaLog', { filters, returnAll: true });
		expect(rows.length).toBeGreaterThan(0);
		expect(new Set(rows.map(({ agentid }) => agentid))).toEqual(new Set([bench.demo.agents[0]]));
		await bench.rows('report', 'getTicketsSlaCompliance', { filters: { agentId: byId(bench.demo.agents[0]) } });
		expect(lastQuery()).toMatchObject({ userid: bench.demo.agents[0] });
		await bench.rows('report', 'getRanking', { filters: { customerId: byId(bench.demo.customers[0]) } });
		expect(lastQuery()).toMatchObject({ contactid: bench.demo.customers[0] });
	});
});

test('a long LiveAgent report is read to its end', async () => {
	const bench = await startDemoBench({ clock: stoppedClock('2024-05-15T10:00:00Z') });
	try {
		const range = { period: 'range', from: '2024-01-01', to: '2024-03-01' };
		const rows = await bench.rows('report', 'getTicketsLoad', { ...range, returnAll: true });
		expect(rows).toHaveLength(61 * 24);
		expect(new Set(rows.map(({ date }) => date)).size).toBe(rows.length);
	} finally {
		await bench.close();
	}
});
