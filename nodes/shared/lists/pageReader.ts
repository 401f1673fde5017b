import type { IDataObject } from 'n8n-workflow';

import type { PagePosition, PagingStyle } from '../definition/paging';
import { firstPosition, pageSizeFor, PagingStuckError, queryFor, readFacts } from './pagingStyle';
import type { FetchedPage } from './pagingStyle';

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
	/** Pages fetched ahead where their number is known. Default: 10. */
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

/** Hides a second of latency at ten requests a second. */
const defaultPagesAhead = 10;

/** An identical page also comes up when as many rows as it holds are new before it, so the list ends with the second in a row. */
const maximumRepeats = 2;

/**
 * Reads a list page by page. Ends with the last page, an empty page, a page given again and again, or at the limit.
 * Where the number of pages is known, the next ones are fetched ahead when the caller comes back for more.
 * @throws PagingStuckError when the vendor names a page that was read before
 */
export async function* readPages(
	style: PagingStyle,
	fetchPage: FetchPage,
	options: ReadOptions = {},
): AsyncGenerator<Page> {
	const reader = new PageReader(style, fetchPage, options);
	let position: PagePosition | undefined = options.start ?? firstPosition(style);
	while (position !== undefined && !reader.isFull) {
		const page: Page = await reader.read(position);
		yield page;
		position = page.next;
	}
}

/** How often a vendor may make its pages larger while a list is read. */
const maximumGrowths = 3;

/** Reads one page after the other and remembers what it takes to end in time and to give no row twice. */
class PageReader {
	private readonly readPositions = new Set<PagePosition>();

	private readonly seenIds = new Set<string>();

	private readonly ahead = new Map<PagePosition, Promise<FetchedPage>>();

	/** Rows that the limit still allows. */
	private left: number;

	/** Rows of a page, the same for all pages so that their numbers keep their meaning. */
	private readonly pageSize: number;

	private pages: number | undefined;

	private lastPage: string | undefined;

	private repeats = 0;

	/** Rows of a page as the last answer stated them. */
	private statedSize: number | undefined;

	private growths = 0;

	constructor(
		private readonly style: PagingStyle,
		private readonly fetchPage: FetchPage,
		private readonly options: ReadOptions,
	) {
		this.left = options.limit ?? Infinity;
		this.pageSize = pageSizeFor(style, this.left);
	}

	get isFull(): boolean {
		return this.left <= 0;
	}

	async read(position: PagePosition): Promise<Page> {
		if (this.readPositions.has(position)) throw new PagingStuckError(position);
		this.readPositions.add(position);
		const size = Math.min(this.pageSize, this.style.kind === 'offset' ? this.left : Infinity);
		const fetched = await this.take(position, size);
		const facts = readFacts(this.style, fetched, position, size);
		this.pages = facts.pages;
		const grownFrom = this.noteSize(facts.size);
		if (grownFrom !== undefined) return this.backTo(position, grownFrom, facts.size as number);
		const isRepeat = facts.isPastEnd === true || this.isRepeat(fetched.rows);
		const isLast = fetched.rows.length === 0 || facts.isPastEnd === true || this.repeats >= maximumRepeats;
		return {
			rows: isRepeat ? [] : this.takeNew(fetched.rows),
			position,
			...(isLast || facts.next === undefined ? {} : { next: facts.next }),
			...(facts.pages === undefined ? {} : { pages: facts.pages }),
		};
	}

	/** Rows of a page before, where the vendor has made its pages larger since. */
	private noteSize(size: number | undefined): number | undefined {
		const before = this.statedSize;
		this.statedSize = size ?? before;
		return size !== undefined && before !== undefined && size > before ? before : undefined;
	}

	/** A page whose number now means later rows is not taken: reading goes on with the page that holds the first row not read yet. */
	private backTo(position: PagePosition, before: number, size: number): Page {
		this.growths += 1;
		if (this.growths > maximumGrowths) throw new PagingStuckError(position);
		this.readPositions.clear();
		this.ahead.clear();
		this.lastPage = undefined;
		this.repeats = 0;
		const next = Math.floor(((Number(position) - 1) * before) / size) + 1;
		return { rows: [], position, next, ...(this.pages === undefined ? {} : { pages: this.pages }) };
	}

	/** Fetches a page, and starts the pages after it where it is known that there are some. */
	private async take(position: PagePosition, size: number): Promise<FetchedPage> {
		const page = this.startFetch(position, size);
		if (this.pages !== undefined && typeof position === 'number') {
			const wanted = Math.min(this.options.prefetch ?? defaultPagesAhead, Math.ceil(this.left / this.pageSize));
			const last = Math.min(position + wanted - 1, this.pages);
			for (let next = position + 1; next <= last; next++) this.startFetch(next, size);
		}
		this.ahead.delete(position);
		return await page;
	}

	private startFetch(position: PagePosition, size: number): Promise<FetchedPage> {
		let page = this.ahead.get(position);
		if (page === undefined) {
			page = this.fetchPage(queryFor(this.style, position, size));
			// A page fetched ahead may fail before, or without, being waited for.
			page.catch(() => {});
			this.ahead.set(position, page);
		}
		return page;
	}

	/** True for the same rows as in the page before. Not asked where the number of pages ends the reading. */
	private isRepeat(rows: IDataObject[]): boolean {
		if (this.pages !== undefined) return false;
		const page = this.fingerprint(rows);
		const isSame = page === this.lastPage;
		this.lastPage = page;
		this.repeats = isSame ? this.repeats + 1 : 0;
		return isSame;
	}

	private fingerprint(rows: IDataObject[]): string {
		const ids = rows.map((row) => this.options.rowId?.(row));
		return JSON.stringify(ids.includes(undefined) ? rows : ids);
	}

	private takeNew(rows: IDataObject[]): IDataObject[] {
		const taken: IDataObject[] = [];
		for (const row of rows) {
			if (this.isFull) break;
			const id = this.options.rowId?.(row);
			if (id !== undefined && this.seenIds.has(id)) continue;
			if (id !== undefined) this.seenIds.add(id);
			taken.push(row);
			this.left--;
		}
		return taken;
	}
}
