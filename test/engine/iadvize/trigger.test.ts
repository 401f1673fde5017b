import type { INodeParameters } from 'n8n-workflow';

import fc from 'fast-check';

import { jsonOf } from '../../support/engine';
import { createPoller } from '../../support/poller';
import { seeded } from '../../support/runs';
import type { IAdvizeSimulator } from '../../simulators/iadvize';
import { startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Account = IAdvizeSimulator['account'];

/** An event, how to make it happen (gives the id of the record), and what its item shows. */
interface EventCase {
	event: string;
	happen: (account: Account, ids: { conversation: number; callMeeting: number; operator: number }) => number;
	shows?: object;
}

const cases: EventCase[] = [
	{ event: 'conversationStarted', happen: (account) => account.addConversation().id },
	{
		event: 'conversationClosed',
		happen: (account, { conversation }) => {
			account.closeConversation(conversation);
			return conversation;
		},
	},
	{ event: 'satisfactionReceived', happen: (account) => account.addSatisfaction().id },
	{ event: 'visitorCreated', happen: (account) => account.addVisitor().id },
	{ event: 'callMeetingCreated', happen: (account) => account.addCallMeeting().id },
	{
		event: 'callMeetingStatusChanged',
		happen: (account, { callMeeting }) => {
			account.setCallMeetingStatus(callMeeting, 'done');
			return callMeeting;
		},
		shows: { before: { status: 'pending' }, after: { status: 'done' } },
	},
	{
		event: 'operatorAvailabilityChanged',
		happen: (account, { operator }) => {
			account.setLive({ id: operator, connected: true, chat: { available: false } });
			return operator;
		},
		shows: { before: { connected: true, chat: true }, after: { connected: true, chat: false } },
	},
];

describe('the iAdvize Trigger', () => {
	let bench: Bench;
	let ids: { conversation: number; callMeeting: number; operator: number };

	beforeEach(async () => {
		bench = await startBench();
		const { account } = bench.simulator;
		account.addWebsite();
		const operator = account.addOperator().id;
		account.setLive({ id: operator, connected: true, chat: { available: true } });
		for (let count = 0; count < 5; count++) {
			account.addConversation({ created_at: account.localTime(Date.now() - count * minute), closed_at: '' });
			account.addVisitor();
			account.addSatisfaction();
		}
		const conversation = account.addConversation({ closed_at: '' }).id;
		const callMeeting = account.addCallMeeting({ status: 'pending' }).id;
		ids = { conversation, callMeeting, operator };
	});
	afterEach(async () => await bench.close());

	/** Ids of the items of a poll. */
	async function poll(poller: Awaited<ReturnType<Bench['poller']>>): Promise<unknown[]> {
		return jsonOf((await poller.poll()) ?? []).map(({ id }) => id);
	}

	test.each(cases)(
		'$event: nothing old, the new record once, nothing twice after a restart',
		async ({ event, happen, shows }) => {
			const poller = await bench.poller({ event } as INodeParameters);
			expect(await poller.poll()).toBeNull();
			expect(await poller.poll()).toBeNull();
			const id = happen(bench.simulator.account, ids);
			const items = (await poller.poll()) ?? [];
			expect(jsonOf(items).map((row) => row.id)).toEqual([id]);
			if (shows !== undefined) expect(items[0].json).toMatchObject(shows);
			poller.restart('lastEmission');
			expect(await poller.poll()).toBeNull();
		},
	);

	test.each(cases)('$event: the test fetch shows a real record and leaves the state alone', async ({ event }) => {
		const poller = await bench.poller({ event } as INodeParameters);
		bench.simulator.account.closeConversation(ids.conversation);
		const [{ json }] = (await poller.poll('manual')) ?? [];
		if ('after' in json) expect(json.before).not.toEqual(json.after);
		expect(poller.staticData).toEqual({});
	});

	test('transactions recorded overnight come out the next day, each once', async () => {
		const start = Date.now();
		const { account, clock } = bench.simulator;
		const poller = await bench.poller({ event: 'transactionRecorded' });
		account.addTransaction({ created_at: account.localTime(start - 5 * day) });
		expect(await poller.poll()).toBeNull();
		const first = account.addTransaction({ created_at: account.localTime(start) }).id;
		expect(await poll(poller)).toEqual([]);
		clock.advance(2 * day);
		expect(await poll(poller)).toEqual([first]);
		const late = account.addTransaction({ created_at: account.localTime(start - hour) }).id;
		expect(await poll(poller)).toEqual([late]);
		expect(await poll(poller)).toEqual([]);
	});

	test('the first sign-in of a new operator comes once, a new operator who is offline does not', async () => {
		const { account } = bench.simulator;
		const poller = await bench.poller({ event: 'operatorAvailabilityChanged' });
		expect(await poller.poll()).toBeNull();
		const { id } = account.addOperator();
		account.setLive({ id, connected: true, chat: { available: true } });
		const other = account.addOperator().id;
		account.setLive({ id: other, connected: false });
		expect(await poll(poller)).toEqual([id]);
		expect(await poll(poller)).toEqual([]);
	});

	test('a callback that was scheduled and done between two polls starts the workflow, one that only waits does not', async () => {
		const { account } = bench.simulator;
		const poller = await bench.poller({ event: 'callMeetingStatusChanged' });
		expect(await poller.poll()).toBeNull();
		account.addCallMeeting();
		const { id } = account.addCallMeeting();
		account.setCallMeetingStatus(id, 'done');
		const items = (await poller.poll()) ?? [];
		expect(items.map(({ json }) => json)).toEqual([expect.objectContaining({ id, before: null, after: { status: 'done' } })]);
		expect(await poller.poll()).toBeNull();
	});

	test('a filter keeps other records out, a changed filter takes a new baseline', async () => {
		const { account } = bench.simulator;
		const poller = await bench.poller({ event: 'conversationStarted', channel: 'call' });
		expect(await poller.poll()).toBeNull();
		account.addConversation({ channel: 'chat' });
		const { id } = account.addConversation({ channel: 'call' });
		expect(await poll(poller)).toEqual([id]);
		const other = await bench.poller({ event: 'conversationStarted', channel: 'chat' });
		Object.assign(other.staticData, poller.staticData);
		expect(await other.poll()).toBeNull();
	});

	test('an outage delays events and loses none', async () => {
		const { simulator } = bench;
		const poller = await bench.poller({ event: 'conversationStarted' });
		expect(await poller.poll()).toBeNull();
		const { id } = simulator.account.addConversation();
		const remove = simulator.faults.add({ kind: 'status', status: 500, body: 'down' });
		await expect(poller.poll()).rejects.toThrow('answered 500');
		remove();
		expect(await poll(poller)).toEqual([id]);
	}, 30_000);

	test('a refused key is told apart from an outage for the host', async () => {
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, apiKey: 'wrong' } };
		const poller = await createPoller({
			nodeType: 'iAdvizeTrigger',
			parameters: { event: 'visitorCreated' },
			credentials,
		});
		await expect(poller.poll()).rejects.toMatchObject({ message: 'Forbidden: iAdvize refuses the credential, or this operation for it' });
	});

	test('in random schedules of late records, equal times, outages and restarts each record comes out once', async () => {
		const steps = fc.array(
			fc.oneof(
				{
					weight: 4,
					arbitrary: fc.record({ kind: fc.constant('add' as const), secondsLate: fc.constantFrom(0, 0, 1, 60, 600) }),
				},
				{ weight: 4, arbitrary: fc.record({ kind: fc.constant('poll' as const) }) },
				{ weight: 1, arbitrary: fc.record({ kind: fc.constant('outage' as const) }) },
				{
					weight: 1,
					arbitrary: fc.record({
						kind: fc.constant('restart' as const),
						from: fc.constantFrom('memory' as const, 'lastEmission' as const),
					}),
				},
			),
			{ minLength: 4, maxLength: 10 },
		);
		const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'UTC', 'Asia/Kolkata'];
		const { numRuns, seed } = seeded(30, 1_000);
		for (const [index, schedule] of fc.sample(steps, { numRuns, seed }).entries()) {
			const timeZone = zones[Math.floor(index / 10) % zones.length];
			if (index % 10 === 0) {
				// Another account; a list of few records is read faster.
				await bench.close();
				bench = await startBench({ timeZone });
			}
			const { simulator } = bench;
			const { account } = simulator;
			const websiteId = account.addWebsite().id;
			const parameters = {
				event: 'conversationStarted',
				websiteId: { __rl: true, mode: 'id', value: String(websiteId) },
			};
			const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, requestsPerSecond: 5_000, timezone: timeZone } };
			const poller = await createPoller({ nodeType: 'iAdvizeTrigger', parameters, credentials, timezone: 'Asia/Tokyo' });
			await poller.poll();
			const added: number[] = [];
			const found: unknown[] = [];
			for (const step of schedule) {
				if (step.kind === 'add') {
					const created_at = account.localTime(Date.now() - step.secondsLate * 1_000);
					added.push(account.addConversation({ website_id: websiteId, created_at }).id);
				} else if (step.kind === 'poll') {
					found.push(...(await poll(poller)));
				} else if (step.kind === 'restart') {
					poller.restart(step.from);
				} else {
					simulator.faults.once({ kind: 'status', status: 401 });
					await expect(poller.poll()).rejects.toThrow();
				}
			}
			found.push(...(await poll(poller)));
			expect({ index, found: [...found].sort() }).toEqual({ index, found: [...added].sort() });
		}
	}, 300_000);

	test('a backlog of 2,500 conversations is drained within the budget, oldest first, each once', async () => {
		const { account } = bench.simulator;
		const poller = await bench.poller({ event: 'conversationStarted' });
		expect(await poller.poll()).toBeNull();
		const start = Date.now();
		bench.simulator.clock.advance(3 * hour);
		const expected = Array.from(
			{ length: 2_500 },
			(_, index) => account.addConversation({ created_at: account.localTime(start + 1_000 + index * 4_000) }).id,
		);
		const found: unknown[] = [];
		for (let polls = 0; polls < 30 && found.length < expected.length; polls++) found.push(...(await poll(poller)));
		expect(found).toEqual(expected);
		expect(JSON.stringify(poller.staticData).length).toBeLessThan(60_000);
	}, 60_000);
});
