import { createHmac, randomUUID } from 'node:crypto';

import { type PushRequest, PushQueue, type SimulatorClock } from '../kit';

/** One entry of External Session Events. */
export interface SessionNotice {
	event_id: string;
	timestamp: number;
	item: Record<string, unknown>;
}

/** What an administrator entered under External Session Events. */
export interface SessionEventsSettings {
	address: string;
	username: string;
	password: string;
}

/** Who talks in a session. */
export interface SessionParties {
	id: number;
	kind?: 'call' | 'chat';
	/** Phone number of the customer. */
	dn?: string;
	agent?: { id: number; name: string };
	queue?: string;
}

/**
 * Sends changes of state as External Session Events does: HTTP basic authentication, one or more entries in a request, each with
 * all fields so far. The vendor states no repeats.
 */
export class SessionEvents {
	constructor(
		private readonly settings: SessionEventsSettings,
		private readonly clock: SimulatorClock,
	) {}

	/** The six steps of a session in order: start, routing, assigned, active, ended, final. */
	stepsOf(parties: SessionParties): SessionNotice[] {
		const {
			id,
			kind = 'call',
			dn = '+15125550100',
			agent = { id: 17, name: 'Ada Park' },
			queue = 'support/orders',
		} = parties;
		const started = new Date(this.clock.now()).toISOString();
		const customer = (state: string) => ({ type: 'external', state, dn });
		const worker = (state: string) => ({ type: 'agent', state, ...agent });
		const base = { [`${kind}_id`]: id, state: 'connected', connected_at: started };
		const routed = { ...base, queue_path_names: queue, initiator: 'end_user_5' };
		const ended = { ...routed, state: 'disconnected', initiator: `agent_${agent.id}`, ends_at: started };
		return [
			{ ...base, participants: [customer('connected')] },
			{ ...routed, participants: [customer('connected')] },
			{ ...routed, participants: [customer('connected'), worker('accepted')] },
			{ ...routed, participants: [customer('connected'), worker('connected')] },
			{ ...ended, participants: [customer('disconnected'), worker('disconnected')] },
			{
				...ended,
				participants: [customer('disconnected'), worker('dispositionSubmitted')],
				dispositions: { code: 'resolved', custom_code_id: 3, note: 'Sent a new one' },
			},
		].map((item, index) => ({ event_id: randomUUID(), timestamp: this.clock.now() + index, item }));
	}

	/** The request that holds entries. */
	requestOf(events: SessionNotice[], password = this.settings.password): PushRequest {
		const proof = Buffer.from(`${this.settings.username}:${password}`).toString('base64');
		const headers = { 'content-type': 'application/json', authorization: `Basic ${proof}` };
		return { headers, body: JSON.stringify({ count: events.length, events }) };
	}

	/** Sends entries in one request and gives the status of the answer. */
	async send(events: SessionNotice[], password = this.settings.password): Promise<number> {
		return await new PushQueue(this.settings.address, this.clock).send(this.requestOf(events, password));
	}
}

/** What an administrator entered under Webhooks; the secondary secret is left out where none was generated. */
export interface ChatWebhooksSettings {
	address: string;
	primary: string;
	secondary?: string;
}

/** Sends events of chats that were made by the API: HMAC-SHA-256 over time stamp and body, Base64, a signature for each secret. */
export class ChatWebhooks {
	constructor(
		private readonly settings: ChatWebhooksSettings,
		private readonly clock: SimulatorClock,
	) {}

	/** Sends one event and gives the status of the answer. */
	async send(eventType: string, chatId: number, body: object = {}): Promise<number> {
		const timestamp = new Date(this.clock.now()).toISOString();
		return await this.sendText(JSON.stringify({ event_type: eventType, timestamp, chat_id: chatId, body }), timestamp);
	}

	/** A message as the vendor's sample of a virtual agent writes it. */
	message(type: 'end_user' | 'agent' | 'virtual_agent', text: string): object {
		return { sender: { id: 5, type, status: 'connected' }, message: { type: 'text', content: { text } } };
	}

	/** Sends a body as it is, signed for a time stamp. */
	async sendText(body: string, timestamp: string): Promise<number> {
		const { address, primary, secondary } = this.settings;
		const sign = (secret: string) => createHmac('sha256', secret).update(timestamp).update(body).digest('base64');
		const signatures = [
			`primary=${sign(primary)}`,
			...(secondary === undefined ? [] : [`secondary=${sign(secondary)}`]),
		];
		const headers = {
			'content-type': 'application/json',
			'x-signature': signatures.join(' '),
			'x-signature-timestamp': timestamp,
		};
		return await new PushQueue(address, this.clock).send({ headers, body });
	}
}
