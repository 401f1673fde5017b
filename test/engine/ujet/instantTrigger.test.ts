// The UJET Instant Trigger against senders that push as the vendor does.
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { ChatWebhooks, SessionEvents } from '../../simulators/ujet/push';
import { stoppedClock } from '../../simulators/kit';
import { activateInstantTrigger, type InstantTrigger } from '../../support/instant';
import { startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const password = 'a-long-random-password';
const clock = stoppedClock('2026-05-15T10:00:00Z');
const agent = { id: 17, name: 'Ada Park' };

describe('the UJET Instant Trigger', () => {
	let bench: Bench;
	let trigger: InstantTrigger;

	beforeAll(async () => {
		bench = await startBench();
	});
	beforeEach(() => bench.simulator.journal.clear());
	afterEach(async () => await trigger.close());
	afterAll(async () => await bench.close());

	async function activate(
		parameters: INodeParameters,
		ujetWebhookApi: ICredentialDataDecryptedObject,
		node: { typeVersion?: number } = {},
	): Promise<void> {
		trigger = await activateInstantTrigger({
			nodeType: 'ujetInstantTrigger',
			parameters,
			credentials: { ...bench.credentials, ujetWebhookApi },
			node,
		});
	}

	describe('External Session Events', () => {
		const settings = { sender: 'sessionEvents', username: 'n8n', password };

		async function activateSessions(parameters: INodeParameters): Promise<SessionEvents> {
			await activate({ sender: 'sessionEvents', output: 'sent', ...parameters }, settings);
			return new SessionEvents({ address: trigger.address, username: 'n8n', password }, clock);
		}

		const eventsOf = (rows: IDataObject[]) => rows.map(({ event, id }) => `${String(event)} ${String(id)}`);

		const all = ['callAnswered', 'callAssigned', 'callCreated', 'callEndedUnanswered', 'callFinished', 'callWrappedUp'];
		const whole = ['callCreated', 'callAssigned', 'callAnswered', 'callFinished', 'callWrappedUp'];

		it('tells each moment of a call once, with the names of the polling trigger', async () => {
			const sender = await activateSessions({ events: all });
			for (const step of sender.stepsOf({ id: 88412, agent })) expect(await sender.send([step])).toBe(200);
			const rows = await trigger.rows();
			expect(eventsOf(rows)).toEqual(whole.map((event) => `${event} 88412`));
			expect(rows[2]).toMatchObject({
				agent_info: agent,
				customer_number: '+15125550100',
				menu_path: { name: 'support/orders' },
			});
			expect(rows[4]).toMatchObject({ dispositions: { code: 'resolved' } });
			expect(bench.simulator.journal.total).toBe(0);
		});

		it('gives the same from one request, in reverse order, and with everything sent twice', async () => {
			const sender = await activateSessions({ events: all });
			const steps = sender.stepsOf({ id: 88413, agent });
			expect(await sender.send([...steps].reverse())).toBe(200);
			expect(eventsOf(await trigger.rows())).toEqual(whole.map((event) => `${event} 88413`));
			expect(await sender.send(steps)).toBe(200);
			for (const step of sender.stepsOf({ id: 88414, agent }).reverse()) await sender.send([step]);
			await sender.send(steps);
			const counts = eventsOf(await trigger.rows()).sort();
			expect(counts).toEqual([88413, 88414].flatMap((id) => whole.map((event) => `${event} ${id}`)).sort());
			expect(await trigger.executions()).toHaveLength(6);
		});

		it('reads fields beside the item as well as inside it', async () => {
			const sender = await activateSessions({ events: ['callAnswered'] });
			const [, , , { item, ...entry }] = sender.stepsOf({ id: 88415, agent });
			await sender.send([{ ...entry, ...item } as never]);
			expect(eventsOf(await trigger.rows())).toEqual(['callAnswered 88415']);
		});

		it('tells apart calls that ended without an agent, and chats', async () => {
			const events = [...all, 'chatCreated', 'chatFinished'];
			const sender = await activateSessions({ events });
			const [start] = sender.stepsOf({ id: 1 });
			const left = { ...start, event_id: 'left', item: { ...start.item, state: 'disconnected' } };
			await sender.send([start, left]);
			await sender.send(sender.stepsOf({ id: 1, kind: 'chat' }));
			expect(eventsOf(await trigger.rows())).toEqual([
				'callCreated 1',
				'callEndedUnanswered 1',
				'chatCreated 1',
				'chatFinished 1',
			]);
		});

		it.each([
			['a wrong password', 'wrong'],
			['an empty password', ''],
			['a password that begins alike', `${password}x`],
		])('refuses %s, starts nothing and reads nothing', async (_name, wrong) => {
			const sender = await activateSessions({ events: all });
			expect(await sender.send(sender.stepsOf({ id: 2 }), wrong)).toBe(401);
			expect(await trigger.executions()).toEqual([]);
			expect(bench.simulator.journal.total).toBe(0);
		});

		it('refuses everything while the credential holds no password or is for the other sender', async () => {
			await activate({ sender: 'sessionEvents', events: all }, { ...settings, password: '' });
			const sender = new SessionEvents({ address: trigger.address, username: 'n8n', password: '' }, clock);
			expect(await sender.send(sender.stepsOf({ id: 3 }))).toBe(403);
			await trigger.close();
			await activate({ sender: 'sessionEvents', events: all }, { ...settings, sender: 'chatWebhooks' });
			const other = new SessionEvents({ address: trigger.address, username: 'n8n', password }, clock);
			expect(await other.send(other.stepsOf({ id: 3 }))).toBe(403);
			expect(await trigger.executions()).toEqual([]);
		});

		it.each([[[]], [['noSuchEvent']]])('refuses a stranger also while its events are not chosen rightly: %j', async (events) => {
			const sender = await activateSessions({ events });
			expect(await sender.send(sender.stepsOf({ id: 4 }), 'wrong')).toBe(401);
			// n8n answers 500 and shows the mistake, once the sender is known.
			expect(await sender.send(sender.stepsOf({ id: 4 }))).toBe(500);
			expect(await trigger.executions()).toEqual([]);
		});

		it('passes unknown notices only when asked to, each once', async () => {
			const strange = { event_id: 'e1', timestamp: 1, item: { email_id: 7 } };
			const sender = await activateSessions({ events: all });
			expect(await sender.send([strange])).toBe(200);
			expect(await trigger.rows()).toEqual([]);
			await trigger.close();
			const open = await activateSessions({ events: all, options: { unknownEvents: true } });
			await open.send([strange]);
			await open.send([strange]);
			expect(await trigger.rows()).toEqual([{ ...strange, event: null }]);
		});

		it('reads the whole record, as the polling trigger returns it, and filters it', async () => {
			const { id } = bench.simulator.addCall();
			const polled = await bench.poller({ event: 'callCreated' });
			await polled.poll();
			const fresh = bench.simulator.addCall();
			const [row] = (await polled.poll()) ?? [];
			const sender = await activateSessions({ events: ['callCreated'], output: 'record' });
			await sender.send(sender.stepsOf({ id: fresh.id }).slice(0, 1));
			expect(await trigger.rows()).toEqual([{ ...row.json, event: 'callCreated' }]);
			await trigger.close();
			const narrow = await activateSessions({ events: ['callCreated'], output: 'record', callTypes: ['AgentScheduledCall'] });
			await narrow.send(narrow.stepsOf({ id }).slice(0, 1));
			expect(await trigger.executions()).toEqual([{ rows: [], error: undefined }]);
		});

		it.each([
			['Voice Inbound (IVR)', 'IvrCall', 'IncomingCallApp'],
			['Voice Callback (Web)', 'IncomingCallWeb', 'IvrCall'],
			['Voice Outbound (API)', 'OutboundCall', 'IvrCall'],
			['Action Only', 'ActionOnlyCall', 'OutboundCall'],
		])('takes a call that is shown as %s for %s and not for %s', async (label, code, other) => {
			const { id } = bench.simulator.addCall();
			bench.simulator.setCall(id, { call_type: label });
			const right = await activateSessions({ events: ['callCreated'], output: 'record', callTypes: [code] });
			await right.send(right.stepsOf({ id }).slice(0, 1));
			expect(await trigger.rows()).toMatchObject([{ id, call_type: label }]);
			await trigger.close();
			const wrong = await activateSessions({ events: ['callCreated'], output: 'record', callTypes: [other] });
			await wrong.send(wrong.stepsOf({ id }).slice(0, 1));
			expect(await trigger.executions()).toEqual([{ rows: [], error: undefined }]);
		});

		it('fails visibly when the record cannot be read, and hands it over when run again', async () => {
			const { id } = bench.simulator.addCall();
			const sender = await activateSessions({ events: ['callCreated'], output: 'record' });
			bench.simulator.faults.once({ kind: 'status', status: 403 });
			await sender.send(sender.stepsOf({ id }).slice(0, 1));
			const [failed] = await trigger.executions();
			expect(failed.error?.message).toBeDefined();
			expect((await trigger.retry(0)).rows).toMatchObject([{ id, event: 'callCreated' }]);
			await sender.send(sender.stepsOf({ id }).slice(0, 1));
			expect((await trigger.rows()).filter(({ event }) => event === 'callCreated')).toEqual([]);
		});

		it('hands over again what an execution had that n8n lost, when it is retried', async () => {
			const sender = await activateSessions({ events: ['callCreated'], output: 'sent' });
			await sender.send(sender.stepsOf({ id: 88_417 }).slice(0, 1));
			expect(eventsOf(await trigger.rows())).toEqual(['callCreated 88417']);
			// As after a killed worker: the events are noted, and nobody got them.
			expect(eventsOf((await trigger.retry(0)).rows)).toEqual(['callCreated 88417']);
			await sender.send(sender.stepsOf({ id: 88_417 }).slice(0, 1));
			expect(await trigger.rows()).toHaveLength(1);
		});

		it('polls for what was missed, and gives nothing twice', async () => {
			const times = { item: [{ mode: 'everyHour', minute: 0 }] };
			const sender = await activateSessions({
				events: ['callCreated', 'callAnswered'],
				output: 'record',
				pollTimes: times,
			});
			await trigger.poll();
			expect(await trigger.rows()).toEqual([]);
			const pushed = bench.simulator.addCall().id;
			const missed = bench.simulator.addCall().id;
			await sender.send(sender.stepsOf({ id: pushed }).slice(0, 1));
			await trigger.poll();
			expect(eventsOf(await trigger.rows())).toEqual([`callCreated ${pushed}`, `callCreated ${missed}`]);
			await sender.send(sender.stepsOf({ id: missed }).slice(0, 1));
			await trigger.poll();
			expect(await trigger.rows()).toHaveLength(2);
		});

		describe('polls for what was missed', () => {
			const times = { item: [{ mode: 'everyHour', minute: 0 }] };
			const answer = (id: number) => {
				const { account } = bench.simulator;
				const [time, row] = [account.time(), { ...account.calls.get(id)!.row }];
				const participants = [{ ...row.participants[0], type: 'agent' as const, user_id: agent.id, connected_at: time }];
				const agentInfo = { agent_info: agent as never, assigned_at: time };
				bench.simulator.setCall(id, { status: 'connected', connected_at: time, participants, ...agentInfo });
			};

			it('finds an answered call that no push told, and takes a push that comes later for the same', async () => {
				const events = ['callAnswered', 'callAssigned'];
				const sender = await activateSessions({ events, output: 'record', pollTimes: times });
				const [told, missed] = [bench.simulator.addCall().id, bench.simulator.addCall().id];
				await trigger.poll();
				for (const step of sender.stepsOf({ id: told, agent })) await sender.send([step]);
				for (const id of [told, missed]) answer(id);
				await trigger.poll();
				await trigger.poll();
				for (const step of sender.stepsOf({ id: missed, agent })) await sender.send([step]);
				const found = ['callAssigned', 'callAnswered'].flatMap((event) => [`${event} ${told}`, `${event} ${missed}`]);
				expect(eventsOf(await trigger.rows()).sort()).toEqual(found.sort());
				// After a transfer the second agent counts too.
				const other = { id: 18, name: 'Bo Lind' };
				for (const step of sender.stepsOf({ id: told, agent: other })) await sender.send([step]);
				expect(eventsOf(await trigger.rows()).slice(4)).toEqual([`callAssigned ${told}`, `callAnswered ${told}`]);
			});

			it('knows a call by its number, whatever the agents are called in the notices', async () => {
				const sender = await activateSessions({ events: ['callAnswered'], output: 'sent', pollTimes: times });
				const { id } = bench.simulator.addCall();
				await trigger.poll();
				const [, , , active] = sender.stepsOf({ id, agent: { id: 990, name: 'Other number' } });
				await sender.send([active]);
				answer(id);
				await trigger.poll();
				expect(await trigger.rows()).toHaveLength(1);
			});

			it('tells calls that ended with an agent from those without, as the notices do', async () => {
				const events = ['callFinished', 'callEndedUnanswered'];
				await activateSessions({ events, output: 'record', pollTimes: times });
				const [answered, alone] = [bench.simulator.addCall().id, bench.simulator.addCall().id];
				await trigger.poll();
				answer(answered);
				bench.simulator.finishCall(answered);
				bench.simulator.failCall(alone, 'eu_abandoned');
				await trigger.poll();
				await trigger.poll();
				expect(eventsOf(await trigger.rows()).sort()).toEqual([
					`callEndedUnanswered ${alone}`,
					`callFinished ${answered}`,
				]);
			});

			it('takes no filter that another of the events brings', async () => {
				const events = ['callCreated', 'callAnswered'];
				await activateSessions({ events, output: 'record', agentIds: ['424242'], pollTimes: times });
				await trigger.poll();
				const { id } = bench.simulator.addCall();
				await trigger.poll();
				expect(eventsOf(await trigger.rows())).toEqual([`callCreated ${id}`]);
			});
		});

		it('does not poll without times', async () => {
			await activateSessions({ events: ['callCreated'] });
			await trigger.poll();
			expect(bench.simulator.journal.total).toBe(0);
		});
	});

	describe('Chat Webhooks', () => {
		const secrets = { primary: 'first-secret-of-ujet', secondary: 'second-secret-of-ujet' };
		const settings = { sender: 'chatWebhooks', primarySecret: secrets.primary, secondarySecret: secrets.secondary };

		async function activateChats(
			credential: ICredentialDataDecryptedObject = settings,
			parameters: INodeParameters = {},
			node: { typeVersion?: number } = {},
		) {
			const events = ['chatCreated', 'chatMessageReceived', 'chatFinished'];
			await activate({ sender: 'chatWebhooks', events, ...parameters }, credential, node);
			return trigger.address;
		}

		it('gives messages of agents with their text, and none that the workflow wrote for the end user', async () => {
			const sender = new ChatWebhooks({ address: await activateChats(), ...secrets }, clock);
			expect(await sender.send('message_received', 7, sender.message('agent', 'Where is it?'))).toBe(200);
			expect(await sender.send('message_received', 7, sender.message('end_user', 'On its way'))).toBe(200);
			expect(
				await sender.send('message_received', 7, {
					sender: { type: 'virtual_agent' },
					message: { type: 'text', content: 'Thanks' },
				}),
			).toBe(200);
			expect(await trigger.rows()).toMatchObject([
				{ id: 7, event: 'chatMessageReceived', text: 'Where is it?', sender: { type: 'agent' } },
				{ id: 7, text: 'Thanks' },
			]);
		});

		it('gives a message once that is sent again, and an equal one of another time too', async () => {
			const sender = new ChatWebhooks({ address: await activateChats(), ...secrets }, clock);
			const body = sender.message('agent', 'Hello?');
			await sender.send('message_received', 8, body);
			await sender.send('message_received', 8, body);
			clock.advance(1_000);
			await sender.send('message_received', 8, body);
			expect(await trigger.rows()).toHaveLength(2);
		});

		it.each([
			['only a primary secret', { primary: secrets.primary }, settings, 200],
			['exchanged secrets', { primary: secrets.secondary, secondary: secrets.primary }, settings, 200],
			[
				'a new secondary that n8n does not know yet',
				{ primary: secrets.primary, secondary: 'brand-new' },
				settings,
				200,
			],
			['unknown secrets', { primary: 'other', secondary: 'another' }, settings, 401],
			[
				'an empty secret against an empty credential',
				{ primary: ' ' },
				{ ...settings, primarySecret: ' ', secondarySecret: '' },
				403,
			],
		])('knows its sender by %s', async (_name, sent, credential, status) => {
			const sender = new ChatWebhooks({ address: await activateChats(credential), ...sent }, clock);
			expect(await sender.send('chat_created', 9)).toBe(status);
			expect(await trigger.executions()).toHaveLength(status === 200 ? 1 : 0);
		});

		it.each([
			[{}, '2026-03-05T08:30:00.000Z'],
			[{ typeVersion: 1 }, '2026-03-05T09:30:00+01:00'],
		])('writes times as the version of the node does: %j', async (node, shown) => {
			const sender = new ChatWebhooks({ address: await activateChats(settings, {}, node), ...secrets }, clock);
			const timestamp = '2026-03-05T09:30:00+01:00';
			const body = JSON.stringify({ event_type: 'chat_created', chat_id: 12, timestamp });
			expect(await sender.sendText(body, new Date().toISOString())).toBe(200);
			expect(await trigger.rows()).toMatchObject([{ id: 12, timestamp: shown }]);
		});

		it('refuses a signature that belongs to another body or time', async () => {
			const address = await activateChats();
			const sign = new ChatWebhooks({ address, ...secrets }, clock);
			const timestamp = new Date().toISOString();
			const body = JSON.stringify({ event_type: 'chat_created', chat_id: 10, timestamp });
			let headers: Record<string, string> = {};
			const capture = jest.spyOn(globalThis, 'fetch').mockImplementation(async (_address, init) => {
				headers = init?.headers as Record<string, string>;
				return new Response();
			});
			await sign.sendText(body, timestamp);
			capture.mockRestore();
			const send = async (changed: object, text = body) =>
				(await fetch(address, { method: 'POST', headers: { ...headers, ...changed }, body: text })).status;
			expect(await send({})).toBe(200);
			expect(await send({}, body.replace('10', '11'))).toBe(401);
			expect(await send({ 'x-signature-timestamp': new Date(0).toISOString() })).toBe(401);
			expect(await send({ 'x-signature': '' })).toBe(401);
			expect(
				await send({ 'x-signature': headers['x-signature'].replaceAll('primary=', '').replaceAll('secondary=', '') }),
			).toBe(401);
		});

		it('refuses old signatures where the credential sets a limit', async () => {
			const address = await activateChats({ ...settings, maximumAge: 60 });
			const old = new ChatWebhooks({ address, ...secrets }, stoppedClock(Date.now() - 120_000));
			expect(await old.send('chat_created', 11)).toBe(401);
			const now = new ChatWebhooks({ address, ...secrets }, stoppedClock(Date.now()));
			expect(await now.send('chat_created', 11)).toBe(200);
			expect(await now.sendText('{"event_type":"chat_created","chat_id":12}', 'last Tuesday')).toBe(401);
			expect(
				await now.sendText('{"event_type":"chat_created","chat_id":13}', String(Math.round(Date.now() / 1_000))),
			).toBe(200);
		});
	});
});
