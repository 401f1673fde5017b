// How each style of paging asks for a page, and what it reads out of the answer.
import type { IDataObject } from 'n8n-workflow';

import { getNested } from '../data/nested';
import type { Answer } from '../definition/answer';
import type { PagePosition, PagingStyle } from '../definition/paging';

/** One page as it was fetched. */
export interface FetchedPage {
	rows: IDataObject[];
	answer: Answer;
}

/** What a style reads out of an answer. */
export interface PageFacts {
	next?: PagePosition;
	pages?: number;
	/** The rows are those of another page than the one asked for. */
	isPastEnd?: boolean;
	/** Rows that the vendor puts into a page, where the answer says it. */
	size?: number;
}

/** The vendor points to the same page again, so that the list cannot be read to its end. */
export class PagingStuckError extends Error {
	/** @param position the page that was named again */
	constructor(readonly position: PagePosition) {
		super(`The list cannot be read to its end: the vendor points to the page '${position}' again`);
		this.name = 'PagingStuckError';
	}
}

/** Where a list begins: the first page, the row before all, or no cursor. */
export function firstPosition(style: PagingStyle): PagePosition {
	if (style.kind === 'pages' || style.kind === 'page') return 1;
	return style.kind === 'offset' ? 0 : '';
}

/** Rows asked for in a page: no more than the limit, and as many as the limit where the vendor gives them in one page. */
export function pageSizeFor(style: PagingStyle, limit: number): number {
	if (!('size' in style) || style.size === undefined) return Infinity;
	const most = 'maximumSize' in style ? style.maximumSize : undefined;
	return limit <= (most ?? style.size) ? limit : style.size;
}

/** The query parameters that ask for a page. */
export function queryFor(style: PagingStyle, position: PagePosition, size: number): Record<string, string | number> {
	switch (style.kind) {
		case 'pages':
		case 'page':
			return { [style.pageParameter]: position, [style.sizeParameter]: size };
		case 'offset':
			return { [style.offsetParameter]: position, [style.sizeParameter]: size };
		case 'cursor':
			return {
				...(style.sizeParameter === undefined ? {} : { [style.sizeParameter]: size }),
				...(position === '' ? {} : { [style.cursorParameter]: position }),
			};
		case 'numbered':
			return position === '' ? {} : { [style.pageParameter]: position };
	}
}

/**
 * Reads where the next page is.
 * @param size rows that were asked for
 * @throws PagingStuckError when the answer is an earlier page than the one asked for
 */
export function readFacts(style: PagingStyle, page: FetchedPage, position: PagePosition, size: number): PageFacts {
	switch (style.kind) {
		case 'pages':
			return countedFacts(toCount(getNested(page.answer.body, style.pagesPath)), page, Number(position), size);
		case 'page':
			return linkedFacts(page, Number(position), size, style.smallestMaximum);
		case 'offset':
			return page.rows.length < size ? {} : { next: Number(position) + page.rows.length };
		case 'cursor':
			return { next: readCursor(style, page, position) };
		case 'numbered':
			return numberedFacts(style, page, position);
	}
}

function countedFacts(pages: number | undefined, page: FetchedPage, position: number, size: number): PageFacts {
	if (pages === undefined) return page.rows.length < size ? {} : { next: position + 1 };
	if (position > Math.max(pages, 1)) return { pages, isPastEnd: true };
	return position < pages ? { pages, next: position + 1 } : { pages };
}

/** UJET's lists: headers `link`, `total` and `per-page`, each of which may be missing (singer tap-ujet, client.py). */
function linkedFacts({ rows, answer }: FetchedPage, position: number, asked: number, smallestMaximum = asked): PageFacts {
	const { link, total, 'per-page': perPage } = answer.headers;
	// What the answer says of its size counts; else the vendor may have shortened the page.
	const stated = toCount(perPage) || undefined;
	const size = Math.min(stated ?? smallestMaximum, asked);
	const rowsInAll = toCount(total);
	const pages = rowsInAll === undefined ? undefined : Math.ceil(rowsInAll / size);
	const isMore =
		link === undefined ? rows.length >= size && position < (pages ?? Infinity) : /\brel\s*=\s*"?next\b/i.test(link);
	return {
		...(isMore ? { next: position + 1 } : {}),
		...(pages === undefined ? {} : { pages }),
		...(stated === undefined ? {} : { size: stated }),
	};
}

/** @throws PagingStuckError when the answer is an earlier page than the one asked for: the parameter has no effect */
function numberedFacts(
	style: PagingStyle & { kind: 'numbered' },
	{ rows, answer }: FetchedPage,
	position: PagePosition,
): PageFacts {
	const number = toCount(getNested(answer.body, style.numberPath));
	if (number !== undefined && position !== '' && number < Number(position)) throw new PagingStuckError(position);
	const count = toCount(getNested(answer.body, style.countPath)) ?? rows.length;
	const size = toCount(getNested(answer.body, style.sizePath));
	return number === undefined || size === undefined || count < size ? {} : { next: number + 1 };
}

/** The next cursor itself, or out of the query of the URI that holds it; a URI without it leads back to the same page. */
function readCursor(
	style: PagingStyle & { kind: 'cursor' },
	{ answer }: FetchedPage,
	position: PagePosition,
): PagePosition | undefined {
	if (style.nextHeader !== undefined) return answer.headers[style.nextHeader] || undefined;
	const next = getNested(answer.body, style.nextPath ?? '');
	if (typeof next === 'number') return next;
	if (typeof next !== 'string' || next === '') return undefined;
	const query = next.split('#')[0].split('?')[1];
	if (query === undefined) return next.includes('/') ? position : next;
	return new URLSearchParams(query).get(style.cursorParameter) || position;
}

function toCount(value: unknown): number | undefined {
	const isGiven = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const count = isGiven ? Number(value) : NaN;
	return Number.isInteger(count) && count >= 0 ? count : undefined;
}
