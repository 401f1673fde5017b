import type { IDataObject } from 'n8n-workflow';

import { normaliseName } from '../shared/data/names';
import type { Field } from '../shared/definition/operation';
import type { FieldValues } from '../shared/definition/request';
import { locator, multiPicker, waitingThreshold } from '../shared/editor/fields';
import { reportsStates } from '../shared/definition/events';
import type { SnapshotChange, SnapshotEvent, TailEvent, TimeFilter, TriggerEvent } from '../shared/definition/events';
import { listOf, numericIdentifier, text } from '../shared/input/values';
import { activityId, flatActivity } from './formats/activities';
import { campaignFilter, chosen, listFilter, outboundCampaignFilter, writeTime } from './fields';

/** Both bounds of the vendor's time filters are inclusive. */
function byTime(name: string, time: (row: IDataObject) => unknown): TimeFilter {
	return { parameter: `${name}From`, until: `${name}To`, write: writeTime, time };
}

function timesOf(row: IDataObject): IDataObject {
	return (flatActivity(row).timestamps ?? {}) as IDataObject;
}

const knownTypes = ['call.inbound', 'call.outbound'];

const typesField: Field = {
	displayName: 'Types',
	name: 'types',
	type: 'multiOptions',
	default: ['call.inbound', 'call.outbound', 'other'],
	description: 'Calls of these types start the workflow',
	options: [
		{ name: 'Inbound Call', value: 'call.inbound' },
		{ name: 'Other', value: 'other', description: 'Any other type, since the vendor may add some' },
		{ name: 'Outbound Call', value: 'call.outbound' },
	],
	send: { place: 'none' },
};

function isOfType(row: IDataObject, values: FieldValues): boolean {
	const types = (values.types as string[] | undefined) ?? [];
	const type = String(row.type ?? '');
	return types.length === 0 || types.includes(knownTypes.includes(type) ? type : 'other');
}

/** Values that a user lists, in small letters; a number counts as the code, a text as the name. */
function matchesAny(wanted: unknown, given: unknown[]): boolean {
	const words = (listOf(text())(wanted, noContext) as string[] | undefined) ?? [];
	if (words.length === 0) return true;
	const present = given.map((value) => String(value ?? '').toLowerCase());
	return words.some((word) => present.includes(normaliseName(word)));
}

const noContext = { inputZone: 'UTC', vendorZone: 'UTC', now: 0 };

/** What all events of calls have. The list filters by the start of a call, so a later moment is looked for some hours back. */
function callEvent(
	event: Pick<TailEvent, 'value' | 'name' | 'description' | 'time' | 'lookBackHours'> & Partial<TailEvent>,
): TailEvent {
	return {
		kind: 'tail',
		source: { resource: 'activity', operation: 'getMany' },
		fields: [campaignFilter, typesField],
		since: byTime('createdTimestamp', (row) => timesOf(row).created),
		order: 'unknown',
		id: (row) => activityId(row) ?? '',
		keep: isOfType,
		overlapMinutes: 15,
		transform: flatActivity,
		...event,
	};
}

/** Given up by the caller: by its status, or because it ended in the queue without an agent and without a voicemail. */
function isAbandoned(row: IDataObject): boolean {
	const { activityStatusName, timestamps, type } = flatActivity(row);
	if (type === 'call.outbound' || hasVoicemail(row)) return false;
	const { joinQueue, answered, hangUp } = (timestamps ?? {}) as IDataObject;
	if (typeof activityStatusName === 'string' && /abandon/i.test(activityStatusName)) return true;
	return Boolean(joinQueue) && Boolean(hangUp) && !answered;
}

function hasVoicemail(row: IDataObject): boolean {
	const { voicemailMetadata } = flatActivity(row);
	return Array.isArray(voicemailMetadata) && voicemailMetadata.length > 0;
}

/** The recording of a call that has one which can be fetched. */
function hasRecording(row: IDataObject): boolean {
	const { recordingMetadata } = flatActivity(row);
	const entries = Array.isArray(recordingMetadata) ? recordingMetadata : [recordingMetadata];
	return entries.some((entry) => {
		const { mediaId, deleted } = (entry ?? {}) as IDataObject;
		return Boolean(mediaId) && deleted !== true;
	});
}

function surveyOf(row: IDataObject): IDataObject {
	return (flatActivity(row).survey ?? {}) as IDataObject;
}

/** Which of the tenant's codes start the workflow. */
function codesField(displayName: string, name: string, plural: string, examples: string): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${examples}`,
		description: `Names or numbers of the ${plural} that start the workflow, separated by commas; empty for all`,
		send: { place: 'none', write: listOf(text()) },
	};
}

const dialStatusesField = codesField('Dial Statuses', 'dialStatuses', 'dial statuses', 'Answered, Busy');

const wrapCodesField = codesField('Wrap Codes', 'wrapCodes', 'wrap codes', 'Sale, 28');

/** A trigger compares the leads of one list only. */
const watchedList: Field = { ...listFilter, required: true };

const leadChangedAt = (row: IDataObject) => (row.timestamps as IDataObject | undefined)?.modified;

const leadKey = (row: IDataObject) => String(row.leadId as number);

const agentChangesField: Field = {
	displayName: 'Changes',
	name: 'changes',
	type: 'multiOptions',
	default: ['loggedIn', 'loggedOut', 'status'],
	description: 'Which changes start the workflow',
	options: [
		{ name: 'Logged In', value: 'loggedIn' },
		{ name: 'Logged Out', value: 'loggedOut' },
		{ name: 'Status Changed', value: 'status', description: 'While logged in, for example from Available to Paused' },
	],
	send: { place: 'none' },
};

const watchedAgents: Field = {
	...multiPicker({ displayName: 'Agent Names or IDs', name: 'agents', list: 'agent' }),
	send: { place: 'none', write: listOf(numericIdentifier) },
};

function isWatchedAgent(row: IDataObject, values: FieldValues): boolean {
	const agents = ((values.agents as unknown[] | undefined) ?? []).map(String);
	return agents.length === 0 || agents.includes(String(row.userId));
}

/** `1|Available`: logged in or not, and the vendor's name of the status. */
function agentState(row: IDataObject): string {
	return `${row.isLoggedIn === true ? 1 : 0}|${String(row.status ?? '')}`;
}

function readAgentState(state: string | undefined): { isLoggedIn: boolean; status: string } {
	const [flag, ...status] = (state ?? '0|').split('|');
	return { isLoggedIn: flag === '1', status: status.join('|') };
}

function agentChange({ before, after }: SnapshotChange): string {
	const [earlier, later] = [readAgentState(before), readAgentState(after)];
	if (earlier.isLoggedIn === later.isLoggedIn) return 'status';
	return later.isLoggedIn ? 'loggedIn' : 'loggedOut';
}

const emitAgent: SnapshotEvent['emit'] = (change, _values, context) => {
	const [before, after] = [readAgentState(change.before), readAgentState(change.after)];
	const states = reportsStates(context)
		? { before: change.before === undefined ? null : before, after }
		: { statusBefore: before.status, statusAfter: after.status };
	return { ...change.row, change: agentChange(change), ...states };
};

/** What the ipSCAPE Trigger can start on. */
export const events: TriggerEvent[] = [
	callEvent({
		value: 'activityRecorded',
		name: 'Call Created',
		description: 'A call started (ipSCAPE calls it an activity); detected up to an hour late, because ipSCAPE may list a call only when it ends',
		time: (row) => timesOf(row).created,
		lookBackHours: undefined,
		overlapMinutes: 60,
	}),
	{
		kind: 'snapshot',
		value: 'agentStatusChanged',
		name: 'Agent Status Changed',
		description: 'An agent logged in or out, or changed status',
		source: { resource: 'user', operation: 'getMany', query: { userType: 'agent' } },
		fields: [watchedAgents, agentChangesField],
		key: (row) => String(row.userId as number),
		state: agentState,
		sampleBefore: (state) => (readAgentState(state).isLoggedIn ? '0|Logged Out' : '1|Available'),
		keep: isWatchedAgent,
		emitNew: true,
		wanted: (change, { changes }) => {
			// The first login of an agent.
			if (change.before === undefined && agentChange(change) !== 'loggedIn') return false;
			const kinds = (changes as string[] | undefined) ?? [];
			return kinds.length === 0 || kinds.includes(agentChange(change));
		},
		emit: emitAgent,
	},
	callEvent({
		value: 'callAbandoned',
		name: 'Call Abandoned',
		description: 'A caller gave up before an agent answered',
		time: (row) => (isAbandoned(row) ? (timesOf(row).hangUp ?? timesOf(row).created) : undefined),
		lookBackHours: 2,
	}),
	callEvent({
		value: 'callAnswered',
		name: 'Call Answered',
		description: 'An agent answered a call, or a person answered the dialer',
		time: (row) => timesOf(row).answered || undefined,
		lookBackHours: 2,
	}),
	callEvent({
		value: 'callEnded',
		name: 'Call Ended',
		description: 'A call was hung up',
		time: (row) => timesOf(row).hangUp || undefined,
		lookBackHours: 6,
	}),
	{
		kind: 'snapshot',
		value: 'callersWaiting',
		name: 'Calls Waiting Above Threshold',
		description: 'More callers wait in an inbound campaign than the threshold allows',
		source: { resource: 'campaign', operation: 'getInboundStatistics' },
		fields: [
			chosen({
				displayName: 'Inbound Campaign',
				name: 'inboundCampaignId',
				list: 'inboundCampaign',
				placeholder: 'e.g. 1',
				send: { place: 'path', name: 'campaignId' },
			}),
			waitingThreshold,
		],
		key: (row) => String(row.campaignId as number),
		state: (row, { threshold }) => (Number(row.callsWaiting ?? 0) > Number(threshold ?? 0) ? 'above' : 'below'),
		emitNew: true,
		wanted: ({ after }) => after === 'above',
		emit: ({ row }, { threshold }) => ({ ...row, waiting: Number(row?.callsWaiting ?? 0), threshold: Number(threshold ?? 0) }),
	},
	callEvent({
		value: 'callWrappedUp',
		name: 'Call Wrapped Up',
		description: 'An agent finished the after-call work, so the wrap code is known',
		fields: [campaignFilter, typesField, wrapCodesField],
		time: (row) => timesOf(row).wrapUp || undefined,
		lookBackHours: 6,
		keep: (row, values) => {
			const { wrapCode, wrapDescription } = flatActivity(row);
			return isOfType(row, values) && matchesAny(values.wrapCodes, [wrapCode, wrapDescription]);
		},
	}),
	{
		kind: 'tail',
		value: 'dialAttemptRecorded',
		name: 'Dial Attempt Created',
		description: 'The dialer called a number of a lead',
		source: { resource: 'diallerAttempt', operation: 'getMany' },
		fields: [outboundCampaignFilter, dialStatusesField],
		since: byTime('dialledTimestamp', (row) => (row.timestamps as IDataObject | undefined)?.dialled),
		order: 'unknown',
		time: (row) => (row.timestamps as IDataObject | undefined)?.dialled,
		id: (row) => String(row.attemptId as number),
		keep: (row, values) => matchesAny(values.dialStatuses, [row.dialStatusId, row.dialStatusName]),
		overlapMinutes: 15,
	},
	{
		kind: 'snapshot',
		value: 'leadCompleted',
		name: 'Lead Completed',
		description: 'A lead was completed and is no longer dialed',
		source: { resource: 'lead', operation: 'getMany' },
		fields: [watchedList],
		// Only completed leads are remembered: a lead cannot go back.
		keep: (row) => row.completed === true,
		key: leadKey,
		state: () => '1',
		emitNew: true,
		emit: ({ row }) => row ?? {},
		changedAt: leadChangedAt,
	},
	{
		kind: 'snapshot',
		value: 'leadStatusChanged',
		name: 'Lead Status Changed',
		description: 'The status code of a lead of a list changed, for example after an attempt to call',
		source: { resource: 'lead', operation: 'getMany' },
		fields: [watchedList],
		// A lead gets its first status after it was loaded.
		keep: (row) => row.lastStatusCode !== null && row.lastStatusCode !== undefined,
		key: leadKey,
		state: (row) => String(row.lastStatusCode as number),
		sampleBefore: () => undefined,
		emitNew: true,
		emit: ({ row, before, after }, _values, context) => {
			const [earlier, later] = [before === undefined ? null : Number(before), Number(after)];
			if (!reportsStates(context)) return { ...row, statusCodeBefore: earlier, statusCodeAfter: later };
			return { ...row, before: earlier === null ? null : { statusCode: earlier }, after: { statusCode: later } };
		},
		changedAt: leadChangedAt,
	},
	{
		kind: 'tail',
		value: 'leadUploaded',
		name: 'Lead Created',
		description: 'A lead was added to ipSCAPE',
		source: { resource: 'lead', operation: 'getMany' },
		fields: [
			outboundCampaignFilter,
			locator({
				displayName: 'Only List',
				name: 'onlyListId',
				list: 'leadList',
				placeholder: 'e.g. 100',
				send: { name: 'listId', write: numericIdentifier },
			}),
		],
		since: byTime('uploadedTimestamp', (row) => (row.timestamps as IDataObject | undefined)?.created),
		order: 'unknown',
		time: (row) => (row.timestamps as IDataObject | undefined)?.created,
		id: leadKey,
		overlapMinutes: 15,
	},
	callEvent({
		value: 'recordingReady',
		name: 'Recording Ready',
		description: 'The recording of a call can be fetched',
		time: (row) => (hasRecording(row) ? (timesOf(row).hangUp ?? timesOf(row).created) : undefined),
		lookBackHours: 6,
		overlapMinutes: 120,
	}),
	callEvent({
		value: 'surveyStarted',
		name: 'Survey Started',
		description: 'A survey started after a call',
		time: (row) =>
			surveyOf(row).started === true
				? (surveyOf(row).startTimestamp ?? timesOf(row).hangUp ?? timesOf(row).created)
				: undefined,
		lookBackHours: 4,
	}),
	callEvent({
		value: 'voicemailLeft',
		name: 'Voicemail Left',
		description: 'A caller left a voicemail',
		time: (row) => (hasVoicemail(row) ? (timesOf(row).hangUp ?? timesOf(row).created) : undefined),
		lookBackHours: 4,
	}),
];
