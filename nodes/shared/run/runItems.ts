import type { INodeExecutionData } from 'n8n-workflow';

import type { Operation, OperationRun } from '../definition/operation';
import type { ItemOutcome, RunItem } from '../definition/outcome';
import type { RetryClass } from '../definition/request';
import { engineOf } from './engineRun';
import { outcomeOf } from './itemOutcome';

/** Most items whose answers are waited for at once: a second and a half at the fastest documented rates. */
const maximumUnderWay = 50;

/**
 * Runs a step for each item. Items start in their order, each when the one before got its turn at the vendor's pace, and do not
 * wait for each other's answers; writes to the same record do. Where failures stop the run, nothing starts after the first.
 * @returns an outcome for every item that was started, in the items' order
 */
export async function runEach(
	run: OperationRun,
	items: RunItem[],
	step: (item: RunItem) => Promise<INodeExecutionData[]>,
	retryClass: RetryClass = run.operation.retryClass,
): Promise<ItemOutcome[]> {
	const { connection, progress } = engineOf(run);
	const outcomes: ItemOutcome[] = new Array<ItemOutcome>(items.length);
	const underWay = new Set<Promise<void>>();
	const lastWrites = new Map<string, Promise<void>>();
	let isStopped = false;
	let done = 0;
	progress.announce(items.length);
	for (const [position, item] of items.entries()) {
		const record = retryClass === 'read' ? undefined : recordOf(run.operation, item);
		if (record !== undefined) await lastWrites.get(record);
		while (underWay.size >= maximumUnderWay) await Promise.race(underWay);
		if (isStopped || (connection.signal?.aborted === true && !run.continueOnFail)) break;
		const { started, settled } = startItem(run, item, step, (outcome) => {
			outcomes[position] = outcome;
			progress.items(++done, items.length);
			if ('failure' in outcome && !run.continueOnFail) isStopped = true;
			underWay.delete(settled);
		});
		underWay.add(settled);
		if (record !== undefined) lastWrites.set(record, settled);
		await started;
	}
	await Promise.all(underWay);
	return outcomes;
}

/**
 * Starts the step of an item.
 * @param onOutcome called before `settled`
 * @returns `started`, when the item got its turn at the vendor's pace or needs none, and `settled`, when it has its outcome
 */
function startItem(
	run: OperationRun,
	item: RunItem,
	step: (item: RunItem) => Promise<INodeExecutionData[]>,
	onOutcome: (outcome: ItemOutcome) => void,
): { started: Promise<void>; settled: Promise<void> } {
	const { starts } = engineOf(run).connection;
	const gotTurn = new Promise<void>((resolve) => starts?.set(item.index, resolve));
	const settled = outcomeOf(run, item.index, async () => await step(item)).then((outcome) => {
		starts?.delete(item.index);
		onOutcome(outcome);
	});
	return { started: Promise.race([gotTurn, settled]), settled };
}

/**
 * What a write must not overtake: an earlier write to the same record. Undefined where items do not depend on each other.
 * The record is what the path names, or the fields that the table names, or for a repeatable write its required fields.
 */
function recordOf(operation: Operation, item: RunItem): string | undefined {
	const names = operation.sameRecord ?? (operation.retryClass === 'idempotent' ? requiredNames(operation) : []);
	const values = names.map((name) => item.values[name]);
	if (Object.keys(item.placed.path).length === 0 && values.length === 0) {
		return operation.retryClass === 'idempotent' ? '' : undefined;
	}
	return JSON.stringify([item.placed.path, values]);
}

function requiredNames({ path, fields = [] }: Operation): string[] {
	if (path.includes('{')) return [];
	return fields.filter(({ required }) => required === true).map(({ name }) => name);
}
