import { NodeOperationError } from 'n8n-workflow';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { shortHash } from '../data/hash';
import type { SourceAccess, TriggerEvent } from '../definition/events';
import type { Vendor } from '../definition/vendor';
import type { Clock } from '../time/clock';
import { BrokenAssumption } from './assumptions';
import { millisecondsOf, PollBudget, defaultLimits } from './budget';
import type { PollLimits } from './budget';
import { chosenEvent, readChoices } from './choices';
import { StateStore } from './stateStore';
import { toItems } from './pollItems';
import type { Poll } from './pollItems';
import { acquirePollLock } from './pollLock';
import { pollSnapshotEvent, pollTailEvent, sampleOf } from './readEvent';
import type { PollOutcome } from './readEvent';
import { TooManyRecords } from './snapshot';
import type { Identity } from './state/identity';
import { restoreState } from './state/restoreState';
import { watchedLimit } from './state/watchedRecords';

/** Part of the budget after which no further page is asked for; the rest is for the page under way and the hand-over. */
const usedPart = 0.75;

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
	const deadline = clock.now() + millisecondsOf(context) * usedPart;
	const budget = new PollBudget({ ...defaultLimits, deadline, ...limits }, () => clock.now());
	const poll: Poll = { context, vendor, access, choices, budget };
	const isTest = context.getMode() === 'manual';
	const result = isTest ? sampleOf(poll, event).then((row) => toItems(poll, [row])) : pollInTurn(poll, event);
	return await result.catch((error: unknown) => Promise.reject(finishedError(poll, error)));
}

/** Failures that the engine finds by itself get the form of n8n's errors here. */
function finishedError({ context, vendor }: Poll, error: unknown): Error {
	if (error instanceof BrokenAssumption) {
		return new NodeOperationError(context.getNode(), `${vendor.displayName} returned data that this event cannot rely on`, {
			description: `Expected: ${error.assumption}. The poll stopped so that no record is silently missed. Report this with the event's name. Until it is fixed, try another event or API Request.`,
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
	const lock = acquirePollLock(keyOf(context), budget.now());
	if (lock === undefined) {
		context.logger.debug('Trigger skipped a poll: the one before is still running', { event: event.value });
		return null;
	}
	try {
		const data = context.getWorkflowStaticData('node');
		const store = new StateStore(data, keyOf(context), poll.choices.mayRepeat);
		const outcome = await pollOnce(poll, event, store.read());
		if (!lock.isHeld()) return null;
		store.write(outcome.state, outcome.rows.length > 0);
		context.logger.debug('Trigger polled', { event: event.value, emitted: outcome.rows.length, ...outcome.facts });
		return outcome.rows.length === 0 ? null : toItems(poll, outcome.rows);
	} finally {
		lock.release();
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

/** Where the credential has no time zone, the vendor's times say their offset and the zone of the workflow means nothing. */
function identityOf({ access, choices, vendor }: Poll, event: TriggerEvent): Identity {
	return {
		event: event.value,
		tenant: shortHash(access.tenant),
		zone: vendor.timeZone === undefined ? '' : access.vendorZone,
		filters: choices.fingerprint,
	};
}
