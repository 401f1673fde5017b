import type { INodeParameters } from 'n8n-workflow';

import { testCredential } from '../../support/credentialTest';
import { jsonOf } from '../../support/engine';
import { captureOutput, findSecrets } from '../../support/output';
import { byId, expectSearchable, itemsOf, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('UJET reads', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	/** Rows of an operation that must not fail. */
	async function rows(resource: string, operation: string, parameters: INodeParameters = {}) {
		const result = await bench.run(resource, operation, parameters);
		expect({ message: result.error?.message, advice: result.error?.description }).toEqual({});
		return jsonOf(result.outputs[0]);
	}

	test('an address that is none is refused by the name of its field in the credential', async () => {
		const credentials = { ujetApi: { ...bench.credentials.ujetApi, baseUrl: 'acme ujet co' } };
		const result = await bench.run('team', 'getMany', {}, { credentials });
		expect(result.error?.message).toContain("Invalid 'Tenant Address' in the credential");
		expect(bench.simulator.journal.total).toBe(0);
	});

	test.each([
		['agent', 'agentId'],
		['agentActivityLog', 'logId'],
		['call', 'callId'],
		['menu', 'menuId'],
		['team', 'teamId'],
	])('%s: get many and get give the same record', async (resource, idName) => {
		const [first] = await rows(resource, 'getMany', { limit: 3, simplify: false });
		const id = ['callId', 'logId'].includes(idName) ? String(first.id) : byId(Number(first.id));
		expect(await rows(resource, 'get', { [idName]: id, simplify: false })).toEqual([first]);
	});

	test.each([
		['agent', 'agentId', 'agents', 17],
		['agentActivityLog', 'logId', 'agent_activity_logs', 918_273],
	])('%s is read through the list where its own address is not there', async (resource, idName, path, id) => {
		bench.simulator.faults.add({ kind: 'status', status: 404 }, { path: new RegExp(`/${path}/\\d+$`) });
		const value = resource === 'agent' ? byId(id) : String(id);
		expect(await rows(resource, 'get', { [idName]: value })).toEqual([expect.objectContaining({ id })]);
		const lists = bench.simulator.journal.find(({ path: sent }) => sent.endsWith(`/${path}`));
		expect(lists.map(({ query }) => query)).toEqual([{ id: [String(id)] }]);
	});

	test('a list that ignores the filter does not give another record', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 404, body: { message: 'Not Found' } }, { path: /\/agents\/\d+$/ });
		const list = (ids: number[]) =>
			bench.simulator.faults.once({ kind: 'status', status: 200, body: ids.map((id) => ({ id })) }, { path: '*/agents' });
		list([4, 17]);
		expect(await rows('agent', 'get', { agentId: byId(17) })).toEqual([{ id: 17 }]);
		const refused = 'Not Found: Agent 17 (GET /manager/api/v1/agents/17)';
		list([4]);
		expect((await bench.run('agent', 'get', { agentId: byId(17) })).error?.message).toBe(refused);
		// A row without an ID may be any record.
		bench.simulator.faults.once({ kind: 'status', status: 200, body: [{ first_name: 'Ada' }] }, { path: '*/agents' });
		expect((await bench.run('agent', 'get', { agentId: byId(17) })).error?.message).toBe(refused);
	});

	test('a customer who is not there is named with what was looked for', async () => {
		const result = await bench.run('endUser', 'get', { identifier: 'crm-999999' });
		expect(result.error?.message).toBe('Not Found: Identifier crm-999999 (GET /apps/api/v1/end_users)');
	});

	test('the activity log is read for a bounded period, which is the last 7 days where none is given', async () => {
		const days = (text: string[]) => text.map((time) => Math.round((Date.parse(time) - Date.now()) / 86_400_000) + 0);
		const bounds = async (filters: INodeParameters) => {
			bench.simulator.journal.clear();
			await rows('agentActivityLog', 'getMany', { filters });
			const { started_at: sent } = bench.simulator.journal.find(() => true)[0].query as Record<string, Record<string, string>>;
			return sent === undefined ? [] : days([sent.from, sent.to]);
		};
		expect(await bounds({})).toEqual([-7, 0]);
		expect(await bounds({ startedFrom: new Date(Date.now() - 2 * 86_400_000).toISOString() })).toEqual([-2, 0]);
		expect(await bounds({ callIds: '7' })).toEqual([]);
	});

	test('emails are read at the second path where the first one is not there', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 404, body: { message: 'Not Found' } }, { path: /\/emails$/ });
		bench.simulator.faults.add({ kind: 'status', status: 200, body: [{ id: 4410 }] }, { path: /\/email_supports$/ });
		expect(await rows('email', 'getMany', { limit: 5 })).toEqual([{ id: 4410 }]);
	});

	test.each([
		[{ errors: ['Name is taken', { message: 'Too long' }] }, 'Name is taken; Too long'],
		[{ errors: { name: ['is taken'], id: 'is unknown' } }, 'name: is taken; id: is unknown'],
		[{ error: 'invalid_request', error_description: 'No such tenant' }, 'No such tenant'],
		[{ error: { message: 'Denied' } }, 'Denied'],
		[['First', 'Second'], 'First; Second'],
	])('the words of the failure %j are kept', async (body, message) => {
		bench.simulator.faults.once({ kind: 'status', status: 422, body });
		expect((await bench.run('team', 'getMany')).error?.message).toBe(message);
	});

	test('Return All reads to the end, Limit stops early', async () => {
		for (let count = 0; count < 130; count++) bench.simulator.addCall();
		const all = await rows('call', 'getMany', { returnAll: true });
		expect(new Set(all.map(({ id }) => id)).size).toBe(250);
		expect(bench.simulator.journal.total).toBe(3);
		bench.simulator.journal.clear();
		expect(await rows('call', 'getMany', { limit: 120 })).toHaveLength(120);
		expect(bench.simulator.journal.total).toBe(2);
	});

	test('the filters of calls reach the vendor and work together', async () => {
		const [agentId] = bench.demo.agents;
		const from = new Date(Date.now() - 86_400_000).toISOString();
		const { id } = bench.simulator.addCall({ status: 'finished', agentId, call_duration: 50, call_type: 'Voice Outbound' });
		bench.simulator.addCall({ status: 'failed', agentId, call_duration: 50, call_type: 'Voice Outbound' });
		const filters = {
			agentIds: [agentId],
			callTypes: ['OutboundCall'],
			statuses: ['finished', 'connected'],
			createdFrom: from,
			callDurationFrom: 40,
			callDurationTo: 60,
			sortColumn: 'created_at',
			sortDirection: 'ASC',
		};
		expect((await rows('call', 'getMany', { filters })).map((row) => row.id)).toEqual([id]);
		const refused = await bench.run('call', 'getMany', { filters: { statuses: ['over'] } });
		expect(refused.error?.message).toContain('one of:');
	});

	test('agents by status, those of UJET too, and by presence', async () => {
		const statuses = await rows('userStatus', 'getMany', { returnAll: true });
		const lunch = statuses.find(({ name }) => name === 'Lunch');
		const available = statuses.find(({ name }) => name === 'Available');
		expect(Number(available?.id)).toBeLessThanOrEqual(0);
		const inStatus = async (id: unknown) => await rows('agent', 'getMany', { filters: { statusIds: [Number(id)] } });
		expect((await inStatus(lunch?.id)).map(({ first_name }) => first_name)).toEqual(['Jack']);
		expect((await inStatus(available?.id)).length).toBeGreaterThan(5);
		expect(await rows('agent', 'getMany', { filters: { online: false } })).toHaveLength(1);
		const current = await rows('agent', 'getCurrentStatuses', { returnAll: true });
		expect(current).toHaveLength(11);
		expect(current[0]).toEqual(expect.objectContaining({ status: expect.any(String) as string }));
	});

	test('menus as list, as tree, with waits, service levels and hours', async () => {
		const { menus } = bench.demo;
		expect((await rows('menu', 'getMany', { filters: { menuTypes: ['web_menu'] } })).map(({ id }) => id)).toEqual([menus.web]);
		const [root] = await rows('menu', 'getTree', { filters: { menuType: 'ivr_menu', treeLanguage: 'es' } });
		expect((root.children as unknown[]).length).toBe(2);
		bench.simulator.addCall({ status: 'queued', menuId: menus.billing });
		expect(await rows('menu', 'getCurrentStatuses')).toEqual([expect.objectContaining({ id: menus.billing, queued_calls: 1 })]);
		expect((await rows('menu', 'getSla', { channel: 'call', minutes: 60 })).length).toBeGreaterThan(2);
		expect((await rows('menu', 'getSlaByQueueGroup', { channel: 'chat', minutes: 15 }))[0]).toHaveProperty('queue_group');
		expect(await rows('menu', 'getOperationHours')).toHaveLength(2);
	});

	test('waits, live figures and whether a queue is open', async () => {
		const { billing } = bench.demo.menus;
		const waits = await rows('waitTime', 'getMany', { language: 'en', filters: { waitFrom: 100, channelType: 'voice_call' } });
		expect(waits).toEqual([expect.objectContaining({ menu_id: billing, voice_call: 120 })]);
		bench.simulator.setMenu(billing, { overCapacity: true });
		const status = await rows('queueStatus', 'get', { menuId: byId(billing), channelType: 'call', language: 'en' });
		expect(status).toEqual([expect.objectContaining({ menu_id: billing, overcapacity: true, after_hour: false })]);
		const live = await rows('queueStatus', 'getLive', {
			menuIds: [billing],
			menuType: 'ivr_menu',
			language: 'en',
			additionalFields: { callbackHours: 2 },
		});
		expect(live).toEqual([expect.objectContaining({ menu_id: billing, current_queue_ewt: 120 })]);
		expect(live[0].callback_periods).toHaveLength(8);
	});

	test('an emergency shutdown closes queues, refuses to run without one, and is cancelled beside it', async () => {
		const { billing, returns } = bench.demo.menus;
		const targets = { menuIds: [billing, returns], shutdownLanguage: 'en' };
		await rows('menu', 'startEmergencyShutdown', {
			...targets,
			additionalFields: { messageType: 'tts', message: 'Closed', callsInProgress: 'allow_finish', waitingCalls: 'disconnect' },
		});
		expect(bench.simulator.account.menus.get(billing)?.shutdown).toMatchObject({ message: { type: 'tts', content: 'Closed' } });
		await rows('menu', 'cancelEmergencyShutdown', targets);
		expect(bench.simulator.account.menus.get(billing)?.shutdown).toBeNull();
		const before = bench.simulator.journal.total;
		const without = await bench.run('menu', 'startEmergencyShutdown', { menuIds: '={{ [] }}', shutdownLanguage: 'en' });
		expect(without.error?.message).toContain('is empty');
		const half = await bench.run('menu', 'startEmergencyShutdown', { ...targets, additionalFields: { messageType: 'tts' } });
		expect(half.error?.message).toContain('for this message type');
		expect(bench.simulator.journal.total).toBe(before);
	});

	test('an end user is written twice without harm and found both ways', async () => {
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const [{ id }] = await rows('endUser', 'upsert', { identifier: 'crm-9', additionalFields: { name: 'Jo Lee', phone: '+14155550142' } });
		expect(await rows('endUser', 'get', { findBy: 'identifier', identifier: 'crm-9' })).toEqual([expect.objectContaining({ id })]);
		expect(await rows('endUser', 'get', { findBy: 'id', endUserId: String(id) })).toEqual([
			expect.objectContaining({ identifier: 'crm-9' }),
		]);
	});

	test('teams with members and as tree', async () => {
		const [{ assignees }] = await rows('team', 'getMany', { filters: { names: 'Tier 1' } });
		expect((assignees as unknown[]).length).toBeGreaterThan(3);
		expect((await rows('team', 'getTree'))[0].children).toHaveLength(2);
	});

	test('an SMS opens a session and is never sent twice; one way texts go to several people', async () => {
		const outboundNumber = bench.demo.numbers[0];
		const items = itemsOf({ to: '+14155550142' }, { to: '+14155550143' });
		bench.simulator.faults.script([undefined, { kind: 'cutAfter' }]);
		const parameters = { endUserNumber: '={{ $json.to }}', outboundNumber, message: 'Your order is on its way.' };
		const result = await bench.run('sms', 'send', parameters, { items });
		expect(result.error?.message).toMatch(/^In doubt: /);
		expect(result.error?.context.itemIndex).toBe(1);
		expect(bench.simulator.journal.carriedOut('sms.send')).toBe(2);
		await rows('sms', 'sendSessionless', {
			fromPhone: outboundNumber,
			toPhones: '+1 415 555 0144, +14155550145',
			messages: ['Hello, Ines', 'Bye'],
		});
		const sent = bench.simulator.journal.find(({ path }) => path.endsWith('/sessionless_sms'));
		expect(sent.map(({ body }) => body)).toEqual([
			{ from_phone: outboundNumber, to_phones: ['+14155550144', '+14155550145'], messages: ['Hello, Ines', 'Bye'] },
		]);
	});

	test.each(['Agent', 'AgentEmail', 'Campaign', 'InboundMenu', 'Menu', 'ScheduledMenu', 'Team', 'UserStatus', 'UserStatusName'])(
		'the pick list %s can be searched',
		async (name) => await expectSearchable(bench, name),
	);

	test('the menus of a pick list are those that the operation allows', async () => {
		const values = async (name: string) => (await bench.search(`search${name}`)).map(([, value]) => value);
		const { billing, orders, web } = bench.demo.menus;
		expect(await values('InboundMenu')).toEqual(expect.arrayContaining([billing, web]));
		expect(await values('InboundMenu')).not.toContain(orders);
		expect((await values('ScheduledMenu')).sort()).toEqual([orders, web]);
		expect(await values('UserStatusName')).toContain('Lunch');
	});

	test('a wrong token gives advice and shows no token', async () => {
		const password = 'a-secret-token-that-must-not-show';
		const credentials = { ujetApi: { ...bench.credentials.ujetApi, password } };
		const { result, text } = await captureOutput(async () => await bench.run('team', 'getMany', {}, { credentials }));
		expect(result?.error?.description).toContain("Check 'Username' and 'Password'");
		const encoded = Buffer.from(`acme:${password}`).toString('base64');
		expect(findSecrets([password, encoded], text, result)).toEqual([]);
	});

	test.each(['', '/', '/manager/api/v1', '/settings/developer?tab=api'])(
		'the credential test takes the tenant address with %j behind it',
		async (suffix) => {
			const { baseUrl, ...rest } = bench.credentials.ujetApi;
			const test = async (changes: object) =>
				await testCredential({ type: 'ujetApi', data: { ...rest, baseUrl: `${String(baseUrl)}${suffix}`, ...changes } as never });
			expect(await test({})).toMatchObject({ status: 'OK' });
			const refused = { status: 'Error', message: expect.stringContaining("Check 'Username' and 'Password'") as string };
			expect(await test({ password: 'wrong' })).toMatchObject(refused);
		},
	);

	test('a path that UJET does not confirm can be overridden in the credential', async () => {
		const pathOverrides = '{"call.get": "GET /manager/api/v1/teams/{callId}"}';
		const credentials = { ujetApi: { ...bench.credentials.ujetApi, pathOverrides } };
		const result = await bench.run('call', 'get', { callId: '8', simplify: false }, { credentials });
		expect(jsonOf(result.outputs[0])[0]).toMatchObject({ name: 'Tier 1' });
	});
});
