// How to make each event of the UJET Trigger happen, for simulators whose jobs move on when they are read.
import type { INodeParameters } from 'n8n-workflow';

import type { Demo, UjetSimulator } from '../../simulators/ujet';
import { byId } from './nodeUnderTest';

/** An event, its parameters, how to make it happen (gives the id of the record), and what its item shows in the newest version. */
export interface EventCase {
	event: string;
	parameters?: (demo: Demo) => INodeParameters;
	happen: (simulator: UjetSimulator, demo: Demo) => number;
	shows?: object;
	/** What it showed in version 1 of the node, where that is something else. */
	showed?: object;
	/** Name of the record's id in the item. */
	id?: string;
}

/** A running call and a running chat, and a call that will fail; they were there before the trigger. */
export const running = 990_001;
const failing = 990_002;
/** A call and a chat that wait for an agent, and a chat that nobody answers. */
const waiting = 990_003;
const abandoned = 990_004;

/** Every event of the UJET Trigger. */
export const eventCases: EventCase[] = [
	{ event: 'callCreated', happen: (simulator) => simulator.addCall().id },
	{
		event: 'callAnswered',
		parameters: (demo) => ({ agentIds: [demo.agents[4]] }),
		happen: (simulator, demo) => {
			const time = simulator.account.time();
			const agent = demo.agents[4];
			simulator.setCall(waiting, { status: 'connected', assigned_at: time, connected_at: time, agent_info: { id: agent } as never });
			simulator.account.calls.get(waiting)!.agentId = agent;
			return waiting;
		},
		shows: { status: 'connected' },
	},
	{
		event: 'callAssigned',
		parameters: (demo) => ({ agentIds: [demo.agents[4]] }),
		happen: (simulator, demo) => {
			simulator.tenant.calls.assign(simulator.account.calls.get(waiting)!, simulator.account.agents.get(demo.agents[4])!);
			return waiting;
		},
		shows: { status: 'assigned' },
	},
	{ event: 'callScheduled', happen: (simulator) => simulator.addCall({ status: 'scheduled' }).id, shows: { status: 'scheduled' } },
	{
		event: 'callUpdated',
		happen: (simulator, demo) => {
			simulator.setCall(demo.calls[0], { rating: 5 });
			return demo.calls[0];
		},
		shows: { rating: 5 },
	},
	{
		event: 'callFinished',
		happen: (simulator) => {
			simulator.finishCall(running);
			return running;
		},
		shows: { status: 'finished' },
	},
	{
		event: 'callFailed',
		happen: (simulator) => {
			simulator.failCall(failing, 'eu_abandoned');
			return failing;
		},
		shows: { fail_reason: 'eu_abandoned' },
	},
	{
		event: 'voicemailReceived',
		happen: (simulator) => {
			simulator.setCall(running, { status: 'voicemail_received' });
			return running;
		},
	},
	{ event: 'chatCreated', happen: (simulator) => simulator.addChat().id },
	{
		event: 'chatAssigned',
		parameters: (demo) => ({ agentIds: [demo.agents[4]] }),
		happen: (simulator, demo) => {
			simulator.setChat(waiting, { status: 'assigned', assigned_at: simulator.account.time(), agent_info: { id: demo.agents[4] } as never });
			simulator.account.chats.get(waiting)!.agentId = demo.agents[4];
			return waiting;
		},
	},
	{
		event: 'chatFailed',
		happen: (simulator) => {
			simulator.setChat(abandoned, { status: 'no_response', ends_at: simulator.account.time() });
			return abandoned;
		},
		shows: { status: 'no_response' },
	},
	{
		event: 'chatUpdated',
		happen: (simulator, demo) => {
			simulator.setChat(demo.chats[0], { rating: 4 });
			return demo.chats[0];
		},
	},
	{
		event: 'chatFinished',
		happen: (simulator) => {
			simulator.finishChat(running);
			return running;
		},
		shows: { status: 'finished' },
	},
	{
		event: 'emailClosed',
		happen: (simulator, demo) => {
			simulator.setEmail(demo.emails[0], { email_status: 'resolved', finished_at: simulator.account.time() });
			return demo.emails[0];
		},
		shows: { email_status: 'resolved' },
	},
	{ event: 'emailCreated', happen: (simulator) => Number(simulator.addEmail().id) },
	{
		event: 'emailUpdated',
		happen: (simulator, demo) => {
			simulator.setEmail(demo.emails[0], { email_status: 'reopened' });
			return demo.emails[0];
		},
		shows: { email_status: 'reopened' },
	},
	{
		event: 'agentActivity',
		parameters: () => ({ activities: ['login'] }),
		happen: (simulator, demo) => {
			simulator.setAgentStatus(demo.agents[9], 'Lunch');
			return demo.agents[9];
		},
		shows: { activity: 'login' },
		id: 'agent_id',
	},
	{
		event: 'agentStatusChanged',
		happen: (simulator, demo) => {
			simulator.setAgentStatus(demo.agents[0], 'Lunch');
			return demo.agents[0];
		},
		shows: { before: { status: 'Available' }, after: { status: 'Lunch' } },
		showed: { statusName: 'Lunch', since: expect.stringContaining('T') as string },
	},
	{
		event: 'campaignStatusChanged',
		happen: (simulator, demo) => {
			simulator.setCampaignStatus(demo.campaigns[1], 'pause');
			return demo.campaigns[1];
		},
		shows: { before: { status: 'created' }, after: { status: 'pause' } },
		showed: { statusBefore: 'created', statusAfter: 'pause' },
	},
	{
		event: 'campaignContactStatusChanged',
		parameters: (demo) => ({ campaignId: byId(demo.campaigns[1]), contactStatuses: ['Finished', 'Do Not Call'] }),
		happen: (simulator, demo) => {
			const [wanted, other] = simulator.account.campaigns.get(demo.campaigns[1])!.contacts.list();
			simulator.setContact(demo.campaigns[1], other.id, { status: 'Dialing' });
			simulator.setContact(demo.campaigns[1], wanted.id, { status: 'Finished' });
			return wanted.id;
		},
		shows: { status: 'Finished', before: { status: 'Upcoming' }, after: { status: 'Finished' } },
		showed: { status: 'Finished' },
	},
	{
		event: 'bulkUserJobFinished',
		happen: ({ tenant: { bulkUsers } }) => {
			const content = Buffer.from(JSON.stringify([{ email: 'new@example.org', first_name: 'Nel', last_name: 'Roe' }]));
			const { id } = bulkUsers.upload({ file: { content, fileName: 'users.json', mimeType: 'application/json' } });
			bulkUsers.job(String(id));
			bulkUsers.proceed({ id });
			// With each look the job is a step further.
			for (let look = 0; look < 3; look++) bulkUsers.job(String(id));
			return id;
		},
		shows: { status: 'finished' },
	},
	{
		event: 'contactImportFinished',
		parameters: (demo) => ({ campaignId: byId(demo.campaigns[1]) }),
		happen: ({ account, tenant: { campaigns } }, demo) => {
			const campaign = account.campaigns.get(demo.campaigns[1])!;
			const content = Buffer.from(JSON.stringify([{ name: 'Nel Roe', phone_number: '+14155550177' }]));
			const { id } = campaigns.startImport(campaign, { file: { content, fileName: 'contacts.json', mimeType: 'application/json' } });
			// With each look the job is a step further.
			for (let look = 0; look < 3; look++) campaigns.job(campaign, String(id));
			return id;
		},
		shows: { status: 'finished' },
	},
	{
		event: 'queueWaitThreshold',
		parameters: () => ({ threshold: 60, waitChannel: 'voice_call', waitLanguage: 'en' }),
		happen: (simulator, demo) => {
			simulator.setWait(demo.menus.returns, { voice_call: 90 });
			return demo.menus.returns;
		},
		shows: { wait: 90, threshold: 60, before: { state: 'below' }, after: { state: 'above' } },
		showed: { wait: 90, threshold: 60, stateBefore: 'below', stateAfter: 'above' },
		id: 'menu_id',
	},
];

/** Records that were there before the trigger; nothing happens by itself after this. */
export function prepareEvents(simulator: UjetSimulator, demo: Demo): void {
	simulator.setCampaignStatus(demo.campaigns[0], 'pause');
	simulator.addCall({ id: running, status: 'connected', agentId: demo.agents[0], menuId: demo.menus.billing });
	simulator.addCall({ id: failing, status: 'connected', agentId: demo.agents[1], menuId: demo.menus.returns });
	simulator.addChat({ id: running, status: 'assigned', agentId: demo.agents[0], menuId: demo.menus.orders });
	simulator.addCall({ id: waiting, status: 'scheduled', menuId: demo.menus.billing });
	simulator.addChat({ id: waiting, status: 'queued', menuId: demo.menus.orders });
	simulator.addChat({ id: abandoned, status: 'queued', menuId: demo.menus.orders });
	simulator.addContact(demo.campaigns[1]);
	simulator.addContact(demo.campaigns[1]);
}
