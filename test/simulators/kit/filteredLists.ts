/** Filtered lists remembered per table state; enough for a few readers that page at the same time. */
const rememberedLists = 16;

/** Remembers filtered lists until their table changes, so that paging through 100,000 rows stays fast. */
export class FilteredLists {
	private readonly lists = new WeakMap<object, Map<string, readonly unknown[]>>();

	/** Rows that pass; `key` tells filters (and resolved bounds) apart. */
	filter<Row>(rows: readonly Row[], key: string, test: (row: Row) => boolean): readonly Row[] {
		const known = this.lists.get(rows) ?? new Map<string, readonly unknown[]>();
		this.lists.set(rows, known);
		const found = known.get(key) as readonly Row[] | undefined;
		if (found) return found;
		const filtered = rows.filter(test);
		if (known.size >= rememberedLists) known.clear();
		known.set(key, filtered);
		return filtered;
	}
}
