import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Operation, OperationRun } from '../definition/operation';
import type { ItemOutcome, NodeFailure } from '../definition/outcome';

/** Runs a step of one item and keeps its failure, whatever was thrown. */
export async function outcomeOf(
	run: Pick<OperationRun, 'context'>,
	itemIndex: number,
	step: () => Promise<INodeExecutionData[]>,
): Promise<ItemOutcome> {
	try {
		return { items: await step() };
	} catch (error) {
		return { failure: asNodeFailure(error, run.context.getNode(), itemIndex) };
	}
}

/** The n8n error of whatever was thrown while an item was worked on. */
export function asNodeFailure(error: unknown, node: INode, itemIndex: number): NodeFailure {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	return new NodeOperationError(node, error as Error, { itemIndex });
}

/** The output items of one input item, paired with it; a failure becomes one error item. */
export function outputOf(outcome: ItemOutcome, index: number): INodeExecutionData[] {
	const pairedItem = { item: index };
	if ('items' in outcome) return outcome.items.map((item) => ({ ...item, pairedItem: item.pairedItem ?? pairedItem }));
	return [{ json: errorJson(outcome.failure), pairedItem }];
}

/** The two keys that every n8n version takes for a failed item; an `error` beside `json` would replace them. */
function errorJson(failure: NodeFailure): IDataObject {
	return failure.description ? { error: failure.message, message: failure.description } : { error: failure.message };
}

/** Outcomes that are failures, in the items' order. */
export function failuresOf(outcomes: ItemOutcome[]): NodeFailure[] {
	return outcomes.flatMap((outcome) => (outcome !== undefined && 'failure' in outcome ? [outcome.failure] : []));
}

/** Ends the run with its first failure, which says what was carried out before. */
export function throwFirst(operation: Operation, outcomes: ItemOutcome[]): void {
	const [failure] = failuresOf(outcomes);
	if (failure === undefined) return;
	const done = outcomes.flatMap((outcome, index) => (outcome !== undefined && 'items' in outcome ? [index] : []));
	if (operation.retryClass !== 'read' && outcomes.length > 1) addProgress(failure, done, outcomes.length);
	throw failure;
}

/** Says which writes were carried out before the failure, because a failed node has no output. */
function addProgress(failure: NodeFailure, done: number[], total: number): void {
	const progress =
		done.length === 0
			? 'No other item had been carried out before.'
			: `Carried out before: ${done.length} of ${total} items (${ranges(done)}). Set On Error to continue to keep their results.`;
	failure.description = [failure.description, progress].filter(Boolean).join(' ');
}

/** Writes ascending numbers as ranges: 0-3, 5. */
function ranges(numbers: number[]): string {
	const parts: string[] = [];
	for (let start = 0; start < numbers.length; ) {
		let end = start;
		while (end + 1 < numbers.length && numbers[end + 1] === numbers[end] + 1) end++;
		parts.push(start === end ? String(numbers[start]) : `${numbers[start]}-${numbers[end]}`);
		start = end + 1;
	}
	return parts.join(', ');
}
