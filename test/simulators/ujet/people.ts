import type { Account, Agent, Email, EmailMessage, LateInput, Menu, Team } from './account';
import type { AgentDesk } from './agents';
import type { AgentRow, EmailRow, MenuSummary, UserRow } from './rows';

export type AgentInput = Partial<Omit<AgentRow, 'status'>> &
	Partial<Pick<Agent, 'teamIds' | 'canDial' | 'callerIds' | 'ipAddress'>> & {
		status?: string;
		user?: Partial<UserRow>;
	};
export type MenuInput = Partial<MenuSummary & { hidden: boolean }> & Partial<Omit<Menu, 'id' | 'row'>>;
export type EmailInput = Partial<EmailRow> &
	LateInput & { agentId?: number; menuId?: number; endUserId?: number; messages?: Array<Partial<EmailMessage>> };

/** Adds agents, teams, menus and e-mails to an account, without any check. */
export class People {
	constructor(
		private readonly account: Account,
		private readonly desk: AgentDesk,
	) {}

	/** Adds an agent, available and logged in unless `status` or `online` says otherwise. */
	addAgent(input: AgentInput = {}): Agent {
		const { account } = this;
		const { teamIds = [], canDial = true, callerIds = [], ipAddress, status: name, user, ...fields } = input;
		const id = input.id ?? account.agents.nextId(17);
		const online = fields.online ?? name !== 'Offline';
		const created = account.time();
		const wanted = account.status(name ?? (online ? 'Available' : 'Offline'));
		const offline = account.status('Offline');
		if (!wanted || !offline) throw new RangeError(`No status: ${name}`);
		const row: AgentRow = {
			id,
			email: `agent-${id}@example.com`,
			created_at: created,
			last_login_time: null,
			first_name: 'Agent',
			middle_name: null,
			last_name: String(id),
			avatar_url: null,
			agent_number: `A-${String(id).padStart(3, '0')}`,
			status: offline,
			status_updated_at: created,
			crm_authenticated: true,
			wrap_up: false,
			call_count: 0,
			chat_count: 0,
			location: null,
			roles: ['Agent'],
			...fields,
			online: false,
		};
		if (row.location) account.locations.add(row.location);
		const agent = account.agents.add({
			id,
			row,
			user: { ...plainUser(), ...user },
			teamIds,
			canDial,
			callerIds,
			ipAddress: ipAddress ?? `198.51.100.${(id % 254) + 1}`,
			logoutPending: false,
		});
		if (online) this.desk.logIn(agent);
		this.desk.setStatus(agent, wanted);
		return agent;
	}

	addTeam(input: Partial<Team['row']> = {}): Team {
		const id = input.id ?? this.account.teams.nextId();
		return this.account.teams.add({
			id,
			row: { id, name: `Team ${id}`, parent_id: null, position: id, deleted: false, ...input },
		});
	}

	addMenu(input: MenuInput = {}): Menu {
		const { account } = this;
		const { name, parent_id, position, deleted, hidden, menu_type, output_msg, ...rest } = input;
		const id = input.id ?? account.menus.nextId(31);
		const row = {
			id,
			name: name ?? `Queue ${id}`,
			parent_id: parent_id ?? null,
			position: position ?? 1,
			deleted: deleted ?? false,
			hidden: hidden ?? false,
			menu_type: menu_type ?? 'ivr_menu',
			output_msg: output_msg ?? null,
		} as const;
		return account.menus.add({
			languages: ['en'],
			channels: ['voice_call', 'chat'],
			assignments: [],
			hasVirtualAgent: false,
			wait: { voice_call: 0, chat: 0 },
			shownAgents: {},
			afterHours: false,
			overCapacity: false,
			manualRedirection: false,
			shutdown: null,
			sla: {},
			...rest,
			id,
			row,
		});
	}

	/** Adds an e-mail session with its messages (one, unless given). */
	addEmail(input: EmailInput = {}): Email {
		const { account } = this;
		const { agentId, menuId = null, endUserId = null, messages = [{}], visibleAt, ...fields } = input;
		const id = input.id ?? account.emails.nextId(4410);
		const agent = agentId === undefined ? undefined : account.agents.get(agentId);
		const created = fields.created_at ?? account.time();
		const full = messages.map((message) => emailMessage(account.nextId(), message));
		const row: EmailRow = {
			id,
			lang: 'en',
			email_status: 'unopened',
			created_at: created,
			assigned_at: agent ? created : null,
			finished_at: null,
			updated_at: created,
			queue_duration: 0,
			email_duration: 0,
			out_ticket_id: null,
			out_ticket_url: null,
			total_thread_numbers: full.length,
			...account.sessionParties(menuId, agent, endUserId),
			email_attachments: [],
			email_threads: full.map((message, index) => ({
				id: message.id,
				subject: message.subject,
				attachment_count: message.attachments.length,
				direction: index % 2 === 0 ? 'inbound' : 'outbound',
				is_read: false,
				is_draft: false,
				created_at: created,
				updated_at: created,
			})),
			transfers: [],
			handle_durations: [],
			queue_durations: [],
			consumer_handle_durations: [],
			...fields,
		};
		return account.emails.add({ id, row, messages: full }, { visibleAt });
	}
}

function plainUser(): UserRow {
	return {
		max_chat_limit: 5,
		max_chat_limit_enabled: false,
		unrestricted_international_calling: false,
		deactivated_at: null,
		ucaas_user_name: null,
		ucaas_sip_uri: null,
		external_user: false,
		phone_numbers: [],
		extension_numbers: [],
	};
}

function emailMessage(id: number, input: Partial<EmailMessage>): EmailMessage {
	return {
		id,
		from: 'customer@example.com',
		from_name: null,
		to: ['support@example.com'],
		cc: [],
		bcc: [],
		subject: 'Question',
		body: 'Hello',
		content_type: 'text/plain',
		attachments: [],
		...input,
	};
}
