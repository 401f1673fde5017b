/** Which rows a page request means and how to treat a page after the last one. */
export interface PageRequest {
	/** First page is 1. */
	page: number;
	perPage: number;
	/** `empty` (default) gives no rows after the end, `repeatLast` gives the last page again. */
	pastEnd?: 'empty' | 'repeatLast';
}

/** Rows of one page and its place in the whole. */
export interface Page<T> {
	rows: T[];
	/** Page the rows belong to; with `repeatLast` it may be lower than the one asked for. */
	page: number;
	/** Number of pages; 1 for an empty list with `repeatLast`, else 0. */
	pages: number;
	perPage: number;
	/** Rows over all pages. */
	count: number;
}

/** Cuts one page out of a list. */
export function pageOf<T>(rows: readonly T[], request: PageRequest): Page<T> {
	const repeats = request.pastEnd === 'repeatLast';
	const pages = Math.max(Math.ceil(rows.length / request.perPage), repeats ? 1 : 0);
	const page = repeats ? Math.min(Math.max(request.page, 1), pages) : Math.max(request.page, 1);
	const start = (page - 1) * request.perPage;
	return {
		rows: rows.slice(start, start + request.perPage),
		page,
		pages,
		perPage: request.perPage,
		count: rows.length,
	};
}

/** Cuts `limit` rows from `offset` (0 first) out of a list. */
export function sliceOf<T>(rows: readonly T[], offset: number, limit: number): { rows: T[]; count: number } {
	return { rows: rows.slice(offset, offset + limit), count: rows.length };
}

/** Reads a whole number from a query value; anything else gives the fallback. */
export function wholeNumber(value: unknown, fallback: number): number {
	return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : fallback;
}
