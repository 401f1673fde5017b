// The iAdvize Instant Trigger against webhooks that are signed and repeated as the vendor does.
import type { INodeParameters } from 'n8n-workflow';

import { stoppedClock } from '../../simulators/kit';
import { IAdvizeWebhooks } from '../../simulators/iadvize/push';
import { activateInstantTrigger, type InstantTrigger } from '../../support/instant';
import { startBench, type Bench } from './nodeUnderTest';

const secret = 'token-of-the-iadvize-app';

describe('the iAdvize Instant Trigger', () => {
	let bench: Bench;
	let trigger: InstantTrigger;
	const clock = stoppedClock('2026-05-15T10:00:00Z');

	beforeAll(async () => {
		bench = await startBench();
	});
	afterEach(async () => await trigger.close());
	afterAll(async () => await bench.close());

	async function activate(parameters: INodeParameters, previousSecret = ''): Promise<IAdvizeWebhooks> {
		const credentials = { ...bench.credentials, iAdvizeWebhookApi: { secret, previousSecret } };
		trigger = await activateInstantTrigger({ nodeType: 'iAdvizeInstantTrigger', parameters, credentials });
		return new IAdvizeWebhooks({ address: trigger.address, secret }, clock);
	}

	const uuid = '0F0C6E3A-7B11-4B5E-9A7C-2F3E4D5C6B7A';
	const pushed = { projectId: 5511, conversationId: uuid, operatorId: 456, channel: 'CHAT', visitorId: 'v1' };

	it('gives conversations under the names of the polling trigger, each once', async () => {
		const sender = await activate({ events: ['conversationStarted', 'conversationClosed'] });
		const { operatorId, ...rest } = pushed;
		const started = sender.event('v2.conversation.pushed', pushed);
		expect(await sender.send(started)).toBe(200);
		expect(await sender.send(started)).toBe(200);
		// Received by transfer: no new conversation.
		expect(await sender.send(sender.event('v2.conversation.pushed', { ...pushed, operatorId: 457 }))).toBe(200);
		expect(await sender.send(sender.event('v2.conversation.closed', { ...rest, operatorIds: [456, operatorId] }))).toBe(
			200,
		);
		expect(await trigger.rows()).toMatchObject([
			{
				event: 'conversationStarted',
				xmpp_id: uuid,
				website_id: 5511,
				operator_id: 456,
				channel: 'chat',
				created_at: expect.any(String),
			},
			{ event: 'conversationClosed', xmpp_id: uuid, closed_at: expect.any(String) },
		]);
	});

	it('filters by channel, operator and website', async () => {
		const byId = (value: string) => ({ __rl: true, mode: 'id', value });
		const sender = await activate({
			events: ['conversationStarted'],
			channel: 'chat',
			operatorId: byId('456'),
			websiteId: byId('5511'),
		});
		await sender.send(sender.event('v2.conversation.pushed', { ...pushed, conversationId: 'a' }));
		await sender.send(sender.event('v2.conversation.pushed', { ...pushed, conversationId: 'b', channel: 'CALL' }));
		await sender.send(sender.event('v2.conversation.pushed', { ...pushed, conversationId: 'c', operatorId: 9 }));
		await sender.send(sender.event('v2.conversation.pushed', { ...pushed, conversationId: 'd', projectId: 9 }));
		expect((await trigger.rows()).map(({ conversationId }) => conversationId)).toEqual(['a']);
	});

	it('takes the repeats that iAdvize sends after 10 and 30 seconds when n8n could not answer, once', async () => {
		const sender = await activate({ events: ['visitorUpdated'] });
		const event = sender.event('visitor.updated', { visitorId: 'v1' });
		trigger.refuseNext(2);
		expect(await sender.send(event)).toBe(500);
		expect(await sender.repeat()).toEqual([]);
		clock.advance(10_000);
		expect(await sender.repeat()).toEqual([500]);
		clock.advance(20_000);
		expect(await sender.repeat()).toEqual([200]);
		expect(sender.waiting).toBe(0);
		expect(await sender.send(event)).toBe(200);
		expect(await trigger.rows()).toMatchObject([
			{ eventId: event.eventId, visitor_uid: 'v1', event: 'visitorUpdated' },
		]);
	});

	it('refuses another token and an altered body, and takes the token before the last exchange', async () => {
		const sender = await activate({ events: ['visitorUpdated'] }, 'token-before-the-exchange');
		const event = () => sender.event('visitor.updated', { visitorId: 'v1' });
		expect(await sender.send(event(), 'wrong')).toBe(401);
		expect(await trigger.executions()).toEqual([]);
		expect(await sender.send(event(), 'token-before-the-exchange')).toBe(200);
		expect(
			(await fetch(trigger.address, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }))
				.status,
		).toBe(401);
		expect(await trigger.rows()).toHaveLength(1);
	});

	it('answers the health check of apps and starts nothing on it', async () => {
		const sender = await activate({ events: ['visitorUpdated'] });
		expect(await sender.checkHealth()).toEqual({ status: 200, body: { status: 'UP' } });
		expect(await trigger.executions()).toEqual([]);
	});

	it('polls for conversations that were missed and knows the pushed ones by their UUID', async () => {
		const times = { item: [{ mode: 'everyHour', minute: 0 }] };
		const sender = await activate({ events: ['conversationStarted'], pollTimes: times });
		await trigger.poll();
		const told = bench.simulator.account.addConversation();
		const missed = bench.simulator.account.addConversation();
		await sender.send(
			sender.event('v2.conversation.pushed', { ...pushed, conversationId: told.xmpp_id.toUpperCase() }),
		);
		await trigger.poll();
		await trigger.poll();
		const rows = await trigger.rows();
		expect(rows.map(({ xmpp_id }) => String(xmpp_id).toLowerCase())).toEqual([told.xmpp_id, missed.xmpp_id]);
	});

	describe('Operator Status Changed', () => {
		const available = [{ channel: 'CHAT', status: 'AVAILABLE' }];

		it('gives the live state under the names of the polling trigger, each notice once', async () => {
			const { account } = bench.simulator;
			const { id } = account.addOperator();
			account.setLive({ id, connected: true, chat: { available: false } });
			const poller = await bench.poller({ event: 'operatorAvailabilityChanged' });
			await poller.poll();
			const sender = await activate({ events: ['operatorAvailabilityChanged'] });
			account.setLive({ id, connected: true, chat: { available: true } });
			const event = sender.event('user.availability.updated', { userId: id, origin: 'desk', availabilities: available });
			expect([await sender.send(event), await sender.send(event)]).toEqual([200, 200]);
			const [polled] = (await poller.poll()) ?? [];
			const [row, ...others] = await trigger.rows();
			expect(others).toEqual([]);
			// What was before is known to polling alone.
			const { before, after, ...rest } = polled.json;
			expect(row).toMatchObject({ id, event: 'operatorAvailabilityChanged', before: null, after });
			expect(before).toMatchObject({ connected: true, chat: false });
			for (const name of ['connected', 'chat', 'call', 'video']) expect(row[name]).toEqual(rest[name]);
		});

		it.each(['user.connected', 'user.disconnected'])('starts on %s too', async (eventType) => {
			const { account } = bench.simulator;
			const { id } = account.addOperator();
			account.setLive({ id, connected: eventType === 'user.connected' });
			const sender = await activate({ events: ['operatorAvailabilityChanged'], channels: ['chat'] });
			expect(await sender.send(sender.event(eventType, { userId: id }))).toBe(200);
			const connected = eventType === 'user.connected';
			expect(await trigger.rows()).toMatchObject([{ id, after: { connected, chat: false } }]);
		});

		it('gives what was sent for an operator that iAdvize does not know any more', async () => {
			const sender = await activate({ events: ['operatorAvailabilityChanged'] });
			expect(await sender.send(sender.event('user.disconnected', { userId: 987_654 }))).toBe(200);
			expect(await trigger.rows()).toMatchObject([{ operator_id: 987_654, eventType: 'user.disconnected' }]);
		});
	});

	it('polls for purchases and knows the pushed ones by your own number', async () => {
		const { account } = bench.simulator;
		const times = { item: [{ mode: 'everyHour', minute: 0 }] };
		const sender = await activate({ events: ['transactionRecorded'], pollTimes: times });
		await trigger.poll();
		const conversation = account.addConversation().id;
		const buy = (external_id: string, conversation_id: number | null = conversation) =>
			account.addTransaction({ external_id, conversation_id, created_at: account.localTime(Date.now()) });
		for (const [number, own] of [['order-1'], ['order-2'], ['order-3', null], ['']] as const) buy(number, own);
		const told = { projectId: 5511, transactionId: uuid, externalId: 'order-1', amount: 12.5, source: 'Onsite' };
		await sender.send(sender.event('transaction.attributed', told));
		bench.simulator.clock.advance(2 * 24 * 3_600_000);
		await trigger.poll();
		await trigger.poll();
		expect((await trigger.rows()).map(({ external_id }) => external_id)).toEqual(['order-1', 'order-2']);
	});
});
