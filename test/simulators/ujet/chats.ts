import { z } from 'zod';

import type { Account, Agent, Chat, ChatMedia, Escalation } from './account';
import type { AgentDesk } from './agents';
import { phoneDigits } from './phone';
import { badRequest, found } from './problem';
import { looseWhole, readBody, text, whole } from './read';
import { newSession, newSessionRow, type SessionInput, type SessionView } from './sessions';
import { photoRule, videoRule, type Storage, type StoredObject, type UploadRule } from './storage';
import type { ChatRow } from './rows';

/** Fields of a chat for tests and demo data; what is left out gets a plausible value. */
export type ChatInput = SessionInput<ChatRow>;

const resumable = new Set(['dismissed', 'va_dismissed']);
const ended = new Set(['finished', 'canceled', 'failed', 'no_response']);
const deflectionChannels = ['human_agent', 'email', 'external_link'];

const newChat = z.object({
	chat: z.object({
		menu_id: whole,
		end_user_id: whole,
		// For the look-up in the CRM.
		end_user: z.object({ phone: z.string().optional() }).optional(),
		lang: z.string().optional(),
		email: z.string().optional(),
		context: z.object({}).passthrough().optional(),
		transcript: z.array(z.object({}).passthrough()).optional(),
	}),
});
const chatChange = z.object({
	finished_by_user_id: whole.optional(),
	chat: z.object({
		status: z.string().optional(),
		deflection_channel: z.string().optional(),
		escalation_id: whole.optional(),
	}),
});
const newMessage = z.object({
	from_user_id: whole,
	message: z.object({
		type: z.enum(['text', 'photo', 'video']),
		content: z
			.union([z.string(), z.object({ text: z.string().optional(), media_id: looseWhole.optional() }).passthrough()])
			.optional(),
		media_id: looseWhole.optional(),
	}),
});
const newEscalation = z.object({ reason: z.string().optional(), force_escalate: z.boolean().optional() });
const photoRequest = z.object({
	photo: z.array(z.object({ s3_path: text, photo_type: z.string().optional() })).min(1),
});
const videoRequest = z.object({ video: z.object({ s3_path: text }) });
const smsRequest = z.object({
	chat_type: z.string().optional(),
	end_user_number: z.string().optional(),
	outbound_number: z.string().optional(),
	message: z.string().optional(),
	ticket_id: z.string().optional(),
	agentId: whole.optional(),
	agent_id: whole.optional(),
	agentEmail: z.string().optional(),
	agent_email: z.string().optional(),
});
const sessionlessRequest = z.object({
	from_phone: text,
	to_phones: z.array(text).min(1),
	messages: z.array(text).min(1),
});

/** Chats and SMS sessions. */
export class ChatDesk {
	/** Key of the stored object of each media id. */
	private readonly mediaKeys = new Map<number, string>();

	constructor(
		private readonly account: Account,
		private readonly agents: AgentDesk,
		private readonly storage: Storage,
	) {}

	/** Stores a chat as it is; nothing happens to it by itself. */
	add(input: ChatInput = {}): Chat {
		const { account } = this;
		const chat: Chat = {
			...newSession(account, input, input.id ?? account.chats.nextId(55_120), newRow),
			virtualAgent: null,
			messages: [],
			photos: [],
			videos: [],
			escalations: [],
			email: null,
			context: null,
			activeAt: account.now(),
			outboundNumber: null,
		};
		return account.chats.add(chat, { visibleAt: input.visibleAt });
	}

	/** Chat with this id; a 404 when there is none. */
	chat(id: string): Chat {
		return found(this.account.chats.get(id));
	}

	/** POST /chats. */
	create(body: unknown): unknown {
		const { account } = this;
		const { chat: input } = readBody(newChat, body);
		const menu = account.menus.get(input.menu_id);
		if (!menu || menu.row.deleted) throw badRequest(`menu_id ${input.menu_id} is not found`);
		if (!account.endUsers.get(input.end_user_id)) throw badRequest(`end_user_id ${input.end_user_id} is not found`);
		const lang = input.lang ?? 'en';
		if (!menu.languages.includes(lang)) throw badRequest(`Language '${lang}' is not available`);
		const chat = this.add({
			menuId: menu.id,
			endUserId: input.end_user_id,
			number: input.end_user?.phone ?? null,
			lang,
			chat_type: chatTypeOf(menu.row.menu_type),
		});
		Object.assign(chat, { email: input.email ?? null, context: input.context ?? null });
		if (menu.hasVirtualAgent) chat.virtualAgent = { id: 4, name: 'Concierge', avatar_url: null, status: 'connected' };
		else this.lookForAgent(chat);
		this.touch(chat);
		account.carryOut('chat.create', { id: chat.id, ...input });
		return this.show(chat);
	}

	/** PATCH /chats/{id}: ends the chat, also through a deflection channel. */
	update(chat: Chat, body: unknown): unknown {
		const { chat: input, finished_by_user_id } = readBody(chatChange, body);
		this.refuseEnded(chat);
		if (input.status !== undefined && input.status !== 'finished') throw badRequest('status is invalid');
		if (input.status === undefined && input.deflection_channel === undefined) throw badRequest('status is required');
		if (finished_by_user_id !== undefined && finished_by_user_id !== chat.row.end_user?.id)
			throw badRequest('finished_by_user_id is invalid');
		if (input.deflection_channel !== undefined)
			this.settleEscalation(chat, input.escalation_id, input.deflection_channel);
		if (input.status === 'finished') this.finish(chat);
		this.account.carryOut('chat.update', { id: chat.id, ...input });
		return this.show(chat);
	}

	/** POST /chats/{id}/resume. */
	resume(chat: Chat): unknown {
		if (!resumable.has(chat.row.status)) throw badRequest('Chat is not dismissed');
		this.account.changeChat(chat, { status: chat.agentId === null ? 'queued' : 'assigned', ends_at: null });
		if (!chat.virtualAgent && chat.agentId === null) this.lookForAgent(chat);
		this.touch(chat);
		this.account.carryOut('chat.resume', { id: chat.id });
		return this.show(chat);
	}

	/** POST /chats/{id}/message. */
	sendMessage(chat: Chat, body: unknown): { message: string } {
		const { from_user_id, message } = readBody(newMessage, body);
		this.refuseEnded(chat);
		if (from_user_id !== chat.row.end_user?.id) throw badRequest('from_user_id is invalid');
		this.checkMessage(chat, message);
		this.storeMessage(chat, 'end_user', message);
		this.account.carryOut('chat.sendMessage', { id: chat.id, message });
		return { message: 'accepted' };
	}

	/** The agent of a chat writes. */
	sendAgentMessage(chat: Chat, text: string): void {
		this.storeMessage(chat, 'agent', { type: 'text', content: { text } });
	}

	/** POST escalations. */
	escalate(chat: Chat, body: unknown): Escalation {
		const { account } = this;
		const { reason, force_escalate = false } = readBody(newEscalation, body);
		this.refuseEnded(chat);
		if (!chat.virtualAgent) throw badRequest('Chat is not handled by a virtual agent');
		const deflected = !force_escalate && !this.freeAgent(chat);
		const id = account.nextId();
		const escalation: Escalation = {
			id,
			chat_id: chat.id,
			status: deflected ? 'deflected' : 'pending',
			reason: reason ?? null,
			deflection_channel: null,
		};
		chat.escalations.push(escalation);
		if (!deflected) this.lookForAgent(chat, escalation);
		account.carryOut('chatEscalation.create', { chat_id: chat.id, reason, force_escalate });
		return { ...escalation };
	}

	/** PATCH escalations/{id}. */
	updateEscalation(chat: Chat, id: string, body: unknown): Escalation {
		const { deflection_channel } = readBody(z.object({ deflection_channel: text }), body);
		const escalation = this.settleEscalation(chat, Number(id), deflection_channel);
		this.account.carryOut('chatEscalation.update', { chat_id: chat.id, id: escalation.id, deflection_channel });
		return { ...escalation };
	}

	/** POST photos/upload and videos/upload. */
	uploadAddress(chat: Chat, rule: UploadRule): unknown {
		return this.storage.grant(String(chat.id), rule);
	}

	/** POST photos. */
	addPhotos(chat: Chat, body: unknown): unknown[] {
		const { photo } = readBody(photoRequest, body);
		for (const { s3_path } of photo) this.checkUpload(chat, s3_path, photoRule);
		return photo.map(({ s3_path, photo_type }) =>
			this.register(chat, chat.photos, s3_path, { photo_type: photo_type ?? 'photo' }),
		);
	}

	/** POST videos. */
	addVideo(chat: Chat, body: unknown): unknown {
		const { video } = readBody(videoRequest, body);
		this.checkUpload(chat, video.s3_path, videoRule);
		return this.register(chat, chat.videos, video.s3_path);
	}

	/** A file the agent sent; returns its media id. */
	addAgentFile(chat: Chat, content: Buffer, contentType = 'application/octet-stream'): number {
		const mediaId = this.account.nextId();
		const key = `uploads/${chat.id}/${mediaId}`;
		this.storage.objects.set(key, { content, contentType });
		this.mediaKeys.set(mediaId, key);
		return mediaId;
	}

	/** GET media/{media_id}. */
	media(chat: Chat, mediaId: string): StoredObject {
		const key = this.mediaKeys.get(Number(mediaId));
		return found(key?.startsWith(`uploads/${chat.id}/`) ? this.storage.objects.get(key) : undefined);
	}

	/** POST /sms. */
	sendSms(body: unknown): unknown {
		const { account } = this;
		const input = readBody(smsRequest, body);
		const number = this.checkSms(input);
		const agent = this.smsAgent(input);
		const known = account.endUsers.list().find((user) => user.phone !== null && phoneDigits(user.phone) === number);
		const endUserId = (known ?? account.putEndUser({ phone: input.end_user_number as string })).id;
		const chat = this.add({
			chat_type: 'Messaging (SMS)',
			status: 'selecting',
			endUserId,
			number: input.end_user_number as string,
			out_ticket_id: input.ticket_id ?? null,
			participants: [this.endUserParticipant(account.chats.nextId(55_120), endUserId)],
		});
		chat.outboundNumber = input.outbound_number as string;
		this.storeMessage(chat, 'agent', { type: 'text', content: { text: input.message } });
		if (agent) this.assign(chat, agent);
		account.carryOut('sms.send', { id: chat.id, ...input });
		return this.showSms(chat);
	}

	/** POST /sessionless_sms: counts each text to each number. */
	sendSessionless(body: unknown): { message: string } {
		const { account } = this;
		const { from_phone, to_phones, messages } = readBody(sessionlessRequest, body);
		if (!account.ownNumbers.has(phoneDigits(from_phone) ?? '')) throw badRequest('from_phone is not found');
		for (const phone of to_phones) if (phoneDigits(phone) === undefined) throw badRequest('to_phones is invalid');
		for (const to of to_phones)
			for (const message of messages) account.carryOut('sms.sendSessionless', { to, message });
		return { message: 'accepted' };
	}

	/** Ends a chat now. */
	finish(chat: Chat): void {
		const { account } = this;
		if (ended.has(chat.row.status)) return;
		const seconds = Math.round((account.now() - Date.parse(chat.row.assigned_at ?? chat.row.created_at)) / 1000);
		account.changeChat(chat, {
			status: 'finished',
			sub_status: 'Disconnected by end user',
			ends_at: account.time(),
			chat_duration: seconds,
		});
		if (chat.virtualAgent) chat.virtualAgent.status = 'finished';
		const agent = chat.agentId === null ? undefined : account.agents.get(chat.agentId);
		if (agent && chat.row.assigned_at) this.agents.endChat(agent);
	}

	/** Dismisses a chat for inactivity now. */
	dismiss(chat: Chat): void {
		this.account.changeChat(chat, { status: chat.virtualAgent ? 'va_dismissed' : 'dismissed' });
	}

	/** Gives a chat to an agent now. */
	assign(chat: Chat, agent: Agent): void {
		const { account } = this;
		const waited = Math.round((account.now() - Date.parse(chat.row.created_at)) / 1000);
		chat.agentId = agent.id;
		if (chat.virtualAgent) chat.virtualAgent.status = 'left';
		account.changeChat(chat, {
			status: 'assigned',
			assigned_at: account.time(),
			agent_info: account.agentSummary(agent),
			wait_duration: waited,
			queue_duration: waited,
		});
		this.agents.startChat(agent, chat.id);
	}

	/** How shared session operations see a chat. */
	view(chat: Chat): SessionView {
		return {
			kind: 'chat',
			session: chat,
			ended: ended.has(chat.row.status),
			setEndUser: (id) => this.account.changeChat(chat, { end_user: this.account.sessionEndUser(id), verified: true }),
		};
	}

	/** Chat as the Apps API shows it. */
	show(chat: Chat): Record<string, unknown> {
		const { row, virtualAgent } = chat;
		const info = row.agent_info;
		const agent = info && {
			id: info.id,
			name: info.name,
			first_name: info.first_name,
			avatar_url: info.avatar_url,
			status: 'connected',
		};
		const idleMs = this.account.settings.pace.chatIdleMs;
		return {
			id: row.id,
			status: row.status,
			status_text: statusTexts[row.status] ?? null,
			features: ['photo', 'video'],
			created_at: row.created_at,
			ends_at: row.ends_at,
			timeout_at: ended.has(row.status) ? null : this.account.time(chat.activeAt + idleMs),
			agent,
			virtual_agent: virtualAgent && { ...virtualAgent },
			all_agents: agent ? [agent] : [],
			all_virtual_agents: virtualAgent ? [{ ...virtualAgent }] : [],
			lang: row.lang,
			menus: row.selected_menu ? [{ id: row.selected_menu.id, name: row.selected_menu.name }] : [],
			end_user: row.end_user ? { id: row.end_user.id, identifier: row.end_user.identifier } : {},
		};
	}

	private showSms(chat: Chat): Record<string, unknown> {
		const { row } = chat;
		const agent = chat.agentId === null ? undefined : this.account.agents.get(chat.agentId);
		return {
			id: row.id,
			lang: row.lang,
			chat_type: row.chat_type,
			status: row.status,
			created_at: row.created_at,
			queued_at: null,
			assigned_at: row.assigned_at,
			ends_at: row.ends_at,
			wait_duration: row.wait_duration,
			chat_duration: row.chat_duration,
			rating: row.rating,
			has_feedback: row.has_feedback,
			out_ticket_id: row.out_ticket_id,
			out_ticket_url: row.out_ticket_url,
			verified: row.verified,
			disconnected_by: 'disconnected_by_unknown',
			fail_reason: row.fail_reason,
			selected_menu: row.selected_menu,
			menu_path: row.menu_path,
			agent_info: row.agent_info && { ...row.agent_info, email: agent?.row.email },
			end_user: row.end_user,
			photos: [],
			videos: [],
			transfers: [],
			participants: row.participants.map((one) => ({ ...one, chat_duration: null })),
			offer_type: null,
			offer_events: [],
			answer_type: 'manual',
			outbound_number: chat.outboundNumber,
		};
	}

	private checkSms(input: z.infer<typeof smsRequest>): string {
		const { account } = this;
		if (!input.chat_type) throw badRequest('chat_type needs to be provided');
		if (!['Messaging (SMS)', 'Messaging (API)', 'SMS'].includes(input.chat_type))
			throw badRequest('valid chat type needs to be provided');
		if (!input.end_user_number) throw badRequest('end_user_number is required');
		const number = phoneDigits(input.end_user_number);
		if (number === undefined) throw badRequest('end_user_number is invalid');
		if (!input.outbound_number) throw badRequest('outbound_number is required');
		const own = phoneDigits(input.outbound_number);
		if (own === undefined) throw badRequest('outbound_number is invalid');
		if (!account.ownNumbers.has(own)) throw badRequest('outbound_number is not found');
		if (!input.message) throw badRequest('message is required');
		const active = account.chats
			.list()
			.some(
				(chat) =>
					chat.row.chat_type === 'Messaging (SMS)' &&
					!ended.has(chat.row.status) &&
					!resumable.has(chat.row.status) &&
					phoneDigits(chat.number) === number,
			);
		if (active) throw badRequest('Outbound SMS failed. Consumer is already in an active SMS session.');
		return number;
	}

	private smsAgent(input: z.infer<typeof smsRequest>): Agent | undefined {
		const { account } = this;
		const id = input.agentId ?? input.agent_id;
		const email = input.agentEmail ?? input.agent_email;
		if (id === undefined && email === undefined) return undefined;
		const agent = id === undefined ? account.agentByEmail(email as string) : account.agents.get(id);
		if (!agent) throw badRequest('Not a valid agent');
		return agent;
	}

	private checkMessage(chat: Chat, message: z.infer<typeof newMessage>['message']): void {
		const { content, type } = message;
		const fields = typeof content === 'object' ? content : {};
		if (type === 'text') {
			const written = typeof content === 'string' ? content : fields.text;
			if (!written) throw badRequest('message.content.text is required');
			return;
		}
		const mediaId = fields.media_id ?? message.media_id;
		if (mediaId === undefined) throw badRequest('message.content.media_id is required');
		const known = (type === 'photo' ? chat.photos : chat.videos).some((media) => media.media_id === mediaId);
		if (!known) throw badRequest('media_id is not found');
	}

	private storeMessage(chat: Chat, from: 'end_user' | 'agent', message: unknown): void {
		const { account } = this;
		const at = account.time();
		chat.messages.push({ from, at, message });
		account.changeChat(chat, {
			message_count: chat.row.message_count + 1,
			first_msg_sent_at: chat.row.first_msg_sent_at ?? at,
			last_msg_sent_at: at,
		});
		this.touch(chat);
	}

	private settleEscalation(chat: Chat, id: number | undefined, channel: string): Escalation {
		if (id === undefined) throw badRequest('escalation_id is required');
		const escalation = found(chat.escalations.find((one) => one.id === id));
		if (!deflectionChannels.includes(channel)) throw badRequest('deflection_channel is invalid');
		if (escalation.status !== 'deflected') throw badRequest('Escalation is not deflected');
		escalation.deflection_channel = channel;
		if (channel === 'human_agent') this.lookForAgent(chat, escalation);
		else escalation.status = 'closed';
		return escalation;
	}

	private checkUpload(chat: Chat, key: string, rule: UploadRule): void {
		const stored = key.startsWith(`uploads/${chat.id}/`) ? this.storage.objects.get(key) : undefined;
		if (stored?.contentType !== rule.contentType) throw badRequest('s3_path is not found');
	}

	private register(chat: Chat, list: ChatMedia[], key: string, extra: object = {}): unknown {
		const media = { media_id: this.account.nextId(), url: this.storage.urlOf(key), key };
		list.push(media);
		this.mediaKeys.set(media.media_id, key);
		const shown = { id: media.media_id, url: media.url, ...extra };
		const photos = list === chat.photos ? [...chat.row.photos, shown] : chat.row.photos;
		const videos = list === chat.videos ? [...chat.row.videos, shown] : chat.row.videos;
		this.account.changeChat(chat, { photos, videos });
		this.account.carryOut(list === chat.photos ? 'chatPhoto.create' : 'chatVideo.create', {
			chat_id: chat.id,
			s3_path: key,
		});
		return showMedia(media);
	}

	private refuseEnded(chat: Chat): void {
		if (ended.has(chat.row.status)) throw badRequest('Chat is already ended');
	}

	private freeAgent(chat: Chat): Agent | undefined {
		const menu = chat.menuId === null ? undefined : this.account.menus.get(chat.menuId);
		if (menu?.overCapacity || menu?.afterHours) return undefined;
		const candidates = menu ? this.account.agentsOf(menu, 'chat') : this.account.agents.list();
		return candidates.find((agent) => this.agents.isFree(agent));
	}

	private lookForAgent(chat: Chat, escalation?: Escalation): void {
		const { account } = this;
		account.timeline.after(account.settings.pace.queueMs, () => {
			if (chat.agentId !== null || ended.has(chat.row.status) || resumable.has(chat.row.status)) return;
			const agent = this.freeAgent(chat);
			if (!agent) return this.lookForAgent(chat, escalation);
			if (escalation) escalation.status = 'escalated';
			this.assign(chat, agent);
		});
	}

	/** Notes a sign of life and plans the dismissal for inactivity. */
	private touch(chat: Chat): void {
		const { account } = this;
		const at = account.now();
		chat.activeAt = at;
		account.timeline.after(account.settings.pace.chatIdleMs, () => {
			if (chat.activeAt !== at || ended.has(chat.row.status)) return;
			if (chat.row.chat_type === 'Messaging (SMS)') this.finish(chat);
			else if (!resumable.has(chat.row.status)) this.dismiss(chat);
		});
	}

	private endUserParticipant(chatId: number, endUserId: number): ChatRow['participants'][number] {
		const connected_at = this.account.time();
		const id = this.account.nextId();
		return {
			id,
			type: 'end_user',
			status: 'connected',
			chat_id: chatId,
			user_id: null,
			end_user_id: endUserId,
			connected_at,
			ended_at: null,
			fail_reason: 'nothing',
		};
	}
}

/** Media as the Apps API shows it. */
export const showMedia = ({ media_id, url }: ChatMedia): { media_id: number; url: string } => ({ media_id, url });

const statusTexts: Record<string, string> = {
	queued: 'Waiting for an agent',
	assigned: 'Connected to an agent',
	dismissed: 'Dismissed',
	va_dismissed: 'Dismissed',
	finished: 'Finished',
};

function chatTypeOf(menuType: string): string {
	return menuType === 'mobile_menu' ? 'Messaging Inbound (App Chat)' : 'Messaging Inbound (Web Chat)';
}

/** A row with nothing in it, to be copied: adding so many keys one by one costs more than all else of a demo account. */
const emptyRow: ChatRow = {
	...newSessionRow(0, ''),
	chat_type: 'Messaging Inbound (Web Chat)',
	status: 'queued',
	first_msg_sent_at: null,
	last_msg_sent_at: null,
	chat_duration: 0,
	finish_reason: 'finish_reason_none',
	fail_reason: null,
	message_count: 0,
	average_response_time: null,
	longest_response_time: null,
};

function newRow(id: number, createdAt: string): ChatRow {
	return { ...emptyRow, ...newSessionRow(id, createdAt) };
}
