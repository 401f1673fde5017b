import { jsonOf } from '../../support/engine';
import { runs } from '../../support/runs';
import { byId, itemsOf, keepGoing, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const customer = '+1 (415) 555-0142';
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

describe('UJET calls', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	/** Bodies of the dial requests that reached the vendor. */
	const sent = () => bench.simulator.journal.find(({ method, path }) => method === 'POST' && path.endsWith('/calls'));

	test('an outbound call by number reaches the list of calls and lives on', async () => {
		const result = await bench.run('call', 'createOutbound', { agentEmail: byId('mara@example.org'), endUserNumber: customer });
		const [{ id }] = jsonOf(result.outputs[0]);
		expect(sent()[0].body).toEqual({
			call_type: 'Voice Outbound (API)',
			agent_email: 'mara@example.org',
			end_user_number: '+14155550142',
		});
		bench.simulator.advance(200_000);
		const stored = await bench.run('call', 'getMany', { filters: { ids: String(id) } });
		expect(jsonOf(stored.outputs[0])).toEqual([expect.objectContaining({ id, status: 'finished' })]);
		const whole = await bench.run('call', 'get', { callId: String(id), simplify: false });
		expect(jsonOf(whole.outputs[0])[0]).toHaveProperty('participants');
	});

	test('an outbound call by ticket calls the contact of the ticket', async () => {
		const result = await bench.run('call', 'createOutbound', {
			agentEmail: byId('teo@example.org'),
			ticketId: bench.demo.ticket,
			simplify: false,
		});
		expect(jsonOf(result.outputs[0])[0]).toMatchObject({ out_ticket_id: bench.demo.ticket });
		expect(sent()[0].body).not.toHaveProperty('end_user_number');
	});

	test.each([202, 200] as const)('a %d answer says that the agent must finish the call in the adapter', async (status) => {
		const other = await startBench({ callerIdAnswer: status });
		const result = await other.run('call', 'createOutbound', { agentEmail: byId('noah@example.org'), endUserNumber: customer });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result.outputs[0])[0]).toMatchObject({ pending: true, message: expect.stringContaining('adapter') as string });
		expect(jsonOf(result.outputs[0])[0]).not.toHaveProperty('id');
		await other.close();
	});

	test('an inbound call goes into a queue with language and recording permission', async () => {
		const result = await bench.run('call', 'createInbound', {
			menuId: byId(bench.demo.menus.billing),
			endUserNumber: customer,
			additionalFields: { language: 'es', recordingPermission: 'recording_permission_granted' },
		});
		expect(jsonOf(result.outputs[0])[0]).toMatchObject({ status: 'queued', selected_menu_name: 'Billing' });
		expect(sent()[0].body).toMatchObject({
			menu_id: bench.demo.menus.billing,
			lang: 'es',
			recording_permission: 'recording_permission_granted',
		});
	});

	test('a scheduled call takes a time with offset, or a time and its zone', async () => {
		const menuId = byId(bench.demo.menus.orders);
		const far = { menuId, endUserNumber: customer, scheduledAt: '2031-01-15T09:30:00+01:00' };
		expect((await bench.run('call', 'createScheduled', far)).error).toBeUndefined();
		const beside = { ...far, scheduledAt: '2031-07-15 09:30:00', timeZone: 'Europe/Berlin' };
		expect((await bench.run('call', 'createScheduled', beside)).error).toBeUndefined();
		const times = sent().map(({ body }) => (body as { scheduled_at: string }).scheduled_at);
		expect(times).toEqual(['2031-01-15T08:30:00.000Z', '2031-07-15T07:30:00.000Z']);
	});

	test('a callback in 15 minutes shows its number and its time', async () => {
		const parameters = { menuId: byId(bench.demo.menus.orders), endUserNumber: customer, scheduleBy: 'minutes', minutesFromNow: 15 };
		const before = Date.now();
		const result = await bench.run('call', 'createScheduled', parameters);
		const [row] = jsonOf(result.outputs[0]);
		expect(row).toMatchObject({ end_user_number: '+14155550142', scheduled_at: (sent()[0].body as { scheduled_at: string }).scheduled_at });
		const delay = Date.parse(String(row.scheduled_at)) - before;
		expect(delay).toBeGreaterThanOrEqual(15 * 60_000);
		expect(delay).toBeLessThan(16 * 60_000);
		const refused = await bench.run('call', 'createScheduled', { ...parameters, minutesFromNow: 0 });
		expect(refused.error?.message).toContain('from 1 to');
	});

	test('an outbound call takes a number or a ticket, not both', async () => {
		const both = { agentEmail: byId('mara@example.org'), endUserNumber: customer, ticketId: bench.demo.ticket };
		const refused = await bench.run('call', 'createOutbound', both);
		expect(refused.error?.message).toContain('either a customer number or a ticket ID');
		expect(bench.simulator.journal.total).toBe(0);
	});

	test.each([
		['2031-01-15T09:30:00', 'with its offset from UTC'],
		['2020-01-15T09:30:00Z', 'in the future'],
		['next Tuesday', 'a date and time'],
	])('a callback at %s is refused before anything is sent', async (scheduledAt, expected) => {
		const items = itemsOf({ at: inAnHour() }, { at: scheduledAt });
		const parameters = { menuId: byId(44), endUserNumber: customer, scheduledAt: '={{ $json.at }}' };
		const result = await bench.run('call', 'createScheduled', parameters, { items });
		expect(result.error?.message).toContain(expected);
		expect(result.error?.context.itemIndex).toBe(1);
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('a callback without menu and without earlier call is refused, with an earlier call it is taken', async () => {
		const parameters = { endUserNumber: customer, scheduledAt: inAnHour() };
		const refused = await bench.run('call', 'createScheduled', parameters);
		expect(refused.error?.message).toContain("at least one of 'Menu', 'Earlier Call ID'");
		const additionalFields = { callId: String(bench.demo.calls[0]) };
		const taken = await bench.run('call', 'createScheduled', { ...parameters, additionalFields });
		expect(taken.error).toBeUndefined();
	});

	test.each([
		['Agent is not available to take this call', { agentEmail: byId('jack@example.org') }, 'signed in, available'],
		['Agent does not have access to make calls', { agentEmail: byId('zoe@example.org') }, 'administrator'],
		['end_user_number is in the Do Not Call list', { endUserNumber: '+14155550198' }, 'do-not-call list'],
	])("'%s' comes first, then what to do", async (message, parameters, advice) => {
		const usual = { agentEmail: byId('mara@example.org'), endUserNumber: customer };
		const result = await bench.run('call', 'createOutbound', { ...usual, ...parameters });
		expect(result.error?.message).toBe(message);
		expect(`${result.error?.message} ${result.error?.description}`).toContain(advice);
	});

	test('the invalid call type, a missing parameter and a wrong address become errors that say what to do', async () => {
		const refuse = (status: number, body: unknown) => bench.simulator.faults.once({ kind: 'status', status, body });
		const call = async () =>
			(await bench.run('call', 'createOutbound', { agentEmail: byId('mara@example.org'), endUserNumber: customer })).error;
		refuse(400, { message: 'Invalid call type' });
		expect((await call())?.description).toContain('does not know this kind of call');
		refuse(400, { message: 'menu_id is required' });
		expect((await call())?.description).toContain('Fill in the named field');
		refuse(404, { message: 'Not Found' });
		expect((await call())?.description).toContain('tenant address is wrong');
	});

	test('end user, flags and custom data of a running call', async () => {
		const { id } = bench.simulator.addCall({ status: 'connected', agentId: bench.demo.agents[0] });
		const callId = String(id);
		const failed: unknown[] = [];
		const run = async (operation: string, parameters: Record<string, unknown>) => {
			const result = await bench.run('call', operation, { callId, ...parameters } as never);
			if (result.error) failed.push(operation, result.error.message, result.error.description);
			return jsonOf(result.outputs[0] ?? [])[0];
		};
		await run('updateEndUser', { identifier: 'crm-000481', additionalFields: { name: 'Ines Okafor', phone: customer } });
		await run('setCustomerFlags', { additionalFields: { verifiedCustomer: true } });
		await run('updateCustomerFlags', { updateFields: { repeatCustomer: true, badActor: false } });
		expect(await run('getCustomerFlags', {})).toMatchObject({ verified_customer: true, bad_actor: false, repeat_customer: true });
		await run('sendCustomData', { form: 'fields', dataFields: { field: [{ name: 'order', label: 'Order', value: 'SO-1' }] } });
		await run('sendCustomData', { form: 'json', dataJson: '{"order": {"value": 7}}' });
		const flags = { field: [{ name: 'reserved_bad_actor', value: 'TRUE' }] };
		await run('sendCustomData', { form: 'fields', dataFields: flags });
		await run('sendCustomData', { form: 'json', dataJson: '{"reserved_verified_customer": {"value": "false"}}' });
		expect(failed).toEqual([]);
		const bodies = bench.simulator.journal.find(({ path }) => path.endsWith('/custom_data')).map(({ body }) => body);
		expect(bodies).toEqual([
			{ signed: false, data: { order: { label: 'Order', value: 'SO-1' } } },
			{ signed: false, data: { order: { value: 7 } } },
			{ signed: false, data: { reserved_bad_actor: { value: true } } },
			{ signed: false, data: { reserved_verified_customer: { value: false } } },
		]);
		const unclear = await bench.run('call', 'sendCustomData', { callId, dataFields: { field: [{ name: 'reserved_bad_actor', value: 'maybe' }] } });
		expect(unclear.error?.message).toContain('true or false as the value of reserved_bad_actor');
		const written = bench.simulator.journal.find(({ path, method }) => path.endsWith('/customer_flag') && method !== 'GET');
		expect(written.map(({ method }) => method)).toEqual(['PATCH', 'PATCH']);
	});

	test('one scheduled call is cancelled; one that no longer waits says why it is not', async () => {
		const { id } = bench.simulator.addCall({ status: 'scheduled' });
		const cancel = async () => await bench.run('call', 'cancelScheduled', { callId: String(id) });
		expect(jsonOf((await cancel()).outputs[0])[0]).toMatchObject({ id, status: 'canceled' });
		expect((await cancel()).error?.message).toBe('Call is not scheduled');
		expect(bench.simulator.journal.carriedOut('call.cancelScheduled')).toBe(1);
	});

	test('the scheduled calls of all items are cancelled in one request, and every item says where to ask', async () => {
		const ids = Array.from({ length: 3 }, () => bench.simulator.addCall({ status: 'scheduled' }).id);
		const items = itemsOf({ ids: `${ids[0]}, ${ids[1]}` }, { ids: ids[2] }, { ids: ids[2] });
		const result = await bench.run('call', 'cancelManyScheduled', { callIds: '={{ $json.ids }}' }, { items });
		const rows = jsonOf(result.outputs[0]);
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }, { item: 2 }]);
		expect(rows.map(({ call_id }) => call_id)).toEqual([ids[0], ids[1], ids[2], ids[2]]);
		expect(rows[0]).toMatchObject({ pending: true, job_id: expect.any(Number) as number });
		expect(String(rows[0].job_url)).toContain('/calls/scheduled/jobs/');
		const writes = bench.simulator.journal.find(({ method }) => method === 'PATCH');
		expect(writes.map(({ body }) => body)).toEqual([{ call_ids: ids }]);
		bench.simulator.advance(10_000);
		const stored = await bench.run('call', 'getMany', { filters: { ids: ids.join() } });
		expect(jsonOf(stored.outputs[0]).map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
	});

	test('a third party is dialed into a call once, also when the answer is lost', async () => {
		const { id } = bench.simulator.addCall({ status: 'connected', agentId: bench.demo.agents[0] });
		const parameters = { callId: String(id), agentEmail: byId('mara@example.org'), phoneNumber: customer };
		const dialed = await bench.run('call', 'dialThirdParty', parameters);
		expect(jsonOf(dialed.outputs[0])[0]).toMatchObject({ participant: { type: 'third_party', status: 'dialing' } });
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const lost = await bench.run('call', 'dialThirdParty', parameters);
		expect(lost.error?.message).toMatch(/^In doubt/);
		const refused = await bench.run('call', 'dialThirdParty', { ...parameters, agentEmail: byId('teo@example.org') });
		expect(refused.error?.message).toBe('Agent is not on the call');
		expect(bench.simulator.journal.carriedOut('call.dialThirdParty')).toBe(2);
	});

	test.each([
		['sms', 'send', { endUserNumber: customer, outboundNumber: '+14155550142', message: 'Hello' }],
		['sms', 'sendSessionless', { toPhones: `+14155550143, ${customer}`, fromPhone: '+14155550142', messages: ['Hello'] }],
		['call', 'dialThirdParty', { callId: '7', agentEmail: byId('mara@example.org'), phoneNumber: customer, additionalFields: { outboundNumber: '+14155550142' } }],
		['call', 'createOutbound', { agentEmail: byId('mara@example.org'), endUserNumber: customer, additionalFields: { outboundNumber: '+14155550142' } }],
		['call', 'createInbound', { menuId: byId(31), endUserNumber: customer, additionalFields: { outboundNumber: '+14155550142' } }],
	])('%s.%s refuses the own number of the contact center as the customer', async (resource, operation, parameters) => {
		const result = await bench.run(resource, operation, parameters);
		expect(result.error?.message).toContain('+14155550142 is the number of your contact center');
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('flags without any flag are refused', async () => {
		const result = await bench.run('call', 'updateCustomerFlags', { callId: '1' });
		expect(result.error?.message).toContain('at least one of');
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('Map Automatically takes number, agent and ticket from the keys of the items', async () => {
		const items = itemsOf(
			{ 'End User Number': customer, agent_email: 'mara@example.org' },
			{ endUserNumber: '+14155550143', agentEmail: 'teo@example.org' },
		);
		const result = await bench.run('call', 'createOutbound', { dataMode: 'autoMapInputData' }, { items });
		expect(result.error).toBeUndefined();
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('in doubt, a call is placed at most once; refused, the others go on', async () => {
		bench.simulator.faults.script([undefined, { kind: 'cutAfter' }, { kind: 'status', status: 429 }]);
		const items = itemsOf({ who: 'mara' }, { who: 'teo' }, { who: 'dana' }, { who: 'jack' });
		const parameters = { agentEmail: '={{ $json.who }}@example.org', endUserNumber: customer };
		const result = await bench.run('call', 'createOutbound', parameters, { items, node: keepGoing });
		const rows = jsonOf(result.outputs[0]);
		expect(rows.map(({ error }) => String(error ?? 'ok').split(':')[0])).toEqual([
			'ok',
			'In doubt',
			'ok',
			'Agent is not available to take this call',
		]);
		expect(bench.simulator.journal.carriedOut('call.create')).toBe(3);
	});

	test('call backs at the rate of the tenant: in the order of the items, without one refusal', async () => {
		const count = runs(50, 200);
		const requestsPerSecond = runs(25, 10);
		const limited = await startBench({ rateLimit: { requestsPerSecond } });
		const items = itemsOf(...Array.from({ length: count }, (_, index) => ({ ticket: `T-${index}` })));
		for (const { json } of items) limited.simulator.addTicket(String(json.ticket), '+14155550142');
		const result = await limited.run(
			'call',
			'createScheduled',
			{
				menuId: byId(limited.demo.menus.orders),
				endUserNumber: customer,
				scheduledAt: inAnHour(),
				additionalFields: { ticketId: '={{ $json.ticket }}' },
			},
			{ items, credentials: { ujetApi: { ...limited.credentials.ujetApi, requestsPerSecond } } },
		);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result.outputs[0])).toHaveLength(count);
		const { journal } = limited.simulator;
		expect(journal.count(({ rateLimited }) => rateLimited)).toBe(0);
		const order = journal.writes('call.create').map(({ payload }) => (payload as { ticket_id: string }).ticket_id);
		expect(order).toEqual(items.map(({ json }) => json.ticket));
		await limited.close();
	}, 60_000);
});
