import {
	activities,
	callFailReasons,
	callStatuses,
	chatFailReasons,
	chatStatuses,
	chatTypes,
	emailStatuses,
	menuTypes,
} from './rows';
import type { Account, Agent, Call, Campaign, Chat, Contact, Email, Menu, Team } from './account';
import type { CampaignDesk } from './campaigns';
import type { ListDefinition, ListFilter, RangeFilter } from './lists';
import type { ActivityLogRow } from './rows';

const flags = ['true', 'false'];

/** Codes of the `call_type[]` filter, by the label rows carry. */
const callTypeCodes: Record<string, string> = {
	'Voice Inbound (IVR)': 'IvrCall',
	'Voice Inbound (App)': 'IncomingCallApp',
	'Voice Inbound (API)': 'IncomingCallApp',
	'Voice Callback (Web)': 'IncomingCallWeb',
	'Voice Scheduled (App)': 'ScheduledCallApp',
	'Voice Scheduled (Web)': 'ScheduledCallWeb',
	'Voice Scheduled (API)': 'AgentScheduledCall',
	'Voice Outbound': 'OutboundCall',
	'Voice Outbound (API)': 'OutboundCall',
	'Action Only': 'ActionOnlyCall',
};

type Row = Record<string, never>;

/** Ranges over fields of the row, named like them. */
function ranges<T extends { row: object }>(
	kind: RangeFilter<T>['kind'],
	...names: string[]
): Record<string, RangeFilter<T>> {
	return Object.fromEntries(names.map((name) => [name, { kind, value: ({ row }: T) => (row as Row)[name] }]));
}

/** Value filters over fields of the row, named like them. */
function fields<T extends { row: object }>(...names: string[]): Record<string, ListFilter<T>> {
	return Object.fromEntries(names.map((name) => [name, { value: ({ row }: T) => (row as Row)[name] }]));
}

/** Agent as the Manager API shows it, with teams and channels. */
export function showAgent(account: Account, agent: Agent): Record<string, unknown> {
	const menus = account.menus.list().filter((menu) => account.agentsOf(menu).includes(agent));
	return {
		...agent.row,
		roles: agent.row.roles.map((role) => role.toLowerCase()),
		availability_preferences: null,
		teams: agent.teamIds.flatMap((id) => {
			const team = account.teams.get(id);
			return team ? [account.teamSummary(team)] : [];
		}),
		channels: menus.flatMap((menu) =>
			menu.channels.map((channel) => ({
				channel_type: channel === 'voice_call' ? 'call' : 'chat',
				menu: account.sessionMenu(menu.id),
			})),
		),
	};
}

/** Team with its members. */
export function showTeam(account: Account, team: Team): Record<string, unknown> {
	return {
		...account.teamSummary(team),
		assignees: account.membersOf(team.id).map((agent) => account.agentSummary(agent)),
	};
}

/** Menu with its assignments. `assignees` of a team with one member is an object, as the vendor's model shows it. */
export function showMenu(account: Account, menu: Menu): Record<string, unknown> {
	const base = { queue_level: 'primary' };
	const agents = menu.assignments.flatMap(({ kind, id, lang, channel_type }) => {
		const agent = kind === 'agent' ? account.agents.get(id) : undefined;
		return agent ? [{ ...base, lang, channel_type, assignee: account.agentSummary(agent) }] : [];
	});
	const teams = menu.assignments.flatMap(({ kind, id, lang, channel_type }) => {
		const found = kind === 'team' ? account.teams.get(id) : undefined;
		if (!found) return [];
		const shown = showTeam(account, found) as { assignees: unknown[] };
		const assignees = shown.assignees.length === 1 ? shown.assignees[0] : shown.assignees;
		return [{ ...base, lang, channel_type, team: { ...shown, assignees } }];
	});
	return { ...menu.row, agent_assignments: agents, team_assignments: teams };
}

/** The lists of the Manager API. */
export function managerLists(
	account: Account,
	campaigns: CampaignDesk,
): {
	agents: ListDefinition<Agent>;
	activityLogs: ListDefinition<{ id: number; row: ActivityLogRow }>;
	calls: ListDefinition<Call>;
	chats: ListDefinition<Chat>;
	emails: ListDefinition<Email>;
	menus: ListDefinition<Menu>;
	teams: ListDefinition<Team>;
	campaigns: ListDefinition<Campaign>;
	contacts: (campaign: Campaign) => ListDefinition<Contact>;
} {
	const session = {
		...fields<Call | Chat>('id'),
		agent_id: { value: ({ agentId }: Call | Chat) => agentId },
		end_user_id: { value: ({ row }: Call | Chat) => row.end_user?.id },
		verified: { value: ({ row }: Call | Chat) => row.verified, allowed: flags },
	};
	return {
		agents: {
			table: () => account.agents,
			row: ({ row }) => row,
			show: (agent) => showAgent(account, agent),
			lists: agentFilters,
			ranges: {
				...ranges('time', 'last_login_time', 'status_updated_at'),
				...ranges('number', 'call_count', 'chat_count'),
			},
		},
		activityLogs: {
			table: () => account.activityLogs,
			row: ({ row }) => row,
			lists: {
				...fields('id', 'agent_id', 'call_id', 'chat_id'),
				activity: { value: ({ row }) => row.activity, allowed: activities },
				whodunnit_id: { value: ({ row }) => row.whodunnit?.id },
			},
			ranges: { ...ranges('time', 'started_at', 'ended_at'), ...ranges('number', 'duration') },
			boundedBy: ['started_at', 'ended_at', 'id', 'call_id', 'chat_id'],
		},
		calls: {
			table: () => account.calls,
			row: ({ row }) => row,
			lists: {
				...session,
				...fields('support_number'),
				call_status: { value: ({ row }) => row.status, allowed: callStatuses },
				call_fail_reason: { value: ({ row }) => row.fail_reason, allowed: callFailReasons },
				call_type: {
					value: ({ row }) => callTypeCodes[row.call_type],
					allowed: [...new Set([...Object.values(callTypeCodes)])],
				},
			},
			ranges: {
				...ranges(
					'time',
					'assigned_at',
					'ends_at',
					'scheduled_at',
					'created_at',
					'connected_at',
					'updated_at',
					'queued_at',
				),
				...ranges('number', 'rating', 'call_duration', 'hold_duration'),
			},
		},
		chats: {
			table: () => account.chats,
			row: ({ row }) => row,
			lists: {
				...session,
				chat_type: { value: ({ row }) => row.chat_type, allowed: chatTypes },
				chat_status: { value: ({ row }) => row.status, allowed: chatStatuses },
				chat_fail_reason: { value: ({ row }) => row.fail_reason ?? 'nothing', allowed: chatFailReasons },
			},
			ranges: {
				...ranges(
					'time',
					'assigned_at',
					'ends_at',
					'updated_at',
					'created_at',
					'first_msg_sent_at',
					'last_msg_sent_at',
				),
				...ranges('number', 'rating', 'chat_duration', 'message_count', 'wait_duration'),
				...ranges('number', 'average_response_time', 'longest_response_time'),
			},
		},
		emails: {
			table: () => account.emails,
			row: ({ row }) => row,
			lists: {
				...fields('id'),
				agent_id: { value: ({ row }) => row.agent_info?.id },
				end_user_id: { value: ({ row }) => row.end_user?.id },
				email_status: { value: ({ row }) => row.email_status, allowed: emailStatuses },
			},
			ranges: {
				...ranges('time', 'assigned_at', 'finished_at', 'updated_at', 'created_at'),
				...ranges('number', 'total_thread_numbers'),
			},
		},
		menus: {
			table: () => account.menus,
			row: ({ row }) => row,
			show: (menu) => showMenu(account, menu),
			deleted: ({ row }) => row.deleted,
			lists: {
				...fields('id', 'name', 'parent_id', 'position'),
				menu_type: { value: ({ row }) => row.menu_type, allowed: menuTypes },
				hidden: { value: ({ row }) => row.hidden, allowed: flags },
			},
		},
		teams: {
			table: () => account.teams,
			row: (team) => account.teamSummary(team),
			show: (team) => showTeam(account, team),
			deleted: ({ row }) => row.deleted,
			lists: fields('id', 'name', 'parent_id', 'position'),
			ranges: { agents_count: { kind: 'number', value: (team) => account.membersOf(team.id).length } },
		},
		campaigns: { table: () => account.campaigns, row: ({ row }) => row, show: (campaign) => campaigns.show(campaign) },
		contacts: (campaign) => ({ table: () => campaign.contacts, row: ({ row }) => row }),
	};
}

/** Value filters of agents, shared by the Manager agents and the Apps users. */
export const agentFilters: Record<string, ListFilter<Agent>> = {
	...fields<Agent>('id', 'agent_number', 'location'),
	status_id: { value: ({ row }) => row.status.id },
	online: { value: ({ row }) => row.online, allowed: flags },
	wrap_up: { value: ({ row }) => row.wrap_up, allowed: flags },
};
