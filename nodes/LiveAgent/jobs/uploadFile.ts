import type { OperationRun } from '../../shared/definition/operation';
import type { ItemOutcome, RunItem } from '../../shared/definition/outcome';
import { describeFile, itemsOf, readFile, runWithPreflight, sendRequest, showRows } from '../../shared/run/job';

/** Sends a file of each item as the form field `file`, after all items have been found to have theirs. */
export async function uploadFile(run: OperationRun, items: RunItem[]): Promise<ItemOutcome[]> {
	const nameIn = (item: RunItem) => String(item.values.binaryField);
	return await runWithPreflight(
		run,
		items,
		async (item) => await describeFile(run, item, nameIn(item)),
		async (item) => {
			const file = await readFile(run, item, nameIn(item));
			const answer = await sendRequest(run, run.operation, item.placed, item.index, { body: { file: file as never } });
			return showRows(run, itemsOf(run, answer, item), item);
		},
	);
}
