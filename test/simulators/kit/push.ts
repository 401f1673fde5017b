import type { SimulatorClock } from './clock';

/** One request to the address that was entered in the vendor's console. */
export interface PushRequest {
	method?: 'GET' | 'POST';
	headers: Record<string, string>;
	body?: string;
}

/** A delivery that was not taken and is due again. */
interface Repeat {
	at: number;
	request: PushRequest;
	left: number[];
}

/** Sends requests to an address as a vendor does, and repeats what was not answered with 2xx after the vendor's pauses. */
export class PushQueue {
	private repeats: Repeat[] = [];

	/** @param pausesSeconds pause before each repeat, from the answer before; empty for a vendor that never repeats */
	constructor(
		readonly address: string,
		private readonly clock: SimulatorClock,
		private readonly pausesSeconds: number[] = [],
	) {}

	/** Sends once and gives the status; what is refused is queued. */
	async send(request: PushRequest): Promise<number> {
		return await this.deliver(request, this.pausesSeconds);
	}

	/** Sends what is due by the simulator's clock and gives the statuses. */
	async sendDue(): Promise<number[]> {
		const due = this.repeats.filter(({ at }) => at <= this.clock.now());
		this.repeats = this.repeats.filter((repeat) => !due.includes(repeat));
		return await Promise.all(due.map(async ({ request, left }) => await this.deliver(request, left)));
	}

	/** Number of deliveries that will be repeated. */
	get waiting(): number {
		return this.repeats.length;
	}

	private async deliver(request: PushRequest, [pause, ...left]: number[]): Promise<number> {
		const { method = 'POST', headers, body } = request;
		const answer = await fetch(this.address, { method, headers, body });
		await answer.arrayBuffer();
		if (!answer.ok && pause !== undefined) {
			this.repeats.push({ at: this.clock.now() + pause * 1_000, request, left });
		}
		return answer.status;
	}
}
