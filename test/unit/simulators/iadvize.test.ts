import { join } from 'node:path';

import { answerCheck } from '../../simulators/kit/answers';
import { fromLocalText, stoppedClock, type SimulatorClock } from '../../simulators/kit';
import { figures, IAdvizeSimulator, type IAdvizeOptions } from '../../simulators/iadvize';

interface Answer {
	meta: { status: string; message?: string };
	data: never;
	pagination?: { page: number; pages: number; limit: number; count: number };
}

type Row = Record<string, unknown> & { id: number };

/** All operations, the one that removes last. */
const contractOperations: Array<[method: string, path: string]> = [
	...['client', 'website', 'operator', 'group', 'skill', 'tag', 'transaction', 'satisfaction', 'visitor'].flatMap(
		(name): Array<[string, string]> => [
			['GET', `/${name}`],
			['GET', `/${name}/{${name}Id}`],
		],
	),
	['GET', '/conversation.json-unicode'],
	['GET', '/conversation.json-unicode/{conversationId}'],
	['GET', '/callmeeting'],
	['GET', '/statistic'],
	['GET', '/operator/live'],
	['GET', '/operator/{operatorId}/live'],
	['PUT', '/operator/{operatorId}/live'],
	['GET', '/operator/{operatorId}/statistic'],
	['GET', '/operator/{operatorId}/profile'],
	['POST', '/operator'],
	['PUT', '/operator/{operatorId}'],
	['DELETE', '/operator/{operatorId}'],
];

/** First visitor text of the histories. */
function demoText(conversations: Row[]): unknown[] {
	const entries = conversations.flatMap(({ history }) => history as unknown[][]);
	return entries.find(([type]) => type === 2) ?? [];
}

describe('iAdvize simulator', () => {
	let clock: SimulatorClock;
	let simulator: IAdvizeSimulator;

	const begin = async (options: IAdvizeOptions = {}): Promise<void> => {
		await simulator?.stop();
		clock = stoppedClock('2024-05-15T10:00:00Z');
		simulator = await new IAdvizeSimulator({ clock, ...options }).start();
	};
	const call = async (path: string, init: RequestInit = {}): Promise<Answer & { httpStatus: number }> => {
		const headers = { 'x-api-key': simulator.apiKey, ...(init.headers as Record<string, string>) };
		const response = await fetch(simulator.baseUrl + path, { ...init, headers });
		return { ...((await response.json()) as Answer), httpStatus: response.status };
	};
	const send = async (
		method: string,
		path: string,
		fields: Record<string, string> | Array<[string, string]>,
	): Promise<Answer & { httpStatus: number }> => await call(path, { method, body: new URLSearchParams(fields) });
	const rows = async (path: string): Promise<Row[]> => (await call(path)).data as Row[];
	const ids = async (path: string): Promise<number[]> => (await rows(path)).map(({ id }) => id);

	beforeEach(async () => await begin());
	afterEach(async () => await simulator.stop());

	it('takes the key three ways and refuses others with HTTP 200 and meta', async () => {
		const read = async (query: string, headers: Record<string, string>): Promise<unknown> =>
			await (await fetch(`${simulator.baseUrl}/client${query}`, { headers })).json();
		const refused = { meta: { status: 'error', message: 'Forbidden' } };
		const basic = (key: string): string => `Basic ${Buffer.from(`${key}:any`).toString('base64')}`;
		expect(await read('', {})).toEqual(refused);
		expect(await read('', { 'x-api-key': 'wrong' })).toEqual(refused);
		expect(await read('', { authorization: basic('wrong') })).toEqual(refused);
		for (const [query, headers] of [
			['', { 'x-api-key': simulator.apiKey }],
			['', { authorization: basic(simulator.apiKey) }],
			[`?key=${simulator.apiKey}`, {}],
		] as const)
			expect(await read(query, headers)).toMatchObject({ meta: { status: 'success' } });
		expect((await call('/client', { headers: { 'x-api-key': 'wrong' } })).httpStatus).toBe(200);
		await begin({ httpStatuses: true });
		expect((await call('/client', { headers: { 'x-api-key': 'wrong' } })).httpStatus).toBe(403);
	});

	it('lists id and link only unless full is set, and repeats the last page', async () => {
		for (let count = 0; count < 45; count += 1) simulator.account.addTag();
		const first = await call('/tag');
		expect(first.pagination).toEqual({ page: 1, pages: 3, limit: 20, count: 45 });
		expect((first.data as Row[])[0]).toEqual({ id: 31, _link: '/tag/31' });
		expect((await rows('/tag?full=1&limit=1'))[0]).toMatchObject({ name: 'Tag 31', _link: '/tag/31' });
		expect((await call('/tag?limit=500')).pagination).toMatchObject({ limit: 100, pages: 1 });
		const past = await call('/tag?page=9');
		expect(past.pagination?.page).toBe(3);
		expect(past.data).toEqual((await call('/tag?page=3')).data);
		expect((await call('/group')).pagination).toEqual({ page: 1, pages: 1, limit: 20, count: 0 });
	});

	it('names unknown ids', async () => {
		expect((await call('/visitor/5')).meta).toEqual({ status: 'fail', message: "Unknown 'visitor' with 'id' 5." });
		expect((await call('/conversation.json-unicode/5')).meta.message).toBe("Unknown 'conversation' with 'id' 5.");
	});

	it('creates, changes and deletes operators from form bodies', async () => {
		const website = simulator.account.addWebsite();
		const created = await send('POST', '/operator', [
			['name', 'Park'],
			['email', 'nina@example.com'],
			['roles[]', 'operator'],
			['roles[]', 'manager'],
			['website_list[]', String(website.id)],
			['chat_enabled', '1'],
			['call_config[type]', 'ANSWER_FROM_PHONE'],
			['call_config[phone_number]', '+33123456789'],
		]);
		expect(created).toMatchObject({
			meta: { status: 'success' },
			data: {
				id: 456,
				roles: ['operator', 'manager'],
				website_list: [website.id],
				call_config: { type: 'ANSWER_FROM_PHONE', phone_number: '+33123456789' },
				_link: '/operator/456',
			},
		});
		expect((await call('/operator/456')).data).toHaveProperty('sso_key', expect.stringMatching(/^[0-9a-f]{32}$/));
		const updated = await send('PUT', '/operator/456', { chat_max_number: '5' });
		expect(updated.data).toMatchObject({ chat_max_number: 5, name: 'Park' });
		expect(await ids('/operator?filters[name]=*AR*')).toEqual([456]);
		expect(await call('/operator/456', { method: 'DELETE' })).toEqual({ meta: { status: 'success' }, httpStatus: 200 });
		expect((await call('/operator/456')).meta.status).toBe('fail');
		expect(simulator.journal.writeCounts()).toEqual({
			'operator.create': 1,
			'operator.update': 1,
			'operator.delete': 1,
		});
	});

	it.each([
		[{ name: 'Park' }, "Field 'email' is missing."],
		[
			{ name: 'Park', email: 'a@example.com', chat_max_number: 'many' },
			"Value of field 'chat_max_number' is not valid.",
		],
		[{ name: 'Park', email: 'a@example.com', roles: 'operator' }, "Value of field 'roles' is not valid."],
		[{ name: 'Park', email: 'a@example.com', group_id: '9' }, "Value of field 'group_id' is not valid."],
		[{ name: 'Park', email: 'a@example.com', chat_priority: '5' }, "Value of field 'chat_priority' is not valid."],
		[
			{ name: 'Park', email: 'a@example.com', 'call_config[type]': 'ANSWER_FROM_PHONE' },
			"Value of field 'call_config' is not valid.",
		],
	])('refuses operator %j', async (fields, message) => {
		const answer = await send('POST', '/operator', fields as unknown as Record<string, string>);
		expect(answer.meta).toEqual({ status: 'fail', message });
		expect(simulator.journal.carriedOut()).toBe(0);
	});

	it('shows live states with the hiding rule of groups and skills', async () => {
		const { account } = simulator;
		const [alone, inGroup, skilled, offline] = [{}, { group_id: 1984 }, { skill_list: [77] }, {}].map(
			(input) => account.addOperator({ call_enabled: true, ...input }).id,
		) as [number, number, number, number];
		account.addOperator();
		for (const id of [alone, inGroup, skilled]) account.setLive({ id, chat: { available: true, slot_number: 4 } });
		account.setLive({ id: offline, connected: true });
		const live = await call('/operator/live');
		expect(live.pagination).toBeUndefined();
		expect((live.data as Row[]).map(({ id }) => id)).toEqual([alone]);
		expect((live.data as Row[])[0]).toEqual({
			id: alone,
			connected: true,
			chat: { enabled: true, slot_number: 4, slot_max_number: 4, busy: true, available: true },
			call: { enabled: true, slot_number: 0, slot_max_number: 1, busy: false, available: false },
			video: { enabled: false, slot_number: 0, slot_max_number: 1, busy: false, available: false },
		});
		expect(await ids('/operator/live?filters[group_id]=1984')).toEqual([inGroup]);
		expect(await ids('/operator/live?filters[skill_id]=77')).toEqual([skilled]);
		expect(await ids('/operator/live?filters[connected]=1')).toEqual([alone, offline]);
		expect((await send('PUT', `/operator/${offline}/live`, { connected: '0' })).meta.status).toBe('success');
		expect(await ids('/operator/live?filters[connected]=0')).toEqual([offline]);
		const opened = await send('PUT', `/operator/${alone}/live`, { 'chat[available]': '0', 'call[available]': '1' });
		expect(opened.meta.message).toBe(
			'Operator is now unavailable for chat channel. Operator is now available for call channel.',
		);
		expect((await call(`/operator/${alone}/live`)).data).toMatchObject({
			chat: { available: false },
			call: { available: true },
		});
		expect((await send('PUT', `/operator/${alone}/live`, { 'video[available]': '1' })).meta.status).toBe('fail');
		expect((await send('PUT', `/operator/${alone}/live`, { connected: '1' })).meta.status).toBe('fail');
	});

	it('lists conversations newest first within three months, the start included', async () => {
		const { account } = simulator;
		account.addWebsite();
		for (const created_at of [
			'2024-02-15 12:00:00',
			'2024-05-14 10:00:00',
			'2024-05-14 10:00:01',
			'2024-02-01 09:00:00',
		])
			account.addConversation({ created_at });
		const list = '/conversation.json-unicode?formatHistory=0';
		expect(await ids(list)).toEqual([901236, 901235, 901234]);
		expect(await ids(`${list}&filters[from]=2024-05-14 10:00:01`)).toEqual([901236]);
		expect(await ids(`${list}&filters[from]=2024-05-14%2010:00:00&filters[to]=2024-05-14 10:00:00`)).toEqual([901235]);
		expect(await ids(`${list}&filters[to]=2024-05-01`)).toEqual([901234, 901237]);
		expect(await ids(`${list}&filters[from]=2024-02-01`)).toEqual([901234, 901237]);
		expect((await call(`${list}&filters[from]=2024-02-01&filters[to]=2024-05-01`)).meta.status).toBe('success');
		const long = await call(`${list}&filters[from]=2024-02-01&filters[to]=2024-05-02`);
		expect(long).toEqual({
			meta: { status: 'error', message: 'The period may not exceed 3 months.' },
			httpStatus: 200,
		});
		expect((await call(`${list}&filters[from]=14.05.2024`)).meta.message).toBe("Value of field 'from' is not valid.");
	});

	it('shows late conversations with their older time', async () => {
		const created_at = simulator.account.localTime(clock.now() - 60_000);
		expect(created_at).toBe('2024-05-15 11:59:00');
		simulator.account.addConversation({ created_at, visibleAt: clock.now() + 5000 });
		expect(await ids('/conversation.json-unicode?formatHistory=0')).toEqual([]);
		clock.advance(5000);
		expect(await rows('/conversation.json-unicode?formatHistory=0&full=1')).toMatchObject([
			{ created_at, closed_at: '' },
		]);
		simulator.account.closeConversation(901234);
		expect((await call('/conversation.json-unicode/901234?formatHistory=0')).data).toHaveProperty(
			'closed_at',
			'2024-05-15 12:00:05',
		);
	});

	it('filters conversations by visitor, tag and channel', async () => {
		const visitor = simulator.account.addVisitor();
		const { id } = simulator.account.addConversation({
			visitor_uid: visitor.unique_id,
			tag_list: [31],
			channel: 'call',
		});
		simulator.account.addConversation({ visitor_uid: 'other' });
		for (const filter of [`visitor_id]=${visitor.id}`, 'tag_id]=31', 'channel]=call'])
			expect(await ids(`/conversation.json-unicode?formatHistory=0&filters[${filter}`)).toEqual([id]);
		expect((await call('/conversation.json-unicode?filters[channel]=fax')).meta.status).toBe('fail');
	});

	it('gives histories as lists or as text', async () => {
		simulator.account.addConversation({ history: [[2, '2024-05-15 12:00:00', 'Grüße', 1715767200000]] });
		const read = async (query: string): Promise<unknown> =>
			((await call(`/conversation.json-unicode/901234${query}`)).data as { history: unknown }).history;
		expect(await read('?formatHistory=0')).toEqual([[2, '2024-05-15 12:00:00', 'Grüße', 1715767200000]]);
		expect(await read('')).toBe('[[2,"2024-05-15 12:00:00","Grüße",1715767200000]]');
		await begin({ history: 'text' });
		simulator.account.addConversation();
		expect(await read('?formatHistory=0')).toBe('[]');
	});

	it('shows purchases on the next day after 05:00, for one month at most', async () => {
		simulator.account.addTransaction({ created_at: '2024-05-14 23:30:00' });
		simulator.account.addTransaction({ created_at: '2024-05-15 00:10:00', conversation_id: 901234 });
		expect(await ids('/transaction')).toEqual([66012]);
		clock.set(Date.parse('2024-05-16T02:59:59Z'));
		expect(await ids('/transaction')).toEqual([66012]);
		expect((await call('/transaction/66013')).meta.status).toBe('fail');
		clock.advance(1000);
		expect(await ids('/transaction')).toEqual([66012, 66013]);
		expect(await ids('/transaction?filters[conversation_id]=!null')).toEqual([66013]);
		expect(await ids('/transaction?filters[conversation_id]=null')).toEqual([66012]);
		expect((await call('/transaction?filters[from]=2024-04-14&filters[to]=2024-05-14')).meta.status).toBe('success');
		expect((await call('/transaction?filters[from]=2024-04-13&filters[to]=2024-05-14')).meta.status).toBe('error');
	});

	it('changes call meetings as time goes on', async () => {
		simulator.account.addCallMeeting({
			start_at: '2024-05-15 13:00:00',
			changes: [{ at: clock.now() + 3_600_000, status: 'progress' }],
		});
		const status = async (): Promise<unknown> =>
			(await rows('/callmeeting?full=1&filters[from]=2024-05-15 13:00:00'))[0]?.status;
		expect(await status()).toBe('pending');
		clock.advance(3_600_000);
		expect(await status()).toBe('progress');
		simulator.account.setCallMeetingStatus(3301, 'done');
		expect(await status()).toBe('done');
		expect(await ids('/callmeeting?filters[to]=2024-05-15 12:59:59')).toEqual([]);
	});

	it('computes figures in total, per resource and per step', async () => {
		const { account } = simulator;
		account.addOperator();
		for (const [operator_id, created_at, closed_at] of [
			[456, '2024-05-14 10:00:00', '2024-05-14 10:01:00'],
			[456, '2024-05-14 11:00:00', '2024-05-14 11:02:00'],
			[457, '2024-05-12 10:00:00', '2024-05-12 10:03:00'],
		] as const)
			account.addConversation({
				operator_id,
				created_at,
				closed_at,
				history: [
					[2, created_at, 'Hello'],
					[2, closed_at, 'Anybody there?'],
					[1, closed_at, 'Good morning'],
				],
			});
		account.addTransaction({ created_at: '2024-05-14 10:05:00', conversation_id: 901234, amount: 50 });
		const read = async (query: string): Promise<unknown> =>
			(await call(`/statistic?filters[from]=2024-05-12&filters[to]=2024-05-14${query}`)).data;
		const all = (await read('')) as Record<string, number>;
		expect(Object.keys(all)).toEqual(Object.keys(figures));
		expect(Object.keys(figures)).toHaveLength(50);
		expect(Object.values(all).every((value) => value === null || Number.isFinite(value))).toBe(true);
		expect(all).toMatchObject({
			contact_number: 3,
			contact_duration: 120,
			contact_answered_duration: 120,
			contact_sent_message_number: 3,
			contact_received_message_number: 6,
			transaction_after_contact_amount: 50,
			conversion_rate: 0.3333,
			transaction_after_contact_duration: 300,
		});
		expect(await read('&filters[indicators]=contact_number,contact_duration&filters[resource]=operator')).toEqual([
			{ id: 456, contact_number: 2, contact_duration: 90 },
			{ id: 457, contact_number: 1, contact_duration: 180 },
		]);
		expect(
			await read('&filters[indicators]=contact_number&filters[resource]=operator&filters[resource_id]=457'),
		).toEqual([{ id: 457, contact_number: 1 }]);
		expect(await read('&filters[indicators]=contact_number&filters[granularity]=day')).toEqual({
			'2024-05-12': 1,
			'2024-05-13': 0,
			'2024-05-14': 2,
		});
		expect(await read('&filters[indicators]=contact_number&filters[granularity]=month')).toEqual({ '2024-05': 3 });
		expect(
			Object.keys((await read('&filters[indicators]=contact_number&filters[granularity]=hour')) as object),
		).toHaveLength(72);
		for (const query of [
			'indicators]=contact_number,conversion_rate&filters[granularity]=day',
			'indicators]=satisfaction_global_rate',
		])
			expect((await call(`/statistic?filters[${query}`)).meta.status).toBe('fail');
	});

	it('seeds the same believable account for the same clock', async () => {
		const demo = simulator.seedDemo();
		expect([demo.websites.length, demo.operators.length, demo.conversations.length]).toEqual([3, 12, 120]);
		const list = '/conversation.json-unicode?formatHistory=0&full=1&limit=100';
		const first = await call(list);
		expect(first.pagination).toMatchObject({ pages: 2, count: 120 });
		const times = (first.data as Row[]).map(({ created_at }) => String(created_at));
		expect(times).toEqual([...times].sort().reverse());
		expect(times[0]).toMatch(/^2024-05-14/);
		const numbers = (first.data as Row[]).map(({ id }) => id);
		expect(numbers).toEqual([...numbers].sort((left, right) => right - left));
		const [, text, , epoch] = demoText(first.data as Row[]);
		expect(fromLocalText(String(text), 'Europe/Paris')).toBe(epoch);
		expect(await ids('/satisfaction')).not.toHaveLength(0);
		expect(await ids('/transaction')).not.toHaveLength(0);
		expect(await ids('/callmeeting')).toHaveLength(6);
		expect(await ids('/operator/live')).not.toHaveLength(0);
		expect((await call('/operator/456/statistic')).data).toMatchObject({
			id: 456,
			conversation_number: expect.any(Number),
		});
		expect((await call('/operator/456/profile')).data).toMatchObject({ user_id: 456, city: 'Nantes' });
		expect((await call('/skill/77')).data).toMatchObject({ operator_list: expect.arrayContaining([456]) });
		expect(await ids('/skill?filters[operator_id]=456')).toEqual([77]);
		await begin();
		simulator.seedDemo();
		expect(await call(list)).toEqual(first);
	});

	it('answers every operation of the contract as the contract says', async () => {
		const check = answerCheck(join(__dirname, '../../contracts/iadvize.openapi.yaml'));
		const demo = simulator.seedDemo();
		clock.advance(86_400_000);
		const id: Record<string, number | undefined> = {
			clientId: 789,
			websiteId: demo.websites[0],
			operatorId: demo.operators[1],
			groupId: demo.groups[1],
			skillId: demo.skills[0],
			conversationId: demo.conversations[0],
			tagId: demo.tags[0],
			transactionId: demo.transactions[0],
			satisfactionId: demo.satisfactions[0],
			visitorId: demo.visitors[0],
		};
		for (const [method, path] of contractOperations) {
			const url = path.replace(/\{(\w+)\}/, (_, name: string) => String(id[name]));
			const body: Record<string, string> = path.endsWith('/live')
				? { 'chat[available]': '1' }
				: { name: 'Park', email: `park-${method}@example.com` };
			for (const query of method === 'GET' ? ['', '?full=1&limit=100&formatHistory=0'] : ['']) {
				const { httpStatus, ...answer } = await (method === 'GET' || method === 'DELETE'
					? call(url + query, { method })
					: send(method, url, body));
				expect([method, path, httpStatus, answer.meta.status]).toEqual([method, path, 200, 'success']);
				expect([method, path, check(method, path, answer)]).toEqual([method, path, []]);
			}
		}
		expect(contractOperations).toHaveLength(30);
	});

	it('pages through many conversations', async () => {
		for (let count = 0; count < 5000; count += 1) simulator.account.addConversation();
		const seen = new Set<number>();
		for (let page = 1; page <= 50; page += 1)
			for (const id of await ids(`/conversation.json-unicode?formatHistory=0&full=1&limit=100&page=${page}`))
				seen.add(id);
		expect(seen.size).toBe(5000);
	});
});
