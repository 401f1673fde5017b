// The vendors' own events over random accounts: zones on the days that clocks change, clocks that differ, records in the future,
// several accounts in one process.
import assert from 'node:assert/strict';

import fc from 'fast-check';

import { seeded } from '../../support/runs';
import { clockChanges } from './clockChanges';
import { EventAccount } from './eventAccount';
import type { AccountOptions, AccountRecord, EventList } from './eventAccount';
import { eventLists } from './eventLists';
import { settle } from './settle';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** What is drawn for one account. */
interface AccountPlan {
	options: AccountOptions;
	/** Minutes from the begin, as part of the overlap how late, as part of the longest how long, and minutes in the future. */
	records: Array<{ minute: number; second: number; lateness: number; length: number; ahead: number }>;
	outages: number[];
}

const account: fc.Arbitrary<Omit<AccountPlan, 'options'> & { options: Omit<AccountOptions, 'zone'> }> = fc.record({
	options: fc.record({
		clockAhead: fc.oneof(fc.constant(0), fc.integer({ min: -10 * 60, max: 10 * 60 }).map((seconds) => seconds * second)),
		pageSize: fc.constantFrom(1, 2, 3, 5, 20, 100),
		pageTime: fc.constantFrom(0, second, 20 * second),
		readsBounds: fc.constantFrom('asText', 'asFirst', 'asSecond'),
		pages: fc.constantFrom(1, 2, 3, 8, 400),
	}),
	records: fc.array(
		fc.record({
			minute: fc.oneof(fc.integer({ min: -600, max: 600 }), fc.integer({ min: 0, max: 12 }).map((tens) => tens * 10)),
			second: fc.constantFrom(0, 0, 1, 30, 59),
			lateness: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.99, noNaN: true })),
			length: fc.double({ min: 0, max: 0.99, noNaN: true }),
			ahead: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) }),
		}),
		{ maxLength: 60 },
	),
	outages: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
});

const plan = fc.record({
	change: fc.constantFrom(...clockChanges),
	otherZone: fc.constantFrom(...clockChanges.map(([zone]) => zone)),
	/** When the triggers are activated, in minutes before the change of the clock. */
	lead: fc.integer({ min: -120, max: 480 }),
	accounts: fc.tuple(account, account),
	/** Minutes between polls. */
	gaps: fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 180 })), { minLength: 1, maxLength: 15 }),
	restarts: fc.array(fc.nat({ max: 14 }), { maxLength: 2 }),
});

/** The records of an account that are inside what is promised. */
function recordsOf(list: EventList, begin: number, { records }: Pick<AccountPlan, 'records'>): AccountRecord[] {
	return records.map(({ minute: at, second: seconds, lateness, length, ahead }, index) => {
		const shown = begin + at * minute + seconds * second;
		// A time without offset says nothing of the zone when it may lie in the future.
		const time = shown + (list.form === 'iso' && list.longestMinutes === 0 ? ahead * minute : 0);
		const shownAt = shown + Math.floor((lateness * list.overlapMinutes * minute) / second) * second;
		const startedAt = time - Math.floor((length * list.longestMinutes * minute) / second) * second;
		return { id: `r${index}`, time, shownAt, startedAt };
	});
}

async function run(list: EventList, given: typeof plan extends fc.Arbitrary<infer Value> ? Value : never): Promise<void> {
	const begin = Date.parse(given.change[1]) - given.lead * minute;
	const clock = { now: begin };
	const zones = [given.change[0], given.otherZone];
	const triggers = given.accounts.map(
		(each, index) => new EventAccount(list, recordsOf(list, begin, each), { ...each.options, zone: zones[index] }, clock),
	);
	// From when on records are new. In the hour that comes twice, a first reading of several polls cannot tell before its end.
	const newSince: number[] = [];
	const isExact = list.form === 'iso' || Math.abs(begin - Date.parse(given.change[1])) > 4 * hour;
	const poll = async (trigger: EventAccount, index: number) => {
		await trigger.poll();
		if (newSince[index] === undefined && (isExact || trigger.state?.watermark !== undefined)) newSince[index] = clock.now;
	};
	for (const [index, trigger] of triggers.entries()) {
		await poll(trigger, index);
		assert.equal(trigger.emitted.length, 0);
	}
	for (const [tick, gap] of given.gaps.entries()) {
		clock.now += gap * minute;
		for (const [index, trigger] of triggers.entries()) {
			trigger.pagesToOutage = given.accounts[index].outages[tick];
			await poll(trigger, index);
			trigger.pagesToOutage = undefined;
			if (given.restarts.includes(tick)) trigger.restart();
		}
	}
	for (const [index, trigger] of triggers.entries()) {
		const passTime = (milliseconds: number) => (clock.now += milliseconds);
		await settle(trigger, async () => await poll(trigger, index), passTime, begin + 16 * hour + list.overlapMinutes * minute);
	}
	for (const [index, { emitted, records }] of triggers.entries()) {
		const repeated = emitted.filter((id, place) => emitted.indexOf(id) !== place);
		const old = records.filter(({ id, time, shownAt }) => Math.max(time, shownAt) <= begin && emitted.includes(id)).map(({ id }) => id);
		const due = records.filter(({ time, shownAt }) => Math.min(time, shownAt) > newSince[index]);
		const missing = due.filter(({ id }) => !emitted.includes(id)).map(({ id }) => id);
		assert.equal(JSON.stringify({ repeated, old, missing }), JSON.stringify({ repeated: [], old: [], missing: [] }));
	}
}

describe("the vendors' own events, whatever the clocks", () => {
	it.each(eventLists)('$vendor.displayName $event: each record comes once', async (list) => {
		await fc.assert(fc.asyncProperty(plan, async (given) => await run(list, given)), seeded(9, 2_000));
	}, 1_200_000);
});

describe('an account with a record each minute', () => {
	const usual = { zone: 'Europe/Berlin', clockAhead: 0, pageSize: 5, pageTime: second, readsBounds: 'asText', pages: 400 } as const;
	const minutely = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) => from + index * minute).map((time, index) => ({ id: `r${index}`, time, shownAt: time, startedAt: time }));

	it.each(['asText', 'asFirst', 'asSecond'] as const)('loses none of a night in which the clock is set back, bounds read %s', async (readsBounds) => {
		const change = Date.parse('2026-10-25T01:00:00Z');
		for (const list of eventLists.filter(({ form }) => form === 'local')) {
			const clock = { now: change - 3 * hour };
			const records = minutely(clock.now + minute, 6 * 60);
			const trigger = new EventAccount(list, records, { ...usual, pageSize: 10, readsBounds }, clock);
			// An hour without polls each time, so that a reading takes many pages.
			for (let polls = 0; polls < 200 && (clock.now < change + 5 * hour || trigger.state?.backlog !== undefined); polls++) {
				await trigger.poll();
				clock.now += trigger.state?.backlog === undefined ? hour : minute;
			}
			assert.equal(trigger.emitted.length, new Set(trigger.emitted).size);
			assert.equal(trigger.emitted.length, records.length, list.event);
		}
	});

	it('loses none of a first reading of several polls where the clock of n8n is a little behind', async () => {
		const begin = Date.parse('2026-03-02T10:00:00Z');
		for (const list of eventLists.filter(({ form }) => form !== 'localDay')) {
			const clock = { now: begin };
			const records = minutely(begin - 20 * minute, 40);
			const trigger = new EventAccount(list, records, { ...usual, clockAhead: -90 * second, pages: 3 }, clock);
			for (let polls = 0; polls < 120; polls++) {
				await trigger.poll();
				clock.now += minute;
			}
			const due = records.filter(({ time }) => time > begin + 10 * second).map(({ id }) => id);
			assert.equal(due.filter((id) => !trigger.emitted.includes(id)).join(), '', list.event);
			assert.equal(trigger.emitted.length, new Set(trigger.emitted).size);
		}
	});
});
