import type { IDataObject } from 'n8n-workflow';

import type { Operation, OperationRun } from '../../shared/definition/operation';
import type { ItemOutcome, NodeFailure, RunItem } from '../../shared/definition/outcome';
import { failureOf, itemsOf, runEach, sendRequest, showRows } from '../../shared/run/job';

/**
 * Changes single fields where LiveAgent only takes whole records: reads the record at the same path, lays the item's values over it,
 * and writes it back.
 * @param writable keys of the record that may be written
 */
export async function readModifyWrite(run: OperationRun, items: RunItem[], writable: string[]): Promise<ItemOutcome[]> {
	const { operation } = run;
	const reading: Operation = { ...operation, method: 'GET', retryClass: 'read' };
	return await runEach(run, items, async (item) => {
		const { index, placed } = item;
		const answer = await sendRequest(run, reading, { ...placed, body: {} }, index);
		const [current = {}] = itemsOf(run, answer, item);
		// Writing without what was there would empty the record.
		if (!writable.some((key) => key in current)) throw nothingRead(run, index);
		const kept = Object.entries(current).filter(([key, value]) => writable.includes(key) && value !== null);
		const body: IDataObject = { ...Object.fromEntries(kept), ...placed.body };
		const changed = await sendRequest(run, operation, { ...placed, body }, index);
		return showRows(run, itemsOf(run, changed, item), item);
	});
}

function nothingRead(run: OperationRun, itemIndex: number): NodeFailure {
	return failureOf(run, {
		message: 'LiveAgent did not return the record to change',
		advice: 'LiveAgent only accepts whole records, so the rest of the record would be lost. Nothing was changed. Check the identifier.',
		itemIndex,
	});
}
