import fc from 'fast-check';

import { Pacer, pacerFor } from '../../../nodes/shared/http/pacer';
import type { AcquireOptions, Permit, RequestKind } from '../../../nodes/shared/http/pacer';
import { seeded } from '../../support/runs';
import { TestClock } from '../../support/testClock';

function createPacer(requestsPerSecond: number, options: ConstructorParameters<typeof TestClock>[0] = {}) {
	const clock = new TestClock({ start: 0, ...options });
	const pacer = new Pacer(clock);
	pacer.configure({ requestsPerSecond });
	return { clock, pacer };
}

async function mustAcquire(pacer: Pacer, kind: RequestKind = 'write', options?: AcquireOptions): Promise<Permit> {
	const permit = await pacer.acquire(kind, options);
	if (permit === undefined) throw new Error('No permit was given');
	return permit;
}

/** Fills the vendor's window up to its last place, and asks for one more. */
async function fillWindow(pacer: Pacer, perWindow: number): Promise<Permit> {
	for (let count = 1; count < perWindow; count++) await mustAcquire(pacer);
	return await mustAcquire(pacer);
}

/** Start times of requests that are all asked for at once. */
async function startTimes(pacer: Pacer, clock: TestClock, count: number): Promise<number[]> {
	const starts = Array.from({ length: count }, async () => {
		const permit = await mustAcquire(pacer);
		permit.release();
		return clock.now();
	});
	return await Promise.all(starts);
}

/** Milliseconds between requests of which each is asked for when the one before has started. */
async function gapsBetween(pacer: Pacer, clock: TestClock, count: number): Promise<number[]> {
	const starts: number[] = [];
	while (starts.length <= count) starts.push(...(await startTimes(pacer, clock, 1)));
	return starts.slice(1).map((start, index) => start - starts[index]);
}

/** Most starts inside any window of the given length. */
function mostWithin(starts: number[], window: number): number {
	return Math.max(
		0,
		...starts.map((start) => starts.filter((other) => other >= start && other < start + window).length),
	);
}

interface PlannedRequest {
	gap: number;
	kind: RequestKind;
	latency: number;
	abortAfter?: number;
	/** Retry-After of a 429, 0 for one without. */
	throttled?: number;
}

const plannedRequest = fc.record<PlannedRequest, 'gap' | 'kind' | 'latency'>(
	{
		gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
		kind: fc.constantFrom<RequestKind>('read', 'write'),
		latency: fc.integer({ min: 0, max: 5_000 }),
		abortAfter: fc.integer({ min: 0, max: 3_000 }),
		throttled: fc.integer({ min: 0, max: 3_000 }),
	},
	{ requiredKeys: ['gap', 'kind', 'latency'] },
);

/** Sends planned requests through a pacer and writes down what happens. */
async function play(requests: PlannedRequest[], pacer: Pacer, clock: TestClock) {
	const starts: Array<{ index: number; at: number }> = [];
	const abandoned: number[] = [];
	const pauses: Array<{ from: number; to: number }> = [];
	let reads = 0;
	let mostReads = 0;
	const send = async ({ kind, latency, abortAfter, throttled }: PlannedRequest, index: number) => {
		const stop = new AbortController();
		if (abortAfter !== undefined) void clock.sleep(abortAfter).then(() => stop.abort());
		const permit = await pacer.acquire(kind, { signal: stop.signal });
		if (permit === undefined) return void abandoned.push(index);
		starts.push({ index, at: clock.now() });
		if (kind === 'read') mostReads = Math.max(mostReads, ++reads);
		await clock.sleep(latency);
		if (kind === 'read') reads--;
		permit.release();
		if (throttled === undefined) pacer.reportSuccess();
		else pauses.push({ from: clock.now(), to: clock.now() + pacer.reportThrottled(throttled) });
	};
	const sent: Array<Promise<void>> = [];
	for (const [index, request] of requests.entries()) {
		if (request.gap > 0) await clock.sleep(request.gap);
		sent.push(send(request, index));
	}
	await Promise.all(sent);
	return { starts, abandoned, mostReads, pauses };
}

describe('Pacer', () => {
	it('never starts more than the rate in any second, keeps the order, and has at most 32 reads under way, whatever another account does', async () => {
		const account = fc.record({ requests: fc.array(plannedRequest, { maxLength: 60 }), rate: fc.integer({ min: 1, max: 100 }) });
		const lateness = fc.oneof(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 900 }));
		await fc.assert(
			fc.asyncProperty(fc.tuple(account, account), fc.array(lateness, { minLength: 1 }), async (accounts, latenesses) => {
				let timer = 0;
				const clock = new TestClock({ start: 0, lateness: () => latenesses[timer++ % latenesses.length] });
				const ofOne = async ({ requests, rate }: (typeof accounts)[number], index: number) => {
					const pacer = pacerFor(`account ${index}`, clock);
					pacer.configure({ requestsPerSecond: rate });
					const { starts, abandoned, mostReads, pauses } = await play(requests, pacer, clock);
					expect(
						mostWithin(
							starts.map(({ at }) => at),
							1000,
						),
					).toBeLessThanOrEqual(rate);
					expect(starts.map((start) => start.index)).toEqual(starts.map((start) => start.index).sort((a, b) => a - b));
					expect(mostReads).toBeLessThanOrEqual(32);
					for (const { at } of starts) expect(pauses.filter(({ from, to }) => at > from && at < to)).toEqual([]);
					expect(starts.length + abandoned.length).toBe(requests.length);
					for (const abandonedIndex of abandoned) expect(requests[abandonedIndex].abortAfter).toBeDefined();
					expect(pacer.isIdle).toBe(true);
				};
				await Promise.all(accounts.map(ofOne));
			}),
			seeded(150, 5_000),
		);
	});

	it.each([1 / 60, 0.5, 1, 3, 10, 100])(
		'starts evenly, with a margin of 3 %% below %p requests a second',
		async (rate) => {
			const { clock, pacer } = createPacer(rate);
			const starts = await startTimes(pacer, clock, 60);
			const gaps = starts.slice(1).map((start, index) => start - starts[index]);
			const interval = 1030 / rate;
			expect(starts[0]).toBe(0);
			// Timers count whole milliseconds; what is rounded up is made up for with the next turn.
			expect(Math.max(...gaps)).toBeLessThanOrEqual(Math.ceil(interval));
			expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.floor(interval));
			expect(starts[59]).toBeLessThanOrEqual(59 * interval + 1);
		},
	);

	it('makes up for late timers, so that the rate is reached', async () => {
		const { clock, pacer } = createPacer(100, { lateness: () => 2 });
		const starts = await startTimes(pacer, clock, 201);
		expect(starts[200]).toBeLessThanOrEqual(200 * 10.3 + 5);
		expect(mostWithin(starts, 1000)).toBeLessThanOrEqual(100);
	});

	it('does not save up turns while nobody asks', async () => {
		const { clock, pacer } = createPacer(10);
		await startTimes(pacer, clock, 1);
		await clock.sleep(60_000);
		const starts = await startTimes(pacer, clock, 3);
		expect(starts[1] - starts[0]).toBeGreaterThanOrEqual(100 - 10);
		expect(starts[2] - starts[1]).toBeGreaterThanOrEqual(103);
	});

	it('starts the next read when one of 32 is answered, and lets writes take no such place', async () => {
		const { clock, pacer } = createPacer(10);
		const permits = await Promise.all(Array.from({ length: 32 }, () => mustAcquire(pacer, 'read')));
		await mustAcquire(pacer, 'write');
		let isStarted = false;
		const next = mustAcquire(pacer, 'read').then(() => (isStarted = true));
		await clock.sleep(60_000);
		expect(isStarted).toBe(false);
		permits[2].release();
		permits[2].release();
		await next;
		const another = pacer.acquire('read', { deadline: clock.now() + 10_000 });
		expect(await another).toBeUndefined();
	});

	it('gives up at once when the turn would come after the deadline, and keeps the turn of the others', async () => {
		const { clock, pacer } = createPacer(1);
		const [first, hopeless, second, inTime] = [
			pacer.acquire('read', { deadline: 0 }),
			pacer.acquire('read', { deadline: 1029 }).then((permit) => ({ permit, at: clock.now() })),
			mustAcquire(pacer).then(() => clock.now()),
			pacer.acquire('read', { deadline: 2060 }),
		];
		expect(await first).toBeDefined();
		expect(await hopeless).toEqual({ permit: undefined, at: 0 });
		expect(await second).toBe(1030);
		expect(await inTime).toBeDefined();
		expect(clock.now()).toBe(2060);
	});

	it('gives up callers whose turn moves behind their deadline by a pause', async () => {
		const { clock, pacer } = createPacer(1);
		await mustAcquire(pacer);
		const waiting = pacer.acquire('write', { deadline: 5_000 });
		pacer.reportThrottled(30_000);
		expect(await waiting).toBeUndefined();
		expect(clock.now()).toBe(0);
	});

	it('gives up everybody who waits when the vendor asks for more than five minutes, and those who come meanwhile', async () => {
		const { clock, pacer } = createPacer(1);
		await mustAcquire(pacer);
		const waiting = [pacer.acquire('read'), pacer.acquire('write')];
		pacer.reportThrottled(3_600_000);
		expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
		expect(await pacer.acquire('read')).toBeUndefined();
		expect({ now: clock.now(), isPausedTooLong: pacer.isPausedTooLong }).toEqual({ now: 0, isPausedTooLong: true });
		await clock.sleep(3_600_000);
		await mustAcquire(pacer);
	});

	it('gives up a caller that waits for a place at its deadline', async () => {
		const { clock, pacer } = createPacer(10);
		for (let reads = 0; reads < 32; reads++) await mustAcquire(pacer, 'read');
		expect(await pacer.acquire('read', { deadline: 20_000 })).toBeUndefined();
		expect(clock.now()).toBe(20_001);
	});

	it('gives nothing to an aborted caller and loses no turn by it', async () => {
		const { clock, pacer } = createPacer(1);
		const stop = new AbortController();
		await mustAcquire(pacer);
		const aborted = pacer.acquire('write', { signal: stop.signal });
		const next = mustAcquire(pacer).then(() => clock.now());
		stop.abort();
		expect(await aborted).toBeUndefined();
		expect(await next).toBe(1030);
		expect(await pacer.acquire('write', { signal: stop.signal })).toBeUndefined();
	});

	it('pauses everybody as long as the vendor asks, then starts a tenth slower', async () => {
		const { clock, pacer } = createPacer(10);
		const { startedAt } = await fillWindow(pacer, 10);
		expect(pacer.reportThrottled(7_000, startedAt)).toBe(7_000);
		const starts = await startTimes(pacer, clock, 3);
		expect(starts.map((at) => at - startedAt)).toEqual([7_000, 7_115, 7_229]);
	});

	it('doubles its own pause with each 429 in a row, up to a minute, and slows to an eighth', async () => {
		const { clock, pacer } = createPacer(10);
		const pauses: number[] = [];
		for (let count = 0; count < 11; count++) {
			await mustAcquire(pacer);
			pauses.push(pacer.reportThrottled());
		}
		expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60].map((seconds) => seconds * 1000));
		const starts = await startTimes(pacer, clock, 3);
		expect(starts[2] - starts[1]).toBe(824);
	});

	it.each([
		[10, 9, 0.9],
		[10, 8, 0.9 * 0.8],
		[10, 6, 0.9 * 0.6],
		[10, 2, 0.9 * 0.5],
		[3, 2, 0.9 * (2 / 3)],
		[1, 0, 0.9],
	])('at %d a second with %d of them its own, the first 429 leaves %d of the rate', async (rate, own, left) => {
		const { clock, pacer } = createPacer(rate);
		for (let count = 0; count < own; count++) (await mustAcquire(pacer)).release();
		const refused = await mustAcquire(pacer);
		pacer.reportThrottled(1_000, refused.startedAt);
		clock.set(clock.now() + 1_000);
		expect(pacer.requestsPerSecond).toBeCloseTo(rate * left);
	});

	it('takes several 429 answers of requests under way for one', async () => {
		const { clock, pacer } = createPacer(10);
		const { startedAt } = await fillWindow(pacer, 10);
		expect([pacer.reportThrottled(), pacer.reportThrottled(), pacer.reportThrottled(500)]).toEqual([1000, 1000, 1000]);
		pacer.reportSuccess();
		expect(pacer.reportThrottled(3_000)).toBe(3_000);
		const starts = await startTimes(pacer, clock, 2);
		expect(starts.map((at) => at - startedAt)).toEqual([3_000, 3_115]);
	});

	it('comes back near the former rate fast, stays there, then rises to the full one, never by a jump', async () => {
		const { clock, pacer } = createPacer(10);
		await fillWindow(pacer, 9);
		for (let count = 0; count < 4; count++) {
			await mustAcquire(pacer);
			pacer.reportThrottled();
		}
		const before = 10 * 0.9 * 0.8 ** 2;
		const resumed = clock.now() + pacer.pauseMilliseconds;
		const rateAfter = (seconds: number) => {
			clock.set(resumed + seconds * 1000);
			return pacer.requestsPerSecond;
		};
		expect(rateAfter(0)).toBeCloseTo(before * 0.8);
		expect(rateAfter(7.5)).toBeGreaterThan(before * 0.97);
		expect(rateAfter(15)).toBeCloseTo(before);
		expect(rateAfter(22.5)).toBeLessThan(before * 1.05);
		expect(rateAfter(30)).toBeCloseTo(before + 2);
		expect(rateAfter(45)).toBe(10);
		clock.set(resumed);
		const gaps = await gapsBetween(pacer, clock, 300);
		expect(gaps.at(-1)).toBe(103);
		for (const [index, gap] of gaps.slice(1).entries()) {
			expect(gap).toBeLessThanOrEqual(gaps[index] + 1);
			expect(gap).toBeGreaterThanOrEqual(gaps[index] * 0.9);
		}
		pacer.reportSuccess();
		expect(pacer.reportThrottled()).toBe(1_000);
	});

	it('takes over a new rate for those who wait already', async () => {
		const { clock, pacer } = createPacer(1 / 60);
		await mustAcquire(pacer);
		const waiting = mustAcquire(pacer);
		pacer.configure({ requestsPerSecond: 10 });
		await waiting;
		expect(clock.now()).toBe(103);
	});

	it.each([NaN, 0, -5, Infinity])('stays usable with %p requests a second', async (rate) => {
		const { clock, pacer } = createPacer(rate);
		const starts = await startTimes(pacer, clock, 2);
		expect(starts[1] - starts[0]).toBeGreaterThan(0);
		expect(starts[1] - starts[0]).toBeLessThanOrEqual(3600 * 1030);
	});

	it('goes on in time when the clock of the machine is set back', async () => {
		const { clock, pacer } = createPacer(1, { start: 10_000_000 });
		await mustAcquire(pacer);
		clock.set(5_000_000);
		await mustAcquire(pacer);
		expect(clock.now()).toBe(5_001_030);
	});

	it('keeps to the length of a pause when the clock of the machine is set back meanwhile', async () => {
		const { clock, pacer } = createPacer(1, { start: 10_000_000 });
		await mustAcquire(pacer);
		pacer.reportThrottled(60_000);
		clock.set(10_000_000 - 600_000);
		expect(pacer.isPausedTooLong).toBe(false);
		expect(pacer.pauseMilliseconds).toBe(60_000);
		await mustAcquire(pacer);
		expect(clock.now()).toBe(10_000_000 - 600_000 + 60_000);
	});

	it('tells how long callers waited', async () => {
		const { pacer } = createPacer(1);
		await Promise.all([mustAcquire(pacer), mustAcquire(pacer), mustAcquire(pacer)]);
		expect(pacer.waitedMilliseconds).toBe(3090);
	});
});

/** A vendor that refuses what is one too many within any second, by when the request arrives, as strict ones do. */
class StrictVendor {
	refused: number[] = [];

	private arrivals: number[] = [];

	constructor(
		private readonly clock: TestClock,
		private readonly rate: number,
		private readonly latency: number,
		private readonly travel: () => number,
	) {}

	async request(): Promise<boolean> {
		await this.clock.sleep(this.travel());
		const now = this.clock.now();
		this.arrivals = this.arrivals.filter((arrival) => arrival > now - 1000);
		if (this.arrivals.length >= this.rate) {
			this.refused.push(now);
			return false;
		}
		this.arrivals.push(now);
		await this.clock.sleep(this.latency);
		return true;
	}
}

/** Sends so many requests until the vendor carries each out. Gives the start of each try. */
async function sendAll(pacer: Pacer, clock: TestClock, vendor: StrictVendor, count: number, retryAfter?: number): Promise<number[]> {
	const starts: number[] = [];
	const send = async () => {
		for (let isDone = false; !isDone;) {
			const permit = await mustAcquire(pacer);
			starts.push(clock.now());
			isDone = await vendor.request();
			if (isDone) pacer.reportSuccess();
			else pacer.reportThrottled(retryAfter, permit.startedAt);
			permit.release();
		}
	};
	await Promise.all(Array.from({ length: count }, send));
	return starts;
}

/** A pacer at ten a second whose timers are late as given, in turn. */
function createLatePacer(latenesses: number[]) {
	let timer = 0;
	const clock = new TestClock({ start: 0 });
	const sleep = async (milliseconds: number, signal?: AbortSignal) =>
		await clock.sleep(milliseconds + latenesses[timer++ % latenesses.length], signal);
	const pacer = new Pacer({ now: () => clock.now(), sleep });
	pacer.configure({ requestsPerSecond: 10 });
	return { clock, pacer };
}

/** Milliseconds of which one in so many is a long one. */
function delays(usual: number, longest: number, oneIn: number) {
	const short = fc.integer({ min: 0, max: usual });
	const long = fc.integer({ min: usual, max: longest });
	return fc
		.array(fc.record({ short, long }), { minLength: 7, maxLength: 30 })
		.map((list) =>
			list.flatMap(({ short: first, long: last }) => [...Array.from({ length: oneIn - 1 }, () => first), last]),
		);
}

describe('a vendor that counts strictly', () => {
	const count = 200;

	it.each([50, 400, 1_000])(
		'refuses none of 200 writes with answers after %p ms and few delays, and they take little longer than the ideal',
		async (latency) => {
			await fc.assert(
				fc.asyncProperty(delays(8, 60, 25), delays(2, 40, 25), async (travels, latenesses) => {
					let sent = 0;
					const { clock, pacer } = createLatePacer(latenesses);
					const vendor = new StrictVendor(clock, 10, latency, () => travels[sent++ % travels.length]);
					await sendAll(pacer, clock, vendor, count, 1_000);
					expect(vendor.refused).toEqual([]);
					expect(clock.now()).toBeLessThanOrEqual(1.08 * ((count - 1) * 100 + latency));
				}),
				seeded(30, 500),
			);
		},
	);

	// With answers after a second nothing is known of the first request when the eleventh starts.
	it.each([
		[50, 80],
		[400, 80],
		[1_000, 20],
	])(
		'gets 200 writes with answers after %p ms within 1.05 times the ideal, also when the first is %p ms late',
		async (latency, late) => {
			let sent = 0;
			const { clock, pacer } = createLatePacer([1, 2, 0, 3]);
			const vendor = new StrictVendor(clock, 10, latency, () => (sent++ === 0 ? late : 5));
			await sendAll(pacer, clock, vendor, count, 1_000);
			expect(vendor.refused).toEqual([]);
			expect(clock.now()).toBeLessThanOrEqual(1.06 * ((count - 1) * 100 + latency));
		},
	);

	it('refuses few where one request and one timer in ten is late, and the rate is won back after each', async () => {
		await fc.assert(
			fc.asyncProperty(
				delays(12, 90, 10),
				delays(2, 80, 10),
				fc.constantFrom(50, 400, 1_000),
				async (travels, latenesses, latency) => {
					let sent = 0;
					const { clock, pacer } = createLatePacer(latenesses);
					const vendor = new StrictVendor(clock, 10, latency, () => travels[sent++ % travels.length]);
					await sendAll(pacer, clock, vendor, count, 1_000);
					const ideal = (count - 1) * 100 + latency;
					// A refusal costs the second that the vendor asks for, and little more.
					expect(clock.now()).toBeLessThanOrEqual(1.15 * ideal + 1_400 * vendor.refused.length);
					expect(vendor.refused.length).toBeLessThanOrEqual(10);
				},
			),
			seeded(60, 500),
		);
	});

	it('that refuses one request costs the second that it asks for and no more than four turns', async () => {
		const { clock, pacer } = createPacer(10);
		let sent = 0;
		const starts: number[] = [];
		const send = async () => {
			for (let isDone = false; !isDone;) {
				const permit = await mustAcquire(pacer);
				starts.push(clock.now());
				isDone = ++sent !== 100;
				if (isDone) pacer.reportSuccess();
				else pacer.reportThrottled(1_000, permit.startedAt);
				permit.release();
			}
		};
		await Promise.all(Array.from({ length: count }, send));
		expect(starts).toHaveLength(count + 1);
		expect(clock.now()).toBeLessThanOrEqual(count * 103 + 1_000 + 4 * 103);
		expect(starts[200] - starts[199]).toBeLessThanOrEqual(104);
	});

	it('does not slow down further for the refusal of a request that started before an earlier one was known', async () => {
		const { clock, pacer } = createPacer(10);
		const [first, second] = [await fillWindow(pacer, 10), await mustAcquire(pacer)];
		pacer.reportThrottled(1_000, first.startedAt);
		await clock.sleep(1_500);
		expect(pacer.reportThrottled(undefined, second.startedAt)).toBe(0);
		const starts = await startTimes(pacer, clock, 2);
		expect(starts[1] - starts[0]).toBe(Math.floor(103 / 0.9));
	});

	it.each([
		{ processes: 2, each: 250, rate: 10, retryAfter: 1_000, times: 1.2 },
		{ processes: 2, each: 250, rate: 10, retryAfter: undefined, times: 1.2 },
		{ processes: 2, each: 1_000, rate: 10, retryAfter: 1_000, times: 1.3 },
		{ processes: 5, each: 200, rate: 10, retryAfter: 1_000, times: 1.5 },
		{ processes: 3, each: 100, rate: 2, retryAfter: 1_000, times: 1.8 },
		{ processes: 2, each: 20, rate: 1, retryAfter: 1_000, times: 1.9 },
		{ processes: 2, each: 20, rate: 1, retryAfter: undefined, times: 1.9 },
	])(
		'is shared by $processes processes that know nothing of each other, $each writes each at $rate a second, Retry-After $retryAfter: within $times times the ideal',
		async ({ processes, each, rate, retryAfter, times }) => {
			for (let seed = 1; seed <= 5; seed++) {
				const random = fc.sample(fc.integer({ min: 0, max: 3 }), { seed, numRuns: 1_000 });
				let next = 0;
				const lateness = () => random[next++ % random.length];
				const clock = new TestClock({ start: 0, lateness });
				const vendor = new StrictVendor(clock, rate, 100, () => 1 + lateness());
				const sending = Array.from({ length: processes }, async (_, index) => {
					await clock.sleep(1 + index * 37 * seed);
					const pacer = new Pacer(clock);
					pacer.configure({ requestsPerSecond: rate });
					await sendAll(pacer, clock, vendor, each, retryAfter);
				});
				await Promise.all(sending);
				const count = processes * each;
				expect(clock.now()).toBeLessThanOrEqual((times * count * 1_000) / rate);
				expect(vendor.refused.length).toBeLessThanOrEqual(Math.max(count / 3, 15));
			}
		},
	);
});

describe('pacerFor', () => {
	it('shares one pacer by key', () => {
		const clock = new TestClock();
		expect(pacerFor('one tenant', clock)).toBe(pacerFor('one tenant', clock));
		expect(pacerFor('one tenant', clock)).not.toBe(pacerFor('another tenant', clock));
		expect(pacerFor('one tenant')).toBe(pacerFor('one tenant'));
	});

	it('forgets the idle ones used longest ago when there are more than 500, and never one in use', async () => {
		const clock = new TestClock();
		const busy = pacerFor('busy', clock);
		const permit = await mustAcquire(busy);
		const oldest = pacerFor('oldest', clock);
		const recent = pacerFor('recent', clock);
		for (let count = 0; count < 498; count++) {
			pacerFor(`tenant ${count}`, clock);
			pacerFor('recent', clock);
		}
		expect(pacerFor('busy', clock)).toBe(busy);
		expect(pacerFor('recent', clock)).toBe(recent);
		expect(pacerFor('oldest', clock)).not.toBe(oldest);
		permit.release();
	});
});
