// Measures the built package in the real n8n of the tests and writes bench/RESULTS.md and its chart; with --instant the answers of an
// instant trigger, in bench/INSTANT.md.
import '../test/support/setup';

import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ratioChart } from '../scripts/docs/chart';
import { REPOSITORY_FOLDER } from '../scripts/n8n/paths';
import { openWorkbench } from '../scripts/n8n/workbench';
import type { Bench, Extent } from './bench';
import { allFields } from './fields';
import { type Figure, tableOf } from './figure';
import { benchInstant } from './instant';
import { N8nRuns } from './n8nRuns';
import { bulk } from './sections/bulk';
import { creates } from './sections/creates';
import { fairShare } from './sections/fairShare';
import { processes } from './sections/processes';
import { readAll } from './sections/readAll';
import { startUp } from './sections/startUp';
import { triggers } from './sections/triggers';
import { writes } from './sections/writes';
import { BenchVendor } from './vendor';

/** What runs in one n8n process, in this order. */
const sections: Record<string, (bench: Bench) => Promise<Figure[]>> = { writes, creates, readAll, bulk, startUp, triggers, fairShare };

/** Sections that failed. */
const failed: string[] = [];

async function measureOneProcess(vendor: BenchVendor, extent: Extent, isWanted: (name: string) => boolean): Promise<Figure[]> {
	const wanted = Object.entries(sections).filter(([name]) => isWanted(name));
	if (wanted.length === 0) return [];
	const workbench = await openWorkbench({
		report: (line) => console.log(line),
		env: { N8N_PAYLOAD_SIZE_MAX: '256' },
		packageFolders: [REPOSITORY_FOLDER, join(__dirname, 'leastNode')],
	});
	try {
		const runs = await N8nRuns.prepare(workbench.client, vendor.origin);
		const figures: Figure[] = [];
		for (const [name, section] of wanted) {
			console.log(`\n${name}`);
			figures.push(...(await orNone(name, async () => await section({ runs, vendor, workbench, extent }))));
		}
		return figures;
	} finally {
		await workbench.close();
	}
}

/** The figures of a section; none when it fails, so that the others are measured all the same. */
async function orNone(name: string, measure: () => Promise<Figure[]>): Promise<Figure[]> {
	try {
		return await measure();
	} catch (error) {
		failed.push(name);
		console.error(`${name} failed:`, error);
		return [];
	}
}

function page(figures: Figure[], rounds: number, loads: number[]): string {
	return `# Benchmark

Written by \`npm run bench\`: the built package in n8n 2.41.1 against a server on the loopback address that answers as the vendors do. One process with its SQLite database, and where workers are named n8n's queue mode with Redis and PostgreSQL. Seconds of executions are from start to end as n8n notes them. Medians of ${rounds}, measured in turn with what they are compared with; the ratio is the median of the ratios of the rounds. A write fills in ${allFields.length} fields. [What each figure means](../docs/performance.md).

Node.js ${process.version}, ${cpus().length} processors (${cpus()[0].model.trim()}), load average ${loads.map((load) => load.toFixed(1)).join(' at the start and ')} at the end. Where the machine has other work, read the ratios, not the seconds.

${tableOf(figures)}
`;
}

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' }, instant: { type: 'boolean' } } });
	if (values.instant) return await benchInstant(values.quick ? 1 : 3);
	const isQuick = values.quick ?? false;
	const names = values.only?.split(',') ?? [...Object.keys(sections), ...(isQuick ? [] : ['processes'])];
	const extent = { rounds: isQuick ? 1 : 3, isQuick };
	const [loadBefore] = loadavg();
	const vendor = await BenchVendor.start();
	try {
		const figures = await measureOneProcess(vendor, extent, (name) => names.includes(name));
		if (names.includes('processes')) figures.push(...(await orNone('processes', async () => await processes(vendor))));
		const text = page(figures, extent.rounds, [loadBefore, loadavg()[0]]);
		console.log(`\n${text}`);
		if (failed.length > 0) console.error(`Without ${failed.join(', ')}, which failed`);
		if (isQuick || values.only !== undefined) return;
		writeFileSync(join(__dirname, 'RESULTS.md'), text);
		writeFileSync(join(REPOSITORY_FOLDER, 'docs', 'images', 'performance.svg'), ratioChart());
	} finally {
		await vendor.close();
	}
}

main().then(
	() => process.exit(failed.length === 0 ? 0 : 1),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
