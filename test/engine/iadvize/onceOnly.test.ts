import fc from 'fast-check';

import { jsonOf } from '../../support/engine';
import { runs } from '../../support/runs';
import type { Fault } from '../../simulators/kit';
import { itemsOf, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const throttled: Fault = { kind: 'status', status: 429 };

/** What can happen to one request, beside being throttled first. */
const ends: Array<Fault | undefined> = [
	undefined,
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 502, body: '' },
	{ kind: 'status', status: 503, carriedOut: true },
	{ kind: 'status', status: 504, body: '', carriedOut: true },
	{ kind: 'cutBefore' },
	{ kind: 'cutBefore', reset: true },
	{ kind: 'cutAfter' },
	{ kind: 'cutAfter', reset: true },
	{ kind: 'html' },
	{ kind: 'html', status: 200, carriedOut: true },
	{ kind: 'brokenJson' },
];

/** Schedules that are run end to end; test/unit/http/onceOnly.test.ts runs many more in memory. */
const count = runs(100, 1_000);

/** Each 429 stops the whole tenant for a second and more, so few schedules have one. */
const pauses = fc.oneof(
	{ weight: 99, arbitrary: fc.constant(0) },
	{ weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) },
);

const schedule = fc
	.tuple(pauses, fc.constantFrom(...ends))
	.map(([count, end]) => [...Array.from({ length: count }, () => throttled), end]);

describe('a once-only write', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench({ journal: { entries: 20_000, carriedOut: 20_000 } });
	});
	afterEach(async () => await bench.close());

	/** How often the operator of an item was created. */
	function createdFor(email: unknown): number {
		return bench.simulator.journal
			.writes('operator.create')
			.filter(({ payload }) => (payload as { email?: unknown }).email === email).length;
	}

	test('is never carried out twice, and never once without saying so, in random fault schedules', async () => {
		const schedules = fc.sample(schedule, { numRuns: count, seed: 20 });
		const items = itemsOf(...schedules.map((_, index) => ({ email: `operator${index}@example.com` })));
		bench.simulator.faults.script(schedules.flat());
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, requestsPerSecond: 2_000 } };
		const result = await bench.run(
			'operator',
			'create',
			{ lastName: 'Park', email: '={{ $json.email }}' },
			{ items, credentials, node: { onError: 'continueRegularOutput' } },
		);
		const rows = jsonOf(result.outputs[0]);
		expect(rows).toHaveLength(count);
		const fates = { succeeded: 0, inDoubt: 0, failed: 0 };
		rows.forEach((row, index) => {
			const times = createdFor(items[index].json.email);
			if (row.error === undefined) {
				fates.succeeded += 1;
				expect({ index, times }).toEqual({ index, times: 1 });
			} else if (String(row.error).startsWith('In doubt: ')) {
				fates.inDoubt += 1;
				expect(times).toBeLessThanOrEqual(1);
			} else {
				fates.failed += 1;
				expect({ index, times }).toEqual({ index, times: 0 });
			}
		});
		expect(Math.min(fates.succeeded, fates.inDoubt)).toBeGreaterThan(count / 20);
	}, 300_000);

	test('names the item in doubt and what had been carried out before', async () => {
		bench.simulator.faults.script([undefined, { kind: 'cutAfter' }]);
		const items = itemsOf({ email: 'a@example.com' }, { email: 'b@example.com' }, { email: 'c@example.com' });
		const result = await bench.run('operator', 'create', { lastName: 'Park', email: '={{ $json.email }}' }, { items });
		expect(result.error?.message).toMatch(/^In doubt: /);
		expect(result.error?.context.itemIndex).toBe(1);
		expect(`${result.error?.message} ${result.error?.description}`).toMatch(/Carried out: \d of 3 items.*In doubt: 1\./);
		expect(result.error?.message).not.toContain('retry');
		expect(items.slice(0, 2).map(({ json }) => createdFor(json.email))).toEqual([1, 1]);
	});

	test("is not sent again by n8n's Retry On Fail once it was carried out or is in doubt", async () => {
		bench.simulator.faults.script([undefined, { kind: 'cutAfter' }]);
		const items = itemsOf({ email: 'a@example.com' }, { email: 'b@example.com' }, { email: 'c@example.com' });
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const parameters = { lastName: 'Park', email: '={{ $json.email }}' };
		const result = await bench.run('operator', 'create', parameters, { items, node });
		expect(result.error?.message).toMatch(/^In doubt: /);
		// The third may have been under way when the second failed.
		const [first, second, third] = items.map(({ json }) => createdFor(json.email));
		expect([first, second]).toEqual([1, 1]);
		expect(third).toBeLessThanOrEqual(1);
	});

	test.each([
		['a random value', '={{ "P" + Math.random() }}'],
		['the time', '={{ "P" + $now.toMillis() }}'],
		['the same for all items', 'Park'],
	])('is not sent again when each try computes its body anew: %s', async (_, lastName) => {
		bench.simulator.faults.script([undefined, { kind: 'cutAfter' }]);
		const items = itemsOf({ email: 'a@example.com' }, { email: 'b@example.com' });
		const node = { retryOnFail: true, maxTries: 4, waitBetweenTries: 1 };
		const result = await bench.run('operator', 'create', { lastName, email: '={{ $json.email }}' }, { items, node });
		expect(result.error?.message).toMatch(/^In doubt: /);
		expect(items.map(({ json }) => createdFor(json.email))).toEqual([1, 1]);
	});

	test('in doubt at the first item, repeated with Continue: the others are carried out once', async () => {
		bench.simulator.faults.script([{ kind: 'cutAfter' }]);
		const items = itemsOf({ email: 'a@example.com' }, { email: 'b@example.com' });
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1, onError: 'continueRegularOutput' as const };
		const parameters = { lastName: 'Park', email: '={{ $json.email }}' };
		const result = await bench.run('operator', 'create', parameters, { items, node });
		expect(jsonOf(result.outputs[0])[0].error).toMatch(/^In doubt: /);
		expect(items.map(({ json }) => createdFor(json.email))).toEqual([1, 1]);
	});

	test('is repeated when the connection was refused for certain', async () => {
		const { origin } = bench.simulator;
		await bench.simulator.stop();
		const restart = bench.simulator.start.bind(bench.simulator);
		const running = bench.run('operator', 'create', { lastName: 'Park', email: 'a@example.com' });
		await restart({ port: Number(new URL(origin).port) });
		const result = await running;
		expect(result.error).toBeUndefined();
		expect(bench.simulator.journal.carriedOut('operator.create')).toBe(1);
	});

	test('reads and idempotent writes are repeated over the same faults', async () => {
		bench.simulator.seedDemo();
		bench.simulator.faults.script([{ kind: 'cutBefore' }, { kind: 'html' }, { kind: 'status', status: 503 }]);
		const result = await bench.run('operator', 'getMany', { limit: 2 });
		expect({ message: result.error?.message, advice: result.error?.description }).toEqual({});
		expect(jsonOf(result.outputs[0])).toHaveLength(2);
		expect(bench.simulator.journal.total).toBe(4);
	}, 30_000);
});
