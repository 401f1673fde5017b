import { PollBudget, defaultLimits } from '../../../nodes/shared/polling/budget';
import type { TailState } from '../../../nodes/shared/polling/state/pollState';
import { SeenRecords } from '../../../nodes/shared/polling/state/seenRecords';
import { pollTail } from '../../../nodes/shared/polling/tail/pollTail';
import { ListVendor } from './listVendor';
import type { ListedRecord, ListVendorOptions } from './listVendor';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const begin = Date.parse('2026-03-02T10:00:00Z');
const identity = { event: 'callEnded', tenant: 't1', zone: 'UTC', filters: 'f1' };

const usualOptions: ListVendorOptions = {
	order: 'descending',
	filter: 'since',
	exclusiveBounds: false,
	pageSize: 100,
	countsPages: false,
	shift: 0,
	overlap: 10 * minute,
	lookBack: 0,
	step: second,
	pageTime: 0,
};

function vendorWith(records: ListedRecord[], options: Partial<ListVendorOptions> = {}): ListVendor {
	return new ListVendor(records, { ...usualOptions, ...options }, begin);
}

function at(id: string, time: number, shownAt = time): ListedRecord {
	return { id, time, shownAt };
}

function trigger(vendor: ListVendor, limits: Partial<{ pages: number; seconds: number }> = {}) {
	let state: TailState | undefined;
	return {
		get state() {
			return state;
		},
		async poll(gap = minute): Promise<string[]> {
			if (state !== undefined) vendor.clock += gap;
			const now = () => vendor.clock;
			const { seconds = Infinity, ...others } = limits;
			const deadline = vendor.clock + seconds * second;
			const budget = new PollBudget({ ...defaultLimits, deadline, ...others }, now);
			const result = await pollTail(vendor, state, identity, budget);
			state = JSON.parse(JSON.stringify(result.state)) as TailState;
			return result.events.map(({ row }) => `${row.id}${row.version}`);
		},
	};
}

describe('a tail', () => {
	it('takes the watermark from the newest record and never from a clock', async () => {
		const vendor = vendorWith([at('a', begin - 3 * hour), at('b', begin - 2 * hour)]);
		const tail = trigger(vendor);
		await tail.poll();
		await tail.poll(5 * hour);
		expect(tail.state?.watermark).toBe(begin - 2 * hour);
	});

	it('finds what came after its first poll behind records that were ahead of their time in it', async () => {
		const ahead = [at('soon', begin + 10 * minute, begin), at('later', begin + hour, begin)];
		const vendor = vendorWith([at('old', begin), at('new', begin + second), ...ahead], { filter: 'none', pageSize: 2, overlap: 0, hasOffset: true });
		const tail = trigger(vendor, { pages: 1 });
		expect(await tail.poll()).toEqual([]);
		const ids: string[] = [];
		for (let polls = 0; polls < 10; polls++) ids.push(...(await tail.poll(10 * minute)));
		expect(ids).toContain('new');
	});

	it('emits a record again when its version changes, and only then', async () => {
		const record = at('a', begin + minute);
		const vendor = vendorWith([record]);
		const { poll } = trigger(vendor);
		await poll();
		expect(await poll(2 * minute)).toEqual(['a']);
		expect(await poll()).toEqual([]);
		Object.assign(record, { time: vendor.clock, shownAt: vendor.clock, version: '-closed' });
		expect(await poll()).toEqual(['a-closed']);
		expect(await poll()).toEqual([]);
	});

	it('emits records of one instant that show up one after the other', async () => {
		const vendor = vendorWith([
			at('a', begin + minute),
			at('b', begin + minute, begin + 2 * minute),
			at('c', begin + minute, begin + 3 * minute),
		]);
		const { poll } = trigger(vendor);
		await poll();
		expect([await poll(), await poll(), await poll(), await poll()]).toEqual([['a'], ['b'], ['c'], []]);
	});

	it('does not emit a record that shows up later than the overlap', async () => {
		const late = at('late', begin + minute, begin + 21 * minute);
		const vendor = vendorWith([late, at('a', begin + 20 * minute)]);
		const { poll } = trigger(vendor);
		await poll();
		expect(await poll(20 * minute)).toEqual(['a']);
		expect(await poll(minute)).toEqual([]);
	});

	it.each(['ascending', 'descending', 'unknown'] as const)(
		'keeps to its memory and repeats nothing when thousands lie inside the overlap, %s',
		async (order) => {
			for (const filter of ['none', 'since', 'sinceAndUntil'] as const) {
				const many = Array.from({ length: 2_500 }, (_, index) => at(`r${index}`, begin + second + index * 150));
				const vendor = vendorWith(many, { order, filter });
				const tail = trigger(vendor, { pages: 3 });
				await tail.poll();
				// In an order that has nothing to do with time, new records would move the pages at will.
				if (order === 'unknown') vendor.clock += 10 * minute;
				const ids: string[] = [];
				for (let polls = 0; polls < 40; polls++) {
					ids.push(...(await tail.poll()));
					expect(new SeenRecords(tail.state?.seen).size).toBeLessThanOrEqual(many.length);
				}
				expect(ids).toHaveLength(many.length);
				expect(new Set(ids).size).toBe(many.length);
			}
		},
	);

	it('reads a second with more records than a poll may read to its end', async () => {
		const many = Array.from({ length: 50 }, (_, index) => at(`r${index}`, begin + minute));
		const vendor = vendorWith(many, { filter: 'sinceAndUntil', order: 'unknown', pageSize: 2 });
		const tail = trigger(vendor, { pages: 3 });
		await tail.poll();
		const ids: string[] = [];
		for (let polls = 0; polls < 80; polls++) ids.push(...(await tail.poll()));
		expect([...ids].sort()).toEqual(many.map(({ id }) => id).sort());
	});

	it('goes on where it stopped when a page of records has disappeared meanwhile', async () => {
		const records = Array.from({ length: 30 }, (_, index) => at(`r${index}`, begin + (index + 1) * minute));
		const vendor = vendorWith(records, { filter: 'none', order: 'descending', pageSize: 5 });
		const tail = trigger(vendor, { pages: 3 });
		await tail.poll();
		const ids = await tail.poll(hour);
		const gone = records.splice(25, 5).map(({ id }) => id);
		for (let polls = 0; polls < 20; polls++) ids.push(...(await tail.poll()));
		expect(gone.every((id) => ids.includes(id))).toBe(true);
		expect(new Set(ids).size).toBe(30);
		expect(ids).toHaveLength(30);
	});

	it('reads on where as many records as a page holds come between two requests and push the list on', async () => {
		const backlog = Array.from({ length: 6 }, (_, index) => at(`old${index}`, begin + (index + 1) * hour));
		const sudden = [0, 1].map((index) => at(`new${index}`, begin + 10 * hour + minute));
		const vendor = vendorWith([...backlog, ...sudden], { pageSize: 2, pageTime: second });
		const tail = trigger(vendor);
		await tail.poll();
		const ids = await tail.poll(10 * hour + minute - second);
		for (let polls = 0; polls < 5; polls++) ids.push(...(await tail.poll()));
		expect([...ids].sort()).toEqual([...backlog, ...sudden].map(({ id }) => id).sort());
	});

	it('repeats nothing when hundreds of new records push a backlog on between two polls', async () => {
		const backlog = Array.from({ length: 1_500 }, (_, index) => at(`old${index}`, begin + second + index));
		const recent = Array.from({ length: 1_800 }, (_, index) => at(`new${index}`, begin + hour + index * 100));
		const vendor = vendorWith([...backlog, ...recent], { filter: 'none', order: 'descending' });
		const tail = trigger(vendor, { pages: 4 });
		await tail.poll();
		const ids = await tail.poll(hour - minute);
		for (let polls = 0; polls < 40; polls++) ids.push(...(await tail.poll()));
		expect(ids).toHaveLength(3_300);
		expect(new Set(ids).size).toBe(3_300);
	});

	it('keeps the meaning of its page positions while a backlog takes the place of what it remembered', async () => {
		const known = Array.from({ length: 900 }, (_, index) => at(`known${index}`, begin + minute + index * 500));
		const backlog = Array.from({ length: 1_500 }, (_, index) => at(`new${index}`, begin + (10 + index) * minute));
		const vendor = vendorWith([...known, ...backlog], { order: 'ascending' });
		const limits = { pages: 20 };
		const tail = trigger(vendor, limits);
		await tail.poll();
		const ids = await tail.poll(9 * minute);
		limits.pages = 3;
		ids.push(...(await tail.poll(26 * hour)));
		for (let polls = 0; polls < 40; polls++) ids.push(...(await tail.poll()));
		expect(ids).toEqual([...known, ...backlog].map(({ id }) => id));
	});

	it('reads longer slices again after a burst that needed short ones', async () => {
		const burst = Array.from({ length: 400 }, (_, index) => at(`b${index}`, begin + minute + Math.floor(index / 8) * second));
		const sparse = Array.from({ length: 400 }, (_, index) => at(`s${index}`, begin + (index + 1) * hour));
		const vendor = vendorWith([...burst, ...sparse], { filter: 'sinceAndUntil', order: 'unknown', pageSize: 10, hasOffset: true });
		const tail = trigger(vendor, { pages: 20 });
		await tail.poll();
		const ids = await tail.poll(401 * hour);
		for (let polls = 0; polls < 40 && tail.state?.backlog !== undefined; polls++) ids.push(...(await tail.poll(0)));
		expect(new Set(ids).size).toBe(800);
		expect(ids).toHaveLength(800);
	});

	it('cuts a backlog by days where the filter takes only days', async () => {
		const many = Array.from({ length: 3_000 }, (_, index) => at(`r${index}`, begin + minute + index * 2 * minute));
		const vendor = vendorWith(many, { filter: 'sinceAndUntil', order: 'unknown', step: 24 * hour });
		const tail = trigger(vendor, { pages: 15 });
		await tail.poll();
		const ids = await tail.poll(6_001 * minute);
		for (let polls = 0; polls < 40; polls++) ids.push(...(await tail.poll()));
		// A day that takes several polls comes in the vendor's order.
		expect([...ids].sort()).toEqual(many.map(({ id }) => id).sort());
	});

	it('ends a list whose pages lead nowhere', async () => {
		const vendor = vendorWith([at('a', begin + minute)], { filter: 'none' });
		const tail = trigger(vendor);
		await tail.poll();
		let pages = 0;
		vendor.pages = async function* () {
			for (;;) {
				if (++pages > 50) throw new Error('Endless');
				yield {
					rows: [{ id: 'a', version: '', time: begin + minute, filterTime: begin + minute }],
					position: pages,
					next: pages + 1,
				};
			}
		};
		expect(await tail.poll(2 * minute)).toEqual(['a']);
		expect(pages).toBe(3);
		expect(tail.state?.backlog).toBeUndefined();
	});

	it('is not led away by a record from the far future', async () => {
		const vendor = vendorWith([
			at('future', begin + 400 * 24 * hour, begin + minute),
			at('a', begin + 2 * minute),
			at('b', begin + hour),
		]);
		const tail = trigger(vendor);
		await tail.poll();
		expect(await tail.poll(3 * minute)).toEqual(['a', 'future']);
		expect(await tail.poll(2 * hour)).toEqual(['b']);
	});

	it('has its state untouched and emits nothing when a page fails, and loses nothing by it', async () => {
		const records = Array.from({ length: 6 }, (_, index) => at(`r${index}`, begin + minute + index));
		const vendor = vendorWith(records, { pageSize: 2 });
		const tail = trigger(vendor);
		await tail.poll();
		const before = JSON.stringify(tail.state);
		vendor.pagesToOutage = 1;
		await expect(tail.poll(5 * minute)).rejects.toThrow();
		expect(JSON.stringify(tail.state)).toBe(before);
		vendor.pagesToOutage = undefined;
		expect(await tail.poll()).toEqual(records.map(({ id }) => id));
	});

	it('emits what was there before activation neither then nor when the overlap is made longer', async () => {
		const options = { ...usualOptions };
		const vendor = new ListVendor([at('old', begin - 30 * minute), at('older', begin - 50 * minute)], options, begin);
		const tail = trigger(vendor);
		expect(await tail.poll()).toEqual([]);
		options.overlap = 2 * hour;
		expect(await tail.poll()).toEqual([]);
	});

	it.each([
		['20,000 records of one second', () => 0],
		['20,000 records of one hour', (index: number) => Math.floor(index / 6) * second],
		['50,000 records of a week', (index: number) => index * 12 * second],
	])('drains %s by polls of 22 seconds, each record once', async (what, timeOf) => {
		const size = what.startsWith('50') ? 50_000 : 20_000;
		const many = Array.from({ length: size }, (_, index) => at(`r${index}`, begin + minute + timeOf(index)));
		for (const order of size > 20_000 ? (['unknown'] as const) : (['ascending', 'unknown'] as const)) {
			const fixed = { pageSize: 1_000, pageTime: 2 * second, hasOffset: true, isFixed: true };
			const options = { order, filter: 'sinceAndUntil', ...fixed } as const;
			const vendor = vendorWith(many, options);
			const tail = trigger(vendor, { seconds: 22 });
			await tail.poll();
			vendor.clock = Math.max(begin + hour, many.at(-1)!.time + minute);
			const ids: string[] = [];
			for (let polls = 0; polls < 100 && (polls === 0 || tail.state?.backlog); polls++) ids.push(...(await tail.poll()));
			expect(ids).toHaveLength(size);
			expect(new Set(ids).size).toBe(size);
		}
	});

	it.each(['unknown', 'descending'] as const)('drains 50,000 records of one day by polls of 22 seconds where the vendor filters by days, %s', async (order) => {
		const many = Array.from({ length: 50_000 }, (_, index) => at(`r${index}`, begin + day + Math.floor(index * 0.3) * second));
		const fixed = { pageSize: 1_000, pageTime: second, hasOffset: true, isFixed: true, step: day } as const;
		const vendor = vendorWith(many, { order, filter: 'sinceAndUntil', ...fixed });
		const tail = trigger(vendor, { seconds: 22 });
		await tail.poll();
		vendor.clock = begin + 2 * day;
		const ids: string[] = [];
		let largest = 0;
		for (let polls = 0; polls < 100 && (polls === 0 || tail.state?.backlog); polls++) {
			ids.push(...(await tail.poll()));
			largest = Math.max(largest, JSON.stringify(tail.state).length);
		}
		expect(ids).toHaveLength(50_000);
		expect(new Set(ids).size).toBe(50_000);
		expect(largest).toBeLessThan(900_000);
	});

	it('remembers 25,000 records of its overlap with less than a megabyte, however late they show up', async () => {
		const many = Array.from({ length: 25_000 }, (_, index) => {
			const time = begin + second + index * 20;
			return at(`r${index}`, time, index % 2 === 0 ? time : time + 9 * minute);
		});
		const vendor = vendorWith(many, { order: 'unknown', filter: 'sinceAndUntil', pageSize: 1_000, hasOffset: true });
		const tail = trigger(vendor);
		await tail.poll();
		const ids: string[] = [];
		let largest = 0;
		for (let polls = 0; polls < 7; polls++) {
			ids.push(...(await tail.poll(3 * minute)));
			largest = Math.max(largest, JSON.stringify(tail.state).length);
		}
		expect(ids).toHaveLength(25_000);
		expect(new Set(ids).size).toBe(25_000);
		expect(largest).toBeLessThan(410_000);
	});

	it('emits a record again only when its time is set forward after the overlap has passed', async () => {
		const [early, late] = [at('early', begin + minute), at('late', begin + 2 * minute)];
		const vendor = vendorWith([early, late, at('next', begin + 40 * minute)], { filter: 'sinceAndUntil', hasOffset: true });
		const tail = trigger(vendor);
		await tail.poll();
		expect(await tail.poll(3 * minute)).toEqual(['early', 'late']);
		Object.assign(early, { time: begin + 3 * minute });
		expect(await tail.poll()).toEqual([]);
		expect(await tail.poll(40 * minute)).toEqual(['next']);
		Object.assign(late, { time: begin + 45 * minute });
		expect(await tail.poll(5 * minute)).toEqual(['late']);
		expect(await tail.poll()).toEqual([]);
	});

	it('loses nothing that comes during a first reading of several polls by a record that is ten minutes ahead', async () => {
		const old = Array.from({ length: 5 }, (_, index) => at(`old${index}`, begin - 6 * minute));
		const records = [at('ahead', begin + 10 * minute, begin), at('new', begin + minute), ...old];
		const options = { order: 'unknown', hasOffset: true, pageSize: 5, overlap: 0, pageTime: 20 * second } as const;
		const tail = trigger(vendorWith(records, options), { pages: 1 });
		const ids: string[] = [];
		for (let polls = 0; polls < 10; polls++) ids.push(...(await tail.poll(10 * minute)));
		expect(ids).toContain('new');
	});

	it('loses none of a minute by a record that is six hours ahead', async () => {
		const usual = Array.from({ length: 60 }, (_, index) => at(`r${index}`, begin + (index + 1) * minute));
		const ahead = at('ahead', begin + 6 * hour, begin + 5 * minute);
		const vendor = vendorWith([...usual, ahead], { order: 'unknown', hasOffset: true });
		const tail = trigger(vendor);
		await tail.poll();
		const ids: string[] = [];
		for (let polls = 0; polls < 70; polls++) ids.push(...(await tail.poll()));
		expect([...ids].sort()).toEqual([...usual.map(({ id }) => id), 'ahead'].sort());
	});

	it('goes on from the beginning where the cursor of the last poll has expired', async () => {
		const many = Array.from({ length: 40 }, (_, index) => at(`r${index}`, begin + minute + index * second));
		const vendor = vendorWith(many, { order: 'descending', filter: 'none', pageSize: 5 });
		const tail = trigger(vendor, { pages: 3 });
		await tail.poll();
		const ids = await tail.poll(hour);
		expect(tail.state?.backlog?.page).toBeDefined();
		const pages = vendor.pages.bind(vendor);
		let refusals = 0;
		vendor.pages = async function* (window, start) {
			if (start !== undefined && refusals === 0) {
				refusals++;
				throw new Error('expired');
			}
			yield* pages(window, start);
		};
		Object.assign(vendor, { isRefusedPage: (error: Error) => error.message === 'expired' });
		for (let polls = 0; polls < 30; polls++) ids.push(...(await tail.poll()));
		expect(refusals).toBe(1);
		expect([...ids].sort()).toEqual(many.map(({ id }) => id).sort());
	});

	it.each(['none', 'since', 'sinceAndUntil'] as const)(
		'emits nothing old after a first reading of several polls, with a zone hours wrong either way, filter %s',
		async (filter) => {
			for (const shift of [0, -10 * hour, -3 * hour, 3 * hour, 12 * hour]) {
				for (const order of ['ascending', 'descending', 'unknown'] as const) {
					const old = Array.from({ length: 200 }, (_, index) => at(`old${index}`, begin - index * 20 * second));
					const vendor = vendorWith(old, { order, filter, shift, pageSize: 10, pageTime: second });
					const tail = trigger(vendor, { pages: 6 });
					const ids = await tail.poll();
					for (let count = 0; count < 30; count++) {
						const time = vendor.clock + minute;
						vendor.records.push(at(`new${count}`, time));
						ids.push(...(await tail.poll(2 * minute)));
					}
					for (let polls = 0; polls < 20; polls++) ids.push(...(await tail.poll(90 * minute)));
					expect(ids.filter((id) => id.startsWith('old'))).toEqual([]);
					expect(new Set(ids).size).toBe(ids.length);
					if (shift >= 0) expect(ids).toHaveLength(30);
				}
			}
		},
	);

	it('costs one page when there is nothing new', async () => {
		for (const order of ['ascending', 'descending', 'unknown'] as const) {
			const vendor = vendorWith([at('old', begin - 30 * minute)], { order, filter: 'sinceAndUntil' });
			const tail = trigger(vendor);
			await tail.poll();
			const before = vendor.pagesServed;
			await tail.poll();
			expect(vendor.pagesServed - before).toBe(1);
		}
	});
});
