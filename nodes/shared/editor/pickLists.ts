import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import { groupBy } from '../data/groupBy';
import { loadMethodName, searchMethodName } from '../definition/pickListNames';
import type { PagePosition } from '../definition/paging';
import { noValues } from '../definition/request';
import type { PlacedValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { connect } from '../http/connection';
import type { Connection } from '../http/connection';
import { unwrapLocator } from '../input/parameters';
import { entryOf, listSources, nameOf, firstReadable, readablePages, searchQuery } from '../lists/pickListSources';
import type { Entry, ListSource } from '../lists/pickListSources';

/** Most rows looked through for one search or one dropdown, so that a large account does not block the editor. */
const maximumRowsRead = 1_000;

type SearchMethod = (this: ILoadOptionsFunctions, filter?: string, token?: string) => Promise<INodeListSearchResult>;
type LoadMethod = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/**
 * The pick lists of a vendor: one search and one dropdown method for every Get Many operation with a label and a value.
 * Where several lists have the same name, the first one is read that the credential has a key for.
 */
export function pickListMethods(vendor: Vendor): {
	listSearch: Record<string, SearchMethod>;
	loadOptions: Record<string, LoadMethod>;
} {
	const lists = [...groupBy(listSources(vendor), (source) => searchMethodName(nameOf(source))).values()];
	return {
		listSearch: Object.fromEntries(
			lists.map((sources) => [searchMethodName(nameOf(sources[0])), searchMethod(vendor, sources)]),
		),
		loadOptions: Object.fromEntries(
			lists.map((sources) => [loadMethodName(nameOf(sources[0])), loadMethod(vendor, sources)]),
		),
	};
}

function searchMethod(vendor: Vendor, defined: ListSource[]): SearchMethod {
	return async function (this: ILoadOptionsFunctions, filter?: string, token?: string) {
		const { connection, source } = firstReadable(await connect(this, vendor), defined);
		const placed = placedFor(this, source, filter);
		const atVendor = filter === undefined || filter === '' || source.pickList.searchParameter !== undefined;
		if (!atVendor) return { results: await matching(connection, source, placed, filter) };
		const start = token === undefined ? undefined : (JSON.parse(token) as PagePosition);
		for await (const page of readablePages(connection, source, placed, { start })) {
			const results = page.rows.map((row) => entryOf(source.pickList, row));
			const isLast = page.next === undefined || page.next === start;
			return { results, ...(isLast ? {} : { paginationToken: JSON.stringify(page.next) }) };
		}
		return { results: [] };
	};
}

function loadMethod(vendor: Vendor, defined: ListSource[]): LoadMethod {
	return async function (this: ILoadOptionsFunctions) {
		const { connection, source } = firstReadable(await connect(this, vendor), defined);
		return await matching(connection, source, placedFor(this, source), '');
	};
}

/** Entries whose label holds the text, sorted by label. */
async function matching(
	connection: Connection,
	source: ListSource,
	placed: PlacedValues,
	text: string,
): Promise<Entry[]> {
	const wanted = text.toLowerCase();
	const entries: Entry[] = [];
	for await (const page of readablePages(connection, source, placed, { limit: maximumRowsRead })) {
		for (const row of page.rows) {
			const entry = entryOf(source.pickList, row);
			if (entry.name.toLowerCase().includes(wanted)) entries.push(entry);
		}
	}
	return entries.sort((first, second) => first.name.localeCompare(second.name));
}

function placedFor(context: ILoadOptionsFunctions, { operation, pickList }: ListSource, filter?: string): PlacedValues {
	const placed = noValues();
	Object.assign(placed.query, searchQuery({ operation, pickList }, filter));
	for (const [name, parameter] of Object.entries(pickList.narrowBy ?? {})) {
		const value = unwrapLocator(parameterNear(context, parameter));
		if (value !== undefined && value !== '') placed.query[name] = value as string;
	}
	return placed;
}

/** A parameter beside the one that shows the list, inside the same collection, else one of the node itself. */
function parameterNear(context: ILoadOptionsFunctions, name: string): unknown {
	return context.getCurrentNodeParameter(`&${name}`) ?? context.getCurrentNodeParameter(name);
}
