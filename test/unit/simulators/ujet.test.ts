import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';

import { stoppedClock } from '../../simulators/kit';
import { appsPath, managerPath, UjetSimulator, type Demo, type UjetOptions } from '../../simulators/ujet';
import { loadContract, type Contract, type Operation } from '../../support/contract';
import { runs } from '../../support/runs';

type Json = Record<string, never> & { [key: string]: unknown };

const start = '2024-05-15T10:00:00.000Z';
const seconds = 1000;

describe('UJET simulator', () => {
	let simulator: UjetSimulator;
	let demo: Demo;

	async function open(options: UjetOptions = {}): Promise<void> {
		simulator = await new UjetSimulator({ clock: stoppedClock(start), rateLimit: null, ...options }).start();
		demo = simulator.seedDemo();
		simulator.journal.clear();
	}

	async function send(
		method: string,
		path: string,
		body?: unknown,
		authorization = simulator.authorization,
	): Promise<Response> {
		const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
		return await fetch(simulator.origin + path, {
			method,
			headers,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	}

	async function answer(
		method: string,
		path: string,
		body?: unknown,
	): Promise<{ status: number; body: Json; headers: Headers }> {
		const response = await send(method, path, body);
		const text = await response.text();
		return {
			status: response.status,
			headers: response.headers,
			body: (text === '' ? undefined : JSON.parse(text)) as Json,
		};
	}

	async function apps(
		method: string,
		path: string,
		body?: unknown,
	): Promise<{ status: number; body: Json; headers: Headers }> {
		return await answer(method, appsPath + path, body);
	}

	async function rows(path: string): Promise<Json[]> {
		return (await answer('GET', managerPath + path)).body as unknown as Json[];
	}

	async function upload(
		method: string,
		path: string,
		content: unknown,
		fields: Record<string, string> = {},
	): Promise<Json> {
		const form = new FormData();
		for (const [name, value] of Object.entries(fields)) form.append(name, value);
		form.append('file', new Blob([JSON.stringify(content)], { type: 'application/json' }), 'records.json');
		const response = await fetch(simulator.origin + appsPath + path, {
			method,
			headers: { authorization: simulator.authorization },
			body: form,
		});
		return (await response.json()) as Json;
	}

	const outbound = (fields: object = {}): object => ({
		call_type: 'Voice Outbound (API)',
		agent_email: 'mara@example.org',
		end_user_number: '+1 415-555-0142',
		...fields,
	});

	beforeEach(async () => await open());
	afterEach(async () => await simulator.stop());

	describe('access', () => {
		it('refuses wrong credentials in the shape of each API', async () => {
			const wrong = `Basic ${Buffer.from('acme:other').toString('base64')}`;
			const first = await send('GET', `${appsPath}/users`, undefined, wrong);
			expect([first.status, await first.json()]).toEqual([401, { message: 'Unauthorized' }]);
			const second = await send('GET', `${managerPath}/agents`, undefined, wrong);
			expect([second.status, await second.json()]).toEqual([
				401,
				{ error: 'Unauthorized', message: 'Unauthorized', status: 401 },
			]);
		});

		it('takes one request a second for the whole tenant', async () => {
			await simulator.stop();
			await open({ rateLimit: undefined });
			expect((await apps('GET', '/users')).status).toBe(200);
			expect((await answer('GET', `${managerPath}/agents`)).status).toBe(429);
			simulator.advance(1 * seconds);
			expect((await answer('GET', `${managerPath}/agents`)).status).toBe(200);
		});
	});

	describe('calls', () => {
		it('shows a placed call in the Manager list and moves it to its end', async () => {
			const { status, body } = await apps('POST', '/calls', outbound());
			expect(status).toBe(201);
			expect(body).toMatchObject({
				status: 'assigned',
				agent_info: { name: 'Mara Lindqvist' },
				deflection_details: [],
			});
			const seen = async (): Promise<unknown> => (await rows(`/calls?id[]=${String(body.id)}`))[0]?.status;
			const states = [await seen()];
			for (const pause of [3, 3, 100]) {
				simulator.advance(pause * seconds);
				states.push(await seen());
			}
			expect(states).toEqual(['assigned', 'connecting', 'connected', 'finished']);
			expect(simulator.journal.carriedOut('call.create')).toBe(1);
			expect(simulator.journal.entries.slice(1).flatMap((entry) => entry.carriedOut)).toEqual([]);
			const activities = (await rows(`/agent_activity_logs?call_id[]=${String(body.id)}`)).map(
				({ activity }) => activity,
			);
			expect(activities).toEqual(['call_outbound_dialing']);
		});

		it('lets a call to a silent number fail with its reason', async () => {
			const { body } = await apps('POST', '/calls', outbound({ end_user_number: demo.silentNumber }));
			simulator.advance(10 * seconds);
			const [call] = await rows(`/calls?id[]=${String(body.id)}&call_status[]=failed`);
			expect(call).toMatchObject({ fail_reason: 'eu_no_answer', adapter_fail_code: 21003 });
		});

		it.each([
			['Invalid call type', { call_type: 'Voice' }],
			['Not a valid agent email', { agent_email: 'nobody@example.org' }],
			['Agent is not available to take this call', { agent_email: 'ana@example.org' }],
			['Agent does not have access to make calls', { agent_email: 'zoe@example.org' }],
			['ticket_id or end_user_number required', { end_user_number: undefined }],
			['Contact not found', { ticket_id: '1' }],
			['end_user_number is not well-formed', { end_user_number: '+1 call me' }],
			['menu_id 999 is not found', { menu_id: 999 }],
		])('refuses with "%s"', async (message, fields) => {
			expect(await apps('POST', '/calls', outbound(fields))).toMatchObject({ status: 400, body: { message } });
			expect(simulator.journal.carriedOut()).toBe(0);
		});

		it('refuses a number on the do-not-call list until the entry expires', async () => {
			simulator.addDoNotCall('+1 415 555 0142', '2024-05-15 11:00:00 UTC');
			expect((await apps('POST', '/calls', outbound())).status).toBe(400);
			simulator.advance(3600 * seconds);
			expect((await apps('POST', '/calls', outbound())).status).toBe(201);
		});

		it('answers 202 without body when the agent must choose a caller id', async () => {
			const asked = await apps('POST', '/calls', outbound({ agent_email: 'noah@example.org' }));
			expect([asked.status, asked.body]).toEqual([202, undefined]);
			expect(await rows('/calls?call_type[]=OutboundCall')).toEqual([]);
			simulator.chooseCallerId(demo.numbers[1]);
			expect(await rows('/calls?call_type[]=OutboundCall')).toMatchObject([{ outbound_number: demo.numbers[1] }]);
		});

		it('books a callback and queues it at its time', async () => {
			const request = {
				call_type: 'Voice Scheduled (API)',
				menu_id: demo.menus.orders,
				end_user_number: '+14155550142',
				scheduled_at: '2024-05-15T12:00:00Z',
			};
			expect((await apps('POST', '/calls', { ...request, scheduled_at: start })).status).toBe(400);
			expect((await apps('POST', '/calls', { ...request, menu_id: demo.menus.billing })).body).toEqual({
				message: 'Only mobile and web menu IDs are permitted',
			});
			const { body } = await apps('POST', '/calls', request);
			// As in the vendor's samples; the report knows better.
			expect(body).toMatchObject({ call_type: 'Voice Inbound (API)', status: 'queued' });
			const path = `/calls/${String(body.id)}`;
			expect((await answer('GET', managerPath + path)).body).toMatchObject({ status: 'scheduled' });
			simulator.advance(7201 * seconds);
			expect((await answer('GET', managerPath + path)).body).toMatchObject({ status: 'queued' });
			expect(await rows('/menus/current_status')).toMatchObject([{ id: demo.menus.orders, queued_calls: 1 }]);
			simulator.advance(200 * seconds);
			expect((await answer('GET', managerPath + path)).body).toMatchObject({ status: 'finished', queue_duration: 5 });
		});

		it('changes flags, custom data and end user of a running call only', async () => {
			const { body } = await apps('POST', '/calls', outbound());
			const path = `/calls/${String(body.id)}`;
			expect((await apps('PATCH', `${path}/customer_flag`, { repeat_customers: true })).body).toMatchObject({
				repeat_customer: true,
			});
			const claims = { custom_data: { reserved_bad_actor: { value: true } }, exp: Date.parse(start) / 1000 + 60 };
			const unsigned = ['{"alg":"HS256"}', JSON.stringify(claims)]
				.map((part) => Buffer.from(part).toString('base64url'))
				.join('.');
			const signature = createHmac('sha256', 'demo-secret').update(unsigned).digest('base64url');
			const data = { signed: true, signed_data: `${unsigned}.${signature}` };
			expect((await apps('POST', `${path}/custom_data`, data)).status).toBe(200);
			expect((await apps('POST', `${path}/custom_data`, { ...data, signed_data: `${unsigned}.x` })).status).toBe(400);
			expect((await apps('GET', `${path}/customer_flag`)).body).toEqual({
				verified_customer: null,
				bad_actor: true,
				repeat_customer: true,
			});
			const endUser = { identifier: 'crm-9', name: 'Ada' };
			expect((await apps('POST', `${path}/end_user`, endUser)).status).toBe(202);
			expect((await apps('POST', `${path}/end_user`, endUser)).body.message).toMatch(/^Duplicate request/);
			simulator.finishCall(Number(body.id));
			expect((await apps('POST', `${path}/end_user`, endUser)).body).toEqual({ message: 'Call is already ended' });
		});
	});

	describe('do-not-call list', () => {
		it('reports each number of a bulk request', async () => {
			const add = {
				contacts: [
					{ phone_number: '+14155550150', expires_at: '2031-01-31 00:00:00 UTC' },
					{ phone_number: demo.blockedNumber },
					{ phone_number: '911' },
					{ phone_number: 'abc' },
					{ phone_number: '+14155550151', expires_at: '2020-01-31 00:00:00 UTC' },
				],
			};
			const { status, body } = await apps('POST', '/outbound_dialer/dnc', add);
			expect(status).toBe(200);
			expect((body as unknown as Json[]).map((one) => one.error ?? one.status)).toEqual([
				'created',
				'updated',
				'emergency phone number is not allowed',
				'phone_number is invalid',
				'expires_at cannot be past date/time',
			]);
			expect(simulator.journal.carriedOut('dncEntry.create')).toBe(2);
			const check = `/outbound_dialer/dnc?phone_number=${encodeURIComponent('+1 (415) 555-0150')}`;
			expect((await apps('GET', check)).body).toMatchObject({ expires_at: '2031-01-31 00:00:00 UTC' });
			expect((await apps('GET', '/outbound_dialer/dnc?phone_number=+14155550150')).status).toBe(400);
			const removed = await apps('POST', '/outbound_dialer/dnc/remove', {
				phone_numbers: ['+14155550150', '+14155550150'],
			});
			expect(removed.body).toMatchObject([{ status: 'removed' }, { status: 'failed' }]);
			expect((await apps('GET', check)).status).toBe(404);
		});
	});

	describe('campaigns', () => {
		const contacts = (): string => `/outbound_dialer/campaigns/${demo.campaigns[1]}/contacts`;
		const contact = (): string => `/outbound_dialer/campaigns/${demo.campaigns[1]}/contact`;

		it('creates, changes and removes contacts', async () => {
			const { body } = await apps('POST', contacts(), { phone_number: '+14155550142', external_unique_id: 'U1' });
			expect(body).toMatchObject({ status: 'Upcoming', unique_id: 'U1' });
			expect((await apps('PATCH', contact(), { contact_id: body.id, name: 'Ada' })).body).toMatchObject({
				name: 'Ada',
			});
			expect((await apps('GET', contacts())).body).toMatchObject([{ name: 'Ada' }]);
			expect((await apps('DELETE', contact(), { contact_id: body.id })).status).toBe(200);
			expect((await apps('DELETE', contact(), { contact_id: body.id })).status).toBe(404);
			expect((await apps('POST', contacts(), {})).body).toEqual({ message: 'phone_number is required' });
			expect((await apps('GET', '/outbound_dialer/campaigns/1/contacts')).status).toBe(404);
		});

		it('imports a file as a job with an outcome for each record', async () => {
			const job = await upload('POST', `${contacts()}/import`, [
				{ phone_number: '+14155550101', external_unique_id: 'A' },
				{ phone_number: 'none', external_unique_id: 'B' },
			]);
			expect(job.status).toBe('created');
			simulator.advance(10 * seconds);
			const { body } = await apps('GET', `${contacts()}/jobs/${String(job.id)}`);
			expect(body).toMatchObject({
				status: 'finished',
				created_rows: 1,
				results: [
					{ status: 'created' },
					{ external_unique_id: 'B', status: 'failed', error: 'phone_number is invalid' },
				],
			});
			expect(simulator.journal.writeCounts()).toEqual({ 'campaignContact.import': 1, 'campaignContact.create': 1 });
		});

		it('dials a campaign over time', async () => {
			simulator.addContact(demo.campaigns[0] ?? 0, { phoneNumber: demo.blockedNumber });
			simulator.advance(1800 * seconds);
			const [campaign] = await rows('/outbound_dialer/campaigns');
			expect(campaign?.contact_stats).toMatchObject({ Contacts: 11, Finished: 10, 'Do Not Call': 1, Remaining: 0 });
		});
	});

	describe('agents', () => {
		it('changes statuses with a result per agent', async () => {
			const [mara, teo] = demo.agents;
			simulator.setAgentStatus(teo ?? 0, 'In-call');
			const { body } = await apps('POST', '/agent_statuses', {
				status: 'Lunch',
				agent_ids: [mara, teo, 999],
				team_ids: [],
			});
			expect(body).toMatchObject([
				{ agent_id: mara, previous_status: 'Available', current_status: 'Lunch' },
				{ agent_id: teo, current_status: 'In-call', message: "Agent can't be changed from system status 'In-call'" },
				{ agent_id: 999, message: 'Agent is not found' },
			]);
			expect(simulator.journal.carriedOut('agentStatus.update')).toBe(1);
			const [log] = await rows('/agent_activity_logs?sort_column=id&sort_direction=DESC&per=1&agent_id[]=17&started_at[from]=2020-01-01T00:00:00Z');
			expect(log).toMatchObject({ activity: 'user_status_changed', status: { name: 'Lunch' }, ended_at: null });
			expect(
				(await apps('POST', '/agent_statuses', { status: 'In-call', agent_ids: [mara], team_ids: [] })).status,
			).toBe(400);
		});

		it('logs idle agents out at once and busy ones after their call', async () => {
			const [mara, teo] = demo.agents;
			const { body } = await apps('POST', '/calls', outbound());
			const forced = await apps('POST', '/agent_statuses/force_logout', { agent_ids: [mara, teo] });
			expect(forced.body).toMatchObject([{ current_status: 'In-call' }, { current_status: 'Offline' }]);
			const waiting = simulator.account.agents.get(mara ?? 0);
			expect(waiting?.logoutPending).toBe(true);
			await apps('POST', '/agent_statuses/force_logout', { ip_addrs: [`${waiting?.ipAddress}/32`] });
			simulator.finishCall(Number(body.id));
			expect((await rows('/agents/current_status')).map(({ id }) => id)).not.toContain(mara);
		});

		it('makes a job of a large logout', async () => {
			await simulator.stop();
			await open({ logoutJobAbove: 5, jobs: 'reads' });
			const { status, body } = await apps('POST', '/agent_statuses/force_logout', { team_ids: [demo.teams[0]] });
			expect(status).toBe(202);
			const states: unknown[] = [];
			for (let read = 0; read < 3; read += 1)
				states.push((await apps('GET', `/agent_statuses/jobs/${String(body.id)}`)).body.status);
			expect(states).toEqual(['created', 'in_progress', 'finished']);
			expect(await rows('/agents/current_status')).toEqual([]);
		});

		it('takes one filter without paging in the users list', async () => {
			expect((await apps('GET', '/users?online[]=false')).body).toHaveLength(1);
			expect((await apps('GET', '/users?per=5&page=3')).body).toHaveLength(2);
			const refusals = [
				'per=1000',
				'per=5&online[]=true',
				'online[]=true&location[]=Austin',
				`${'id[]=1&'.repeat(1001)}`,
			];
			const statuses = await Promise.all(
				refusals.map(async (query) => (await apps('GET', `/users?${query}`)).body.message),
			);
			expect(statuses).toEqual([
				'Invalid page size request',
				'Cannot paginate filtered results',
				'Only one filter should be configured at a time',
				'Cannot filter more than 1000 values at a time',
			]);
		});
	});

	describe('chats', () => {
		async function startChat(menuId: number): Promise<number> {
			const chat = { menu_id: menuId, end_user_id: demo.endUsers[0] };
			return Number((await apps('POST', '/chats', { chat })).body.id);
		}

		it('assigns, dismisses, resumes and ends a chat', async () => {
			const id = await startChat(demo.menus.orders);
			const state = async (): Promise<unknown> => (await apps('GET', `/chats/${id}`)).body.status;
			const states = [await state()];
			simulator.advance(10 * seconds);
			states.push(await state());
			await apps('POST', `/chats/${id}/message`, {
				from_user_id: demo.endUsers[0],
				message: { type: 'text', content: { text: 'Hi' } },
			});
			simulator.advance(601 * seconds);
			states.push(await state());
			await apps('POST', `/chats/${id}/resume`);
			states.push(await state());
			await apps('PATCH', `/chats/${id}`, { chat: { status: 'finished' } });
			expect(states).toEqual(['queued', 'assigned', 'dismissed', 'assigned']);
			expect((await rows(`/chats?id[]=${id}`))[0]).toMatchObject({ status: 'finished', message_count: 1 });
			expect((await apps('POST', `/chats/${id}/resume`)).status).toBe(400);
		});

		it('escalates to a person, or is deflected when nobody is there', async () => {
			const id = await startChat(demo.menus.web);
			simulator.setMenu(demo.menus.web, { overCapacity: true });
			const escalation = (await apps('POST', `/chats/${id}/escalations`, { reason: 'Person' })).body;
			expect(escalation.status).toBe('deflected');
			const path = `/chats/${id}/escalations/${String(escalation.id)}`;
			expect((await apps('PATCH', path, { deflection_channel: 'pigeon' })).status).toBe(400);
			expect((await apps('PATCH', path, { deflection_channel: 'human_agent' })).status).toBe(200);
			simulator.setMenu(demo.menus.web, { overCapacity: false });
			simulator.advance(10 * seconds);
			expect((await apps('GET', `/chats/${id}`)).body).toMatchObject({
				status: 'assigned',
				virtual_agent: { status: 'left' },
			});
		});

		it('takes a photo through a pre-signed address and gives it back', async () => {
			const id = await startChat(demo.menus.orders);
			const { url, fields } = (await apps('POST', `/chats/${id}/photos/upload`)).body as unknown as {
				url: string;
				fields: Record<string, string>;
			};
			const photo = { photo: [{ s3_path: fields.key, photo_type: 'photo' }] };
			expect((await apps('POST', `/chats/${id}/photos`, photo)).status).toBe(400);
			const post = async (): Promise<number> => {
				const form = new FormData();
				for (const [name, value] of Object.entries(fields)) form.append(name, value);
				form.append('file', new Blob([Buffer.from([255, 216, 255])], { type: 'image/jpeg' }), 'photo.jpg');
				return (await fetch(url, { method: 'POST', body: form })).status;
			};
			expect([await post(), await post()]).toEqual([204, 403]);
			const [media] = (await apps('POST', `/chats/${id}/photos`, photo)).body as unknown as Json[];
			expect((await apps('GET', `/chats/${id}/photos`)).body).toEqual([media]);
			const file = await send('GET', `${appsPath}/chats/${id}/media/${String(media?.media_id)}`);
			expect(file.headers.get('content-type')).toBe('application/octet-stream');
			expect((await file.arrayBuffer()).byteLength).toBe(3);
		});

		it('sends an SMS once while a session is active', async () => {
			const sms = {
				chat_type: 'Messaging (SMS)',
				end_user_number: '+14155550177',
				outbound_number: demo.numbers[0],
				message: 'Hi',
			};
			expect((await apps('POST', '/sms', { ...sms, outbound_number: '+14155550111' })).body).toEqual({
				message: 'outbound_number is not found',
			});
			expect((await apps('POST', '/sms', sms)).body).toMatchObject({
				chat_type: 'Messaging (SMS)',
				status: 'selecting',
			});
			expect((await apps('POST', '/sms', sms)).body.message).toMatch(/active SMS session/);
			simulator.advance(601 * seconds);
			expect((await apps('POST', '/sms', sms)).status).toBe(200);
			const sessionless = { from_phone: demo.numbers[0], to_phones: ['+14155550101', '+14155550102'], messages: ['A'] };
			await apps('POST', '/sessionless_sms', sessionless);
			expect(simulator.journal.writeCounts()).toEqual({ 'sms.send': 2, 'sms.sendSessionless': 2 });
		});
	});

	describe('queues', () => {
		it('shows waits that tests set and follows the shutdown switch', async () => {
			simulator.setWait(demo.menus.billing, { voice_call: 900 });
			const long = (await apps('GET', '/wait_times?lang=en&wait[from]=300')).body;
			expect(long).toMatchObject([{ menu_id: demo.menus.billing, voice_call: 900, logged_in_agents: 7 }]);
			expect(long[0]).not.toHaveProperty('chat');
			expect((await apps('GET', '/wait_times')).body).toEqual({ message: 'lang is required' });
			const shutdown = { menu_id: [demo.menus.billing], language: 'en', emergency_shutdown: { enabled: true } };
			expect((await apps('POST', '/menus/shutdown', shutdown)).body).toEqual(shutdown);
			const status = `/queue_operation_statuses?menu_id=${demo.menus.billing}&lang=en&channel_type=call`;
			expect((await apps('GET', status)).body).toMatchObject({ after_hour: true, overcapacity: false });
			const live = (
				await apps(
					'GET',
					`/queues/status?lang=en&menu_type=ivr_menu&menu_id[]=${demo.menus.billing}&callback_period_hours=1`,
				)
			).body;
			expect(live.queues).toMatchObject([{ current_queue_ewt: 900, callback_periods: { length: 4 } }]);
		});

		it('answers the menu reports', async () => {
			expect((await rows('/menus/tree?menu_type=ivr_menu')).map(({ children }) => (children as Json[]).length)).toEqual(
				[2],
			);
			expect(await rows('/menus/sla?channel=chat&minutes=15')).toHaveLength(2);
			simulator.setMenu(demo.menus.billing, { sla: { call: 71 } });
			expect(await rows('/menus/sla_by_queue_group?channel=call&minutes=15')).toContainEqual({
				queue_group: 'Phone',
				sla: 71,
			});
			expect((await answer('GET', `${managerPath}/menus/sla?channel=fax&minutes=15`)).status).toBe(400);
		});

		it('exports, imports and restores the settings', async () => {
			const settings = (await apps('GET', '/queues/export?export_audio_files=false&export_attached_files=false')).body;
			const queues = (settings.queues as Json[]).map((queue) => ({ ...queue, name: 'Renamed' }));
			const email = 'mara@example.org';
			await upload('POST', '/queues/import', { queues }, { email });
			expect((await rows('/menus?name[]=Renamed')).length).toBe(queues.length);
			const [version] = (await apps('GET', '/queues/version_histories')).body as unknown as Json[];
			expect(
				(await apps('POST', '/queues/restore', { email, id: version?.id, revision: version?.revision })).status,
			).toBe(202);
			expect(await rows('/menus?name[]=Renamed')).toEqual([]);
			const archive = await send(
				'GET',
				`${appsPath}/queues/export?export_audio_files=true&export_attached_files=false`,
			);
			expect(archive.headers.get('content-type')).toBe('application/zip');
			expect(
				Buffer.from(await archive.arrayBuffer())
					.subarray(0, 2)
					.toString(),
			).toBe('PK');
		});
	});

	it('runs a bulk user job from file to result', async () => {
		const rowsOf = (email: string): Json[] => [
			{ email, first_name: 'Ada', last_name: 'Novak', teams: [{ name: 'Tier 2', value: 1 }] } as never,
			{ email: 'mara@example.org', first_name: 'Mara', last_name: 'Berg', location: 'Nowhere' } as never,
		];
		const job = await upload('POST', '/bulk/users/upload', rowsOf('none'));
		const path = `/bulk/users/jobs/${String(job.id)}`;
		simulator.advance(5 * seconds);
		expect((await apps('GET', path)).body).toMatchObject({ status: 'invalid_scheme' });
		expect((await apps('GET', `/bulk/users/errors/scheme/${String(job.id)}`)).body).toEqual([
			{ message: 'Must be a valid email', column: 0, row: 1 },
		]);
		await upload('PUT', '/bulk/users/upload', rowsOf('ada@example.org'), { id: String(job.id) });
		simulator.advance(5 * seconds);
		expect((await apps('POST', '/bulk/users/proceed', { id: job.id })).body).toMatchObject({ status: 'valid_scheme' });
		expect((await apps('POST', '/bulk/users/proceed', { id: job.id })).status).toBe(400);
		simulator.advance(10 * seconds);
		expect((await apps('GET', path)).body).toMatchObject({ status: 'finished', affected_rows: 2, failed_rows: 0 });
		expect((await apps('GET', `/bulk/users/errors/update/${String(job.id)}`)).body).toMatchObject([
			{ row: 2, error_type: 'warning' },
		]);
		expect((await rows('/agents')).at(-1)).toMatchObject({ email: 'ada@example.org', teams: [{ name: 'Tier 2' }] });
	});

	it('keeps contact lists', async () => {
		const list = (await apps('POST', '/contact_lists', { name: 'New' })).body;
		const entry = (
			await apps('POST', `/contact_lists/${String(list.id)}/contacts`, { name: 'A', phone_number: '+14155550101' })
		).body;
		const path = `/contact_lists/${String(list.id)}/contacts/${String(entry.id)}`;
		expect((await apps('PATCH', path, { name: 'B' })).body).toEqual({ ...entry, name: 'B' });
		expect((await apps('DELETE', path)).status).toBe(204);
		expect((await apps('DELETE', path)).status).toBe(404);
		expect((await apps('DELETE', `/contact_lists/${demo.contactLists[1]}`)).status).toBe(400);
	});

	describe('Manager lists', () => {
		it('pages with headers, as a bare list', async () => {
			const first = await answer('GET', `${managerPath}/calls?per=50&sort_column=created_at&sort_direction=ASC`);
			expect(first.headers.get('total')).toBe('120');
			expect(first.headers.get('per-page')).toBe('50');
			const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
			const second = await answer('GET', next.replace(simulator.origin, ''));
			const third = await answer('GET', `${managerPath}/calls?per=50&page=3&sort_column=created_at&sort_direction=ASC`);
			const ids = [first, second, third].flatMap(({ body }) => (body as unknown as Json[]).map(({ id }) => id));
			expect(ids).toEqual(demo.calls);
			expect(third.headers.get('link')).toBeNull();
			expect((await answer('GET', `${managerPath}/calls?per=200`)).headers.get('per-page')).toBe('100');
		});

		it('filters by ranges, bounds included, and by values', async () => {
			simulator.addCall({ id: 1, created_at: '2024-05-15T09:00:00.000Z' });
			simulator.addCall({
				id: 2,
				created_at: '2024-05-15T09:30:00.000Z',
				status: 'failed',
				visibleAt: Date.parse(start) + 60 * seconds,
			});
			const range = '/calls?updated_at[from]=2024-05-15T09:00:00Z&updated_at[to]=2024-05-15T09:30:00Z';
			expect((await rows(range)).map(({ id }) => id)).toEqual([1]);
			simulator.advance(60 * seconds);
			expect((await rows(range)).map(({ id }) => id)).toEqual([1, 2]);
			expect((await rows(`${range}&call_status[]=failed`)).map(({ id }) => id)).toEqual([2]);
		});

		it.each([
			['/calls?call_status[]=done', 400],
			['/calls?sort_column=nothing', 400],
			['/calls?page=0', 400],
			['/calls?created_at[from]=yesterday', 400],
			['/calls?created_at[from]=2024-05-15T10:00:00Z&created_at[to]=2024-05-14T10:00:00Z', 422],
			['/calls/7', 404],
		])('refuses %s with %d', async (path, status) => {
			expect(await answer('GET', managerPath + path)).toMatchObject({ status, body: { status } });
		});

		it('shows an e-mail session in both APIs', async () => {
			const [email] = await rows('/emails?email_status[]=active');
			const session = (await apps('GET', `/email/sessions/${String(email?.id)}`)).body;
			expect(session).toMatchObject({ status: 'active', total_thread_numbers: 2 });
			const [thread] = session.email_threads as unknown as Json[];
			expect((await apps('GET', `/email/messages/${String(thread?.email_thread_id)}`)).body).toMatchObject({
				subject: 'Refund',
			});
		});
	});

	it('shows a fault as lost answer of a call that was placed', async () => {
		simulator.faults.once({ kind: 'cutAfter' }, { path: `${appsPath}/calls` });
		await expect(apps('POST', '/calls', outbound())).rejects.toThrow();
		expect(simulator.journal.writes('call.create')).toMatchObject([
			{ payload: { end_user_number: '+1 415-555-0142' } },
		]);
	});

	it('reads on in tens of thousands of calls', async () => {
		const count = runs(10_000, 30_000);
		for (let index = 0; index < count; index += 1) simulator.addCall({ status: 'finished' });
		const seen = new Set<unknown>();
		let path: string | undefined = `${managerPath}/calls?per=100&sort_column=updated_at&sort_direction=ASC`;
		while (path) {
			const { body, headers } = await answer('GET', path);
			for (const { id } of body as unknown as Json[]) seen.add(id);
			path = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]?.replace(simulator.origin, '');
		}
		expect(seen.size).toBe(count + 120);
	}, 60_000);
});

/** What an operation needs beside the contract's examples: records made before, and values in place of the examples. */
interface Preparation {
	parameters?: Record<string, unknown>;
	body?: unknown;
	file?: unknown;
}

const contracts = [
	{ prefix: appsPath, contract: loadContract(join(__dirname, '../../contracts/ujet-apps.openapi.yaml')) },
	{ prefix: managerPath, contract: loadContract(join(__dirname, '../../contracts/ujet-manager.openapi.yaml')) },
];
const operations = contracts.flatMap(({ prefix, contract }) =>
	contract.operations.map((operation): [string, { prefix: string; contract: Contract; operation: Operation }] => [
		`${operation.method} ${prefix}${operation.path}`,
		{ prefix, contract, operation },
	]),
);

describe('UJET simulator: every operation of the contracts', () => {
	const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true, code: { optimize: false } }));
	for (const { prefix, contract } of contracts) ajv.addSchema({ ...contract.document, $id: prefix });
	let simulator: UjetSimulator;
	let demo: Demo;
	const callId = 88412;
	const chatId = 55120;
	const contact = { phone_number: '+14155550101', name: 'Ada' };
	const user = { email: 'ada@example.org', first_name: 'Ada', last_name: 'Novak' };

	beforeEach(async () => {
		simulator = await new UjetSimulator({ clock: stoppedClock(start), rateLimit: null, logoutJobAbove: 3 }).start();
		demo = simulator.seedDemo();
		simulator.addCall({ id: callId, status: 'connected' });
		simulator.addChat({ id: chatId, status: 'assigned', menuId: demo.menus.orders, endUserId: demo.endUsers[0] });
		simulator.addDoNotCall('+1-4155550142');
		simulator.journal.clear();
	});
	afterEach(async () => await simulator.stop());

	async function request(method: string, path: string, body?: unknown, file?: unknown): Promise<Response> {
		const { authorization } = simulator;
		const form = new FormData();
		for (const [name, value] of Object.entries(file === undefined ? {} : (body ?? {})))
			form.append(name, String(value));
		form.append('file', new Blob([JSON.stringify(file ?? null)]), 'file.json');
		const json = { headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify(body) };
		const content =
			file !== undefined
				? { headers: { authorization }, body: form }
				: body === undefined
					? { headers: { authorization } }
					: json;
		return await fetch(simulator.origin + path, { method, ...content });
	}

	async function made(method: string, path: string, body?: unknown, file?: unknown): Promise<Json> {
		return (await (await request(method, appsPath + path, body, file)).json()) as Json;
	}

	async function uploaded(kind: 'photos' | 'videos', type: string): Promise<string> {
		const { url, fields } = (await made('POST', `/chats/${chatId}/${kind}/upload`)) as unknown as {
			url: string;
			fields: Record<string, string>;
		};
		const form = new FormData();
		for (const [name, value] of Object.entries(fields)) form.append(name, value);
		form.append('file', new Blob(['x'], { type }), 'media');
		await fetch(url, { method: 'POST', body: form });
		return String(fields.key);
	}

	async function escalated(): Promise<{ chat_id: number; id: unknown }> {
		const chat = await made('POST', '/chats', { chat: { menu_id: demo.menus.web, end_user_id: demo.endUsers[0] } });
		simulator.setMenu(demo.menus.web, { overCapacity: true });
		return { chat_id: Number(chat.id), id: (await made('POST', `/chats/${String(chat.id)}/escalations`, {})).id };
	}

	const contactsPath = (): string => `/outbound_dialer/campaigns/${demo.campaigns[0]}/contacts`;
	const bulkJob = async (): Promise<unknown> => (await made('POST', '/bulk/users/upload', {}, [user])).id;
	const preparations: Record<string, () => Preparation | Promise<Preparation>> = {
		'chat.sendCustomData': () => ({ body: { signed: false, data: { a: { value: 1 } } } }),
		'call.sendCustomData': () => ({ body: { signed: false, data: { a: { value: 1 } } } }),
		'sms.send': () => ({
			body: { chat_type: 'SMS', end_user_number: '+14155550170', outbound_number: demo.numbers[0], message: 'Hi' },
		}),
		'sms.sendSessionless': () => ({
			body: { from_phone: demo.numbers[0], to_phones: ['+14155550101'], messages: ['Hi'] },
		}),
		'call.create': () => ({
			body: { call_type: 'Voice Outbound (API)', agent_email: 'mara@example.org', end_user_number: '+14155550101' },
		}),
		'bulkUserJob.create': () => ({ file: [user] }),
		'bulkUserJob.replaceFile': async () => ({ body: { id: await bulkJob() }, file: [user] }),
		'bulkUserJob.proceed': async () => {
			const id = await bulkJob();
			simulator.advance(5 * seconds);
			return { body: { id } };
		},
		'bulkUserJob.get': async () => ({ parameters: { job_id: await bulkJob() } }),
		'bulkUserJob.list': async () => ({ parameters: { page: (await bulkJob()) && 1 } }),
		'bulkUserJob.listSchemeErrors': async () => ({ parameters: { job_id: await bulkJob() } }),
		'bulkUserJob.listUpdateErrors': async () => ({ parameters: { job_id: await bulkJob() } }),
		'campaignContact.import': () => ({ file: [contact] }),
		'campaignContactJob.get': async () => ({
			parameters: { job_id: (await made('POST', `${contactsPath()}/import`, {}, [contact])).id },
		}),
		'agentStatusJob.get': async () => ({
			parameters: { id: (await made('POST', '/agent_statuses/force_logout', { team_ids: [1] })).id },
		}),
		'call.cancelScheduled': () => ({ parameters: { id: simulator.addCall({ status: 'scheduled' }).id } }),
		'call.cancelScheduledMany': () => ({ body: { call_ids: [simulator.addCall({ status: 'scheduled' }).id] } }),
		'call.dialThirdParty': () => {
			const [agentId] = demo.agents;
			const { id } = simulator.addCall({ status: 'connected', agentId });
			return { parameters: { id }, body: { agent_email: 'mara@example.org', phone_number: '+14155550101' } };
		},
		'queueOperationStatus.get': () => ({ parameters: { channel_type: 'chat' } }),
		'queue.getRealTimeStatus': () => ({ parameters: { menu_type: 'ivr_menu' } }),
		'endUser.get': () => ({ parameters: { identifier: 'crm-000481', id: undefined } }),
		'chat.resume': () => {
			simulator.setChat(chatId, { status: 'dismissed' });
			return {};
		},
		'chat.sendMessage': () => ({
			body: { from_user_id: demo.endUsers[0], message: { type: 'text', content: { text: 'Hi' } } },
		}),
		'chatEscalation.create': async () => ({ parameters: { chat_id: (await escalated()).chat_id } }),
		'chatEscalation.update': async () => ({ parameters: { ...(await escalated()) } }),
		'chatPhoto.create': async () => ({ body: { photo: [{ s3_path: await uploaded('photos', 'image/jpeg') }] } }),
		'chatVideo.create': async () => ({ body: { video: { s3_path: await uploaded('videos', 'video/mp4') } } }),
		'chatMedia.download': () => ({ parameters: { media_id: simulator.addAgentFile(chatId, Buffer.from('x')) } }),
		'queueSettings.import': async () => ({
			body: { email: 'mara@example.org' },
			file: await made('GET', '/queues/export?export_audio_files=false&export_attached_files=false'),
		}),
		'queueSettings.restore': () => ({ body: { email: 'mara@example.org', id: 77 } }),
		'user.list': () => ({ parameters: { page: 1, per: 10 } }),
		'emailMessage.get': () => ({
			parameters: { email_thread_id: simulator.account.emails.get(demo.emails[0] ?? 0)?.messages[0]?.id },
		}),
	};
	const managerIds: Record<string, () => unknown> = {
		agents: () => demo.agents[0],
		agent_activity_logs: () => simulator.account.activityLogs.list()[0]?.id,
		calls: () => callId,
		chats: () => chatId,
		emails: () => demo.emails[0],
		menus: () => demo.menus.billing,
		teams: () => demo.teams[1],
		outbound_dialer: () => demo.campaigns[0],
	};

	async function prepared({ prefix, operation }: { prefix: string; operation: Operation }): Promise<Preparation> {
		if (prefix === appsPath) return (await preparations[operation.operationId]?.()) ?? {};
		const id = managerIds[operation.path.split('/')[1] ?? '']?.();
		if (operation.path === '/agent_activity_logs') return { parameters: { 'started_at[from]': '2020-01-01T00:00:00Z' } };
		return { parameters: operation.path.includes('{') ? { id, campaign_id: id } : {} };
	}

	function addressOf(operation: Operation, parameters: Record<string, unknown>): string {
		const valueOf = (name: string, example: unknown): unknown => (name in parameters ? parameters[name] : example);
		const query = new URLSearchParams();
		let path = operation.path;
		for (const { name, in: place, required, example } of operation.parameters) {
			const value = valueOf(name, example);
			if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
			else if ((required || name in parameters) && value !== undefined) query.append(name, String(value));
		}
		return query.size > 0 ? `${path}?${query.toString()}` : path;
	}

	function bodyOf(operation: Operation): unknown {
		return operation.body['application/json']?.example;
	}

	it.each(operations)('%s', async (_name, { prefix, contract, operation }) => {
		const { parameters = {}, body, file } = await prepared({ prefix, operation });
		simulator.journal.clear();
		const response = await request(
			operation.method,
			prefix + addressOf(operation, parameters),
			body ?? bodyOf(operation),
			file,
		);
		const text = await response.text();
		expect({ status: response.status, refusal: response.ok ? '' : text }).toEqual({
			status: expect.any(Number),
			refusal: '',
		});
		expect(simulator.journal.carriedOut() > 0).toBe(
			!['GET'].includes(operation.method) && !/upload$/.test(operation.path.replace('users/upload', '')),
		);
		const documented = (
			contract.document.paths[operation.path]?.[operation.method.toLowerCase()] as { responses: Json }
		).responses[response.status] as { content?: Record<string, unknown> } | undefined;
		expect(documented).toBeDefined();
		if (!documented?.content?.['application/json']) return;
		const pointer = [
			'paths',
			operation.path,
			operation.method.toLowerCase(),
			'responses',
			String(response.status),
			'content',
			'application/json',
			'schema',
		];
		const validate = ajv.compile({
			$ref: `${prefix}#/${pointer.map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/')}`,
		});
		validate(JSON.parse(text));
		expect(validate.errors ?? []).toEqual([]);
	});
});
