import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';

import { catchPageErrors } from '../lists/catchPageErrors';
import { groupBy } from '../data/groupBy';
import { formsOf, hasKey, overApi } from '../http/api';
import { connect } from '../http/connection';
import type { Connection } from '../http/connection';
import type { Operation, PickList, Resource } from '../definition/operation';
import type { Vendor } from '../definition/vendor';
import { loadMethodName, searchMethodName } from './fields';
import { listPages } from '../lists/listReader';
import type { ListOptions } from '../lists/listReader';
import { PagingStuckError } from '../lists/pageReader';
import type { Page } from '../lists/pageReader';
import type { PagePosition } from '../definition/paging';
import { unwrapLocator } from '../input/parameters';
import { noValues } from '../definition/request';
import type { PlacedValues } from '../definition/request';

/** Most rows looked through for one search or one dropdown, so that a large account does not block the editor. */
const mostRowsRead = 1_000;

interface ListSource {
	resource: Resource;
	operation: Operation;
	pickList: PickList;
}

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

function listSources(vendor: Vendor): ListSource[] {
	return vendor.resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			[operation.pickList ?? []].flat().map((pickList) => ({ resource, operation, pickList })),
		),
	);
}

function nameOf({ resource, pickList }: ListSource): string {
	return pickList.name ?? resource.value;
}

function searchMethod(vendor: Vendor, defined: ListSource[]): SearchMethod {
	return async function (this: ILoadOptionsFunctions, filter?: string, token?: string) {
		const { connection, source } = await readyToList(this, vendor, defined);
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
		const { connection, source } = await readyToList(this, vendor, defined);
		return await matching(connection, source, placedFor(this, source), '');
	};
}

/** The list over the API that the credential has a key for. */
async function readyToList(
	context: ILoadOptionsFunctions,
	vendor: Vendor,
	sources: ListSource[],
): Promise<{ connection: Connection; source: ListSource }> {
	const tenant = await connect(context, vendor);
	const isReadable = ({ operation }: ListSource) => formsOf(operation).some(({ path }) => hasKey(tenant, path));
	const found = sources.find(isReadable) ?? sources[0];
	const { connection, operation } = overApi(tenant, found.resource, found.operation);
	return { connection, source: { ...found, operation } };
}

/** Entries whose label holds the text, sorted by label. */
async function matching(
	connection: Connection,
	source: ListSource,
	placed: PlacedValues,
	text: string,
): Promise<Array<{ name: string; value: string | number }>> {
	const wanted = text.toLowerCase();
	const entries: Array<{ name: string; value: string | number }> = [];
	for await (const page of readablePages(connection, source, placed, { limit: mostRowsRead })) {
		for (const row of page.rows) {
			const entry = entryOf(source.pickList, row);
			if (entry.name.toLowerCase().includes(wanted)) entries.push(entry);
		}
	}
	return entries.sort((first, second) => first.name.localeCompare(second.name));
}

/** Pages as far as the vendor lets them be read: a list that leads back to the same page is still worth choosing from. */
function readablePages(
	connection: Connection,
	{ resource, operation }: ListSource,
	placed: PlacedValues,
	options: ListOptions,
): AsyncGenerator<Page> {
	const pages = listPages(connection, resource, operation, placed, options);
	return catchPageErrors(pages, (error) => (error instanceof PagingStuckError ? undefined : error));
}

function entryOf(pickList: PickList, row: IDataObject): { name: string; value: string | number } {
	return { name: pickList.label(row) || String(pickList.value(row)), value: pickList.value(row) };
}

function placedFor(context: ILoadOptionsFunctions, { operation, pickList }: ListSource, filter?: string): PlacedValues {
	const placed = noValues();
	Object.assign(placed.query, operation.constants?.query, pickList.query);
	if (filter && pickList.searchParameter !== undefined) {
		placed.query[pickList.searchParameter] = pickList.searchValue?.(filter) ?? filter;
	}
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
