// The LiveAgent Instant Trigger against rules that send what an administrator wrote into them.
import type { INodeParameters } from 'n8n-workflow';

import { SimulatorClock } from '../../simulators/kit';
import { LiveAgentRules, type RuleSettings } from '../../simulators/liveagent/push';
import { activateInstantTrigger, type InstantTrigger } from '../../support/instant';
import { startBench, type Bench } from './nodeUnderTest';

const token = 'a-long-random-token';

describe('the LiveAgent Instant Trigger', () => {
	let bench: Bench;
	let trigger: InstantTrigger;

	beforeAll(async () => {
		bench = await startBench();
	});
	beforeEach(() => bench.simulator.journal.clear());
	afterEach(async () => await trigger.close());
	afterAll(async () => await bench.close());

	async function activate(parameters: INodeParameters, settings: Partial<RuleSettings> = {}): Promise<LiveAgentRules> {
		const credentials = { ...bench.credentials, liveAgentWebhookApi: { token, previousToken: 'the-token-before' } };
		trigger = await activateInstantTrigger({ nodeType: 'liveAgentInstantTrigger', parameters, credentials });
		return new LiveAgentRules({ address: trigger.address, token, ...settings }, new SimulatorClock());
	}

	const created = () => bench.simulator.account.addConversation({ message: 'Where is it?' });

	it.each(['POST', 'GET'] as const)('reads the conversation that a rule names by %s, each once', async (method) => {
		const rules = await activate({ events: ['conversationCreated'] }, { method });
		const { id } = created();
		expect(await rules.send('conversationCreated', id, { subject: 'Not believed', status: 'R' })).toBe(200);
		expect(await rules.send('conversation_created', id)).toBe(200);
		const rows = await trigger.rows();
		expect(rows).toMatchObject([{ conversationid: id, event: 'conversationCreated', statusName: expect.any(String) }]);
		expect(rows[0].subject).not.toBe('Not believed');
		expect(JSON.stringify(rows)).not.toContain(token);
	});

	it('refuses a wrong token and a missing one, reads nothing, and takes the previous one', async () => {
		const { id } = created();
		const wrong = await activate({ events: ['conversationCreated'] }, { token: 'wrong' });
		expect(await wrong.send('conversationCreated', id)).toBe(401);
		expect((await fetch(`${trigger.address}?event=conversationCreated&conversationid=${id}`)).status).toBe(401);
		expect(bench.simulator.journal.total).toBe(0);
		const former = new LiveAgentRules({ address: trigger.address, token: 'the-token-before' }, new SimulatorClock());
		expect(await former.send('conversationCreated', id)).toBe(200);
		expect(await trigger.rows()).toHaveLength(1);
	});

	it('gives nothing for a conversation that LiveAgent does not know, or an id that is none', async () => {
		const rules = await activate({ events: ['conversationCreated', 'messageAdded'] });
		expect(await rules.send('conversationCreated', 'unknown1')).toBe(200);
		expect(await rules.send('messageAdded', 'unknown1')).toBe(200);
		expect(await rules.send('conversationCreated', '../agents')).toBe(200);
		const executions = await trigger.executions();
		expect(executions).toEqual([
			{ rows: [], error: undefined },
			{ rows: [], error: undefined },
		]);
	});

	/** What only LiveAgent's list of conversations has. */
	const listOnly = ['channel_type', 'channel_typeName', 'datedue', 'messagegroupsin', 'messagegroupsout'];

	describe.each([
		['callStarted', 'C', 'B'],
		['chatStarted', 'B', 'E'],
	] as const)('%s', (event, channel, otherChannel) => {
		const times = { item: [{ mode: 'everyHour', minute: 0 }] };
		const begin = (channel: 'B' | 'C' | 'E') => bench.simulator.account.addConversation({ channel }).id;

		it('gives the conversation that the rule names, as the polling trigger returns a new one', async () => {
			const poller = await bench.poller({ event: 'conversationCreated' });
			await poller.poll();
			const rules = await activate({ events: [event] });
			const id = begin(channel);
			const [polled] = (await poller.poll()) ?? [];
			expect(await rules.send(event, id, { subject: 'Not believed' })).toBe(200);
			expect(await rules.send(event.replace('S', '_s'), id)).toBe(200);
			const [row, ...others] = await trigger.rows();
			// The request for one conversation has no channel and no counts; it has the note and the custom fields instead.
			const names = Object.keys(polled.json).filter((name) => !listOnly.includes(name));
			expect(Object.fromEntries(names.map((name) => [name, row[name]]))).toEqual(
				Object.fromEntries(names.map((name) => [name, polled.json[name]])),
			);
			expect([row.event, row.conversationid, others]).toEqual([event, id, []]);
		});

		it('polls for those that no rule told, each once, and leaves other channels alone', async () => {
			const rules = await activate({ events: [event], pollTimes: times });
			await trigger.poll();
			const [told, missed] = [begin(channel), begin(channel)];
			begin(otherChannel);
			await rules.send(event, told);
			await trigger.poll();
			await trigger.poll();
			await rules.send(event, missed);
			const rows = await trigger.rows();
			expect(rows.map(({ conversationid, event: name }) => [conversationid, name])).toEqual([
				[told, event],
				[missed, event],
			]);
		});
	});

	it('gives each change of a conversation once, however many rules tell of it', async () => {
		const rules = await activate({ events: ['conversationChanged'] });
		const { id } = created();
		await rules.send('conversationChanged', id);
		await rules.send('conversationChanged', id);
		expect(await trigger.rows()).toHaveLength(1);
		await bench.run('conversation', 'changeStatus', { conversationId: id, status: 'R' });
		await rules.send('conversationChanged', id);
		expect((await trigger.rows()).map(({ conversationid, event }) => [conversationid, event])).toEqual([
			[id, 'conversationChanged'],
			[id, 'conversationChanged'],
		]);
	});

	it('gives each new message once with its conversation, as the polling trigger does', async () => {
		const times = { item: [{ mode: 'everyHour', minute: 0 }] };
		const rules = await activate({ events: ['messageAdded'], messageTypes: ['M'], pollTimes: times });
		await trigger.poll();
		const { id } = created();
		await rules.send('messageAdded', id);
		const text = 'One more thing';
		bench.simulator.account.addMessage({ conversationId: id, text });
		await rules.send('messageAdded', id);
		await rules.send('messageAdded', id);
		await trigger.poll();
		const rows = await trigger.rows();
		expect(new Set(rows.map(({ messageid }) => messageid)).size).toBe(rows.length);
		expect(rows.at(-1)).toMatchObject({ message: text, conversation: { conversationid: id }, event: 'messageAdded' });
		expect(rows).toHaveLength(2);
	});
});
