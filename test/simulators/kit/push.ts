import type { SimulatorClock } from './clock';

/** One request to the address that was entered in the vendor's console. */
export interface PushRequest {
	method?: 'GET' | 'POST';
	/** What follows the address after a question mark. */
	query?: string;
	headers: Record<string, string>;
	body?: string;
}

/** The answer to a request, with what it says. */
export interface PushAnswer {
	status: number;
	text: string;
}

/** Sends one request and reads the answer to its end. */
export async function deliver(address: string, { method = 'POST', query, headers, body }: PushRequest): Promise<PushAnswer> {
	const answer = await fetch(query === undefined ? address : `${address}?${query}`, { method, headers, body });
	return { status: answer.status, text: await answer.text() };
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
		const { status } = await deliver(this.address, request);
		const isTaken = status >= 200 && status < 300;
		if (!isTaken && pause !== undefined) this.repeats.push({ at: this.clock.now() + pause * 1_000, request, left });
		return status;
	}
}
