import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation, Resource } from '../../../nodes/shared/definition/operation';
import type { RunItem } from '../../../nodes/shared/definition/outcome';
import type { Connection } from '../../../nodes/shared/http/connection';
import { Pacer } from '../../../nodes/shared/http/pacer';
import type { ParameterReader } from '../../../nodes/shared/input/parameters';
import { duration, Progress } from '../../../nodes/shared/output/progress';
import { EngineRun } from '../../../nodes/shared/run/engineRun';
import { pollJob } from '../../../nodes/shared/run/pollJob';
import { runEach } from '../../../nodes/shared/run/runItems';
import { TestClock } from '../../support/testClock';

const name = 'Private Person';

/** A run of one operation at one request a second, and what it says on the way. */
function longRun(requestsPerSecond = 1) {
	const clock = new TestClock();
	const pacer = new Pacer(clock);
	pacer.configure({ requestsPerSecond });
	const logged: string[] = [];
	const shown: string[] = [];
	const context = {
		continueOnFail: () => false,
		getNode: () => ({ name: 'Load Leads' }),
		getExecutionId: () => '17',
		logger: { info: (text: string, facts: object) => logged.push(`${text} ${JSON.stringify(facts)}`) },
		sendMessageToUI: (text: string) => shown.push(text),
	} as unknown as IExecuteFunctions;
	const connection = { clock, pacer, vendor: { displayName: 'Acme' } } as unknown as Connection;
	const operation = { value: 'create', name: 'Create', path: '/leads', retryClass: 'once' } as Operation;
	const run = new EngineRun(context, connection, { name: 'Lead' } as Resource, operation, {} as ParameterReader);
	const sendAll = async (items: number) => {
		const list = Array.from({ length: items }, (_, index) => ({ index, values: { name }, placed: { path: {} } }) as unknown as RunItem);
		await runEach(run, list, async () => {
			const permit = await pacer.acquire('write');
			permit?.release();
			return [];
		});
	};
	return { clock, run, logged, shown, sendAll };
}

describe('a long run', () => {
	test('says before the first item how long it takes at the rate, then every half minute how much is left', async () => {
		const { shown, sendAll } = longRun();
		await sendAll(300);
		expect(shown[0]).toBe('Acme, Lead > Create: 300 requests take at least 5 minutes at 1 request a second');
		expect(shown[1]).toMatch(/^Acme, Lead > Create: (29|30|31) of 300 items done, about (4|5) minutes left$/);
		// One each 30 of 309 seconds, and none for the last items: the node is about to say more.
		expect(shown.slice(1)).toHaveLength(9);
	});

	test('writes the same lines into the log, with the execution and the node and nothing of the items', async () => {
		const { logged, shown, sendAll } = longRun();
		await sendAll(100);
		expect(logged).toEqual(shown.map((line) => `${line} {"executionId":"17","node":"Load Leads"}`));
		expect(logged.join()).not.toContain(name);
	});

	test('tells what it took when it is over', async () => {
		const { run, sendAll } = longRun();
		await sendAll(300);
		expect(run.progress.summary(300)).toBe('300 items took 5 minutes.');
	});

	test('announces a second part only when it is longer', () => {
		const { run, shown } = longRun();
		for (const requests of [120, 90, 600]) run.progress.announce(requests);
		expect(shown.map((line) => line.split(' requests')[0].split(': ')[1])).toEqual(['120', '600']);
	});

	test('that reads a list says how many records and pages there are', async () => {
		const { clock, run, shown } = longRun();
		run.progress.records(100, 1, 40);
		await clock.sleep(30_000);
		run.progress.records(1_000, 10, 40);
		await clock.sleep(30_000);
		run.progress.records(1_100, 11);
		expect(shown).toEqual([
			'Acme, Lead > Create: 1,000 records read, page 10 of 40, about 2 minutes left',
			'Acme, Lead > Create: 1,100 records read, page 11',
		]);
	});

	test('that waits for a job of the vendor says so', async () => {
		const { clock, run, shown } = longRun();
		await pollJob({ clock }, { read: async () => 0, isDone: () => false, limitMilliseconds: 120_000 }, () => run.progress.job());
		expect(shown[0]).toMatch(/^Acme, Lead > Create: waiting for the job of Acme, \d\d seconds so far$/);
		expect(shown.length).toBeGreaterThan(2);
	});
});

test('a short run says nothing', async () => {
	const { run, logged, shown, sendAll } = longRun(50);
	await sendAll(500);
	expect([...logged, ...shown]).toEqual([]);
	expect(run.progress.summary(500)).toBeUndefined();
});

test('a host without log and editor is no reason to fail', () => {
	const { run } = longRun();
	const host = { getNode: run.context.getNode } as unknown as IExecuteFunctions;
	expect(() => new Progress(host, run.connection, 'Lead > Create').announce(1_000)).not.toThrow();
});

test.each([
	[1_000, '1 second'],
	[45_400, '45 seconds'],
	[12 * 60_000, '12 minutes'],
	[95 * 60_000, '1.6 hours'],
])('%d ms are %s', (milliseconds, text) => {
	expect(duration(milliseconds)).toBe(text);
});
