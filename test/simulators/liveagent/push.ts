import { type PushRequest, PushQueue, type SimulatorClock } from '../kit';

/** What an administrator wrote into the rules. */
export interface RuleSettings {
	address: string;
	token: string;
	method?: 'GET' | 'POST';
}

/** Runs rules with the action HTTP Request: what the administrator wrote, nothing signed, no id and no time. */
export class LiveAgentRules {
	constructor(
		private readonly settings: RuleSettings,
		private readonly clock: SimulatorClock,
	) {}

	/** The request of a rule. */
	requestOf(event: string, conversationid: string, rest: Record<string, string> = {}): PushRequest {
		const { token, method = 'POST' } = this.settings;
		const form = new URLSearchParams({ event, conversationid, ...rest, token }).toString();
		if (method === 'GET') return { method, headers: {}, query: form };
		return { method, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form };
	}

	/** Sends what a rule says of a conversation and gives the status of the answer. */
	async send(event: string, conversationid: string, rest: Record<string, string> = {}): Promise<number> {
		return await new PushQueue(this.settings.address, this.clock).send(this.requestOf(event, conversationid, rest));
	}
}
