import { systemClock } from '../../../nodes/shared/time/clock';
import { TestClock } from '../../support/testClock';

describe('systemClock', () => {
	it('gives the time of the machine', () => {
		const before = Date.now();
		const now = systemClock.now();
		expect(now).toBeGreaterThanOrEqual(before);
		expect(now).toBeLessThanOrEqual(Date.now());
	});

	it('sleeps at least as long as asked', async () => {
		const before = Date.now();
		await systemClock.sleep(20);
		// Timers and Date round differently by up to a millisecond.
		expect(Date.now() - before).toBeGreaterThanOrEqual(19);
	});

	it('does not sleep when already aborted', async () => {
		await systemClock.sleep(Infinity, AbortSignal.abort());
	});

	it('ends sleeping when aborted', async () => {
		const stop = new AbortController();
		const sleeping = systemClock.sleep(Infinity, stop.signal);
		stop.abort();
		await sleeping;
	});
});

describe('TestClock', () => {
	it('wakes sleepers in the order of their time', async () => {
		const clock = new TestClock({ start: 0 });
		const woken: string[] = [];
		const sleep = async (name: string, milliseconds: number) => {
			await clock.sleep(milliseconds);
			woken.push(`${name} ${clock.now()}`);
		};
		await Promise.all([sleep('late', 60_000), sleep('early', 1_000), sleep('middle', 30_000)]);
		expect(woken).toEqual(['early 1000', 'middle 30000', 'late 60000']);
	});

	it('ends sleeping when aborted, without passing time', async () => {
		const clock = new TestClock({ start: 0 });
		const stop = new AbortController();
		const sleeping = clock.sleep(1_000, stop.signal);
		stop.abort();
		await sleeping;
		expect(clock.now()).toBe(0);
	});
});
