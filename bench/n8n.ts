// Measures the built package in the real n8n of the tests, side by side with the HTTP Request node, and writes bench/N8N.md.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

import { openWorkbench } from '../scripts/n8n/workbench';
import { allFields, fieldCount, inputItem, writeParameters } from './fields';
import { type MeasuredNode, N8nRuns } from './n8nRuns';
import { BenchVendor } from './vendor';

const pacedRate = 10;
const pageSize = 100;
/** Faster than any vendor allows; the pacer takes no more. */
const withoutBrake = 1_000;

/** How much is measured. */
interface Extent {
	rounds: number;
	pacedWrites: number;
	creates: number;
	records: number;
}

const full: Extent = { rounds: 3, pacedWrites: 200, creates: 2_000, records: 100_000 };
const quick: Extent = { rounds: 1, pacedWrites: 100, creates: 500, records: 20_000 };

/** What a row of the table compares with, and the ratio that the project wants to reach. */
interface Compared {
	what: string;
	against: string;
	goal?: number;
}

/** A row before it is written: one entry for each round. */
interface Row extends Compared {
	seconds: number[];
	ratios: number[];
	refused: number[];
}

/** One of several ways to do the same, measured in turn. */
interface Way extends Compared {
	node: MeasuredNode;
	/** Items that it has to put out. */
	items: number;
}

/** Runs everything. The quick variant does less of it once, prints the table and stores nothing. */
export async function benchN8n(isQuick: boolean): Promise<void> {
	const extent = isQuick ? quick : full;
	const [loadBefore] = loadavg();
	const vendor = await BenchVendor.start();
	try {
		const workbench = await openWorkbench({ report: (line) => console.log(line) });
		try {
			const runs = await N8nRuns.prepare(workbench.client, vendor.origin);
			const bench = new N8nBench(runs, vendor, extent);
			const rows = [...(await bench.pacedWrites()), ...(await bench.creates()), ...(await bench.readAll())];
			const text = page(rows, extent, [loadBefore, loadavg()[0]]);
			console.log(`\n${text}`);
			if (!isQuick) writeFileSync(join(__dirname, 'N8N.md'), text);
		} finally {
			await workbench.close();
		}
	} finally {
		await vendor.close();
	}
}

class N8nBench {
	constructor(
		private readonly runs: N8nRuns,
		private readonly vendor: BenchVendor,
		private readonly extent: Extent,
	) {}

	/** Writes that the vendor allows at a rate and answers late, against the time that the rate alone takes. */
	async pacedWrites(): Promise<Row[]> {
		const { pacedWrites: count, rounds } = this.extent;
		const ideal = count / pacedRate;
		const node = this.runs.own(writeParameters.automatic);
		const rows = [50, 400, 1_000].map((latency) => ({
			latency,
			row: startRow({
				what: `${written(count)} writes at ${pacedRate} a second, answers after ${written(latency)} ms`,
				against: `the rate alone (${ideal.toFixed(0)} s)`,
				goal: 1.05,
			}),
		}));
		for (let round = 1; round <= rounds; round++) {
			for (const { latency, row } of rows) {
				const credential = await this.runs.credential(`paced-${latency}-${round}`, pacedRate);
				await this.vendor.configure({ writeLatency: latency, requestsPerSecond: pacedRate });
				const { seconds } = await this.measured(row.what, node, credential, inputItems(count), count);
				const { requests, refused } = await this.vendor.configure();
				if (requests - refused !== count)
					throw new Error(`${requests - refused} writes were carried out, not ${count}`);
				console.log(`  refused: ${refused}`);
				row.seconds.push(seconds);
				row.ratios.push(seconds / ideal);
				row.refused.push(refused);
			}
		}
		return rows.map(({ row }) => row);
	}

	/** Creates without a limit, against the HTTP Request node that sends the same form. */
	async creates(): Promise<Row[]> {
		const { creates: count } = this.extent;
		const against = `HTTP Request with ${fieldCount} expressions`;
		const baseline = { what: against, against, node: this.runs.httpCreateByFields(), items: count };
		const ways: Way[] = [
			{
				what: `${written(count)} creates, Map Automatically`,
				against,
				goal: 0.5,
				node: this.runs.own(writeParameters.automatic),
				items: count,
			},
			{
				what: `${written(count)} creates, ${fieldCount} expressions`,
				against,
				goal: 1,
				node: this.runs.own(writeParameters.allExpressions),
				items: count,
			},
			{
				what: `${written(count)} creates by HTTP Request, one expression for the body`,
				against,
				node: this.runs.httpCreateByOneExpression(),
				items: count,
			},
		];
		return await this.alternate(baseline, ways, inputItems(count));
	}

	/** A list read to its end, against the HTTP Request node's pagination. */
	async readAll(): Promise<Row[]> {
		const { records } = this.extent;
		const against = "HTTP Request's pagination";
		const baseline = { what: against, against, node: this.runs.httpReadAll(pageSize), items: records / pageSize };
		const ways = [true, false].map((simplify): Way => ({
			what: `Return All over ${written(records)} records, Simplify ${simplify ? 'on' : 'off'}`,
			against,
			goal: 0.2,
			node: this.runs.own({ resource: 'operator', operation: 'getMany', returnAll: true, simplify }),
			items: records,
		}));
		return await this.alternate(baseline, ways, [{}], { rows: records });
	}

	/** Measures all ways once a round, so that what else the machine does meets all of them. */
	private async alternate(
		baseline: Way,
		ways: Way[],
		items: Array<Record<string, string | number>>,
		settings: { rows?: number } = {},
	): Promise<Row[]> {
		const rows = ways.map(({ what, against, goal }) => startRow({ what, against, goal }));
		const credential = await this.runs.credential(baseline.what, withoutBrake);
		await this.vendor.configure(settings);
		for (let round = 0; round < this.extent.rounds; round++) {
			const { seconds: base } = await this.measured(baseline.what, baseline.node, credential, items, baseline.items);
			for (const [index, { what, node, items: expected }] of ways.entries()) {
				const { seconds } = await this.measured(what, node, credential, items, expected);
				rows[index].seconds.push(seconds);
				rows[index].ratios.push(seconds / base);
			}
		}
		await this.vendor.configure();
		return rows;
	}

	private async measured(
		what: string,
		node: MeasuredNode,
		credential: string,
		items: Array<Record<string, string | number>>,
		expected: number,
	): Promise<{ seconds: number }> {
		const result = await this.runs.run(node, credential, items);
		console.log(`${what}: ${result.seconds.toFixed(2)} s`);
		if (result.items !== expected) throw new Error(`${what}: expected ${expected} items, got ${result.items}`);
		return result;
	}
}

function startRow(compared: Compared): Row {
	return { ...compared, seconds: [], ratios: [], refused: [] };
}

function inputItems(count: number): Array<Record<string, string | number>> {
	return Array.from({ length: count }, (_, index) => inputItem(index));
}

function median(values: number[]): number {
	return [...values].sort((first, second) => first - second)[Math.floor(values.length / 2)];
}

function written(count: number): string {
	return count.toLocaleString('en');
}

function page(rows: Row[], { rounds }: Extent, loads: number[]): string {
	const cells = rows.map(({ what, against, goal, seconds, ratios, refused }) => [
		what,
		median(seconds).toFixed(1),
		against,
		median(ratios).toFixed(2),
		`${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
		goal === undefined ? '' : `at most ${goal.toFixed(2)}`,
		refused.length === 0 ? '' : String(Math.max(...refused)),
	]);
	const head = ['what', 'seconds', 'compared with', 'ratio', 'lowest and highest', 'goal', 'refused (429)'];
	const table = [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`);
	return [
		'# Benchmark in n8n',
		'',
		`Written by \`npm run bench -- --n8n\`: the built package in n8n 2.41.1, one process with its SQLite database, against a server on the loopback address in iAdvize's form. ` +
			`Seconds are from the start of an execution to its end as n8n notes them, medians of ${rounds}, measured in turn; the ratio is the median of the ratios of the rounds. ` +
			`A write fills in ${allFields.length} fields. Node.js ${process.version}, ${cpus().length} processors (${cpus()[0].model.trim()}), load average ${loads.map((load) => load.toFixed(1)).join(' at the start and ')} at the end: the machine had other work, so read the ratios, not the seconds.`,
		'',
		...table,
		'',
	].join('\n');
}
