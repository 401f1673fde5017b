import type { IDataObject } from 'n8n-workflow';

import type { Operation, OperationRun } from '../../shared/definition/operation';
import type { ItemOutcome, RunItem } from '../../shared/definition/outcome';
import { itemsOf, limitOf, listRows, runEach, sendItem, showRows } from '../../shared/run/job';

/** Reads the live state of one operator for each item, with name and email where they are wanted. */
export async function readAvailability(run: OperationRun, items: RunItem[]): Promise<ItemOutcome[]> {
	const named = namesOf(run);
	return await runEach(run, items, async (item) => {
		const rows = itemsOf(run, await sendItem(run, item), item);
		return showRows(run, await named(rows, item), item);
	});
}

/** Reads the live state of operators for each item, with names and emails where they are wanted. */
export async function readAvailabilities(run: OperationRun, items: RunItem[]): Promise<ItemOutcome[]> {
	const named = namesOf(run);
	return await runEach(run, items, async (item) => {
		const rows = await listRows(run, run.operation, item.values, { itemIndex: item.index, limit: limitOf(run, item) });
		return showRows(run, await named(rows, item), item);
	});
}

/** Adds names and emails to rows; the operators are read once for all items. */
function namesOf(run: OperationRun): (rows: IDataObject[], item: RunItem) => Promise<IDataObject[]> {
	let operators: Promise<Map<string, IDataObject>> | undefined;
	return async (rows, item) => {
		if (item.values.addNames !== true) return rows;
		operators ??= readOperators(run, item);
		const known = await operators;
		return rows.map((row) => ({ ...row, ...(known.get(String(row.id)) ?? { name: null, email: null }) }));
	};
}

async function readOperators(run: OperationRun, item: RunItem): Promise<Map<string, IDataObject>> {
	const operation = run.resource.operations.find(({ value }) => value === 'getMany') as Operation;
	const rows = await listRows(run, operation, {}, { itemIndex: item.index });
	return new Map(rows.map((row) => [String(row.id), nameAndEmail(row)]));
}

/** The vendor calls the last name `name`. */
function nameAndEmail({ first_name: first, name: last, email }: IDataObject): IDataObject {
	return { name: [first, last].filter(Boolean).join(' ') || null, email: email ?? null };
}
