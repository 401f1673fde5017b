import { join } from 'node:path';

import { answerCheck } from '../../simulators/kit/answers';
import { stoppedClock, type SimulatorClock } from '../../simulators/kit';
import { LiveAgentSimulator, type LiveAgentOptions } from '../../simulators/liveagent';
import { readYaml } from '../../support/yaml';

type Row = Record<string, unknown>;
type Fields = Record<string, string>;

const contractFile = join(__dirname, '../../contracts/liveagent.openapi.yaml');
const minute = 60_000;
const ok = { status: 'OK', statuscode: '0' };

describe('LiveAgent simulator', () => {
	let clock: SimulatorClock;
	let simulator: LiveAgentSimulator;

	const begin = async (options: LiveAgentOptions = {}): Promise<void> => {
		await simulator?.stop();
		clock = stoppedClock('2024-05-15T18:00:00Z');
		simulator = await new LiveAgentSimulator({ clock, ...options }).start();
	};
	const call = async (
		method: string,
		path: string,
		fields: Fields = {},
		key = simulator.apiKey,
	): Promise<{ status: number; response: Row }> => {
		const values = new URLSearchParams({ apikey: key, ...fields });
		const inQuery = method === 'GET' || method === 'DELETE';
		const url = `${simulator.baseUrl}${path}${inQuery ? `?${values.toString()}` : ''}`;
		const answer = await fetch(url, { method, ...(!inQuery && { body: values }) });
		const body = (await answer.json()) as { response: Row };
		return { status: answer.status, response: body.response };
	};
	const get = async (path: string, fields: Fields = {}): Promise<Row> => (await call('GET', path, fields)).response;
	const rows = async (path: string, key: string, fields: Fields = {}): Promise<Row[]> =>
		(await get(path, fields))[key] as Row[];
	const refusal = (status: number, message: string): unknown => ({
		status,
		response: expect.objectContaining({ status: 'ERROR', statuscode: status, errormessage: message }),
	});

	beforeEach(async () => await begin());
	afterEach(async () => await simulator.stop());

	describe('key', () => {
		it('is taken from the query of reads and from the form of writes only', async () => {
			const tag = new URLSearchParams({ name: 'Urgent' });
			const url = `${simulator.baseUrl}/tags`;
			const send = async (init: RequestInit, query = ''): Promise<number> => (await fetch(url + query, init)).status;
			expect(await call('GET', '/tags', {}, 'wrong')).toEqual(refusal(401, 'Authentication failed'));
			expect(await call('GET', '/tags', {}, 'liveagent-v3-key')).toEqual(refusal(403, 'ApiKey not found'));
			expect(await send({ headers: { apikey: simulator.apiKey } })).toBe(401);
			expect(await send({ method: 'POST', body: tag }, `?apikey=${simulator.apiKey}`)).toBe(401);
			const json = JSON.stringify({ apikey: simulator.apiKey, name: 'Urgent' });
			expect(await send({ method: 'POST', body: json, headers: { 'content-type': 'application/json' } })).toBe(401);
			expect(simulator.journal.carriedOut()).toBe(0);
			expect((await call('POST', '/tags', { name: 'Urgent' })).status).toBe(200);
			expect(simulator.journal.entries.every(({ query }) => query.apikey !== simulator.apiKey)).toBe(true);
		});

		it('is taken from header and query of writes when told to', async () => {
			await begin({ acceptsHeaderKey: true, acceptsQueryKeyOnWrites: true });
			const url = `${simulator.baseUrl}/tags`;
			const byHeader = {
				method: 'POST',
				body: new URLSearchParams({ name: 'A' }),
				headers: { apikey: simulator.apiKey },
			};
			expect((await fetch(url, byHeader)).status).toBe(200);
			const byQuery = { method: 'POST', body: new URLSearchParams({ name: 'B' }) };
			expect((await fetch(`${url}?apikey=${simulator.apiKey}`, byQuery)).status).toBe(200);
		});

		it('is limited to 180 requests a minute', async () => {
			for (let count = 0; count < 180; count += 1) await get('/tags');
			expect(await call('GET', '/tags')).toEqual(refusal(429, 'Too Many Requests'));
			expect((await call('GET', '/tags', {}, 'another')).status).toBe(401);
			clock.advance(1000);
			expect((await call('GET', '/tags')).status).toBe(200);
			await begin({ rateLimit: null });
			for (let count = 0; count < 181; count += 1) await get('/tags');
			expect(simulator.journal.count(({ status }) => status !== 200)).toBe(0);
		});
	});

	describe('conversations', () => {
		const fields = (changes: Fields = {}): Fields => ({
			message: 'My parcel has not arrived',
			useridentifier: 'omar@example.org',
			department: simulator.account.departments.list()[0]?.id ?? '',
			subject: 'Late parcel',
			recipient: 'support@example.com',
			...changes,
		});
		const create = async (changes: Fields = {}): Promise<string> =>
			String((await call('POST', '/conversations', fields(changes))).response.conversationid);

		beforeEach(() => {
			simulator.account.addDepartment({ id: 'dp1', name: 'Billing' });
			simulator.account.addDepartment({ id: 'dp2', name: 'Support' });
			simulator.account.addAgent({ id: 'ag1', email: 'nina@example.com' });
			simulator.account.addCustomer({ id: 'ct1', email: 'omar@example.org' });
			simulator.account.addTag({ id: 't1', name: 'Priority' });
		});

		it('are created once, with mail unless it is switched off, and can be read by id and codes', async () => {
			const { response } = await call('POST', '/conversations', fields({ status: 'C' }));
			expect(response).toMatchObject(ok);
			for (const name of ['conversationid', 'code', 'publicurlcode'])
				expect(await get(`/conversations/${String(response[name])}`)).toMatchObject({
					conversationid: response.conversationid,
					datecreated: '2024-05-15 11:00:00',
					departmentname: 'Billing',
					ownername: 'Omar Silva',
					owneremail: 'omar@example.org',
					status: 'C',
				});
			await create({ do_not_send_mail: 'Y', customfields: '[{"code":"order","value":"7"}]' });
			expect(simulator.journal.writeCounts()).toEqual({ 'conversation.create': 2, 'mail.send': 1 });
		});

		it('of an agent belong to the recipient, who becomes a customer', async () => {
			const id = await create({
				useridentifier: 'ag1',
				recipient: 'mia@example.org',
				recipient_name: 'Mia Lindgren',
			});
			expect(await get(`/conversations/${id}`)).toMatchObject({ ownername: 'Mia Lindgren', status: 'N' });
			expect(await get('/customers/mia@example.org')).toMatchObject({ lastname: 'Lindgren' });
		});

		it.each([
			[{ message: '' }, 'Parameter message is missing'],
			[{ subject: '' }, 'Parameter subject is missing'],
			[{ useridentifier: 'nobody@example.org' }, 'User nobody@example.org not found'],
			[{ department: 'Billing' }, 'Department with id Billing not found'],
			[{ status: 'L' }, 'Parameter status is not valid'],
			[{ do_not_send_mail: 'yes' }, 'Parameter do_not_send_mail is not valid'],
			[{ customfields: '{"code":"order"}' }, 'Parameter customfields is not valid'],
			[{ recipient: 'support' }, 'Parameter recipient is not valid'],
		])('with %j are refused with status 500', async (changes, message) => {
			expect(await call('POST', '/conversations', fields(changes))).toEqual(refusal(500, message));
			expect(simulator.journal.carriedOut()).toBe(0);
		});

		it('take a message without a writer as a note, and an answer of an agent as an answer', async () => {
			const id = await create();
			const path = `/conversations/${id}/messages`;
			clock.advance(minute);
			expect((await call('POST', path, { message: 'Look at this', type: 'M' })).response).toEqual(ok);
			expect(await get(`/conversations/${id}`)).toMatchObject({ status: 'N', datechanged: '2024-05-15 11:01:00' });
			await call('POST', path, { message: 'We are checking', useridentifier: 'ag1' });
			expect(await get(`/conversations/${id}`)).toMatchObject({ status: 'A', assignedto: 'ag1' });
			const messages = (await rows(path, 'groups')).flatMap((group) => group.messages as Row[]);
			expect(messages.map(({ rtype, message }) => [rtype, message])).toEqual([
				['M', 'My parcel has not arrived'],
				['N', 'Look at this'],
				['M', 'We are checking'],
			]);
			expect(await rows(path, 'groups', { datefrom: '2024-05-15 11:01:00' })).toHaveLength(2);
			expect(simulator.journal.writeCounts()).toMatchObject({ 'conversation.addMessage': 2, 'mail.send': 2 });
			expect(await call('POST', path, { message: 'x', type: 'Q' })).toEqual(
				refusal(500, 'Parameter type is not valid'),
			);
		});

		it('change status, agent, department and deletion, with notes under the name the server reads', async () => {
			const id = await create();
			const path = `/conversations/${id}`;
			expect(
				(await call('PUT', `${path}/attendants`, { department: 'dp2', note: 'Expert', messages: 'no' })).response,
			).toEqual(ok);
			await call('PUT', `${path}/attendants`, { agentidentifier: 'nina@example.com' });
			await call('PUT', `${path}/status`, { status: 'R', useridentifier: 'ag1' });
			expect(await get(path)).toMatchObject({ departmentid: 'dp2', assignedto: 'ag1', status: 'R' });
			const groups = await rows(`${path}/messages`, 'groups');
			expect(groups.map(({ rtype }) => rtype)).toEqual(['M', 'T', 'T', 'R']);
			expect(groups[1]?.messages).toMatchObject([{ rtype: 'N', message: 'Expert' }]);
			expect(await call('PUT', `${path}/status`, { status: 'N' })).toEqual(
				refusal(500, 'Parameter status is not valid'),
			);
			expect((await call('PUT', `${path}/attendants`, {})).status).toBe(500);
			expect((await call('DELETE', path)).response).toEqual(ok);
			expect(await get(path)).toMatchObject({ status: 'X' });
			expect(await call('GET', '/conversations/cv-none')).toEqual(refusal(500, 'Unable to load conversation'));
		});

		it('hold tags by id or name', async () => {
			const path = `/conversations/${await create()}/tags`;
			await call('POST', path, { name: 'Priority' });
			await call('POST', path, { id: 't1' });
			expect(await rows(path, 'tags')).toEqual([{ id: 't1', name: 'Priority' }]);
			expect(await call('POST', path, { name: 'Unknown' })).toEqual(refusal(500, 'Tag Unknown not found'));
			expect((await call('POST', path)).status).toBe(500);
			await call('DELETE', path, { name: 'Priority' });
			expect(await rows(path, 'tags')).toEqual([]);
			expect(simulator.journal.carriedOut('conversation.addTag')).toBe(1);
			await begin({ createsUnknownNames: true });
			simulator.account.addConversation({ id: 'cv1' });
			await call('POST', '/conversations/cv1/tags', { name: 'Unknown' });
			expect(await rows('/tags', 'tags')).toMatchObject([{ name: 'Unknown' }]);
		});

		it('append custom fields, and lose all of them without a code', async () => {
			const path = `/conversations/${await create()}`;
			const field = (value: string): Fields => ({ customfields: JSON.stringify([{ code: 'order', value }]) });
			await call('POST', `${path}/fields`, field('1'));
			await call('POST', `${path}/fields`, field('2'));
			await call('POST', `${path}/fields`, { customfields: '[{"code":"size","value":"L"}]' });
			expect((await get(path)).customfields).toHaveLength(3);
			await call('DELETE', `${path}/fields`, { code: 'order' });
			expect((await get(path)).customfields).toEqual([{ code: 'size', value: 'L' }]);
			await call('DELETE', `${path}/fields`);
			expect((await get(path)).customfields).toEqual([]);
			expect(simulator.journal.writeCounts()).toMatchObject({
				'conversation.addCustomFields': 3,
				'conversation.deleteCustomField': 1,
				'conversation.deleteAllCustomFields': 1,
			});
		});

		it('are listed by owner or department with every condition', async () => {
			const { account } = simulator;
			const at = (text: string): number => account.local.parse(text);
			account.addConversation({ id: 'a', created: at('2024-05-14 08:00:00'), subject: 'One', status: 'R' });
			account.addConversation({ id: 'b', created: at('2024-05-14 09:00:00'), channel: 'C', customerId: 'ct1' });
			account.addConversation({ id: 'c', created: at('2024-05-15 09:00:00'), departmentId: 'dp2' });
			const ids = async (filter: Fields): Promise<unknown[]> =>
				(await rows('/conversations', 'conversations', filter)).map(({ conversationid }) => conversationid);
			const department = 'dp1';
			expect(await call('GET', '/conversations', { status: 'N' })).toEqual(
				refusal(500, 'Parameter owneridentifier or department is missing'),
			);
			expect(await ids({ department })).toEqual(['b', 'a']);
			expect(await ids({ owneridentifier: 'omar@example.org' })).toEqual(['c', 'b', 'a']);
			expect(await ids({ owneridentifier: 'nobody@example.org' })).toEqual([]);
			expect(await ids({ department, status: 'R,A' })).toEqual(['a']);
			expect(await ids({ department, channel_type: 'C' })).toEqual(['b']);
			expect(await ids({ department, subject: 'One' })).toEqual(['a']);
			expect(await ids({ department, datefrom: '2024-05-14 08:30:00' })).toEqual(['b']);
			expect(await ids({ department, dateto: '2024-05-14 08:30:00' })).toEqual(['a']);
			const changed = async (condition: string): Promise<unknown[]> =>
				await ids({ department, datechanged: condition });
			expect(await changed('2024-05-14 08:00:00')).toEqual(['a']);
			expect(await changed('gt:2024-05-14 08:00:00')).toEqual(['b']);
			expect(await changed('lte:2024-05-14 09:00:00')).toEqual(['b', 'a']);
			expect(await changed('btw:2024-05-14,2024-05-14 08:30:00')).toEqual(['a']);
			expect(await changed('lk:2024-05-14 0?:00:%')).toEqual(['b', 'a']);
			expect((await call('GET', '/conversations', { department, datechanged: 'ge:2024' })).status).toBe(500);
			expect((await call('GET', '/conversations', { department, status: 'Q' })).status).toBe(500);
			expect(await ids({ department, limit: '1', offset: '1' })).toEqual(['a']);
			await begin({ needsOwnerOrDepartment: false });
			expect(await ids({})).toEqual([]);
		});

		it('change and appear while being paged when told to', async () => {
			await begin({ changesOneIn: 10, conversationOrder: 'changed' });
			simulator.account.addConversations(100, minute);
			clock.advance(minute);
			const department = simulator.account.departments.list()[0]?.id ?? '';
			const seen: unknown[] = [];
			for (let offset = 0; offset < 100; offset += 20)
				for (const row of await rows('/conversations', 'conversations', {
					department,
					limit: '20',
					offset: `${offset}`,
				}))
					seen.push(row.conversationid);
			expect(simulator.account.conversations.size).toBeGreaterThan(100);
			expect(new Set(seen).size).toBeLessThan(seen.length);
		});

		it('behave as old versions when told to', async () => {
			await begin({ oldVersion: true });
			const { account } = simulator;
			const conversation = account.addConversation({ departmentId: account.addDepartment({ id: 'dp1' }).id });
			account.addDepartment({ id: 'dp2' });
			account.addAgent({ email: 'nina@example.com' });
			const list = async (offset: string): Promise<number> =>
				(await call('GET', '/conversations', { department: 'dp1', limit: '1000', offset })).status;
			expect([await list('0'), await list('1000')]).toEqual([200, 500]);
			account.setStatus(conversation.id, 'L');
			expect(await list('0')).toBe(500);
			expect((await call('GET', '/agents/nina@example.com')).status).toBe(404);
			expect((await call('POST', `/conversations/${conversation.code}/messages`, { message: 'x' })).status).toBe(500);
			await call('PUT', `/conversations/${conversation.id}/attendants`, {
				department: 'dp2',
				messages: 'Old',
				note: 'New',
			});
			const groups = await rows(`/conversations/${conversation.id}/messages`, 'groups');
			expect(groups.at(-1)?.messages).toMatchObject([{ message: 'Old' }]);
		});
	});

	describe('customers', () => {
		it('are registered once; registering without a password sends mail', async () => {
			const register = async (fields: Fields): Promise<{ status: number; response: Row }> =>
				await call('POST', '/customers', { role: 'R', name: 'Omar Silva', ...fields });
			const { response } = await register({ email: 'omar@example.org', gender: 'M' });
			expect(response).toMatchObject({
				firstname: 'Omar',
				lastname: 'Silva',
				browsercookiename: 'V_auth',
				authtoken: expect.stringMatching(/^[0-9a-f]{32}$/),
				datecreated: '2024-05-15 11:00:00',
			});
			await register({ email: 'mia@example.org', password: 'secret' });
			await register({ email: 'ann@example.org', send_registration_mail: 'N' });
			await register({ email: 'eve@example.org', role: 'V' });
			expect(simulator.journal.writeCounts()).toEqual({ 'customer.create': 4, 'mail.send': 1 });
			expect((await register({ email: 'Omar@example.org' })).status).toBe(500);
			expect(await register({})).toEqual(refusal(500, 'Parameter email is missing'));
			expect((await register({ email: 'x@example.org', gender: 'O' })).status).toBe(500);
			expect(simulator.account.customers.size).toBe(4);
			expect(await get(`/customers/${String(response.contactid)}`)).toEqual(await get('/customers/omar%40example.org'));
			expect(await call('GET', '/customers/nobody@example.org')).toEqual(
				refusal(404, 'Customer with email nobody@example.org not found'),
			);
		});

		it('are found by parts and creation time, 100 a page', async () => {
			simulator.account.addCustomers(250, minute);
			const list = async (fields: Fields): Promise<Row[]> => await rows('/customers', 'customers', fields);
			expect(await list({})).toHaveLength(100);
			expect(await list({ limitcount: '1000', limitfrom: '240' })).toHaveLength(10);
			expect(await list({ lastname: 'silva 25' })).toHaveLength(2);
			expect(await list({ datecreatedfrom: '2024-05-15 10:58:00' })).toHaveLength(3);
			expect(await list({ datecreatedto: '2024-05-15 10:58:00', limitcount: '1000' })).toHaveLength(248);
			expect((await call('GET', '/customers', { datecreatedfrom: '2024-05-15T10:58:00' })).status).toBe(500);
			expect((await call('GET', '/customers', { limitcount: 'many' })).status).toBe(500);
			expect((await list({}))[0]).not.toHaveProperty('authtoken');
		});

		it('join and leave groups by name', async () => {
			const { id } = simulator.account.addCustomer();
			const created = await call('POST', '/customersgroups', { name: 'Premium', bg_color: '#1a73e8' });
			expect(created.response).toMatchObject({ ...ok, name: 'Premium', bg_color: '1A73E8' });
			const groupId = String(created.response.id);
			await call('POST', `/customers/${id}/groups`, { name: 'Premium' });
			expect(await rows(`/customers/${id}/groups`, 'groups')).toEqual([{ groupid: groupId, groupname: 'Premium' }]);
			expect((await call('POST', `/customers/${id}/groups`, { name: 'Gold' })).status).toBe(500);
			await call('PUT', `/customersgroups/${groupId}`, { name: 'Gold' });
			await call('DELETE', `/customers/${id}/groups`, { name: 'Gold' });
			expect(await rows(`/customers/${id}/groups`, 'groups')).toEqual([]);
			expect((await call('PUT', `/customersgroups/${groupId}`, { color: 'red' })).status).toBe(500);
			await call('DELETE', `/customersgroups/${groupId}`);
			expect((await call('GET', `/customersgroups/${groupId}`)).status).toBe(404);
			expect(simulator.journal.carriedOut()).toBe(5);
		});

		it('can be a hundred thousand', async () => {
			simulator.account.addCustomers(100_000);
			const seen = new Set<unknown>();
			for (const from of ['0', '50000', '99000', '100000'])
				for (const row of await rows('/customers', 'customers', { limitcount: '1000', limitfrom: from }))
					seen.add(row.contactid);
			expect(seen.size).toBe(3000);
		}, 30_000);
	});

	it('shows online states and figures as they are set, and availability as it passes', async () => {
		const { account } = simulator;
		const department = account.addDepartment({ name: 'Billing' });
		const agent = account.addAgent({ preset: 'MT' });
		account.setOnlineStatus(agent.id, 'TP');
		expect(await rows('/onlinestatus/agents', 'agentsOnlineStates')).toMatchObject([{ onlineStatus: 'T' }]);
		expect(await get(`/departments/${department.id}`)).toMatchObject({ onlinestatus: 'T', presetstatus: 'MPT' });
		clock.advance(10 * minute);
		const path = '/reports/chats/agentsavailability';
		const running = await rows(path, 'agentsavailability');
		expect(running).toMatchObject([
			{ hours_online: '00:10:00', from_date: '05/15/2024 20:00:00', to_date: 'now', department_name: 'Billing' },
		]);
		account.setOnlineStatus(agent.id, '');
		clock.advance(minute);
		expect(await rows(path, 'agentsavailability', { columns: 'id,to_date' })).toEqual([
			{ id: running[0]?.id, to_date: '05/15/2024 20:10:00' },
		]);
		expect(await rows('/reports/tickets/agentsavailability', 'agentsavailability')).toEqual([]);
		account.setDepartmentCounts(department.id, { new_count: 12 });
		expect(await rows('/onlinestatus/departments', 'departmentsOnlineStates')).toMatchObject([{ new_count: '12' }]);
		account.setCallsOverview({ inqueue: 5 });
		expect(await rows('/calls/overview', 'callsOverview')).toEqual([{ running: '0', ringing: '0', inqueue: '5' }]);
		const chat = account.addConversation({ channel: 'B' });
		expect(await rows('/chats/overview', 'chatsOverview')).toMatchObject([{ chats: '0', queue: '1' }]);
		account.pickUp(chat.id, agent.id);
		expect(await rows('/chats/overview', 'chatsOverview')).toMatchObject([{ chats: '1', queue: '0' }]);
	});

	it('reports what conversations and ratings hold', async () => {
		await begin({ numbers: 'number' });
		const { account } = simulator;
		const department = account.addDepartment({ name: 'Billing' });
		const agent = account.addAgent({ online: 'M' });
		const ticket = account.addConversation({ message: 'Where is it?' });
		const missed = account.addConversation({ channel: 'C' });
		clock.advance(10 * minute);
		account.addMessage({ conversationId: ticket.id, userId: agent.id, text: 'On its way' });
		account.end(missed.id);
		account.addRanking({ conversationId: ticket.id, type: 'P', comment: 'Slow' });
		clock.advance(50 * minute);
		const days = { date_from: '2024-05-15', date_to: '2024-05-15' };
		expect(await rows('/reports/agents', 'agents', days)).toMatchObject([
			{ id: agent.id, worktime: 60, answers: 1, answers_ph: '1.00', newAnswerAvgTime: 600, punishments_p: '100.00' },
		]);
		expect(await rows('/reports/departments', 'departments', { ...days, columns: 'id,missed_calls' })).toEqual([
			{ id: department.id, missed_calls: 1 },
		]);
		const weekly = { date_from: '2024-05-14', date_to: '2024-05-15', columns: 'datetime,dateto,answers' };
		expect(await rows('/reports/performance', 'performance', weekly)).toEqual([
			{ datetime: '05/14/2024', dateto: '2024-05-14 23:59:59', answers: 0 },
			{ datetime: '05/15/2024', dateto: '2024-05-15 23:59:59', answers: 1 },
		]);
		expect(await rows('/reports/ranking', 'ranks', { ...days, types: 'P' })).toMatchObject([{ comment: 'Slow' }]);
		expect(await rows('/reports/ranking', 'ranks', { ...days, types: 'W' })).toEqual([]);
		expect(await rows('/reports/tickets/slalog', 'slalogs', days)).toMatchObject([
			{
				conversationid: ticket.id,
				sla: '-01:50:00',
				date_closed: '05/15/2024 20:10:00',
				server_date_closed: '2024-05-15 11:10:00',
			},
		]);
		expect(await rows('/reports/tickets/slacompliance', 'slacompliances', { datetime: 'TM' })).toMatchObject([
			{ date: '2024-05-15 11:00:00', fulfilled: 1, maxFulfilledTime: 600, unfulfilled: 0 },
		]);
		const hour = { date_from: '2024-05-15 11:00:00' };
		expect(await rows('/reports/calls/load', 'loads', hour)).toMatchObject([
			{ date: '2024-05-15 11:00:00', avgQueue: '1.00', maxQueue: 1 },
			{ date: '2024-05-15 12:00:00', maxQueue: 0 },
		]);
		expect(await rows('/reports/chats/availability', 'availability', { limitcount: '2', limitfrom: '719' })).toEqual([
			{ date: '2024-05-15 11:00:00', mins: 0, pct: '0.0000' },
			{ date: '2024-05-15 12:00:00', mins: 0, pct: '0.0000' },
		]);
		expect(await call('GET', '/reports/agents', { date_from: '2024-05-15' })).toEqual(
			refusal(500, 'Parameter date_to is missing'),
		);
		expect(await call('GET', '/reports/tags', { ...days, columns: 'id,name' })).toEqual(
			refusal(500, 'Parameter columns is not valid'),
		);
	});

	it('pages the knowledge base ten at a time and searches it', async () => {
		const branch = simulator.account.addArticle({ title: 'Help' });
		for (let count = 0; count < 11; count += 1)
			simulator.account.addArticle({ parentId: branch.id, title: `Refund ${count}` });
		const list = async (fields: Fields): Promise<Row[]> => await rows('/knowledgebase/articles', 'articles', fields);
		expect(await list({})).toHaveLength(10);
		expect(await list({ offset: '10' })).toHaveLength(2);
		expect(await list({ tree_path: `0|${branch.id}|`, limit: '500' })).toHaveLength(11);
		expect(await list({ article_id: '24' })).toMatchObject([
			{ title: 'Refund 0', urlcode: '045024', treepath: '0|23|' },
		]);
		const hits = await rows('/knowledgebase/search', 'articles', { query: 'refund 3' });
		expect(hits).toMatchObject([{ title: 'Refund 3', content_text: 'Use the form in your account.' }]);
		expect((await call('GET', '/knowledgebase/search')).status).toBe(500);
	});

	it('files suggestions only in known categories', async () => {
		const { id } = simulator.account.addSuggestionCategory();
		simulator.account.addCustomer({ email: 'omar@example.org' });
		const fields = { useridentifier: 'omar@example.org', subject: 'Dark theme', message: 'Please' };
		expect((await call('POST', '/suggestions', { ...fields, category: id })).response).toMatchObject({
			...ok,
			url: expect.stringMatching(/-Dark-theme$/),
		});
		expect((await call('POST', '/suggestions', { ...fields, category: 'none' })).status).toBe(500);
		expect(simulator.journal.carriedOut('suggestion.create')).toBe(1);
	});

	it('writes wall-clock times through the change to winter time', async () => {
		clock.set(Date.parse('2024-11-03T08:30:00Z'));
		const first = simulator.account.addCustomer();
		clock.advance(60 * minute);
		const second = simulator.account.addCustomer();
		for (const { id } of [first, second])
			expect(await get(`/customers/${id}`)).toMatchObject({ datecreated: '2024-11-03 01:30:00' });
		await begin({ timeZone: 'UTC' });
		const { id } = simulator.account.addCustomer();
		expect(await get(`/customers/${id}`)).toMatchObject({ datecreated: '2024-05-15 18:00:00' });
	});

	it('can acknowledge writes with an empty body', async () => {
		await begin({ emptyWriteAnswers: true });
		const { id } = simulator.account.addTag();
		const body = new URLSearchParams({ apikey: simulator.apiKey, name: 'Late' });
		const answer = await fetch(`${simulator.baseUrl}/tags/${id}`, { method: 'PUT', body });
		expect([answer.status, await answer.text()]).toEqual([200, '']);
		expect(await get(`/tags/${id}`)).toMatchObject({ name: 'Late' });
	});

	describe('faults', () => {
		const create = async (): Promise<Response> =>
			await fetch(`${simulator.baseUrl}/customers`, {
				method: 'POST',
				body: new URLSearchParams({ apikey: simulator.apiKey, name: 'Omar' }),
			});

		it.each([
			['cutBefore', 0],
			['cutAfter', 1],
		] as const)('%s leaves %i customers', async (kind, count) => {
			simulator.faults.once({ kind });
			await expect(create()).rejects.toThrow();
			expect(simulator.journal.carriedOut('customer.create')).toBe(count);
			expect(simulator.account.customers.size).toBe(count);
		});

		it('of every other kind come in the shape of the vendor', async () => {
			simulator.faults.script([
				{ kind: 'status', status: 503 },
				{ kind: 'status', status: 504, carriedOut: true },
				{ kind: 'html', status: 502 },
				{ kind: 'brokenJson' },
				{ kind: 'latency', latencyMs: 1 },
			]);
			expect(await (await create()).json()).toMatchObject({ response: { status: 'ERROR', statuscode: 503 } });
			expect((await create()).status).toBe(504);
			expect(await (await create()).text()).toContain('<html>');
			await expect((await create()).json()).rejects.toThrow();
			expect((await create()).status).toBe(200);
			expect(simulator.journal.carriedOut('customer.create')).toBe(3);
		});
	});

	it('lets things happen as the clock moves', async () => {
		simulator.seedDemo();
		const later = simulator.account.now() + 5 * minute;
		simulator.account.addCustomer({ id: 'late', visibleAt: later });
		expect((await call('GET', '/customers/late')).status).toBe(404);
		const before = simulator.state() as Record<string, number>;
		simulator.startTraffic(minute);
		clock.advance(12 * minute);
		expect(await rows('/customers', 'customers', { lastname: 'Nowak 9' })).toHaveLength(1);
		expect((await call('GET', '/customers/late')).status).toBe(200);
		const after = simulator.state() as Record<string, number>;
		expect(after.conversations).toBe((before.conversations ?? 0) + 2);
		expect(after.rankings).toBe((before.rankings ?? 0) + 2);
		const [newest] = simulator.account.conversations.list();
		expect(newest?.created).toBe(Date.parse('2024-05-15T18:07:00Z'));
	});

	it('can be steered from another process', async () => {
		const steer = async (kind: string, record: object): Promise<unknown> => {
			const headers = { 'content-type': 'application/json' };
			const body = JSON.stringify(record);
			const url = `${simulator.origin}/__simulator/records/${kind}`;
			return ((await (await fetch(url, { method: 'POST', headers, body })).json()) as { records: unknown[] })
				.records[0];
		};
		await steer('department', { id: 'dp1' });
		await steer('agent', { id: 'ag1' });
		expect(await steer('conversation', { id: 'cv1', message: 'Hello' })).toMatchObject({ id: 'cv1', status: 'N' });
		await steer('message', { conversationId: 'cv1', userId: 'ag1', text: 'Hello, too' });
		expect(await get('/conversations/cv1')).toMatchObject({ status: 'A', assignedto: 'ag1', preview: 'Hello, too' });
		await steer('onlineStatus', { id: 'ag1', online: 'M' });
		expect(await rows('/departments/dp1/agents', 'agents')).toMatchObject([{ userid: 'ag1', onlinestatus: 'M' }]);
		expect(simulator.journal.carriedOut()).toBe(0);
	});

	it('makes the same demonstration account each time', async () => {
		const read = async (): Promise<Row[]> => {
			const demo = simulator.seedDemo();
			const listed = await rows('/conversations', 'conversations', { department: demo.departments[0] ?? '' });
			return [
				...listed,
				...(await rows('/reports/ranking', 'ranks', { date_from: '2024-05-01', date_to: '2024-05-31' })),
			];
		};
		const first = await read();
		expect(first.length).toBeGreaterThan(40);
		await begin();
		expect(await read()).toEqual(first);
	});

	it.each(['text', 'number'] as const)(
		'answers all 64 operations as the contract says, numbers as %s',
		async (numbers) => {
			await begin({ numbers });
			const check = answerCheck(contractFile);
			const demo = simulator.seedDemo();
			const ids: Record<string, string | undefined> = {
				agentidentifier: demo.agents[0],
				conversationid: demo.conversations[0],
				customeridentifier: demo.customers[0],
				groupid: demo.customerGroups[1],
				departmentid: demo.departments[0],
				tagid: demo.tags[1],
			};
			const values: Fields = {
				department: demo.departments[1] ?? '',
				agentidentifier: demo.agents[1] ?? '',
				category: demo.suggestionCategories[0] ?? '',
				useridentifier: 'nina@example.com',
				recipient: 'omar@example.org',
				email: 'new@example.org',
				subject: 'Hi',
				message: 'Hello',
				type: 'M',
				customfields: '[{"code":"a","value":"b"}]',
				date_from: '2024-05-01',
				date_to: '2024-05-31',
				query: 'parcel',
			};
			const { paths } = readYaml<{ paths: Record<string, Record<string, unknown>> }>(contractFile);
			const operations = Object.entries(paths).flatMap(([path, methods]) =>
				Object.keys(methods).map((method): [string, string] => [method.toUpperCase(), path]),
			);
			const order = ['GET', 'POST', 'PUT', 'DELETE'];
			operations.sort(([first], [second]) => order.indexOf(first) - order.indexOf(second));
			// Lists would be nearly empty with all values as filters.
			const fieldsOf = (method: string, path: string): Fields => {
				if (method !== 'GET') return path.endsWith('/status') ? { ...values, status: 'R' } : values;
				const { department = '', date_from = '', date_to = '', query = '' } = values;
				return { department, date_from, date_to, query };
			};
			const usesName = (path: string): boolean => /tags|groups|^\/customers/.test(path);
			let reads = 0;
			for (const [method, path] of operations) {
				const url = path.replace(/\{(\w+)\}/g, (_, name: string) => String(ids[name]));
				const member = path.endsWith('/groups') ? 'Premium' : 'Priority';
				const name = path.includes('/{conversationid}/tags') || path.endsWith('/groups') ? member : `${method} ${path}`;
				const answer = await call(method, url, { ...fieldsOf(method, path), ...(usesName(path) && { name }) });
				expect([method, path, answer.status, answer.response]).toEqual([method, path, 200, expect.anything()]);
				expect([method, path, check(method, path, { response: answer.response })]).toEqual([method, path, []]);
				const lists = Object.values(answer.response).filter(Array.isArray);
				if (method === 'GET') reads += lists.filter((list) => list.length > 0).length;
			}
			expect(operations).toHaveLength(64);
			expect(reads).toBeGreaterThan(30);
			expect(simulator.journal.carriedOut()).toBeGreaterThanOrEqual(20);
		},
	);
});
