import { shortHash } from '../data/hash';
import { setNewest } from '../data/setNewest';

/** Most hashes that one trigger keeps in memory. */
const memoryLimit = 5_000;

/** Most triggers that are remembered; the one used longest ago is forgotten. */
const triggerLimit = 200;

const triggers = new Map<string, Set<string>>();

/**
 * What a trigger has handed over in this process, as hashes: a repeat starts no execution at all.
 * It only saves work. What counts is the check when the execution runs (`onceOnly.ts`), which all processes share.
 */
export class AnsweredDeliveries {
	private readonly known: Set<string>;

	/** @param trigger workflow and node */
	constructor(trigger: string) {
		this.known = triggers.get(trigger) ?? new Set();
		setNewest(triggers, trigger, this.known, triggerLimit);
	}

	/** True when the event was handed over before. */
	has(key: string): boolean {
		return this.known.has(shortHash(key));
	}

	/** To be called once the vendor was told that all is well; before that it may have to repeat. */
	add(keys: string[]): void {
		for (const key of keys) this.known.add(shortHash(key));
		for (const oldest of this.known) {
			if (this.known.size <= memoryLimit) return;
			this.known.delete(oldest);
		}
	}
}
