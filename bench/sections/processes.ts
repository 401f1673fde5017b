import { setTimeout as wait } from 'node:timers/promises';

import { waitFor } from '../../scripts/n8n/wait';
import { openQueueBench, type QueueBench } from '../../test/n8n/queueBench';
import { inputItem, writeParameters } from '../fields';
import type { Item } from '../bench';
import { type Figure, secondsOf, written } from '../figure';
import { N8nRuns } from '../n8nRuns';
import { startPostgres } from '../postgres';
import type { RequestCount } from '../server';
import type { BenchVendor } from '../vendor';

const workers = 2;
const writeLatency = 100;
/** n8n's processes end when Redis is away for longer than this; they do after ten seconds by default. */
const patience = { QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: '60000' };
/** Longer than Bull takes to find that a worker is gone and to give its job to another. */
const foundWithinMilliseconds = 150_000;

/** n8n's queue mode with Redis and PostgreSQL: a main process and two workers that know nothing of each other. */
export async function processes(vendor: BenchVendor): Promise<Figure[]> {
	const postgres = await startPostgres();
	try {
		const bench = await openQueueBench(workers, { ...postgres.env, ...patience });
		try {
			const queue = new Queue(bench, await N8nRuns.prepare(bench.client, vendor.origin), vendor);
			return [
				await queue.shared(250, 10, true),
				await queue.shared(250, 10, false),
				await queue.shared(20, 1, true),
				await queue.redisAway(2),
				await queue.redisAway(20),
				// Last, because a worker less is left.
				await queue.workerKilled(),
			];
		} finally {
			await bench.close();
		}
	} finally {
		await postgres.close();
	}
}

/** What becomes of one execution while something happens to the machines. */
interface Disturbed {
	counted: RequestCount;
	status: string;
}

class Queue {
	private items = 0;

	private credentials = 0;

	constructor(
		private readonly bench: QueueBench,
		private readonly runs: N8nRuns,
		private readonly vendor: BenchVendor,
	) {}

	/** One execution a worker, all on one credential, against the rate alone. */
	async shared(each: number, rate: number, tellsRetryAfter: boolean): Promise<Figure> {
		const count = workers * each;
		const credential = await this.credential(rate);
		await this.vendor.configure({ writeLatency, requestsPerSecond: rate, tellsRetryAfter });
		const begin = performance.now();
		const own = [this.runs.own(writeParameters.automatic)];
		const running = Array.from({ length: workers }, async () => await this.runs.run(own, credential, this.freshItems(each)));
		await Promise.all(running);
		const seconds = (performance.now() - begin) / 1_000;
		const { refused, created, createdTwice } = await this.vendor.configure();
		if (created !== count || createdTwice > 0) throw new Error(`${created} of ${count} were created, ${createdTwice} twice`);
		const ideal = count / rate;
		const figure = {
			what: `${written(count)} writes by two workers, ${rate} a second${tellsRetryAfter ? '' : ', without Retry-After'}`,
			measured: secondsOf([seconds]),
			against: `the rate alone (${ideal} s)`,
			ratios: [seconds / ideal],
			note: `each once; ${refused} refused (429)`,
		};
		console.log(`${figure.what}: ${figure.measured}, ${figure.note}`);
		return figure;
	}

	/** Redis ends in the midst of an execution and comes back empty. */
	async redisAway(seconds: number): Promise<Figure> {
		const count = 100;
		const result = await this.disturbed(count, async () => await this.bench.withoutRedis(async () => await wait(seconds * 1_000)));
		return onceFigure(`${count} writes while Redis is away for ${seconds} s`, count, result);
	}

	/** The worker of an execution is killed in the midst of it. */
	async workerKilled(): Promise<Figure> {
		const count = 100;
		const before = this.bench.workers.map((worker) => worker.logs().length);
		const result = await this.disturbed(count, async () => {
			const worker = this.bench.workers.find((candidate, index) => /started execution/i.test(candidate.logs().slice(before[index])));
			await (worker ?? this.bench.workers[0]).process.kill();
		});
		return onceFigure(`${count} writes, their worker killed (SIGKILL)`, count, result);
	}

	private async disturbed(count: number, disturb: () => Promise<void>): Promise<Disturbed> {
		const credential = await this.credential(10);
		await this.vendor.configure({ writeLatency, requestsPerSecond: 10 });
		const workflow = await this.runs.start([this.runs.own(writeParameters.automatic)], credential, this.freshItems(count));
		// Some writes are carried out by then.
		await wait(5_000);
		await disturb();
		const isFinal = (status: string | undefined): boolean => status !== undefined && !['new', 'running', 'waiting'].includes(status);
		const finalStatus = async (): Promise<string | undefined> => {
			const status = await this.runs.statusOf(workflow).catch(() => undefined);
			return isFinal(status) ? status : undefined;
		};
		await waitFor('the execution to end', finalStatus, { timeoutMs: foundWithinMilliseconds, intervalMs: 1_000 }).catch(() => undefined);
		// Whatever still sends has time to do so.
		await wait(15_000);
		const status = (await this.runs.statusOf(workflow).catch(() => undefined)) ?? 'unknown';
		return { status, counted: await this.vendor.configure() };
	}

	private async credential(requestsPerSecond: number): Promise<string> {
		return await this.runs.credential(`queue-${++this.credentials}`, requestsPerSecond);
	}

	/** Items that no run had before. */
	private freshItems(count: number): Item[] {
		const first = this.items;
		this.items += count;
		return Array.from({ length: count }, (_, index) => inputItem(first + index));
	}
}

function onceFigure(what: string, count: number, { status, counted }: Disturbed): Figure {
	const figure = {
		what,
		measured: `${counted.created} of ${count} carried out, ${counted.createdTwice} twice`,
		against: 'each write sent once',
		ratios: [(counted.created + counted.createdTwice) / counted.created],
		goal: 1,
		note: `n8n says: ${status}`,
	};
	console.log(`${what}: ${figure.measured}, ${figure.note}`);
	return figure;
}

