import { latest } from '../../data/latest';
import type { BacklogState, TailState } from '../state/pollState';
import { SeenRecords } from '../state/seenRecords';
import { WatchedRecords, watchedLimit } from '../state/watchedRecords';
import type { RecordState, TailSource } from './tailSource';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A zone that is not set well shifts times without offset by less than this. */
export const zoneMargin = 26 * 60 * minute;

/** The step in which zones differ. */
const zoneStep = 15 * minute;

/** A record to be emitted. */
export interface FoundEvent<Row> {
	row: Row;
	time: number;
	/** State of the record when it was read before, where it is remembered. */
	before?: string;
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

	readonly backlog: BacklogState;

	private readonly seen: SeenRecords;

	private readonly states: WatchedRecords | undefined;

	private floor: number | undefined;

	private readonly isFirstPoll: boolean;

	private accepted = 0;

	/** @param machineNow the machine's clock, in epoch milliseconds */
	constructor(
		private readonly source: TailSource<Row>,
		private readonly state: TailState,
		private readonly machineNow: () => number,
	) {
		this.isFirstPoll = state.backlog === undefined;
		this.backlog = state.backlog ?? { started: machineNow() };
		this.seen = new SeenRecords(state.seen);
		this.states = source.state === undefined ? undefined : new WatchedRecords(false, state.states);
		this.floor = state.floor;
		if (this.isFirstPoll) this.backlog.from = this.oldestOfInterest;
	}

	/** Event time from which rows matter; undefined when all do. */
	get oldestOfInterest(): number | undefined {
		const { watermark } = this.state;
		if (watermark === undefined || this.source.isReadTwice) return this.floor;
		return latest(this.floor, watermark - this.source.overlapAt(watermark));
	}

	/** Records that are remembered. */
	get remembered(): number {
		return this.seen.size;
	}

	/** True when this poll has read something that need not be read again. */
	get hasProgress(): boolean {
		return this.accepted > 0;
	}

	/** The slice of time that is read next. */
	get slice(): NonNullable<BacklogState['slice']> {
		const { from = 0 } = this.backlog;
		const { span } = this.state;
		this.backlog.slice ??= { at: from - this.source.lookBack, ...(span === undefined ? {} : { span }) };
		return this.backlog.slice;
	}

	/** Begins a baseline, or begins it again from an earlier time. */
	beginBaseline(floor: number | undefined, widened: boolean): void {
		this.floor = floor;
		this.backlog.from = floor;
		this.backlog.slice = undefined;
		this.backlog.page = undefined;
		this.backlog.baseline = { ...this.backlog.baseline, widened };
	}

	/** Takes in rows that were read completely. */
	accept(rows: Row[]): void {
		this.accepted++;
		for (const row of rows) this.acceptRow(row);
		this.setBaselineFloor();
		const forgotten = this.seen.shrink(this.state.watermark ?? -Infinity);
		this.floor = latest(this.floor, forgotten.settled);
		this.backlog.floor = latest(this.backlog.floor, forgotten.current);
	}

	/** State for the next poll when there is more to read. */
	paused(): TailState {
		const { baseline } = this.backlog;
		if (baseline !== undefined && baseline.until === undefined) {
			baseline.until = this.source.now();
			baseline.known = this.seen.size;
		}
		return { ...this.state, floor: this.floor, ...this.records(), backlog: this.backlog };
	}

	/** State for the next poll when everything was read. */
	finished(): TailState {
		const watermark = this.nextWatermark();
		const lower = this.nextFloor(watermark);
		const floor = Math.max(lower, this.floor ?? lower, this.backlog.floor ?? lower);
		this.forgetNewSinceActivation();
		this.seen.forgetBefore(floor);
		const { span: _span, backlog: _backlog, ...state } = this.state;
		const span = this.backlog.slice?.span;
		return { ...state, watermark, floor, ...this.records(), ...(span === undefined ? {} : { span }) };
	}

	/** Events of this poll, oldest first. */
	sorted(): Array<FoundEvent<Row>> {
		const inOrder = this.source.order === 'descending' ? this.events.slice().reverse() : this.events.slice();
		return inOrder.sort((first, second) => first.time - second.time);
	}

	/** What is remembered of the records. */
	private records(): Pick<TailState, 'seen' | 'states'> {
		return { seen: this.seen.pack(), ...(this.states === undefined ? {} : { states: this.states.pack() }) };
	}

	/** Remembers the state of the row's record as far as there is room, and gives the one that was remembered. */
	private stateBefore(now: RecordState | undefined): string | undefined {
		if (now === undefined || this.states === undefined) return undefined;
		const before = this.states.get(now.id)?.state;
		if (before !== undefined || this.states.size < watchedLimit) this.states.visit(now.id, now.state);
		return before;
	}

	/** Only an event makes room, so that a long list that does not change leaves the state as it is. */
	private makeRoomFor(now: RecordState | undefined): void {
		if (now === undefined || this.states === undefined || this.states.get(now.id) !== undefined) return;
		this.states.forgetFirst();
		this.states.visit(now.id, now.state);
	}

	private acceptRow(row: Row): void {
		const state = this.source.state?.(row);
		const before = this.stateBefore(state);
		const time = this.source.time(row);
		if (time === undefined) return;
		this.observe(row, time);
		if (this.floor !== undefined && time < this.floor) return;
		if (!this.source.keep(row)) return;
		const key = this.source.key(row);
		if (this.seen.has(key)) return;
		this.seen.add(key, time);
		if (this.backlog.baseline !== undefined) return;
		this.makeRoomFor(state);
		this.events.push({ row, time, before });
	}

	/** A time in the future says nothing of the present, unless it has no offset and the zone may be set wrong. */
	private observe(row: Row, time: number): void {
		const ahead = time - this.source.now();
		const hasOffset = this.source.hasOffset(row);
		if (ahead <= (hasOffset ? 0 : zoneMargin)) {
			this.backlog.newest = latest(this.backlog.newest, time);
			this.backlog.lead = latest(this.backlog.lead, time - this.machineNow());
		}
		const { baseline } = this.backlog;
		if (baseline !== undefined && !hasOffset && ahead <= zoneMargin) baseline.ahead = latest(baseline.ahead, ahead);
	}

	/** A list without time filter that comes newest first shows its newest record at once; older ones than its overlap do not matter. */
	private setBaselineFloor(): void {
		const { reached } = this;
		if (this.backlog.baseline === undefined || this.floor !== undefined || reached === undefined) return;
		if (this.source.order === 'descending') this.floor = reached - this.source.overlapAt(reached);
	}

	/**
	 * A first reading that took several polls emitted nothing. What is later than its first poll is new and comes with the next reading.
	 * Where times without offset are ahead of the vendor's clock, the zone is wrong by as much; zones differ by quarters of an hour.
	 */
	private forgetNewSinceActivation(): void {
		const { baseline } = this.backlog;
		if (baseline?.until === undefined) return;
		const ahead = Math.max(0, Math.ceil(((baseline.ahead ?? 0) - minute) / zoneStep) * zoneStep);
		this.seen.forgetAfter(baseline.until + ahead, baseline.known ?? 0);
	}

	private nextWatermark(): number {
		const { reached } = this;
		const known = this.state.watermark;
		if (reached !== undefined) return this.pastEmptyTime(Math.max(known ?? -Infinity, reached));
		if (known === undefined || this.backlog.baseline !== undefined) return this.watermarkOfEmptyList();
		return this.pastEmptyTime(known);
	}

	/** The newest record's time, but not later than the vendor's time when the reading began; undefined before there is a record. */
	private get reached(): number | undefined {
		const { newest, lead, started } = this.backlog;
		return newest === undefined || lead === undefined ? undefined : Math.min(newest, started + lead);
	}

	/** What is this old and was not there cannot come any more. A day at a time, so that a quiet list does not change the state. */
	private pastEmptyTime(watermark: number): number {
		const began = this.backlog.started + this.source.now() - this.machineNow();
		const quiet = began - this.source.overlapAt(began) - zoneMargin;
		return quiet - watermark > day ? quiet : watermark;
	}

	/** What one reading may miss is left for the next. */
	private nextFloor(watermark: number): number {
		const lower = watermark - this.source.overlapAt(watermark);
		return this.source.isReadTwice ? Math.min(lower, this.state.watermark ?? lower) : lower;
	}

	/** Nothing was there, so all that comes is new: from the floor that was read, or from before any zone's error. */
	private watermarkOfEmptyList(): number {
		if (this.floor === undefined) return this.source.now() - zoneMargin;
		return this.floor + this.source.overlapAt(this.floor);
	}
}
