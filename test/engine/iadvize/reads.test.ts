import { jsonOf } from '../../support/engine';
import { captureOutput, findSecrets } from '../../support/output';
import { expectSearchable, startDemoBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const day = 86_400_000;

describe('iAdvize reads', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

	test.each(['client', 'website', 'group', 'skill', 'tag', 'visitor', 'transaction', 'satisfaction', 'conversation'])(
		'%s: get many and get give the same record',
		async (resource) => {
			const many = await bench.run(resource, 'getMany', { limit: 3, simplify: false });
			const rows = jsonOf(many.outputs[0]);
			expect(rows.length).toBeGreaterThan(0);
			const one = await bench.run(resource, 'get', {
				[`${resource}Id`]: ['website', 'group', 'skill', 'tag'].includes(resource)
					? byId(rows[0].id)
					: String(rows[0].id),
				simplify: false,
			});
			expect(jsonOf(one.outputs[0])).toEqual([rows[0]]);
		},
	);

	test('Return All reads to the end and takes no record twice, though the last page repeats', async () => {
		for (let count = 0; count < 250; count++) bench.simulator.account.addVisitor();
		const result = await bench.run('visitor', 'getMany', { returnAll: true });
		const ids = jsonOf(result.outputs[0]).map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.length).toBeGreaterThan(250);
	});

	test('Limit stops fetching as soon as it is reached', async () => {
		for (let count = 0; count < 250; count++) bench.simulator.account.addVisitor();
		const result = await bench.run('visitor', 'getMany', { limit: 120 });
		expect(jsonOf(result.outputs[0])).toHaveLength(120);
		expect(bench.simulator.journal.total).toBe(2);
	});

	test('IDs Only asks for less', async () => {
		const result = await bench.run('website', 'getMany', { idsOnly: true });
		expect(Object.keys(jsonOf(result.outputs[0])[0]).sort()).toEqual(['_link', 'id']);
	});

	test('a period longer than three months is cut into windows and joined without repeats', async () => {
		const { account } = bench.simulator;
		const started = [10, 80, 100, 170, 200, 300].map((days) => account.localTime(Date.now() - days * day));
		const ids = started.map((created_at) => account.addConversation({ created_at }).id);
		const from = new Date(Date.now() - 320 * day).toISOString();
		const result = await bench.run('conversation', 'getMany', { returnAll: true, filters: { from } });
		expect(result.error).toBeUndefined();
		const found = jsonOf(result.outputs[0]).map(({ id }) => id);
		expect(found).toEqual(expect.arrayContaining(ids));
		expect(new Set(found).size).toBe(found.length);
	});

	test('transactions of half a year are read month by month', async () => {
		const { account } = bench.simulator;
		const ids = [5, 40, 75, 160].map(
			(days) => account.addTransaction({ created_at: account.localTime(Date.now() - days * day) }).id,
		);
		const from = new Date(Date.now() - 170 * day).toISOString();
		const result = await bench.run('transaction', 'getMany', { returnAll: true, filters: { from } });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result.outputs[0]).map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
	});

	test('transactions with and without a conversation', async () => {
		const count = async (conversation: string) =>
			jsonOf((await bench.run('transaction', 'getMany', { returnAll: true, conversation })).outputs[0]);
		const [all, withOne, without] = [await count('any'), await count('!null'), await count('null')];
		expect(withOne.every(({ conversation_id }) => Boolean(conversation_id))).toBe(true);
		expect(without.some(({ conversation_id }) => Boolean(conversation_id))).toBe(false);
		expect(withOne.length + without.length).toBe(all.length);
	});

	test('the history becomes readable messages; the raw lines stay on request', async () => {
		const parameters = { limit: 20, simplify: false };
		const readable = jsonOf((await bench.run('conversation', 'getMany', parameters)).outputs[0]);
		const [message] = readable.flatMap(({ messages }) => messages as Array<Record<string, unknown>>);
		expect(Object.keys(message)).toEqual(['sender', 'type', 'time', 'text']);
		expect(readable[0]).not.toHaveProperty('history');
		const raw = await bench.run('conversation', 'getMany', { limit: 20, rawHistory: true });
		expect(jsonOf(raw.outputs[0])[0]).toHaveProperty('history');
		const inFilters = { ...parameters, filters: { rawHistory: true } };
		const old = await bench.run('conversation', 'getMany', inFilters, { node: { typeVersion: 1 } });
		expect(jsonOf(old.outputs[0])[0]).toHaveProperty('history');
	});

	test.each([true, false])('times are ISO 8601 by the time zone of the credential, Simplify %p', async (simplify) => {
		const { account } = bench.simulator;
		account.addConversation({ created_at: '2026-07-01 10:00:00', closed_at: '2026-07-01 10:05:00' });
		const filters = { from: '2026-07-01', to: '2026-07-01' };
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, timezone: 'America/New_York' } };
		const read = await bench.run('conversation', 'getMany', { simplify, filters }, { credentials });
		const times = { created_at: '2026-07-01T14:00:00.000Z', closed_at: '2026-07-01T14:05:00.000Z' };
		expect(jsonOf(read.outputs[0])[0]).toMatchObject(times);
		const old = await bench.run('conversation', 'getMany', { simplify, filters }, { credentials, node: { typeVersion: 1 } });
		expect(jsonOf(old.outputs[0])[0]).toMatchObject({ created_at: '2026-07-01 10:00:00' });
	});

	test('a day as the end of a period that is read in parts counts in full', async () => {
		const { account } = bench.simulator;
		const { id } = account.addConversation({ created_at: '2026-07-01 22:30:00' });
		const parameters = { returnAll: true, filters: { from: '2026-01-01', to: '2026-07-01' } };
		const read = await bench.run('conversation', 'getMany', parameters);
		expect(jsonOf(read.outputs[0]).map((row) => row.id)).toContain(id);
	});

	test('a history that comes as text is read too', async () => {
		const texts = await startDemoBench({ history: 'text' });
		const rows = jsonOf((await texts.run('conversation', 'getMany', { limit: 20 })).outputs[0]);
		expect(rows.some(({ messages }) => Array.isArray(messages) && messages.length > 0)).toBe(true);
		await texts.close();
	});

	test('statistics in total, per operator and per day', async () => {
		const indicators = ['contact_number', 'contact_answered_duration'];
		const total = await bench.run('statistic', 'get', { indicators });
		expect(Object.keys(jsonOf(total.outputs[0])[0])).toEqual(expect.arrayContaining(indicators));
		const from = new Date(Date.now() - 7 * day).toISOString();
		const grouped = await bench.run('statistic', 'get', { indicators, filters: { groupBy: 'operator', from } });
		expect(jsonOf(grouped.outputs[0]).length).toBeGreaterThan(1);
		const refused = await bench.run('statistic', 'get', { indicators, filters: { granularity: 'day' } });
		expect(refused.error?.message).toContain('exactly one figure');
	});

	test('wildcards reach the vendor as they are', async () => {
		const [{ email }] = jsonOf((await bench.run('operator', 'getMany', { limit: 1 })).outputs[0]);
		const pattern = `${String(email).slice(0, 3)}*`;
		const found = await bench.run('operator', 'getMany', { returnAll: true, filters: { email: pattern } });
		expect(jsonOf(found.outputs[0]).map((row) => row.email)).toContain(email);
	});

	test.each(['Website', 'Operator', 'Group', 'Skill', 'Tag'])('the pick list of %s can be searched', async (name) => {
		await expectSearchable(bench, name);
	});

	test("meta.status decides, and the vendor's words come first", async () => {
		const result = await bench.run('visitor', 'get', { visitorId: '999999' });
		expect(result.error?.message).toMatch(/Unknown 'visitor' with 'id' 999999/);
		expect(`${result.error?.message} ${result.error?.description}`).toContain('Choose the record from the list');
	});

	test('a wrong key gives advice and shows no key', async () => {
		const apiKey = 'a-secret-key-that-must-not-show';
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, apiKey } };
		const { result, text } = await captureOutput(
			async () => await bench.run('website', 'getMany', {}, { credentials }),
		);
		expect(result?.error?.description).toContain('Check the API key');
		expect(findSecrets([apiKey], text, result)).toEqual([]);
		expect(bench.simulator.journal.total).toBe(1);
	});

	test('the pace of the credential is kept over all items', async () => {
		bench.simulator.faults.limit({ requestsPerSecond: 20, burst: 5 });
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, requestsPerSecond: 20 } };
		const [{ id }] = jsonOf((await bench.run('website', 'getMany', { limit: 1 }, { credentials })).outputs[0]);
		const items = Array.from({ length: 30 }, () => ({ json: {} }));
		const result = await bench.run('website', 'get', { websiteId: byId(id) }, { items, credentials });
		expect(jsonOf(result.outputs[0])).toHaveLength(30);
		expect(bench.simulator.journal.count(({ status }) => status === 429)).toBe(0);
	});

	test('an API request pages, refuses to leave the base address, and repeats only as told', async () => {
		const all = await bench.run('apiRequest', 'send', { method: 'GET', path: '/website?full=1', allPages: true });
		expect(jsonOf(all.outputs[0]).length).toBeGreaterThan(1);
		const outside = await bench.run('apiRequest', 'send', { method: 'GET', path: '/../../secret' });
		expect(outside.error?.message).toContain('below the base address');
		const plain = await bench.run('apiRequest', 'send', {
			method: 'GET',
			path: '/tag',
			options: { fullResponse: true },
		});
		expect(jsonOf(plain.outputs[0])[0]).toMatchObject({ statusCode: 200 });
	});
});
