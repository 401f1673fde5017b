import type { IDataObject } from 'n8n-workflow';

import type { Field, RowContext } from '../shared/definition/operation';
import type { FieldValues } from '../shared/definition/request';
import { reportsStates } from '../shared/definition/events';
import type { SnapshotChange, SnapshotEvent, TailEvent, TimeFilter, TriggerEvent } from '../shared/definition/events';
import { waitingThreshold } from '../shared/editor/fields';
import { day as writeDay } from '../shared/input/values';
import { readChanged, readCreated, readMessages } from './jobs/conversationSource';
import { chooseAgent, chooseDepartment, writeLocalTime } from './fields';
import { codeOptions, messageTypes, services, wordsOf } from './formats/codeLabels';
import {
	conversationRecord,
	customerRecord,
	messageRecord,
	readable,
	reportRecord,
	statusRecord,
	totalsRecord,
} from './formats/recordFormat';
import type { RecordKind } from './formats/recordFormat';
import { isMissed, readReport } from './jobs/reportSource';
import { bothBounds, plainBounds, readBetween, ticketBounds } from './jobs/version3Source';
import {
	callRecord,
	companyRecord,
	contactRecord,
	ticketHistoryRecord,
	ticketRecord,
} from './formats/version3Records';
import { statusFilter } from './resources/conversation';
import { ticketFilters } from './resources/ticket';
import { rankingFilter } from './resources/report';

const hour = 60;

/** One department or all. */
export const departmentFilter: Field = chooseDepartment({
	displayName: 'Department',
	name: 'departmentId',
	description:
		'Only conversations of this department; without it, all departments are read one after the other, one request each',
	send: { place: 'none' },
});

/** Kinds of messages, by the vendor's letters. */
export const messageTypeFilter: Field = {
	displayName: 'Message Types',
	name: 'messageTypes',
	type: 'multiOptions',
	default: ['M'],
	description: 'Only messages of these types; all when empty. A workflow that adds notes should not start on notes.',
	options: codeOptions(messageTypes, [...'ABCDEFGHIJLMNOPQRSTUVWXZ']),
	send: { place: 'none' },
};

const watchedServices: Field = {
	displayName: 'Services',
	name: 'services',
	type: 'multiOptions',
	default: [],
	description: 'Only changes of these services start the workflow; all when empty',
	options: codeOptions(services, [...'FMPRT']),
	send: { place: 'none' },
};

const onlyAgent: Field = chooseAgent({
	displayName: 'Agent',
	name: 'agentId',
	description: 'Only this agent',
	send: { place: 'none' },
});

const onlyDepartment: Field = chooseDepartment({
	displayName: 'Department',
	name: 'onlyDepartmentId',
	description: 'Only this department',
	send: { place: 'none' },
});

const reportDepartment: Field = chooseDepartment({
	displayName: 'Department',
	name: 'reportDepartmentId',
	description: 'Only records of this department',
	send: { name: 'departmentid' },
});

/** Creation of conversations. The window is read by `readCreated`; here stands that it has both bounds. */
const byCreation: TimeFilter = { parameter: 'datefrom', until: 'dateto', write: writeLocalTime };
const byChange: TimeFilter = { parameter: 'datechanged', until: 'datechanged', write: writeLocalTime };
const byCustomerCreation: TimeFilter = { parameter: 'datecreatedfrom', until: 'datecreatedto', write: writeLocalTime };
const byReportDay: TimeFilter = { parameter: 'date_from', until: 'date_to', write: writeDay(), stepSeconds: 86_400, isInclusive: true };

/** Rows of one kind with ISO times and words beside letters. */
export function readableAs(kind: RecordKind) {
	return (row: IDataObject, _values: FieldValues, context: RowContext) => readable(kind, row, context);
}

/** A message with its conversation, both readable. */
export function readableMessage(
	{ conversation, ...message }: IDataObject,
	_values: FieldValues,
	context: RowContext,
): IDataObject {
	return {
		...readable(messageRecord, message, context),
		conversation: readable(conversationRecord, conversation as IDataObject, context),
	};
}

/** Message type and group type have a letter of their own for tags; the reference does not say which of the two is written. */
function isTagMessage({ rtype, grouptype }: IDataObject): boolean {
	return rtype === 'G' || grouptype === 'G';
}

/** True for a message of a wanted kind. */
export function keepMessage({ rtype }: IDataObject, { messageTypes: wanted }: FieldValues): boolean {
	return !Array.isArray(wanted) || wanted.length === 0 || wanted.includes(rtype);
}

/** The change time counts whole seconds; what can change twice in one tells such changes apart. */
function changeOf({ datechanged, status, departmentid, preview }: IDataObject): string {
	return [datechanged, status, departmentid, preview].map(String).join('\n');
}

/** The watched letters in a fixed order, because LiveAgent promises none. */
function onlineLetters({ onlineStatus }: IDataObject, { services: wanted }: FieldValues): string {
	const watched = Array.isArray(wanted) && wanted.length > 0 ? wanted : undefined;
	return [...String(onlineStatus ?? '')]
		.filter((letter) => watched?.includes(letter) ?? true)
		.sort()
		.join('');
}

function emitOnline({ row, before, after }: SnapshotChange, _values: FieldValues, context: RowContext): IDataObject {
	const show = (letters: string | undefined) => {
		const words = wordsOf(letters ?? '', services);
		if (!reportsStates(context)) return words;
		return letters === undefined ? null : { services: words };
	};
	return { ...readable(statusRecord, row ?? {}, context), before: show(before), after: show(after) };
}

function onlineEvent(
	event: Pick<SnapshotEvent, 'value' | 'name' | 'description' | 'source' | 'fields' | 'keep'>,
): SnapshotEvent {
	return {
		kind: 'snapshot',
		key: (row) => String(row.id),
		state: onlineLetters,
		sampleBefore: (state) => (state === '' ? 'T' : ''),
		emitNew: true,
		// One that is online when it is seen at first.
		wanted: ({ before, after }) => before !== undefined || after !== '',
		emit: emitOnline,
		...event,
	};
}

/** A number of the overview that rises above the threshold: only a row above it is seen, so it is new each time it rises. */
function queueEvent(service: 'Calls' | 'Chats', key: string): SnapshotEvent {
	return {
		kind: 'snapshot',
		value: `${service.toLowerCase()}InQueue`,
		name: `${service} Waiting Above Threshold`,
		description: `More ${service.toLowerCase()} wait in the queue than the threshold allows`,
		source: { resource: 'overview', operation: `get${service}` },
		fields: [waitingThreshold],
		key: () => service.toLowerCase(),
		state: () => 'above',
		keep: (row, values) => Number(row[key]) > Number(values.threshold),
		emitNew: true,
		emit: ({ row }, { threshold: limit }, context) => ({
			...readable(totalsRecord, row ?? {}, context),
			waiting: Number(row?.[key]),
			threshold: Number(limit),
		}),
	};
}

function missedEvent(service: 'Calls' | 'Chats' | 'Tickets'): TailEvent {
	return {
		kind: 'tail',
		value: `sla${service}Missed`,
		name: `SLA Missed: ${service}`,
		description: `A service level of ${service.toLowerCase()} was missed: the event fires when the late record is closed, not when it falls due`,
		source: { resource: 'report', operation: `get${service}SlaLog` },
		fields: [reportDepartment],
		since: byReportDay,
		read: readReport,
		order: 'unknown',
		time: (row) => row.server_date_closed || undefined,
		// The reference does not say by which of its times the log is filtered; it may be the creation.
		lookBackHours: 72,
		id: (row) => String(row.id),
		keep: isMissed,
		overlapMinutes: hour,
		transform: readableAs(reportRecord),
	};
}

/** Messages of the conversations that changed. */
function messageEvent(event: Pick<TailEvent, 'value' | 'name' | 'description' | 'fields' | 'keep'>): TailEvent {
	return {
		kind: 'tail',
		source: { resource: 'conversation', operation: 'getMany' },
		// No upper bound: an old message may stand in a conversation that changed just now.
		since: { parameter: 'datechanged', write: writeLocalTime },
		read: readMessages,
		order: 'unknown',
		time: (row) => row.datecreated,
		id: (row) => String(row.messageid),
		overlapMinutes: 5,
		transform: readableMessage,
		...event,
	};
}

/** Records of API version 3 by one of their times, which the list is also filtered by. */
function recordEvent(
	resource: string,
	timeKey: string,
	record: RecordKind,
	event: Pick<TailEvent, 'value' | 'name' | 'description'> & Partial<TailEvent>,
): TailEvent {
	return {
		kind: 'tail',
		source: { resource, operation: 'getMany' },
		since: bothBounds,
		read: readBetween(timeKey, plainBounds),
		order: 'unknown',
		time: (row) => row[timeKey],
		id: (row) => String(row.id),
		overlapMinutes: 15,
		transform: readableAs(record),
		...event,
	};
}

/** Tickets by one of their times. */
function ticketEvent(
	timeKey: string,
	event: Pick<TailEvent, 'value' | 'name' | 'description' | 'version'>,
): TailEvent {
	return recordEvent('ticket', timeKey, ticketRecord, {
		fields: [ticketFilters.departments, ticketFilters.statuses, ticketFilters.tags],
		read: readBetween(timeKey, ticketBounds),
		...event,
	});
}

/** A ticket with the chosen tags that it had and has; null for none. */
function emitTagged({ row, before, after }: SnapshotChange, _values: FieldValues, context: RowContext): IDataObject {
	const ticket = readable(ticketRecord, row ?? {}, context);
	if (!reportsStates(context)) return { ...ticket, stateBefore: before ?? null, stateAfter: after ?? null };
	const show = (tags: string | undefined) => (tagsIn(tags).length === 0 ? null : { tags: tagsIn(tags) });
	return { ...ticket, before: show(before), after: show(after) };
}

/** The tags of a watched state. */
function tagsIn(state = ''): string[] {
	return state === '' ? [] : state.split(',');
}

function tagsOf({ tags }: IDataObject): string[] {
	return Array.isArray(tags) ? tags.map(String) : [];
}

/** What the LiveAgent Trigger can start on. */
export const events: TriggerEvent[] = [
	{
		kind: 'tail',
		value: 'conversationCreated',
		name: 'Conversation Created',
		description: 'A ticket, chat or call was opened',
		source: { resource: 'conversation', operation: 'getMany' },
		fields: [departmentFilter],
		since: byCreation,
		read: readCreated,
		order: 'unknown',
		time: (row) => row.datecreated,
		id: (row) => String(row.conversationid),
		overlapMinutes: 15,
		transform: readableAs(conversationRecord),
	},
	{
		kind: 'tail',
		value: 'conversationChanged',
		name: 'Conversation Updated',
		description:
			'A message, status, agent, department or tag of a conversation changed; new conversations count too',
		source: { resource: 'conversation', operation: 'getMany' },
		fields: [departmentFilter, statusFilter],
		since: byChange,
		read: readChanged,
		order: 'unknown',
		time: (row) => row.datechanged,
		id: (row) => String(row.conversationid),
		version: changeOf,
		overlapMinutes: 15,
		transform: readableAs(conversationRecord),
	},
	messageEvent({
		value: 'messageAdded',
		name: 'Message Added',
		description: 'A message was added to a conversation; each message starts the workflow once',
		fields: [departmentFilter, messageTypeFilter],
		keep: keepMessage,
	}),
	messageEvent({
		value: 'conversationTagged',
		name: 'Conversation Tagged',
		description:
			'A tag was added to or removed from a conversation, provided your LiveAgent records this in the conversation\'s messages',
		fields: [departmentFilter],
		keep: isTagMessage,
	}),
	{
		kind: 'tail',
		value: 'customerCreated',
		name: 'Customer Created',
		description: 'A customer was registered or wrote for the first time',
		source: { resource: 'customer', operation: 'getMany' },
		since: byCustomerCreation,
		order: 'unknown',
		time: (row) => row.datecreated,
		id: (row) => String(row.contactid),
		overlapMinutes: 15,
		transform: readableAs(customerRecord),
	},
	ticketEvent('date_created', {
		value: 'ticketCreated',
		name: 'Ticket Created',
		description: 'A ticket was opened in any department',
	}),
	ticketEvent('date_changed', {
		value: 'ticketChanged',
		name: 'Ticket Updated',
		description: 'A message, tag, status, department or agent of a ticket changed; new tickets count too',
		version: ({ date_changed: changed, status, departmentid, agentid, tags }) =>
			JSON.stringify([changed, status, departmentid, agentid, tags]),
	}),
	recordEvent('ticketHistory', 'date_from', ticketHistoryRecord, {
		value: 'ticketStatusChanged',
		name: 'Ticket Status Changed',
		description: 'The status, department or agent of a ticket changed; the first status counts too',
		fields: [ticketFilters.statuses],
		id: (row) => `${String(row.id)} ${String(row.date_from)}`,
	}),
	{
		kind: 'snapshot',
		value: 'ticketTagAdded',
		name: 'Ticket Tag Added',
		description: 'One of the chosen tags was added to a ticket; the states before and after list the chosen tags only',
		source: { resource: 'ticket', operation: 'getMany' },
		fields: [{ ...ticketFilters.tags, name: 'watchedTags', required: true, description: '' }, ticketFilters.departments],
		key: (row) => String(row.id),
		state: (row, { watchedTags }) =>
			tagsOf(row)
				.filter((tag) => (watchedTags as string[]).includes(tag))
				.sort()
				.join(','),
		sampleBefore: () => '',
		emitNew: true,
		wanted: ({ before, after }) => tagsIn(after).some((tag) => !tagsIn(before).includes(tag)),
		emit: emitTagged,
	},
	recordEvent('contact', 'date_created', contactRecord, {
		value: 'contactCreated',
		name: 'Contact Created',
		description: 'A contact was created',
	}),
	recordEvent('contact', 'date_changed', contactRecord, {
		value: 'contactChanged',
		name: 'Contact Updated',
		description: 'A contact was changed; new contacts count too',
		version: (row) => String(row.date_changed),
	}),
	recordEvent('company', 'date_created', companyRecord, {
		value: 'companyCreated',
		name: 'Company Created',
		description: 'A company was created',
	}),
	recordEvent('call', 'dateCreated', callRecord, {
		value: 'callFinished',
		name: 'Call Ended',
		description: 'A call ended',
		since: { ...bothBounds, time: (row) => row.dateCreated },
		lookBackHours: 4,
		// Empty while the call runs.
		time: (row) => row.dateFinished || undefined,
	}),
	{
		kind: 'tail',
		value: 'rankingReceived',
		name: 'Ranking Received',
		description: 'A customer rated an agent with a reward or a rebuke',
		source: { resource: 'report', operation: 'getRanking' },
		fields: [rankingFilter],
		since: byReportDay,
		read: readReport,
		order: 'unknown',
		time: (row) => row.datecreated,
		id: (row) => String(row.id),
		overlapMinutes: hour,
		transform: readableAs(reportRecord),
	},
	missedEvent('Calls'),
	missedEvent('Chats'),
	missedEvent('Tickets'),
	onlineEvent({
		value: 'departmentStatusChanged',
		name: 'Department Status Changed',
		description: 'The online channels of a department changed',
		source: { resource: 'onlineStatus', operation: 'getDepartments' },
		fields: [onlyDepartment, watchedServices],
		keep: (row, values) => values.onlyDepartmentId === undefined || row.id === values.onlyDepartmentId,
	}),
	onlineEvent({
		value: 'agentStatusChanged',
		name: 'Agent Status Changed',
		description: 'An agent went online or offline for a channel',
		source: { resource: 'onlineStatus', operation: 'getAgents' },
		fields: [onlyAgent, watchedServices],
		keep: (row, values) => values.agentId === undefined || row.id === values.agentId,
	}),
	queueEvent('Calls', 'inqueue'),
	queueEvent('Chats', 'queue'),
];
