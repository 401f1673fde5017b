import type { IDataObject } from 'n8n-workflow';

import { normaliseName } from '../data/names';
import type { Field, Operation } from '../definition/operation';
import { searchMethodName } from '../definition/pickListNames';
import { noValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { copyForItem } from '../http/errors';
import type { Connection } from '../http/connection';
import { InvalidField } from '../input/invalidField';
import { RecordName, unwrapLocator } from '../input/parameters';
import type { ParameterReader } from '../input/parameters';
import { entryOf, listSources, nameOf, firstReadable, readablePages, searchQuery } from '../lists/pickListSources';
import type { Entry, ListSource } from '../lists/pickListSources';
import { asNodeFailure } from './itemOutcome';

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
	for (const [collection, field] of locatorsOf(operation)) {
		if (!reader.mayHoldName(field.name, collection)) continue;
		for (let index = 0; index < items; index++) {
			const given = collection === undefined ? reader.read(field.name, index) : reader.readInside(collection, field.name, index);
			if (!(given instanceof RecordName)) continue;
			const search = { field, name: given.name, narrow: narrowOf(vendor, field, reader, index) };
			try {
				const entries = await entriesFor(tenant, vendor, search, lists);
				reader.putRecord(field, index, recordOf(search, entries));
			} catch (error) {
				const failure = error instanceof InvalidField ? error : copyForItem(asNodeFailure(error, tenant.node, index), index);
				reader.putRecord(field, index, { failure });
			}
		}
	}
}

/** The fields of an operation that choose one record, with the collection that each one is in. */
export function locatorsOf({ fields = [], optional }: Operation): Array<[collection: string | undefined, field: Field]> {
	const inside = (optional?.fields ?? []).map((field): [string, Field] => [optional!.name, field]);
	const all: Array<[string | undefined, Field]> = [...fields.map((field): [undefined, Field] => [undefined, field]), ...inside];
	return all.filter(([, field]) => field.type === 'resourceLocator');
}

/** The pick list of a field. */
function sourcesOf(vendor: Vendor, field: Field) {
	const method = field.modes?.find(({ name }) => name === 'list')?.typeOptions?.searchListMethod;
	return listSources(vendor).filter((source) => searchMethodName(nameOf(source)) === method);
}

function narrowOf(vendor: Vendor, field: Field, reader: ParameterReader, index: number): IDataObject {
	const [source] = sourcesOf(vendor, field);
	const values = Object.entries(source?.pickList.narrowBy ?? {}).map(([name, parameter]) => [name, unwrapLocator(reader.read(parameter, index))] as const);
	const usable = values.filter(([, value]) => value !== undefined && value !== '' && !(value instanceof RecordName));
	return Object.fromEntries(usable) as IDataObject;
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

/** The record with exactly this label; without one, the record whose label has the name before something in brackets. */
function recordOf({ field, name }: Search, entries: Entry[]): { value: string | number } {
	const wanted = normaliseName(name);
	const whole = entries.filter((entry) => normaliseName(entry.name) === wanted);
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
