import { latest } from '../data/latest';
import type { SourcePage } from '../definition/events';
import type { PagePosition } from '../definition/paging';
import { catchPageErrors } from '../lists/catchPageErrors';
import type { PollBudget } from './budget';
import type { Identity } from './state/identity';
import { stateVersion } from './state/pollState';
import type { SnapshotState } from './state/pollState';
import { WatchedRecords, watchedLimit } from './state/watchedRecords';

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

/** The list that is compared with what it was. */
export interface SnapshotSource<Row> {
	/** Pages of the whole list, from a position on. */
	pages(start?: PagePosition): AsyncGenerator<Pick<SourcePage, 'position' | 'next'> & { rows: Array<WatchedRow<Row>> }>;
}

/** More records than can be remembered, and they do not tell when they changed. */
export class TooManyRecords extends Error {}

/** What one poll of a snapshot gives. */
export interface SnapshotResult<Row> {
	changes: Array<WatchedChange<Row>>;
	state: SnapshotState;
	/** Records that are remembered. */
	watched: number;
}

/**
 * Reads the list, or goes on reading it, and compares each row with what it was at the last reading.
 * The first reading is the baseline: no change. A key that comes twice in a poll counts once, its last row.
 *
 * A reading that takes several requests may miss a record that moves meanwhile, so one that was not seen counts as gone only when
 * the next reading misses it too. Of more than 50,000 rows as many are remembered; a row that is not counts as changed when its time
 * is later than all of the last reading, and then comes without what it was before.
 * @throws TooManyRecords where there are more and the rows do not tell when they changed
 */
export async function pollSnapshot<Row>(
	source: SnapshotSource<Row>,
	last: SnapshotState | undefined,
	identity: Identity,
	options: SnapshotOptions,
	budget: PollBudget,
): Promise<SnapshotResult<Row>> {
	const reading = new SnapshotReading<Row>(last, options);
	const start = last?.reading?.page.position;
	const { pagesRead, goOn } = await readPages(source, reading, start, budget);
	const isWhole = start === undefined && pagesRead === 1;
	const progress = goOn === undefined ? reading.end(isWhole) : reading.pause(goOn);
	return {
		changes: reading.changes(),
		watched: reading.records.size,
		state: { version: stateVersion, identity, kind: 'snapshot', watched: reading.records.pack(), ...progress },
	};
}

/**
 * Reads pages until the list or the budget ends.
 * @returns how many were read, and where to go on; at the end of the list nowhere
 */
async function readPages<Row>(
	source: SnapshotSource<Row>,
	reading: SnapshotReading<Row>,
	start: PagePosition | undefined,
	budget: PollBudget,
): Promise<{ pagesRead: number; goOn?: PagePosition }> {
	let pagesRead = 0;
	let goOn = start;
	let isCut = false;
	const failureOf = (error: unknown): unknown => {
		// The time is over before another page was asked for: what was read counts.
		isCut = pagesRead > 0 && budget.endedBy(error);
		return isCut ? undefined : error;
	};
	for await (const page of catchPageErrors(source.pages(start), failureOf)) {
		pagesRead++;
		budget.pagesRead++;
		reading.accept(page.rows);
		goOn = page.next;
		if (goOn === undefined || budget.isSpent) return { pagesRead, goOn };
	}
	return { pagesRead, goOn: isCut ? goOn : undefined };
}

/** One reading of the list, over one poll or several. */
class SnapshotReading<Row> {
	readonly records: WatchedRecords;

	private readonly found = new Map<string, WatchedChange<Row>>();

	private readonly gone: Array<WatchedChange<Row>> = [];

	private readonly isBaseline: boolean;

	private changedUpTo: number | undefined;

	private isPartial: boolean;

	constructor(
		private readonly last: SnapshotState | undefined,
		private readonly options: SnapshotOptions,
	) {
		this.records = new WatchedRecords(options.emitGone, last?.watched);
		this.isBaseline = last === undefined || last.reading?.isBaseline === true;
		this.changedUpTo = last?.reading?.changedUpTo;
		this.isPartial = last?.reading?.isPartial ?? false;
	}

	accept(rows: Array<WatchedRow<Row>>): void {
		for (const row of rows) this.acceptRow(row);
	}

	/** Changes of this poll; what has changed and is as it was again is none. */
	changes(): Array<WatchedChange<Row>> {
		return [...[...this.found.values()].filter(({ before, after }) => before !== after), ...this.gone];
	}

	/** @param isWhole the list was given in one answer */
	end(isWhole: boolean): Pick<SnapshotState, 'changedUpTo'> {
		const gone = this.records.endReading(isWhole);
		const isTold = this.options.emitGone && !this.isBaseline && !this.isPartial && this.last?.changedUpTo === undefined;
		if (isTold) this.gone.push(...gone.map(({ key = '', state }) => ({ key, before: state })));
		return this.isPartial && this.changedUpTo !== undefined ? { changedUpTo: this.changedUpTo } : {};
	}

	pause(position: PagePosition): Pick<SnapshotState, 'changedUpTo' | 'reading'> {
		const { changedUpTo } = this;
		return {
			...(this.last?.changedUpTo === undefined ? {} : { changedUpTo: this.last.changedUpTo }),
			reading: {
				page: { position },
				isBaseline: this.isBaseline,
				isPartial: this.isPartial,
				...(changedUpTo === undefined ? {} : { changedUpTo }),
			},
		};
	}

	private acceptRow({ key, row, state, changedAt }: WatchedRow<Row>): void {
		this.changedUpTo = latest(this.changedUpTo, changedAt);
		const known = this.records.get(key)?.state;
		if (known === undefined && !this.hasRoom(changedAt)) return;
		if (this.isChange(known, state, changedAt)) {
			const earlier = this.found.get(key);
			this.found.set(key, { key, row, before: earlier === undefined ? known : earlier.before, after: state });
		} else if (this.found.has(key)) {
			this.found.get(key)!.row = row;
		}
		this.records.visit(key, state);
	}

	private isChange(known: string | undefined, state: string, changedAt: number | undefined): boolean {
		if (this.isBaseline) return false;
		if (known !== undefined) return known !== state;
		const upTo = this.last?.changedUpTo;
		if (upTo === undefined) return this.options.emitNew;
		return changedAt === undefined ? this.options.emitNew : changedAt > upTo;
	}

	/** Makes room for a record that is not remembered, when it is worth more than one that is. */
	private hasRoom(changedAt: number | undefined): boolean {
		if (this.records.size < watchedLimit) return true;
		if (changedAt === undefined) throw new TooManyRecords();
		this.isPartial = true;
		const upTo = this.last?.changedUpTo;
		if (this.isBaseline || (upTo !== undefined && changedAt <= upTo)) return false;
		this.records.forgetFirst();
		return true;
	}
}
