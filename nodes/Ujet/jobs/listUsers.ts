import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Operation, OperationRun, OperationRunner } from '../../shared/definition/operation';
import type { RunItem } from '../../shared/definition/outcome';
import type { FieldValues } from '../../shared/definition/request';
import { listOf } from '../../shared/input/values';
import { limitOf, listRows, runEach, showHint, showRows } from '../../shared/run/job';
import { chosenFilter } from '../formats/userFilters';

/** UJET takes up to 1,000 values in a filter but does not page what it filters, and its usual page is 100: so many values lose nothing. */
const maximumValues = 100;

/** Rows of a filter that names no records; as many may be only the first page. */
const defaultPage = 100;

const partialHint =
	'UJET returned exactly 100 users and does not page filtered lists, so there may be more. Use a narrower filter, or no filter, which is read to the end.';

const toList = listOf((value) => value);

/** Lists by page without filter, else at once: UJET does not page what it filters. Long lists of values are cut. */
export const listUsers: OperationRunner = async (run, items) =>
	await runEach(run, items, async (item) => await usersOf(run, item));

async function usersOf(run: OperationRun, item: RunItem): Promise<INodeExecutionData[]> {
	const limit = limitOf(run, item);
	const filter = chosenFilter(item.values);
	const operation: Operation = filter === undefined ? run.operation : { ...run.operation, paging: 'none' };
	const rows: IDataObject[] = [];
	for (const values of partsOf(item.values, filter?.isList === true ? filter.value : undefined)) {
		const left = limit === undefined ? undefined : limit - rows.length;
		if (left !== undefined && left <= 0) break;
		const found = await listRows(run, operation, values, { itemIndex: item.index, limit: left });
		if (filter !== undefined && found.length === defaultPage && left !== defaultPage) showHint(run, partialHint);
		rows.push(...found);
	}
	return showRows(run, rows, item);
}

/** The values of the item, once for every hundred different values of its filter. */
function partsOf(values: FieldValues, listName: string | undefined): FieldValues[] {
	if (listName === undefined) return [values];
	const wanted = [
		...new Set((toList(values[listName], { inputZone: 'UTC', vendorZone: 'UTC', now: 0 }) ?? []) as unknown[]),
	];
	const parts: FieldValues[] = [];
	for (let start = 0; start < wanted.length; start += maximumValues) {
		parts.push({ ...values, [listName]: wanted.slice(start, start + maximumValues) });
	}
	return parts;
}
