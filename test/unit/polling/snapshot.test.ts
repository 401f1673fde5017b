import fc from 'fast-check';

import { compareSnapshots } from '../../../nodes/shared/polling/snapshot';
import { memoryLimit, restoreState } from '../../../nodes/shared/polling/state';
import type { SnapshotState } from '../../../nodes/shared/polling/state';

const identity = { event: 'operatorState', filters: 'f1' };
const board = fc.dictionary(fc.string({ minLength: 1 }), fc.constantFrom('chat:0', 'chat:1', 'call:1'), {
	maxKeys: 8,
	noNullPrototype: true,
});

function rowsOf(states: Record<string, string>) {
	return Object.entries(states).map(([key, state]) => ({ key, state, row: { key } }));
}

function restored(state: SnapshotState): SnapshotState {
	return restoreState(JSON.parse(JSON.stringify(state)), identity.event, identity.filters) as SnapshotState;
}

describe('a snapshot', () => {
	it('gives every change with before and after, once', () => {
		const boards = fc.array(board, { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(boards, fc.boolean(), fc.boolean(), (history, emitNew, emitGone) => {
				let last: SnapshotState | undefined;
				let before: Record<string, string> | undefined;
				for (const now of history) {
					const result = compareSnapshots(rowsOf(now), last, identity, { emitNew, emitGone })!;
					expect(sorted(result.changes)).toEqual(sorted(expectedChanges(before, now, emitNew, emitGone)));
					last = restored(result.state);
					before = now;
				}
			}),
			{ numRuns: 1_000 },
		);
	});

	it('takes 1,000 records and refuses one more', () => {
		const many = Object.fromEntries(Array.from({ length: memoryLimit }, (_, index) => [`k${index}`, 'on']));
		const options = { emitNew: false, emitGone: false };
		expect(compareSnapshots(rowsOf(many), undefined, identity, options)?.changes).toEqual([]);
		expect(compareSnapshots(rowsOf({ ...many, more: 'on' }), undefined, identity, options)).toBeUndefined();
	});

	it('of any number of rows with the time of their last change gives each change once, the state stays bounded', () => {
		const size = memoryLimit + 500;
		const step = fc.array(fc.tuple(fc.nat({ max: size - 1 }), fc.constantFrom('a', 'b', 'c')), { maxLength: 5 });
		fc.assert(
			fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (history) => {
				const rows = Array.from({ length: size }, (_, index) => ({
					key: `k${index}`,
					state: 'a',
					row: index,
					changedAt: index,
				}));
				const options = { emitNew: true, emitGone: false };
				let last = restored(compareSnapshots(rows, undefined, identity, options)!.state);
				let now = size;
				for (const changes of history) {
					const before = rows.map(({ state }) => state);
					for (const [index, state] of changes) {
						if (rows[index].state !== state) Object.assign(rows[index], { state, changedAt: now++ });
					}
					const result = compareSnapshots(rows, last, identity, options)!;
					const expected = rows.filter(({ state }, index) => state !== before[index]).map(({ key }) => key);
					const touchedAndBack = rows.filter(
						({ changedAt, state }, index) => changedAt >= now - 5 && state === before[index],
					);
					const found = result.changes
						.map(({ key }) => key)
						.filter((key) => !touchedAndBack.some((row) => row.key === key));
					expect(found.sort()).toEqual(expected.sort());
					expect(result.state.states.length).toBeLessThanOrEqual(memoryLimit);
					last = restored(result.state);
				}
			}),
			{ numRuns: 100 },
		);
	});

	it('keeps no key where it need not know it again', () => {
		const rows = rowsOf({ 'agent@example.com': 'on' });
		const kept = (emitGone: boolean) =>
			compareSnapshots(rows, undefined, identity, { emitNew: true, emitGone })?.state.states;
		expect(kept(false)).toEqual([[expect.not.stringContaining('agent'), 'on']]);
		expect(kept(true)).toEqual([['agent@example.com', 'on']]);
	});
});

interface Change {
	key: string;
	before?: string;
	after?: string;
	row?: { key: string };
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
