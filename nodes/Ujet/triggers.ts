import type { IDataObject } from 'n8n-workflow';

import type { Field, RowContext } from '../shared/definition/operation';
import type { FieldValues } from '../shared/definition/request';
import { locator } from '../shared/editor/fields';
import { reportsStates } from '../shared/definition/events';
import type { SnapshotChange, SnapshotEvent, TailEvent, TimeFilter, TriggerEvent } from '../shared/definition/events';
import { integer, numericIdentifier, oneOf } from '../shared/input/values';
import { activityFilter, campaignInPath, choicesFilter, language, menuList, idsFromList, writeTime } from './fields';
import { callStatuses, callTypes, chatStatuses, chatTypes, contactStatuses, emailStatuses, waitChannels } from './formats/codes';
import { hasEnded } from './formats/importStatus';

/** Identifier of a record. */
export const rowId = (row: IDataObject) => String(row.id);

/** Minutes. */
const day = 24 * 60;

/** Time filter of a list, with both bounds; `changed` also says where the time stands in the row and that the list is in its order. */
function timeFilterBy(column: string, changed?: Pick<TimeFilter, 'time' | 'order'>): TimeFilter {
	return { parameter: `${column}[from]`, until: `${column}[to]`, write: writeTime, ...changed };
}

/** Oldest first, so that reading can stop anywhere. */
const ascending = (column: string): IDataObject => ({ sort_column: column, sort_direction: 'ASC' });

/** Filters of sessions. */
export const agentsFilter = idsFromList('Agent Names or IDs', 'agentIds', 'agent', 'agent_id[]');
export const callTypesFilter = choicesFilter('callTypes', 'Call Types', 'call_type[]', callTypes);

/** The lists of sessions do not filter by menu, so the trigger does. */
export const menusFilter: Field = { ...idsFromList('Menu Names or IDs', 'menuIds', 'menu', 'menu_id'), send: { place: 'none' } };

export const chatTypesFilter = choicesFilter('chatTypes', 'Chat Types', 'chat_type[]', chatTypes);
const callFilters = [agentsFilter, callTypesFilter, menusFilter];
const chatFilters = [agentsFilter, chatTypesFilter, menusFilter];
const emailFilters = [agentsFilter, menusFilter];

/**
 * A new session often gets its agent only later, so that a filter by agent would lose it. Kept for workflows of 0.1.0 that have it;
 * new ones choose the events Assigned.
 */
const formerAgents: Field = { ...agentsFilter, type: 'hidden', default: [] };

/** The vendor's reports of calls hold no number of the caller, and people take the support number for it. */
const callerNotice: Field = {
	displayName:
		'UJET does not provide the caller\'s number: support_number is the number of your contact center. Look the caller up in your CRM, by end_user.identifier or the ticket of the call.',
	name: 'callerNotice',
	type: 'notice',
	default: '',
};

/** Values of a filter that the vendor does not offer, as texts; empty when all are wanted. */
export function wantedValues(values: FieldValues, name: string): string[] {
	const given = values[name];
	if (given === undefined) return [];
	return (Array.isArray(given) ? given : String(given).split(',')).map((value) => String(value).trim());
}

/** True when the value is one of a filter's, in whichever case, or all are wanted. */
function isWanted(value: unknown, values: FieldValues, name: string): boolean {
	const all = wantedValues(values, name).map((entry) => entry.toLowerCase());
	return all.length === 0 || all.includes(String(value).toLowerCase());
}

/** True when no menu is chosen or the session is of one of them. */
export function inWantedMenu(row: IDataObject, values: FieldValues): boolean {
	const ids = wantedValues(values, 'menuIds');
	return ids.length === 0 || ids.includes(String((row.selected_menu as IDataObject | null)?.id));
}

/** New sessions of a list. */
function createdEvent(
	resource: string,
	text: Pick<TailEvent, 'value' | 'name' | 'description' | 'fields'>,
	states: Record<string, string[]> = {},
): TailEvent {
	return {
		kind: 'tail',
		...text,
		source: { resource, operation: 'getMany', query: { ...ascending('created_at'), ...states } },
		since: timeFilterBy('created_at'),
		order: 'ascending',
		time: (row) => row.created_at,
		id: rowId,
		keep: inWantedMenu,
		overlapMinutes: 15,
		// A session is in the list of an agent only once it has the agent: a scheduled or queued one gets it later.
		overlapFor: (values) => (wantedValues(values, 'agentIds').length > 0 ? day : undefined),
	};
}

/** Sessions of a list whenever they change. */
function updatedEvent(resource: string, text: Pick<TailEvent, 'value' | 'name' | 'description' | 'fields'>): TailEvent {
	return {
		kind: 'tail',
		...text,
		source: { resource, operation: 'getMany', query: ascending('updated_at') },
		since: timeFilterBy('updated_at'),
		order: 'ascending',
		time: (row) => row.updated_at,
		id: rowId,
		version: (row) => String(row.updated_at),
		keep: inWantedMenu,
		overlapMinutes: 15,
	};
}

/** Sessions once they have the time of a step, such as the choice of an agent, which may come long after they were created. */
function reachedEvent(
	resource: string,
	step: 'assigned_at' | 'connected_at',
	text: Pick<TailEvent, 'value' | 'name' | 'description' | 'fields'>,
): TailEvent {
	return {
		kind: 'tail',
		...text,
		source: { resource, operation: 'getMany', query: ascending('created_at') },
		since: timeFilterBy(step, { time: (row) => row[step] }),
		order: 'unknown',
		time: (row) => row[step],
		id: rowId,
		keep: inWantedMenu,
		overlapMinutes: 15,
	};
}

/**
 * Sessions once they have reached one of the states. They are found by their last change and known by their end,
 * so that a rating or a recording that comes later starts nothing again.
 */
function endedEvent(
	resource: string,
	states: Record<string, string[]>,
	text: Pick<TailEvent, 'value' | 'name' | 'description' | 'fields' | 'earlierSources'>,
): TailEvent {
	return {
		kind: 'tail',
		...text,
		source: { resource, operation: 'getMany', query: { ...ascending('updated_at'), ...states } },
		since: timeFilterBy('updated_at', { time: (row) => row.updated_at, order: 'ascending' }),
		assumptions: [
			{
				text: 'The list honors the filter by status',
				holds: (row) =>
					Object.entries(states).every(([parameter, allowed]) => {
						const status = row[parameter.replace('[]', '')] ?? row.status ?? row.email_status;
						return status === undefined || status === null || allowed.includes(String(status));
					}),
			},
		],
		order: 'unknown',
		time: (row) => row.ends_at ?? row.finished_at ?? row.updated_at,
		id: rowId,
		keep: inWantedMenu,
		overlapMinutes: 15,
	};
}

const waitLanguage: Field = {
	...language,
	name: 'waitLanguage',
	required: true,
	description: 'Language of the queues; each language of a queue has its own wait time',
};

const waitChannel: Field = {
	displayName: 'Channel',
	name: 'waitChannel',
	type: 'options',
	required: true,
	default: 'voice_call',
	options: waitChannels,
	send: { name: 'channel_type', write: oneOf(waitChannels.map(({ value }) => value)) },
};

const threshold: Field = {
	displayName: 'Threshold (Seconds)',
	name: 'threshold',
	type: 'number',
	typeOptions: { minValue: 1 },
	required: true,
	default: 120,
	description: 'The workflow starts when the estimated wait rises above this, and once more when it falls back',
	send: { place: 'none', write: integer({ minimum: 1 }) },
};

const waitOf = (row: IDataObject, values: FieldValues) => Number(row[String(values.waitChannel ?? 'voice_call')] ?? 0);

/** The watched state of a change, under the name that it has in the item: as objects, or as version 1 showed it. */
function statesOf({ before, after }: SnapshotChange, name: string, context: RowContext): IDataObject {
	if (!reportsStates(context)) return { [`${name}Before`]: before ?? null, [`${name}After`]: after ?? null };
	return { before: stateIn(name, before), after: stateIn(name, after) };
}

/** A watched state as an object; null where there is none or it is not known. */
function stateIn(name: string, state: string | undefined): IDataObject | null {
	return state === undefined ? null : { [name]: state };
}

/** Name of an agent's status; the vendor gives an object or a text. */
function agentStatus(row: IDataObject): IDataObject[string] {
	return (row.status as IDataObject | null)?.name ?? row.status;
}

/** Only the newest jobs can end between two polls. */
const readNewestJobs: SnapshotEvent['read'] = async function* (access, _values, request) {
	for await (const { rows, position } of access.pages(request)) {
		yield { rows, position };
		return;
	}
};

/** What the UJET Trigger can start on. */
export const events: TriggerEvent[] = [
	{
		kind: 'tail',
		value: 'agentActivity',
		name: 'Agent Activity',
		description: 'An agent signed in or out, was offered or picked up a call or chat, or changed status',
		source: { resource: 'agentActivityLog', operation: 'getMany', query: ascending('started_at') },
		fields: [activityFilter, agentsFilter],
		since: timeFilterBy('started_at'),
		order: 'ascending',
		time: (row) => row.started_at,
		id: rowId,
		overlapMinutes: 15,
	},
	{
		kind: 'tail',
		value: 'agentStatusChanged',
		name: 'Agent Status Changed',
		description: 'The status of an agent changed; of several changes between two polls the last one starts the workflow',
		source: { resource: 'agent', operation: 'getMany', query: ascending('status_updated_at') },
		fields: [
			{ ...agentsFilter, send: { ...agentsFilter.send, name: 'id[]' } },
			idsFromList('Status Names or IDs', 'statusIds', 'userStatus', 'status_id[]', integer()),
		],
		since: timeFilterBy('status_updated_at'),
		order: 'ascending',
		time: (row) => row.status_updated_at,
		id: rowId,
		version: (row) => String(row.status_updated_at),
		overlapMinutes: 5,
		// A list of some statuses says nothing of those between.
		state: (row, values) => (wantedValues(values, 'statusIds').length > 0 ? undefined : String(agentStatus(row))),
		transform: (row, _values, context) => {
			const status = agentStatus(row);
			return reportsStates(context)
				? { ...row, before: stateIn('status', context.before), after: { status } }
				: { ...row, statusName: status, since: row.status_updated_at };
		},
	},
	{
		kind: 'snapshot',
		value: 'bulkUserJobFinished',
		name: 'Bulk User Job Finished',
		description: 'A job that creates or changes many users finished, or its file was refused',
		source: { resource: 'bulkUserJob', operation: 'getMany' },
		key: rowId,
		state: (row) => String(row.status),
		keep: (row) => row.status === 'finished' || row.status === 'invalid_scheme',
		emitNew: true,
		emit: ({ row }) => row ?? {},
		read: readNewestJobs,
	},
	reachedEvent('call', 'connected_at', {
		value: 'callAnswered',
		name: 'Call Answered',
		description: 'An agent picked up a call; of a transferred call, the first agent counts',
		fields: [callerNotice, ...callFilters],
	}),
	reachedEvent('call', 'assigned_at', {
		value: 'callAssigned',
		name: 'Call Assigned',
		description: 'An agent took a call; of a transferred call, the first agent counts',
		fields: [callerNotice, ...callFilters],
	}),
	createdEvent('call', {
		value: 'callCreated',
		name: 'Call Created',
		description: 'A call started or was scheduled',
		fields: [callerNotice, formerAgents, callTypesFilter, menusFilter],
	}),
	endedEvent(
		'call',
		{ 'call_status[]': ['failed'] },
		{
			value: 'callFailed',
			name: 'Call Failed',
			description: 'A call ended before it was connected; the fail reason says why',
			fields: [callerNotice, ...callFilters],
		},
	),
	endedEvent(
		'call',
		{ 'call_status[]': ['finished', 'recovered'] },
		{
			value: 'callFinished',
			name: 'Call Finished',
			description: 'A call ended after it was connected, callbacks for failed calls included',
			fields: [callerNotice, ...callFilters],
			// 0.1.0 left recovered calls out.
			earlierSources: [
				{
					resource: 'call',
					operation: 'getMany',
					query: { ...ascending('updated_at'), 'call_status[]': ['finished'] },
				},
			],
		},
	),
	createdEvent(
		'call',
		{
			value: 'callScheduled',
			name: 'Call Scheduled',
			description: 'A callback was scheduled',
			fields: [callerNotice, callTypesFilter, menusFilter],
		},
		{ 'call_status[]': ['scheduled'] },
	),
	updatedEvent('call', {
		value: 'callUpdated',
		name: 'Call Updated',
		description: 'Something about a call changed, for example its status',
		fields: [callerNotice, agentsFilter, choicesFilter('callStatuses', 'Call Statuses', 'call_status[]', callStatuses), callTypesFilter, menusFilter],
	}),
	{
		kind: 'tail',
		value: 'campaignContactStatusChanged',
		name: 'Campaign Contact Status Changed',
		description: 'A contact of one campaign reached a status, or changed while in it; every poll reads the whole campaign',
		source: { resource: 'campaignContact', operation: 'getMany' },
		fields: [
			campaignInPath,
			{ ...choicesFilter('contactStatuses', 'Contact Statuses', 'status', contactStatuses), send: { place: 'none' } },
		],
		order: 'unknown',
		time: (row) => row.updated_at,
		id: rowId,
		version: (row) => `${String(row.updated_at)} ${String(row.status)}`,
		keep: (row, values) => isWanted(row.status, values, 'contactStatuses'),
		overlapMinutes: 15,
		state: (row) => String(row.status),
		transform: (row, _values, context) =>
			reportsStates(context) ? { ...row, before: stateIn('status', context.before), after: { status: row.status } } : row,
	},
	{
		kind: 'snapshot',
		value: 'campaignStatusChanged',
		name: 'Campaign Status Changed',
		description: 'A campaign was started, paused or finished',
		source: { resource: 'campaign', operation: 'getMany' },
		key: rowId,
		state: (row) => String(row.status),
		changedAt: (row) => row.updated_at,
		sampleBefore: (state) => (state === 'dialing' ? 'pause' : 'dialing'),
		emitNew: true,
		// A campaign that was started before it was seen at first.
		wanted: ({ before, after }) => before !== undefined || after !== 'created',
		emit: (change, _values, context) => ({ ...change.row, ...statesOf(change, 'status', context) }),
	},
	{
		kind: 'snapshot',
		value: 'contactImportFinished',
		name: 'Contact Import Finished',
		description: 'An import of contacts into one campaign finished or failed; UJET does not publish the list of imports that this event reads',
		source: { resource: 'campaignContact', operation: 'getManyImportJobs' },
		fields: [campaignInPath],
		key: rowId,
		state: (row) => String(row.status),
		keep: (row) => hasEnded(row.status),
		emitNew: true,
		emit: ({ row }) => row ?? {},
	},
	reachedEvent('chat', 'assigned_at', {
		value: 'chatAssigned',
		name: 'Chat Assigned',
		description: 'An agent took a chat or SMS session; of a transferred chat, the first agent counts',
		fields: chatFilters,
	}),
	createdEvent('chat', {
		value: 'chatCreated',
		name: 'Chat Created',
		description: 'A chat or SMS session started',
		fields: [formerAgents, chatTypesFilter, menusFilter],
	}),
	endedEvent(
		'chat',
		{ 'chat_status[]': ['canceled', 'failed', 'no_response'] },
		{
			value: 'chatFailed',
			name: 'Chat Failed',
			description: 'A chat or SMS session was canceled, failed or got no response',
			fields: chatFilters,
		},
	),
	endedEvent(
		'chat',
		{ 'chat_status[]': ['finished'] },
		{
			value: 'chatFinished',
			name: 'Chat Finished',
			description: 'A chat or SMS session ended normally',
			fields: chatFilters,
		},
	),
	updatedEvent('chat', {
		value: 'chatUpdated',
		name: 'Chat Updated',
		description: 'Something about a chat or SMS session changed',
		fields: [agentsFilter, choicesFilter('chatStatuses', 'Chat Statuses', 'chat_status[]', chatStatuses), chatTypesFilter, menusFilter],
	}),
	endedEvent(
		'email',
		{ 'email_status[]': ['resolved', 'closed'] },
		{
			value: 'emailClosed',
			name: 'Email Closed',
			description: 'An email session was resolved or closed',
			fields: emailFilters,
		},
	),
	createdEvent('email', {
		value: 'emailCreated',
		name: 'Email Created',
		description: 'An email session started',
		fields: [menusFilter],
	}),
	updatedEvent('email', {
		value: 'emailUpdated',
		name: 'Email Updated',
		description: 'An email session started or changed',
		fields: [agentsFilter, choicesFilter('emailStatuses', 'Email Statuses', 'email_status[]', emailStatuses), menusFilter],
	}),
	{
		kind: 'snapshot',
		value: 'queueWaitThreshold',
		name: 'Queue Wait Crossed Threshold',
		description: 'The estimated wait of a queue rose above a number of seconds, or fell back',
		source: { resource: 'waitTime', operation: 'getMany' },
		fields: [
			threshold,
			waitChannel,
			waitLanguage,
			locator({
				...menuList,
				name: 'waitMenuId',
				description: 'Only this menu (queue) and the ones below it; all when left empty',
				send: { name: 'menu_id', write: numericIdentifier },
			}),
		],
		key: (row) => String(row.menu_id),
		state: (row, values) => (waitOf(row, values) > Number(values.threshold ?? threshold.default) ? 'above' : 'below'),
		sampleBefore: (state) => (state === 'above' ? 'below' : 'above'),
		emitNew: true,
		wanted: ({ before, after }) => before !== undefined || after === 'above',
		emit: (change, values, context) => ({
			...change.row,
			wait: change.row === undefined ? null : waitOf(change.row, values),
			threshold: Number(values.threshold ?? threshold.default),
			...statesOf(change, 'state', context),
		}),
	},
	endedEvent(
		'call',
		{ 'call_status[]': ['voicemail_received', 'voicemail_read'] },
		{
			value: 'voicemailReceived',
			name: 'Voicemail Received',
			description: 'A caller left a voicemail',
			fields: [callerNotice, ...callFilters],
		},
	),
];
