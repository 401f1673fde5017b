import type { IDataObject } from 'n8n-workflow';

import { normaliseName } from '../data/names';
import type { Field, Operation } from '../definition/operation';
import { loadMethodName, searchMethodName } from '../definition/pickListNames';
import { noValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { copyForItem } from '../http/errors';
import type { Connection } from '../http/connection';
import { isBlank } from '../input/blank';
import { InvalidField } from '../input/invalidField';
import { RecordName, unwrapLocator } from '../input/parameters';
import type { ParameterReader } from '../input/parameters';
import { splitList } from '../input/values';
import { entryOf, listSources, nameOf, firstReadable, readablePages, searchQuery } from '../lists/pickListSources';
import type { Entry, ListSource } from '../lists/pickListSources';
import { asNodeFailure } from './itemOutcome';
import { isTool } from './modelAnswer';

const maximumShown = 10;

/** What one name of one field needs to be found. */
interface Search {
	field: Field;
	name: string;
	/** Narrows the list, under the vendor's names. */
	narrow: IDataObject;
}

/**
 * Finds the records that the user chose by name and tells the reader their IDs. Reads each list once, and nothing where no name is used.
 * Where a model runs the node as a tool, a text that cannot be an ID counts as a name too: the model does not know how the field is set.
 * A name that no record has, or several, becomes the refusal of its item; so does a list that cannot be read.
 * @param tenant as `connect` gives it
 */
export async function findRecordNames(
	tenant: Connection,
	vendor: Vendor,
	operation: Operation,
	reader: ParameterReader,
	items: number,
): Promise<void> {
	const lists = new Map<string, Promise<Entry[]>>();
	const byModel = isTool(tenant.node);
	for (const [collection, field] of choosersOf(operation, byModel)) {
		const isLeftToModel = byModel && reader.isDynamic(collection ?? field.name);
		if (!isLeftToModel && !reader.mayHoldName(field.name, collection)) continue;
		for (let index = 0; index < items; index++) {
			const given = collection === undefined ? reader.read(field.name, index) : reader.readInside(collection, field.name, index);
			const names = namesIn(field, given, isLeftToModel);
			if (names.length === 0) continue;
			const narrow = narrowOf(vendor, field, reader, index);
			try {
				const found = new Map<unknown, unknown>();
				for (const name of names) {
					const search = { field, name, narrow };
					found.set(name, recordOf(search, await entriesFor(tenant, vendor, search, lists)).value);
				}
				reader.putRecord(field, index, { value: withFound(field, given, found) });
			} catch (error) {
				const failure = error instanceof InvalidField ? error : copyForItem(asNodeFailure(error, tenant.node, index), index);
				reader.putRecord(field, index, { failure });
			}
		}
	}
}

/** The names among what was given for an item; for a field that is left to a model, all that cannot be IDs. */
function namesIn(field: Field, given: unknown, isLeftToModel: boolean): string[] {
	if (given instanceof RecordName) return [given.name];
	if (!isLeftToModel) return [];
	const entries = field.type === 'multiOptions' ? splitList(given) : [given];
	return entries.filter((entry): entry is string => isNoId(field, entry));
}

/** What was given, with the IDs that were found in the place of the names. */
function withFound({ type }: Field, given: unknown, found: Map<unknown, unknown>): unknown {
	if (type === 'multiOptions') return splitList(given).map((entry) => found.get(entry) ?? entry);
	const [id] = found.values();
	return id;
}

/** True for a text that cannot be the ID of a record: a model gives the name of what it chooses, unless it was told the ID. */
function isNoId(field: Field, given: unknown): boolean {
	if (typeof given !== 'string' || isBlank(given)) return false;
	if (/\s/.test(given.trim())) return true;
	try {
		field.send?.write?.(given, { inputZone: 'UTC', vendorZone: 'UTC', now: 0 });
		return false;
	} catch {
		return true;
	}
}

/** The fields that choose records from a list; those that choose several only for a model, because others give their IDs. */
export function choosersOf({ fields = [], optional }: Operation, byModel: boolean): Array<[collection: string | undefined, field: Field]> {
	const inside = (optional?.fields ?? []).map((field): [string, Field] => [optional!.name, field]);
	const all: Array<[string | undefined, Field]> = [...fields.map((field): [undefined, Field] => [undefined, field]), ...inside];
	const choosesSeveral = ({ typeOptions }: Field) => byModel && typeOptions?.loadOptionsMethod !== undefined;
	return all.filter(([, field]) => field.type === 'resourceLocator' || choosesSeveral(field));
}

/** The pick list of a field. */
function sourcesOf(vendor: Vendor, field: Field) {
	const search = field.modes?.find(({ name }) => name === 'list')?.typeOptions?.searchListMethod;
	const load = field.typeOptions?.loadOptionsMethod;
	return listSources(vendor).filter((source) => searchMethodName(nameOf(source)) === search || loadMethodName(nameOf(source)) === load);
}

function narrowOf(vendor: Vendor, field: Field, reader: ParameterReader, index: number): IDataObject {
	const [source] = sourcesOf(vendor, field);
	const values = Object.entries(source?.pickList.narrowBy ?? {}).map(([name, parameter]) => [name, recordIn(reader, parameter, index)] as const);
	return Object.fromEntries(values.filter(([, value]) => value !== undefined && value !== '')) as IDataObject;
}

/** The ID in a parameter, also where its name was found before; undefined where it was not. */
function recordIn(reader: ParameterReader, parameter: string, index: number): unknown {
	try {
		return reader.withRecord({ name: parameter, displayName: parameter }, index, unwrapLocator(reader.read(parameter, index)));
	} catch {
		return undefined;
	}
}

/** All entries that may have the name; lists that the vendor searches are read as far as they match. */
async function entriesFor(tenant: Connection, vendor: Vendor, search: Search, lists: Map<string, Promise<Entry[]>>): Promise<Entry[]> {
	const { connection, source } = firstReadable(tenant, sourcesOf(vendor, search.field));
	const query = { ...searchQuery(source, search.name), ...search.narrow };
	const key = JSON.stringify([nameOf(source), query]);
	const known = lists.get(key);
	if (known !== undefined) return await known;
	const reading = readAll(connection, source, query);
	lists.set(key, reading);
	return await reading;
}

async function readAll(connection: Connection, source: ListSource, query: IDataObject): Promise<Entry[]> {
	const entries: Entry[] = [];
	for await (const page of readablePages(connection, source, { ...noValues(), query }, {})) {
		for (const row of page.rows) entries.push(entryOf(source.pickList, row));
	}
	return entries;
}

/** The record with exactly this label or ID; without one, the record whose label has the name before something in brackets. */
function recordOf({ field, name }: Search, entries: Entry[]): { value: string | number } {
	const wanted = normaliseName(name);
	const whole = entries.filter((entry) => normaliseName(entry.name) === wanted || String(entry.value) === name);
	const found = whole.length > 0 ? whole : entries.filter((entry) => normaliseName(entry.name.replace(/\s*\([^()]*\)$/, '')) === wanted);
	const values = [...new Set(found.map(({ value }) => value))];
	if (values.length === 1) return { value: values[0] };
	throw new InvalidField(field, values.length === 0 ? oneOf(entries) : onlyOne(values), name);
}

function oneOf(entries: Entry[]): string {
	const names = [...new Set(entries.map(({ name }) => `'${name}'`))];
	if (names.length === 0) return "the ID of a record ('By ID'): the list holds no record of this name";
	return `the name of a record in the list: ${names.slice(0, maximumShown).join(', ')}${names.length > maximumShown ? ', …' : ''}`;
}

function onlyOne(values: Array<string | number>): string {
	return `a name that only one record has, or 'By ID': ${values.length} records have it (IDs ${values.slice(0, maximumShown).join(', ')})`;
}
