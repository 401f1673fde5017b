import { shortHash } from './hash';
import { memoryLimit } from './state';
import type { SnapshotState } from './state';

/** One row as the snapshot sees it. */
export interface WatchedRow<Row> {
	key: string;
	state: string;
	row: Row;
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
	/** Most keys that are remembered; 1,000 when left out. */
	maximumRows?: number;
}

/**
 * Compares the rows of a complete reading with the last one.
 * The first reading is the baseline: no change. A key that comes twice counts once, its last row.
 * @returns undefined when there are too many keys to remember
 */
export function compareSnapshots<Row>(
	rows: Iterable<WatchedRow<Row>>,
	last: SnapshotState | undefined,
	identity: Pick<SnapshotState, 'event' | 'filters'>,
	options: SnapshotOptions,
): { changes: Array<WatchedChange<Row>>; state: SnapshotState } | undefined {
	const current = new Map<string, WatchedRow<Row>>();
	for (const row of rows) current.set(keptKey(row.key, options), row);
	if (current.size > (options.maximumRows ?? memoryLimit)) return undefined;
	const states = [...current].map(([kept, { state }]): [string, string] => [kept, state]);
	const state: SnapshotState = { ...identity, kind: 'snapshot', states };
	return {
		changes: last === undefined ? [] : differences(current, new Map(last.states), options),
		state,
	};
}

function differences<Row>(
	current: Map<string, WatchedRow<Row>>,
	before: Map<string, string>,
	options: SnapshotOptions,
): Array<WatchedChange<Row>> {
	const changes: Array<WatchedChange<Row>> = [];
	for (const [kept, { key, row, state }] of current) {
		const known = before.get(kept);
		if (known === undefined ? options.emitNew : known !== state)
			changes.push({ key, row, before: known, after: state });
	}
	if (!options.emitGone) return changes;
	for (const [kept, state] of before) if (!current.has(kept)) changes.push({ key: kept, before: state });
	return changes;
}

/** Only where a gone row is emitted its key must be known again; else the hash will do. */
function keptKey(key: string, { emitGone }: SnapshotOptions): string {
	return emitGone ? key : shortHash(key);
}
