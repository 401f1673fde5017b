import { onAbort } from '../time/abort';
import { systemClock } from '../time/clock';
import type { Clock } from '../time/clock';

/** Reads are limited in how many are under way; writes are kept in order by the caller. */
export type RequestKind = 'read' | 'write';

/** The right to send one request. */
export interface Permit {
	/** Epoch milliseconds of the turn. */
	readonly startedAt: number;
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

/** A request that was started. */
interface Start {
	at: number;
	/** Milliseconds that its answer took; undefined until it is there. */
	took?: number;
}

const slowestRate = 1 / 3600;
const fastestRate = 1000;

/** Turns are planned a little slower than the rate, so that a delay can be made up for. */
const margin = 1.03;

/** Milliseconds by which a vendor's second is left behind before its next request: clocks and timers are not exact. */
const minimumGuard = 20;

/** What a request was late on its way is added to the guard, up to this: the time of its answer tells it only roughly. */
const maximumLate = 100;

/** Answers whose times tell what is usual. */
const answersRemembered = 15;

/** Timers fire late; a turn may come this much earlier after the one before to make up for it. */
const minimumCatchUp = 10;

/** For so long after a 429 no more than that is made up for: the vendor may count in shorter spans. */
const strictMilliseconds = 600_000;

/** Enough to hide a second of latency at the fastest rates that vendors allow. */
const maximumReadsUnderWay = 32;
const firstPause = 1_000;
const longestPause = 60_000;
/** When the vendor asks for more, runs fail and say how long, instead of blocking. */
const longestAcceptedPause = 300_000;
const minimumShare = 1 / 8;

/** What one 429 leaves of the rate, and what a further one soon after it leaves. */
const shareAfterOne = 0.9;
const shareAfterMore = 0.8;

/** The first 429 at the full rate leaves what got through of the own requests, but no less than this part of the rate. */
const minimumFirstShare = 0.5;

/** From here on a window counts as filled by the own requests: the margin leaves its last place free now and then. */
const minimumWholeShare = 0.85;

/** After so many of the vendor's windows the rate is back at what it was when the 429 came. */
const windowsToRecover = 15;

/** Part of the full rate that is won in as many windows again; it rises ever faster, for others may have gone. */
const shareWonAfterwards = 0.2;

/** A 429 within so many of the vendor's windows after the pause of another one says that others use the rate too. */
const soonWindows = 2;
const maximumPacers = 500;

/**
 * Keeps the requests to one tenant at its allowed rate, first come, first served whatever the kind.
 * With ten requests a second allowed, the eleventh starts no less than a second after the first, plus what the first was late on
 * its way as far as its answer tells. So a delay holds up one turn in ten, not all that follow, and is made up for.
 * At most 32 reads are under way; writes take no such place, and a read that waits for one holds up those behind it.
 */
export class Pacer {
	private readonly queue = new Set<Waiter>();

	private fullRate = 1;

	/** Part of the full rate that was used when the last 429 came. */
	private shareBefore = 1;

	/** Part of the full rate that the last 429 left. */
	private shareLeft = 1;

	private lastTurn = -Infinity;

	private pausedUntil = -Infinity;

	private throttledInARow = 0;

	private lastThrottledAt = -Infinity;

	/** The last requests, the oldest first. */
	private readonly starts: Start[] = [];

	private readonly answerTimes: number[] = [];

	/** Milliseconds that an answer usually takes. */
	private typicalAnswer = Infinity;

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
					stopListening?.();
					if (this.queue.delete(waiter) && deadline < Infinity) this.waitersWithDeadline--;
					resolve(permit);
				},
			};
			const giveUp = () => {
				waiter.answer(undefined);
				this.wake?.abort();
			};
			const stopListening = signal && onAbort(signal, giveUp);
			this.queue.add(waiter);
			if (deadline < Infinity) this.waitersWithDeadline++;
			// Without deadline nothing changes for a running loop: it serves those who came before.
			if (this.wake === undefined || deadline < Infinity) this.serve();
		});
	}

	/**
	 * Pauses everybody and slows down after an HTTP 429: by a tenth, by a fifth when it is not the first within a short time.
	 * The first one at the full rate says that others use it too: what they left free is taken for the own share.
	 * Requests that were started before the last 429 was known belong to it: they can only lengthen its pause.
	 * @param retryAfterMilliseconds what the vendor asks for; without it the pause doubles with each 429 in a row
	 * @param startedAt when the refused request started; now when left out
	 * @returns the pause from now on in milliseconds
	 */
	reportThrottled(retryAfterMilliseconds?: number, startedAt?: number): number {
		const now = this.now();
		const isNew = now >= this.pausedUntil && (startedAt ?? now) > this.lastThrottledAt;
		if (isNew) {
			const isSoon = now - this.pausedUntil < soonWindows * this.window;
			this.shareBefore = this.share === 1 ? this.shareGotThrough(startedAt ?? now) : this.share;
			this.shareLeft = this.shareBefore * (isSoon ? shareAfterMore : shareAfterOne);
			this.throttledInARow++;
			this.lastThrottledAt = now;
		}
		const ownPause = Math.min(firstPause * 2 ** (this.throttledInARow - 1), longestPause);
		if (isNew || now < this.pausedUntil || retryAfterMilliseconds) {
			this.pausedUntil = Math.max(this.pausedUntil, now + (retryAfterMilliseconds || ownPause));
		}
		if (this.isPausedTooLong) for (const waiter of this.queue) waiter.answer(undefined);
		this.wake?.abort();
		return this.pauseMilliseconds;
	}

	/** Tells of an answer that was not a 429: the next one is the first in a row. */
	reportSuccess(): void {
		if (this.now() >= this.pausedUntil) this.throttledInARow = 0;
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
		return this.pauseMilliseconds > longestAcceptedPause;
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

	/**
	 * Part of the full rate that is used: below 1 for some time after an HTTP 429. It comes near its former level fast, stays there for
	 * long and then rises ever faster, as TCP's CUBIC does (RFC 9438): so processes that know nothing of each other share the rate.
	 */
	private get share(): number {
		if (this.shareLeft === 1) return 1;
		const sinceLevel = Math.max(this.now() - this.pausedUntil, 0) / (windowsToRecover * this.window) - 1;
		const height = sinceLevel < 0 ? this.shareBefore - this.shareLeft : shareWonAfterwards;
		return Math.min(Math.max(this.shareBefore + height * sinceLevel ** 3, minimumShare), 1);
	}

	/** Part of the vendor's window before a refused request that the own ones filled; 1 where that is nearly all, or where a window has only one. */
	private shareGotThrough(refusedAt: number): number {
		const own = this.starts.filter(({ at }) => at > refusedAt - this.window && at < refusedAt).length;
		const share = own / this.perWindow;
		return this.perWindow === 1 || share > minimumWholeShare ? 1 : Math.max(share, minimumFirstShare);
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
			const turn = this.nextTurn(now);
			const isBlocked = first.kind === 'read' && this.readsUnderWay >= maximumReadsUnderWay;
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
		this.lastTurn = Math.max(turn, waiter.since, now - this.catchUp(now));
		const start: Start = { at: now };
		this.remember(start);
		this.underWay++;
		if (waiter.kind === 'read') this.readsUnderWay++;
		this.waited += Math.max(now - waiter.since, 0);
		let isReleased = false;
		waiter.answer({
			startedAt: now,
			release: () => {
				if (isReleased) return;
				isReleased = true;
				start.took = this.now() - start.at;
				this.noteAnswer(start.took);
				this.underWay--;
				if (waiter.kind === 'read') this.readsUnderWay--;
				this.serve();
			},
		});
	}

	private nextTurn(now: number): number {
		return Math.max(this.lastTurn + this.interval, this.pausedUntil, this.windowEnd(now));
	}

	/** When the vendor's window that is full of requests has gone on far enough for a further one. */
	private windowEnd(now: number): number {
		const oldest = this.starts.at(-this.perWindow);
		if (oldest === undefined) return -Infinity;
		// One that should be answered by now may have come late as well.
		const took = oldest.took ?? (now - oldest.at > this.typicalAnswer ? Infinity : 0);
		const late = Math.min(Math.max(took - this.typicalAnswer, 0), maximumLate);
		return oldest.at + this.window + minimumGuard + late;
	}

	/** Requests that the vendor allows in a second, or one in a longer time. */
	private get perWindow(): number {
		return Math.max(Math.floor(this.fullRate), 1);
	}

	/** Milliseconds in which the vendor allows so many. */
	private get window(): number {
		return (this.perWindow * 1000) / this.fullRate;
	}

	private remember(start: Start): void {
		this.starts.push(start);
		if (this.starts.length > 2 * fastestRate) this.starts.splice(0, fastestRate);
	}

	private noteAnswer(milliseconds: number): void {
		this.answerTimes.push(milliseconds);
		if (this.answerTimes.length > answersRemembered) this.answerTimes.shift();
		const sorted = [...this.answerTimes].sort((first, second) => first - second);
		this.typicalAnswer = sorted[sorted.length >> 1];
	}

	/** How much of what a timer was late may be made up for; the vendor's window is kept to in any case. */
	private catchUp(now: number): number {
		const half = this.interval / 2;
		const isStrict = now - this.lastThrottledAt < strictMilliseconds;
		return isStrict ? Math.min(minimumCatchUp, half) : Math.max(minimumCatchUp, half);
	}

	private dismissLate(now: number): void {
		if (this.waitersWithDeadline === 0) return;
		let turn = Math.max(this.nextTurn(now), now);
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
			this.lastThrottledAt -= setBack;
			for (const start of this.starts) start.at -= setBack;
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
	if (known.size > maximumPacers) dropIdle(known, key);
	return pacer;
}

function dropIdle(known: Map<string, Pacer>, keptKey: string): void {
	for (const [key, pacer] of known) {
		if (known.size <= maximumPacers) return;
		if (pacer.isIdle && key !== keptKey) known.delete(key);
	}
}
