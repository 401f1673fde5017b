import type { Agent, EndUser, Menu } from './account';
import type { UjetSimulator } from './simulator';

const day = 86_400_000;
const minute = 60_000;

const people: Array<[first: string, last: string, location: string]> = [
	['Mara', 'Lindqvist', 'Lisbon'],
	['Teo', 'Brandt', 'Lisbon'],
	['Dana', 'Ortiz', 'Austin'],
	['Kofi', 'Mensah', 'Austin'],
	['Yuki', 'Sato', 'Austin'],
	['Lena', 'Fischer', 'Lisbon'],
	['Omar', 'Haddad', 'Lisbon'],
	['Priya', 'Nair', 'Austin'],
	['Jack', 'Doyle', 'Austin'],
	['Ana', 'Ribeiro', 'Lisbon'],
	['Noah', 'Klein', 'Austin'],
	['Zoe', 'Martin', 'Lisbon'],
];
const customers = [
	'Ines Okafor',
	'Jo Lee',
	'Carl Berg',
	'Amy Stone',
	'Raj Patel',
	'Eva Novak',
	'Luis Vega',
	'Mia Wong',
	'Tom Reed',
	'Sara Lund',
];
const outcomes: Array<[status: string, failReason: string]> = [
	['finished', 'nothing'],
	['finished', 'nothing'],
	['finished', 'nothing'],
	['finished', 'nothing'],
	['failed', 'eu_abandoned'],
	['failed', 'eu_no_answer'],
];

/** What the demonstration tenant holds, by id, so that workflows and tests can name records. */
export interface Demo {
	agents: number[];
	teams: number[];
	/** Leaf queues by name. */
	menus: Record<'billing' | 'orders' | 'returns' | 'web', number>;
	endUsers: number[];
	calls: number[];
	chats: number[];
	emails: number[];
	/** The first campaign is dialling, the second waits to be filled and started. */
	campaigns: number[];
	/** Numbers of the tenant; the first is the default caller id. */
	numbers: string[];
	/** A CRM ticket with a contact. */
	ticket: string;
	/** A number on the do-not-call list, and one that never answers. */
	blockedNumber: string;
	silentNumber: string;
	contactLists: number[];
	cobrowseSession: string;
}

/** A number of the fiction range +1 415 555 0100 to 0199. */
const fictionNumber = (index: number): string => `+14155550${100 + (index % 90)}`;

/**
 * Fills a tenant: 12 agents in 3 teams, queues for phone, app and web, a week of calls, chats and e-mails, two campaigns and lists.
 * The same clock and seed always give the same records.
 */
export function seedDemo(simulator: UjetSimulator): Demo {
	const teams = seedTeams(simulator);
	const agents = seedAgents(simulator, teams);
	const menus = seedMenus(simulator, teams);
	const numbers = ['+14155550190', '+14155550191'];
	for (const number of numbers) simulator.addOwnNumber(number);
	const endUsers = customers.map((name, index) =>
		simulator.addEndUser({
			name,
			identifier: `crm-${String(481 + index).padStart(6, '0')}`,
			email: `${name.split(' ')[0]?.toLowerCase()}@example.org`,
			phone: fictionNumber(index),
			out_contact_id: `C-${481 + index}`,
		}),
	);
	const marks = {
		blockedNumber: '+14155550198',
		silentNumber: '+14155550199',
		ticket: '71450',
		cobrowseSession: 'cb-5f2c',
	};
	simulator.addDoNotCall(marks.blockedNumber);
	simulator.setUnreachable(marks.silentNumber, 'eu_no_answer');
	simulator.addTicket(marks.ticket, fictionNumber(0));
	simulator.addCobrowseSession(marks.cobrowseSession);
	const { contactLists, queueSettings } = simulator.tenant;
	const branches = contactLists.addList('Branch offices');
	contactLists.addContact(branches, { name: 'Harbour branch', phone_number: '+14155550180' });
	const shared = contactLists.addList('Global', true);
	const demo: Demo = {
		agents: agents.map(({ id }) => id),
		teams,
		menus: { billing: menus.billing.id, orders: menus.orders.id, returns: menus.returns.id, web: menus.web.id },
		endUsers: endUsers.map(({ id }) => id),
		calls: seedCalls(simulator, agents, Object.values(menus), endUsers),
		chats: seedChats(simulator, agents, [menus.orders, menus.web], endUsers),
		emails: seedEmails(simulator, agents, endUsers),
		campaigns: seedCampaigns(simulator, menus.returns.id),
		numbers,
		contactLists: [branches.id, shared.id],
		...marks,
	};
	queueSettings.add();
	return demo;
}

function seedTeams(simulator: UjetSimulator): number[] {
	simulator.addTeam({ id: 1, name: 'All', position: 0 });
	const first = simulator.addTeam({ id: 8, name: 'Tier 1', parent_id: 1, position: 1 });
	const second = simulator.addTeam({ id: 9, name: 'Tier 2', parent_id: 1, position: 2 });
	return [1, first.id, second.id];
}

function seedAgents(simulator: UjetSimulator, [all = 1, first = 8, second = 9]: number[]): Agent[] {
	return people.map(([first_name, last_name, location], index) =>
		simulator.addAgent({
			first_name,
			last_name,
			location,
			email: `${first_name.toLowerCase()}@example.org`,
			created_at: new Date(simulator.now() - 300 * day).toISOString(),
			teamIds: [all, index % 3 === 2 ? second : first],
			roles: index === 0 ? ['Agent', 'Manager'] : ['Agent'],
			// The last but one asks for a caller id, the last may not dial, two are not available.
			callerIds: index === 10 ? ['+14155550190', '+14155550191'] : [],
			canDial: index !== 11,
			status: index === 8 ? 'Lunch' : index === 9 ? 'Offline' : 'Available',
			user: { phone_numbers: [fictionNumber(index + 50)], extension_numbers: [1017 + index] },
		}),
	);
}

function seedMenus(
	simulator: UjetSimulator,
	[, first = 8, second = 9]: number[],
): Record<'billing' | 'orders' | 'returns' | 'web', Menu> {
	const root = simulator.addMenu({ id: 30, name: 'Phone', menu_type: 'ivr_menu', languages: ['en', 'es'] });
	const team = (id: number, channel_type: 'call' | 'chat') => ({ kind: 'team' as const, id, lang: 'en', channel_type });
	const both = [team(first, 'call'), team(first, 'chat')];
	const phone = {
		parent_id: root.id,
		menu_type: 'ivr_menu' as const,
		languages: ['en', 'es'],
		channels: ['voice_call' as const],
	};
	return {
		billing: simulator.addMenu({
			...phone,
			id: 31,
			name: 'Billing',
			assignments: both,
			wait: { voice_call: 120, chat: 0 },
		}),
		returns: simulator.addMenu({
			...phone,
			id: 32,
			name: 'Returns',
			position: 2,
			assignments: [team(second, 'call')],
			wait: { voice_call: 35, chat: 0 },
		}),
		orders: simulator.addMenu({
			id: 44,
			name: 'Orders',
			menu_type: 'mobile_menu',
			position: 2,
			assignments: both,
			wait: { voice_call: 10, chat: 10 },
		}),
		web: simulator.addMenu({
			id: 45,
			name: 'Web help',
			menu_type: 'web_menu',
			position: 3,
			hasVirtualAgent: true,
			assignments: [team(first, 'chat'), team(second, 'call')],
			wait: { voice_call: 20, chat: 60 },
		}),
	};
}

/** Times over the seven days before now, oldest first, in office hours. */
function times(simulator: UjetSimulator, count: number): number[] {
	const start = simulator.now() - 7 * day;
	return Array.from({ length: count }, (_, index) => Math.floor(start + ((index + 0.5) * 6.9 * day) / count));
}

const iso = (time: number): string => new Date(time).toISOString();

function seedCalls(simulator: UjetSimulator, agents: Agent[], menus: Menu[], endUsers: EndUser[]): number[] {
	const { random } = simulator.account;
	return times(simulator, 120).map((created) => {
		const [status, fail_reason] = random.pick(outcomes);
		const finished = status === 'finished';
		const waited = random.integer(3, 60);
		const talked = finished ? random.integer(40, 900) : 0;
		const queued = created + 20_000;
		const assigned = queued + waited * 1000;
		const agent = random.pick(agents);
		const menu = random.pick(menus);
		const endUser = random.pick(endUsers);
		const ends = assigned + 3000 + talked * 1000;
		return simulator.addCall({
			call_type: menu.row.menu_type === 'ivr_menu' ? 'Voice Inbound (IVR)' : 'Voice Inbound (App)',
			status,
			sub_status: finished ? 'Finished: Disconnected by end user' : `Failed: ${fail_reason}`,
			created_at: iso(created),
			queued_at: iso(queued),
			assigned_at: finished ? iso(assigned) : null,
			connected_at: finished ? iso(assigned + 3000) : null,
			ends_at: iso(ends),
			wait_duration: waited,
			queue_duration: waited,
			call_duration: talked,
			rating: finished && random.chance(0.4) ? random.integer(1, 5) : null,
			fail_reason,
			disconnected_by: 'disconnected_by_end_user',
			support_number: menu.row.menu_type === 'ivr_menu' ? '+14155550190' : null,
			queue_durations: [
				{
					agent_id: agent.id,
					queue_duration: waited,
					menu_path_id: menu.id,
					lang: 'en',
					transfer: false,
					started_at: iso(queued),
					ended_at: iso(assigned),
					service_level_event: waited <= 20 ? 'in_sla' : 'not_in_sla',
					service_level_target_percent: 80,
					service_level_target_time: 20,
				},
			],
			agentId: finished ? agent.id : null,
			menuId: menu.id,
			endUserId: endUser.id,
			number: endUser.phone,
		}).id;
	});
}

function seedChats(simulator: UjetSimulator, agents: Agent[], menus: Menu[], endUsers: EndUser[]): number[] {
	const { random } = simulator.account;
	return times(simulator, 60).map((created) => {
		const waited = random.integer(2, 90);
		const lasted = random.integer(60, 1500);
		const assigned = created + waited * 1000;
		const menu = random.pick(menus);
		return simulator.addChat({
			chat_type: menu.row.menu_type === 'web_menu' ? 'Messaging Inbound (Web Chat)' : 'Messaging Inbound (App Chat)',
			status: 'finished',
			sub_status: 'Disconnected by end user',
			created_at: iso(created),
			assigned_at: iso(assigned),
			ends_at: iso(assigned + lasted * 1000),
			first_msg_sent_at: iso(assigned + 5000),
			last_msg_sent_at: iso(assigned + lasted * 1000 - 2000),
			wait_duration: waited,
			queue_duration: waited,
			chat_duration: lasted,
			message_count: random.integer(4, 30),
			average_response_time: random.integer(8, 40),
			longest_response_time: random.integer(41, 200),
			rating: random.chance(0.4) ? random.integer(1, 5) : null,
			agentId: random.pick(agents).id,
			menuId: menu.id,
			endUserId: random.pick(endUsers).id,
		}).id;
	});
}

function seedEmails(simulator: UjetSimulator, agents: Agent[], endUsers: EndUser[]): number[] {
	const { random } = simulator.account;
	return times(simulator, 20).map((created, index) => {
		const endUser = random.pick(endUsers);
		const closed = index < 14;
		return simulator.addEmail({
			email_status: closed ? 'closed' : 'active',
			created_at: iso(created),
			finished_at: closed ? iso(created + 90 * minute) : null,
			updated_at: iso(created + 90 * minute),
			agentId: random.pick(agents).id,
			endUserId: endUser.id,
			messages: [
				{ from: endUser.email ?? '', from_name: endUser.name, subject: 'Refund', body: 'Hello, where is my refund?' },
				{ from: 'support@example.com', to: [endUser.email ?? ''], subject: 'Re: Refund', body: 'It is on its way.' },
			],
		}).id;
	});
}

function seedCampaigns(simulator: UjetSimulator, menuId: number): number[] {
	const renewals = simulator.addCampaign({ name: 'Spring renewals', menuId, status: 'started' });
	customers.forEach((name, index) =>
		simulator.addContact(renewals.id, {
			name,
			phoneNumber: fictionNumber(index + 20),
			unique_id: `UID_${String(481 + index).padStart(6, '0')}`,
		}),
	);
	simulator.setCampaignStatus(renewals.id, 'dialing');
	const survey = simulator.addCampaign({ name: 'Survey', menuId, mode: 'preview' });
	return [renewals.id, survey.id];
}
