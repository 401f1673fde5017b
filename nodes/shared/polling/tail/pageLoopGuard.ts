import type { TailPage } from './tailSource';

/** Notices a vendor that gives the same page for ever. */
export class PageLoopGuard<Row> {
	private readonly positions = new Set<string>();

	private lastContent = '';

	/** @param keyOf what a row is known by */
	constructor(private readonly keyOf: (row: Row) => string) {}

	/**
	 * True when the page was read before or leads to itself.
	 * @param again rows of the page before, looked at again: where they have changed, new records pushed its rows on to this page
	 */
	isStuck(page: TailPage<Row>, again: Row[] = []): boolean {
		const content = this.contentOf(page.rows);
		const sameContent = content !== '' && content === this.lastContent;
		const hasMoved = again.length > 0 && this.contentOf(again) !== content;
		this.lastContent = content;
		return (sameContent && !hasMoved) || this.isKnownPosition(page);
	}

	private contentOf(rows: Row[]): string {
		return rows.map(this.keyOf).join();
	}

	private isKnownPosition({ position, next }: TailPage<Row>): boolean {
		if (position === undefined) return false;
		const text = JSON.stringify(position);
		const known = this.positions.has(text) || JSON.stringify(next) === text;
		this.positions.add(text);
		return known;
	}
}
