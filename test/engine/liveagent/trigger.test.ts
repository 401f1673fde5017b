import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { liveAgent } from '../../../nodes/LiveAgent/vendor';
import { captureOutput, findSecrets } from '../../support/output';
import type { Poller } from '../../support/poller';
import { byId, startBench, startDemoBench } from './nodeUnderTest';
import type { DemoBench } from './nodeUnderTest';

const second = 1_000;
const minute = 60 * second;

describe('the LiveAgent Trigger', () => {
	let bench: DemoBench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	/** A trigger that has taken its baseline, which emits nothing. */
	async function started(event: string, parameters: INodeParameters = {}): Promise<Poller> {
		const poller = await bench.poller({ event, ...parameters });
		expect(await poller.poll()).toBeNull();
		bench.simulator.clock.advance(5 * second);
		return poller;
	}

	async function emitted(poller: Poller): Promise<IDataObject[] | null> {
		return (await poller.poll())?.map(({ json }) => json) ?? null;
	}

	/** Polls twice, the second time after a restart: what happened is emitted once. */
	async function once(poller: Poller): Promise<IDataObject[]> {
		const rows = await emitted(poller);
		expect(await emitted(poller)).toBeNull();
		poller.restart();
		bench.simulator.clock.advance(5 * second);
		expect(await emitted(poller)).toBeNull();
		return rows ?? [];
	}

	const account = () => bench.simulator.account;

	test('conversation created, in all departments and in one', async () => {
		const everywhere = await started('conversationCreated');
		const billing = await started('conversationCreated', { departmentId: byId(bench.demo.departments[0]) });
		const { id } = account().addConversation({ departmentId: bench.demo.departments[0], message: 'Hello' });
		const other = account().addConversation({ departmentId: bench.demo.departments[1], message: 'Hello' });
		const rows = await once(everywhere);
		expect(rows.map(({ conversationid }) => conversationid).sort()).toEqual([id, other.id].sort());
		expect(rows[0]).toMatchObject({ statusName: 'New', datecreated: expect.stringMatching(/Z$/) });
		expect((await once(billing)).map(({ conversationid }) => conversationid)).toEqual([id]);
	});

	test('conversation changed, with the statuses of the filter', async () => {
		const any = await started('conversationChanged');
		const resolved = await started('conversationChanged', { statuses: ['R'], departmentId: byId(bench.demo.departments[1]) });
		const [first, second_] = account()
			.conversations.list()
			.filter(({ departmentId }) => departmentId === bench.demo.departments[1]);
		account().setStatus(first.id, 'R');
		account().setStatus(second_.id, 'C');
		expect((await once(any)).map(({ conversationid }) => conversationid).sort()).toEqual([first.id, second_.id].sort());
		expect(await once(resolved)).toMatchObject([{ conversationid: first.id, statusName: 'Resolved' }]);
		account().addMessage({ conversationId: first.id, text: 'By the way', type: 'N' });
		expect(await once(any)).toMatchObject([{ conversationid: first.id }]);
	});

	test('a conversation that changes twice within one second comes twice', async () => {
		const poller = await started('conversationChanged');
		const [{ id, changed }] = account().conversations.list();
		account().setStatus(id, 'C');
		expect(await emitted(poller)).toMatchObject([{ statusName: 'Open' }]);
		const { changed: then } = account().conversation(id) as { changed: number };
		expect(then).not.toBe(changed);
		account().setStatus(id, 'R');
		account().conversations.update(id, { changed: then });
		expect(await emitted(poller)).toMatchObject([{ statusName: 'Resolved' }]);
		expect(await emitted(poller)).toBeNull();
	});

	test('a tag on a conversation, where LiveAgent writes it into the messages', async () => {
		const tagged = await started('conversationTagged', { departmentId: byId(bench.demo.departments[0]) });
		const [old] = account()
			.conversations.list()
			.filter(({ departmentId }) => departmentId === bench.demo.departments[0]);
		account().addMessage({ conversationId: old.id, text: 'Hello' });
		account().addMessage({ conversationId: old.id, text: 'Tag VIP added', type: 'G' });
		const rows = await once(tagged);
		expect(rows).toMatchObject([{ rtypeName: 'Tag', message: 'Tag VIP added', conversation: { conversationid: old.id } }]);
	});

	test('each new message of the conversations that changed once', async () => {
		const messages = await started('messageAdded', { departmentId: byId(bench.demo.departments[0]) });
		const all = await started('messageAdded', { messageTypes: [] });
		const [old] = account()
			.conversations.list()
			.filter(({ departmentId }) => departmentId === bench.demo.departments[0]);
		account().addMessage({ conversationId: old.id, text: 'One more thing' });
		account().addMessage({ conversationId: old.id, text: 'Internal', type: 'N' });
		const fresh = account().addConversation({ departmentId: bench.demo.departments[0], message: 'Hello' });
		const rows = await once(messages);
		expect(rows.map(({ message }) => message).sort()).toEqual(['Hello', 'One more thing']);
		expect(rows.find(({ message }) => message === 'Hello')).toMatchObject({
			rtypeName: 'Message',
			conversation: { conversationid: fresh.id, statusName: 'New' },
		});
		expect((await once(all)).map(({ message }) => message)).toContain('Internal');
		account().addMessage({ conversationId: old.id, text: 'And another' });
		expect((await once(messages)).map(({ message }) => message)).toEqual(['And another']);
	});

	/** A poll that ends before it began gives nothing and goes on the next time. */
	const nothingInTime = (error: Error): null => {
		expect(error.message).toMatch(/^No time left/);
		return null;
	};

	test('messages of an outage come over several polls, none left out and none twice', async () => {
		const poller = await started('messageAdded');
		const expected: string[] = [];
		for (const [index, { id }] of account().conversations.list().slice(0, 100).entries()) {
			bench.simulator.clock.advance(second);
			expected.push(`Message ${index}`);
			account().addMessage({ conversationId: id, text: `Message ${index}` });
		}
		const found: unknown[] = [];
		let polls = 0;
		for (; found.length < expected.length && polls < 500; polls++) {
			// Too little time for all of them; on a busy machine for any of them, so it grows.
			const items = await poller.poll('trigger', { budgetMs: 60 + 10 * polls }).catch(nothingInTime);
			found.push(...(items ?? []).map(({ json }) => json.message));
		}
		expect(polls).toBeGreaterThan(1);
		expect([...found].sort()).toEqual([...expected].sort());
		expect(await emitted(poller)).toBeNull();
	});

	test('customer created', async () => {
		const poller = await started('customerCreated');
		const { id } = account().addCustomer({ lastName: 'Ito' });
		expect(await once(poller)).toMatchObject([{ contactid: id, roleName: 'Visitor' }]);
	});

	test('ranking received, rewards and rebukes apart', async () => {
		const any = await started('rankingReceived');
		const rebukes = await started('rankingReceived', { ratings: ['P'] });
		const [conversationId] = bench.demo.conversations;
		account().addRanking({ conversationId, type: 'W', comment: 'Thank you' });
		account().addRanking({ conversationId, type: 'P', comment: 'Too late' });
		expect((await once(any)).map(({ comment }) => comment).sort()).toEqual(['Thank you', 'Too late']);
		expect(await once(rebukes)).toMatchObject([{ rankingTypeName: 'Rebuke', comment: 'Too late' }]);
	});

	test.each([
		['slaTicketsMissed', 'E'],
		['slaChatsMissed', 'B'],
		['slaCallsMissed', 'C'],
	] as const)('%s', async (event, channel) => {
		const now = account().now();
		const late = account().addConversation({ channel, created: now - 180 * minute });
		const inTime = account().addConversation({ channel, created: now - 10 * minute });
		const poller = await started(event);
		const elsewhere = bench.demo.departments.find((id) => id !== late.departmentId);
		const other = await started(event, { reportDepartmentId: byId(elsewhere) });
		for (const { id } of [late, inTime]) account().pickUp(id, bench.demo.agents[0]);
		const [row, ...more] = await once(poller);
		expect(row).toMatchObject({ conversationid: late.id, server_date_closed: expect.stringMatching(/Z$/) });
		expect(more).toEqual([]);
		expect(await once(other)).toEqual([]);
	});

	test('online status of an agent and of a department, before and after', async () => {
		const agents = await started('agentStatusChanged');
		const phones = await started('agentStatusChanged', { services: ['P'] });
		const departments = await started('departmentStatusChanged', { onlyDepartmentId: byId(bench.demo.departments[2]) });
		// Karim serves phone and chat, alone in chat of Sales.
		account().setOnlineStatus(bench.demo.agents[5], 'P');
		expect(await once(agents)).toMatchObject([{ id: bench.demo.agents[5], before: { services: ['Chat', 'Phone'] }, after: { services: ['Phone'] } }]);
		expect(await once(phones)).toEqual([]);
		account().setOnlineStatus(bench.demo.agents[5], '');
		expect(await once(phones)).toMatchObject([{ id: bench.demo.agents[5], before: { services: ['Phone'] }, after: { services: [] } }]);
		for (const id of bench.demo.agents) account().setOnlineStatus(id, '');
		expect(await once(departments)).toMatchObject([{ id: bench.demo.departments[2], after: { services: [] } }]);
	});

	test('an agent who is online when first seen, and no other new one', async () => {
		const poller = await started('agentStatusChanged');
		const { id } = account().addAgent();
		account().addAgent();
		account().setOnlineStatus(id, 'T');
		expect(await once(poller)).toMatchObject([{ id, before: null, after: { services: ['Chat'] } }]);
	});

	test.each([
		['chatsInQueue', (waiting: number) => account().setChatsOverview({ queue: waiting })],
		['callsInQueue', (waiting: number) => account().setCallsOverview({ inqueue: waiting })],
	])('%s: each time the number rises above the threshold', async (event, set) => {
		const poller = await started(event, { threshold: 3 });
		set(3);
		expect(await emitted(poller)).toBeNull();
		set(4);
		expect(await once(poller)).toMatchObject([{ waiting: 4, threshold: 3 }]);
		set(7);
		expect(await emitted(poller)).toBeNull();
		set(2);
		expect(await emitted(poller)).toBeNull();
		set(5);
		expect(await once(poller)).toMatchObject([{ waiting: 5 }]);
	});

	test.each(liveAgent.events.filter(({ value }) => !value.endsWith('InQueue')).map(({ value }) => value))(
		'%s: the test fetch of the editor shows a record and changes nothing',
		async (event) => {
			account().addRanking({ conversationId: bench.demo.conversations[0] });
			account().addMessage({ conversationId: bench.demo.conversations[0], text: 'Urgent', type: 'G' });
			for (const channel of ['E', 'B', 'C'] as const) {
				const { id } = account().addConversation({
					channel,
					message: 'Hello',
					created: account().now() - 180 * minute,
				});
				account().pickUp(id, bench.demo.agents[0]);
				account().addMessage({ conversationId: id, text: 'Tag VIP added', type: 'G' });
			}
			bench.simulator.version3.setTags(bench.demo.conversations[0], [bench.demo.tags[0]]);
			account().addMessage({ conversationId: bench.demo.conversations[0], type: 'G', text: 'Priority' });
			const poller = await bench.poller({ event, messageTypes: [], watchedTags: [bench.demo.tags[0]] });
			const [sample] = (await poller.poll('manual')) ?? [];
			expect(Object.keys(sample.json).length).toBeGreaterThan(3);
			const { before, after, stateBefore, stateAfter } = sample.json;
			if (after !== undefined) expect(before).not.toEqual(after);
			if (stateAfter !== undefined) expect(stateBefore).not.toEqual(stateAfter);
			expect(poller.staticData).toEqual({});
		},
	);

	test('an outage delays events and loses none; nothing printed or kept holds the key', async () => {
		const poller = await started('customerCreated');
		const { id } = account().addCustomer({ lastName: 'Ito' });
		bench.simulator.faults.script([{ kind: 'status', status: 401 }]);
		const { error, text } = await captureOutput(async () => await poller.poll());
		expect(error).toBeDefined();
		expect(findSecrets([bench.simulator.apiKey], text, error, poller.staticData)).toEqual([]);
		expect(await once(poller)).toMatchObject([{ contactid: id }]);
	});
});

test('1,500 customers created at once are emitted once each, page by page', async () => {
	const bench = await startBench();
	try {
		const poller = await bench.poller({ event: 'customerCreated' });
		expect(await poller.poll()).toBeNull();
		bench.simulator.clock.advance(20 * minute);
		bench.simulator.account.addCustomers(1_500, 500);
		const ids: unknown[] = [];
		for (let items = await poller.poll(); items !== null; items = await poller.poll()) {
			ids.push(...items.map(({ json }) => json.contactid));
		}
		expect(ids).toHaveLength(1_500);
		expect(new Set(ids).size).toBe(1_500);
	} finally {
		await bench.close();
	}
});
