import { randomUUID } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { stableStringify } from '../data/hash';

/** Names under which the state lies in the node's static data. */
const stateName = 'cursor';
const pendingName = 'pending';

/** Polls whose records this process has handed over to n8n, by workflow and node. */
const handedOver = new Map<string, string>();

/** Nodes of which the last handover is remembered. */
const maximumNodes = 5_000;

/** Where a node keeps the state of its trigger. Nothing is written that is there already. */
export class StateStore {
	private readonly isPending: boolean;

	/**
	 * @param data the node's static data
	 * @param key workflow and node
	 * @param mayRepeat the records of a poll count as handed over only at the next poll of the same process
	 */
	constructor(
		private readonly data: IDataObject,
		private readonly key: string,
		private readonly mayRepeat: boolean,
	) {
		const pending = data[pendingName] as IDataObject | undefined;
		this.isPending = pending !== undefined && (!mayRepeat || handedOver.get(key) === pending.token);
	}

	/** The state to go on with: after a crash, that of the poll before the last one that emitted. */
	read(): unknown {
		return this.isPending ? (this.data[pendingName] as IDataObject).state : this.data[stateName];
	}

	/** @param emits the poll hands records over to n8n */
	write(state: object, emits: boolean): void {
		if (!this.mayRepeat || !emits) {
			this.put(stateName, state);
			if (this.data[pendingName] !== undefined) delete this.data[pendingName];
			return;
		}
		const token = randomUUID();
		this.put(stateName, this.read());
		this.put(pendingName, { token, state });
		if (handedOver.size >= maximumNodes) handedOver.clear();
		handedOver.set(this.key, token);
	}

	private put(name: string, value: unknown): void {
		if (stableStringify(this.data[name]) !== stableStringify(value)) this.data[name] = value as IDataObject;
	}
}

/** For tests: the process ends. */
export function forgetHandovers(): void {
	handedOver.clear();
}
