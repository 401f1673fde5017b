// What a poll reads of an event, by its kind.
import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { SnapshotChange, SnapshotEvent, TailEvent, TriggerEvent } from '../definition/events';
import type { PagePosition } from '../definition/paging';
import { parseVendorTime } from '../time/writtenTime';
import { checkRows } from './assumptions';
import { changeItem, itemOf } from './pollItems';
import type { Poll } from './pollItems';
import { pollSnapshot } from './snapshot';
import type { SnapshotSource } from './snapshot';
import type { Identity } from './state/identity';
import type { PollState, SnapshotState, TailState } from './state/pollState';
import { requestOf, tailSourceOf } from './tail/eventSource';
import { newestSample } from './tail/newestSample';
import { pollTail } from './tail/pollTail';

/** What a poll found, and what is to be remembered when it is handed over. */
export interface PollOutcome {
	rows: IDataObject[];
	state: PollState;
	/** For the log: counts only. */
	facts: IDataObject;
}

/** Reads the records that are new since the state. */
export async function pollTailEvent(
	poll: Poll,
	event: TailEvent,
	identity: Identity,
	stored: TailState | undefined,
): Promise<PollOutcome> {
	const { budget } = poll;
	const { state, events, remembered } = await pollTail(sourceOf(poll, event), stored, identity, budget);
	if (budget.stuck) {
		poll.context.logger.debug('Trigger stopped reading a list early: the same page came again', { event: event.value });
	}
	return {
		rows: events.map(({ row, before }) => itemOf(poll, event, row, before)),
		state,
		facts: {
			baseline: stored?.watermark === undefined,
			pages: budget.pagesRead,
			moreToRead: state.backlog !== undefined,
			remembered,
			watermarkMovedSeconds: ((state.watermark ?? 0) - (stored?.watermark ?? state.watermark ?? 0)) / 1_000,
		},
	};
}

/** Compares the list with the state. */
export async function pollSnapshotEvent(
	poll: Poll,
	event: SnapshotEvent,
	identity: Identity,
	stored: SnapshotState | undefined,
): Promise<PollOutcome> {
	const isWanted = (change: SnapshotChange) => event.wanted?.(change, poll.choices.values) ?? true;
	const options = { emitNew: event.emitNew === true, emitGone: event.emitGone === true };
	const source: SnapshotSource<IDataObject> = { pages: (start) => watchedPages(poll, event, start) };
	const { changes, state, watched } = await pollSnapshot(source, stored, identity, options, poll.budget);
	return {
		rows: changes.filter(isWanted).map((change) => changeItem(poll, event, change)),
		state,
		facts: { baseline: stored === undefined, watched, pages: poll.budget.pagesRead, moreToRead: state.reading !== undefined },
	};
}

/**
 * One real record for the editor's test fetch.
 * @throws NodeApiError when there is none
 */
export async function sampleOf(poll: Poll, event: TriggerEvent): Promise<IDataObject> {
	const sample = event.kind === 'tail' ? await tailSample(poll, event) : await snapshotSample(poll, event);
	if (sample !== undefined) return sample;
	const message = `No record found for the event '${event.name}'`;
	const error = new NodeApiError(poll.context.getNode(), { message }, { message });
	error.description = `Make one happen in ${poll.vendor.displayName}, or widen the filters, then fetch again. An active workflow is not affected.`;
	throw error;
}

async function tailSample(poll: Poll, event: TailEvent): Promise<IDataObject | undefined> {
	const row = await newestSample(sourceOf(poll, event), poll.budget);
	return row === undefined ? undefined : itemOf(poll, event, row);
}

async function snapshotSample(poll: Poll, event: SnapshotEvent): Promise<IDataObject | undefined> {
	for await (const { rows } of watchedPages(poll, event)) {
		const [first] = rows;
		if (first === undefined) continue;
		const before = event.sampleBefore === undefined ? first.state : event.sampleBefore(first.state);
		return changeItem(poll, event, { key: first.key, row: first.row, before, after: first.state });
	}
	return undefined;
}

function sourceOf({ access, choices, budget }: Poll, event: TailEvent) {
	return tailSourceOf(event, access, choices, () => {
		budget.stuck = true;
	});
}

async function* watchedPages(
	{ access, choices }: Poll,
	event: SnapshotEvent,
	start?: PagePosition,
): ReturnType<SnapshotSource<IDataObject>['pages']> {
	const request = requestOf(event.source, choices.filters);
	const pages = event.read?.(access, choices.values, request, start) ?? access.pages(request, start);
	for await (const page of pages) {
		checkRows(event, page.rows, choices.values);
		const kept = page.rows.filter((row) => event.keep?.(row, choices.values) ?? true);
		const rows = kept.map((row) => ({
			key: event.key(row),
			state: event.state(row, choices.values),
			row,
			changedAt: parseVendorTime(event.changedAt?.(row), access.vendorZone),
		}));
		yield { rows, position: page.position, ...(page.next === undefined ? {} : { next: page.next }) };
	}
}
