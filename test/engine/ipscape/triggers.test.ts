import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { IpScapeOptions } from '../../simulators/ipscape';
import { jsonOf } from '../../support/engine';
import { createPoller } from '../../support/poller';
import type { Poller } from '../../support/poller';
import { runs } from '../../support/runs';
import { byId, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const minute = 60_000;

describe('the ipSCAPE trigger', () => {
	let bench: Bench;

	const begin = async (options: IpScapeOptions = {}) => {
		bench = await startBench(options);
	};
	afterEach(async () => await bench.close());

	const start = async (parameters: INodeParameters): Promise<Poller> => {
		const poller = await bench.poller(parameters);
		expect(await poller.poll()).toBeNull();
		return poller;
	};

	const poll = async (poller: Poller, mode?: 'manual'): Promise<IDataObject[]> => jsonOf((await poller.poll(mode)) ?? []);

	/** Polls, polls again, and goes through a restart: nothing may come twice. */
	async function pollTwice(poller: Poller): Promise<IDataObject[]> {
		const found = await poll(poller);
		expect(await poll(poller)).toEqual([]);
		poller.restart();
		expect(await poll(poller)).toEqual([]);
		return found;
	}

	describe('calls', () => {
		it('start it when they begin, by type and campaign, and no old one', async () => {
			await begin();
			const { account } = bench.simulator;
			const campaign = account.addCampaign({ type: 'Inbound' });
			account.addActivity({ campaignId: campaign.id });
			const parameters = { event: 'activityRecorded', campaignId: byId(campaign.id), types: ['call.inbound', 'other'] };
			const poller = await start(parameters);
			const { id } = account.addActivity({ campaignId: campaign.id });
			const callback = account.addActivity({ campaignId: campaign.id, type: 'call.callback' as never });
			account.addActivity({ campaignId: campaign.id, type: 'call.outbound' });
			account.addActivity({ campaignId: account.addCampaign({ type: 'Inbound' }).id });
			const found = await pollTwice(poller);
			expect(found.map(({ activityId }) => activityId)).toEqual([id, callback.id]);
			expect(found[0]).toMatchObject({ type: 'call.inbound', timestamps: {}, campaignName: campaign.title });
		});

		it('start it when an agent answers, whenever that is', async () => {
			await begin();
			const { account, calls } = bench.simulator;
			account.addCampaign({ type: 'Inbound' });
			const poller = await start({ event: 'callAnswered' });
			const agent = account.addUser({ campaignIds: account.campaigns.list().map(({ id }) => id), available: false });
			const call = calls.receive({ ivr: 5, patience: 900 });
			bench.simulator.advance(minute);
			expect(await poll(poller)).toEqual([]);
			account.changeUser({ id: agent.id, available: true });
			bench.simulator.advance(minute);
			expect(await pollTwice(poller)).toMatchObject([{ activityId: call.id, agentId: agent.id }]);
		});

		it('start it when the caller gives up', async () => {
			await begin();
			bench.simulator.account.addCampaign({ type: 'Inbound' });
			const poller = await start({ event: 'callAbandoned' });
			const call = bench.simulator.calls.receive({ ivr: 5, patience: 60 });
			bench.simulator.advance(30_000);
			expect(await poll(poller)).toEqual([]);
			bench.simulator.advance(minute);
			expect(await pollTwice(poller)).toMatchObject([{ activityId: call.id, activityStatusName: 'Abandoned' }]);
		});

		it('start it when a voicemail was left, also where it shows up after the call', async () => {
			await begin();
			const { account } = bench.simulator;
			const poller = await start({ event: 'voicemailLeft' });
			const ended = { createdAt: account.now() - 2 * minute, hangUp: account.now() - minute, answered: null };
			account.addActivity(ended);
			const { id } = account.addActivity(ended);
			expect(await poll(poller)).toEqual([]);
			account.changeActivity({ id, voicemailIds: [account.addMedia().id] });
			expect(await pollTwice(poller)).toMatchObject([{ activityId: id, voicemailMetadata: [{}] }]);
		});

		it('start it when they end, and when their recording can be fetched', async () => {
			await begin();
			const { account } = bench.simulator;
			const ended = await start({ event: 'callEnded' });
			const recorded = await start({ event: 'recordingReady' });
			const { id } = account.addActivity({ createdAt: account.now() - 20 * minute, hangUp: null });
			expect(await poll(ended)).toEqual([]);
			account.changeActivity({ id, hangUp: account.now() });
			expect(await pollTwice(ended)).toMatchObject([{ activityId: id }]);
			expect(await poll(recorded)).toEqual([]);
			account.changeActivity({ id, recordingId: account.addMedia().id });
			expect(await pollTwice(recorded)).toMatchObject([{ activityId: id, recordingMetadata: { deleted: false } }]);
		});

		it('were not abandoned when the caller left a voicemail, or when the centre called', async () => {
			await begin();
			const { account } = bench.simulator;
			const poller = await start({ event: 'callAbandoned' });
			const queued = { joinQueue: account.now() - minute, answered: null, hangUp: account.now(), createdAt: account.now() - 2 * minute };
			account.addActivity({ ...queued, voicemailIds: [account.addMedia().id] });
			account.addActivity({ ...queued, type: 'call.outbound' });
			const { id } = account.addActivity(queued);
			expect((await pollTwice(poller)).map(({ activityId }) => activityId)).toEqual([id]);
		});

		it('start it when a survey began', async () => {
			await begin();
			const { account } = bench.simulator;
			const poller = await start({ event: 'surveyStarted' });
			const { id } = account.addActivity({ createdAt: account.now() - 10 * minute });
			expect(await poll(poller)).toEqual([]);
			const survey = { started: true, startTimestamp: account.now(), workflowId: 1, workflowName: 'After call' };
			account.changeActivity({ id, survey });
			expect(await pollTwice(poller)).toMatchObject([{ activityId: id, survey: { workflowName: 'After call' } }]);
		});

		it('start it when they are wrapped up with a code', async () => {
			await begin();
			const { account, calls } = bench.simulator;
			account.addCampaign({ type: 'Inbound' });
			const poller = await start({ event: 'callWrappedUp', wrapCodes: 'sale, 99' });
			const [first, second] = [account.addUser(), account.addUser()];
			const call = calls.connect({ agentId: first.id, campaignId: account.campaigns.list()[0].id });
			calls.connect({ agentId: second.id, campaignId: account.campaigns.list()[0].id });
			bench.simulator.advance(3 * minute);
			expect(await poll(poller)).toEqual([]);
			calls.end(first.id, { id: 26, name: 'Sale' });
			calls.end(second.id, { id: 28, name: 'Contact' });
			expect(await pollTwice(poller)).toMatchObject([{ activityId: call.id, wrapCode: 26, wrapDescription: 'Sale' }]);
		});

		it('come once each while more arrive, and after an outage', async () => {
			await begin({ arrivals: { perRead: 2, atMost: runs(20, 40) }, cursors: { pageSize: runs(30, 20) } });
			const { account } = bench.simulator;
			account.addCampaign({ type: 'Inbound' });
			const poller = await start({ event: 'activityRecorded' });
			const before = new Set(account.activities.list().map(({ id }) => id));
			for (let count = 0; count < 60; count++) account.addActivity();
			bench.simulator.faults.add({ kind: 'status', status: 401 }, {}, 1);
			await expect(poller.poll()).rejects.toThrow();
			const found: unknown[] = [];
			for (let count = 0; count < runs(5, 8); count++) {
				found.push(...(await poll(poller)).map(({ activityId }) => activityId));
				if (count % 3 === 2) poller.restart();
			}
			const all = account.activities.list().map(({ id }) => id);
			expect(new Set(found).size).toBe(found.length);
			// What arrived at the first reading is old or new, as it was before or after it.
			expect(found).toEqual(expect.arrayContaining(all.filter((id) => !before.has(id)).slice(0, 60)));
		});

		it('come even where a cursor expires as soon as another call arrives', async () => {
			await begin({ arrivals: { perRead: 1, atMost: runs(15, 30) }, cursors: { pageSize: 50, expireOnInsert: true } });
			const { account } = bench.simulator;
			account.addCampaign({ type: 'Inbound' });
			const poller = await start({ event: 'activityRecorded' });
			const added = Array.from(
				{ length: 120 },
				(_, index) => account.addActivity({ createdAt: account.now() + index * 1_000 }).id,
			);
			bench.simulator.advance(2 * minute);
			const found: unknown[] = [];
			for (let count = 0; count < 6; count++) found.push(...(await poll(poller)).map(({ activityId }) => activityId));
			expect(new Set(found).size).toBe(found.length);
			expect(found).toEqual(expect.arrayContaining(added));
		});
	});

	it('starts on dial attempts by their status, which may be known later', async () => {
		await begin();
		const { account } = bench.simulator;
		const poller = await start({ event: 'dialAttemptRecorded', dialStatuses: 'Busy, 1' });
		const dialling = { dialStatusId: 0, dialStatusName: 'Dialling', hangUp: null };
		const [busy, answered] = [account.addAttempt(dialling), account.addAttempt(dialling)];
		account.addAttempt(dialling);
		expect(await poll(poller)).toEqual([]);
		account.changeAttempt({ id: busy.id, dialStatusId: 3, dialStatusName: 'Busy' });
		account.changeAttempt({ id: answered.id, dialStatusId: 1, dialStatusName: 'Answered' });
		expect((await pollTwice(poller)).map(({ attemptId }) => attemptId)).toEqual([busy.id, answered.id]);
	});

	describe('leads', () => {
		it('start it when they are uploaded, into one list', async () => {
			await begin();
			const { account } = bench.simulator;
			const list = account.addLeadList();
			account.addLead({ listId: list.id });
			const poller = await start({ event: 'leadUploaded', onlyListId: byId(list.id) });
			const { id } = account.addLead({ listId: list.id });
			account.addLead({ listId: account.addLeadList().id });
			expect(await pollTwice(poller)).toMatchObject([{ leadId: id, listId: list.id }]);
		});

		it('start it when they are completed', async () => {
			await begin();
			const { account } = bench.simulator;
			const list = account.addLeadList();
			account.addLead({ listId: list.id, completed: true });
			const [first, second] = [account.addLead({ listId: list.id }), account.addLead({ listId: list.id })];
			const poller = await start({ event: 'leadCompleted', listId: byId(list.id) });
			account.changeLead({ id: first.id, completed: true });
			account.changeLead({ id: second.id, lastStatusCode: 3 });
			expect(await pollTwice(poller)).toMatchObject([{ leadId: first.id, completed: true }]);
		});

		it('start it when their status changes, as the dialler goes on', async () => {
			await begin({ dialler: { callsPerMinute: 60, retryMinutes: 2 } });
			const { account } = bench.simulator;
			const list = account.addLeadList();
			const poller = await start({ event: 'leadStatusChanged', listId: byId(list.id) });
			const { id } = account.addLead({ listId: list.id });
			bench.simulator.setOutcomes(id, ['noAnswer', 'busy']);
			expect(await poll(poller)).toEqual([]);
			bench.simulator.advance(90_000);
			expect(await pollTwice(poller)).toMatchObject([{ leadId: id, before: null, after: { statusCode: 2 } }]);
			bench.simulator.advance(3 * minute);
			expect(await pollTwice(poller)).toMatchObject([
				{ leadId: id, before: { statusCode: 2 }, after: { statusCode: 4 }, lastStatusDescription: 'Busy' },
			]);
		});

		it('may be several thousand in a list', async () => {
			await begin();
			const { account } = bench.simulator;
			const list = account.addLeadList();
			const ids = Array.from({ length: 1_200 }, () => account.addLead({ listId: list.id, lastStatusCode: 1 }).id);
			const poller = await start({ event: 'leadStatusChanged', listId: byId(list.id) });
			bench.simulator.advance(minute);
			account.changeLead({ id: ids[1_100], lastStatusCode: 3 });
			expect(await poll(poller)).toMatchObject([{ leadId: ids[1_100], after: { statusCode: 3 } }]);
			expect(await poll(poller)).toEqual([]);
			// What changed last is remembered, so the next change of the same lead knows its state before.
			bench.simulator.advance(minute);
			account.changeLead({ id: ids[1_100], lastStatusCode: 4 });
			expect(await poll(poller)).toMatchObject([{ leadId: ids[1_100], before: { statusCode: 3 }, after: { statusCode: 4 } }]);
		}, 30_000);
	});

	describe('agents', () => {
		const agentEvent = async (parameters: INodeParameters = {}) =>
			await start({ event: 'agentStatusChanged', ...parameters });

		it('start it when they log in or out or change status', async () => {
			await begin();
			const { account } = bench.simulator;
			const { id } = account.addUser();
			account.addUser({ userType: 'user' });
			const poller = await agentEvent();
			account.changeUser({ id, available: false });
			expect(await pollTwice(poller)).toMatchObject([
				{
					userId: id,
					change: 'status',
					before: { isLoggedIn: true, status: 'Available' },
					after: { isLoggedIn: true, status: 'Paused' },
				},
			]);
			account.changeUser({ id, isLoggedIn: false });
			expect(await pollTwice(poller)).toMatchObject([{ userId: id, change: 'loggedOut', isLoggedIn: false }]);
			account.changeUser({ id, isLoggedIn: true });
			expect(await pollTwice(poller)).toMatchObject([{ userId: id, change: 'loggedIn', isLoggedIn: true }]);
		});

		it('show their states as before in a workflow of version 1', async () => {
			await begin();
			const { id } = bench.simulator.account.addUser();
			const node = { typeVersion: 1 };
			const options = { nodeType: 'ipScapeTrigger', parameters: { event: 'agentStatusChanged' }, credentials: bench.credentials, node };
			const poller = await createPoller(options);
			expect(await poller.poll()).toBeNull();
			bench.simulator.account.changeUser({ id, available: false });
			const [found] = await poll(poller);
			expect(found).toMatchObject({ userId: id, statusBefore: 'Available', statusAfter: 'Paused' });
			expect(found).not.toHaveProperty('before');
		});

		it('start it for the chosen agents and changes only', async () => {
			await begin();
			const { account } = bench.simulator;
			const [first, second] = [account.addUser(), account.addUser()];
			const poller = await agentEvent({ agents: [first.id], changes: ['loggedOut'] });
			account.changeUser({ id: first.id, available: false });
			account.changeUser({ id: second.id, isLoggedIn: false });
			expect(await poll(poller)).toEqual([]);
			account.changeUser({ id: first.id, isLoggedIn: false });
			expect(await poll(poller)).toMatchObject([{ userId: first.id, change: 'loggedOut' }]);
		});
	});

	it('starts when more callers wait than the threshold, once until the number goes down', async () => {
		await begin();
		const { id: campaignId } = bench.simulator.account.addCampaign({ type: 'Inbound' });
		const poller = await start({ event: 'callersWaiting', inboundCampaignId: byId(campaignId), threshold: 2 });
		const waiting = async (callsWaiting: number) => {
			bench.simulator.setStatistics({ campaignId, callsWaiting });
			return await poll(poller);
		};
		expect(await waiting(2)).toEqual([]);
		expect(await waiting(3)).toMatchObject([{ campaignId, callsWaiting: 3, threshold: 2 }]);
		expect(await waiting(5)).toEqual([]);
		expect(await waiting(1)).toEqual([]);
		expect(await waiting(4)).toHaveLength(1);
	});

	it('shows a real record in the test fetch of the editor, for every event', async () => {
		await begin();
		const { account } = bench.simulator;
		bench.simulator.seedDemo();
		const [leadList] = account.leadLists.list();
		const inbound = account.campaigns.list().find(({ type }) => type === 'Inbound');
		const cases: Array<[string, INodeParameters]> = [
			...['activityRecorded', 'callAbandoned', 'callAnswered', 'callEnded', 'callWrappedUp', 'recordingReady', 'surveyStarted', 'voicemailLeft'].map(
				(event): [string, INodeParameters] => [event, {}],
			),
			['agentStatusChanged', {}],
			['callersWaiting', { inboundCampaignId: byId(inbound?.id ?? 0) }],
			['dialAttemptRecorded', {}],
			['leadCompleted', { listId: byId(leadList.id) }],
			['leadStatusChanged', { listId: byId(leadList.id) }],
			['leadUploaded', {}],
		];
		for (const [event, parameters] of cases) {
			const poller = await bench.poller({ event, ...parameters });
			const sample = await poll(poller, 'manual');
			expect({ event, samples: sample.length }).toEqual({ event, samples: 1 });
			// A sample in which nothing changed would mislead whoever maps its fields.
			if ('after' in sample[0]) expect(sample[0].before).not.toEqual(sample[0].after);
			expect(poller.staticData).toEqual({});
		}
	});
});
