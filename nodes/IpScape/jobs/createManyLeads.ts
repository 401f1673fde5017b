import type { IDataObject } from 'n8n-workflow';

import type { Bulk, OperationRun } from '../../shared/definition/operation';
import type { ItemOutcome, RunItem } from '../../shared/definition/outcome';
import { runBulk, showHint } from '../../shared/run/job';
import { checkLoad, watchLists } from './checkLoad';
import { personOf, skipDuplicates } from './skipDuplicates';

/** Leads in one request; the vendor documents no limit. */
export const largestLoad = 1_000;

const bulkLoad: Bulk = {
	maximum: largestLoad,
	split: (body) => ({ records: [body], rest: {} }),
	join: (leads) => ({ leads: leads as IDataObject[] }),
	// The vendor answers for the load as a whole: it is queued.
	outcomes: (answer, records) => records.map((record) => ({ json: { ...(answer as IDataObject), ...traceOf(record) } })),
};

/** What tells people which lead a result belongs to. */
function traceOf(record: unknown): IDataObject {
	const { listId, customerKey, phone1 } = record as IDataObject;
	return { listId, customerKey: customerKey ?? null, phone1: phone1 ?? null };
}

/** Loads the leads of all items with the fewest requests and, where wanted, leaves out duplicates and says for each whether it was accepted. */
export async function createManyLeads(run: OperationRun, items: RunItem[]): Promise<ItemOutcome[]> {
	const { skipDuplicates: same } = items[0].values;
	if (same !== 'customerKey' && same !== 'phone1') {
		hintAtRepeats(run, items);
		return await load(run, items);
	}
	const { fresh, outcomes } = await skipDuplicates(run, items, same);
	hintAtSkipped(run, outcomes.filter((outcome) => outcome !== undefined && 'items' in outcome).length, items.length);
	const loaded = await load(run, fresh.map(({ item }) => item));
	fresh.forEach(({ position }, index) => {
		outcomes[position] = loaded[index];
	});
	return outcomes;
}

function hintAtRepeats(run: OperationRun, items: RunItem[]): void {
	const people = items.flatMap(({ placed }) => personOf(placed.body, 'customerKey') ?? []);
	const repeats = people.length - new Set(people).size;
	if (repeats === 0) return;
	showHint(run, `${countOf(repeats, 'item')} with the Customer Key of an earlier item: loaded again. To leave such people out, set 'Skip Duplicates'.`);
}

function hintAtSkipped(run: OperationRun, skipped: number, all: number): void {
	if (skipped > 0) showHint(run, `${skipped} of ${countOf(all, 'lead')} skipped: already in the list or in an earlier item.`);
}

function countOf(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

async function load(run: OperationRun, items: RunItem[]): Promise<ItemOutcome[]> {
	if (items.length === 0) return [];
	const { leadsPerRequest, checkResult, waitSeconds } = items[0].values;
	const bulk = { ...bulkLoad, maximum: Number(leadsPerRequest ?? largestLoad) };
	if (checkResult !== true) return await runBulk(run, bulk, items);
	const watch = await watchLists(run, items);
	const outcomes = await runBulk(run, bulk, items);
	return await checkLoad(watch, outcomes, Number(waitSeconds) * 1_000);
}
