import { memoryLimit } from '../state';
import type { BacklogState, TailState } from '../state';
import { SeenRecords } from './seenRecords';
import type { TailSource } from './tailSource';

/** A zone that is not set well shifts times by less than this; a record further in the future does not move the watermark. */
export const zoneMargin = 26 * 3_600_000;

/** Last read hashes that are kept whatever their time, for records that shift over the boundary of a page. */
export const boundaryHashes = memoryLimit / 2;

/** A record to be emitted. */
export interface FoundEvent<Row> {
	row: Row;
	time: number;
}

/**
 * One reading of the source, over one poll or several: decides which rows are events and where the watermark goes.
 *
 * A record counts as on time when it shows up in the list no later than the overlap after its own time. The next watermark
 * is the newest record's time, but not later than the vendor's time when the reading began: a record may show up behind the
 * reader while it reads. The vendor's time is estimated by the records themselves (`lead`), so a zone that is not set well does no harm.
 */
export class TailReader<Row> {
	readonly events: Array<FoundEvent<Row>> = [];

	readonly drain: BacklogState;

	private readonly seen: SeenRecords;

	private floor: number | undefined;

	private readonly firstPoll: boolean;

	constructor(
		private readonly source: TailSource<Row>,
		private readonly state: TailState,
		private readonly machineNow: () => number,
	) {
		this.firstPoll = state.drain === undefined;
		this.drain = state.drain ?? { started: machineNow() };
		this.seen = new SeenRecords(state.seen);
		this.floor = state.floor;
		if (this.firstPoll) this.drain.from = this.oldestOfInterest;
	}

	/** Event time from which rows matter; undefined when all do. Without a watermark the newest record stands in for it. */
	get oldestOfInterest(): number | undefined {
		const bound = this.state.watermark ?? (this.floor === undefined ? this.drain.newest : undefined);
		return latest(this.floor, bound === undefined ? undefined : bound - this.source.overlapAt(bound));
	}

	/** Begins a baseline, or begins it again from an earlier time. */
	beginBaseline(floor: number | undefined, widened: boolean): void {
		this.floor = floor;
		this.drain.from = floor;
		this.drain.slice = undefined;
		this.drain.page = undefined;
		this.drain.baseline = { ...this.drain.baseline, widened };
	}

	/** Takes in rows that were read completely. */
	accept(rows: Row[]): void {
		for (const row of rows) this.acceptRow(row);
		const forgotten = this.seen.shrink(memoryLimit, this.state.watermark ?? -Infinity, boundaryHashes);
		this.floor = latest(this.floor, forgotten.settled);
		this.drain.floor = latest(this.drain.floor, forgotten.current);
	}

	/** State for the next poll when there is more to read. */
	paused(): TailState {
		const { baseline, newest } = this.drain;
		if (baseline !== undefined && baseline.until === undefined) {
			baseline.until = Math.max(this.source.now(), newest ?? -Infinity);
		}
		return { ...this.state, floor: this.floor, seen: this.seen.entries(), drain: this.drain };
	}

	/** State for the next poll when everything was read. */
	finished(): TailState {
		const watermark = this.nextWatermark();
		const lower = watermark - this.source.overlapAt(watermark);
		const floor = Math.max(lower, this.floor ?? lower, this.drain.floor ?? lower);
		this.seen.forgetBefore(floor);
		return { ...this.state, watermark, floor, seen: this.seen.entries(), drain: undefined };
	}

	/** Events of this poll, oldest first. */
	sorted(): Array<FoundEvent<Row>> {
		const inOrder = this.source.order === 'descending' ? this.events.slice().reverse() : this.events.slice();
		return inOrder.sort((first, second) => first.time - second.time);
	}

	private acceptRow(row: Row): void {
		const time = this.source.time(row);
		if (time === undefined) return;
		this.observe(time);
		if (this.floor !== undefined && time < this.floor) return;
		if (!this.source.keep(row)) return;
		const hash = this.source.hash(row);
		if (this.seen.has(hash)) return;
		if (this.isBehindReader(time)) return;
		this.seen.add(hash, time);
		if (!this.isOld(time)) this.events.push({ row, time });
	}

	private observe(time: number): void {
		if (time > this.source.now() + zoneMargin) return;
		this.drain.newest = latest(this.drain.newest, time);
		this.drain.lead = latest(this.drain.lead, time - this.machineNow());
	}

	/** In a list that comes newest first, what is newer than the rows read so far was pushed back by new records, or is read next time. */
	private isBehindReader(time: number): boolean {
		const low = this.drain.page?.low;
		return low !== undefined && time > low;
	}

	private isOld(time: number): boolean {
		const { baseline } = this.drain;
		if (baseline === undefined) return false;
		return this.firstPoll || baseline.until === undefined || time <= baseline.until;
	}

	private nextWatermark(): number {
		const { newest, lead, started } = this.drain;
		const { watermark } = this.state;
		if (newest !== undefined && lead !== undefined) {
			return Math.max(watermark ?? -Infinity, Math.min(newest, started + lead));
		}
		return watermark ?? this.watermarkOfEmptyList();
	}

	/** Nothing was there, so all that comes is new: from the floor that was read, or from before any zone's error. */
	private watermarkOfEmptyList(): number {
		if (this.floor === undefined) return this.source.now() - zoneMargin;
		return this.floor + this.source.overlapAt(this.floor);
	}
}

/** The later of two times, either of which may be missing. */
export function latest(first: number | undefined, second: number | undefined): number | undefined {
	if (first === undefined) return second;
	return second === undefined ? first : Math.max(first, second);
}
