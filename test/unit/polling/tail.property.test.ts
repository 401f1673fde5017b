import assert from 'node:assert/strict';

import fc from 'fast-check';

import { PollBudget } from '../../../nodes/shared/polling/budget';
import { memoryLimit, restoreState } from '../../../nodes/shared/polling/state';
import type { TailState } from '../../../nodes/shared/polling/state';
import { pollTail } from '../../../nodes/shared/polling/tail/pollTail';
import { runs } from '../../support/runs';
import { ListVendor, Outage } from './listVendor';
import type { ListedRecord, ListVendorOptions, Row } from './listVendor';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const begin = Date.parse('2026-03-02T10:00:00Z');
const identity = { event: 'callEnded', filters: 'f1' };

/** One poll of a schedule and what goes wrong around it. */
interface Tick {
	gap: number;
	outageAtPage?: number;
	restart: 'none' | 'memory' | 'lastEmission';
}

interface Limits {
	pages: number;
	pagesPerSlice: number;
	milliseconds: number;
}

const tick: fc.Arbitrary<Tick> = fc.record({
	gap: fc.oneof(
		fc.constant(minute),
		fc.integer({ min: 1, max: 2 * 60 }).map((minutes) => minutes * minute),
	),
	outageAtPage: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined, freq: 4 }),
	restart: fc.constantFrom('none', 'none', 'none', 'memory', 'lastEmission'),
});

const limits: fc.Arbitrary<Limits> = fc.record({
	pages: fc.integer({ min: 1, max: 8 }),
	pagesPerSlice: fc.integer({ min: 1, max: 4 }),
	milliseconds: fc.constantFrom(0, 2 * second, 30 * second),
});

const options: fc.Arbitrary<ListVendorOptions> = fc.record({
	order: fc.constantFrom('ascending', 'descending', 'unknown'),
	filter: fc.constantFrom('none', 'since', 'sinceAndUntil'),
	exclusiveBounds: fc.boolean(),
	pageSize: fc.integer({ min: 1, max: 6 }),
	countsPages: fc.boolean(),
	shift: fc.constantFrom(0, 0, -10 * hour, -2 * hour, 3 * hour, 12 * hour),
	overlap: fc.constantFrom(0, 5 * minute, hour),
	lookBack: fc.constant(0),
	step: fc.constantFrom(second, second, 24 * hour),
	pageTime: fc.constantFrom(0, second, 20 * second),
});

/** Records over a day before and four hours after activation, many at the same instant, all shown within the overlap. */
function records(overlap: number, lookBack: number): fc.Arbitrary<ListedRecord[]> {
	const record = fc.record({
		minute: fc.integer({ min: -1_440, max: 240 }),
		second: fc.constantFrom(0, 0, 0, 0.4, 1, 30, 31),
		lateness: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
		running: fc.double({ min: 0, max: 1, noNaN: true }),
	});
	return fc.array(record, { maxLength: 40 }).map((list) =>
		list.map((each, index) => {
			const time = begin + each.minute * minute + each.second * second;
			const startedAt = lookBack > 0 ? { startedAt: time - Math.floor(each.running * lookBack) } : {};
			return { id: `r${index}`, time, shownAt: time + Math.floor(each.lateness * overlap), ...startedAt };
		}),
	);
}

const schedule = options.chain((vendorOptions) =>
	fc.record({
		options: fc.constant(vendorOptions),
		records: records(vendorOptions.overlap, vendorOptions.lookBack),
		ticks: fc.array(tick, { minLength: 1, maxLength: 12 }),
		limits,
	}),
);

const lookBackSchedule = options
	.map((given): ListVendorOptions => ({
		...given,
		order: 'unknown',
		lookBack: 4 * hour,
		filter: given.filter === 'none' ? 'since' : given.filter,
	}))
	.chain((vendorOptions) =>
		fc.record({
			options: fc.constant(vendorOptions),
			records: records(vendorOptions.overlap, vendorOptions.lookBack),
			ticks: fc.array(tick, { minLength: 1, maxLength: 12 }),
			limits,
		}),
	);

/** A trigger over a host that stores its state as n8n does. */
class Host {
	readonly emitted: Row[][] = [];

	state: TailState | undefined;

	private stored: TailState | undefined;

	constructor(
		private readonly vendor: ListVendor,
		private readonly limits: Limits,
	) {}

	get emittedIds(): string[] {
		return this.emitted.flat().map(({ id }) => id);
	}

	async poll(): Promise<void> {
		const isActivation = this.state === undefined;
		const before = JSON.stringify(this.state);
		// The machine's clock has nothing to do with the vendor's.
		const now = () => this.vendor.clock + 7 * 24 * hour;
		const budget = new PollBudget({ ...this.limits, deadline: now() + this.limits.milliseconds }, now);
		try {
			const { events, state } = await pollTail(this.vendor, this.state, identity, budget);
			// Plain assertions: there are hundreds of thousands of polls, and each `expect` costs more than a poll.
			assert.equal(JSON.stringify(this.state), before);
			this.state = state;
			assert.ok(state.seen.length <= memoryLimit);
			if (events.length > 0) this.emitted.push(events.map(({ row }) => row));
			if (events.length > 0 || isActivation) this.stored = state;
		} catch (error) {
			if (!(error instanceof Outage)) throw error;
			assert.equal(JSON.stringify(this.state), before);
		}
	}

	restart(from: 'memory' | 'lastEmission'): void {
		const kept = from === 'memory' ? this.state : this.stored;
		this.state = restore(kept);
	}
}

/** Polls on until a reading that began after everything was shown has come to its end. */
async function settle(vendor: ListVendor, host: Host, poll: () => Promise<void>, after: number): Promise<void> {
	let beganAfter = false;
	for (let polls = 0; polls < 4_000; polls++) {
		vendor.clock += vendor.clock < after ? 30 * minute : minute;
		beganAfter ||= host.state?.watermark !== undefined && host.state.drain === undefined && vendor.clock > after;
		await poll();
		if (beganAfter && host.state?.drain === undefined) return;
	}
	throw new Error('No progress');
}

function restore(state: TailState | undefined): TailState | undefined {
	if (state === undefined) return undefined;
	const restored = restoreState(JSON.parse(JSON.stringify(state)), identity.event, identity.filters);
	expect(restored).toEqual(JSON.parse(JSON.stringify(state)));
	return restored as TailState;
}

async function run(given: {
	options: ListVendorOptions;
	records: ListedRecord[];
	ticks: Tick[];
	limits: Limits;
}): Promise<void> {
	const vendor = new ListVendor(given.records, given.options, begin);
	const host = new Host(vendor, given.limits);
	await host.poll();
	expect(host.emitted).toEqual([]);
	const firstPollEnd = vendor.clock;
	const takesOnePoll = host.state?.drain === undefined;
	let baselineEnd = takesOnePoll ? firstPollEnd : Infinity;
	const noteBaseline = () => {
		// A restart may lose the end of a baseline.
		baselineEnd = host.state?.watermark === undefined ? Infinity : Math.min(baselineEnd, vendor.clock);
	};
	const next = async () => {
		await host.poll();
		noteBaseline();
	};
	for (const { gap, outageAtPage, restart } of given.ticks) {
		vendor.clock += gap;
		vendor.pagesToOutage = outageAtPage;
		await next();
		vendor.pagesToOutage = undefined;
		if (restart !== 'none') host.restart(restart);
		noteBaseline();
	}
	await settle(vendor, host, next, begin + 6 * hour);

	const ids = host.emittedIds;
	expect(new Set(ids).size).toBe(ids.length);
	// A baseline that takes several polls tells old from new by the vendor's zone.
	const isExact = takesOnePoll || given.options.shift === 0;
	const old = given.records.filter(({ shownAt }) => shownAt <= begin && isExact).map(({ id }) => id);
	expect(ids.filter((id) => old.includes(id))).toEqual([]);
	const due = given.records.filter(({ time }) => time > (isExact ? firstPollEnd : baselineEnd));
	const missing = due.filter(({ id }) => !ids.includes(id)).map(({ id }) => id);
	expect(missing).toEqual([]);
	for (const rows of host.emitted) {
		const times = rows.map(({ time }) => time);
		expect(times).toEqual([...times].sort((first, second_) => first! - second_!));
	}
}

describe('a tail', () => {
	it('emits every record that shows up within the overlap exactly once', async () => {
		await fc.assert(fc.asyncProperty(schedule, run), { numRuns: runs(1_200, 12_000) });
	}, 300_000);

	it('does so where the filter works on an earlier time than the event', async () => {
		await fc.assert(fc.asyncProperty(lookBackSchedule, run), { numRuns: runs(400, 4_000) });
	}, 300_000);
});
