import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Answer } from '../definition/answer';
import type { OperationRun } from '../definition/operation';
import type { RunItem } from '../definition/outcome';
import { defaultBinaryField, outputFieldName, partialListName, secretsName, simplifyName } from '../definition/parameterNames';
import { sendWithFallback } from '../lists/fallback';
import { listRows } from '../lists/listReader';
import { showRow } from '../output/answers';
import type { RowStyle } from '../output/answers';
import { fileToItem } from '../output/binary';
import { addHint } from '../output/hints';
import { limitOf } from './limit';
import { engineOf } from './engineRun';
import type { EngineRun } from './engineRun';
import { isOn } from './switches';

/** Sends the main request of an operation for one item. */
export async function sendItem(run: OperationRun, item: RunItem): Promise<Answer> {
	const { connection, resource, operation } = engineOf(run);
	return await sendWithFallback(connection, resource, operation, item.placed, item.index);
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

function rowStyle(run: EngineRun, itemIndex: number): RowStyle {
	return {
		simplify: run.operation.simplify !== undefined && isOn(run, simplifyName, itemIndex),
		withSecrets: isOn(run, secretsName, itemIndex),
		vendorZone: run.connection.vendorZone,
		nodeVersion: run.connection.node.typeVersion,
	};
}
