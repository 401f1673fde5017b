import { systemClock } from '../time/clock';
import type { Clock } from '../time/clock';

/** Reads are limited in how many are under way; writes are kept in order by the caller. */
export type RequestKind = 'read' | 'write';

/** The right to send one request. */
export interface Permit {
	/** Called when the answer is there or the request failed. Further calls do nothing. */
	release(): void;
}

/** When a caller stops waiting. */
export interface AcquireOptions {
	signal?: AbortSignal;
	/** Epoch milliseconds. A turn that would come later is given up at once. */
	deadline?: number;
}

/** A caller in the queue. */
interface Waiter {
	kind: RequestKind;
	since: number;
	deadline: number;
	answer: (permit: Permit | undefined) => void;
}

const slowestRate = 1 / 3600;
const fastestRate = 1000;

/** Keeps a sliding second of the vendor's below the rate although requests travel at different speeds. */
const margin = 1.03;

/** Timers fire late; up to this much of it is made up for with the next turn, and it stays below the margin. */
const mostCatchUp = 10;

/** Enough to hide a second of latency at the fastest rates that vendors allow. */
const mostReadsUnderWay = 32;
const firstPause = 1_000;
const longestPause = 60_000;
/** When the vendor asks for more, runs fail and say how long, instead of blocking. */
const longestSatOut = 300_000;
const leastShare = 1 / 8;
const successesForStep = 10;
const mostPacers = 500;

/**
 * Keeps the requests to one tenant at its allowed rate, first come, first served whatever the kind.
 * At most four reads are under way; writes take no such place, and a read that waits for one holds up those behind it.
 */
export class Pacer {
	private readonly queue = new Set<Waiter>();

	private fullRate = 1;

	/** Part of the full rate that is used; below 1 after an HTTP 429. */
	private share = 1;

	private lastTurn = -Infinity;

	private pausedUntil = -Infinity;

	private throttledInARow = 0;

	private successesInARow = 0;

	private readsUnderWay = 0;

	private underWay = 0;

	private waited = 0;

	/** Callers in the queue that have a deadline. */
	private waitersWithDeadline = 0;

	private lastSeen = -Infinity;

	/** Ends the sleep of the running loop; undefined when no loop runs. */
	private wake: AbortController | undefined;

	constructor(private readonly clock: Clock) {}

	/** Sets the full rate; the last credential read counts. Works from 1/3600 to 1000, anything else is brought into that range. */
	configure(options: { requestsPerSecond: number }): void {
		const rate = Number.isNaN(options.requestsPerSecond) ? 1 : options.requestsPerSecond;
		this.fullRate = Math.min(Math.max(rate, slowestRate), fastestRate);
		this.wake?.abort();
	}

	/** Waits for a turn. Undefined when the signal was aborted, when the turn would come after the deadline, or when the vendor asks for too long a pause. */
	async acquire(kind: RequestKind, options: AcquireOptions = {}): Promise<Permit | undefined> {
		const { signal, deadline = Infinity } = options;
		if (signal?.aborted === true || this.isPausedTooLong) return undefined;
		return await new Promise((resolve) => {
			const waiter: Waiter = {
				kind,
				since: this.now(),
				deadline,
				answer: (permit) => {
					signal?.removeEventListener('abort', giveUp);
					if (this.queue.delete(waiter) && deadline < Infinity) this.waitersWithDeadline--;
					resolve(permit);
				},
			};
			const giveUp = () => {
				waiter.answer(undefined);
				this.wake?.abort();
			};
			signal?.addEventListener('abort', giveUp);
			this.queue.add(waiter);
			if (deadline < Infinity) this.waitersWithDeadline++;
			// Without deadline nothing changes for a running loop: it serves those who came before.
			if (this.wake === undefined || deadline < Infinity) this.serve();
		});
	}

	/**
	 * Pauses everybody and halves the rate after an HTTP 429. Gives the pause from now on in milliseconds.
	 * Answers to requests that were already under way belong to the same 429: they can only lengthen its pause.
	 * @param retryAfterMilliseconds what the vendor asks for; without it the pause doubles with each 429 in a row
	 */
	reportThrottled(retryAfterMilliseconds?: number): number {
		const now = this.now();
		if (now >= this.pausedUntil) {
			this.share = Math.max(this.share / 2, leastShare);
			this.throttledInARow++;
		}
		this.successesInARow = 0;
		const ownPause = Math.min(firstPause * 2 ** (this.throttledInARow - 1), longestPause);
		this.pausedUntil = Math.max(this.pausedUntil, now + (retryAfterMilliseconds || ownPause));
		if (this.isPausedTooLong) for (const waiter of this.queue) waiter.answer(undefined);
		this.wake?.abort();
		return this.pausedUntil - now;
	}

	/** Tells of an answer that was not a 429; the rate recovers by an eighth with every ten in a row. */
	reportSuccess(): void {
		if (this.now() < this.pausedUntil) return;
		this.throttledInARow = 0;
		if (this.share === 1 || ++this.successesInARow < successesForStep) return;
		this.successesInARow = 0;
		this.share = Math.min(this.share + leastShare, 1);
	}

	/** Requests a second that are allowed now. */
	get requestsPerSecond(): number {
		return this.fullRate * this.share;
	}

	/** Sum of the milliseconds that all callers waited so far. */
	get waitedMilliseconds(): number {
		return this.waited;
	}

	/** True while the vendor asks for a longer pause than a run sits out. */
	get isPausedTooLong(): boolean {
		return this.pauseMilliseconds > longestSatOut;
	}

	/** Milliseconds until the vendor's pause is over; 0 without one. */
	get pauseMilliseconds(): number {
		const now = this.now();
		return Math.max(0, this.pausedUntil - now);
	}

	/** True when nobody waits and nothing is under way. */
	get isIdle(): boolean {
		return this.queue.size === 0 && this.underWay === 0;
	}

	private get interval(): number {
		return (1000 * margin) / (this.fullRate * this.share);
	}

	/** Starts the loop that hands out turns, or lets the running one look again. */
	private serve(): void {
		if (this.wake === undefined) void this.run();
		else this.wake.abort();
	}

	private async run(): Promise<void> {
		for (let delay = this.handOut(); delay !== undefined; delay = this.handOut()) {
			this.wake = new AbortController();
			await this.clock.sleep(delay, this.wake.signal);
		}
		this.wake = undefined;
	}

	/** Hands out what can start now. Gives the time until there is more to do; undefined when only a release or a caller changes that. */
	private handOut(): number | undefined {
		for (;;) {
			const now = this.now();
			this.dismissLate(now);
			const [first] = this.queue;
			if (first === undefined) return undefined;
			const turn = this.nextTurn();
			const isBlocked = first.kind === 'read' && this.readsUnderWay >= mostReadsUnderWay;
			if (isBlocked || turn > now) {
				const next = Math.min(isBlocked ? Infinity : turn, this.nearestDeadline());
				// Timers count whole milliseconds and would wake before the turn.
				return next === Infinity ? undefined : Math.max(Math.ceil(next - now), 1);
			}
			this.start(first, now, turn);
		}
	}

	private start(waiter: Waiter, now: number, turn: number): void {
		// What the timer was late is made up for; time in which nobody asked is not.
		this.lastTurn = Math.max(turn, waiter.since, now - Math.min(mostCatchUp, this.interval / 2));
		this.underWay++;
		if (waiter.kind === 'read') this.readsUnderWay++;
		this.waited += Math.max(now - waiter.since, 0);
		let isReleased = false;
		waiter.answer({
			release: () => {
				if (isReleased) return;
				isReleased = true;
				this.underWay--;
				if (waiter.kind === 'read') this.readsUnderWay--;
				this.serve();
			},
		});
	}

	private nextTurn(): number {
		return Math.max(this.lastTurn + this.interval, this.pausedUntil);
	}

	private dismissLate(now: number): void {
		if (this.waitersWithDeadline === 0) return;
		let turn = Math.max(this.nextTurn(), now);
		for (const waiter of this.queue) {
			if (waiter.deadline < turn) waiter.answer(undefined);
			else turn += this.interval;
		}
	}

	private nearestDeadline(): number {
		let nearest = Infinity;
		if (this.waitersWithDeadline === 0) return nearest;
		for (const waiter of this.queue) nearest = Math.min(nearest, waiter.deadline + 1);
		return nearest;
	}

	/** The present; when the machine's clock is set back, the plan moves back with it. */
	private now(): number {
		const now = this.clock.now();
		if (now < this.lastSeen) {
			const setBack = this.lastSeen - now;
			this.lastTurn -= setBack;
			this.pausedUntil -= setBack;
			for (const waiter of this.queue) waiter.since -= setBack;
		}
		this.lastSeen = now;
		return now;
	}
}

/** Pacers by clock and key, the least recently used first. */
const pacers = new WeakMap<Clock, Map<string, Pacer>>();

/** Gives the pacer of a tenant; all nodes, triggers and pick lists of the process share it. */
export function pacerFor(key: string, clock: Clock = systemClock): Pacer {
	const known = pacers.get(clock) ?? new Map<string, Pacer>();
	pacers.set(clock, known);
	const pacer = known.get(key) ?? new Pacer(clock);
	known.delete(key);
	known.set(key, pacer);
	if (known.size > mostPacers) dropIdle(known, key);
	return pacer;
}

function dropIdle(known: Map<string, Pacer>, keptKey: string): void {
	for (const [key, pacer] of known) {
		if (known.size <= mostPacers) return;
		if (pacer.isIdle && key !== keptKey) known.delete(key);
	}
}
