import type { Workbench } from '../scripts/n8n/workbench';
import { inputItem } from './fields';
import type { MeasuredNode, N8nRuns, RunResult } from './n8nRuns';
import type { BenchVendor } from './vendor';

/** How much is measured. */
export interface Extent {
	rounds: number;
	isQuick: boolean;
}

/** What the sections of the benchmark work with. */
export interface Bench {
	runs: N8nRuns;
	vendor: BenchVendor;
	workbench: Workbench;
	extent: Extent;
}

/** An input item of a run. */
export type Item = Record<string, string | number>;

/** Faster than any vendor allows; the pacer takes no more. */
export const withoutBrake = 1_000;

/** Items of the input, each another record. */
export function inputItems(count: number): Item[] {
	return Array.from({ length: count }, (_, index) => inputItem(index));
}

/** Runs nodes once and says how long it took. @throws Error when another number of items came out than expected */
export async function timed(
	{ runs }: Bench,
	what: string,
	nodes: MeasuredNode[],
	credential: string,
	items: Item[],
	expected: number,
): Promise<RunResult> {
	const result = await runs.run(nodes, credential, items);
	console.log(`${what}: ${result.seconds.toFixed(2)} s`);
	if (result.items !== expected) throw new Error(`${what}: expected ${expected} items, got ${result.items}`);
	return result;
}
