import { BlockList } from 'node:net';
import { z } from 'zod';

import { systemStatuses, type Account, type Agent } from './account';
import { badRequest, found } from './problem';
import { readBody, text, whole } from './read';
import type { Activity, UserStatusRow } from './rows';

/** Result of a status change or a logout for one agent. */
export interface AgentResult {
	agent_id: number;
	name?: string;
	email?: string;
	agent_number?: string | null;
	previous_status?: string;
	current_status?: string;
	message?: string;
}

export interface LogoutJob {
	id: number;
	status: 'created' | 'in_progress' | 'finished';
	created_at: string;
	total: number;
	processed: number;
	results: AgentResult[];
}

/** Statuses, logins and logouts of agents, and the log of what they do. */
export class AgentDesk {
	readonly logoutJobs = new Map<number, LogoutJob>();
	/** Id of the open status log of each agent. */
	private readonly openLogs = new Map<number, number>();

	constructor(private readonly account: Account) {}

	/** Adds an entry to the activity log. */
	log(agent: Agent, activity: Activity, session: { callId?: number; chatId?: number } = {}): void {
		this.addLog(agent, activity, agent.row.status, session, true);
	}

	/** Gives an agent a status, closes the log of the one before and opens a new one. */
	setStatus(agent: Agent, status: UserStatusRow, activity: Activity = 'user_status_changed'): void {
		const { account } = this;
		if (agent.row.status.id === status.id) return;
		this.closeLog(agent);
		agent.row.status = status;
		agent.row.status_updated_at = account.time();
		agent.row.wrap_up = status.name === 'Wrap-up';
		agent.row.online = status.name !== 'Offline';
		account.agents.update(agent.id, {});
		this.openLogs.set(agent.id, this.addLog(agent, activity, status, {}, false));
	}

	/** Logs an agent in. */
	logIn(agent: Agent): void {
		agent.row.last_login_time = this.account.time();
		this.log(agent, 'login');
		this.setNamedStatus(agent, 'Available');
	}

	/** Logs an agent out at once. */
	logOut(agent: Agent): void {
		agent.logoutPending = false;
		this.log(agent, 'logout');
		this.setNamedStatus(agent, 'Offline');
	}

	/** True when an agent can take a session now. */
	isFree(agent: Agent): boolean {
		return agent.row.online && agent.row.status.name === 'Available';
	}

	/** The agent takes a call. */
	startCall(agent: Agent, callId: number, picked: Activity[]): void {
		for (const activity of picked) this.log(agent, activity, { callId });
		agent.row.call_count += 1;
		this.setNamedStatus(agent, 'In-call');
	}

	/** The agent's call ended: wrap-up, then available again or logged out. */
	endCall(agent: Agent): void {
		const { account } = this;
		agent.row.call_count = Math.max(0, agent.row.call_count - 1);
		if (agent.row.call_count > 0 || agent.row.status.name !== 'In-call') return;
		if (agent.logoutPending) return this.logOut(agent);
		this.setNamedStatus(agent, 'Wrap-up');
		account.timeline.after(account.settings.pace.wrapUpMs, () => {
			if (agent.row.status.name === 'Wrap-up') this.setNamedStatus(agent, 'Available');
		});
	}

	/** The agent takes a chat; agents serve several at once, so the status stays. */
	startChat(agent: Agent, chatId: number): void {
		this.log(agent, 'chat_notification_offered', { chatId });
		this.log(agent, 'chat_picked_up', { chatId });
		agent.row.chat_count += 1;
		this.account.agents.update(agent.id, {});
	}

	/** The agent's chat ended. */
	endChat(agent: Agent): void {
		agent.row.chat_count = Math.max(0, agent.row.chat_count - 1);
		this.account.agents.update(agent.id, {});
		if (agent.logoutPending && !isBusy(agent)) this.logOut(agent);
	}

	/** POST /agent_statuses. */
	update(body: unknown): AgentResult[] {
		const { status: name, agent_ids, team_ids } = readBody(statusUpdate, body);
		if (agent_ids.length + team_ids.length === 0) throw badRequest('agent_ids or team_ids is required');
		const status = this.account.status(name);
		if (!status) throw badRequest(`status '${name}' is not found`);
		if (systemStatuses.includes(name)) throw badRequest(`Agent can't be changed to system status '${name}'`);
		return this.select({ agent_ids, team_ids }).map((selected) => this.updateOne(selected, status));
	}

	/** POST /agent_statuses/force_logout: results, or a job when many agents are meant. */
	forceLogout(body: unknown): AgentResult[] | LogoutJob {
		const { account } = this;
		const selection = readBody(logoutSelection, body);
		if (!selection.agent_ids && !selection.team_ids && !selection.ip_addrs)
			throw badRequest('agent_ids, team_ids or ip_addrs is required');
		const selected = this.select(selection);
		if (selected.length <= account.settings.logoutJobAbove) return selected.map((one) => this.forceOne(one, true));
		for (const one of selected) account.carryOut('agentStatus.forceLogout', { agent_id: idOf(one) });
		return this.startLogoutJob(selected);
	}

	/** GET /agent_statuses/jobs/{id}. */
	logoutJob(id: number): LogoutJob {
		const job = found(this.logoutJobs.get(id));
		const answer = { ...job, results: [...job.results] };
		this.account.jobs.wasRead(job);
		return answer;
	}

	private startLogoutJob(selected: Array<Agent | number>): LogoutJob {
		const { account } = this;
		const { jobMs } = account.settings.pace;
		const id = account.nextId();
		const total = selected.length;
		const job: LogoutJob = { id, status: 'created', created_at: account.time(), total, processed: 0, results: [] };
		this.logoutJobs.set(id, job);
		account.jobs.run(job, [
			{ afterMs: jobMs, enter: () => (job.status = 'in_progress') },
			{
				afterMs: jobMs,
				enter: () => {
					job.results = selected.map((one) => this.forceOne(one, false));
					Object.assign(job, { status: 'finished', processed: total });
				},
			},
		]);
		return { ...job };
	}

	private updateOne(selected: Agent | number, status: UserStatusRow): AgentResult {
		if (typeof selected === 'number') return unknownAgent(selected);
		const previous = selected.row.status.name;
		if (systemStatuses.includes(previous))
			return this.result(selected, previous, `Agent can't be changed from system status '${previous}'`);
		this.setStatus(selected, status);
		this.account.carryOut('agentStatus.update', { agent_id: selected.id, status: status.name });
		return this.result(selected, previous);
	}

	private forceOne(selected: Agent | number, counts: boolean): AgentResult {
		if (typeof selected === 'number') return unknownAgent(selected);
		const previous = selected.row.status.name;
		if (!selected.row.online) return this.result(selected, previous, 'Agent is not logged in');
		if (counts) this.account.carryOut('agentStatus.forceLogout', { agent_id: selected.id });
		if (isBusy(selected)) {
			selected.logoutPending = true;
			return this.result(selected, previous, 'Agent will be logged out when the current session ends');
		}
		this.logOut(selected);
		return this.result(selected, previous);
	}

	private result(agent: Agent, previous: string, message?: string): AgentResult {
		const { name, agent_number } = this.account.agentSummary(agent);
		const { email, status } = agent.row;
		return {
			agent_id: agent.id,
			name,
			email,
			agent_number,
			previous_status: previous,
			current_status: status.name,
			...(message === undefined ? {} : { message }),
		};
	}

	/** Agents a selection means, each once; an unknown id stays a number. */
	private select(selection: { agent_ids?: number[]; team_ids?: number[]; ip_addrs?: string[] }): Array<Agent | number> {
		const { account } = this;
		const addresses = addressList(selection.ip_addrs ?? []);
		const chosen = new Map<number, Agent | number>();
		for (const id of selection.agent_ids ?? []) chosen.set(id, account.agents.get(id) ?? id);
		for (const id of selection.team_ids ?? []) {
			if (!account.teams.get(id)) throw badRequest(`team_id ${id} is not found`);
			for (const agent of account.membersOf(id)) chosen.set(agent.id, agent);
		}
		for (const agent of selection.ip_addrs?.length ? account.agents.list() : []) {
			if (agent.row.online && addresses.check(agent.ipAddress)) chosen.set(agent.id, agent);
		}
		return [...chosen.values()];
	}

	private setNamedStatus(agent: Agent, name: string): void {
		this.setStatus(agent, this.account.status(name) as UserStatusRow);
	}

	private closeLog(agent: Agent): void {
		const { account } = this;
		const log = account.activityLogs.get(this.openLogs.get(agent.id) ?? -1);
		if (!log) return;
		const duration = Math.round((account.now() - Date.parse(log.row.started_at)) / 1000);
		Object.assign(log.row, { ended_at: account.time(), duration });
		account.activityLogs.update(log.id, {});
	}

	private addLog(
		agent: Agent,
		activity: Activity,
		status: UserStatusRow,
		session: { callId?: number; chatId?: number },
		ended: boolean,
	): number {
		const { account } = this;
		const started_at = account.time();
		const id = account.activityLogs.nextId(918_273);
		account.activityLogs.add({
			id,
			row: {
				id,
				agent_id: agent.id,
				whodunnit: account.agentSummary(agent),
				status,
				started_at,
				ended_at: ended ? started_at : null,
				duration: ended ? 0 : null,
				activity,
				call_id: session.callId ?? null,
				chat_id: session.chatId ?? null,
			},
		});
		return id;
	}
}

const ids = z.array(whole);
const agentSelection = z.object({ agent_ids: ids.optional(), team_ids: ids.optional() });
const logoutSelection = agentSelection.extend({ ip_addrs: z.array(text).optional() });
const statusUpdate = z.object({ status: text, agent_ids: ids, team_ids: ids });

const idOf = (selected: Agent | number): number => (typeof selected === 'number' ? selected : selected.id);
const unknownAgent = (id: number): AgentResult => ({ agent_id: id, message: 'Agent is not found' });
const isBusy = (agent: Agent): boolean => agent.row.call_count + agent.row.chat_count > 0;

/** Single addresses, CIDR blocks and ranges `first-last`. */
function addressList(entries: string[]): BlockList {
	const list = new BlockList();
	for (const entry of entries) {
		const family = entry.includes(':') ? 'ipv6' : 'ipv4';
		try {
			const [first = '', last] = entry.split(entry.includes('/') ? '/' : '-').map((part) => part.trim());
			if (last === undefined) list.addAddress(first, family);
			else if (entry.includes('/')) list.addSubnet(first, Number(last), family);
			else list.addRange(first, last, family);
		} catch {
			throw badRequest(`ip_addrs '${entry}' is invalid`);
		}
	}
	return list;
}
