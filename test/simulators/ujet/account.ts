import { createRandom, RecordTable, type Random, type SimulatorClock } from '../kit';
import { JobRunner } from './jobs';
import type { UjetSettings } from './options';
import type {
	ActivityLogRow,
	AgentRow,
	AgentSummary,
	CallRow,
	CampaignRow,
	ChatRow,
	ContactRow,
	EmailRow,
	MenuPath,
	MenuSummary,
	MenuType,
	SessionEndUser,
	TeamSummary,
	UserRow,
	UserStatusRow,
} from './rows';
import { Timeline } from './timeline';

/** Keeps a record from being read before an epoch time in milliseconds, for records that appear late. */
export interface LateInput {
	visibleAt?: number;
}

/** Profile flags of a session; null until set. */
export interface CustomerFlags {
	verified_customer: boolean | null;
	bad_actor: boolean | null;
	repeat_customer: boolean | null;
}

/** What calls and chats share beside their rows. */
export interface Session {
	id: number;
	flags: CustomerFlags;
	customData: Record<string, unknown>;
	agentId: number | null;
	menuId: number | null;
	/** Phone number of the end user, if any. */
	number: string | null;
}

export interface Call extends Session {
	row: CallRow;
	/** Contact of a campaign this call was placed for. */
	contact?: { campaignId: number; contactId: number };
}

export interface ChatMessage {
	from: 'end_user' | 'agent';
	at: string;
	message: unknown;
}

export interface ChatMedia {
	media_id: number;
	url: string;
	/** Key of the stored object. */
	key: string;
}

export interface Escalation {
	id: number;
	chat_id: number;
	status: 'pending' | 'deflected' | 'escalated' | 'closed';
	reason: string | null;
	deflection_channel: string | null;
}

export interface Chat extends Session {
	row: ChatRow;
	virtualAgent: { id: number; name: string; avatar_url: null; status: string } | null;
	messages: ChatMessage[];
	photos: ChatMedia[];
	videos: ChatMedia[];
	escalations: Escalation[];
	email: string | null;
	context: unknown;
	/** Epoch milliseconds of the last sign of life. */
	activeAt: number;
	outboundNumber: string | null;
}

export interface EmailMessage {
	id: number;
	from: string;
	from_name: string | null;
	to: string[];
	cc: string[];
	bcc: string[];
	subject: string;
	body: string;
	content_type: string;
	attachments: Array<{ file_name: string; file_type: string; size_bytes: number }>;
}

export interface Email {
	id: number;
	row: EmailRow;
	messages: EmailMessage[];
}

export interface Agent {
	id: number;
	row: AgentRow;
	user: UserRow;
	teamIds: number[];
	canDial: boolean;
	/** Caller ids to choose from; with more than one and none in the request, the agent must choose in the adapter. */
	callerIds: string[];
	ipAddress: string;
	/** A forced logout that waits for the end of the session. */
	logoutPending: boolean;
}

export interface Menu {
	id: number;
	row: MenuSummary & { hidden: boolean };
	languages: string[];
	channels: Array<'voice_call' | 'chat'>;
	assignments: Array<{ kind: 'agent' | 'team'; id: number; lang: string; channel_type: 'call' | 'chat' }>;
	hasVirtualAgent: boolean;
	/** Estimated wait in seconds. */
	wait: { voice_call: number; chat: number };
	/** Agent numbers to show instead of the counted ones, for threshold tests. */
	shownAgents: { logged_in_agents?: number; available_agents?: number; breakthrough_agents?: number };
	afterHours: boolean;
	overCapacity: boolean;
	manualRedirection: boolean;
	shutdown: unknown;
	sla: { call?: number; chat?: number };
}

export interface Team {
	id: number;
	row: Omit<TeamSummary, 'agents_count'>;
}

export interface EndUser {
	id: number;
	identifier: string | null;
	email: string | null;
	name: string | null;
	phone: string | null;
	out_contact_id: string | null;
}

export interface Contact {
	id: number;
	row: ContactRow;
	phoneNumber: string;
	email: string | null;
}

export interface Campaign {
	id: number;
	row: CampaignRow;
	menuId: number | null;
	contacts: RecordTable<Contact>;
	/** Ids still to be dialled, in order. */
	toDial: number[];
	/** True while the next dial is planned. */
	dialling: boolean;
}

/** All records of one simulated tenant. Needs no HTTP; what people do with the records is in the files named after them. */
export class Account {
	readonly random: Random;
	readonly timeline: Timeline;
	readonly jobs: JobRunner;
	readonly statuses: UserStatusRow[];
	readonly agents: RecordTable<Agent>;
	readonly activityLogs: RecordTable<{ id: number; row: ActivityLogRow }>;
	readonly calls: RecordTable<Call>;
	readonly chats: RecordTable<Chat>;
	readonly emails: RecordTable<Email>;
	readonly menus: RecordTable<Menu>;
	readonly teams: RecordTable<Team>;
	readonly campaigns: RecordTable<Campaign>;
	readonly endUsers: RecordTable<EndUser>;
	/** Do-not-call entries by digits. */
	readonly doNotCall = new Map<string, { phone_number: string; expiresAt: number | null; expires_at: string | null }>();
	/** Numbers of the tenant by digits; the first is the default caller id. */
	readonly ownNumbers = new Map<string, string>();
	/** Phone numbers of CRM tickets. */
	readonly tickets = new Map<string, string>();
	/** Numbers by digits that fail with a reason when dialled. */
	readonly unreachable = new Map<string, CallRow['fail_reason']>();
	/** Co-browse sessions by external id; false when ended. */
	readonly cobrowseSessions = new Map<string, boolean>();
	readonly locations = new Set<string>();
	readonly roles = new Set(['Agent', 'Manager', 'Admin']);
	organization: Record<string, unknown> = { name: 'Acme Support', subdomain: 'acme', time_zone: 'America/Los_Angeles' };
	private counter = 100_000;
	private readonly endUserByIdentifier = new Map<string, number>();

	constructor(
		readonly clock: SimulatorClock,
		readonly settings: UjetSettings,
		/** Notes a write that changed state. */
		readonly carryOut: (name: string, payload: unknown) => void = () => undefined,
	) {
		this.random = createRandom(settings.seed);
		this.timeline = new Timeline(clock);
		this.jobs = new JobRunner(this.timeline, settings.jobs);
		this.statuses = builtInStatuses();
		this.agents = new RecordTable(clock);
		this.activityLogs = new RecordTable(clock);
		this.calls = new RecordTable(clock);
		this.chats = new RecordTable(clock);
		this.emails = new RecordTable(clock);
		this.menus = new RecordTable(clock);
		this.teams = new RecordTable(clock);
		this.campaigns = new RecordTable(clock);
		this.endUsers = new RecordTable(clock);
	}

	/** Present time in epoch milliseconds. */
	now(): number {
		return this.timeline.now();
	}

	/** An epoch time (default now) as the vendor writes it. */
	time(at = this.now()): string {
		return new Date(at).toISOString();
	}

	/** A fresh id for things that have no table. */
	nextId(): number {
		this.counter += 1;
		return this.counter;
	}

	/** Status by name or id. */
	status(nameOrId: string | number): UserStatusRow | undefined {
		return this.statuses.find(({ id, name }) => id === nameOrId || name === nameOrId);
	}

	/** Agent by e-mail address, letter case aside. */
	agentByEmail(email: string): Agent | undefined {
		const wanted = email.toLowerCase();
		return this.agents.list().find(({ row }) => row.email.toLowerCase() === wanted);
	}

	agentSummary(agent: Agent): AgentSummary {
		const { id, first_name, last_name, agent_number, avatar_url } = agent.row;
		return { id, name: `${first_name} ${last_name}`, last_name, first_name, agent_number, avatar_url };
	}

	teamSummary(team: Team): TeamSummary {
		return { ...team.row, agents_count: this.membersOf(team.id).length };
	}

	/** Agents of a team. */
	membersOf(teamId: number): Agent[] {
		return this.agents.list().filter(({ teamIds }) => teamIds.includes(teamId));
	}

	/** Agents who serve a queue in a channel (any when left out), directly or through a team. */
	agentsOf(menu: Menu, channel?: 'call' | 'chat'): Agent[] {
		const assignments = menu.assignments.filter(({ channel_type }) => !channel || channel_type === channel);
		return this.agents
			.list()
			.filter((agent) =>
				assignments.some(({ kind, id }) => (kind === 'agent' ? agent.id === id : agent.teamIds.includes(id))),
			);
	}

	/** Menu as sessions show it; there `hidden` is a text. */
	sessionMenu(menuId: number | null): MenuSummary | null {
		const menu = menuId === null ? undefined : this.menus.get(menuId);
		return menu ? { ...menu.row, hidden: String(menu.row.hidden) } : null;
	}

	/** Menus from the root to this one. */
	menuChain(menuId: number): Menu[] {
		const menu = this.menus.get(menuId);
		if (!menu) return [];
		return menu.row.parent_id === null ? [menu] : [...this.menuChain(menu.row.parent_id), menu];
	}

	menuPath(menuId: number | null): MenuPath | null {
		const chain = menuId === null ? [] : this.menuChain(menuId);
		if (chain.length === 0) return null;
		return {
			items_count: chain.length,
			name: chain.map(({ row }) => row.name).join(' / '),
			materialized_path: chain.map(({ id }) => id).join('/'),
		};
	}

	/** True when no menu has this one as its parent. */
	isLeaf(menuId: number): boolean {
		return !this.menus.list().some(({ row }) => row.parent_id === menuId && !row.deleted);
	}

	/** Menu, agent and end user of a call, chat or email, as their rows show them. */
	sessionParties(menuId: number | null, agent: Agent | undefined, endUserId: number | null) {
		return {
			selected_menu: this.sessionMenu(menuId),
			menu_path: this.menuPath(menuId),
			agent_info: agent ? this.agentSummary(agent) : null,
			end_user: this.sessionEndUser(endUserId),
		};
	}

	sessionEndUser(endUserId: number | null): SessionEndUser | null {
		const user = endUserId === null ? undefined : this.endUsers.get(endUserId);
		return user ? { id: user.id, identifier: user.identifier, out_contact_id: user.out_contact_id } : null;
	}

	endUserByKey(identifier: string): EndUser | undefined {
		return this.endUsers.get(this.endUserByIdentifier.get(identifier) ?? -1);
	}

	/** Creates an end user, or changes the one with the same identifier. */
	putEndUser(input: Partial<EndUser>): EndUser {
		const known = input.identifier ? this.endUserByKey(input.identifier) : undefined;
		if (known) return this.endUsers.update(known.id, input) as EndUser;
		const id = input.id ?? this.endUsers.nextId(90_312);
		const empty = { identifier: null, email: null, name: null, phone: null, out_contact_id: null };
		const user = this.endUsers.add({ ...empty, ...input, id });
		if (user.identifier) this.endUserByIdentifier.set(user.identifier, id);
		return user;
	}

	/** Changes fields of a session's row, its `updated_at` included. */
	changeCall(call: Call, changes: Partial<CallRow>): void {
		Object.assign(call.row, { updated_at: this.time() }, changes);
		this.calls.update(call.id, {});
	}

	/** Changes fields of a chat's row, its `updated_at` included. */
	changeChat(chat: Chat, changes: Partial<ChatRow>): void {
		Object.assign(chat.row, { updated_at: this.time() }, changes);
		this.chats.update(chat.id, {});
	}

	/** Changes fields of a contact's row, its `updated_at` included. */
	changeContact(campaign: Campaign, contact: Contact, changes: Partial<ContactRow>): void {
		Object.assign(contact.row, { updated_at: this.time() }, changes);
		campaign.contacts.update(contact.id, {});
		campaign.row.updated_at = this.time();
	}
}

/** Statuses that only the system sets. */
export const systemStatuses: readonly string[] = [
	'Unavailable',
	'In-call',
	'In-chat',
	'Wrap-up',
	'Missed call',
	'Offline',
];

function builtInStatuses(): UserStatusRow[] {
	const make = (id: number, name: string, color: string, breakthrough = false): UserStatusRow => ({
		id,
		wfm_id: id > 0 ? 100 + id : null,
		name,
		color,
		setting: { restricted: false, all_roles_restricted: false, breakthrough_enabled: breakthrough },
		custom_roles: [],
	});
	return [
		make(0, 'Available', 'green'),
		make(-1, 'Unavailable', 'red'),
		make(-2, 'In-call', 'blue'),
		make(-3, 'In-chat', 'blue'),
		make(-4, 'Wrap-up', 'orange'),
		make(-5, 'Missed call', 'red'),
		make(-6, 'Offline', 'grey'),
		make(1, 'Lunch', 'yellow'),
		make(2, 'Break', 'yellow'),
		make(3, 'Meeting', 'purple', true),
		make(4, 'Training', 'purple', true),
	];
}

/** Types of menus that can be used as filters. */
export type FilterMenuType = Exclude<MenuType, 'email_menu'>;
