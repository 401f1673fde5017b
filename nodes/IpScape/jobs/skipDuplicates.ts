import type { IDataObject } from 'n8n-workflow';

import type { Operation, OperationRun } from '../../shared/definition/operation';
import type { ItemOutcome, RunItem } from '../../shared/definition/outcome';
import { listRows, runEach } from '../../shared/run/job';

/** What two leads of a list have in common that are the same person. */
export type SamePerson = 'customerKey' | 'phone1';

/** Up to so many people are looked up one by one; for more the whole list is read. */
const maximumLookUps = 20;

/** Items to load, and the outcomes of those that are left out. */
interface Sifted {
	fresh: Array<{ item: RunItem; position: number }>;
	outcomes: ItemOutcome[];
}

/**
 * Leaves out leads whose person is already in the list, or in an earlier item of the run.
 * An item without key or phone is loaded. Where the list cannot be read, its items fail and are not loaded.
 */
export async function skipDuplicates(run: OperationRun, items: RunItem[], same: SamePerson): Promise<Sifted> {
	const outcomes: ItemOutcome[] = new Array<ItemOutcome>(items.length);
	const known = await knownPeople(run, items, same);
	const failed = known.find((entry) => 'failure' in entry.outcome);
	if (failed !== undefined && !run.continueOnFail) return { fresh: [], outcomes: [failed.outcome] };
	const seen = new Map(known.flatMap(({ people }) => people.map((person): [string, string] => [person, 'the list'])));
	const unread = new Map(known.flatMap(({ listId, outcome }) => ('failure' in outcome ? [[listId, outcome] as const] : [])));
	const fresh: Sifted['fresh'] = [];
	items.forEach((item, position) => {
		const person = personOf(item.placed.body, same);
		const unreadList = unread.get(String(item.placed.body.listId));
		const place = person === undefined ? undefined : seen.get(person);
		if (unreadList !== undefined) outcomes[position] = unreadList;
		else if (place !== undefined) outcomes[position] = skipped(item, place);
		else fresh.push({ item, position });
		if (person !== undefined && place === undefined) seen.set(person, `item ${item.index}`);
	});
	return { fresh, outcomes };
}

function skipped({ placed }: RunItem, place: string): ItemOutcome {
	const { listId, customerKey, phone1 } = placed.body as IDataObject;
	const json = { status: 'skipped', duplicateOf: place, listId, customerKey: customerKey ?? null, phone1: phone1 ?? null };
	return { items: [{ json }] };
}

/** The people of the items who are in their lists already. */
async function knownPeople(
	run: OperationRun,
	items: RunItem[],
	same: SamePerson,
): Promise<Array<{ listId: string; people: string[]; outcome: ItemOutcome }>> {
	const operation = run.resource.operations.find(({ value }) => value === 'getMany') as Operation;
	const queries = lookUpsOf(items, same);
	const people = new Map<RunItem, string[]>();
	const filters = new Map(queries.map(({ item, values }) => [item, values]));
	const read = async (item: RunItem) => {
		const rows = await listRows(run, operation, filters.get(item) ?? {}, { itemIndex: item.index });
		people.set(item, rows.flatMap((row) => personOf({ ...row, phone1: phoneOf(row) }, same) ?? []));
		return [];
	};
	const outcomes = await runEach(run, queries.map(({ item }) => item), read, 'read');
	return queries.flatMap(({ item }, index) => {
		const outcome = outcomes[index];
		return outcome === undefined ? [] : [{ listId: String(item.placed.body.listId), people: people.get(item) ?? [], outcome }];
	});
}

/** One look-up for each person, or for each list where there are many. */
function lookUpsOf(items: RunItem[], same: SamePerson): Array<{ item: RunItem; values: IDataObject }> {
	const people = new Map(items.flatMap((item) => {
		const person = personOf(item.placed.body, same);
		return person === undefined ? [] : [[person, item] as const];
	}));
	if (people.size <= maximumLookUps) {
		return [...people.values()].map((item) => {
			const body = item.placed.body as IDataObject;
			return { item, values: { listId: body.listId, [same]: body[same] } };
		});
	}
	const lists = new Map([...people.values()].map((item) => [String(item.placed.body.listId), item]));
	return [...lists.values()].map((item) => ({ item, values: { listId: (item.placed.body as IDataObject).listId } }));
}

function phoneOf(lead: IDataObject): unknown {
	const phones = Array.isArray(lead.phones) ? (lead.phones as IDataObject[]) : [];
	return phones.find(({ phoneIndex }) => phoneIndex === 1)?.phone;
}

/** What a person is known by in a list; undefined without key or phone. */
export function personOf(lead: { listId?: unknown } & Record<string, unknown>, same: SamePerson): string | undefined {
	const value = lead[same];
	return value === undefined || value === null || value === '' ? undefined : JSON.stringify([Number(lead.listId), String(value)]);
}
