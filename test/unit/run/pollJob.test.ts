import { pollJob } from '../../../nodes/shared/run/pollJob';
import { TestClock } from '../../support/testClock';

describe('following a job', () => {
	test('reads until the job is done, with growing pauses', async () => {
		const clock = new TestClock();
		const states = ['created', 'running', 'running', 'finished'];
		const result = await pollJob(
			{ clock },
			{ read: async () => states.shift(), isDone: (state) => state === 'finished', limitMilliseconds: 60_000 },
		);
		expect(result).toEqual({ job: 'finished', isDone: true });
		expect(clock.sleeps).toEqual([250, 500, 1_000]);
	});

	test('gives the job as it is when the time is up', async () => {
		const clock = new TestClock();
		let reads = 0;
		const read = async () => ++reads;
		const result = await pollJob({ clock }, { read, isDone: () => false, limitMilliseconds: 1_000 });
		expect(result).toEqual({ job: reads, isDone: false });
		expect(clock.sleeps.reduce((sum, pause) => sum + pause, 0)).toBe(1_000);
	});

	test('reads once without any wait when there is no time', async () => {
		const clock = new TestClock();
		const result = await pollJob({ clock }, { read: async () => 'created', isDone: () => false, limitMilliseconds: 0 });
		expect(result).toEqual({ job: 'created', isDone: false });
		expect(clock.sleeps).toEqual([]);
	});
});
