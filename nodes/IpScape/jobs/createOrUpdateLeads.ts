import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { FieldValues } from '../../shared/definition/request';
import type { Operation, OperationRun } from '../../shared/definition/operation';
import type { NodeFailure, ItemOutcome, RunItem } from '../../shared/definition/outcome';
import { attempt, copyForItem, failureOf, listRows, placeValues, runEach, sendItem, sendRequest } from '../../shared/run/job';

/** What is known of the lead with one customer key in one list: none, one, or that nobody knows. */
type Known = { lead?: { leadId: number; completed: boolean } } | { failure: NodeFailure };

/**
 * Creates or updates the lead of every item, by list and customer key.
 * Each key is looked up once; what an earlier item of the run created is remembered, so that the same key ends as one lead.
 * Nothing is written when a look-up fails, unless failed items are to be left out.
 */
export async function createOrUpdateLeads(run: OperationRun, items: RunItem[]): Promise<ItemOutcome[]> {
	const firstOfKey = new Map(items.map((item) => [keyOf(item), item] as const).reverse());
	const distinct = [...firstOfKey.values()];
	const known = new Map<string, Known>();
	const lookUps = await runEach(run, distinct, async (item) => {
		known.set(keyOf(item), { lead: await lookUp(run, item) });
		return [];
	}, 'read');
	distinct.forEach((item, position) => {
		const outcome = lookUps[position];
		if (outcome !== undefined && 'failure' in outcome) known.set(keyOf(item), outcome);
	});
	const failed = lookUps.find((outcome) => outcome !== undefined && 'failure' in outcome);
	if (failed !== undefined && !run.continueOnFail) return [failed];
	const turns = new Map<string, Promise<unknown>>();
	return await runEach(run, items, async (item) => {
		// Writes overlap, and what one item creates decides what the next one with the same key does.
		const earlier = turns.get(keyOf(item)) ?? Promise.resolve();
		const own = earlier.then(async () => await writeLead(run, item, known));
		turns.set(keyOf(item), own.catch(() => undefined));
		return await own;
	});
}

async function writeLead(run: OperationRun, item: RunItem, known: Map<string, Known>): Promise<INodeExecutionData[]> {
	const key = keyOf(item);
	const state = known.get(key) ?? {};
	if ('failure' in state) throw copyForItem(state.failure, item.index);
	const { lead } = state;
	if (lead !== undefined && !(lead.completed && item.values.whenCompleted === 'create')) {
		if (!Number.isSafeInteger(lead.leadId)) throw withoutId(run, item);
		await updateLead(run, item, lead.leadId);
		return [{ json: { leadId: lead.leadId, created: false } }];
	}
	const outcome = await attempt(run, item.index, async () => ((await sendItem(run, item)).body ?? {}) as IDataObject);
	// A create that may have been carried out must not be followed by a second one for the same key.
	if ('failure' in outcome) {
		known.set(key, outcome);
		throw outcome.failure;
	}
	known.set(key, { lead: { leadId: Number(outcome.value.leadId), completed: false } });
	return [{ json: { ...outcome.value, created: true } }];
}

function withoutId(run: OperationRun, item: RunItem): NodeFailure {
	return failureOf(run, {
		message: 'The lead is in the list, but ipSCAPE did not return its ID: nothing was sent for this item',
		itemIndex: item.index,
	});
}

/** The open lead with the customer key, else a completed one. */
async function lookUp(run: OperationRun, item: RunItem): Promise<{ leadId: number; completed: boolean } | undefined> {
	const customerKey = String(item.placed.body.customerKey);
	const filters = { listId: item.placed.body.listId, customerKey };
	const operation = operationOf(run, 'getMany');
	const rows = await listRows(run, operation, filters, { itemIndex: item.index });
	const same = rows.filter((row) => row.customerKey === customerKey);
	const row = same.find(({ completed }) => completed !== true) ?? same[same.length - 1];
	return row === undefined ? undefined : { leadId: Number(row.leadId), completed: row.completed === true };
}

async function updateLead(run: OperationRun, item: RunItem, leadId: number): Promise<void> {
	const { listId: _listId, customerKey: _customerKey, ...changes } = item.values;
	const values: FieldValues = { ...changes, leadId };
	const operation = { ...operationOf(run, 'update'), atLeastOne: undefined };
	const placed = placeValues(run, operation, values, item);
	if (Object.keys(placed.body).length === 0) return;
	await sendRequest(run, operation, placed, item.index);
}

function keyOf({ placed }: RunItem): string {
	return JSON.stringify([placed.body.listId, placed.body.customerKey]);
}

function operationOf(run: OperationRun, value: string): Operation {
	return run.resource.operations.find((operation) => operation.value === value) as Operation;
}
