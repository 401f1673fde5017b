import { z } from 'zod';

import type { Account, Agent, Call, Menu } from './account';
import type { AgentDesk } from './agents';
import { doNotCallEntry } from './doNotCall';
import { phoneDigits } from './phone';
import { badRequest, found } from './problem';
import { looseWhole, readBody, text, whole } from './read';
import { newSession, newSessionRow, type SessionInput, type SessionView } from './sessions';
import type { CallFailReason, CallParticipant, CallRow } from './rows';

/** Fields of a call for tests and demo data; what is left out gets a plausible value. */
export type CallInput = SessionInput<CallRow>;

/** HTTP status and body of an answer; no body for 202. */
export interface Answer {
	status: number;
	body?: unknown;
}

/** A dial request that waits for its agent to choose a caller id. */
interface CallerIdPrompt {
	agentId: number;
	request: OutboundRequest;
}

const ended = new Set([
	'finished',
	'failed',
	'recovered',
	'deflected',
	'action_only_finished',
	'voicemail_received',
	'voicemail_read',
]);
const slaSeconds = 20;

const optionalText = z.string().optional();
const outboundRequest = z.object({
	call_type: z.string(),
	agent_email: optionalText,
	end_user_number: optionalText,
	ticket_id: optionalText,
	outbound_number: optionalText,
	menu_id: looseWhole.optional(),
	lang: optionalText,
});
type OutboundRequest = z.infer<typeof outboundRequest>;
const queueRequest = z.object({
	call_type: z.string(),
	menu_id: z.unknown(),
	end_user_number: optionalText,
	ticket_id: optionalText,
	outbound_number: optionalText,
	scheduled_at: optionalText,
	call_id: whole.optional(),
	recording_permission: z
		.enum(['recording_permission_not_asked', 'recording_permission_denied', 'recording_permission_granted'])
		.optional(),
	lang: optionalText,
});
type QueueRequest = z.infer<typeof queueRequest>;
const cancelRequest = z.object({ call_ids: z.array(whole).min(1) });
const thirdPartyRequest = z.object({ agent_email: text, phone_number: text, outbound_number: optionalText });

/** Places calls and moves them through their states as time passes. */
export class CallDesk {
	/** Told when a call placed for a campaign was connected or ended. */
	onContactCall: (call: Call, contact: NonNullable<Call['contact']>) => void = () => undefined;
	private readonly prompts: CallerIdPrompt[] = [];

	constructor(
		private readonly account: Account,
		private readonly agents: AgentDesk,
	) {}

	/** Dial requests that wait for a caller id. */
	get promptCount(): number {
		return this.prompts.length;
	}

	/** POST /calls. */
	create(body: unknown): Answer {
		const type = (body as { call_type?: unknown } | undefined)?.call_type;
		switch (type) {
			case 'Voice Outbound (API)':
			case 'OutboundCall':
				return this.createOutbound(readBody(outboundRequest, body));
			case 'Voice Inbound (API)':
			case 'IncomingCall':
				return this.createInbound(readBody(queueRequest, body));
			case 'Voice Scheduled (API)':
			case 'ScheduledCall':
				return this.createScheduled(readBody(queueRequest, body));
			default:
				throw badRequest('Invalid call type');
		}
	}

	/** The agent of the oldest waiting dial request chooses a caller id; the call starts now. Returns it, or undefined when none waits. */
	chooseCallerId(callerId?: string): Call | undefined {
		const prompt = this.prompts.shift();
		const agent = prompt && this.account.agents.get(prompt.agentId);
		if (!prompt || !agent) return undefined;
		return this.dial(agent, { ...prompt.request, outbound_number: callerId ?? agent.callerIds[0] });
	}

	/** PATCH /calls/scheduled/{id}/cancel: only a call that still waits for its time. */
	cancelScheduled(id: string): Record<string, unknown> {
		const call = found(this.account.calls.get(id));
		if (call.row.status !== 'scheduled') throw badRequest('Call is not scheduled');
		this.cancel(call);
		return { ...appsCall(call.row), status: 'canceled' };
	}

	/** PATCH /calls/scheduled/cancel: carried out in the background. Returns the number of the job. */
	cancelManyScheduled(body: unknown): number {
		const { call_ids: ids } = readBody(cancelRequest, body);
		const scheduled = ids.flatMap((id) => this.account.calls.get(id) ?? []).filter(({ row }) => row.status === 'scheduled');
		for (const call of scheduled) this.account.carryOut('call.cancelScheduledMany', { id: call.id });
		this.account.timeline.after(this.account.settings.pace.jobMs, () => {
			for (const call of scheduled) this.account.changeCall(call, canceledRow(this.account.time()));
		});
		return this.account.nextId();
	}

	/** PUT /calls/add/{id}/dial: rings another number for a call that its agent already takes. */
	dialThirdParty(id: string, body: unknown): unknown {
		const { account } = this;
		const call = found(account.calls.get(id));
		const { agent_email, phone_number } = readBody(thirdPartyRequest, body);
		const agent = account.agentByEmail(agent_email);
		if (!agent || call.agentId !== agent.id || call.row.status !== 'connected') throw badRequest('Agent is not on the call');
		if (phoneDigits(phone_number) === undefined) throw badRequest('phone_number is not well formed');
		const added: CallParticipant = { ...participant(account.nextId(), call, agent.id), type: 'third_party', status: 'dialing', user_id: null };
		account.changeCall(call, { participants: [...call.row.participants, added] });
		account.carryOut('call.dialThirdParty', { id: call.id, phone_number });
		const { id: participantId, type, status } = added;
		return { message: 'Third party dialing initiated', participant: { id: participantId, type, status } };
	}

	private cancel(call: Call): void {
		this.account.changeCall(call, canceledRow(this.account.time()));
		this.account.carryOut('call.cancelScheduled', { id: call.id });
	}

	/** Stores a call as it is; nothing happens to it by itself. */
	add(input: CallInput = {}): Call {
		const { calls } = this.account;
		const call: Call = newSession(this.account, input, input.id ?? calls.nextId(880_123), newRow);
		return calls.add(call, { visibleAt: input.visibleAt });
	}

	/** Puts a call into the queue of its menu now. */
	queue(call: Call): void {
		const { account } = this;
		const queuedAt = account.now();
		account.changeCall(call, { status: 'queued', queued_at: account.time(), sub_status: null });
		account.timeline.after(account.settings.pace.queueMs, () => this.offer(call, queuedAt));
	}

	/** Gives a call to an agent now. */
	assign(call: Call, agent: Agent): void {
		const { account } = this;
		const { row } = call;
		const queuedSeconds = row.queued_at ? Math.round((account.now() - Date.parse(row.queued_at)) / 1000) : 0;
		call.agentId = agent.id;
		const outbound = row.call_type.startsWith('Voice Outbound');
		this.agents.startCall(
			agent,
			call.id,
			outbound ? ['call_outbound_dialing'] : ['deltacast_call_notification_offered', 'deltacast_call_picked_up'],
		);
		account.changeCall(call, {
			status: 'assigned',
			assigned_at: account.time(),
			agent_info: account.agentSummary(agent),
			wait_duration: queuedSeconds,
			queue_duration: queuedSeconds,
			participants: [...row.participants, participant(account.nextId(), call, agent.id)],
			queue_durations: row.queued_at ? [queueDuration(call, queuedSeconds, row.queued_at, account.time())] : [],
		});
		account.timeline.after(account.settings.pace.connectMs / 2, () => this.step(call, 'assigned', 'connecting'));
		account.timeline.after(account.settings.pace.connectMs, () => this.connect(call));
	}

	/** Ends a call normally now. */
	finish(call: Call): void {
		const { account } = this;
		if (ended.has(call.row.status)) return;
		const connectedAt = call.row.connected_at ?? account.time();
		const seconds = Math.round((account.now() - Date.parse(connectedAt)) / 1000);
		account.changeCall(call, {
			status: 'finished',
			sub_status: 'Finished: Disconnected by end user',
			ends_at: account.time(),
			call_duration: seconds,
			disconnected_by: 'disconnected_by_end_user',
			finish_reason: 'no_reason',
			recording_url: call.row.recording_permission === 'granted' ? `https://media.example.com/rec/${call.id}` : null,
			participants: call.row.participants.map((one) => ({ ...one, ...endOf(seconds, account.time()) })),
			handle_durations: [handleDuration(call, seconds, connectedAt, account.time())],
		});
		this.release(call);
		this.tellCampaign(call);
	}

	/** Ends a call with a failure now. */
	fail(call: Call, reason: CallFailReason): void {
		const { account } = this;
		if (ended.has(call.row.status)) return;
		const code = adapterCodes[reason] ?? null;
		account.changeCall(call, {
			status: 'failed',
			sub_status: `Failed: ${reason}`,
			ends_at: account.time(),
			fail_reason: reason,
			fail_details: null,
			adapter_fail_code: code,
			adapter_fail_message: code === null ? null : `Call ended: ${reason}`,
			participants: call.row.participants.map((one) => ({
				...one,
				status: 'failed',
				ended_at: account.time(),
				fail_reason: reason,
			})),
		});
		this.release(call);
		this.tellCampaign(call);
	}

	/** Dials for a campaign; undefined when no agent is free. */
	dialContact(
		menuId: number | null,
		number: string,
		outboundNumber: string | null,
		contact: NonNullable<Call['contact']>,
	): Call | undefined {
		const agent = this.freeAgent(menuId);
		if (!agent) return undefined;
		const call = this.add({ call_type: 'Voice Outbound', menuId, number, outbound_number: outboundNumber });
		call.contact = contact;
		this.assign(call, agent);
		return call;
	}

	/** How shared session operations see a call. */
	view(call: Call): SessionView {
		return {
			kind: 'call',
			session: call,
			ended: ended.has(call.row.status),
			setEndUser: (id) => this.account.changeCall(call, { end_user: this.account.sessionEndUser(id), verified: true }),
		};
	}

	private createOutbound(request: OutboundRequest): Answer {
		const { account } = this;
		if (!request.agent_email) throw badRequest('Agent email required');
		const agent = account.agentByEmail(request.agent_email);
		if (!agent || agent.user.deactivated_at) throw badRequest('Not a valid agent email');
		if (!agent.canDial) throw badRequest('Agent does not have access to make calls');
		if (!request.ticket_id && !request.end_user_number) throw badRequest('ticket_id or end_user_number required');
		this.numberToDial(request, 'end_user_number is not well-formed');
		if (request.menu_id !== undefined) this.menuOf(request.menu_id);
		this.checkLanguage(request.lang, request.menu_id);
		const busy = account.settings.busyAgentsRefuse ? !this.agents.isFree(agent) : !agent.row.online;
		if (busy) throw badRequest('Agent is not available to take this call');
		if (agent.callerIds.length > 1 && !request.outbound_number) return this.askCallerId(agent, request);
		const call = this.dial(agent, request);
		account.carryOut('call.create', { ...request, id: call.id });
		return { status: 201, body: appsCall(call.row) };
	}

	private askCallerId(agent: Agent, request: OutboundRequest): Answer {
		const { account } = this;
		this.prompts.push({ agentId: agent.id, request });
		account.carryOut('call.create', request);
		if (account.settings.callerIdAnswer === 202) return { status: 202 };
		const { call_type, agent_email, end_user_number, lang = 'en' } = request;
		return { status: 200, body: { call_type, agent_email, ...(end_user_number ? { end_user_number } : {}), lang } };
	}

	private dial(agent: Agent, request: OutboundRequest): Call {
		const { account } = this;
		const call = this.add({
			call_type: 'Voice Outbound (API)',
			lang: request.lang ?? 'en',
			menuId: request.menu_id ?? null,
			number: this.numberToDial(request, ''),
			out_ticket_id: request.ticket_id ?? null,
			out_ticket_url: request.ticket_id ? `https://crm.example.com/tickets/${request.ticket_id}` : null,
			outbound_number: this.callerId(request.outbound_number),
		});
		this.assign(call, agent);
		return account.calls.get(call.id) as Call;
	}

	private createInbound(request: QueueRequest): Answer {
		const menu = this.menuOf(request.menu_id);
		if (menu.row.menu_type === 'email_menu') throw badRequest('Only IVR and mobile menu IDs are permitted');
		const number = this.checkQueueRequest(request, menu);
		if (menu.manualRedirection) throw badRequest("Menu is in 'manual redirection' state, can't accept calls");
		if (menu.afterHours || menu.shutdown)
			throw badRequest("Menu is in 'after hours' state, can't accept incoming calls");
		const call = this.addQueued('Voice Inbound (API)', request, menu, number);
		this.queue(call);
		this.account.carryOut('call.create', { ...request, id: call.id });
		return { status: 201, body: appsCall(call.row) };
	}

	private createScheduled(request: QueueRequest): Answer {
		const { account } = this;
		const parent = request.call_id === undefined ? undefined : account.calls.get(request.call_id);
		if (request.call_id !== undefined && !parent) throw badRequest(`call_id ${request.call_id} is not found`);
		const menu = this.menuOf(request.menu_id ?? parent?.menuId ?? undefined);
		// The menu of the parent call may be of any type.
		if (request.menu_id !== undefined && !['mobile_menu', 'web_menu'].includes(menu.row.menu_type))
			throw badRequest('Only mobile and web menu IDs are permitted');
		const number = this.checkQueueRequest(request, menu);
		const time = this.scheduledTime(request.scheduled_at);
		const call = this.addQueued('Voice Scheduled (API)', request, menu, number);
		account.changeCall(call, { status: 'scheduled', scheduled_at: account.time(time), parent_id: parent?.id ?? null });
		account.timeline.at(time, () => {
			if (call.row.status === 'scheduled') this.queue(call);
		});
		account.carryOut('call.create', { ...request, id: call.id });
		const sample = { call_type: 'Voice Inbound (API)', status: 'queued' };
		return {
			status: 201,
			body: { ...appsCall(call.row), ...(account.settings.scheduledAnswer === 'sample' ? sample : {}) },
		};
	}

	private scheduledTime(text: string | undefined): number {
		if (!text) throw badRequest('scheduled_at is required');
		const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : NaN;
		if (Number.isNaN(time)) throw badRequest('scheduled_at is not well formed');
		if (time <= this.account.now()) throw badRequest('scheduled_at must be in the future');
		return time;
	}

	private checkQueueRequest(request: QueueRequest, menu: Menu): string {
		if (!request.end_user_number) throw badRequest('end_user_number is required');
		const number = this.numberToDial(request, 'end_user_number is not well formed');
		this.checkLanguage(request.lang, menu.id);
		return number;
	}

	private addQueued(callType: string, request: QueueRequest, menu: Menu, number: string): Call {
		return this.add({
			call_type: callType,
			lang: request.lang ?? 'en',
			menuId: menu.id,
			number,
			out_ticket_id: request.ticket_id ?? null,
			recording_permission: (request.recording_permission ?? 'recording_permission_not_asked').replace(
				'recording_permission_',
				'',
			),
			outbound_number: this.callerId(request.outbound_number),
		});
	}

	/** The ticket's number, else the number sent; a problem when it is none or must not be called. */
	private numberToDial(request: { ticket_id?: string; end_user_number?: string }, malformed: string): string {
		const { account } = this;
		const ticketNumber = request.ticket_id ? account.tickets.get(request.ticket_id) : undefined;
		if (request.ticket_id && ticketNumber === undefined) throw badRequest('Contact not found');
		const number = ticketNumber ?? (request.end_user_number as string);
		if (phoneDigits(number) === undefined) throw badRequest(malformed);
		// The vendor documents the block, not its text.
		if (doNotCallEntry(account, number)) throw badRequest('end_user_number is in the Do Not Call list');
		return number;
	}

	/** The number sent when the tenant has it, else the tenant's default, as documented for inbound calls. */
	private callerId(number: string | undefined): string | null {
		const { ownNumbers } = this.account;
		return ownNumbers.get(phoneDigits(number) ?? '') ?? ownNumbers.values().next().value ?? null;
	}

	private menuOf(menuId: unknown): Menu {
		if (menuId === undefined || menuId === null || menuId === '') throw badRequest('menu_id is required');
		if (!/^\d+$/.test(String(menuId))) throw badRequest('menu_id is not well formed');
		const menu = this.account.menus.get(String(menuId));
		if (!menu || menu.row.deleted) throw badRequest(`menu_id ${String(menuId)} is not found`);
		return menu;
	}

	private checkLanguage(lang = 'en', menuId?: number): void {
		if (!/^[a-z]{2}$/i.test(lang)) throw badRequest(`Language '${lang}' is not found`);
		const menu = menuId === undefined ? undefined : this.account.menus.get(menuId);
		const languages = menu?.languages ?? ['en', 'es', 'fr', 'de'];
		if (!languages.includes(lang)) throw badRequest(`Language '${lang}' is not available`);
	}

	private freeAgent(menuId: number | null): Agent | undefined {
		const { account } = this;
		const menu = menuId === null ? undefined : account.menus.get(menuId);
		const candidates = menu ? account.agentsOf(menu, 'call') : account.agents.list();
		return candidates.find(
			(agent) => this.agents.isFree(agent) && (agent.row.call_count === 0 || !account.settings.busyAgentsRefuse),
		);
	}

	private offer(call: Call, queuedAt: number): void {
		const { account } = this;
		const { pace } = account.settings;
		if (call.row.status !== 'queued') return;
		const agent = this.freeAgent(call.menuId);
		if (agent) return this.assign(call, agent);
		if (account.now() - queuedAt >= pace.expireMs) return this.fail(call, 'expired');
		account.timeline.after(pace.queueMs, () => this.offer(call, queuedAt));
	}

	private step(call: Call, from: string, to: string): void {
		if (call.row.status === from) this.account.changeCall(call, { status: to });
	}

	private connect(call: Call): void {
		const { account } = this;
		if (call.row.status !== 'connecting') return;
		const reason = account.unreachable.get(phoneDigits(call.number) ?? '');
		if (reason) return this.fail(call, reason as CallFailReason);
		account.changeCall(call, {
			status: 'connected',
			connected_at: account.time(),
			participants: call.row.participants.map((one) => ({ ...one, status: 'connected', connected_at: account.time() })),
		});
		this.tellCampaign(call);
		account.timeline.after(account.settings.pace.talkMs, () => {
			if (call.row.status === 'connected') this.finish(call);
		});
	}

	private tellCampaign(call: Call): void {
		if (call.contact) this.onContactCall(call, call.contact);
	}

	private release(call: Call): void {
		const agent = call.agentId === null ? undefined : this.account.agents.get(call.agentId);
		if (agent && call.row.assigned_at) this.agents.endCall(agent);
	}
}

const adapterCodes: Partial<Record<CallFailReason, number>> = {
	expired: 11001,
	eu_canceled: 20001,
	eu_rejected: 20002,
	eu_abandoned: 20003,
	eu_busy: 21001,
	eu_wrong_number: 21002,
	eu_no_answer: 21003,
};

/** A row with nothing in it, to be copied: adding so many keys one by one costs more than all else of a demo account. */
const emptyRow: CallRow = {
	...newSessionRow(0, ''),
	parent_id: null,
	call_type: 'Voice Inbound (IVR)',
	status: 'queued',
	queued_at: null,
	connected_at: null,
	scheduled_at: null,
	call_duration: 0,
	hold_duration: 0,
	voip_provider: 'voip_provider_twilio',
	recording_url: null,
	recording_permission: 'not_asked',
	voicemail_reason: 'not_voicemail',
	deflection: 'no_deflection',
	disconnected_by: 'disconnected_by_unknown',
	finish_reason: 'no_reason',
	fail_details: null,
	fail_reason: 'nothing',
	adapter_fail_code: null,
	adapter_fail_message: null,
	support_number: null,
	answer_type: 'manual',
	outbound_number: null,
	wait_time_sms: [],
	in_call_sms: [],
};

function newRow(id: number, createdAt: string): CallRow {
	return { ...emptyRow, ...newSessionRow(id, createdAt), wait_time_sms: [], in_call_sms: [] };
}

function participant(id: number, call: Call, agentId: number): CallParticipant {
	return {
		id,
		type: 'agent',
		status: 'waiting',
		call_id: call.id,
		user_id: agentId,
		end_user_id: null,
		call_duration: null,
		hold_duration: null,
		connected_at: null,
		ended_at: null,
		fail_reason: 'nothing',
	};
}

/** The vendor's sample of a cancelled call has the status `canceled`; its lists know only `failed` with the reason beside. */
const canceledRow = (time: string): Partial<CallRow> => ({ status: 'failed', fail_reason: 'eu_canceled', ends_at: time });

const endOf = (seconds: number, time: string): Partial<CallParticipant> => ({
	status: 'finished',
	call_duration: seconds,
	hold_duration: 0,
	ended_at: time,
});

function queueDuration(call: Call, seconds: number, from: string, to: string): CallRow['queue_durations'][number] {
	return {
		agent_id: call.agentId,
		queue_duration: seconds,
		menu_path_id: call.menuId,
		lang: call.row.lang,
		transfer: false,
		started_at: from,
		ended_at: to,
		service_level_event: seconds <= slaSeconds ? 'in_sla' : 'not_in_sla',
		service_level_target_percent: 80,
		service_level_target_time: slaSeconds,
	};
}

function handleDuration(call: Call, seconds: number, from: string, to: string): CallRow['handle_durations'][number] {
	return {
		agent_id: call.agentId,
		acw_duration: 0,
		call_duration: seconds,
		menu_path_id: call.menuId,
		wait_duration: call.row.wait_duration,
		lang: call.row.lang,
		transfer: false,
		started_at: from,
		ended_at: to,
	};
}

/** A call as the Apps API shows it: without the keys only the Manager API has. */
export function appsCall(row: CallRow): Record<string, unknown> {
	const shown: Record<string, unknown> = { ...row, deflection_details: [] };
	for (const key of managerOnly) delete shown[key];
	return shown;
}

const managerOnly: Array<keyof CallRow> = [
	'sub_status',
	'updated_at',
	'queue_duration',
	'finish_reason',
	'adapter_fail_code',
	'adapter_fail_message',
	'handle_durations',
	'queue_durations',
	'wait_time_sms',
	'in_call_sms',
];
