import assert from 'node:assert/strict';

import fc from 'fast-check';

import { PollBudget } from '../../../nodes/shared/polling/budget';
import type { TailState } from '../../../nodes/shared/polling/state/pollState';
import { restoreState } from '../../../nodes/shared/polling/state/restoreState';
import { rememberedRecords, SeenRecords } from '../../../nodes/shared/polling/state/seenRecords';
import { pollTail } from '../../../nodes/shared/polling/tail/pollTail';
import { seeded } from '../../support/runs';
import { ListVendor, Outage } from './listVendor';
import type { ListedRecord, ListVendorOptions, Row } from './listVendor';
import { settle } from './settle';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const begin = Date.parse('2026-03-02T10:00:00Z');
const identity = { event: 'callEnded', tenant: 't1', zone: 'UTC', filters: 'f1' };

/** One poll of a schedule and what goes wrong around it. */
interface Tick {
	gap: number;
	outageAtPage?: number;
	restart: 'none' | 'memory' | 'lastEmission';
}

interface Limits {
	pages: number;
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
	milliseconds: fc.constantFrom(0, 2 * second, 30 * second),
});

const anyOptions: fc.Arbitrary<ListVendorOptions> = fc.record({
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
	hasOffset: fc.boolean(),
});

/** A zone that is not set well does no harm to times that say their offset. */
const options = anyOptions.map((given) => (given.hasOffset === true ? { ...given, shift: 0 } : given));

/** How much the machine's clock is ahead of the vendor's: it has nothing to do with the vendor's times. */
const machineAhead = fc.oneof(fc.constant(7 * 24 * hour), fc.integer({ min: -10 * 60, max: 10 * 60 }).map((seconds) => seconds * second));

/**
 * Records over a day before and four hours after activation, many at the same instant, all shown within the overlap, some with a time
 * that is up to an hour ahead.
 */
function records({ overlap, lookBack, hasOffset }: ListVendorOptions): fc.Arbitrary<ListedRecord[]> {
	const record = fc.record({
		minute: fc.integer({ min: -1_440, max: 240 }),
		second: fc.constantFrom(0, 0, 0, 0.4, 1, 30, 31),
		lateness: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
		running: fc.double({ min: 0, max: 1, noNaN: true }),
		// A time without offset would be taken for one of another zone.
		ahead: hasOffset === true ? fc.constantFrom(0, 0, 0, 0, 0, 0, 10, 60) : fc.constant(0),
	});
	return fc.array(record, { maxLength: 40 }).map((list) =>
		list.map((each, index) => {
			const shown = begin + each.minute * minute + each.second * second;
			const time = shown + each.ahead * minute;
			const startedAt = lookBack > 0 ? { startedAt: time - Math.floor(each.running * lookBack) } : {};
			return { id: `r${index}`, time, shownAt: shown + Math.floor(each.lateness * overlap), ...startedAt };
		}),
	);
}

const scheduleFor = (vendorOptions: ListVendorOptions) =>
	fc.record({
		options: fc.constant(vendorOptions),
		records: records(vendorOptions),
		ticks: fc.array(tick, { minLength: 1, maxLength: 12 }),
		limits,
		machineAhead,
	});

const schedule = options.chain(scheduleFor);

const lookBackSchedule = options
	.map((given): ListVendorOptions => ({
		...given,
		order: 'unknown',
		lookBack: 4 * hour,
		filter: given.filter === 'none' ? 'since' : given.filter,
	}))
	.chain(scheduleFor);

/** A trigger over a host that stores its state as n8n does. */
class Host {
	readonly emitted: Row[][] = [];

	state: TailState | undefined;

	private stored: TailState | undefined;

	constructor(
		private readonly vendor: ListVendor,
		private readonly limits: Limits,
		private readonly ahead = 7 * 24 * hour,
	) {}

	get emittedIds(): string[] {
		return this.emitted.flat().map(({ id }) => id);
	}

	async poll(): Promise<void> {
		const isActivation = this.state === undefined;
		const before = JSON.stringify(this.state);
		const now = () => this.vendor.clock + this.ahead;
		const budget = new PollBudget({ ...this.limits, deadline: now() + this.limits.milliseconds }, now);
		try {
			const { events, state } = await pollTail(this.vendor, this.state, identity, budget);
			// Plain assertions: there are hundreds of thousands of polls, and each `expect` costs more than a poll.
			assert.equal(JSON.stringify(this.state), before);
			this.state = state;
			assert.ok(new SeenRecords(state.seen).size <= rememberedRecords);
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

const passTime = (vendor: ListVendor) => (milliseconds: number) => (vendor.clock += milliseconds);

function restore(state: TailState | undefined): TailState | undefined {
	if (state === undefined) return undefined;
	const restored = restoreState(JSON.parse(JSON.stringify(state)), identity).state;
	expect(restored).toEqual(JSON.parse(JSON.stringify(state)));
	return restored as TailState;
}

async function run(given: {
	options: ListVendorOptions;
	records: ListedRecord[];
	ticks: Tick[];
	limits: Limits;
	machineAhead: number;
}): Promise<void> {
	const vendor = new ListVendor(given.records, given.options, begin);
	const host = new Host(vendor, given.limits, given.machineAhead);
	await host.poll();
	expect(host.emitted).toEqual([]);
	const firstPollEnd = vendor.clock;
	const takesOnePoll = host.state?.backlog === undefined;
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
	await settle(host, next, passTime(vendor), begin + 6 * hour);

	const ids = host.emittedIds;
	expect(new Set(ids).size).toBe(ids.length);
	// A baseline that takes several polls tells old from new by the vendor's zone.
	const isExact = takesOnePoll || given.options.shift === 0;
	const old = given.records.filter(({ time, shownAt }) => Math.max(time, shownAt) <= begin && isExact).map(({ id }) => id);
	expect(ids.filter((id) => old.includes(id))).toEqual([]);
	const due = given.records.filter(({ time, shownAt }) => Math.min(time, shownAt) > (isExact ? firstPollEnd : baselineEnd));
	const missing = due.filter(({ id }) => !ids.includes(id)).map(({ id }) => id);
	expect(missing).toEqual([]);
	for (const rows of host.emitted) {
		const times = rows.map(({ time }) => time);
		expect(times).toEqual([...times].sort((first, second_) => first! - second_!));
	}
}

/**
 * A backlog that is drained over several polls while records change, are deleted and come: between any two requests.
 * Each that was there all along comes once.
 */
const shiftingBacklog = fc.record({
	kind: fc.constantFrom('created', 'changed', 'newest', 'scrambled'),
	size: fc.integer({ min: 10, max: 80 }),
	spread: fc.constantFrom(0, second, minute, hour),
	pageSize: fc.integer({ min: 2, max: 7 }),
	pages: fc.integer({ min: 1, max: 6 }),
	countsPages: fc.boolean(),
	hasOffset: fc.boolean(),
	shifts: fc.array(fc.record({ record: fc.nat({ max: 79 }), at: fc.nat({ max: 60 }), isRemoved: fc.boolean() }), { maxLength: 8 }),
});

async function drainShifting(given: (typeof shiftingBacklog extends fc.Arbitrary<infer Value> ? Value : never)): Promise<void> {
	const { kind, size, spread, pageSize, pages, countsPages, hasOffset, shifts } = given;
	const list: ListedRecord[] = Array.from({ length: size }, (_, index) => {
		const time = begin + minute + Math.floor((index * spread) / size / second) * second;
		return { id: `r${index}`, time, shownAt: time };
	});
	const isByChange = kind === 'changed';
	const vendor = new ListVendor(
		list,
		{
			order: kind === 'created' || isByChange ? 'ascending' : kind === 'newest' ? 'descending' : 'unknown',
			filter: 'sinceAndUntil',
			exclusiveBounds: false,
			pageSize,
			countsPages,
			shift: 0,
			overlap: 5 * minute,
			lookBack: 0,
			step: second,
			pageTime: second,
			hasOffset,
			isSortedByFilter: isByChange,
		},
		begin,
	);
	const host = new Host(vendor, { pages, milliseconds: hour });
	await host.poll();
	vendor.clock = begin + 3 * hour;
	const removed = new Set<string>();
	// The clock moves on with each request, so a shift comes between two of them; one at a time, as a page is the most that is caught.
	for (const [index, { record, at, isRemoved }] of shifts.entries()) {
		const target = list[record % size];
		const time = vendor.clock + index * 61 * second + at * second;
		if (isRemoved) {
			target.removedAt = Math.min(target.removedAt ?? Infinity, time);
			removed.add(target.id);
		} else if (isByChange) {
			target.changes = [...(target.changes ?? []), time].sort((first, other) => first - other);
		}
	}
	await settle(host, async () => await host.poll(), passTime(vendor), begin + 3 * hour);
	const ids = host.emittedIds;
	expect(ids.length).toBe(new Set(ids).size);
	expect(list.filter(({ id }) => !removed.has(id) && !ids.includes(id)).map(({ id }) => id)).toEqual([]);
}

describe('a tail', () => {
	it('emits every record that shows up within the overlap exactly once', async () => {
		await fc.assert(fc.asyncProperty(schedule, run), seeded(250, 10_000));
	}, 1_200_000);

	it('does so where the filter works on an earlier time than the event', async () => {
		await fc.assert(fc.asyncProperty(lookBackSchedule, run), seeded(100, 5_000));
	}, 1_200_000);

	it('emits each record of a backlog once that was there all along, while others change, go and shift it between two pages', async () => {
		await fc.assert(fc.asyncProperty(shiftingBacklog, drainShifting), seeded(250, 10_000));
	}, 1_200_000);
});
