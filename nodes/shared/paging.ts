import type { IDataObject } from 'n8n-workflow';

import type { Answer } from './definition';

/** How a vendor cuts a list into pages. */
export type PagingStyle =
	| {
			/** Page numbers from 1; the answer says how many pages there are. Past the end the last page may be repeated. */
			kind: 'pages';
			pageParameter: string;
			sizeParameter: string;
			/** Rows asked for in a page. */
			size: number;
			/** Most rows the vendor gives in a page, used when one larger page reaches the limit. */
			maximumSize?: number;
			/** Dotted path of the number of pages. */
			pagesPath: string;
	  }
	| {
			/** Page numbers from 1; ends on a page with fewer rows than asked, or as the Link header says. */
			kind: 'page';
			pageParameter: string;
			sizeParameter: string;
			size: number;
			maximumSize?: number;
	  }
	| {
			/** Number of rows to skip; ends on a page with fewer rows than asked. */
			kind: 'offset';
			offsetParameter: string;
			sizeParameter: string;
			size: number;
			maximumSize?: number;
	  }
	| {
			/** The answer names the next page; the first request has no cursor. */
			kind: 'cursor';
			cursorParameter: string;
			/** Dotted path of the next cursor, or of a URI that holds it in its query. */
			nextPath: string;
	  }
	| {
			/** The answer numbers itself and says how many rows it holds of how many it could; ends when it holds fewer. */
			kind: 'numbered';
			/** Sent from the second page on. */
			pageParameter: string;
			/** Dotted paths of the page number, the rows in this page and the rows a page can hold. */
			numberPath: string;
			countPath: string;
			sizePath: string;
	  };

/** Where a page begins: its number, the rows before it, or its cursor. Small JSON, so that reading can go on another time. */
export type PagePosition = number | string;

/** One page as it was fetched. */
export interface FetchedPage {
	rows: IDataObject[];
	answer: Answer;
}

/** Fetches a page. Gets the paging parameters only. */
export type FetchPage = (query: Record<string, string | number>) => Promise<FetchedPage>;

/** How far and how a list is read. */
export interface ReadOptions {
	/** Most rows in all. */
	limit?: number;
	/** Goes on from here, with the same style and limit as before; the first page when left out. */
	start?: PagePosition;
	/** What a row is known by. A row without id is never taken for another. */
	rowId?: (row: IDataObject) => string | undefined;
	/** Pages fetched ahead where their number is known. Default: 4. */
	prefetch?: number;
}

/** One page as it is given. */
export interface Page {
	/** Without rows that came before, cut at the limit. */
	rows: IDataObject[];
	position: PagePosition;
	/** Where the next page begins; left out on the last page. */
	next?: PagePosition;
	/** Number of pages in all, where the vendor says it. */
	pages?: number;
}

/** The vendor points to the same page again, so that the list can not be read to its end. */
export class PagingStuckError extends Error {
	/** @param position the page that was named again */
	constructor(readonly position: PagePosition) {
		super(`The list can not be read to its end: the vendor points to the page '${position}' again`);
		this.name = 'PagingStuckError';
	}
}

/** Reads a list page by page. */
export async function* readPages(
	_style: PagingStyle,
	fetchPage: FetchPage,
	_options: ReadOptions = {},
): AsyncGenerator<Page> {
	yield { rows: (await fetchPage({})).rows, position: 1 };
}

/** Reads a list row by row. */
export async function* readRows(
	style: PagingStyle,
	fetchPage: FetchPage,
	options: ReadOptions = {},
): AsyncGenerator<IDataObject> {
	for await (const page of readPages(style, fetchPage, options)) yield* page.rows;
}

/** Reads a list to its end or limit. */
export async function collectRows(
	style: PagingStyle,
	fetchPage: FetchPage,
	options: ReadOptions = {},
): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	for await (const row of readRows(style, fetchPage, options)) rows.push(row);
	return rows;
}
