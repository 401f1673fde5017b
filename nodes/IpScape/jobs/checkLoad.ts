import type { IDataObject } from 'n8n-workflow';

import { setNewest } from '../../shared/data/setNewest';
import type { Operation, OperationRun } from '../../shared/definition/operation';
import type { ItemOutcome, RunItem } from '../../shared/definition/outcome';
import { groupBy } from '../../shared/data/groupBy';
import { parseVendorTime } from '../../shared/input/values';
import { failureOf, isCancelled, isInDoubt, listRows, pause, runKeyOf } from '../../shared/run/job';

/** How far the vendor's clock may be behind ours, in milliseconds. */
const clockMargin = 15 * 60_000;

const longestPause = 2_000;

/** One list into which leads are loaded. */
interface WatchedList {
	listId: number;
	items: Array<{ item: RunItem; position: number }>;
	/** Leads that were there before. */
	knownIds: Set<unknown>;
	/** Epoch milliseconds from which leads are read. */
	from: number;
	/** New leads by what they are known by, oldest first. */
	found: Map<string, IDataObject[]>;
}

/** The lists of a load, as they were before it. */
export interface LoadWatch {
	run: OperationRun;
	lists: WatchedList[];
}

/** What was in a list before a load, by the run of the node; Retry On Fail runs the whole node again, with the leads of the first try in the list. */
const before = new Map<string, { knownIds: ReadonlySet<unknown>; from: number }>();

const maximumRemembered = 100;

/** Notes which leads of the last minutes are in the lists already, so that they are not taken for new ones. */
export async function watchLists(run: OperationRun, items: RunItem[]): Promise<LoadWatch> {
	const entries = items.map((item, position) => ({ item, position }));
	const groups = [...groupBy(entries, ({ item }) => String(item.placed.body.listId)).values()];
	const lists: WatchedList[] = [];
	for (const group of groups) {
		const listId = Number(group[0].item.placed.body.listId);
		const from = run.now() - clockMargin;
		const list: WatchedList = { listId, items: group, knownIds: new Set(), from, found: new Map() };
		await noteEarlierLeads(run, list);
		lists.push(list);
	}
	return { run, lists };
}

async function noteEarlierLeads(run: OperationRun, list: WatchedList): Promise<void> {
	const runKey = runKeyOf(run);
	const key = runKey === undefined ? undefined : `${runKey} ${list.listId}`;
	const earlier = key === undefined ? undefined : before.get(key);
	if (earlier !== undefined) {
		list.knownIds = new Set(earlier.knownIds);
		list.from = earlier.from;
		return;
	}
	for (const { leadId } of await readLeads(run, list)) list.knownIds.add(leadId);
	if (key === undefined) return;
	setNewest(before, key, { knownIds: new Set(list.knownIds), from: list.from }, maximumRemembered);
}

/**
 * Reads the lists until every lead is there or no further one has appeared for a while.
 * An accepted item gets the ID of its lead; one that is missing fails. Equal leads are told apart by their order only.
 * @param quietTime milliseconds without a new lead after which the rest counts as not accepted
 */
export async function checkLoad(watch: LoadWatch, outcomes: ItemOutcome[], quietTime: number): Promise<ItemOutcome[]> {
	const { run, lists } = watch;
	const sent = lists.map((list) => ({ list, items: list.items.filter(({ position }) => mayBeThere(outcomes[position])) }));
	let quietSince = run.now();
	for (;;) {
		const waiting = sent.filter(({ list, items }) => countFound(list) < items.length);
		for (const { list } of waiting) if (await readNew(run, list)) quietSince = run.now();
		const isComplete = sent.every(({ list, items }) => countFound(list) >= items.length);
		if (isComplete || run.now() - quietSince >= quietTime || isCancelled(run)) break;
		await pause(run, Math.min(longestPause, quietTime / 4));
	}
	const checked = [...outcomes];
	for (const { list, items } of sent) {
		for (const { item, position } of items) checked[position] = outcomeAfterCheck(run, list, item, outcomes[position]);
	}
	return checked;
}

function outcomeAfterCheck(run: OperationRun, list: WatchedList, item: RunItem, outcome: ItemOutcome): ItemOutcome {
	const lead = list.found.get(fingerprintOf(item.placed.body))?.shift();
	if (lead !== undefined) {
		const earlier = 'items' in outcome ? outcome.items[0].json : { listId: list.listId };
		return { items: [{ json: { ...earlier, status: 'accepted', leadId: lead.leadId } }] };
	}
	if ('failure' in outcome) return outcome;
	return {
		failure: failureOf(run, {
			message: `ipSCAPE did not accept this lead: it did not appear in list ${list.listId}`,
			advice: "Check its agent, status code and customer key, or give ipSCAPE more time with 'Wait (Seconds)'.",
			code: '422',
			itemIndex: item.index,
		}),
	};
}

/** Sent, or perhaps sent. */
function mayBeThere(outcome: ItemOutcome | undefined): boolean {
	if (outcome === undefined) return false;
	return 'items' in outcome || isInDoubt(outcome.failure);
}

/** Takes in leads that are new since the last reading; true when there were some. */
async function readNew(run: OperationRun, list: WatchedList): Promise<boolean> {
	const before = list.knownIds.size;
	for (const lead of await readLeads(run, list)) {
		if (list.knownIds.has(lead.leadId)) continue;
		list.knownIds.add(lead.leadId);
		const key = fingerprintOf(lead);
		list.found.set(key, [...(list.found.get(key) ?? []), lead]);
		// Leads are made one after the other and may come in any order, so a margin is read again.
		const { created } = (lead.timestamps ?? {}) as IDataObject;
		list.from = Math.max(list.from, (parseVendorTime(created, run.vendorZone) ?? 0) - clockMargin);
	}
	return list.knownIds.size > before;
}

async function readLeads(run: OperationRun, list: WatchedList): Promise<IDataObject[]> {
	const operation = run.resource.operations.find(({ value }) => value === 'getMany') as Operation;
	const filters = { listId: list.listId, from: new Date(list.from).toISOString() };
	return await listRows(run, operation, filters, { itemIndex: list.items[0].item.index });
}

function countFound(list: WatchedList): number {
	const wanted = groupBy(list.items, ({ item }) => fingerprintOf(item.placed.body));
	return [...wanted].reduce((sum, [key, items]) => sum + Math.min(items.length, list.found.get(key)?.length ?? 0), 0);
}

/** What a lead is known by: its customer key, else its phones. Takes a lead as it is sent and as it is read. */
function fingerprintOf(lead: IDataObject): string {
	const { customerKey } = lead;
	if (typeof customerKey === 'string' && customerKey !== '') return `key ${customerKey}`;
	const read = (lead.phones ?? []) as IDataObject[];
	const phones = [1, 2, 3].map(
		(index) => lead[`phone${index}`] ?? read.find(({ phoneIndex }) => phoneIndex === index)?.phone ?? null,
	);
	return `phones ${phones.join(' ')}`;
}
