import type { INodeParameters } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import { byId, itemsOf, startBench, startDemoBench } from './nodeUnderTest';
import type { DemoBench } from './nodeUnderTest';

describe('LiveAgent conversations', () => {
	let bench: DemoBench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	const ticket = () => ({
		departmentId: byId(bench.demo.departments[1]),
		from: 'omar@example.org',
		recipient: 'support@example.com',
		subject: 'Late parcel',
		message: 'Where is it?',
	});

	const create = async (more = {}) =>
		String((await bench.rows('conversation', 'create', { ...ticket(), ...more }))[0].conversationid);

	const read = async (conversationId: string, simplify = true) =>
		(await bench.rows('conversation', 'get', { conversationId, simplify }))[0];

	test('reads after writes: create, tag, transfer, resolve, delete', async () => {
		const conversationId = await create({
			additionalFields: { customFields: { field: [{ code: 'order_number', value: '884213' }] } },
		});
		expect(await read(conversationId)).toMatchObject({ status: 'N', statusName: 'New', subject: 'Late parcel' });
		expect((await read(conversationId)).customfields).toEqual([{ code: 'order_number', value: '884213' }]);

		expect(await bench.rows('conversation', 'addTag', { conversationId, tagBy: 'name', tagName: 'Priority' })).toEqual([
			{ success: true },
		]);
		expect(await bench.rows('conversation', 'getTags', { conversationId })).toEqual([
			{ id: bench.demo.tags[0], name: 'Priority' },
		]);
		await bench.rows('conversation', 'removeTag', { conversationId, tagId: byId(bench.demo.tags[0]) });
		expect(await bench.rows('conversation', 'getTags', { conversationId })).toEqual([]);

		await bench.rows('conversation', 'transfer', {
			conversationId,
			departmentId: byId(bench.demo.departments[0]),
			agentId: byId('nina@example.com'),
			additionalFields: { note: 'Needs billing expertise' },
		});
		expect(await read(conversationId, false)).toMatchObject({
			departmentid: bench.demo.departments[0],
			assignedto: bench.demo.agents[0],
		});
		const notes = (await bench.rows('conversation', 'getMessages', { conversationId, returnAll: true })).map(
			({ message }) => message,
		);
		expect(notes).toContain('Needs billing expertise');

		await bench.rows('conversation', 'changeStatus', { conversationId, status: 'R' });
		expect(await read(conversationId)).toMatchObject({ status: 'R', statusName: 'Resolved' });
		expect(await bench.rows('conversation', 'delete', { conversationId })).toEqual([{ deleted: true }]);
		expect(await read(conversationId)).toMatchObject({ statusName: 'Deleted' });
	});

	test('a message needs an agent, a note does not', async () => {
		const conversationId = await create();
		const agentId = byId('={{ $json.nobody }}');
		const silent = await bench.run('conversation', 'addMessage', {
			conversationId,
			type: 'M',
			agentId,
			message: 'Hello',
		});
		expect(silent.error?.message).toContain("'Agent' is empty [item 0]");
		await bench.rows('conversation', 'addMessage', { conversationId, message: 'Ask the carrier' });
		await bench.rows('conversation', 'addMessage', {
			conversationId,
			type: 'M',
			agentId: byId(bench.demo.agents[0]),
			message: 'We are on it',
			additionalFields: { doNotSendMail: true },
		});
		const written = bench.simulator.journal.writes('conversation.addMessage').map(({ payload }) => payload);
		expect(written).toEqual([
			{ conversationid: conversationId, type: 'N', message: 'Ask the carrier' },
			{ conversationid: conversationId, type: 'M', message: 'We are on it' },
		]);
		const mails = bench.simulator.journal.writes('mail.send').map(({ payload }) => payload);
		expect(mails).not.toContainEqual(expect.objectContaining({ reason: 'conversation.addMessage' }));
	});

	test('messages come one item each, with words for their letters and times in UTC', async () => {
		const conversationId = await create();
		const [message] = await bench.rows('conversation', 'getMessages', { conversationId });
		expect(message).toMatchObject({
			rtype: 'M',
			rtypeName: 'Message',
			grouptypeName: 'Offline',
			message: 'Where is it?',
		});
		expect(message.datecreated).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.000Z$/);
		const [raw] = await bench.rows('conversation', 'getMessages', { conversationId, simplify: false });
		expect(raw).toMatchObject({ datecreated: message.datecreated, grouptype: 'M', groupstatus: 'V' });
	});

	test('a workflow of version 1 of the node gets its rows as before', async () => {
		const node = { typeVersion: 1 };
		const [{ id: conversationId }] = bench.simulator.account.conversations.list();
		const read = async (simplify: boolean) =>
			(await bench.run('conversation', 'get', { conversationId, simplify }, { node })).outputs[0][0].json;
		expect(await read(true)).toMatchObject({ code: expect.any(String), statusName: expect.any(String), datecreated: expect.stringMatching(/Z$/) });
		const raw = await read(false);
		expect(raw).not.toHaveProperty('statusName');
		expect(raw.datecreated).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
	});

	test('Simplify keeps whom a conversation is assigned to', async () => {
		const [{ id: conversationId }] = bench.simulator.account.conversations.list();
		const [simple] = await bench.rows('conversation', 'get', { conversationId });
		const [whole] = await bench.rows('conversation', 'get', { conversationId, simplify: false });
		expect(whole).toHaveProperty('assignedto');
		expect(simple).toMatchObject({ assignedto: whole.assignedto, owneremail: whole.owneremail });
		expect(Object.keys(simple).length).toBeLessThanOrEqual(10);
	});

	test('department or owner is asked for before anything is sent', async () => {
		const result = await bench.run('conversation', 'getMany', { filters: { subject: 'Late parcel' } });
		expect(result.error?.message).toContain("at least one of 'Department', 'Owner'");
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('filters by status, channel, owner and times in both zones', async () => {
		const departmentId = byId(bench.demo.departments[0]);
		const resolved = await bench.rows('conversation', 'getMany', {
			departmentId,
			returnAll: true,
			simplify: false,
			filters: { statuses: ['R', 'A'], channels: ['E'] },
		});
		expect(new Set(resolved.map(({ status }) => status))).toEqual(new Set(['R', 'A']));
		const owned = await bench.rows('conversation', 'getMany', { ownerId: byId('omar@example.org'), returnAll: true });
		expect(new Set(owned.map(({ owneremail }) => owneremail))).toEqual(new Set(['omar@example.org']));

		const all = await bench.rows('conversation', 'getMany', { departmentId, returnAll: true });
		const times = all.map(({ datechanged }) => String(datechanged)).sort();
		const middle = times[Math.floor(times.length / 2)];
		const count = async (condition: INodeParameters) =>
			(
				await bench.rows('conversation', 'getMany', {
					departmentId,
					returnAll: true,
					filters: { changed: { condition } },
				})
			).length;
		expect(await count({ operator: 'gte', date: middle })).toBe(times.filter((time) => time >= middle).length);
		expect(await count({ operator: 'lt', date: middle })).toBe(times.filter((time) => time < middle).length);
		const between = { operator: 'btw', date: times[0], until: middle };
		expect(await count(between)).toBe(times.filter((time) => time <= middle).length);

		// 10:00 in the workflow's zone, UTC, is 02:00 or 03:00 in Los Angeles.
		await bench.rows('conversation', 'getMany', { departmentId, filters: { createdFrom: '2024-05-14T10:00:00' } });
		expect(bench.simulator.journal.entries.at(-1)?.query).toMatchObject({ datefrom: '2024-05-14 03:00:00' });
	});

	test('custom fields come from rows or keys of the item; wiping all takes its own choice', async () => {
		const conversationId = await create();
		const items = itemsOf({ order_number: 884213, loyalty_id: 'L-1', other: 'x' });
		const customFields = {
			field: [{ code: 'plan', value: 'gold' }],
			itemKeys: [{ keys: 'order_number, loyalty_id, absent' }],
		};
		const added = await bench.run('conversation', 'addCustomFields', { conversationId, customFields }, { items });
		expect(jsonOf(added.outputs[0])).toEqual([{ success: true }]);
		expect((await read(conversationId)).customfields).toEqual([
			{ code: 'plan', value: 'gold' },
			{ code: 'order_number', value: '884213' },
			{ code: 'loyalty_id', value: 'L-1' },
		]);

		const code = '={{ $json.absent }}';
		const without = await bench.run('conversation', 'deleteCustomFields', { conversationId, code });
		expect(without.error?.message).toContain("'Field Code' is empty");
		await bench.rows('conversation', 'deleteCustomFields', { conversationId, code: 'plan' });
		expect((await read(conversationId)).customfields).toHaveLength(2);
		await bench.rows('conversation', 'deleteCustomFields', { conversationId, which: 'all' });
		expect((await read(conversationId)).customfields).toEqual([]);

		const none = await bench.run('conversation', 'addCustomFields', { conversationId, customFields: {} });
		expect(none.error?.message).toContain('at least one custom field');
	});

	test('Map Automatically pairs each result with its item and checks all items first', async () => {
		const rows = [
			{
				department: bench.demo.departments[0],
				from: 'omar@example.org',
				recipient: 'a@example.com',
				Subject: 'One',
				message: 'x',
			},
			{
				department: bench.demo.departments[0],
				from: 'omar@example.org',
				recipient: 'not an email',
				Subject: 'Two',
				message: 'y',
			},
			{ department: 'nowhere', from: 'omar@example.org', recipient: 'a@example.com', Subject: 'Three', message: 'z' },
		];
		const stopped = await bench.run(
			'conversation',
			'create',
			{ dataMode: 'autoMapInputData' },
			{ items: itemsOf(...rows) },
		);
		expect(stopped.error?.message).toContain("Invalid value for 'Recipient' [item 1]");
		expect(bench.simulator.journal.total).toBe(0);

		const node = { onError: 'continueRegularOutput' as const };
		const parameters = { dataMode: 'autoMapInputData' };
		const result = await bench.run('conversation', 'create', parameters, { items: itemsOf(...rows), node });
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const [first, second, third] = jsonOf(result.outputs[0]);
		expect(first.conversationid).toEqual(expect.any(String));
		expect(second.error).toContain("'Recipient'");
		expect(third.error).toBe('Department with id nowhere not found');
		expect(bench.simulator.journal.carriedOut('conversation.create')).toBe(1);
	});

	test('custom fields that are mapped automatically may be an object of codes', async () => {
		const row = { ...ticket(), departmentId: bench.demo.departments[0], customFields: { order_number: 7 } };
		const result = await bench.run('conversation', 'create', { dataMode: 'autoMapInputData' }, { items: itemsOf(row) });
		const [{ conversationid }] = jsonOf(result.outputs[0]);
		expect((await read(String(conversationid))).customfields).toEqual([{ code: 'order_number', value: '7' }]);
	});
});

test('LiveAgent conversations that change and appear between two pages come once each', async () => {
	const bench = await startBench({ changesOneIn: 100, conversationOrder: 'changed' });
	try {
		const { account } = bench.simulator;
		account.addConversations(4_000);
		const before = account.conversations.size;
		const [{ departmentId }] = account.conversations.list();
		const rows = await bench.rows('conversation', 'getMany', { departmentId: byId(departmentId), returnAll: true });
		expect(account.conversations.size).toBeGreaterThan(before);
		expect(rows.length).toBeGreaterThan(3_900);
		expect(new Set(rows.map(({ conversationid }) => conversationid)).size).toBe(rows.length);
	} finally {
		await bench.close();
	}
});

test.each([true, false])('the note of a LiveAgent transfer is stored, old version: %s', async (oldVersion) => {
	const bench = await startBench({ oldVersion });
	try {
		const { departments, conversations } = bench.simulator.seedDemo();
		const [conversationId] = conversations;
		const departmentId = byId(departments[1]);
		await bench.rows('conversation', 'transfer', {
			conversationId,
			departmentId,
			additionalFields: { note: 'For you' },
		});
		const messages = await bench.rows('conversation', 'getMessages', { conversationId, returnAll: true });
		expect(messages.filter(({ message }) => message === 'For you')).toHaveLength(1);
	} finally {
		await bench.close();
	}
});
