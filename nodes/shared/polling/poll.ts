import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Clock } from '../time/clock';
import type { Vendor } from '../definition/vendor';
import { withIsoTimes } from '../output/isoTimes';
import { withoutKeys } from '../http/secrets';
import { PollBudget, usualLimits } from './budget';
import type { PollLimits } from './budget';
import { chosenEvent, readChoices } from './choices';
import type { PollChoices } from './choices';
import { requestOf, tailSourceOf } from './tail/eventSource';
import type { PagePosition } from '../definition/paging';
import type { SnapshotChange, SnapshotEvent, SourceAccess, TailEvent, TriggerEvent } from '../definition/events';
import { shortHash } from '../data/hash';
import { parseVendorTime } from '../time/writtenTime';
import { BrokenAssumption, checkRows } from './assumptions';
import { StateStore } from './handover';
import { takeTurn } from './pollLock';
import { pollSnapshot, TooManyRecords } from './snapshot';
import type { SnapshotSource } from './snapshot';
import type { Identity } from './state/identity';
import type { PollState, SnapshotState, TailState } from './state/pollState';
import { restoreState } from './state/restoreState';
import { watchedLimit } from './state/watchedRecords';
import { newestSample } from './tail/newestSample';
import { pollTail } from './tail/pollTail';

/** Milliseconds that a poll may take where the host does not say it. */
const usualBudget = 30_000;

/** Part of the budget after which no further page is asked for; the rest is for the page under way and the hand-over. */
const usedPart = 0.75;

/** What one poll works with. */
interface Poll {
	context: IPollFunctions;
	vendor: Vendor;
	access: SourceAccess;
	choices: PollChoices;
	budget: PollBudget;
}

/** What a poll found, and what is to be remembered when it is handed over. */
interface PollOutcome {
	rows: IDataObject[];
	state: PollState;
	/** For the log: counts only. */
	facts: IDataObject;
}

/**
 * Polls the chosen event once.
 *
 * In the editor's test fetch it gives one real sample and leaves the state alone. Else it gives what is new, oldest first, or null;
 * the state is written once, at the end. Polls of the same node do not overlap: the later one gives null.
 * @param access throws finished NodeApiErrors; they are passed on and the state stays as it was
 * @param clock the machine's clock, for the budget
 * @param limits for tests
 * @throws NodeApiError when a test fetch finds nothing; NodeOperationError for bad filters, too large snapshots and answers that an event cannot rely on
 */
export async function pollEvent(
	context: IPollFunctions,
	vendor: Vendor,
	access: SourceAccess,
	clock: Pick<Clock, 'now'>,
	limits: Partial<PollLimits> = {},
): Promise<INodeExecutionData[][] | null> {
	const event = chosenEvent(context, vendor);
	const choices = readChoices(context, vendor, event, access);
	const deadline = clock.now() + (context.getPollBudgetMs?.() ?? usualBudget) * usedPart;
	const budget = new PollBudget({ ...usualLimits, deadline, ...limits }, () => clock.now());
	const poll: Poll = { context, vendor, access, choices, budget };
	const isTest = context.getMode() === 'manual';
	const result = isTest ? sampleOf(poll, event).then((row) => toItems(poll, [row])) : pollInTurn(poll, event);
	return await result.catch((error: unknown) => Promise.reject(finishedError(poll, error)));
}

/** Failures that the engine finds by itself get the form of n8n's errors here. */
function finishedError({ context, vendor }: Poll, error: unknown): Error {
	if (error instanceof BrokenAssumption) {
		return new NodeOperationError(context.getNode(), `${vendor.displayName} does not answer as this event relies on`, {
			description: `Expected: ${error.assumption}. The poll stopped so that no record is missed without notice. Report this with the event's name; another event or API Request may do meanwhile.`,
		});
	}
	if (error instanceof TooManyRecords) {
		return new NodeOperationError(context.getNode(), `More than ${watchedLimit} records match this event`, {
			description: `The trigger compares at most ${watchedLimit} records. Narrow the filters, or use one trigger for each part.`,
		});
	}
	return error as Error;
}

async function pollInTurn(poll: Poll, event: TriggerEvent): Promise<INodeExecutionData[][] | null> {
	const { context, budget } = poll;
	const turn = takeTurn(keyOf(context), budget.now());
	if (turn === undefined) {
		context.logger.debug('Trigger skipped a poll: the one before is still running', { event: event.value });
		return null;
	}
	try {
		const data = context.getWorkflowStaticData('node');
		const store = new StateStore(data, keyOf(context), poll.choices.mayRepeat);
		const outcome = await pollOnce(poll, event, store.read());
		if (!turn.isHeld()) return null;
		store.write(outcome.state, outcome.rows.length > 0);
		context.logger.debug('Trigger polled', { event: event.value, emitted: outcome.rows.length, ...outcome.facts });
		return outcome.rows.length === 0 ? null : toItems(poll, outcome.rows);
	} finally {
		turn.end();
	}
}

function keyOf(context: IPollFunctions): string {
	return `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
}

async function pollOnce(poll: Poll, event: TriggerEvent, stored: unknown): Promise<PollOutcome> {
	const identity = identityOf(poll, event);
	const { state, reason } = restoreState(stored, identity, poll.choices.earlierFingerprints);
	if (reason !== undefined) {
		poll.context.logger.info(`The trigger starts over, because ${reason}: records from now on start the workflow`, {
			node: poll.context.getNode().name,
			event: event.value,
		});
	}
	if (event.kind === 'tail') {
		return await pollTailEvent(poll, event, identity, state?.kind === 'tail' ? state : undefined);
	}
	return await pollSnapshotEvent(poll, event, identity, state?.kind === 'snapshot' ? state : undefined);
}

async function pollTailEvent(
	poll: Poll,
	event: TailEvent,
	identity: Identity,
	stored: TailState | undefined,
): Promise<PollOutcome> {
	const { budget } = poll;
	const { state, events, remembered } = await pollTail(sourceOf(poll, event), stored, identity, budget);
	if (budget.stuck) {
		poll.context.logger.debug('Trigger ended a list early: the same page came again', { event: event.value });
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

async function pollSnapshotEvent(
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

async function sampleOf(poll: Poll, event: TriggerEvent): Promise<IDataObject> {
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
		const before = event.sampleBefore?.(first.state) ?? first.state;
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

function itemOf({ access, choices }: Poll, event: TriggerEvent, row: IDataObject, before?: string): IDataObject {
	const { vendorZone, nodeVersion } = access;
	return event.transform?.(row, choices.values, { vendorZone, nodeVersion, before }) ?? row;
}

function changeItem(poll: Poll, event: SnapshotEvent, change: SnapshotChange): IDataObject {
	if (event.emit !== undefined) return event.emit(change, poll.choices.values, poll.access);
	const row = change.row === undefined ? { key: change.key } : itemOf(poll, event, change.row);
	return { ...row, stateBefore: change.before ?? null, stateAfter: change.after ?? null };
}

/** Where the credential has no time zone, the vendor's times say their offset and the zone of the workflow means nothing. */
function identityOf({ access, choices, vendor }: Poll, event: TriggerEvent): Identity {
	return {
		event: event.value,
		tenant: shortHash(access.tenant),
		zone: vendor.timeZone === undefined ? '' : access.vendorZone,
		filters: choices.fingerprint,
	};
}

function toItems({ vendor, access }: Poll, rows: IDataObject[]): INodeExecutionData[][] {
	return [rows.map((json) => ({ json: withoutKeys(withIsoTimes(vendor, json, access), vendor.secretKeys) }))];
}
