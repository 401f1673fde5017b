import type { TailPage } from './tailSource';

/** Notices a vendor that gives the same page for ever. */
export class PageLoopGuard<Row> {
	private readonly positions = new Set<string>();

	private lastContent = '';

	/** @param keyOf what a row is known by */
	constructor(private readonly keyOf: (row: Row) => string) {}

	/** True when the page was read before or leads to itself. */
	isStuck(page: TailPage<Row>): boolean {
		const content = page.rows.map(this.keyOf).join();
		const sameContent = content !== '' && content === this.lastContent;
		this.lastContent = content;
		return sameContent || this.isKnownPosition(page);
	}

	private isKnownPosition({ position, next }: TailPage<Row>): boolean {
		if (position === undefined) return false;
		const text = JSON.stringify(position);
		const known = this.positions.has(text) || JSON.stringify(next) === text;
		this.positions.add(text);
		return known;
	}
}
