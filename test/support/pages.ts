import type { IDataObject } from 'n8n-workflow';

import type { PagingStyle } from '../../nodes/shared/definition/paging';
import { readPages } from '../../nodes/shared/lists/pageReader';
import type { FetchPage, ReadOptions } from '../../nodes/shared/lists/pageReader';

/** Reads a list row by row; ends and fails like `readPages`. */
export async function* readRows(
	style: PagingStyle,
	fetchPage: FetchPage,
	options: ReadOptions = {},
): AsyncGenerator<IDataObject> {
	for await (const page of readPages(style, fetchPage, options)) yield* page.rows;
}

/** Reads a list to its end or limit; fails like `readPages`. */
export async function collectRows(
	style: PagingStyle,
	fetchPage: FetchPage,
	options: ReadOptions = {},
): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	for await (const row of readRows(style, fetchPage, options)) rows.push(row);
	return rows;
}
