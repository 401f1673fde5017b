import type { Fault } from './faults';

/** One request as the simulator saw it. Secrets are replaced by `[hidden]`. */
export interface JournalEntry {
	/** 1 for the first request. */
	sequence: number;
	/** Arrival, epoch milliseconds of the simulator's clock. */
	time: number;
	method: string;
	/** Path without query. */
	path: string;
	query: Record<string, unknown>;
	headers: Record<string, string>;
	/** Parsed body; undefined when there is none or it was not read. */
	body?: unknown;
	/** HTTP status that was sent; undefined while the request runs or when the connection was cut. */
	status?: number;
	/** Names of the writes this request really carried out. */
	carriedOut: string[];
	/** Fault that hit the request. */
	fault?: Fault;
	/** True when the request was refused by the rate limit. */
	rateLimited: boolean;
	/** Requests under way when this one arrived, itself included. */
	inFlight: number;
}

/** A write that really changed state. */
export interface CarriedOut {
	name: string;
	payload: unknown;
	/** Sequence of the request that did it; undefined when a test called the method itself. */
	sequence?: number;
	time: number;
}

/** What the journal keeps in memory. Counters are never cut. */
export interface JournalOptions {
	/** Requests kept, the newest (default 10,000). */
	entries?: number;
	/** Payloads of carried out writes kept, the newest (default 200,000). */
	carriedOut?: number;
	/** False leaves bodies out of entries, for bulk tests (default true). */
	bodies?: boolean;
}

/** List that forgets its oldest elements; it trims in large steps to stay fast. */
class BoundedList<T> {
	private elements: T[] = [];

	constructor(private readonly limit: number) {}

	push(element: T): void {
		this.elements.push(element);
		if (this.elements.length > this.limit * 2) this.elements = this.newest();
	}

	newest(): T[] {
		return this.limit === 0 ? [] : this.elements.slice(-this.limit);
	}

	clear(): void {
		this.elements = [];
	}
}

/** Every request a simulator received and every write it carried out. */
export class Journal {
	/** Requests received since the start or the last `clear()`. */
	total = 0;
	/** Most requests under way at one time. */
	maxInFlight = 0;
	readonly keepsBodies: boolean;
	private readonly kept: BoundedList<JournalEntry>;
	private readonly done: BoundedList<CarriedOut>;
	private readonly counters = new Map<string, number>();

	constructor(options: JournalOptions = {}) {
		this.kept = new BoundedList(options.entries ?? 10_000);
		this.done = new BoundedList(options.carriedOut ?? 200_000);
		this.keepsBodies = options.bodies ?? true;
	}

	/** Entries still kept, oldest first. */
	get entries(): readonly JournalEntry[] {
		return this.kept.newest();
	}

	/** Kept entries for which the predicate holds; all without one. */
	count(predicate: (entry: JournalEntry) => boolean = () => true): number {
		return this.entries.filter(predicate).length;
	}

	/** Kept entries for which the predicate holds. */
	find(predicate: (entry: JournalEntry) => boolean): JournalEntry[] {
		return this.entries.filter(predicate);
	}

	/** How often a write was carried out (`operator.create`); all writes without a name. */
	carriedOut(name?: string): number {
		if (name !== undefined) return this.counters.get(name) ?? 0;
		return [...this.counters.values()].reduce((sum, count) => sum + count, 0);
	}

	/** Kept writes of a name, oldest first; all without one. Two with the same payload mean something was done twice. */
	writes(name?: string): CarriedOut[] {
		return this.done.newest().filter((write) => name === undefined || write.name === name);
	}

	/** Counters of all writes by name. */
	writeCounts(): Record<string, number> {
		return Object.fromEntries(this.counters);
	}

	/** Forgets everything, for instance after seeding. */
	clear(): void {
		this.kept.clear();
		this.done.clear();
		this.counters.clear();
		this.total = 0;
		this.maxInFlight = 0;
	}

	/** Adds a request; called by the simulator. */
	add(entry: JournalEntry): void {
		this.total += 1;
		this.maxInFlight = Math.max(this.maxInFlight, entry.inFlight);
		this.kept.push(entry);
	}

	/** Adds a carried out write; called by the simulator. */
	addWrite(write: CarriedOut): void {
		this.counters.set(write.name, (this.counters.get(write.name) ?? 0) + 1);
		this.done.push(write);
	}
}

const secretNames =
	/^(authorization|proxy-authorization|cookie|set-cookie|key|password)$|api[-_]?key|auth[-_]?token|access[-_]?token|secret/i;

/** Copy of headers or query values in which the values of keys, tokens and passwords read `[hidden]`. */
export function withoutSecrets<T>(values: Record<string, T>): Record<string, T | string> {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [name, secretNames.test(name) ? '[hidden]' : value]),
	);
}
