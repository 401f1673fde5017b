import { runListSearch } from '../../support/listSearch';
import { byId, startDemoBench } from './nodeUnderTest';
import type { DemoBench } from './nodeUnderTest';

describe('LiveAgent agents, departments, labels and articles', () => {
	let bench: DemoBench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	test.each([
		['tag', 'tagId'],
		['customerGroup', 'groupId'],
	])('%s: reads after writes', async (resource, idField) => {
		const [made] = await bench.rows(resource, 'create', {
			name: 'Urgent',
			additionalFields: { backgroundColor: '#1a73e8' },
		});
		expect(made).toMatchObject({ name: 'Urgent', bg_color: '1A73E8' });
		const id = { [idField]: byId(made.id) };
		expect(await bench.rows(resource, 'update', { ...id, updateFields: { name: 'Very urgent' } })).toEqual([
			{ success: true },
		]);
		expect(await bench.rows(resource, 'get', id)).toMatchObject([
			{ id: made.id, name: 'Very urgent', bg_color: '1A73E8' },
		]);
		const nothing = await bench.run(resource, 'update', id);
		expect(nothing.error?.message).toContain('at least one of');
		expect((await bench.rows(resource, 'getMany', { returnAll: true })).map(({ name }) => name)).toContain(
			'Very urgent',
		);
		expect(await bench.rows(resource, 'delete', id)).toEqual([{ deleted: true }]);
		const gone = await bench.run(resource, 'get', id);
		expect(gone.error?.message).toContain(`${String(made.id)} not found`);
	});

	test('a colour that is none is refused', async () => {
		const result = await bench.run('tag', 'create', { name: 'Urgent', additionalFields: { color: 'red' } });
		expect(result.error?.message).toContain("Invalid value for 'Text Color' [item 0]");
	});

	test('agents: role and gender have words, authtoken is left out unless asked for', async () => {
		const agentId = byId(bench.demo.agents[0]);
		const [agent] = await bench.rows('agent', 'get', { agentId, simplify: false });
		expect(agent).toMatchObject({ role: 'O', gender: 'F' });
		expect(agent).not.toHaveProperty('authtoken');
		expect(await bench.rows('agent', 'get', { agentId })).toMatchObject([{ roleName: 'Owner' }]);
		const [whole] = await bench.rows('agent', 'get', { agentId, options: { includeSecrets: true } });
		expect(whole.authtoken).toEqual(expect.any(String));
	});

	test('departments and their agents', async () => {
		const departments = await bench.rows('department', 'getMany', { returnAll: true });
		expect(departments.map(({ departmentid }) => departmentid)).toEqual(bench.demo.departments);
		const departmentId = byId(bench.demo.departments[0]);
		expect(await bench.rows('department', 'get', { departmentId })).toEqual([departments[0]]);
		const agents = await bench.rows('department', 'getAgents', { departmentId, returnAll: true });
		expect(agents.find(({ userid }) => userid === bench.demo.agents[0])).toMatchObject({
			onlinestatus: 'MPT',
			onlinestatusNames: ['Chat', 'Messages', 'Phone'],
		});
	});

	test('a name given as an ID that is not found is told about By Name, an ID is not', async () => {
		const advice = async (departmentId: string) => (await bench.run('department', 'get', { departmentId: byId(departmentId) })).error?.description;
		expect(await advice('Sales')).toMatch(/^If 'Sales' is a name, set 'Department' to 'By Name'\./);
		expect(await advice('dp20fj81')).not.toContain('By Name');
	});

	test('live states and totals are numbers', async () => {
		const [department] = await bench.rows('onlineStatus', 'getDepartments', { limit: 1 });
		expect(department.total_count).toEqual(expect.any(Number));
		expect(department.onlineStatusNames).toEqual(['Chat', 'Messages', 'Phone']);
		expect(await bench.rows('onlineStatus', 'getAgents', { returnAll: true })).toHaveLength(bench.demo.agents.length);
		expect(await bench.rows('overview', 'getChats', {})).toEqual([{ visitors: 26, chats: 2, queue: 1, agents: 3 }]);
		expect(await bench.rows('overview', 'getCalls', {})).toEqual([{ running: 1, ringing: 0, inqueue: 1 }]);
		const old = await bench.run('overview', 'getCalls', { simplify: false }, { node: { typeVersion: 1 } });
		expect(old.outputs[0][0].json).toEqual({ running: '1', ringing: '0', inqueue: '1' });
	});

	test('the application tells its versions and dates', async () => {
		const [status] = await bench.rows('application', 'getStatus');
		// 03:40:12 in Los Angeles, in summer time.
		expect(status).toMatchObject({ liveagentversion: '5.62.20.4', datelatestupdate: '2024-05-02T10:40:12.000Z' });
	});

	test('articles are read to the end, page by page, and searched', async () => {
		for (let count = 0; count < 1_100; count++) bench.simulator.account.addArticle({ parentId: bench.demo.articles[0] });
		const before = bench.simulator.journal.total;
		const articles = await bench.rows('knowledgeBase', 'getMany', { returnAll: true });
		expect(new Set(articles.map(({ kb_entry_id }) => kb_entry_id)).size).toBe(1_105);
		expect(bench.simulator.journal.total - before).toBe(3);
		const children = await bench.rows('knowledgeBase', 'getMany', {
			limit: 7,
			filters: { parentId: String(bench.demo.articles[0]) },
		});
		expect(children).toHaveLength(7);
		expect(await bench.rows('knowledgeBase', 'search', { query: 'password' })).toMatchObject([
			{ title: 'Resetting your password' },
		]);
		expect(await bench.rows('knowledgeBase', 'search', { query: 'no such words' })).toEqual([]);
	});

	test('a suggestion is filed in a category', async () => {
		const categories = await bench.rows('suggestionCategory', 'getMany');
		const [made] = await bench.rows('suggestion', 'create', {
			userEmail: 'omar@example.org',
			category: byId(categories[0].id),
			subject: 'Dark theme',
			message: 'Please add one.',
		});
		expect(made).toMatchObject({ id: expect.any(String), url: expect.stringContaining('Dark-theme') });
	});

	test.each([
		['Department', 'Billing'],
		['Agent', 'Amina Diallo, amina@example.com'],
		['Tag', 'Refund'],
		['CustomerGroup', 'Trial'],
		['CustomerGroupName', 'Trial'],
		['SuggestionCategory', 'Shop / Wishes'],
	])('the pick list of %s can be searched', async (name, label) => {
		const typed = label.split(/[ /,]+/).slice(0, 2).at(-1)?.toUpperCase();
		const search = async (filter?: string) => (await bench.search(`search${name}`, filter)).map(([shown]) => shown);
		expect(await search()).toContain(label);
		expect(await search(typed)).toEqual([label]);
	});

	test('the pick list of customers searches emails at LiveAgent', async () => {
		const list = { nodeType: 'liveAgent', method: 'searchCustomer', credentials: bench.credentials };
		const { results } = await runListSearch({ ...list, filter: 'omar@' });
		expect((await runListSearch({ ...list, filter: 'Omar Silva, omar@' })).results).toEqual(results);
		expect(results).toEqual([{ name: 'Omar Silva, omar@example.org', value: bench.demo.customers[0] }]);
		expect(bench.simulator.journal.entries.at(-1)?.query).toMatchObject({ email: 'omar@' });
	});
});
