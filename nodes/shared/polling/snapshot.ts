import { shortHash } from '../data/hash';
import { memoryLimit } from './state';
import type { SnapshotState } from './state';

/** One row as the snapshot sees it. */
export interface WatchedRow<Row> {
	key: string;
	state: string;
	row: Row;
	/** When the row changed last, in epoch milliseconds, where the vendor tells. */
	changedAt?: number;
}

/** One difference; `row` is missing for what is gone. */
export interface WatchedChange<Row> {
	key: string;
	row?: Row;
	before?: string;
	after?: string;
}

/** Which differences are wanted besides changes. */
export interface SnapshotOptions {
	emitNew: boolean;
	emitGone: boolean;
}

/**
 * Compares the rows of a complete reading with the last one.
 * The first reading is the baseline: no change. A key that comes twice counts once, its last row.
 * Of more than 1,000 rows those that changed last are remembered; a row that was not remembered counts as changed when its
 * time is later than all of the last reading, and then comes without what it was before.
 * @returns undefined when there are too many keys to remember and the rows do not tell when they changed
 */
export function compareSnapshots<Row>(
	rows: Iterable<WatchedRow<Row>>,
	last: SnapshotState | undefined,
	identity: Pick<SnapshotState, 'event' | 'filters'>,
	options: SnapshotOptions,
): { changes: Array<WatchedChange<Row>>; state: SnapshotState } | undefined {
	const current = new Map<string, WatchedRow<Row>>();
	for (const row of rows) current.set(keptKey(row.key, options), row);
	const memory = rememberedOf(current);
	if (memory === undefined) return undefined;
	const states = memory.kept.map(([kept, { state }]): [string, string] => [kept, state]);
	const partial = memory.changedUpTo === undefined ? {} : { changedUpTo: memory.changedUpTo };
	return {
		changes: last === undefined ? [] : differences(current, last, options),
		state: { ...identity, kind: 'snapshot', states, ...partial },
	};
}

/** The rows that are remembered; with `changedUpTo`, the time of the newest change, when they are not all. */
function rememberedOf<Row>(
	current: Map<string, WatchedRow<Row>>,
): { kept: Array<[string, WatchedRow<Row>]>; changedUpTo?: number } | undefined {
	const all = [...current];
	if (all.length <= memoryLimit) return { kept: all };
	if (all.some(([, { changedAt }]) => changedAt === undefined)) return undefined;
	const newestFirst = all.sort(([, first], [, second]) => second.changedAt! - first.changedAt!);
	return { kept: newestFirst.slice(0, memoryLimit), changedUpTo: newestFirst[0][1].changedAt };
}

function differences<Row>(
	current: Map<string, WatchedRow<Row>>,
	last: SnapshotState,
	options: SnapshotOptions,
): Array<WatchedChange<Row>> {
	const before = new Map(last.states);
	const { changedUpTo } = last;
	const isPartial = changedUpTo !== undefined;
	const changes: Array<WatchedChange<Row>> = [];
	for (const [kept, { key, row, state, changedAt }] of current) {
		const known = before.get(kept);
		if (known === undefined && isPartial && changedAt !== undefined && changedAt <= changedUpTo) continue;
		if (known === undefined ? options.emitNew || isPartial : known !== state)
			changes.push({ key, row, before: known, after: state });
	}
	if (!options.emitGone || isPartial) return changes;
	for (const [kept, state] of before) if (!current.has(kept)) changes.push({ key: kept, before: state });
	return changes;
}

/** Only where a gone row is emitted its key must be known again; else the hash will do. */
function keptKey(key: string, { emitGone }: SnapshotOptions): string {
	return emitGone ? key : shortHash(key);
}
