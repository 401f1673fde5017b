import { stoppedClock, type Fault } from '../../simulators/kit';
import { IpScapeSimulator, operationPaths, type IpScapeOptions } from '../../simulators/ipscape';

/** Answer of a request; `body` is undefined when it is no JSON. */
interface Answer {
	status: number;
	type: string;
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into many shapes
	body: any;
	bytes: Buffer;
}

const start = '2025-03-05T01:00:00Z';
const minute = 60_000;
const token = 'Bearer ipscape-test-token';

describe('ipSCAPE simulator', () => {
	let simulator: IpScapeSimulator;

	async function begin(options: IpScapeOptions = {}): Promise<IpScapeSimulator> {
		simulator = await new IpScapeSimulator({ clock: stoppedClock(start), requestsPerSecond: null, ...options }).start();
		return simulator;
	}

	async function call(method: string, path: string, body?: unknown, authorization = token): Promise<Answer> {
		const response = await fetch(simulator.baseUrl + path, {
			method,
			headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const type = response.headers.get('content-type') ?? '';
		const bytes = Buffer.from(await response.arrayBuffer());
		return {
			status: response.status,
			type,
			bytes,
			body: type.includes('json') ? JSON.parse(bytes.toString()) : undefined,
		};
	}

	const get = async (path: string): Promise<Answer> => await call('GET', path);

	/** Ids of all pages, with the filters repeated on each (or left to the cursor). */
	async function readAll(path: string, filter = '', repeats = true): Promise<number[]> {
		const ids: number[] = [];
		for (let cursor = ''; ;) {
			const { status, body } = await get(
				`${path}?${[repeats || cursor === '' ? filter : '', cursor].filter(Boolean).join('&')}`,
			);
			expect(status).toBe(200);
			ids.push(...body.items.map(idOf));
			if (!body.metadata.nextUri) return ids;
			cursor = body.metadata.nextUri.split('?')[1];
		}
	}

	function idOf(item: Record<string, never> & { data?: Record<string, number> }): number {
		return item.data?.activityId ?? item.leadId ?? item.attemptId ?? item.userId ?? item.id ?? NaN;
	}

	function addLeads(count: number): void {
		for (let index = 0; index < count; index += 1) simulator.account.addLead({ customerKey: `K${index}` });
	}

	afterEach(async () => await simulator.stop());

	it('serves every operation of the contract on the demonstration tenant, the same for the same clock', async () => {
		await begin();
		const demo = simulator.seedDemo();
		simulator.calls.connect({ agentId: demo.agents[1] ?? 0 });
		const ids: Record<string, number | undefined> = {
			activityId: demo.activities[0],
			leadId: demo.leads[0],
			listId: demo.leadLists[0],
			attemptId: demo.attempts[0],
			mediaId: demo.media[0],
		};
		const bodies: Record<string, unknown> = {
			'lead.create': { listId: ids.listId },
			'lead.update': { isCompleted: true },
			'lead.bulkCreate': { leads: [] },
			'leadList.create': { listName: 'April', campaignId: demo.campaigns[1] },
			'agentPresence.update': { agentId: demo.agents[0], available: false },
			'callRecording.update': { agentId: demo.agents[1], recording: false },
		};
		for (const [operation, { method, path }] of Object.entries(operationPaths)) {
			const campaign = operation.startsWith('inbound') ? demo.campaigns[0] : demo.campaigns[1];
			const url = path.replace(/\{(\w+)\}/g, (_all, name: string) => String(ids[name] ?? campaign));
			const query = operation === 'personalData.erase' ? '?phoneNumber=%2B61255500001' : '';
			const { status } = await call(method, url + query, bodies[operation]);
			expect([operation, status]).toEqual([operation, 200]);
		}
		const twin = new IpScapeSimulator({ clock: stoppedClock(start) });
		expect(twin.seedDemo()).toEqual(demo);
	});

	it('checks the token with its prefix and limits requests to 5 a second', async () => {
		await begin({ requestsPerSecond: undefined });
		expect((await call('GET', '/v3.0/users', undefined, 'Bearer wrong')).status).toBe(401);
		expect((await call('GET', '/v3.0/users', undefined, 'ipscape-test-token')).status).toBe(401);
		for (let request = 3; request <= 5; request += 1) expect((await get('/v3.0/users')).status).toBe(200);
		expect((await get('/v3.0/users')).status).toBe(429);
		simulator.advance(200);
		expect((await get('/v3.0/users')).status).toBe(200);
		await simulator.stop();
		await begin({ tokenPrefix: '', apiToken: 'plain' });
		expect((await call('GET', '/v3.0/users', undefined, 'plain')).status).toBe(200);
	});

	it.each<[string, string, string, string, unknown]>([
		['a missing field', 'listId is required', 'POST', '/v3.0/leads', {}],
		['an unknown list', 'listId 999', 'POST', '/v3.0/leads', { listId: 999 }],
		['a number as text', 'listId must be an integer', 'POST', '/v3.0/leads', { listId: '100' }],
		['no phone number', 'phone1 must', 'POST', '/v3.0/leads', { listId: 100, phone1: '0491 570 156' }],
		['no time zone', 'timezone must', 'POST', '/v3.0/leads', { listId: 100, timezone: 'Sydney' }],
		[
			'a time without offset',
			'nextAttemptTimestamp must',
			'POST',
			'/v3.0/leads',
			{ listId: 100, nextAttemptTimestamp: '2025-03-06T02:00:00' },
		],
		['a body that is no object', 'JSON object', 'POST', '/v3.0/leads', []],
		['an unknown campaign', 'campaignId 999', 'POST', '/v3.0/leads/lists', { listName: 'A', campaignId: 999 }],
		['an unknown agent', 'agentId 999', 'PUT', '/v3.0/agents/presence', { agentId: 999, available: true }],
		['recording without a call', 'no active call', 'PUT', '/v3.0/calls/recording', { agentId: 1001, recording: true }],
		['erasure of nobody', 'phoneNumber or emailAddress', 'DELETE', '/v3.0/personal-data', undefined],
		['a wrong enum', 'userType must', 'GET', '/v3.0/users?userType=robot', undefined],
		[
			'a plus that became a space',
			'uploadedTimestampFrom must',
			'GET',
			'/v3.0/leads?uploadedTimestampFrom=2025-03-01T00:00:00+11:00',
			undefined,
		],
		['a broken cursor', 'cursor is not valid', 'GET', '/v3.0/leads?cursor=JHfgd37', undefined],
	])('refuses %s and changes nothing', async (_what, reason, method, path, body) => {
		await begin();
		simulator.account.addLeadList();
		simulator.account.addUser();
		const answer = await call(method, path, body);
		expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(reason) } });
		expect(simulator.journal.carriedOut()).toBe(0);
		expect((await get('/v3.0/leads/12')).status).toBe(404);
	});

	it('shows a created lead, keeps what an update leaves out and never reopens a completed lead', async () => {
		await begin();
		const { id: listId } = simulator.account.addLeadList({ name: 'April' });
		const body = {
			listId,
			customerKey: 'CRM-1',
			timezone: 'Australia/Perth',
			phone1: '+61491570158',
			leadData: { a: 1 },
		};
		const created = await call('POST', '/v3.0/leads', { ...body, nextAttemptTimestamp: '2025-03-06T02:00:00Z' });
		expect(created.body).toEqual({ leadId: 3301, inDialler: true });
		await call('PUT', '/v3.0/leads/3301', { phone2: '+61491570159', leadData: { b: 2 } });
		const lead = (await get('/v3.0/leads?customerKey=CRM-1')).body.items[0];
		expect(lead).toMatchObject({
			listName: 'April',
			dataFields: { a: 1, b: 2 },
			phones: [{ phone: '+61491570158' }, { phone: '+61491570159', phoneIndex: 2 }],
			timestamps: { nextAttempt: '2025-03-06T10:00:00+08:00' },
		});
		await call('PUT', '/v3.0/leads/3301', { isCompleted: true });
		expect((await call('PUT', '/v3.0/leads/3301', { isCompleted: false })).status).toBe(400);
		expect((await get('/v3.0/leads/3301')).body).toMatchObject({ completed: true, timestamps: { nextAttempt: null } });
		expect(simulator.journal.writeCounts()).toEqual({ 'lead.create': 1, 'lead.update': 2 });
	});

	it('loads leads in bulk as a job that progresses with the clock and drops bad records', async () => {
		await begin({ bulk: { delaySeconds: 2, leadsPerSecond: 2 }, duplicateCustomerKeys: false });
		const { id: listId } = simulator.account.addLeadList();
		const keys = ['A', 'B', 'A', 'C', 'D'];
		const leads = [...keys.map((customerKey) => ({ listId, customerKey })), { listId: 1 }];
		const { body } = await call('POST', '/v3.0/leads/bulk', { leads });
		expect(body).toEqual({ uuid: expect.any(String), status: 'queued' });
		const seen = async (): Promise<number> => (await readAll('/v3.0/leads')).length;
		expect(await seen()).toBe(0);
		simulator.advance(2000);
		expect(await seen()).toBe(2);
		simulator.advance(2000);
		expect(await seen()).toBe(4);
		expect(simulator.account.bulkJobs.get(body.uuid)?.rejected.map(({ index }) => index)).toEqual([2, 5]);
		expect(simulator.journal.writeCounts()).toEqual({ 'lead.bulkCreate': 1, 'lead.create': 4 });
	});

	it.each<IpScapeOptions>([
		{ cursors: { pageSize: 4 } },
		{ cursors: { pageSize: 4, style: 'offset' }, order: 'newestFirst' },
		{ cursors: { pageSize: 4, filters: 'carried', lastPage: 'absent' }, prefixedUris: true },
	])('pages forward and back with %j', async (options) => {
		await begin(options);
		addLeads(10);
		simulator.account.addLead({ listId: simulator.account.addLeadList().id });
		const expected = simulator.account.leads.list().filter(({ listId }) => listId === 100);
		const ids = await readAll('/v3.0/leads', 'listId=100', options.cursors?.filters !== 'carried');
		expect(ids).toEqual(expected.map(({ id }) => id));
		const first = (await get('/v3.0/leads?listId=100')).body;
		expect(first.metadata.previousUri).toBeNull();
		const uri: string = first.metadata.nextUri;
		expect(uri.startsWith(options.prefixedUris ? '/platform-api/v3.0/' : '/v3.0/')).toBe(true);
		const local = (address: string): string => `${address.replace('/platform-api', '')}&listId=100`;
		const second = (await get(local(uri))).body;
		expect((await get(local(second.metadata.previousUri))).body.items).toEqual(first.items);
	});

	it('lets cursors expire by time, by a new record and refuses them on another list', async () => {
		await begin({ cursors: { pageSize: 2, expireAfterSeconds: 60, expireOnInsert: true } });
		addLeads(5);
		const next = async (): Promise<string> => (await get('/v3.0/leads')).body.metadata.nextUri;
		const old = await next();
		expect((await get(old)).status).toBe(200);
		expect((await get(old.replace('leads', 'users'))).status).toBe(400);
		simulator.advance(61_000);
		expect((await get(old)).status).toBe(400);
		const fresh = await next();
		simulator.account.addLead();
		expect((await get(fresh)).status).toBe(400);
	});

	it('lets activities arrive while they are paged', async () => {
		await begin({
			cursors: { pageSize: 5, style: 'offset' },
			order: 'newestFirst',
			arrivals: { perRead: 1, atMost: 3 },
		});
		const old = Array.from({ length: 12 }, () => simulator.account.addActivity().id);
		const ids = await readAll('/v3.0/activities');
		expect(new Set(ids)).toEqual(new Set(old));
		expect(ids.length).toBeGreaterThan(old.length);
		expect(simulator.account.activities.size).toBe(15);
	});

	it('filters by inclusive times in both offset forms', async () => {
		await begin();
		for (const createdAt of ['2025-03-04T09:00:00+11:00', '2025-03-04T10:00:00+11:00', '2025-03-04T11:00:00+11:00'])
			simulator.account.addActivity({ createdAt });
		const period = 'createdTimestampFrom=2025-03-04T09:00:00%2B1100&createdTimestampTo=2025-03-03T23:00:00Z';
		expect(await readAll('/v3.0/activities', period)).toEqual([5101, 5102]);
		const [inbound] = (await get('/v3.0/activities')).body.items;
		expect(inbound.data.timestamps.created).toBe('2025-03-04T09:00:00+1100');
		expect((await get('/v3.0/activities?activityType=call.outbound')).body.items).toEqual([]);
	});

	it('dials leads with the clock: attempt, activity, wrap-up, next attempt, completion', async () => {
		await begin({ dialler: { retryMinutes: 60 } });
		const list = simulator.account.addLeadList();
		const agent = simulator.account.addUser({ campaignIds: [list.campaignId] });
		const { body } = await call('POST', '/v3.0/leads', { listId: list.id, phone1: '+61491570158' });
		simulator.setOutcomes(body.leadId, ['noAnswer', 'sale']);
		simulator.advance(31_000);
		const read = async (path: string): Promise<Answer['body']> => (await get(path)).body;
		const [dialling] = (await read('/v3.0/calls/dialler')).items;
		expect(dialling).toMatchObject({ dialStatusName: 'Dialling', leadId: body.leadId, timestamps: { hangUp: null } });
		simulator.advance(minute);
		expect(await read(`/v3.0/calls/dialler/${dialling.attemptId}`)).toMatchObject({ dialStatusName: 'No Answer' });
		expect(await read(`/v3.0/leads/${body.leadId}`)).toMatchObject({
			completed: false,
			outcomesInfo: { totalAttempts: 1, outcomesByCode: { count: 1, statusCode: 2 } },
			timestamps: { nextAttempt: '2025-03-05T13:00:55+11:00' },
		});
		simulator.advance(60 * minute);
		expect((await read('/v3.0/users')).items[0]).toMatchObject({ userId: agent.id, status: 'On Call' });
		simulator.advance(10 * minute);
		expect(await read(`/v3.0/leads/${body.leadId}`)).toMatchObject({ completed: true, lastStatusDescription: 'Sale' });
		const [, sold] = (await read(`/v3.0/activities?leadId=${body.leadId}`)).items;
		expect(sold.data).toMatchObject({ wrapDescription: 'Sale', agentId: agent.id, dialStatusName: 'Answered' });
		simulator.advance(3 * 24 * 60 * minute);
		expect((await read('/v3.0/calls/dialler')).items).toHaveLength(2);
		expect((await read('/v3.0/users')).items[0].status).toBe('Available');
	});

	it('shows inbound calls in the live figures, and figures that were set', async () => {
		await begin();
		const { id } = simulator.account.addCampaign({ type: 'Inbound', title: 'Support' });
		simulator.calls.receive({ campaignId: id, patience: 60 });
		const path = `/v3.0/campaigns/inbound/${id}/statistics`;
		simulator.advance(30_000);
		expect((await get(path)).body).toMatchObject({ callsWaiting: 1, maxCallWaitingTime: 24, callsReceived: 1 });
		simulator.advance(minute);
		expect((await get(path)).body).toMatchObject({ callsWaiting: 0, callsAbandonedInQueue: 1 });
		simulator.setStatistics({ campaignId: id, callsWaiting: 12, averageWaitingTime: 99 });
		expect((await get(path)).body).toMatchObject({ callsWaiting: 12, averageWaitingTime: 99, callsReceived: 1 });
		expect((await get(`${path}?period=week`)).status).toBe(400);
		expect((await get(`/v3.0/campaigns/outbound/${id}/statistics`)).status).toBe(404);
	});

	it('sends campaigns in a numbered envelope whose second page is out of reach', async () => {
		await begin();
		for (let count = 0; count < 60; count += 1) simulator.account.addCampaign();
		const page = (await get('/v3.0/campaigns?campaignType=Outbound')).body;
		expect(page).toMatchObject({ pageNo: 0, inPage: 50, perPage: 50 });
		expect((await get('/v3.0/campaigns?cursor=1')).body).toEqual(page);
	});

	it('sets presence and recording of a live call', async () => {
		await begin();
		const { id: agentId } = simulator.account.addUser({ campaignIds: [] });
		const { id } = simulator.calls.connect({ agentId });
		expect((await call('PUT', '/v3.0/calls/recording', { agentId, recording: false })).status).toBe(200);
		expect((await get(`/v3.0/activities/${id}`)).body.data.recordingStatus).toBe('paused');
		await call('PUT', '/v3.0/agents/presence', { agentId, available: false });
		expect((await get('/v3.0/users')).body.items[0].status).toBe('On Call');
		simulator.advance(30_000);
		simulator.calls.end(agentId);
		simulator.advance(70_000);
		expect((await get('/v3.0/users')).body.items[0]).toMatchObject({ status: 'Paused', timeInStatus: '00:01:10' });
		expect(simulator.journal.writes('callRecording.update')).toMatchObject([{ payload: { agentId, activityId: id } }]);
	});

	it('streams live media as sound and describes deleted media', async () => {
		await begin();
		const { id } = simulator.account.addMedia({ duration: 1 });
		const live = await get(`/v3.0/media/${id}`);
		expect(live.type).toBe('audio/wav');
		expect(live.bytes.subarray(0, 4).toString()).toBe('RIFF');
		expect(live.bytes.readUInt32LE(4) + 8).toBe(live.bytes.length);
		simulator.account.deleteMedia({ id, by: 1001 });
		expect((await get(`/v3.0/media/${id}`)).body).toMatchObject({
			mediaUri: `/platform-api/v3.0/media/${id}`,
			deleted: true,
			deletedBy: 1001,
		});
	});

	it('erases a person everywhere, and only that person', async () => {
		await begin();
		const { account } = simulator;
		const lead = account.addLead({ phone1: '+61491570158', dataFields: { email: 'jo.lee@example.com' } });
		const other = account.addLead({ phone1: '+61491570159' });
		const activity = account.addActivity({ source: '+61491570158', recordingSeconds: 9 });
		account.addAttempt({ leadId: lead.id });
		account.addCorrespondence({ kind: 'chat', address: 'Jo.Lee@example.com', attachments: 2 });
		const path = '/v3.0/personal-data?phoneNumber=%2B61491570158&emailAddress=jo.lee@example.com';
		const { body } = await call('DELETE', path);
		expect(body).toMatchObject({
			callData: { activitiesOverwritten: 1, callResultsOverwritten: 1, voiceRecordingsDeleted: 1 },
			emailData: { chatTranscriptsDeleted: 1, chatAttachmentsDeleted: 2 },
			leadData: { leadsDeleted: 1, leadsDeletedFromDialCurrent: 1 },
		});
		expect(await readAll('/v3.0/leads')).toEqual([other.id]);
		expect((await get(`/v3.0/leads/${lead.id}`)).status).toBe(404);
		const lists = [await get('/v3.0/activities'), await get('/v3.0/calls/dialler')];
		expect(JSON.stringify(lists.map(({ body: list }) => list))).not.toContain('+61491570158');
		expect((await get(`/v3.0/media/${activity.recordingId}`)).body.deletionReason).toBe('Personal data erasure');
		const again = (await call('DELETE', path)).body;
		expect(
			Object.values(again)
				.flatMap((counts) => Object.values(counts as object))
				.every((count) => count === 0),
		).toBe(true);
	});

	it.each<[Fault, number]>([
		[{ kind: 'cutBefore' }, 0],
		[{ kind: 'cutAfter' }, 1],
		[{ kind: 'brokenJson' }, 1],
		[{ kind: 'status', status: 503 }, 0],
		[{ kind: 'status', status: 504, carriedOut: true }, 1],
		[{ kind: 'html' }, 0],
	])('carries a write out as often as the fault %j says', async (fault, carriedOut) => {
		await begin();
		const { id: listId } = simulator.account.addLeadList();
		simulator.faults.once(fault);
		await call('POST', '/v3.0/leads', { listId }).catch(() => undefined);
		expect(simulator.journal.carriedOut('lead.create')).toBe(carriedOut);
		expect(await readAll('/v3.0/leads')).toHaveLength(carriedOut);
	});

	it('moves an operation to another candidate path and takes records over the control interface', async () => {
		await begin({ paths: { 'lead.update': { method: 'PATCH', path: '/v3.0/leads/{leadId}' } } });
		const added = await fetch(`${simulator.origin}/__simulator/records/lead`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify([{ customerKey: 'A' }, { customerKey: 'B' }]),
		});
		expect(((await added.json()) as { records: unknown[] }).records).toHaveLength(2);
		expect((await call('PUT', '/v3.0/leads/3301', {})).status).toBe(404);
		expect((await call('PATCH', '/v3.0/leads/3301', { customerKey: 'C' })).status).toBe(200);
		expect((await get('/v3.0/leads/3301')).body.customerKey).toBe('C');
	});
});
