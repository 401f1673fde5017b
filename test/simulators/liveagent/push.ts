import { PushQueue, type SimulatorClock } from '../kit';

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

	/** Sends what a rule says of a conversation and gives the status of the answer. */
	async send(event: string, conversationid: string, rest: Record<string, string> = {}): Promise<number> {
		const { address, token, method = 'POST' } = this.settings;
		const form = new URLSearchParams({ event, conversationid, ...rest, token }).toString();
		const target = method === 'GET' ? `${address}?${form}` : address;
		const headers: Record<string, string> =
			method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
		return await new PushQueue(target, this.clock).send({
			method,
			headers,
			...(method === 'GET' ? {} : { body: form }),
		});
	}
}
