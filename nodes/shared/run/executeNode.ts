import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { apiRequestResource } from './apiRequest';
import { itemsOf, readerOf, rowsOf, showRow } from '../output/answers';
import type { RowStyle } from '../output/answers';
import { fileItem } from '../output/binary';
import { runBulk } from './bulk';
import { overApi } from '../http/api';
import { connect } from '../http/connection';
import type { Connection } from '../http/connection';
import type { Answer, Operation, Resource, Vendor } from '../definition/operation';
import type { NodeFailure } from '../http/errors';
import { limitName, partialListName, returnAllName, secretsName, simplifyName } from '../editor/fields';
import { addHint, addPaceHint, pace } from '../output/hints';
import { listRows, rowId } from '../lists/listReader';
import { ParameterReader } from '../input/parameters';
import { buildRequest, prepareItem } from '../input/prepareItem';
import type { RunItem } from '../input/prepareItem';
import type { PreparedRequest } from '../http/request';
import { send } from '../http/transport';

/** What one input item came to. */
export type ItemOutcome = { items: INodeExecutionData[] } | { failure: NodeFailure };

/** One run of one operation. */
export interface OperationRun {
	connection: Connection;
	context: IExecuteFunctions;
	resource: Resource;
	operation: Operation;
	reader: ParameterReader;
	/** True when failed items become error items and the others go on. */
	continueOnFail: boolean;
}

/** Steps of an operation that one request can not express; gives an outcome for every item, in their order. */
export type OperationRunner = (run: OperationRun, items: RunItem[]) => Promise<ItemOutcome[]>;

const readsInFlight = 4;

/**
 * Runs the chosen operation for all input items.
 * All items are checked before the first request; every output item is paired with its input item.
 */
export async function executeNode(context: IExecuteFunctions, vendor: Vendor): Promise<INodeExecutionData[][]> {
	const inputs = context.getInputData();
	const { resource, operation: chosen } = chosenOperation(context, vendor);
	const { connection, operation } = overApi(await connect(context, vendor), resource, chosen);
	const reader = new ParameterReader(context);
	const run = { connection, context, resource, operation, reader, continueOnFail: context.continueOnFail() };
	const waitedBefore = pace(connection);
	const { ready, outcomes } = prepareAll(run, inputs);
	const sent = await runReady(run, ready);
	ready.forEach((item, position) => {
		outcomes[item.index] = sent[position];
	});
	stopOnFailure(run, outcomes);
	addPaceHint(context, connection, waitedBefore);
	return [outcomes.flatMap((outcome, index) => outputOf(outcome, index))];
}

/** Runs a step for each item: reads up to four at once, writes one after the other in the items' order. */
export async function runEach(
	run: OperationRun,
	items: RunItem[],
	step: (item: RunItem) => Promise<INodeExecutionData[]>,
): Promise<ItemOutcome[]> {
	const outcomes: ItemOutcome[] = new Array<ItemOutcome>(items.length);
	let next = 0;
	let stopped = false;
	const work = async () => {
		while (next < items.length && !stopped) {
			const position = next++;
			outcomes[position] = await outcomeOf(() => step(items[position]));
			if ('failure' in outcomes[position] && !run.continueOnFail) stopped = true;
		}
	};
	const workers = run.operation.retryClass === 'read' ? Math.min(readsInFlight, items.length) : 1;
	await Promise.all(Array.from({ length: workers }, work));
	return outcomes;
}

/** Runs a step and keeps its failure; anything that is no n8n error is a defect and is thrown on. */
export async function outcomeOf(step: () => Promise<INodeExecutionData[]>): Promise<ItemOutcome> {
	try {
		return { items: await step() };
	} catch (error) {
		return { failure: asNodeFailure(error) };
	}
}

/** Sends the main request of an operation for one item. */
export async function sendItem(run: OperationRun, item: RunItem): Promise<Answer> {
	const request = buildRequest(run.connection, run.resource, run.operation, item.placed, item.index);
	return await sendWithFallback(run, item, request);
}

/** Turns the rows of an answer into output items as the user wants to see them. */
export function showRows(run: OperationRun, rows: IDataObject[], item: RunItem): INodeExecutionData[] {
	const style = rowStyle(run, item.index);
	return rows.map((row) => ({ json: showRow(run.connection.vendor, run.operation, row, item.values, style) }));
}

function chosenOperation(context: IExecuteFunctions, vendor: Vendor): { resource: Resource; operation: Operation } {
	const resourceName = context.getNodeParameter('resource', 0) as string;
	const operationName = context.getNodeParameter('operation', 0) as string;
	const resource = [...vendor.resources, apiRequestResource(vendor)].find(({ value }) => value === resourceName);
	const operation = resource?.operations.find(({ value }) => value === operationName);
	if (resource === undefined || operation === undefined) {
		throw new NodeOperationError(context.getNode(), `The operation '${operationName}' of '${resourceName}' is not known`, {
			description: 'Open the node and choose resource and operation again.',
		});
	}
	return { resource, operation };
}

function prepareAll(run: OperationRun, inputs: INodeExecutionData[]): { ready: RunItem[]; outcomes: ItemOutcome[] } {
	const ready: RunItem[] = [];
	const outcomes: ItemOutcome[] = new Array<ItemOutcome>(inputs.length);
	inputs.forEach((input, index) => {
		try {
			ready.push(prepareItem(run.connection, run.operation, run.reader, input, index));
		} catch (error) {
			outcomes[index] = { failure: asNodeFailure(error, run, index) };
		}
	});
	const wrong = outcomes.find((outcome) => outcome !== undefined && 'failure' in outcome);
	if (wrong !== undefined && 'failure' in wrong && !run.continueOnFail) throw wrong.failure;
	return { ready, outcomes };
}

async function runReady(run: OperationRun, ready: RunItem[]): Promise<ItemOutcome[]> {
	const { operation } = run;
	if (ready.length === 0) return [];
	if (operation.run !== undefined) return await operation.run(run, ready);
	if (operation.bulk !== undefined) return await runBulk(run, operation.bulk, ready);
	if (readerOf(operation).kind === 'many') return await runEach(run, ready, async (item) => await listItem(run, item));
	return await runEach(run, ready, async (item) => {
		const answer = await sendItem(run, item);
		if (readerOf(operation).kind === 'binary' && !answer.isJson) return [await fileItem(run, item, answer)];
		return showRows(run, itemsOf(run.connection.vendor, operation, answer, item.values), item);
	});
}

async function listItem(run: OperationRun, item: RunItem): Promise<INodeExecutionData[]> {
	const { connection, resource, operation, reader } = run;
	const everything = reader.read(returnAllName, item.index) === true;
	const limit = everything ? undefined : Number(reader.read(limitName, item.index) ?? 50);
	const keepsPart = reader.readInside('options', partialListName, item.index) === true;
	const keepPartial = (error: Error, rowsRead: number) =>
		addHint(run.context, `The list is not complete: reading ended after ${rowsRead} records. ${error.message}`);
	const rows = await listRows(connection, resource, operation, item.values, {
		itemIndex: item.index,
		limit,
		...(keepsPart ? { keepPartial } : {}),
	});
	return showRows(run, rows, item);
}

/** Sends a read; where its unconfirmed path answers 404, reads the record through a confirmed list instead. */
async function sendWithFallback(run: OperationRun, item: RunItem, request: PreparedRequest): Promise<Answer> {
	const { fallback } = run.operation;
	if (fallback === undefined) return await send(run.connection, request);
	const first = await attempt(async () => await send(run.connection, request));
	if ('answer' in first) return first.answer;
	if (!(first.failure instanceof NodeApiError) || first.failure.httpCode !== '404') throw first.failure;
	const query = Object.entries(fallback.query).map(([name, template]): [string, string] => [
		name,
		template.replace(/\{(\w+)\}/g, (_, key: string) => String(item.placed.path[key])),
	]);
	const answer = await send(run.connection, { ...request, path: fallback.path, query });
	const rows = rowsOf(run.connection.vendor, { answer: { kind: 'many', path: fallback.answerPath } }, answer);
	const idOf = run.operation.rowId ?? rowId;
	const wanted = Object.values(item.placed.path).map(String);
	// A list that ignores the filter would give another record.
	const row = rows.find((candidate) => wanted.includes(idOf(candidate) ?? wanted[0]));
	if (row === undefined) throw first.failure;
	return { ...answer, body: row };
}

async function attempt(step: () => Promise<Answer>): Promise<{ answer: Answer } | { failure: NodeFailure }> {
	try {
		return { answer: await step() };
	} catch (error) {
		return { failure: asNodeFailure(error) };
	}
}

function rowStyle(run: OperationRun, itemIndex: number): RowStyle {
	return {
		simplify: run.operation.simplify !== undefined && run.reader.read(simplifyName, itemIndex) !== false,
		withSecrets: run.reader.readInside('options', secretsName, itemIndex) === true,
		vendorZone: run.connection.vendorZone,
	};
}

function outputOf(outcome: ItemOutcome, index: number): INodeExecutionData[] {
	const pairedItem = { item: index };
	if ('items' in outcome) return outcome.items.map((item) => ({ ...item, pairedItem: item.pairedItem ?? pairedItem }));
	return [{ json: errorJson(outcome.failure), pairedItem }];
}

/** The two keys that every n8n version takes for a failed item; an `error` beside `json` would replace them. */
function errorJson(failure: NodeFailure): IDataObject {
	return failure.description ? { error: failure.message, message: failure.description } : { error: failure.message };
}

function stopOnFailure(run: OperationRun, outcomes: ItemOutcome[]): void {
	const failures = outcomes.filter((outcome): outcome is { failure: NodeFailure } => outcome !== undefined && 'failure' in outcome);
	if (failures.length === 0) {
		run.connection.ledger.forget();
		return;
	}
	if (run.continueOnFail) return;
	const { failure } = failures[0];
	const done = outcomes.flatMap((outcome, index) => (outcome !== undefined && 'items' in outcome ? [index] : []));
	if (run.operation.retryClass !== 'read' && outcomes.length > 1) addProgress(failure, done, outcomes.length);
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

function asNodeFailure(error: unknown, run?: OperationRun, itemIndex?: number): NodeFailure {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (run === undefined) throw error;
	return new NodeOperationError(run.context.getNode(), error as Error, { itemIndex });
}
