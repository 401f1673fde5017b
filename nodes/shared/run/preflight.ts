import type { INodeExecutionData } from 'n8n-workflow';

import { outcomeOf } from './itemOutcome';
import { runEach } from './runItems';
import type { ItemOutcome, RunItem } from '../definition/outcome';
import type { OperationRun } from '../definition/operation';

/**
 * Runs a step for each item after all items have passed a check that needs more than their parameters, such as one of their files.
 * Where failures stop the run, an item that does not pass keeps every item from being sent.
 * @param check throws an n8n error that names the item
 * @returns an outcome for every item that was checked in vain or run, in the items' order
 */
export async function runWithPreflight(
	run: OperationRun,
	items: RunItem[],
	check: (item: RunItem) => Promise<unknown>,
	step: (item: RunItem) => Promise<INodeExecutionData[]>,
): Promise<ItemOutcome[]> {
	const outcomes = new Map<RunItem, ItemOutcome>();
	for (const item of items) {
		const outcome = await outcomeOf(run, item.index, async () => {
			await check(item);
			return [];
		});
		if ('failure' in outcome) outcomes.set(item, outcome);
	}
	if (outcomes.size === 0 || run.continueOnFail) {
		const passed = items.filter((item) => !outcomes.has(item));
		const results = await runEach(run, passed, step);
		passed.forEach((item, position) => outcomes.set(item, results[position]));
	}
	return items.map((item) => outcomes.get(item) as ItemOutcome);
}
