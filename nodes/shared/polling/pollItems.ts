import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { SnapshotChange, SnapshotEvent, SourceAccess, TriggerEvent } from '../definition/events';
import type { Vendor } from '../definition/vendor';
import { withoutKeys } from '../http/secrets';
import { withIsoTimes } from '../output/isoTimes';
import type { PollBudget } from './budget';
import type { PollChoices } from './choices';

/** What one poll works with. */
export interface Poll {
	context: IPollFunctions;
	vendor: Vendor;
	access: SourceAccess;
	choices: PollChoices;
	budget: PollBudget;
}

/** A row as the event shows it; `before` is the state that the trigger remembers of the record, where the event has one. */
export function itemOf({ access, choices }: Poll, event: TriggerEvent, row: IDataObject, before?: string): IDataObject {
	const { vendorZone, nodeVersion } = access;
	return event.transform?.(row, choices.values, { vendorZone, nodeVersion, before }) ?? row;
}

/** A change as the event shows it. */
export function changeItem(poll: Poll, event: SnapshotEvent, change: SnapshotChange): IDataObject {
	if (event.emit !== undefined) return event.emit(change, poll.choices.values, poll.access);
	const row = change.row === undefined ? { key: change.key } : itemOf(poll, event, change.row);
	return { ...row, stateBefore: change.before ?? null, stateAfter: change.after ?? null };
}

/** What n8n gets of a poll, without secrets. */
export function toItems({ vendor, access }: Poll, rows: IDataObject[]): INodeExecutionData[][] {
	return [rows.map((json) => ({ json: withoutKeys(withIsoTimes(vendor, json, access), vendor.secretKeys) }))];
}
