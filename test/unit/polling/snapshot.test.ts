import fc from 'fast-check';

import { PollBudget } from '../../../nodes/shared/polling/budget';
import { pollSnapshot, TooManyRecords } from '../../../nodes/shared/polling/snapshot';
import type { SnapshotOptions, SnapshotSource, WatchedChange, WatchedRow } from '../../../nodes/shared/polling/snapshot';
import type { SnapshotState } from '../../../nodes/shared/polling/state/pollState';
import { restoreState } from '../../../nodes/shared/polling/state/restoreState';
import { watchedLimit } from '../../../nodes/shared/polling/state/watchedRecords';
import { seeded } from '../../support/runs';

const identity = { event: 'operatorState', tenant: 't1', zone: 'UTC', filters: 'f1' };
const usual = { emitNew: false, emitGone: false };
const board = fc.dictionary(fc.string({ minLength: 1 }), fc.constantFrom('chat:0', 'chat:1', 'call:1'), {
	maxKeys: 8,
	noNullPrototype: true,
});

type Entry = WatchedRow<unknown>;

function rowsOf(states: Record<string, string>): Entry[] {
	return Object.entries(states).map(([key, state]) => ({ key, state, row: { key } }));
}

/** A trigger on a list in memory; its state goes through JSON as in a workflow. */
class Watch {
	state: SnapshotState | undefined;

	constructor(
		private readonly options: SnapshotOptions = usual,
		private readonly pageSize = Infinity,
		private readonly pages = Infinity,
	) {}

	/** @param list gives the rows as they are when a page is asked for */
	async poll(list: () => Entry[]): Promise<Array<WatchedChange<unknown>>> {
		const { pageSize } = this;
		const source: SnapshotSource<unknown> = {
			pages: async function* (start = 0) {
				for (let position = Number(start); ; position++) {
					const rows = list();
					const begin = position === 0 ? 0 : position * pageSize;
					const hasNext = begin + pageSize < rows.length;
					yield { rows: rows.slice(begin, begin + pageSize), position, ...(hasNext ? { next: position + 1 } : {}) };
					if (!hasNext) return;
				}
			},
		};
		const budget = new PollBudget({ pages: this.pages, deadline: Infinity }, () => 0);
		const { changes, state } = await pollSnapshot(source, this.state, identity, this.options, budget);
		this.state = restoreState(JSON.parse(JSON.stringify(state)), identity).state as SnapshotState;
		expect(this.state).toEqual(JSON.parse(JSON.stringify(state)));
		return changes;
	}

	/** Polls until the list was read to its end. */
	async read(list: () => Entry[]): Promise<Array<WatchedChange<unknown>>> {
		const changes = await this.poll(list);
		while (this.state?.reading !== undefined) changes.push(...(await this.poll(list)));
		return changes;
	}
}

describe('a snapshot', () => {
	it('gives every change with before and after, once', async () => {
		const boards = fc.array(board, { minLength: 1, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(boards, fc.boolean(), fc.boolean(), async (history, emitNew, emitGone) => {
				const watch = new Watch({ emitNew, emitGone });
				let before: Record<string, string> | undefined;
				for (const now of history) {
					const changes = await watch.poll(() => rowsOf(now));
					expect(sorted(changes)).toEqual(sorted(expectedChanges(before, now, emitNew, emitGone)));
					before = now;
				}
			}),
			seeded(500, 20_000),
		);
	});

	it('watches 25,000 records over several polls with less than a megabyte', async () => {
		const rows = Array.from({ length: 25_000 }, (_, index) => ({ key: `agent-${index}`, state: 'on', row: index }));
		const watch = new Watch(usual, 100, 60);
		expect(await watch.poll(() => rows)).toEqual([]);
		expect(watch.state?.reading).toBeDefined();
		expect(await watch.read(() => rows)).toEqual([]);
		const idle = JSON.stringify(watch.state);
		expect(await watch.read(() => rows)).toEqual([]);
		expect(JSON.stringify(watch.state)).toBe(idle);
		expect(idle.length).toBeLessThan(310_000);
		Object.assign(rows[24_999], { state: 'off' });
		Object.assign(rows[0], { state: 'busy' });
		const changes = await watch.read(() => rows);
		expect(changes.map(({ key, before, after }) => [key, before, after])).toEqual([
			['agent-0', 'on', 'busy'],
			['agent-24999', 'on', 'off'],
		]);
		expect(await watch.read(() => rows)).toEqual([]);
	});

	it('tells each change once, and nothing that did not change, while records shift between the pages of a long reading', async () => {
		const change = fc.record({ page: fc.nat({ max: 30 }), record: fc.nat({ max: 19 }), state: fc.constantFrom('a', 'b', 'c') });
		const removal = fc.record({ page: fc.nat({ max: 30 }), record: fc.integer({ min: 20, max: 39 }) });
		await fc.assert(
			fc.asyncProperty(
				fc.array(change, { maxLength: 6 }),
				fc.array(removal, { maxLength: 4 }),
				fc.record({
					pages: fc.integer({ min: 1, max: 5 }),
					// At most four records go, and a page is the most that is caught.
					pageSize: fc.integer({ min: 4, max: 60 }),
					size: fc.integer({ min: 40, max: 100 }),
					emitNew: fc.boolean(),
					emitGone: fc.boolean(),
				}),
				async (changes, removals, { pages, pageSize, size, ...options }) => {
					const states = new Map(Array.from({ length: size }, (_, index) => [`k${size - 1 - index}`, 'a']));
					const list = () => [...states].map(([key, state]) => ({ key, state, row: key }));
					const watch = new Watch(options, pageSize, pages);
					await watch.read(list);
					let pagesRead = 0;
					const shifting = () => {
						for (const { page, record, state } of changes) if (page === pagesRead) states.set(`k${record}`, state);
						for (const { page, record } of removals) if (page === pagesRead) states.delete(`k${record}`);
						pagesRead++;
						return list();
					};
					const found: Array<WatchedChange<unknown>> = [];
					while (pagesRead <= 40) found.push(...(await watch.read(shifting)));
					for (let readings = 0; readings < 2; readings++) found.push(...(await watch.read(list)));
					// From change to change without a gap, and up to what is there now.
					const told = new Map<string, string>();
					for (const { key, before, after } of found.filter(({ after }) => after !== undefined)) {
						expect(before).toBe(told.get(key) ?? 'a');
						expect(after).not.toBe(before);
						told.set(key, after!);
					}
					// Told once that it is gone, where that is wanted, and of no other.
					const gone = found.filter(({ after }) => after === undefined).map(({ key }) => key);
					const removed = [...new Set(removals.map(({ record }) => `k${record}`))];
					expect(gone.sort()).toEqual(options.emitGone ? removed.sort() : []);
					for (const [key, state] of states) expect([key, told.get(key) ?? 'a']).toEqual([key, state]);
				},
			),
			seeded(200, 10_000),
		);
	});

	it('tells of a record that moves from one list to the other while both are read', async () => {
		const watch = new Watch(usual, 1);
		const [first, second, third] = ['on', 'off', 'off'].map((state, row) => ({ key: `k${row}`, state, row }));
		await watch.read(() => [first, third, second]);
		// On neither side when its page is read.
		expect(await watch.read(() => [first, third])).toEqual([]);
		expect(await watch.read(() => [first, { ...second, state: 'on' }, third])).toMatchObject([
			{ key: 'k1', before: 'off', after: 'on' },
		]);
	});

	it('takes 50,000 records and refuses one more', async () => {
		const rows = Array.from({ length: watchedLimit }, (_, index) => ({ key: `k${index}`, state: 'on', row: index }));
		const watch = new Watch();
		expect(await watch.poll(() => rows)).toEqual([]);
		rows.push({ key: 'more', state: 'on', row: 0 });
		await expect(watch.poll(() => rows)).rejects.toThrow(TooManyRecords);
	});

	it('of any number of rows with the time of their last change gives each change once, the state stays bounded', async () => {
		const size = watchedLimit + 500;
		const rows = Array.from({ length: size }, (_, index) => ({ key: `k${index}`, state: 'a', row: index, changedAt: index }));
		const watch = new Watch({ emitNew: true, emitGone: false });
		let now = size;
		const change = (index: number, state: string) => Object.assign(rows[index], { state, changedAt: now++ });
		expect(await watch.poll(() => rows)).toEqual([]);
		for (const [index, state] of [[size - 1, 'b'], [3, 'b'], [size - 1, 'c'], [size - 2, 'b'], [3, 'a']] as const) {
			change(index, state);
			expect(await watch.poll(() => rows)).toMatchObject([{ key: `k${index}`, after: state }]);
		}
		expect(await watch.poll(() => rows)).toEqual([]);
		expect(JSON.stringify(watch.state).length).toBeLessThan(700_000);
	}, 60_000);

	it('keeps no key where it need not know it again', async () => {
		for (const emitGone of [false, true]) {
			const watch = new Watch({ emitNew: true, emitGone });
			await watch.poll(() => rowsOf({ 'agent@example.com': 'on' }));
			expect(JSON.stringify(watch.state).includes('agent@')).toBe(emitGone);
		}
	});
});

interface Change {
	key: string;
	before?: string;
	after?: string;
	row?: unknown;
}

function expectedChanges(
	before: Record<string, string> | undefined,
	now: Record<string, string>,
	emitNew: boolean,
	emitGone: boolean,
) {
	if (before === undefined) return [];
	const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
	const isWanted = (key: string) => {
		if (!Object.hasOwn(before, key)) return emitNew;
		if (!Object.hasOwn(now, key)) return emitGone;
		return before[key] !== now[key];
	};
	return keys.filter(isWanted).map((key): Change => {
		const known = Object.hasOwn(before, key) ? before[key] : undefined;
		return Object.hasOwn(now, key) ? { key, before: known, after: now[key], row: { key } } : { key, before: known };
	});
}

function sorted(changes: Change[]): Change[] {
	return [...changes].sort((first, second) => (first.key < second.key ? -1 : 1));
}
