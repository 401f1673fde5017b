import type { IDataObject } from 'n8n-workflow';

import type { Field, RowContext } from '../shared/definition/operation';
import type { FieldValues } from '../shared/definition/request';
import { reportsStates } from '../shared/definition/events';
import type { SnapshotEvent, TimeFilter, TriggerEvent } from '../shared/definition/events';
import { instant } from '../shared/input/values';
import { groupFilter, operatorChannels, operatorFilter, skillFilter, websiteFilter } from './fields';
import { parseHistory } from './formats/history';
import { readOnlineAndOffline } from './jobs/readOnlineAndOffline';

const hour = 60;
const day = 24 * hour;

/** Time filter of the lists; both bounds are inclusive. */
const bySecond: TimeFilter = {
	parameter: 'filters[from]',
	until: 'filters[to]',
	write: instant({ format: 'yyyy-MM-dd HH:mm:ss', zone: 'vendor' }),
};

/** Transactions are filtered by whole days. */
const byDay: TimeFilter = {
	parameter: 'filters[from]',
	until: 'filters[to]',
	write: instant({ format: 'yyyy-MM-dd', zone: 'vendor' }),
	stepSeconds: 86_400,
	isInclusive: true,
};

/** One channel or all. */
export const channelFilter: Field = {
	displayName: 'Channel',
	name: 'channel',
	type: 'options',
	default: 'all',
	options: [{ name: 'All', value: 'all' }, ...operatorChannels],
	send: { name: 'filters[channel]', write: (value) => (value === 'all' ? undefined : value) },
};

const channelNames = ['chat', 'call', 'video'];

/** Channels whose changes count. */
export const watchedChannels: Field = {
	displayName: 'Channels',
	name: 'channels',
	type: 'multiOptions',
	default: ['chat', 'call', 'video'],
	description: 'Only changes on these channels start the workflow; signing in and out always does',
	options: operatorChannels,
	send: { place: 'none' },
};

const rowId = (row: IDataObject) => String(row.id);

function withMessages(row: IDataObject, _values: FieldValues, context: RowContext): IDataObject {
	const messages = parseHistory(row.history, context);
	if (messages === undefined) return row;
	const { history: _history, ...rest } = row;
	return { ...rest, messages };
}

/** Live state as short text: `connected:1,chat:1,call:0,video:0`. */
export function availabilityState(row: IDataObject, values: FieldValues): string {
	const channels = (values.channels as string[] | undefined) ?? channelNames;
	const flag = (value: unknown) => (value === true || value === 1 || value === '1' ? 1 : 0);
	const available = (name: string) => flag((row[name] as IDataObject | undefined)?.available);
	return [`connected:${flag(row.connected)}`, ...channels.map((name) => `${name}:${available(name)}`)].join(',');
}

/** State as text, read back. */
export function readState(state: string | undefined): IDataObject | null {
	if (state === undefined) return null;
	return Object.fromEntries(state.split(',').map((part) => [part.split(':')[0], part.split(':')[1] === '1']));
}

/** The vendor lists operators with groups or skills only for a group or skill that is asked for. */
function neededWhereUsed(filter: Field): Field {
	return { ...filter, hint: 'Choose one if your operators have groups or skills: otherwise iAdvize leaves those operators out' };
}

function statusState(status: string | undefined): IDataObject | null {
	return status === undefined ? null : { status };
}

/** Every callback begins with it. */
const firstMeetingStatus = 'pending';

/** Call meetings have a planned time only: from a week ago on, later ones are read whole. */
const readCallMeetings: SnapshotEvent['read'] = async function* (access, _values, request, start) {
	const from = access.now() - 7 * day * 60_000;
	const zones = { inputZone: access.inputZone, vendorZone: access.vendorZone, now: access.now() };
	const query = { ...request.query, 'filters[from]': bySecond.write(from, zones) as string };
	yield* access.pages({ ...request, query }, start);
};

/** What the iAdvize Trigger can start on. */
export const events: TriggerEvent[] = [
	{
		kind: 'snapshot',
		value: 'callMeetingCreated',
		name: 'Call Meeting Created',
		description: 'A callback was scheduled',
		source: { resource: 'callMeeting', operation: 'getMany' },
		fields: [websiteFilter],
		key: rowId,
		state: () => 'known',
		emitNew: true,
		emit: ({ row }) => row ?? {},
		read: readCallMeetings,
	},
	{
		kind: 'snapshot',
		value: 'callMeetingStatusChanged',
		name: 'Call Meeting Status Changed',
		description: 'The status of a scheduled callback changed, up to a week after its planned time',
		source: { resource: 'callMeeting', operation: 'getMany' },
		fields: [websiteFilter],
		key: rowId,
		state: (row) => String(row.status ?? ''),
		sampleBefore: (state) => (state === firstMeetingStatus ? undefined : firstMeetingStatus),
		emitNew: true,
		// A callback that was scheduled and taken up between two polls.
		wanted: ({ before, after }) => before !== undefined || after !== firstMeetingStatus,
		emit: ({ row, before, after }, _values, context) => ({
			...row,
			...(reportsStates(context)
				? { before: statusState(before), after: statusState(after) }
				: { statusBefore: before ?? null, statusAfter: after ?? null }),
		}),
		read: readCallMeetings,
	},
	{
		kind: 'tail',
		value: 'conversationClosed',
		name: 'Conversation Closed',
		description: 'A conversation ended',
		source: { resource: 'conversation', operation: 'getMany' },
		fields: [channelFilter, operatorFilter, websiteFilter],
		since: bySecond,
		// The list filters by start: conversations that ran longer are not seen ending.
		lookBackHours: 24,
		order: 'unknown',
		time: (row) => row.closed_at || undefined,
		id: rowId,
		overlapMinutes: 15,
		transform: withMessages,
	},
	{
		kind: 'tail',
		value: 'conversationStarted',
		name: 'Conversation Created',
		description: 'A conversation started',
		source: { resource: 'conversation', operation: 'getMany' },
		fields: [channelFilter, operatorFilter, websiteFilter],
		since: bySecond,
		order: 'descending',
		time: (row) => row.created_at,
		id: rowId,
		overlapMinutes: 15,
		transform: withMessages,
	},
	{
		kind: 'snapshot',
		value: 'operatorAvailabilityChanged',
		name: 'Operator Status Changed',
		description: 'An operator signed in or out, or became available or unavailable on a channel',
		source: { resource: 'operator', operation: 'getManyAvailabilities' },
		fields: [watchedChannels, neededWhereUsed(groupFilter), neededWhereUsed(skillFilter), websiteFilter],
		key: rowId,
		state: availabilityState,
		// One who signed in comes from nowhere, one who signed out was available everywhere.
		sampleBefore: (state) => state.replace(/:[01]/g, state.startsWith('connected:1') ? ':0' : ':1'),
		emitNew: true,
		// The first sign-in of an operator.
		wanted: ({ before, after = '' }) => before !== undefined || after.includes(':1'),
		emit: ({ row, before, after }) => ({ ...row, before: readState(before), after: readState(after) }),
		read: readOnlineAndOffline,
	},
	{
		kind: 'tail',
		value: 'satisfactionReceived',
		name: 'Satisfaction Received',
		description: 'A visitor answered the legacy satisfaction survey',
		source: { resource: 'satisfaction', operation: 'getMany' },
		fields: [operatorFilter, websiteFilter],
		since: bySecond,
		order: 'unknown',
		time: (row) => row.created_at,
		id: rowId,
		overlapMinutes: hour,
	},
	{
		kind: 'tail',
		value: 'transactionRecorded',
		name: 'Transaction Created',
		description: 'A purchase became available, which is after 05:00 on the following day',
		source: { resource: 'transaction', operation: 'getMany' },
		fields: [operatorFilter, websiteFilter],
		since: byDay,
		order: 'unknown',
		time: (row) => row.created_at,
		id: rowId,
		// A purchase just after midnight shows up 29 hours later; a late night's run of the vendor is covered too.
		overlapMinutes: 3 * day,
	},
	{
		kind: 'tail',
		value: 'visitorCreated',
		name: 'Visitor Created',
		description: 'A visitor was seen for the first time',
		source: { resource: 'visitor', operation: 'getMany' },
		fields: [websiteFilter],
		order: 'descending',
		time: (row) => row.created_at,
		id: rowId,
		overlapMinutes: 15,
	},
];
