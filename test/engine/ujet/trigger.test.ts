import type { INodeParameters } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import type { UjetSimulator } from '../../simulators/ujet';
import { byId, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const minute = 60_000;

/** An event, its parameters, how to make it happen (gives the id of the record), and what its item shows. */
interface EventCase {
	event: string;
	parameters?: (bench: Bench) => INodeParameters;
	happen: (simulator: UjetSimulator, bench: Bench) => number;
	shows?: object;
	/** Name of the record's id in the item. */
	id?: string;
}

const firstCall = ({ demo }: Bench) => demo.calls[0];

/** A running call; it was there before the trigger. */
const running = 990_001;

const cases: EventCase[] = [
	{ event: 'callCreated', happen: (simulator) => simulator.addCall().id },
	{
		event: 'callUpdated',
		happen: (simulator, bench) => {
			simulator.setCall(firstCall(bench), { rating: 5 });
			return firstCall(bench);
		},
		shows: { rating: 5 },
	},
	{
		event: 'callFinished',
		happen: (simulator) => {
			simulator.finishCall(running);
			return running;
		},
		shows: { status: 'finished' },
	},
	{
		event: 'callFailed',
		happen: (simulator) => {
			simulator.failCall(running, 'eu_abandoned');
			return running;
		},
		shows: { fail_reason: 'eu_abandoned' },
	},
	{
		event: 'voicemailReceived',
		happen: (simulator) => {
			simulator.setCall(running, { status: 'voicemail_received' });
			return running;
		},
	},
	{ event: 'chatCreated', happen: (simulator) => simulator.addChat().id },
	{
		event: 'chatUpdated',
		happen: (simulator, { demo }) => {
			simulator.setChat(demo.chats[0], { rating: 4 });
			return demo.chats[0];
		},
	},
	{
		event: 'chatFinished',
		happen: (simulator) => {
			simulator.finishChat(running);
			return running;
		},
		shows: { status: 'finished' },
	},
	{
		event: 'emailUpdated',
		happen: (simulator, { demo }) => {
			simulator.setEmail(demo.emails[0], { email_status: 'reopened' });
			return demo.emails[0];
		},
		shows: { email_status: 'reopened' },
	},
	{
		event: 'agentActivity',
		parameters: () => ({ activities: ['login'] }),
		happen: (simulator, { demo }) => {
			simulator.setAgentStatus(demo.agents[9], 'Lunch');
			return demo.agents[9];
		},
		shows: { activity: 'login' },
		id: 'agent_id',
	},
	{
		event: 'agentStatusChanged',
		happen: (simulator, { demo }) => {
			simulator.setAgentStatus(demo.agents[0], 'Lunch');
			return demo.agents[0];
		},
		shows: { statusName: 'Lunch', since: expect.stringContaining('T') as string },
	},
	{
		event: 'campaignStatusChanged',
		happen: (simulator, { demo }) => {
			simulator.setCampaignStatus(demo.campaigns[1], 'pause');
			return demo.campaigns[1];
		},
		shows: { statusBefore: 'created', statusAfter: 'pause' },
	},
	{
		event: 'campaignContactStatusChanged',
		parameters: ({ demo }) => ({ campaignId: byId(demo.campaigns[1]), contactStatuses: ['Finished', 'Do Not Call'] }),
		happen: (simulator, { demo }) => {
			const [wanted, other] = simulator.account.campaigns.get(demo.campaigns[1])!.contacts.list();
			simulator.setContact(demo.campaigns[1], other.id, { status: 'Dialing' });
			simulator.setContact(demo.campaigns[1], wanted.id, { status: 'Finished' });
			return wanted.id;
		},
		shows: { status: 'Finished' },
	},
	{
		event: 'queueWaitThreshold',
		parameters: () => ({ threshold: 60, waitChannel: 'voice_call', waitLanguage: 'en' }),
		happen: (simulator, { demo }) => {
			simulator.setWait(demo.menus.returns, { voice_call: 90 });
			return demo.menus.returns;
		},
		shows: { wait: 90, threshold: 60, stateBefore: 'below', stateAfter: 'above' },
		id: 'menu_id',
	},
];

describe('the UJET Trigger', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench({ jobs: 'reads' });
		const { simulator, demo } = bench;
		// Nothing happens by itself.
		simulator.setCampaignStatus(demo.campaigns[0], 'pause');
		simulator.addCall({ id: running, status: 'connected', agentId: demo.agents[0], menuId: demo.menus.billing });
		simulator.addChat({ id: running, status: 'assigned', agentId: demo.agents[0], menuId: demo.menus.orders });
		simulator.addContact(demo.campaigns[1]);
		simulator.addContact(demo.campaigns[1]);
	});
	afterEach(async () => await bench.close());

	const idsOf = (items: Awaited<ReturnType<Awaited<ReturnType<Bench['poller']>>['poll']>>, name = 'id') =>
		jsonOf(items ?? []).map((row) => row[name]);

	test.each(cases)(
		'$event: nothing old, the new record once, nothing twice after a restart',
		async ({ event, parameters, happen, shows, id = 'id' }) => {
			const poller = await bench.poller({ event, ...parameters?.(bench) });
			expect(await poller.poll()).toBeNull();
			expect(await poller.poll()).toBeNull();
			bench.simulator.advance(minute);
			const expected = happen(bench.simulator, bench);
			const items = (await poller.poll()) ?? [];
			expect(idsOf(items, id)).toEqual([expected]);
			if (shows !== undefined) expect(items[0].json).toMatchObject(shows);
			poller.restart('lastEmission');
			expect(await poller.poll()).toBeNull();
		},
	);

	test.each(cases)('$event: the test fetch shows a real record and leaves the state alone', async ({ event, parameters, happen }) => {
		const poller = await bench.poller({ event, ...parameters?.(bench) });
		happen(bench.simulator, bench);
		expect(await poller.poll('manual')).toHaveLength(1);
		expect(poller.staticData).toEqual({});
	});

	test('a call that ended comes once, whatever is changed in it later', async () => {
		const poller = await bench.poller({ event: 'callFinished' });
		expect(await poller.poll()).toBeNull();
		bench.simulator.finishCall(running);
		expect(idsOf(await poller.poll())).toEqual([running]);
		bench.simulator.advance(30 * minute);
		bench.simulator.setCall(running, { rating: 5 });
		bench.simulator.setCall(firstCall(bench), { rating: 1 });
		expect(await poller.poll()).toBeNull();
	});

	test('a threshold starts the workflow once on crossing and once on falling back', async () => {
		const { returns } = bench.demo.menus;
		const poller = await bench.poller({ event: 'queueWaitThreshold', threshold: 60, waitLanguage: 'en' });
		expect(await poller.poll()).toBeNull();
		const at = async (seconds: number) => {
			bench.simulator.setWait(returns, { voice_call: seconds });
			return jsonOf((await poller.poll()) ?? []).map(({ stateAfter }) => stateAfter);
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
