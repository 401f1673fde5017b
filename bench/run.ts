// Measures the built package on this machine: in n8n-core, which writes bench/RESULTS.md, with --n8n in the real n8n, or with --instant the answers of an instant trigger there.
import '../test/support/setup';

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import {
	descriptionSizes,
	helperFloor,
	quietPolls,
	readingParameters,
	reads,
	undiciFloor,
	writes,
} from './cases';
import { fieldCount, writeParameters } from './fields';
import { benchInstant } from './instant';
import type { Measurement } from './measure';
import { benchN8n } from './n8n';
import { BenchVendor } from './vendor';

const writeCount = 2_000;
const pacedCount = 200;
const pacedRate = 10;
const latency = 300;
const slowWrites = 20;
const polls = 20;
const largestDescription = 300;

type Row = [what: string, ...figures: string[]];

const tables: string[] = [];

function addTable(title: string, text: string, head: Row, rows: Row[]): void {
	const line = (cells: Row) => `| ${cells.join(' | ')} |`;
	const lines = [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)];
	tables.push(`## ${title}\n\n${text}\n\n${lines.join('\n')}`);
}

function timeRow(what: string, { seconds, cpuSeconds }: Measurement, count: number): Row {
	console.log(`${what}: ${seconds.toFixed(2)} s`);
	return [what, seconds.toFixed(2), cpuSeconds.toFixed(2), ((cpuSeconds * 1000) / count).toFixed(2)];
}

/** The better of two runs: the other one was disturbed by something else on the machine. */
async function bestOfTwo(run: () => Promise<Measurement>): Promise<Measurement> {
	const first = await run();
	const second = await run();
	return second.cpuSeconds < first.cpuSeconds ? second : first;
}

async function measureWrites(vendor: BenchVendor): Promise<void> {
	const { origin } = vendor;
	// The first run pays for compiling; nobody's second run does.
	await writes(origin, writeParameters.automatic, writeCount);
	await helperFloor(origin, writeCount / 10);
	const rows: Row[] = [];
	const add = async (what: string, run: () => Promise<Measurement>) =>
		rows.push(timeRow(what, await bestOfTwo(run), writeCount));
	await add('undici alone, 8 connections (floor)', async () => await undiciFloor(origin, writeCount));
	await add("n8n's request helper alone, one after the other", async () => await helperFloor(origin, writeCount));
	await add('node, Map Automatically', async () => await writes(origin, writeParameters.automatic, writeCount));
	await add('node, plain parameters', async () => await writes(origin, writeParameters.plain, writeCount));
	await add(
		'node, an expression in 1 field',
		async () => await writes(origin, writeParameters.oneExpression, writeCount),
	);
	await add(
		`node, expressions in ${fieldCount} fields`,
		async () => await writes(origin, writeParameters.allExpressions, writeCount),
	);
	const retrying = { node: { retryOnFail: true } };
	await add(
		'node, Map Automatically, Retry On Fail set',
		async () => await writes(origin, writeParameters.automatic, writeCount, retrying),
	);
	addTable(
		`${writeCount.toLocaleString('en')} writes of ${fieldCount} fields`,
		'No latency, and the pace set to 1,000 requests a second, which alone takes 2.06 s: the processor time shows what the node costs. ' +
			'n8n opens a connection for each request.',
		['way', 'seconds', 'processor seconds', 'processor ms an item'],
		rows,
	);
}

async function measureParameters(): Promise<void> {
	await readingParameters('stored', 100);
	addTable(
		`Reading ${fieldCount} plain parameters of ${writeCount.toLocaleString('en')} items`,
		'Nothing is sent. The node takes a parameter without expression as it is stored instead of asking n8n for it once an item.',
		['way', 'seconds', 'processor seconds', 'processor ms an item'],
		[
			timeRow('`getNodeParameter` for each item', await readingParameters('getNodeParameter', writeCount), writeCount),
			timeRow('stored values, as the node does', await readingParameters('stored', writeCount), writeCount),
		],
	);
}

/** Reads a list to its end in a new process. */
async function returnAllAlone(origin: string, rows: number, simplify: boolean): Promise<Measurement> {
	const child = fork(join(__dirname, 'returnAll.ts'), [origin, String(rows), String(simplify)], {
		execArgv: ['--import', 'tsx'],
	});
	const result = once(child, 'message') as Promise<[Measurement]>;
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`Reading ${rows} rows ended with exit code ${code}`);
	});
	const [measurement] = await Promise.race([result, ended]);
	await ended.catch(() => undefined);
	return measurement;
}

async function measureReturnAll(vendor: BenchVendor): Promise<void> {
	const rows: Row[] = [];
	for (const count of [10_000, 100_000]) {
		for (const simplify of [true, false]) {
			await vendor.configure({ rows: count });
			const { seconds, cpuSeconds, peakMegabytes } = await returnAllAlone(vendor.origin, count, simplify);
			console.log(`Return All of ${count}, Simplify ${simplify}: ${seconds.toFixed(2)} s`);
			rows.push([
				`${count.toLocaleString('en')} rows, Simplify ${simplify ? 'on' : 'off'}`,
				seconds.toFixed(2),
				cpuSeconds.toFixed(2),
				peakMegabytes.toFixed(0),
			]);
		}
	}
	await vendor.configure();
	addTable(
		'Return All',
		'Pages of 100 rows, four requests at once, at most 1,000 requests a second, each list in a process of its own. Memory is the highest growth of the whole process; the rows that n8n keeps as the result of the node are part of it.',
		['list', 'seconds', 'processor seconds', 'memory peak in MB'],
		rows,
	);
}

async function measurePace(vendor: BenchVendor): Promise<void> {
	const { origin } = vendor;
	const paced = { requestsPerSecond: pacedRate };
	const row = (what: string, wait: number, count: number, { seconds }: Measurement): Row => {
		const ideal = (count - 1) / pacedRate;
		console.log(`${what}, latency ${wait} ms: ${seconds.toFixed(2)} s`);
		return [what, `${wait} ms`, ideal.toFixed(2), seconds.toFixed(2), `${((seconds / ideal - 1) * 100).toFixed(1)} %`];
	};
	await vendor.configure({ readLatency: latency });
	const [quick, slowReads] = await Promise.all([
		writes(origin, writeParameters.automatic, pacedCount, paced),
		reads(origin, pacedCount, pacedRate),
	]);
	await vendor.configure({ writeLatency: latency });
	const slow = await writes(origin, writeParameters.automatic, slowWrites, paced);
	const rows = [
		row(`${pacedCount} writes`, 0, pacedCount, quick),
		row(`${pacedCount} reads`, latency, pacedCount, slowReads),
		row(`${slowWrites} writes`, latency, slowWrites, slow),
	];
	await vendor.configure();
	addTable(
		`Pace of ${pacedRate} requests a second`,
		'The pacer stays three per cent below the rate on purpose, so that requests that travel at different speeds do not break the limit at the vendor. ' +
			'Reads hide the latency because four are under way; writes keep their order and wait for each answer, so a slow vendor sets their speed.',
		['what', 'latency', 'ideal seconds', 'seconds', 'above ideal'],
		rows,
	);
}

async function measurePolls(vendor: BenchVendor): Promise<void> {
	await vendor.configure({ rows: 0 });
	const { seconds, cpuSeconds, stateBytes } = await quietPolls(vendor.origin, polls);
	const { requests } = await vendor.configure();
	addTable(
		'A poll that finds nothing new',
		`Mean of ${polls} polls; the list holds 50 known records of the last hour.`,
		['milliseconds', 'processor ms', 'requests a poll', 'bytes kept in the workflow'],
		[
			[
				((seconds * 1000) / polls).toFixed(1),
				((cpuSeconds * 1000) / polls).toFixed(1),
				(requests / (polls + 1)).toFixed(1),
				String(stateBytes),
			],
		],
	);
}

async function measureSizes(): Promise<void> {
	const sizes = await descriptionSizes();
	addTable(
		'Size of the node descriptions',
		`What the editor downloads of each node, as JSON; the limit of this project is ${largestDescription} kB.`,
		['node', 'kB'],
		sizes.map(({ name, bytes }): Row => [name, (bytes / 1000).toFixed(0)]),
	);
}

async function benchCore(): Promise<void> {
	const [loadBefore] = loadavg();
	const vendor = await BenchVendor.start();
	try {
		await measureWrites(vendor);
		await measureParameters();
		await measureReturnAll(vendor);
		await measurePolls(vendor);
		await measurePace(vendor);
		await measureSizes();
	} finally {
		await vendor.close();
	}
	const machine = `Node.js ${process.version}, ${cpus().length} processors (${cpus()[0].model.trim()}), load average ${loadBefore.toFixed(1)} at the start: with other work on the machine, the processor time tells more than the seconds.`;
	const introduction =
		'# Benchmark\n\nWritten by `npm run bench`: the built package in n8n-core against a server on the loopback address. ' +
		`Times are those of one machine and one run; compare rows, not machines. ${machine}`;
	writeFileSync(join(__dirname, 'RESULTS.md'), `${[introduction, ...tables].join('\n\n')}\n`);
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { n8n: { type: 'boolean' }, instant: { type: 'boolean' }, quick: { type: 'boolean' } },
	});
	if (values.instant) await benchInstant(values.quick ? 1 : 3);
	else if (values.n8n) await benchN8n(values.quick ?? false);
	else await benchCore();
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
