import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { readPages } from '../../../nodes/shared/lists/pageReader';
import type { FetchPage, Page, ReadOptions } from '../../../nodes/shared/lists/pageReader';
import { PagingStuckError } from '../../../nodes/shared/lists/pagingStyle';
import type { FetchedPage } from '../../../nodes/shared/lists/pagingStyle';
import type { PagingStyle } from '../../../nodes/shared/definition/paging';
import { collectRows, readRows } from '../../support/pages';

const pages: PagingStyle = {
	kind: 'pages',
	pageParameter: 'page',
	sizeParameter: 'limit',
	size: 10,
	maximumSize: 20,
	pagesPath: 'pagination.pages',
};
const page: PagingStyle = { kind: 'page', pageParameter: 'page', sizeParameter: 'per', size: 10 };
const offset: PagingStyle = { kind: 'offset', offsetParameter: 'limitfrom', sizeParameter: 'limitcount', size: 10 };
const cursor: PagingStyle = { kind: 'cursor', cursorParameter: 'cursor', nextPath: 'metadata.nextUri' };
const numbered: PagingStyle = {
	kind: 'numbered',
	pageParameter: 'pageNo',
	numberPath: 'pageNo',
	countPath: 'inPage',
	sizePath: 'perPage',
};
const styles = { pages, page, offset, cursor, numbered };

/** Rows that a vendor without page size parameter gives in a page. */
const fixedSize = 10;

/** What a vendor is asked. */
type Query = Record<string, string | number>;

/** A list at a vendor, paged in each of the styles. */
class List {
	readonly queries: Query[] = [];

	headers: Record<string, string> = {};

	/** Called before each answer, to change the list meanwhile. */
	beforeAnswer: () => void = () => {};

	constructor(public rows: IDataObject[]) {}

	fetcher(style: PagingStyle): FetchPage {
		return async (query) => {
			this.queries.push(query);
			await Promise.resolve();
			this.beforeAnswer();
			return this.answer(style, query);
		};
	}

	private answer(style: PagingStyle, query: Query): FetchedPage {
		switch (style.kind) {
			case 'pages': {
				const size = Number(query.limit);
				const count = Math.ceil(this.rows.length / size);
				// Past the end the last page comes again.
				const number = Math.max(Math.min(Number(query.page), count), 1);
				return this.give((number - 1) * size, size, () => ({ pagination: { pages: count } }));
			}
			case 'page':
				return this.give((Number(query.page) - 1) * Number(query.per), Number(query.per));
			case 'offset':
				return this.give(Number(query.limitfrom), Number(query.limitcount));
			case 'cursor': {
				const from = query.cursor === undefined ? 0 : Number(atob(String(query.cursor)));
				const next =
					from + fixedSize < this.rows.length ? `/v3.0/x?a=1&cursor=${btoa(String(from + fixedSize))}` : null;
				return this.give(from, fixedSize, () => ({ metadata: { nextUri: next } }));
			}
			case 'numbered': {
				const pageNo = Number(query.pageNo ?? 0);
				return this.give(pageNo * fixedSize, fixedSize, (rows) => ({
					pageNo,
					inPage: rows.length,
					perPage: fixedSize,
				}));
			}
		}
	}

	private give(from: number, size: number, body: (rows: IDataObject[]) => unknown = () => ({})): FetchedPage {
		const rows = this.rows.slice(from, from + size);
		return { rows, answer: { status: 200, headers: this.headers, body: body(rows), isJson: true } };
	}
}

function rowsOf(count: number, start = 0): IDataObject[] {
	return Array.from({ length: count }, (_value, index) => ({ id: start + index }));
}

const rowId = (row: IDataObject) => (row.id === undefined ? undefined : String(row.id));

async function collectPages(style: PagingStyle, fetch: FetchPage, options?: ReadOptions): Promise<Page[]> {
	const read: Page[] = [];
	for await (const given of readPages(style, fetch, options)) read.push(given);
	return read;
}

const style = fc.constantFrom(...Object.values(styles));

describe('reading lists', () => {
	it('gives all rows of a list that stands still, in order, with and without ids', async () => {
		await fc.assert(
			fc.asyncProperty(style, fc.integer({ min: 0, max: 95 }), fc.boolean(), async (paging, count, hasIds) => {
				const list = new List(rowsOf(count).map((row) => (hasIds ? row : { name: `row ${row.id}` })));
				expect(await collectRows(paging, list.fetcher(paging), { rowId })).toEqual(list.rows);
			}),
		);
	});

	it('gives the first rows up to the limit, and asks for no page more than it takes', async () => {
		await fc.assert(
			fc.asyncProperty(
				style,
				fc.integer({ min: 0, max: 95 }),
				fc.integer({ min: 0, max: 120 }),
				async (paging, count, limit) => {
					const list = new List(rowsOf(count));
					expect(await collectRows(paging, list.fetcher(paging), { rowId, limit })).toEqual(list.rows.slice(0, limit));
					const pageSize = paging.kind === 'pages' && limit <= 20 ? 20 : fixedSize;
					expect(list.queries.length).toBeLessThanOrEqual(Math.ceil(limit / pageSize));
				},
			),
		);
	});

	it('gives no row twice and loses none when rows are added before those still to be read', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(pages, page, offset, cursor, numbered),
				fc.integer({ min: 0, max: 60 }),
				// Ten new rows make a page look like the one before; twice in a row that cannot be told from the end.
				fc
					.array(fc.integer({ min: 0, max: 10 }), { maxLength: 8 })
					.filter((additions) => additions.every((added, index) => added < 10 || additions[index + 1] !== 10)),
				async (paging, count, additions) => {
					const list = new List(rowsOf(count));
					const old = [...list.rows];
					let answers = 0;
					list.beforeAnswer = () => {
						const added = answers === 0 ? 0 : (additions[answers - 1] ?? 0);
						list.rows = [...rowsOf(added, 1_000 * ++answers), ...list.rows];
					};
					const read = (await collectRows(paging, list.fetcher(paging), { rowId })).map(({ id }) => Number(id));
					expect(new Set(read).size).toBe(read.length);
					expect(read.filter((id) => id < 1_000)).toEqual(old.map(({ id }) => id));
				},
			),
		);
	});

	it('ends, and gives no row twice, whatever the list does meanwhile', async () => {
		await fc.assert(
			fc.asyncProperty(style, fc.array(fc.integer({ min: 0, max: 70 }), { minLength: 1 }), async (paging, sizes) => {
				const list = new List([]);
				let answers = 0;
				list.beforeAnswer = () => {
					list.rows = rowsOf(sizes[Math.min(answers++, sizes.length - 1)]);
				};
				const read = await collectRows(paging, list.fetcher(paging), { rowId });
				expect(new Set(read.map(({ id }) => id)).size).toBe(read.length);
			}),
		);
	});

	it.each(Object.entries(styles))('goes on from a stored position (%s)', async (_name, paging) => {
		const list = new List(rowsOf(35));
		const all = await collectPages(paging, list.fetcher(paging));
		expect(all).toHaveLength(4);
		for (const [index, { next }] of all.entries()) {
			if (next === undefined) continue;
			const start = JSON.parse(JSON.stringify(next)) as typeof next;
			expect(await collectPages(paging, list.fetcher(paging), { start })).toEqual(all.slice(index + 1));
		}
		expect(all[3].next).toBeUndefined();
	});

	it('never drops a row without id', async () => {
		const list = new List([{ id: 1 }, { id: 1 }, { name: 'x' }, { name: 'x' }, { id: 2 }]);
		expect(await collectRows(page, list.fetcher(page), { rowId })).toEqual([
			{ id: 1 },
			{ name: 'x' },
			{ name: 'x' },
			{ id: 2 },
		]);
	});

	it('gives rows one by one', async () => {
		const list = new List(rowsOf(25));
		const read: IDataObject[] = [];
		for await (const row of readRows(page, list.fetcher(page))) read.push(row);
		expect(read).toEqual(list.rows);
	});

	it('passes on what a request fails with', async () => {
		const failure = new Error('The vendor is away');
		await expect(collectRows(page, () => Promise.reject(failure))).rejects.toBe(failure);
	});

	it('takes time in proportion to the pages', async () => {
		const list = new List(rowsOf(100_000));
		const large: PagingStyle = { ...offset, size: 100 };
		expect(await collectRows(large, list.fetcher(large), { rowId })).toHaveLength(100_000);
	});
});

describe('the size of pages', () => {
	it.each([
		['pages', pages, 3, [{ page: 1, limit: 3 }]],
		['pages', pages, 15, [{ page: 1, limit: 15 }]],
		[
			'pages',
			pages,
			21,
			[
				{ page: 1, limit: 10 },
				{ page: 2, limit: 10 },
				{ page: 3, limit: 10 },
			],
		],
		['page', page, 3, [{ page: 1, per: 3 }]],
		[
			'offset',
			offset,
			12,
			[
				{ limitfrom: 0, limitcount: 10 },
				{ limitfrom: 10, limitcount: 2 },
			],
		],
		['cursor', cursor, 3, [{}]],
		['numbered', numbered, 12, [{}, { pageNo: 1 }]],
	])('fits the limit (%s)', async (_name, paging, limit, queries) => {
		const list = new List(rowsOf(50));
		await collectRows(paging, list.fetcher(paging), { limit });
		expect(list.queries).toEqual(queries);
	});
});

describe('the end of a list', () => {
	it('is the number of pages where the vendor says it, without a further request', async () => {
		const list = new List(rowsOf(20));
		expect((await collectPages(pages, list.fetcher(pages))).map(({ pages: count, next }) => [count, next])).toEqual([
			[2, 2],
			[2, undefined],
		]);
		expect(list.queries).toHaveLength(2);
	});

	it('ignores the last page that is given again for a page past the end, also for rows without id', async () => {
		const list = new List(Array.from({ length: 30 }, (_value, index) => ({ name: `row ${index}` })));
		list.beforeAnswer = () => {
			if (list.queries.length === 2) list.rows = list.rows.slice(0, 20);
		};
		expect(await collectRows(pages, list.fetcher(pages), { prefetch: 1 })).toHaveLength(20);
		list.rows = rowsOf(30);
		const late = await collectPages(pages, list.fetcher(pages), { start: 9 });
		expect(late).toEqual([{ rows: [], position: 9, pages: 3 }]);
	});

	it('is a page with fewer rows where the vendor does not say how many pages there are', async () => {
		const list = new List(rowsOf(15));
		const uncounted: PagingStyle = { ...pages, pagesPath: 'not.there' };
		expect(await collectRows(uncounted, list.fetcher(uncounted))).toHaveLength(15);
		expect(list.queries).toHaveLength(2);
	});

	it('is what the Link header says, whatever the number of rows', async () => {
		const list = new List(rowsOf(25));
		list.headers = { link: '<https://acme.example.com/x?page=1>; rel="prev"' };
		expect(await collectRows(page, list.fetcher(page))).toHaveLength(10);
		list.headers = {
			link: '<https://acme.example.com/x?page=2>; rel="next", <https://acme.example.com/x?page=9>; rel="last"',
		};
		expect(await collectRows(page, list.fetcher(page))).toHaveLength(25);
	});

	it('is the total of the headers, so that a full last page needs no further request', async () => {
		const list = new List(rowsOf(20));
		list.headers = { total: '20', 'per-page': '10' };
		expect(await collectRows(page, list.fetcher(page))).toHaveLength(20);
		expect(list.queries).toHaveLength(2);
	});

	it('comes later where the vendor gives smaller pages than asked for and says so', async () => {
		const list = new List(rowsOf(25));
		list.headers = { 'per-page': '5' };
		const capped: FetchPage = async (query) =>
			await list.fetcher(page)({ ...query, per: Math.min(Number(query.per), 5) });
		expect(await collectRows(page, capped)).toHaveLength(25);
	});

	it.each([
		[[5, 5, 10]],
		[[5, 10]],
		[[10, 5]],
		[[3, 7, 4, 9, 2]],
	])('comes after every row, each once, where the vendor changes its limit for pages meanwhile: %p', async (sizes) => {
		const list = new List(rowsOf(57));
		let answers = 0;
		const changing: FetchPage = async (query) => {
			const size = sizes[Math.min(answers++, sizes.length - 1)];
			const fetched = await list.fetcher(page)({ ...query, per: size });
			return { ...fetched, answer: { ...fetched.answer, headers: { 'per-page': String(size), total: '57' } } };
		};
		expect(await collectRows(page, changing, { rowId, prefetch: 1 })).toEqual(list.rows);
		answers = 0;
		expect(await collectRows(page, changing, { rowId })).toHaveLength(57);
	});

	it('is an error where the limit for pages changes all the time', async () => {
		const list = new List(rowsOf(57));
		let answers = 0;
		const changing: FetchPage = async (query) => {
			const size = answers++ % 2 === 0 ? 5 : 10;
			list.headers = { 'per-page': String(size) };
			return await list.fetcher(page)({ ...query, per: size });
		};
		await expect(collectRows(page, changing, { rowId })).rejects.toThrow(PagingStuckError);
	});

	it.each([
		['offset', offset],
		['page', page],
	])('comes when the same page is given again and again (%s)', async (_name, paging) => {
		const list = new List(rowsOf(10));
		const deaf: FetchPage = async (query) => await list.fetcher(paging)({ ...query, page: 1, limitfrom: 0 });
		expect(await collectRows(paging, deaf, { rowId })).toEqual(list.rows);
		list.rows = Array.from({ length: 10 }, () => ({ name: 'without id' }));
		expect(await collectRows(paging, deaf, { rowId })).toEqual(list.rows);
		expect(list.queries.length).toBeLessThanOrEqual(6);
	});

	it('is an empty page, also when a cursor goes on', async () => {
		let fetched = 0;
		const endless: FetchPage = async () => {
			const body = { metadata: { nextUri: `/x?cursor=${++fetched}` } };
			return {
				rows: fetched < 3 ? rowsOf(10, fetched * 10) : [],
				answer: { status: 200, headers: {}, body, isJson: true },
			};
		};
		expect(await collectRows(cursor, endless)).toHaveLength(20);
		expect(fetched).toBe(3);
	});
});

describe('a vendor that points back', () => {
	const backTo = (...cursors: string[]): FetchPage => {
		let fetched = 0;
		return async () => {
			if (fetched > 20) throw new Error('Fetched again and again');
			const body = { metadata: { nextUri: cursors[fetched % cursors.length] } };
			return { rows: rowsOf(2, fetched++ * 2), answer: { status: 200, headers: {}, body, isJson: true } };
		};
	};

	it.each([
		['the same cursor', backTo('/x?cursor=a')],
		['cursors in a circle', backTo('/x?cursor=a', '/x?cursor=b')],
		['an address without cursor', backTo('/x?page=2')],
	])('is reported after the rows so far: %s', async (_name, fetch) => {
		const read: IDataObject[] = [];
		const reading = (async () => {
			for await (const row of readRows(cursor, fetch)) read.push(row);
		})();
		await expect(reading).rejects.toThrow(PagingStuckError);
		await expect(reading).rejects.toThrow(/cannot be read to its end/);
		expect(read.length).toBeGreaterThan(0);
	});

	it('is not reported when the limit is reached before', async () => {
		expect(await collectRows(cursor, backTo('/x?cursor=a'), { limit: 4 })).toHaveLength(4);
	});

	it('is reported when a numbered answer does not move', async () => {
		const list = new List(rowsOf(40));
		const deaf: FetchPage = async () => await list.fetcher(numbered)({});
		await expect(collectRows(numbered, deaf, { rowId })).rejects.toThrow(PagingStuckError);
	});
});

describe('cursors', () => {
	it.each([
		['/v3.0/leads?campaignId=2&cursor=b2Zm%3D', 'b2Zm='],
		['https://acme.example.com/platform-api/v3.0/leads?cursor=abc#x', 'abc'],
		['b2Zmc2V0MTAw', 'b2Zmc2V0MTAw'],
		[7, 7],
		['', undefined],
		[null, undefined],
		[undefined, undefined],
	])('are read from %p', async (nextUri, next) => {
		const fetch: FetchPage = async () => ({
			rows: rowsOf(1),
			answer: { status: 200, headers: {}, body: { metadata: { nextUri } }, isJson: true },
		});
		const first = await readPages(cursor, fetch).next();
		expect((first.value as Page).next).toBe(next);
	});
});

describe('fetching ahead', () => {
	/** A list whose answers are held back until told. */
	function held(rows: IDataObject[]) {
		const list = new List(rows);
		const waiting: Array<{ query: Query; answer: () => void; fail: (error: Error) => void }> = [];
		const fetch: FetchPage = async (query) => {
			await new Promise<void>((resolve, reject) => waiting.push({ query, answer: resolve, fail: reject }));
			return await list.fetcher(pages)(query);
		};
		return { list, fetch, waiting, asked: () => waiting.map(({ query }) => query.page) };
	}

	/** The pages that are asked for once the first one is read and the second one is wanted. */
	async function askedAfterFirst(options: ReadOptions): Promise<unknown[]> {
		const { fetch, waiting, asked } = held(rowsOf(65));
		const reading = readPages(pages, fetch, options);
		const first = reading.next();
		waiting[0].answer();
		await first;
		void reading.next();
		return asked();
	}

	it('starts the next pages once their number is known, and answers in order', async () => {
		const { fetch, waiting, asked } = held(rowsOf(65));
		const reading = readPages(pages, fetch, { prefetch: 4 });
		const first = reading.next();
		expect(asked()).toEqual([1]);
		waiting[0].answer();
		expect((await first).value).toMatchObject({ position: 1, next: 2, pages: 7 });
		expect(asked()).toEqual([1]);
		const second = reading.next();
		expect(asked()).toEqual([1, 2, 3, 4, 5]);
		for (const request of waiting.slice(1).reverse()) request.answer();
		expect((await second).value).toMatchObject({ position: 2, rows: rowsOf(10, 10) });
		const third = reading.next();
		expect(asked()).toEqual([1, 2, 3, 4, 5, 6]);
		expect((await third).value).toMatchObject({ position: 3, rows: rowsOf(10, 20) });
		await reading.return(undefined);
	});

	it('starts no page that the limit does not need', async () => {
		expect(await askedAfterFirst({ limit: 25 })).toEqual([1, 2, 3]);
	});

	it('can be turned off', async () => {
		expect(await askedAfterFirst({ prefetch: 0 })).toEqual([1, 2]);
	});

	it('reports a page that failed ahead when its turn comes, and only then', async () => {
		const unhandled = jest.fn();
		process.on('unhandledRejection', unhandled);
		const { fetch, waiting } = held(rowsOf(65));
		const reading = readPages(pages, fetch);
		const first = reading.next();
		waiting[0].answer();
		await first;
		const second = reading.next();
		waiting[2].fail(new Error('The third page failed'));
		// Node reports rejections that nobody looks after before it turns to the next task.
		await new Promise(setImmediate);
		process.off('unhandledRejection', unhandled);
		expect(unhandled).not.toHaveBeenCalled();
		waiting[1].answer();
		expect((await second).value).toMatchObject({ position: 2 });
		await expect(reading.next()).rejects.toThrow('The third page failed');
	});

	it('does not happen without a known number of pages', async () => {
		let underWay = 0;
		let most = 0;
		const list = new List(rowsOf(65));
		const fetch: FetchPage = async (query) => {
			most = Math.max(most, ++underWay);
			const answer = await list.fetcher(offset)(query);
			underWay--;
			return answer;
		};
		await collectRows(offset, fetch);
		expect(most).toBe(1);
	});
});

describe('a vendor whose largest page is not known', () => {
	const careful: PagingStyle = { ...page, size: 50, smallestMaximum: 10 };
	const rowsOf = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));
	/** Gives no more than `most` rows in a page, whatever is asked. */
	const read = async (count: number, most: number) => {
		const asked: number[] = [];
		const rows = await collectRows(careful, async (query) => {
			asked.push(Number(query.page));
			const size = Math.min(Number(query.per), most);
			const start = (Number(query.page) - 1) * size;
			const part = rowsOf(count).slice(start, start + size);
			return { rows: part, answer: { status: 200, headers: {}, body: part, isJson: true } };
		});
		return { rows: rows.length, asked };
	};

	it('is read to the end although its pages are shorter than asked', async () => {
		expect(await read(25, 10)).toEqual({ rows: 25, asked: [1, 2, 3] });
	});

	it('costs one request more only behind a page that could be a full one', async () => {
		expect(await read(9, 50)).toEqual({ rows: 9, asked: [1] });
		expect(await read(30, 50)).toEqual({ rows: 30, asked: [1, 2] });
	});
});

describe('a cursor in a header', () => {
	const style: PagingStyle = { kind: 'cursor', cursorParameter: '_cursor', nextHeader: 'next_page_cursor', sizeParameter: '_perPage', size: 2 };

	it('is followed until it is missing', async () => {
		const queries: Query[] = [];
		const rows = await collectRows(style, async (query) => {
			queries.push(query);
			const headers: Record<string, string> = query._cursor === undefined ? { next_page_cursor: 'b' } : {};
			return { rows: [{ id: queries.length }], answer: { status: 200, headers, body: [], isJson: true } };
		});
		expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
		expect(queries).toEqual([{ _perPage: 2 }, { _perPage: 2, _cursor: 'b' }]);
	});
});
