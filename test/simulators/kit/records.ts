import type { SimulatorClock } from './clock';

/** How a record enters a table. */
export interface RecordOptions {
	/** Epoch milliseconds from which the record can be read, for records that appear late. Visible at once if left out. */
	visibleAt?: number;
}

/**
 * Records of one kind, by id, in the order they were added. Lists are remembered until something changes or a late record
 * becomes visible, so that reading 100,000 rows page by page stays fast.
 */
export class RecordTable<T extends { id: number | string }> {
	private readonly records = new Map<string, { record: T; visibleAt: number }>();
	private remembered: T[] | undefined;
	private rememberedUntil = Infinity;
	private rememberedFrom = -Infinity;
	private highest = 0;

	/** `order` sorts lists; without it they keep the order in which records were added. */
	constructor(
		private readonly clock: SimulatorClock,
		private readonly order?: (first: T, second: T) => number,
	) {}

	/** Number of records, late ones included. */
	get size(): number {
		return this.records.size;
	}

	/** Next free number, for tables with whole-number ids: one more than the highest. */
	nextId(start = 1): number {
		this.highest = Math.max(this.highest, start - 1);
		return this.highest + 1;
	}

	/** Adds a record or replaces the one with the same id. */
	add(record: T, options: RecordOptions = {}): T {
		this.records.set(String(record.id), { record, visibleAt: options.visibleAt ?? -Infinity });
		if (typeof record.id === 'number') this.highest = Math.max(this.highest, record.id);
		this.remembered = undefined;
		return record;
	}

	/** Visible record with this id, or undefined. */
	get(id: number | string): T | undefined {
		const found = this.records.get(String(id));
		return found && found.visibleAt <= this.clock.now() ? found.record : undefined;
	}

	/** Changes fields of a record in place and returns it; undefined when there is none. */
	update(id: number | string, changes: Partial<T>): T | undefined {
		const found = this.records.get(String(id));
		if (!found) return undefined;
		this.remembered = undefined;
		return Object.assign(found.record, changes);
	}

	/** Removes a record; false when there is none. */
	remove(id: number | string): boolean {
		this.remembered = undefined;
		return this.records.delete(String(id));
	}

	/** Visible records in order. The list is shared: do not change it. The same list object means nothing changed. */
	list(): readonly T[] {
		const now = this.clock.now();
		if (this.remembered && now >= this.rememberedFrom && now < this.rememberedUntil) return this.remembered;
		const visible: T[] = [];
		this.rememberedUntil = Infinity;
		this.rememberedFrom = -Infinity;
		for (const { record, visibleAt } of this.records.values()) {
			if (visibleAt <= now) {
				visible.push(record);
				this.rememberedFrom = Math.max(this.rememberedFrom, visibleAt);
			} else this.rememberedUntil = Math.min(this.rememberedUntil, visibleAt);
		}
		if (this.order) visible.sort(this.order);
		this.remembered = visible;
		return visible;
	}
}
