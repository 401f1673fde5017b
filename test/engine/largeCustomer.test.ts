// What large customers have: workflows in different time zones on one account, records that move, and vendors that do not write the same twice.
import type { IDataObject } from 'n8n-workflow';

import { createPoller } from '../support/poller';
import type { Poller } from '../support/poller';
import { startBench as startIAdvize } from './iadvize/nodeUnderTest';
import { startDemoBench as startLiveAgent } from './liveagent/nodeUnderTest';
import { startBench as startUjet } from './ujet/nodeUnderTest';

const second = 1_000;
const minute = 60 * second;

async function emitted(poller: Poller): Promise<IDataObject[]> {
	return ((await poller.poll()) ?? []).map(({ json }) => json);
}

describe('an iAdvize account', () => {
	let bench: Awaited<ReturnType<typeof startIAdvize>>;

	beforeEach(async () => {
		bench = await startIAdvize();
		bench.simulator.account.addWebsite();
		bench.simulator.account.addConversation();
		bench.simulator.account.addCallMeeting({ status: 'pending' });
	});
	afterEach(async () => await bench.close());

	async function started(event: string, timezone = 'UTC'): Promise<Poller> {
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, timezone: 'Europe/Paris' } };
		const poller = await createPoller({ nodeType: 'iAdvizeTrigger', parameters: { event }, credentials, timezone });
		expect(await emitted(poller)).toEqual([]);
		return poller;
	}

	test('starts workflows in different time zones once each for a record, with the same time', async () => {
		const zones = ['UTC', 'Asia/Tokyo', 'America/St_Johns', 'Pacific/Kiritimati'];
		const pollers = await Promise.all(zones.map(async (zone) => await started('conversationStarted', zone)));
		for (let round = 0; round < 3; round++) {
			bench.simulator.clock.advance(5 * minute);
			const { id } = bench.simulator.account.addConversation();
			const rows = await Promise.all(pollers.map(emitted));
			expect(rows.map((found) => found.map((row) => row.id))).toEqual(zones.map(() => [id]));
			expect(new Set(rows.map(([row]) => row.created_at)).size).toBe(1);
			expect(await Promise.all(pollers.map(emitted))).toEqual(zones.map(() => []));
		}
	});

	test('that writes IDs as numbers and as text in turn starts a workflow once for a record', async () => {
		const { account, clock } = bench.simulator;
		const [conversations, callMeetings] = [await started('conversationStarted'), await started('callMeetingStatusChanged')];
		const { id } = account.addConversation();
		expect((await emitted(conversations)).map((row) => row.id)).toEqual([id]);
		for (const write of [String, Number, String]) {
			clock.advance(minute);
			for (const { row } of account.conversations.list()) Object.assign(row, { id: write(row.id) });
			for (const { row } of account.callMeetings.list()) Object.assign(row, { id: write(row.id) });
			expect([await emitted(conversations), await emitted(callMeetings)]).toEqual([[], []]);
		}
	});

	test('where the time of a record is set back starts no workflow again for it', async () => {
		const { account, clock } = bench.simulator;
		const poller = await started('conversationStarted');
		clock.advance(20 * minute);
		const row = account.addConversation();
		expect((await emitted(poller)).map(({ id }) => id)).toEqual([row.id]);
		for (const minutesBack of [3, 10, 90, 60 * 24 * 40]) {
			account.conversations.update(row.id, { row: { ...row, created_at: account.localTime(clock.now() - minutesBack * minute) } });
			expect(await emitted(poller)).toEqual([]);
		}
		const { id } = account.addConversation();
		expect((await emitted(poller)).map((found) => found.id)).toEqual([id]);
	});
});

describe('a LiveAgent account', () => {
	let bench: Awaited<ReturnType<typeof startLiveAgent>>;

	beforeEach(async () => {
		bench = await startLiveAgent();
	});
	afterEach(async () => await bench.close());

	test.each([
		['after its department was read, so that it is in both lists', 1],
		['before its department was read, so that it is in no list', 0],
	])('whose conversation moves to another department %s, starts a workflow once', async (_when, order) => {
		const { account, clock, faults } = bench.simulator;
		const poller = await bench.poller({ event: 'conversationCreated' });
		expect(await emitted(poller)).toEqual([]);
		clock.advance(5 * second);
		const asked: string[] = [];
		const noteDepartment = ({ query }: { query: Record<string, unknown> }) => {
			if (typeof query.department === 'string') asked.push(query.department);
			return false;
		};
		faults.add({ kind: 'status', status: 500 }, { when: noteDepartment });
		expect(await emitted(poller)).toEqual([]);
		const departments = [...new Set(asked)];
		const [from, to] = order === 1 ? [departments[0], departments[1]] : [departments[1], departments[0]];
		const { id } = account.addConversation({ departmentId: from, message: 'Hello' });
		const moveWhenSecondIsRead = ({ query }: { query: Record<string, unknown> }) => {
			if (query.department === departments[1]) account.conversations.update(id, { departmentId: to });
			return false;
		};
		faults.add({ kind: 'status', status: 500 }, { when: moveWhenSecondIsRead });
		const rows: IDataObject[] = [];
		for (let polls = 0; polls < 4; polls++) {
			rows.push(...(await emitted(poller)));
			clock.advance(minute);
		}
		expect(rows.map(({ conversationid }) => conversationid)).toEqual([id]);
	});
});

describe('a UJET tenant', () => {
	test('whose pages become larger while a list is read gives every record once', async () => {
		const bench = await startUjet({ managerPageLimit: 20 });
		try {
			const { account, faults } = bench.simulator;
			expect(account.calls.size).toBeGreaterThan(100);
			const enlarge = ({ query }: { query: Record<string, unknown> }) => {
				if (query.page === '3') Object.assign(account.settings, { managerPageLimit: 50 });
				return false;
			};
			faults.add({ kind: 'status', status: 500 }, { when: enlarge });
			const rows = await bench.rows('call', 'getMany', { returnAll: true, simplify: false });
			const wanted = account.calls.list().map(({ id }) => id);
			expect(rows.map(({ id }) => id).sort()).toEqual([...wanted].sort());
		} finally {
			await bench.close();
		}
	});
});
