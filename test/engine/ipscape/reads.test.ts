import type { INodeParameters } from 'n8n-workflow';

import type { IpScapeOptions } from '../../simulators/ipscape';
import { captureOutput, findSecrets } from '../../support/output';
import { testCredential } from '../../support/credentialTest';
import { jsonOf } from '../../support/engine';
import { byId, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const everything: INodeParameters = { returnAll: true, simplify: false };

describe('reading ipSCAPE', () => {
	let bench: Bench;

	const begin = async (...options: Parameters<typeof startBench>) => {
		bench = await startBench(...options);
	};
	afterEach(async () => await bench.close());

	const addLeads = (count: number) =>
		Array.from({ length: count }, () => bench.simulator.account.addLead()).map(({ id }) => id);

	const leadIds = async (parameters: INodeParameters = everything) => {
		const { outputs, error } = await bench.run('lead', 'getMany', parameters);
		expect(error).toBeUndefined();
		return jsonOf(outputs[0]).map(({ leadId }) => leadId);
	};

	describe('pages', () => {
		const ways: Array<[string, IpScapeOptions]> = [
			['a cursor to a record', {}],
			['a cursor that counts rows', { cursors: { style: 'offset' } }],
			['filters carried by the cursor', { cursors: { filters: 'carried' } }],
			['links that repeat the path of the base address', { prefixedUris: true }],
			['a last page without link', { cursors: { lastPage: 'absent' } }],
			['a last page with an empty link', { cursors: { lastPage: 'empty' } }],
		];

		it.each(ways)('are read to the end with %s', async (_name, options) => {
			await begin({ ...options, cursors: { pageSize: 7, ...options.cursors } });
			const list = bench.simulator.account.addLeadList();
			const ids = Array.from({ length: 30 }, () => bench.simulator.account.addLead({ listId: list.id }).id);
			bench.simulator.account.addLeadList();
			expect(await leadIds({ ...everything, filters: { listId: byId(list.id) } })).toEqual(ids);
		});

		it('give no call twice and lose none while calls keep arriving', async () => {
			await begin({ order: 'newestFirst', arrivals: { perRead: 3, atMost: 20 }, cursors: { pageSize: 5, style: 'offset' } });
			const { account } = bench.simulator;
			const old = Array.from({ length: 23 }, () => account.addActivity().id);
			const { outputs } = await bench.run('activity', 'getMany', everything);
			const ids = jsonOf(outputs[0]).map(({ data }) => (data as { activityId: number }).activityId);
			expect(new Set(ids).size).toBe(ids.length);
			expect(ids).toEqual(expect.arrayContaining(old));
		});

		it('end at the limit', async () => {
			await begin({ cursors: { pageSize: 7 } });
			const ids = addLeads(30);
			expect(await leadIds({ limit: 10, simplify: false })).toEqual(ids.slice(0, 10));
			expect(bench.simulator.journal.total).toBe(2);
		});

		it('of campaigns are told by their own envelope', async () => {
			await begin({ campaignPages: 'pageNumber' });
			const ids = Array.from({ length: 120 }, () => bench.simulator.account.addCampaign().id);
			const { outputs } = await bench.run('campaign', 'getMany', { returnAll: true });
			expect(jsonOf(outputs[0]).map(({ campaignId }) => campaignId)).toEqual(ids);
		});
	});

	describe('a list that cannot be read to its end', () => {
		const stuck = { metadata: { nextUri: '/v3.0/leads?cursor=same' }, items: [{ leadId: 1 }, { leadId: 2 }] };

		it('fails with a clear error where the cursor does not move', async () => {
			await begin();
			bench.simulator.faults.add({ kind: 'status', status: 200, body: stuck });
			const { error } = await bench.run('lead', 'getMany', everything);
			expect(error?.message).toContain("the vendor points to the page 'same' again");
			expect(error?.description).toContain('2 rows were read before');
		});

		it('gives the records so far, with a hint, where the user chose so', async () => {
			await begin();
			bench.simulator.faults.add({ kind: 'status', status: 200, body: stuck });
			const options = { keepPartialList: true };
			const { outputs, error, hints } = await bench.run('lead', 'getMany', { ...everything, options });
			expect(error).toBeUndefined();
			expect(jsonOf(outputs[0]).map(({ leadId }) => leadId)).toEqual([1, 2]);
			expect(hints).toMatchObject([{ message: expect.stringContaining('The list is not complete') as string }]);
		});

		it('because a cursor expired is treated alike', async () => {
			await begin({ cursors: { pageSize: 5, expireOnInsert: true }, arrivals: { perRead: 1 } });
			for (let count = 0; count < 12; count++) bench.simulator.account.addActivity();
			const failed = await bench.run('activity', 'getMany', everything);
			expect(failed.error?.message).toBe('The cursor has expired.');
			const kept = await bench.run('activity', 'getMany', { ...everything, options: { keepPartialList: true } });
			expect(kept.outputs[0]).toHaveLength(5);
			expect(kept.hints).toHaveLength(1);
		});

		it('is more than a page of campaigns where no way leads to the next', async () => {
			await begin();
			for (let count = 0; count < 60; count++) bench.simulator.account.addCampaign();
			const failed = await bench.run('campaign', 'getMany', { returnAll: true });
			expect(failed.error?.message).toContain('cannot be read to its end');
			const kept = await bench.run('campaign', 'getMany', { returnAll: true, options: { keepPartialList: true } });
			expect(kept.outputs[0]).toHaveLength(50);
		});

		it('still gives what it has to a pick list', async () => {
			await begin();
			for (let count = 0; count < 60; count++) bench.simulator.account.addCampaign({ title: `Campaign ${count}` });
			expect(await bench.search('searchCampaign')).toHaveLength(50);
			expect(await bench.search('searchCampaign', 'campaign 4')).toHaveLength(11);
		});
	});

	describe('records', () => {
		it('of calls are found by campaign, lead, type and time, and read by ID', async () => {
			await begin();
			const { account } = bench.simulator;
			const campaign = account.addCampaign();
			const lead = account.addLead();
			const attempt = account.addAttempt({ leadId: lead.id, campaignId: campaign.id });
			const createdAt = '2025-03-05T12:00:00+11:00';
			const wanted = { type: 'call.outbound' as const, campaignId: campaign.id, attemptId: attempt.id, createdAt };
			const { id } = account.addActivity(wanted);
			account.addActivity({ ...wanted, type: 'call.inbound' });
			account.addActivity({ ...wanted, campaignId: undefined });
			account.addActivity({ ...wanted, attemptId: null });
			account.addActivity({ ...wanted, createdAt: '2025-03-09T12:00:00+11:00' });
			const filters = {
				activityType: 'call.outbound',
				campaignId: byId(campaign.id),
				from: '2025-03-05T12:00:00+1100',
				leadId: String(lead.id),
				to: '2025-03-06T12:00:00+11:00',
			};
			const found = jsonOf((await bench.run('activity', 'getMany', { filters })).outputs[0]);
			expect(found).toMatchObject([{ activityId: id, type: 'call.outbound', leadId: lead.id, created: '2025-03-05T01:00:00.000Z' }]);
			expect(Object.keys(found[0]).length).toBeLessThanOrEqual(10);
			const [read] = jsonOf((await bench.run('activity', 'get', { activityId: String(id), simplify: false })).outputs[0]);
			const data = { activityId: id, timestamps: { created: '2025-03-05T01:00:00.000Z' } };
			expect(read).toMatchObject({ type: 'call.outbound', data });
			const parameters = { activityId: String(id), simplify: false };
			const [old] = jsonOf((await bench.run('activity', 'get', parameters, { node: { typeVersion: 1 } })).outputs[0]);
			expect(old).toMatchObject({ data: { timestamps: { created: createdAt } } });
		});

		it('of dial attempts are found by campaign, lead and time, and read by ID', async () => {
			await begin();
			const { account } = bench.simulator;
			const lead = account.addLead();
			const { id, campaignId } = account.addAttempt({ leadId: lead.id, createdAt: '2025-03-05T01:00:00Z' });
			account.addAttempt({ leadId: lead.id, createdAt: '2025-03-07T01:00:00Z' });
			account.addAttempt({ leadId: account.addLead().id, createdAt: '2025-03-05T01:00:00Z' });
			const filters = { campaignId: byId(campaignId), leadId: String(lead.id), from: '2025-03-05', to: '2025-03-06' };
			const { outputs } = await bench.run('diallerAttempt', 'getMany', { filters });
			expect(jsonOf(outputs[0])).toMatchObject([{ attemptId: id, leadId: lead.id }]);
			const read = await bench.run('diallerAttempt', 'get', { attemptId: String(id) });
			expect(jsonOf(read.outputs[0])).toMatchObject([{ attemptId: id, timestamps_dialled: '2025-03-05T01:00:00.000Z' }]);
		});

		it('of lists can be created, found by campaign and read', async () => {
			await begin();
			const { account } = bench.simulator;
			const campaign = account.addCampaign();
			account.addLeadList({ campaignId: account.addCampaign().id });
			const parameters = { campaignId: byId(campaign.id), listName: 'April' };
			const [{ listId }] = jsonOf((await bench.run('leadList', 'create', parameters)).outputs[0]);
			const found = await bench.run('leadList', 'getMany', { filters: { campaignId: byId(campaign.id) } });
			expect(jsonOf(found.outputs[0])).toMatchObject([{ id: listId, name: 'April' }]);
			const read = await bench.run('leadList', 'get', { listId: byId(listId as number) });
			expect(jsonOf(read.outputs[0])).toMatchObject([{ id: listId, campaignId: campaign.id }]);
		});

		it('of users are found by type and state', async () => {
			await begin();
			const { account } = bench.simulator;
			const { id } = account.addUser({ firstName: 'Priya', lastName: 'Nair' });
			account.addUser({ userType: 'user' });
			account.addUser({ accountIsActive: false });
			const filters = { userType: 'agent', accountActive: true };
			const { outputs } = await bench.run('user', 'getMany', { filters });
			expect(jsonOf(outputs[0])).toMatchObject([{ userId: id, firstName: 'Priya', status: 'Available' }]);
		});

		it('of campaign figures are read by direction and period', async () => {
			await begin();
			const { account } = bench.simulator;
			const inbound = account.addCampaign({ type: 'Inbound' });
			const outbound = account.addCampaign();
			const list = account.addLeadList({ campaignId: outbound.id });
			account.addActivity({ campaignId: inbound.id, createdAt: Date.now() - 3 * 3_600_000 });
			const figures = async (operation: string, id: number, rest: INodeParameters = {}) =>
				jsonOf((await bench.run('campaign', operation, { campaignId: byId(id), ...rest })).outputs[0]);
			expect(await figures('getInboundStatistics', inbound.id)).toMatchObject([{ callsReceived: 0 }]);
			expect(await figures('getInboundStatistics', inbound.id, { period: 'day' })).toMatchObject([{ callsReceived: 1 }]);
			expect(await figures('getOutboundStatistics', outbound.id)).toMatchObject([{ isActive: true, lists: [{ id: list.id }] }]);
		});
	});

	describe('media', () => {
		it('comes as a file, by ID or by its address in an activity', async () => {
			await begin();
			const { id } = bench.simulator.account.addMedia({ duration: 1 });
			for (const mediaId of [String(id), `/platform-api/v3.0/media/${id}`, `/v3.0/media/${id}`]) {
				const { outputs } = await bench.run('media', 'get', { mediaId });
				expect(outputs[0]).toMatchObject([{ json: { mimeType: 'audio/wav' }, binary: { data: { mimeType: 'audio/wav' } } }]);
			}
		});

		it('comes as details once it is deleted', async () => {
			await begin();
			const { id } = bench.simulator.account.addMedia();
			bench.simulator.account.deleteMedia({ id, reason: 'Retention' });
			const { outputs } = await bench.run('media', 'get', { mediaId: String(id) });
			expect(outputs[0]).toMatchObject([{ json: { mediaId: id, deleted: true, deletionReason: 'Retention' } }]);
			expect(outputs[0][0].binary).toBeUndefined();
		});

		it('that is unknown is named behind the words of the vendor, which end with a full stop', async () => {
			await begin();
			const { error } = await bench.run('media', 'get', { mediaId: '777777' });
			expect(error?.message).toBe('No media with id 777777: Media ID 777777 (GET /v3.0/media/777777)');
		});
	});

	describe('pick lists', () => {
		beforeEach(async () => await begin());

		it('offer campaigns, all or by type, and find them by name', async () => {
			const { account } = bench.simulator;
			const support = account.addCampaign({ title: 'Support', type: 'Inbound' });
			const sales = account.addCampaign({ title: 'Sales' });
			expect(await bench.search('searchCampaign')).toEqual([
				['Support (Inbound)', support.id],
				['Sales (Outbound)', sales.id],
			]);
			expect(await bench.search('searchCampaign', 'sal')).toEqual([['Sales (Outbound)', sales.id]]);
			expect(await bench.search('searchInboundCampaign')).toEqual([['Support', support.id]]);
			expect(await bench.search('searchOutboundCampaign')).toEqual([['Sales', sales.id]]);
		});

		it('offer the lists of the campaign chosen beside them', async () => {
			const { account } = bench.simulator;
			const sales = account.addCampaign({ title: 'Sales' });
			const first = account.addLeadList({ campaignId: sales.id, name: 'Web' });
			const second = account.addLeadList({ campaignId: account.addCampaign({ title: 'Other' }).id, name: 'Show' });
			const campaignId = byId(sales.id);
			expect(await bench.search('searchLeadList')).toEqual([
				['Web (Sales)', first.id],
				['Show (Other)', second.id],
			]);
			const ofSales = [['Web (Sales)', first.id]];
			expect(await bench.search('searchLeadList', '', { campaignId }, 'parameters.listId')).toEqual(ofSales);
			const filters = { campaignId };
			expect(await bench.search('searchLeadList', '', { filters }, 'parameters.filters.listId')).toEqual(ofSales);
		});

		it('offer users, and agents alone', async () => {
			const { account } = bench.simulator;
			const agent = account.addUser({ firstName: 'Robin', lastName: 'Hale' });
			const user = account.addUser({ firstName: 'Dana', lastName: 'Frost', userType: 'user' });
			expect(await bench.search('searchUser')).toEqual([
				['Robin Hale', agent.id],
				['Dana Frost', user.id],
			]);
			expect(await bench.search('searchUser', 'dana')).toEqual([['Dana Frost', user.id]]);
			expect(await bench.search('searchAgent')).toEqual([['Robin Hale', agent.id]]);
		});
	});

	describe('the credential', () => {
		const test = async (data: object = {}) =>
			await testCredential({ type: 'ipScapeApi', data: { ...bench.credentials.ipScapeApi, ...data } });

		it.each([
			['Bearer', 'Bearer'],
			['', ''],
			['', 'none'],
			['Token', ' Token '],
			['Basic', 'basic'],
		])('sends the token as a tenant wants it: %j', async (expected, tokenPrefix) => {
			await begin({ tokenPrefix: expected }, { tokenPrefix });
			addLeads(1);
			expect(await leadIds()).toHaveLength(1);
			expect(await test()).toMatchObject({ status: 'OK' });
		});

		it.each(['/', '/platform-api', '/platform-api/v3.0/leads?x=1', '/some/page', ''])(
			'finds the platform API from an address that ends with %j',
			async (end) => {
				await begin();
				const baseUrl = bench.simulator.origin + end;
				Object.assign(bench.credentials.ipScapeApi, { baseUrl });
				expect(await leadIds()).toEqual([]);
				expect(await test()).toMatchObject({ status: 'OK' });
			},
		);

		it('is refused with advice, and no token is printed', async () => {
			await begin();
			const apiToken = 'a-wrong-token-12345';
			const credentials = { ipScapeApi: { ...bench.credentials.ipScapeApi, apiToken } };
			expect(await test({ apiToken })).toMatchObject({ status: 'Error', message: expect.stringContaining('Token Prefix') as string });
			const printed = await captureOutput(async () => await bench.run('user', 'getMany', {}, { credentials }));
			expect(printed.result?.error?.message).toBe('Token missing, expired or wrong: ipSCAPE refuses the credential');
			expect(printed.result?.error?.description).toContain("'Token Prefix'");
			expect(findSecrets([apiToken], printed)).toEqual([]);
		});

		it('puts another path in the place of one that is not confirmed', async () => {
			const paths = { 'user.getMany': { method: 'GET' as const, path: '/v3.0/agents' } };
			await begin({ paths }, { pathOverrides: '{"user.getMany": "/v3.0/agents"}' });
			const { id } = bench.simulator.account.addUser();
			const { outputs } = await bench.run('user', 'getMany');
			expect(jsonOf(outputs[0])).toMatchObject([{ userId: id }]);
			const { error } = await bench.run('user', 'getMany', {}, {
				credentials: { ipScapeApi: { ...bench.credentials.ipScapeApi, pathOverrides: '{}' } },
			});
			expect(error?.description).toContain('Path Overrides');
		});
	});

	it('comes through throttling and an outage', async () => {
		await begin({ cursors: { pageSize: 10 } });
		const ids = addLeads(30);
		bench.simulator.faults.script([
			{ kind: 'status', status: 500 },
			{ kind: 'cutAfter' },
			null,
			{ kind: 'html' },
			{ kind: 'status', status: 429, retryAfter: 'seconds', retryAfterSeconds: 1 },
		]);
		expect(await leadIds()).toEqual(ids);
	}, 30_000);

	it('keeps the words of ipSCAPE in whatever shape they come', async () => {
		await begin();
		const bodies = [{ errors: [{ detail: 'No such thing' }] }, { error: { message: 'No such thing' } }, ['No such thing']];
		for (const body of bodies) {
			bench.simulator.faults.once({ kind: 'status', status: 422, body });
			expect((await bench.run('lead', 'get', { leadId: '7' })).error?.message).toBe('No such thing');
		}
		bench.simulator.faults.once({ kind: 'status', status: 422, body: { code: 7 } });
		expect((await bench.run('lead', 'get', { leadId: '7' })).error?.message).toBe('{"code":7}');
	});
});
