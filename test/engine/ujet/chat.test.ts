import { createHmac } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import { byId, itemsOf, keepGoing, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('UJET chats', () => {
	let bench: Bench;
	let endUserId: string;

	beforeEach(async () => {
		bench = await startBench();
		endUserId = String(bench.demo.endUsers[0]);
	});
	afterEach(async () => await bench.close());

	/** Rows of an operation that must not fail. */
	async function rows(operation: string, parameters: INodeParameters = {}): Promise<IDataObject[]> {
		const result = await bench.run('chat', operation, parameters);
		expect({ message: result.error?.message, advice: result.error?.description }).toEqual({});
		return jsonOf(result.outputs[0]);
	}

	/** Starts a chat in the web queue, which a virtual agent answers. */
	async function startChat(additionalFields: INodeParameters = {}): Promise<string> {
		const { web } = bench.demo.menus;
		const [{ id }] = await rows('create', { menuId: byId(web), endUserId, additionalFields });
		return String(id);
	}

	const lastBody = () => bench.simulator.journal.entries.at(-1)?.body;

	test('create, read from both APIs, finish', async () => {
		const chatId = await startChat();
		expect(await rows('getSession', { chatId })).toEqual([
			expect.objectContaining({ id: Number(chatId), status: 'queued', lang: 'en', virtual_agent_id: 4 }),
		]);
		expect(await rows('get', { chatId })).toEqual([
			expect.objectContaining({ id: Number(chatId), selected_menu_name: 'Web help', end_user_id: Number(endUserId) }),
		]);
		const [finished] = await rows('finish', { chatId, additionalFields: { endUserId } });
		expect(finished).toMatchObject({ status: 'finished' });
		expect(lastBody()).toEqual({ chat: { status: 'finished' }, finished_by_user_id: Number(endUserId) });
		const again = await bench.run('chat', 'finish', { chatId });
		expect(again.error?.message).toBe('Chat is already ended');
	});

	test('a chat starts with context and with what was said before', async () => {
		await startChat({
			context: '{"topic": "refund"}',
			email: 'ines@example.org',
			language: 'en',
			transcript: {
				entry: [{ sender: 'virtual_agent', message: 'How can I help?', time: '2026-03-05T09:30:00+01:00' }],
			},
		});
		expect(lastBody()).toMatchObject({
			chat: {
				context: { value: { topic: 'refund' } },
				email: 'ines@example.org',
				lang: 'en',
				transcript: [
					{
						sender: 'virtual_agent',
						timestamp: '2026-03-05T08:30:00.000Z',
						content: [{ type: 'text', text: 'How can I help?' }],
					},
				],
			},
		});
	});

	test('a chat starts with the phone of the end user for the look-up in the CRM', async () => {
		const chatId = await startChat({ endUserPhone: '0491 570 156', defaultCountryCode: '61' });
		expect(lastBody()).toMatchObject({ chat: { end_user: { phone: '+61491570156' } } });
		expect(bench.simulator.account.chats.get(Number(chatId))?.number).toBe('+61491570156');
		const wrong = await bench.run('chat', 'create', {
			menuId: byId(bench.demo.menus.web),
			endUserId,
			additionalFields: { endUserPhone: '+1 415 555-014' },
		});
		expect(wrong.error?.message).toContain("got '+1 415 555-014'");
	});

	test('a transcript from an earlier node is taken as a list, also in the form of UJET', async () => {
		const own = { sender: 'end_user', content: [{ type: 'text', text: 'Hello' }] };
		const items = itemsOf({ talk: [{ sender: 'virtual_agent', message: 'Hi' }, own] });
		const parameters = { menuId: byId(bench.demo.menus.web), endUserId };
		const additionalFields = { transcriptJson: '={{ $json.talk }}' };
		const taken = await bench.run('chat', 'create', { ...parameters, additionalFields }, { items });
		expect(taken.error).toBeUndefined();
		expect(lastBody()).toMatchObject({
			chat: { transcript: [{ sender: 'virtual_agent', content: [{ type: 'text', text: 'Hi' }] }, own] },
		});
		bench.simulator.journal.clear();
		const wrong = await bench.run('chat', 'create', {
			...parameters,
			additionalFields: { transcript: { entry: [{ sender: 'end_user', message: '' }] } },
		});
		expect(wrong.error?.message).toContain('a text each');
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('Map Automatically starts a chat per item and pairs the results', async () => {
		const [first, second] = bench.demo.endUsers;
		const { orders } = bench.demo.menus;
		const items = itemsOf(
			{ menu_id: orders, end_user_id: first },
			{ menu_id: orders },
			{ menu_id: orders, end_user_id: second },
		);
		const result = await bench.run('chat', 'create', { dataMode: 'autoMapInputData' }, { items, node: keepGoing });
		const created = jsonOf(result.outputs[0]);
		expect(created.map(({ end_user_id }) => end_user_id)).toEqual([first, undefined, second]);
		expect(created[1].error).toContain("'End User ID' is empty [item 1]");
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	test('messages: text, photo and video', async () => {
		const chatId = await startChat();
		const send = async (parameters: INodeParameters) =>
			await bench.run('chat', 'sendMessage', { chatId, endUserId, ...parameters });
		expect(jsonOf((await send({ message: 'Hello' })).outputs[0])).toEqual([{ message: 'accepted' }]);
		expect(lastBody()).toEqual({
			from_user_id: Number(endUserId),
			message: { type: 'text', content: { text: 'Hello' } },
		});
		for (const messageType of ['photo', 'video']) {
			const refused = await send({ messageType, mediaId: '8841', message: 'not sent' });
			expect(refused.error?.message).toBe('media_id is not found');
			expect(lastBody()).toMatchObject({ message: { type: messageType, content: { media_id: '8841' } } });
		}
	});

	test.each([
		['sendMessage', 'chat.sendMessage', { message: 'Hello' }],
		['escalate', 'chatEscalation.create', {}],
	])('%s is in doubt when the answer is lost, and never sent twice', async (operation, name, parameters) => {
		const chatId = await startChat();
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const result = await bench.run('chat', operation, { chatId, endUserId, ...parameters });
		expect(result.error?.message).toMatch(/^In doubt: /);
		expect(bench.simulator.journal.carriedOut(name)).toBe(1);
	});

	test('an escalation that finds no agent is deflected: waiting on, or ended through a channel', async () => {
		bench.simulator.setMenu(bench.demo.menus.web, { overCapacity: true });
		const chatId = await startChat();
		const [escalation] = await rows('escalate', { chatId, additionalFields: { reason: 'Asked for a person' } });
		expect(escalation).toMatchObject({ status: 'deflected', reason: 'Asked for a person' });
		const escalationId = String(escalation.id);
		const [waiting] = await rows('updateEscalation', { chatId, escalationId, deflectionChannel: 'human_agent' });
		expect(waiting).toMatchObject({ id: escalation.id, deflection_channel: 'human_agent' });
		const [second] = await rows('escalate', { chatId });
		expect(lastBody()).toEqual({});
		const [ended] = await rows('deflect', {
			chatId,
			escalationId: String(second.id),
			deflectionChannel: 'external_link',
		});
		expect(ended.status).toBe('finished');
		expect(lastBody()).toEqual({
			chat: { status: 'finished', escalation_id: second.id, deflection_channel: 'external_link' },
		});
	});

	test('an escalation can be forced', async () => {
		bench.simulator.setMenu(bench.demo.menus.web, { overCapacity: true });
		const chatId = await startChat();
		const [escalation] = await rows('escalate', { chatId, additionalFields: { forceEscalate: true } });
		expect(escalation.status).toBe('pending');
	});

	test('a dismissed chat is resumed', async () => {
		const chatId = await startChat();
		bench.simulator.setChat(Number(chatId), { status: 'va_dismissed' });
		expect(await rows('resume', { chatId })).toEqual([expect.objectContaining({ status: 'queued' })]);
		const again = await bench.run('chat', 'resume', { chatId });
		expect(again.error?.message).toBe('Chat is not dismissed');
	});

	test('customer flags are set, updated and read', async () => {
		const chatId = await startChat();
		await rows('setCustomerFlags', { chatId, additionalFields: { verifiedCustomer: true } });
		await rows('updateCustomerFlags', { chatId, updateFields: { repeatCustomer: true, badActor: false } });
		const flags = { verified_customer: true, bad_actor: false, repeat_customer: true };
		expect(await rows('getCustomerFlags', { chatId })).toEqual([flags]);
		expect(bench.simulator.journal.writes().map(({ name }) => name)).toEqual(
			expect.arrayContaining(['chat.updateCustomerFlag', 'chat.updateCustomerFlag']),
		);
		const none = await bench.run('chat', 'updateCustomerFlags', { chatId });
		expect(none.error?.message).toContain('at least one of');
	});

	test('custom data as fields, as JSON and as a signed token', async () => {
		const chatId = await startChat();
		const field = [{ name: 'order_number', label: 'Order', value: 'SO-1' }];
		await rows('sendCustomData', { chatId, dataFields: { field } });
		expect(lastBody()).toEqual({ signed: false, data: { order_number: { label: 'Order', value: 'SO-1' } } });
		await rows('sendCustomData', { chatId, form: 'json', dataJson: '{"reserved_bad_actor": {"value": true}}' });
		expect((await rows('getCustomerFlags', { chatId }))[0].bad_actor).toBe(true);
		const part = (data: object) => Buffer.from(JSON.stringify(data)).toString('base64url');
		const exp = Math.floor(Date.now() / 1000) + 60;
		const text = `${part({ alg: 'HS256' })}.${part({ custom_data: { tier: { value: 'gold' } }, iat: exp - 60, exp })}`;
		const { companySecret } = bench.simulator.settings;
		const signature = createHmac('sha256', companySecret).update(text).digest('base64url');
		await rows('sendCustomData', { chatId, form: 'signed', signedData: `${text}.${signature}` });
		expect(lastBody()).toEqual({ signed: true, signed_data: `${text}.${signature}` });
		expect(bench.simulator.account.chats.get(Number(chatId))?.customData).toHaveProperty('tier');
	});

	test('the end user of a running chat is updated once', async () => {
		const chatId = await startChat();
		const additionalFields = { name: 'Ines O.', phone: '+1 (415) 555-0142' };
		await rows('updateEndUser', { chatId, identifier: 'crm-000481', additionalFields });
		expect(lastBody()).toEqual({ identifier: 'crm-000481', name: 'Ines O.', phone: '+14155550142' });
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const lost = await bench.run('chat', 'updateEndUser', { chatId, identifier: 'crm-000482' });
		expect(lost.error?.message).toMatch(/^In doubt: /);
		expect(bench.simulator.journal.carriedOut('chat.updateEndUser')).toBe(2);
	});

	test('get reads through the list where its own address is not there', async () => {
		const [first] = await rows('getMany', { limit: 1, simplify: false });
		expect(await rows('get', { chatId: String(first.id), simplify: false })).toEqual([first]);
		bench.simulator.faults.add({ kind: 'status', status: 404 }, { path: /\/manager\/.*\/chats\/\d+$/ });
		expect(await rows('get', { chatId: String(first.id), simplify: false })).toEqual([first]);
		expect(bench.simulator.journal.entries.at(-1)?.query).toEqual({ id: [String(first.id)] });
	});

	test('Return All reads to the end; filters work together', async () => {
		for (let count = 0; count < 130; count++)
			bench.simulator.addChat({ status: 'finished', chat_type: 'Messaging (SMS)' });
		const [agentId] = bench.demo.agents;
		const { id } = bench.simulator.addChat({ agentId, status: 'failed', fail_reason: 'expired', message_count: 3 });
		const all = await rows('getMany', { returnAll: true });
		expect(new Set(all.map((row) => row.id)).size).toBe(191);
		const filters = {
			agentIds: [agentId],
			statuses: ['failed'],
			failReasons: ['expired'],
			messageCountFrom: 2,
			messageCountTo: 4,
			createdFrom: new Date(Date.now() - 3_600_000).toISOString(),
			sortColumn: 'created_at',
			sortDirection: 'ASC',
		};
		expect((await rows('getMany', { filters })).map((row) => row.id)).toEqual([id]);
		expect(await rows('getMany', { returnAll: true, filters: { chatTypes: ['Messaging (SMS)'] } })).toHaveLength(130);
	});
});
