import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Answer } from '../definition/answer';
import type { Fallback, OperationRun } from '../definition/operation';
import type { NodeFailure, RunItem } from '../definition/outcome';
import { defaultBinaryField, outputFieldName, partialListName, secretsName, simplifyName } from '../definition/parameterNames';
import { buildRequest } from '../http/request';
import { isNotFound, sendOperation } from '../http/sendOperation';
import { send } from '../http/transport';
import { listRows, rowId } from '../lists/listReader';
import { rowsOf, showRow } from '../output/answers';
import type { RowStyle } from '../output/answers';
import { fileToItem } from '../output/binary';
import { addHint } from '../output/hints';
import { asNodeFailure } from './itemOutcome';
import { limitOf } from './limit';
import { engineOf } from './engineRun';
import type { EngineRun } from './engineRun';
import { isOn } from './switches';

/** Sends the main request of an operation for one item. */
export async function sendItem(run: OperationRun, item: RunItem): Promise<Answer> {
	const engineRun = engineOf(run);
	const { fallback } = engineRun.operation;
	return fallback === undefined ? await sendMain(engineRun, item) : await sendWithFallback(engineRun, item, fallback);
}

/** Turns the rows of an answer into output items as the user wants to see them. */
export function showRows(run: OperationRun, rows: IDataObject[], item: RunItem): INodeExecutionData[] {
	const engineRun = engineOf(run);
	const style = rowStyle(engineRun, item.index);
	return rows.map((row) => ({ json: showRow(engineRun.connection.vendor, run.operation, row, item.values, style) }));
}

/** Puts a streamed file answer into an item, under the binary field that the user named. */
export async function fileItem(run: OperationRun, item: RunItem, answer: Answer): Promise<INodeExecutionData> {
	const field = engineOf(run).reader.read(outputFieldName, item.index) as string | undefined;
	return await fileToItem(run.context, field || defaultBinaryField, answer);
}

/** Reads a list for one item. */
export async function listItem(run: EngineRun, item: RunItem): Promise<INodeExecutionData[]> {
	const { connection, resource, operation } = run;
	const limit = limitOf(run, item.index);
	const keepsPart = isOn(run, partialListName, item.index);
	const keepPartial = (error: Error, rowsRead: number) =>
		addHint(run.context, `The list is not complete: reading ended after ${rowsRead} records. ${error.message}`);
	const rows = await listRows(connection, resource, operation, item.values, {
		itemIndex: item.index,
		limit,
		// A limit ends before the last page.
		onPage: (rowsRead, page, pages) => run.progress.records(rowsRead, page, limit === undefined ? pages : undefined),
		...(keepsPart ? { keepPartial } : {}),
	});
	return showRows(run, rows, item);
}

/** Sends a read; where its unconfirmed path answers 404, reads the record through a confirmed list instead. */
async function sendWithFallback(run: EngineRun, item: RunItem, fallback: Fallback): Promise<Answer> {
	const request = buildRequest(run.connection, run.resource, run.operation, item.placed, item.index);
	const first = await attempt(run, item.index, async () => await sendMain(run, item));
	if ('answer' in first) return first.answer;
	if (!isNotFound(first.failure)) throw first.failure;
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

async function sendMain({ connection, resource, operation }: EngineRun, item: RunItem): Promise<Answer> {
	return await sendOperation(connection, resource, operation, item.placed, item.index);
}

async function attempt(
	run: EngineRun,
	itemIndex: number,
	step: () => Promise<Answer>,
): Promise<{ answer: Answer } | { failure: NodeFailure }> {
	try {
		return { answer: await step() };
	} catch (error) {
		return { failure: asNodeFailure(error, run.context.getNode(), itemIndex) };
	}
}

function rowStyle(run: EngineRun, itemIndex: number): RowStyle {
	return {
		simplify: run.operation.simplify !== undefined && isOn(run, simplifyName, itemIndex),
		withSecrets: isOn(run, secretsName, itemIndex),
		vendorZone: run.connection.vendorZone,
		nodeVersion: run.connection.node.typeVersion,
	};
}
