import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { setNewest } from '../../shared/data/setNewest';
import type { Operation, OperationRun } from '../../shared/definition/operation';
import type { ItemOutcome, NodeFailure, RunItem } from '../../shared/definition/outcome';
import { noValues } from '../../shared/definition/request';
import {
	allFields,
	attempt,
	copyForItem,
	failureOf,
	inputError,
	isInDoubt,
	itemsOf,
	listRows,
	runEach,
	runKeyOf,
	sendRequest,
	showRows,
} from '../../shared/run/job';
import { conditions } from '../formats/conditions';
import type { FindableKind } from '../formats/findBy';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';
import { withoutSeparators, mayMatch, isExact, lookupOf, phoneListField } from './lookup';
import type { Lookup } from './lookup';

/** What an identity came to in this run: a record, or a creation that may have been carried out. */
type Known = { record: IDataObject } | { failure: NodeFailure };

const paths: Record<FindableKind, string> = { contact: '/v3/contacts', company: '/v3/companies' };

/** What an item of an earlier try created, or may have created. */
interface EarlierCreation {
	itemIndex: number;
	entry: Known;
}

/**
 * Creations by run of the node and identity: Retry On Fail runs the whole node again, where another item may come to the same person
 * first. The ledger knows a request by its item, and LiveAgent may not find yet what it has just stored.
 */
const createdEarlier = new Map<string, EarlierCreation>();

const maximumRemembered = 2_000;

const maximumCandidates = 1_000;

/** Candidates read one by one before the filter counts as having no effect. */
const maximumReadWhole = 20;

/**
 * Gives for each item the record that is known by the item's value, or creates it; the same person of several items is looked up
 * and created once in a run. Only an exact match counts (letter case aside), and several are refused with their IDs.
 */
export async function findOrCreate(run: OperationRun, items: RunItem[], kind: FindableKind): Promise<ItemOutcome[]> {
	const known = new Map<string, Known>();
	const underWay = new Map<string, Promise<void>>();
	return await runEach(run, items, async (item) => {
		const lookup = lookupOf(item);
		if (lookup.given.length === 0) throw nothingToFindBy(run, item, lookup);
		const keys = lookup.given.map(lookup.compared);
		return await inTurn(underWay, keys, async () => {
			const earlier = keys.map((key) => known.get(key)).find((entry) => entry !== undefined);
			const made = createdByEarlierTry(run, item, keys);
			const entry = recordIn(made) ?? earlier ?? (await findOne(run, item, kind, lookup)) ?? made ?? (await createNew(run, item, kind, lookup, keys));
			for (const key of keys) known.set(key, 'record' in entry ? { record: { ...entry.record, created: false } } : entry);
			if ('failure' in entry) throw earlier === undefined ? entry.failure : copyForItem(entry.failure, item.index);
			const { created, ...found } = entry.record;
			return showRows(run, [found], item).map(({ json }) => ({ json: { ...json, created: created === true } }));
		});
	});
}

async function createNew(run: OperationRun, item: RunItem, kind: FindableKind, lookup: Lookup, keys: string[]): Promise<Known> {
	const entry = await create(run, item, kind, lookup);
	const isCreation = 'failure' in entry || entry.record.created === true;
	if (runKeyOf(run) === undefined || !isCreation) return entry;
	// The error itself will hold what all items of this try came to.
	const kept = 'failure' in entry ? { failure: copyForItem(entry.failure, item.index) } : entry;
	for (const key of keys) setNewest(createdEarlier, memoryKey(run, key), { itemIndex: item.index, entry: kept }, maximumRemembered);
	return entry;
}

function recordIn(known: Known | undefined): Known | undefined {
	return known !== undefined && 'record' in known ? known : undefined;
}

/** What an earlier try created or may have created for one of the keys; as new for the item that created it. */
function createdByEarlierTry(run: OperationRun, { index }: RunItem, keys: string[]): Known | undefined {
	const creation = keys.map((key) => createdEarlier.get(memoryKey(run, key))).find((candidate) => candidate !== undefined);
	if (creation === undefined) return undefined;
	const { itemIndex, entry } = creation;
	if ('failure' in entry) return { failure: copyForItem(entry.failure, index) };
	return itemIndex === index ? entry : { record: { ...entry.record, created: false } };
}

function memoryKey(run: OperationRun, key: string): string {
	return `${runKeyOf(run) ?? ''} ${key}`;
}

/** Requests of items overlap: an item that may be the same person waits for the earlier one, else both would create it. */
async function inTurn<T>(underWay: Map<string, Promise<void>>, keys: string[], step: () => Promise<T>): Promise<T> {
	const work = Promise.all(keys.map((key) => underWay.get(key))).then(step);
	const settled = work.then(
		() => undefined,
		() => undefined,
	);
	for (const key of keys) underWay.set(key, settled);
	return await work;
}

async function findOne(run: OperationRun, item: RunItem, kind: FindableKind, lookup: Lookup): Promise<Known | undefined> {
	const found = new Map<string, IDataObject>();
	for (const value of lookup.given) {
		for (const row of await matching(run, item, kind, lookup, value)) found.set(String(row.id), row);
	}
	if (found.size > 1) throw severalFound(run, item, kind, lookup, [...found.keys()]);
	const [[id, row] = []] = found;
	if (id === undefined || row === undefined) return undefined;
	return { record: lookup.needsWhole ? row : await readWhole(run, item, kind, id) };
}

/** Records with exactly this value. */
async function matching(
	run: OperationRun,
	item: RunItem,
	kind: FindableKind,
	lookup: Lookup,
	value: string,
): Promise<IDataObject[]> {
	let refusal: NodeFailure | undefined;
	let answered = false;
	for (const field of lookup.filterFields) {
		const listed = await attempt(run, item.index, async () => await candidates(run, item, kind, field, lookup, value));
		if ('failure' in listed) {
			if (!isRefusal(listed.failure)) throw listed.failure;
			refusal = listed.failure;
			continue;
		}
		const rowsFound = lookup.needsWhole ? await readAllWhole(run, item, kind, lookup, listed.value) : listed.value;
		if (!rowsFound.every((row) => mayMatch(lookup, row, value))) continue;
		answered = true;
		const exact = rowsFound.filter((row) => isExact(lookup, row, value));
		if (exact.length > 0) return exact;
	}
	if (!answered) throw refusal ?? notFiltered(run, item, kind, lookup);
	return [];
}

async function candidates(
	run: OperationRun,
	item: RunItem,
	kind: FindableKind,
	field: string,
	lookup: Lookup,
	value: string,
): Promise<IDataObject[]> {
	if (field === phoneListField) return await ownersOf(run, item, lookup, value);
	const { value: name, name: title, action, description } = run.operation;
	const list: Operation = {
		value: name,
		name: title,
		action,
		description,
		method: 'GET',
		path: paths[kind],
		retryClass: 'read',
		answer: listAnswer3,
		fields: [conditions],
	};
	const filter = JSON.stringify([[field, 'E', value]]);
	return await listRows(run, list, { conditions: filter }, { itemIndex: item.index, limit: maximumCandidates });
}

/** The contact behind a phone number, if there is one: under the number as it is sent now, else as it was typed. */
async function ownersOf(run: OperationRun, item: RunItem, { alsoStoredAs, compared }: Lookup, value: string): Promise<IDataObject[]> {
	const typed = alsoStoredAs.filter((text) => compared(text) === compared(value));
	for (const form of new Set([value, ...typed].flatMap((text) => [withoutSeparators(text), text]))) {
		const owners = await ownersUnder(run, item, form);
		if (owners.length > 0) return owners;
	}
	return [];
}

async function ownersUnder(run: OperationRun, item: RunItem, number: string): Promise<IDataObject[]> {
	const path = '/v3/contact_phones/{phone}';
	const reading: Operation = { ...run.operation, method: 'GET', path, retryClass: 'read', answer: recordAnswer3 };
	const read = await attempt(run, item.index, async () => {
		const answer = await sendRequest(run, reading, { ...noValues(), path: { phone: number } }, item.index);
		return itemsOf(run, answer, item);
	});
	if ('value' in read) return read.value.flatMap(({ contact }) => (contact ? [contact as IDataObject] : []));
	if (read.failure instanceof NodeApiError && read.failure.httpCode === '404') return [];
	throw read.failure;
}

async function readAllWhole(
	run: OperationRun,
	item: RunItem,
	kind: FindableKind,
	lookup: Lookup,
	listed: IDataObject[],
): Promise<IDataObject[]> {
	if (listed.length > maximumReadWhole) throw notFiltered(run, item, kind, lookup);
	const whole: IDataObject[] = [];
	for (const { id } of listed) whole.push(await readWhole(run, item, kind, String(id)));
	return whole;
}

async function readWhole(run: OperationRun, item: RunItem, kind: FindableKind, id: string): Promise<IDataObject> {
	const path = `${paths[kind]}/{id}`;
	const reading: Operation = { ...run.operation, method: 'GET', path, retryClass: 'read', answer: recordAnswer3 };
	const answer = await sendRequest(run, reading, { ...noValues(), path: { id } }, item.index);
	return itemsOf(run, answer, item)[0] ?? {};
}

/** Creates the record. Where LiveAgent says that it is there, as the text of its refusal, that one is taken if it really matches. */
async function create(run: OperationRun, item: RunItem, kind: FindableKind, lookup: Lookup): Promise<Known> {
	const sent = await attempt(run, item.index, async () => await sendRequest(run, run.operation, item.placed, item.index));
	if ('value' in sent) return { record: { ...itemsOf(run, sent.value, item)[0], created: true } };
	const { failure } = sent;
	if (isInDoubt(failure)) return { failure };
	for (const id of isRefusal(failure) && /exist/i.test(failure.message) ? idsIn(failure.message) : []) {
		const read = await attempt(run, item.index, async () => await readWhole(run, item, kind, id));
		if ('value' in read && lookup.given.some((value) => isExact(lookup, read.value, value))) return { record: read.value };
	}
	throw failure;
}

/** IDs are eight letters and digits, at least one of them a digit or all in small letters. */
function idsIn(message: string): string[] {
	return message.match(/\b[a-z0-9]{8}\b/g) ?? [];
}

function isRefusal(failure: NodeFailure): boolean {
	return failure instanceof NodeApiError && ['400', '404', '500'].includes(String(failure.httpCode));
}

function nothingToFindBy(run: OperationRun, item: RunItem, { field, words }: Lookup): NodeFailure {
	const label = allFields(run.operation).find(({ name }) => name === field)?.displayName ?? field;
	return inputError(run, label, `a value, because 'Find By' says to look for the ${words}`, item.index);
}

function severalFound(run: OperationRun, item: RunItem, kind: FindableKind, { words }: Lookup, ids: string[]): NodeFailure {
	return failureOf(run, {
		message: `${ids.length} ${kind === 'contact' ? 'contacts' : 'companies'} have this ${words}: ${ids.join(', ')}`,
		advice: 'Merge them in LiveAgent, or find by a value that only one of them has. Nothing was created.',
		itemIndex: item.index,
	});
}

function notFiltered(run: OperationRun, item: RunItem, kind: FindableKind, { words }: Lookup): NodeFailure {
	return failureOf(run, {
		message: `LiveAgent does not filter by ${words}, so it is unknown whether the ${kind} exists`,
		advice: 'Find by another value. Nothing was created.',
		itemIndex: item.index,
	});
}
