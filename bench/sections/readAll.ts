import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Bench } from '../bench';
import { type Figure, written } from '../figure';
import type { ListMemory } from '../listMemory';
import { alternate } from './alternate';

/** The largest page that the vendor documents, which the node asks for, and what it gives unasked. */
const largestPage = 100;
const usualPage = 20;

/** A list read to its end, against the HTTP Request node's pagination; and what it takes of memory. */
export async function readAll(bench: Bench): Promise<Figure[]> {
	const records = bench.extent.isQuick ? 20_000 : 100_000;
	const { runs } = bench;
	const read = (simplify: boolean) => [runs.own({ resource: 'operator', operation: 'getMany', returnAll: true, simplify })];
	const what = `Return All over ${written(records)} records`;
	const largest = [runs.httpReadAll(largestPage)];
	const sameSize = await alternate(
		bench,
		{ what: `HTTP Request's pagination, pages of ${largestPage}`, nodes: largest, items: records / largestPage },
		[
			{ what: `${what}, Simplify on`, nodes: read(true), items: records, goal: 0.2 },
			{ what: `${what}, Simplify off`, nodes: read(false), items: records, goal: 0.2 },
			{
				what: `The same ${written(records)} records by a node that only sends the requests`,
				nodes: [runs.leastReadAll(largestPage)],
				items: records,
				isOther: true,
			},
			{
				what: `The same ${written(records)} records by HTTP Request and Split Out`,
				nodes: [...largest, runs.splitPages()],
				items: records,
				isOther: true,
			},
		],
		[{}],
		{ rows: records },
	);
	const unasked = await alternate(
		bench,
		{ what: `HTTP Request's pagination as set up without a page size, ${usualPage} records a page`, nodes: [runs.httpReadAll()], items: records / usualPage },
		[{ what: `${what}, against pages of ${usualPage}`, nodes: read(true), items: records, goal: 0.2 }],
		[{}],
		{ rows: records },
	);
	return [...sameSize, ...unasked, await memory(bench, records)];
}

async function memory(bench: Bench, records: number): Promise<Figure> {
	await bench.vendor.configure({ rows: records });
	const child = fork(join(__dirname, '..', 'listMemory.ts'), [bench.vendor.origin, String(records)], {
		execArgv: ['--import', 'tsx', '--expose-gc'],
	});
	const [{ items, peak }] = (await once(child, 'message')) as [ListMemory];
	await bench.vendor.configure();
	return {
		what: `Peak memory of Return All over ${written(records)} records, Simplify off`,
		measured: `${(peak / 1e6).toFixed(0)} MB`,
		against: `what the items take (${(items / 1e6).toFixed(0)} MB)`,
		ratios: [peak / items],
		goal: 1.5,
		note: "in n8n's engine alone",
	};
}
