import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { Clock } from '../time/clock';
import type { Vendor } from '../definition/vendor';
import { withoutKeys } from '../http/secrets';
import { parseVendorTime } from '../input/values';
import { PollBudget, usualLimits } from './budget';
import type { PollLimits } from './budget';
import { chosenEvent, readChoices } from './choices';
import type { PollChoices } from './choices';
import { requestOf, tailSourceOf } from './tail/eventSource';
import type { SnapshotChange, SnapshotEvent, SourceAccess, TailEvent, TriggerEvent } from '../definition/events';
import { takeTurn } from './pollLock';
import { newestSample } from './tail/newestSample';
import { compareSnapshots } from './snapshot';
import type { WatchedRow } from './snapshot';
import { memoryLimit, restoreState } from './state';
import type { SnapshotState, TailState } from './state';
import { pollTail } from './tail/pollTail';

/** Milliseconds that a poll may take where the host does not say it. */
const usualBudget = 30_000;

/** Part of the budget after which no further page is asked for; the rest is for the page under way and the hand-over. */
const usedPart = 0.75;

/** Name under which the state lies in the node's static data. */
const stateName = 'cursor';

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
	state: TailState | SnapshotState;
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
 * @throws NodeApiError when a test fetch finds nothing; NodeOperationError for bad filters and too large snapshots
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
	if (context.getMode() === 'manual') return toItems(poll, [await sampleOf(poll, event)]);
	return await pollInTurn(poll, event);
}

async function pollInTurn(poll: Poll, event: TriggerEvent): Promise<INodeExecutionData[][] | null> {
	const { context, budget } = poll;
	const turn = takeTurn(`${context.getWorkflow().id ?? ''}:${context.getNode().id}`, budget.now());
	if (turn === undefined) {
		context.logger.debug('Trigger skipped a poll: the one before is still running', { event: event.value });
		return null;
	}
	try {
		const outcome = await pollOnce(poll, event);
		if (!turn.isHeld()) return null;
		context.getWorkflowStaticData('node')[stateName] = outcome.state;
		context.logger.debug('Trigger polled', { event: event.value, emitted: outcome.rows.length, ...outcome.facts });
		return outcome.rows.length === 0 ? null : toItems(poll, outcome.rows);
	} finally {
		turn.end();
	}
}

async function pollOnce(poll: Poll, event: TriggerEvent): Promise<PollOutcome> {
	const stored = poll.context.getWorkflowStaticData('node')[stateName];
	const state = restoreState(stored, event.value, poll.choices.fingerprint);
	if (event.kind === 'tail') return await pollTailEvent(poll, event, state?.kind === 'tail' ? state : undefined);
	return await pollSnapshotEvent(poll, event, state?.kind === 'snapshot' ? state : undefined);
}

async function pollTailEvent(poll: Poll, event: TailEvent, stored: TailState | undefined): Promise<PollOutcome> {
	const { budget } = poll;
	const result = await pollTail(sourceOf(poll, event), stored, identityOf(poll, event), budget);
	const { state, events } = result;
	if (budget.stuck) {
		poll.context.logger.debug('Trigger ended a list early: the same page came again', { event: event.value });
	}
	return {
		rows: events.map(({ row }) => itemOf(poll, event, row)),
		state,
		facts: {
			baseline: stored?.watermark === undefined,
			pages: budget.pagesRead,
			moreToRead: state.drain !== undefined,
			remembered: state.seen.length,
			watermarkMovedSeconds: ((state.watermark ?? 0) - (stored?.watermark ?? state.watermark ?? 0)) / 1_000,
		},
	};
}

async function pollSnapshotEvent(
	poll: Poll,
	event: SnapshotEvent,
	stored: SnapshotState | undefined,
): Promise<PollOutcome> {
	const rows: Array<WatchedRow<IDataObject>> = [];
	for await (const batch of batchesOf(poll, event)) rows.push(...watched(poll, event, batch));
	const isWanted = (change: SnapshotChange) => event.wanted?.(change, poll.choices.values) ?? true;
	const options = { emitNew: event.emitNew === true, emitGone: event.emitGone === true };
	const comparison = compareSnapshots(rows, stored, identityOf(poll, event), options);
	if (comparison === undefined) {
		throw new NodeOperationError(poll.context.getNode(), `More than ${memoryLimit} records match this event`, {
			description: `The trigger compares at most ${memoryLimit} records. Narrow the filters, or use one trigger for each part.`,
		});
	}
	return {
		rows: comparison.changes.filter(isWanted).map((change) => changeItem(poll, event, change)),
		state: comparison.state,
		facts: { baseline: stored === undefined, watched: rows.length },
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
	for await (const batch of batchesOf(poll, event)) {
		const [first] = watched(poll, event, batch);
		if (first === undefined) continue;
		return changeItem(poll, event, { key: first.key, row: first.row, before: first.state, after: first.state });
	}
	return undefined;
}

function sourceOf({ access, choices, budget }: Poll, event: TailEvent) {
	return tailSourceOf(event, access, choices, () => {
		budget.stuck = true;
	});
}

function batchesOf({ access, choices }: Poll, event: SnapshotEvent): AsyncGenerator<IDataObject[]> {
	const request = requestOf(event.source, choices.filters);
	return event.read?.(access, choices.values, request) ?? access.list(request);
}

function watched({ access, choices }: Poll, event: SnapshotEvent, rows: IDataObject[]): Array<WatchedRow<IDataObject>> {
	return rows
		.filter((row) => event.keep?.(row, choices.values) ?? true)
		.map((row) => ({
			key: event.key(row),
			state: event.state(row, choices.values),
			row,
			changedAt: parseVendorTime(event.changedAt?.(row), access.vendorZone),
		}));
}

function itemOf({ access, choices }: Poll, event: TriggerEvent, row: IDataObject): IDataObject {
	return event.transform?.(row, choices.values, access) ?? row;
}

function changeItem(poll: Poll, event: SnapshotEvent, change: SnapshotChange): IDataObject {
	if (event.emit !== undefined) return event.emit(change, poll.choices.values, poll.access);
	const row = change.row === undefined ? { key: change.key } : itemOf(poll, event, change.row);
	return { ...row, stateBefore: change.before ?? null, stateAfter: change.after ?? null };
}

function identityOf({ choices }: Poll, event: TriggerEvent) {
	return { event: event.value, filters: choices.fingerprint };
}

function toItems({ vendor }: Poll, rows: IDataObject[]): INodeExecutionData[][] {
	return [rows.map((json) => ({ json: withoutKeys(json, vendor.secretKeys) }))];
}
