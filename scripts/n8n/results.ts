import type { INodeExecutionData } from 'n8n-workflow';

import type { Execution } from './client';

const SHOWN_ROWS = 8;
const SHOWN_COLUMNS = 6;
/** Characters of a row, shared by its columns. */
const SHOWN_CHARACTERS = 180;

/** How one ready-made workflow did. */
export interface WorkflowResult {
	file: string;
	name: string;
	/** Left out when the run could not even begin. */
	execution?: Execution;
	/** Why it failed; left out on success. */
	failure?: string;
}

/** Prints the items each workflow ended with, then one table over all workflows. */
export function printResults(results: WorkflowResult[]): void {
	for (const { name, execution } of results) {
		if (!execution?.lastNode) continue;
		const items = lastItems(execution);
		const count = items.length === 1 ? '1 item' : `${items.length} items`;
		console.log(`\n${name}: ${count} from "${execution.lastNode}"`);
		if (items.length > 0) console.table(items.slice(0, SHOWN_ROWS).map(toRow));
		if (items.length > SHOWN_ROWS) console.log(`... and ${items.length - SHOWN_ROWS} more`);
	}
	console.log('');
	console.table(
		results.map(({ file, execution, failure }) => ({
			workflow: file,
			result: failure ? 'failed' : 'success',
			items: execution ? lastItems(execution).length : 0,
			...(failure ? { reason: failure } : {}),
		})),
	);
}

function lastItems(execution: Execution): INodeExecutionData[] {
	return execution.lastNode ? (execution.outputs[execution.lastNode] ?? []).flat() : [];
}

function toRow(item: INodeExecutionData): Record<string, unknown> {
	const cells = Object.entries(item.json).slice(0, SHOWN_COLUMNS);
	return Object.fromEntries(
		cells.map(([key, value]) => [key, toCell(value, Math.floor(SHOWN_CHARACTERS / cells.length))]),
	);
}

function toCell(value: unknown, width: number): unknown {
	const isPlain = typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined;
	if (isPlain) return value;
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
