import type { PollBudget } from '../budget';
import type { TimeWindow } from '../../definition/events';
import type { PageState } from '../state/pollState';
import { PageLoopGuard } from './pageLoopGuard';
import type { TailPage, TailSource } from './tailSource';

/** A page with where to go on after it. */
export interface ReadPage<Row> {
	/** Rows of the page, before them those of the page before that was looked at again. */
	rows: Row[];
	page: TailPage<Row>;
	/** Left out on the last page. */
	goOn?: PageState;
	/** The vendor gives the same page again and again. */
	isStuck: boolean;
}

/**
 * Reads a list page by page. When a page was read, the one before it is read again: a record that changes or is deleted in between
 * shifts the others, and the first ones of a page to the end of the page before. So none is missed that was there all along, as
 * long as fewer than a page of records shift between two requests.
 * @param start where an earlier reading stopped
 * @param always false where only the first page after `start` needs it
 */
export async function* recheckedPages<Row>(
	source: TailSource<Row>,
	window: TimeWindow,
	budget: PollBudget,
	start: PageState | undefined,
	always = true,
): AsyncGenerator<ReadPage<Row>> {
	const guard = new PageLoopGuard<Row>((row) => source.key(row));
	let before = start;
	for await (const page of source.pages(window, start?.position)) {
		budget.pagesRead++;
		source.check?.(page.rows, window);
		const isShifting = before?.previous !== undefined && before.list === page.list && (always || before === start);
		const again = isShifting ? await readAgain(source, window, before!.previous!, budget) : [];
		before = goOnOf(page);
		yield { rows: [...again, ...page.rows], page, goOn: before, isStuck: guard.isStuck(page, again) };
	}
}

function goOnOf<Row>({ position, next, list }: TailPage<Row>): PageState | undefined {
	if (next === undefined) return undefined;
	return {
		position: next,
		...(position === undefined ? {} : { previous: position }),
		...(list === undefined ? {} : { list }),
	};
}

/** Rows of one page; none where its cursor is no longer good, because a cursor that names a record does not shift. */
async function readAgain<Row>(
	source: TailSource<Row>,
	window: TimeWindow,
	position: NonNullable<PageState['previous']>,
	budget: PollBudget,
): Promise<Row[]> {
	budget.pagesRead++;
	const pages = source.pages(window, position);
	const first = await pages.next().catch((error: unknown) => {
		if (source.isRefusedPage?.(error) === true) return { done: true as const, value: undefined };
		return Promise.reject(error as Error);
	});
	await pages.return(undefined);
	return first.done === true ? [] : first.value.rows;
}
