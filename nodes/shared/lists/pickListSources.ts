import type { IDataObject } from 'n8n-workflow';

import type { Operation, PickList, Resource } from '../definition/operation';
import type { PlacedValues } from '../definition/request';
import type { Vendor } from '../definition/vendor';
import { variantsOf, hasKey, chooseApi } from '../http/api';
import type { Connection } from '../http/connection';
import { catchPageErrors } from './catchPageErrors';
import { listPages } from './listReader';
import type { ListOptions } from './listReader';
import type { Page } from './pageReader';
import { PagingStuckError } from './pagingStyle';

/** A Get Many operation and how its rows become entries of a pick list. */
export interface ListSource {
	resource: Resource;
	operation: Operation;
	pickList: PickList;
}

/** What can be chosen: the label that people see, and the value that operations take. */
export interface Entry {
	name: string;
	value: string | number;
}

/** Every Get Many operation of a vendor that feeds a pick list; several may have the same name. */
export function listSources(vendor: Vendor): ListSource[] {
	return vendor.resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			[operation.pickList ?? []].flat().map((pickList) => ({ resource, operation, pickList })),
		),
	);
}

/** Name by which fields refer to a pick list. */
export function nameOf({ resource, pickList }: ListSource): string {
	return pickList.name ?? resource.value;
}

/**
 * Of several pick lists with the same name the first one that the credential has a key for, over the API it belongs to.
 * @param tenant as `connect` gives it
 * @throws NodeOperationError when the credential has a key for none of them
 */
export function firstReadable(tenant: Connection, sources: ListSource[]): { connection: Connection; source: ListSource } {
	const isReadable = ({ operation }: ListSource) => variantsOf(operation).some(({ path }) => hasKey(tenant, path));
	const found = sources.find(isReadable) ?? sources[0];
	const { connection, operation } = chooseApi(tenant, found.resource, found.operation);
	return { connection, source: { ...found, operation } };
}

/** Pages as far as the vendor lets them be read: a list that leads back to the same page is still worth choosing from. */
export function readablePages(
	connection: Connection,
	{ resource, operation }: ListSource,
	placed: PlacedValues,
	options: ListOptions,
): AsyncGenerator<Page> {
	const pages = listPages(connection, resource, operation, placed, options);
	return catchPageErrors(pages, (error) => (error instanceof PagingStuckError ? undefined : error));
}

/** The entry of a row. */
export function entryOf(pickList: PickList, row: IDataObject): Entry {
	return { name: pickList.label(row) || String(pickList.value(row)), value: pickList.value(row) };
}

/** Query of a pick list, searched at the vendor where the vendor can. */
export function searchQuery({ operation, pickList }: Pick<ListSource, 'operation' | 'pickList'>, text?: string): IDataObject {
	const query: IDataObject = { ...operation.constants?.query, ...pickList.query };
	if (text && pickList.searchParameter !== undefined) {
		query[pickList.searchParameter] = pickList.searchValue?.(text) ?? text;
	}
	return query;
}
