import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Operation, OperationRun } from '../definition/operation';
import type { ItemOutcome, NodeFailure } from '../definition/outcome';
import { isInDoubt, requestError } from '../http/errors';
import type { OnceLedger } from '../http/onceLedger';
import type { EngineRun } from './engineRun';

const maximumRowsNamed = 10;

/** Characters of another item's failure. */
const longestLine = 300;

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

/** Adds to the failure of an item what an earlier try sent for it, where this one failed before it came to that. */
export function withEarlierTry({ connection }: Pick<EngineRun, 'connection'>, outcome: ItemOutcome, itemIndex: number): ItemOutcome {
	const earlier = connection.ledger.unrecalled(itemIndex);
	if (earlier === undefined || !isFailure(outcome) || isInDoubt(outcome.failure)) return outcome;
	if (earlier.fate === 'inDoubt') {
		const { message, code } = earlier;
		return { failure: requestError(connection.node, connection.vendor, connection.secrets, { message, code, inDoubt: true, itemIndex }) };
	}
	outcome.failure.message += ` A request of this item was carried out in an earlier try: look at ${connection.vendor.displayName} before you repeat it.`;
	return outcome;
}

/** The output items of one input item, paired with it; a failure becomes one error item. */
export function outputOf(outcome: ItemOutcome | undefined, index: number): INodeExecutionData[] {
	const pairedItem = { item: index };
	// An item that never started has no output: the run stopped before.
	if (outcome === undefined) return [];
	if ('items' in outcome) return outcome.items.map((item) => ({ ...item, pairedItem: item.pairedItem ?? pairedItem }));
	return [{ json: errorJson(outcome.failure), pairedItem }];
}

/** The two keys that every n8n version takes for a failed item; an `error` beside `json` would replace them. */
function errorJson(failure: NodeFailure): IDataObject {
	return failure.description ? { error: failure.message, message: failure.description } : { error: failure.message };
}

/** Outcomes that are failures, in the items' order. */
export function failuresOf(outcomes: ItemOutcome[]): NodeFailure[] {
	return outcomes.flatMap((outcome) => (isFailure(outcome) ? [outcome.failure] : []));
}

/** Ends the run when items were refused before anything was sent; names the rows of all of them. */
export function throwRefused(outcomes: ItemOutcome[]): void {
	const refused = outcomes.flatMap((outcome, index) => (isFailure(outcome) ? [{ row: index + 1, failure: outcome.failure }] : []));
	if (refused.length === 0) return;
	const [{ failure }, ...others] = refused;
	if (others.length > 0) {
		const rows = refused.map(({ row }) => row);
		const more = rows.length > maximumRowsNamed ? ` and ${rows.length - maximumRowsNamed} more` : '';
		// The editor shows line breaks as spaces, so each line says where it begins.
		const texts = others.slice(0, maximumRowsNamed - 1).map(({ row, failure: { message } }) => `Row ${row}: ${message}`);
		failure.description = [`Rows that need another value: ${rows.slice(0, maximumRowsNamed).join(', ')}${more}.`, ...texts].join('\n');
	}
	throw failure;
}

/**
 * Ends the run with its first failure, which says what became of the other items.
 * @param ledger knows what earlier tries of the run sent for items that this one did not come to
 */
export function throwFirst(operation: Operation, outcomes: ItemOutcome[], ledger: Pick<OnceLedger, 'unrecalled'>): void {
	const [failure] = failuresOf(outcomes);
	if (failure === undefined) return;
	if (operation.retryClass !== 'read' && outcomes.length > 1) addProgress(failure, operation, outcomes, ledger);
	throw failure;
}

/** Says which writes were carried out, failed, are in doubt and were never sent, because a failed node has no output. */
function addProgress(failure: NodeFailure, operation: Operation, outcomes: ItemOutcome[], ledger: Pick<OnceLedger, 'unrecalled'>): void {
	const stages = Array.from(outcomes.keys(), (index) => stageOf(operation, outcomes[index], ledger.unrecalled(index)?.fate));
	const [done, failed, inDoubt, begun, unsent] = (['done', 'failed', 'inDoubt', 'begun', 'unsent'] as const).map((wanted) =>
		Array.from(stages.keys()).filter((index) => stages[index] === wanted),
	);
	const parts = [
		done.length === 0 ? 'No item was carried out.' : `Carried out: ${done.length} of ${outcomes.length} items (${ranges(done)}).`,
		failed.length === 0 ? '' : `Failed: ${ranges(failed)}.`,
		inDoubt.length === 0 ? '' : `In doubt: ${ranges(inDoubt)}.`,
		begun.length === 0 ? '' : `Started in an earlier try: ${ranges(begun)}.`,
		unsent.length === 0 ? '' : `Never sent: ${ranges(unsent)}.`,
		"Items are counted from 0. Set 'On Error' to 'Continue' to keep the results of the others.",
	];
	failure.description = [[failure.description, ...parts].filter(Boolean).join(' '), ...otherFailures(failure, outcomes)].join('\n');
}

/** What the other failed items say where it differs: one of them may have been carried out in part. */
function otherFailures(first: NodeFailure, outcomes: ItemOutcome[]): string[] {
	const lines = Array.from(outcomes.entries()).flatMap(([index, outcome]) => {
		const isTold = !isFailure(outcome) || isInDoubt(outcome.failure) || outcome.failure.message === first.message;
		return isTold ? [] : [`Item ${index}: ${outcome.failure.message.slice(0, longestLine)}`];
	});
	return lines.slice(0, maximumRowsNamed);
}

/** @param earlier what became of the requests of the item in an earlier try; a job may have sent some of its requests only */
function stageOf({ run }: Operation, outcome: ItemOutcome | undefined, earlier: 'done' | 'inDoubt' | undefined) {
	if (isFailure(outcome)) return isInDoubt(outcome.failure) ? 'inDoubt' : 'failed';
	if (outcome !== undefined) return 'done';
	return run !== undefined && earlier === 'done' ? 'begun' : (earlier ?? 'unsent');
}

function isFailure(outcome: ItemOutcome | undefined): outcome is { failure: NodeFailure } {
	return outcome !== undefined && 'failure' in outcome;
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
