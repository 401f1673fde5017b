import { createHmac, randomUUID } from 'node:crypto';

import { type PushRequest, PushQueue, type SimulatorClock } from '../kit';

/** What stands in the app on developers.iadvize.com. */
export interface WebhookSettings {
	address: string;
	secret: string;
}

/** Sends events as iAdvize does: JSON, HMAC-SHA-256 of the body in hexadecimal digits; not answered with 2xx, again after 10 and after 30 seconds. */
export class IAdvizeWebhooks {
	private readonly queue: PushQueue;

	constructor(
		private readonly settings: WebhookSettings,
		private readonly clock: SimulatorClock,
	) {
		this.queue = new PushQueue(settings.address, clock, [10, 20]);
	}

	/** An event with the fields that all have. */
	event(eventType: string, fields: object): { eventId: string; eventType: string } {
		const now = new Date(this.clock.now()).toISOString();
		return {
			eventId: randomUUID(),
			eventType,
			platform: 'ha',
			clientId: 12,
			createdAt: now,
			sentAt: now,
			...fields,
		} as never;
	}

	/** The request that tells of an event. */
	requestOf(event: { eventId: string }, secret = this.settings.secret): PushRequest {
		const body = JSON.stringify(event);
		return {
			headers: {
				'content-type': 'application/json',
				'x-iadvize-delivery': randomUUID(),
				'x-iadvize-correlationid': event.eventId,
				'x-iadvize-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
			},
			body,
		};
	}

	/** Sends an event and gives the status of the answer. */
	async send(event: { eventId: string }, secret = this.settings.secret): Promise<number> {
		return await this.queue.send(this.requestOf(event, secret));
	}

	/** Sends the repeats that are due by the clock and gives the statuses of the answers. */
	async repeat(): Promise<number[]> {
		return await this.queue.sendDue();
	}

	/** Number of events that will be sent again. */
	get waiting(): number {
		return this.queue.waiting;
	}

	/** The health check of apps: gives status and body. */
	async checkHealth(): Promise<{ status: number; body: unknown }> {
		const answer = await fetch(this.settings.address);
		return { status: answer.status, body: await answer.json() };
	}
}
