import type { INodeExecutionData } from 'n8n-workflow';

import type { OperationRun } from '../definition/operation';
import type { ItemOutcome, RunItem } from '../definition/outcome';
import type { RetryClass } from '../definition/request';
import { outcomeOf } from './itemOutcome';

const readsInFlight = 4;

/** Runs a step for each item: reads up to four at once, writes one after the other in the items' order. */
export async function runEach(
	run: OperationRun,
	items: RunItem[],
	step: (item: RunItem) => Promise<INodeExecutionData[]>,
	retryClass: RetryClass = run.operation.retryClass,
): Promise<ItemOutcome[]> {
	const outcomes: ItemOutcome[] = new Array<ItemOutcome>(items.length);
	let next = 0;
	let stopped = false;
	const work = async () => {
		while (next < items.length && !stopped) {
			const position = next++;
			outcomes[position] = await outcomeOf(run, items[position].index, () => step(items[position]));
			if ('failure' in outcomes[position] && !run.continueOnFail) stopped = true;
		}
	};
	const workers = retryClass === 'read' ? Math.min(readsInFlight, items.length) : 1;
	await Promise.all(Array.from({ length: workers }, work));
	return outcomes;
}
