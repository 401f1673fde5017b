import type { IDataObject } from 'n8n-workflow';

import type { AnswerReader, Operation, RowContext } from '../../shared/definition/operation';
import { parseVendorTime } from '../../shared/input/values';
import { writesIsoTimes } from '../../shared/time/isoTime';
import {
	agentRoles,
	channels,
	conversationStatuses,
	customerRoles,
	genders,
	messageGroupStatuses,
	messageGroupTypes,
	messageTypes,
	rankingTypes,
	services,
	wordsOf,
} from './codeLabels';
import type { CodeLabels } from './codeLabels';

/** What the keys of one kind of record hold. */
export interface RecordKind {
	/** Times in the zone of the account. */
	dates?: string[];
	/** Numbers that LiveAgent may write as text; `others` takes every key but those in `texts`. */
	numbers?: string[] | 'others';
	/** Keys that stay text although they may look like numbers. */
	texts?: string[];
	/** Keys that hold one letter. */
	codes?: Record<string, CodeLabels>;
	/** Keys that hold the letters of services side by side. */
	services?: string[];
	/** Keys that Simplify keeps; all when left out. */
	simple?: string[];
	/** The same from version 2 of the node on, where they differ. */
	main?: string[];
}

const plainNumber = /^-?\d+(\.\d+)?$/;

/** A row with ISO times, real numbers, and words beside its letters (`status` gets `statusName`). No key is lost. */
export function readable(kind: RecordKind, row: IDataObject, context: RowContext): IDataObject {
	const result: IDataObject = {};
	for (const [key, value] of Object.entries(row)) {
		result[key] = readValue(kind, key, value, context) as IDataObject;
		if (typeof value !== 'string' || value === '') continue;
		const table = kind.codes?.[key];
		if (table !== undefined) result[`${key}Name`] = table[value] ?? value;
		if (kind.services?.includes(key)) result[`${key}Names`] = wordsOf(value, services);
	}
	return result;
}

/**
 * How rows of a kind are shown. Words, numbers and ISO times are there whether simplified or not; Simplify only leaves keys out.
 * In version 1 of the node Simplify brought them and the raw rows had none.
 */
export function shownAs(kind: RecordKind): Pick<Operation, 'simplify' | 'simplifyVersions' | 'transform'> {
	return {
		transform: (row, _values, context) => (writesIsoTimes(context) ? readable(kind, row, context) : row),
		simplify: (row, context) => simplified(kind, writesIsoTimes(context) ? row : readable(kind, row, context), context),
		...(kind.simple === undefined ? { simplifyVersions: { until: 1 } } : {}),
	};
}

/** The main keys of a readable row. An acknowledgement without any of them stays as it is. */
function simplified(kind: RecordKind, row: IDataObject, context: RowContext): IDataObject {
	const keys = writesIsoTimes(context) ? (kind.main ?? kind.simple) : kind.simple;
	const kept = Object.entries(row).filter(([key]) => keys?.includes(key) ?? true);
	return kept.length === 0 ? row : Object.fromEntries(kept);
}

function readValue(kind: RecordKind, key: string, value: unknown, context: RowContext): unknown {
	if (typeof value !== 'string') return value;
	if (kind.dates?.includes(key)) {
		// A day is no moment: version 1 of the node made it the midnight of the account.
		if (writesIsoTimes(context) && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
		const time = parseVendorTime(value, context.vendorZone);
		return time === undefined ? value : new Date(time).toISOString();
	}
	const isNumber = kind.numbers === 'others' ? !kind.texts?.includes(key) : kind.numbers?.includes(key);
	return isNumber === true && plainNumber.test(value) ? Number(value) : value;
}

/** What an answer says under `response`, without the marks of an acknowledgement; an empty answer to a write counts as done. */
export function acknowledged(body: unknown): IDataObject {
	const response = (body as { response?: unknown } | null | undefined)?.response;
	if (typeof response !== 'object' || response === null) {
		return { success: true, note: 'LiveAgent accepted the request and returned nothing about it' };
	}
	const { status, statuscode, ...rest } = response as IDataObject;
	if (status !== 'OK') return response as IDataObject;
	return Object.keys(rest).length === 0 ? { success: true } : rest;
}

/** Answer of a change. */
export const changeAnswer: AnswerReader = { kind: 'done', read: acknowledged };

/** Answer of a creation. */
export const creationAnswer: AnswerReader = { kind: 'one', read: acknowledged };

/** Rows of a list under its plural key. */
export function listAnswer(key: string): AnswerReader {
	return { kind: 'many', path: `response.${key}` };
}

export const agentRecord: RecordKind = {
	codes: { gender: genders, role: agentRoles },
	simple: ['userid', 'contactid', 'email', 'firstname', 'lastname', 'role', 'roleName', 'authtoken'],
};

export const applicationRecord: RecordKind = { dates: ['dateinstalled', 'datelatestupdate'] };

export const conversationRecord: RecordKind = {
	dates: ['datecreated', 'datechanged', 'datedue'],
	numbers: ['messagegroupsin', 'messagegroupsout'],
	codes: { status: conversationStatuses, channel_type: channels },
	simple: [
		'conversationid',
		'code',
		'subject',
		'status',
		'statusName',
		'departmentname',
		'owneremail',
		'datecreated',
		'datechanged',
		'customfields',
	],
	main: [
		'conversationid',
		'subject',
		'status',
		'statusName',
		'departmentname',
		'owneremail',
		'assignedto',
		'datecreated',
		'datechanged',
		'customfields',
	],
};

export const messageRecord: RecordKind = {
	dates: ['datecreated', 'datefinished', 'groupdatecreated', 'groupdatefinished'],
	codes: { rtype: messageTypes, grouptype: messageGroupTypes, groupstatus: messageGroupStatuses },
	simple: ['messageid', 'userid', 'rtype', 'rtypeName', 'datecreated', 'message', 'messagegroupid', 'grouptypeName'],
};

export const customerRecord: RecordKind = {
	dates: ['datecreated'],
	codes: { gender: genders, role: customerRoles },
	simple: [
		'contactid',
		'userid',
		'email',
		'firstname',
		'lastname',
		'role',
		'roleName',
		'datecreated',
		'customfields',
		'authtoken',
	],
};

/** Departments, their agents and all online states. */
export const statusRecord: RecordKind = {
	services: ['onlinestatus', 'presetstatus', 'onlineStatus', 'presetStatus'],
	numbers: ['chat_count', 'new_count', 'customer_reply_count', 'total_count', 'max_count'],
};

export const articleRecord: RecordKind = {
	dates: ['datecreated', 'datechanged'],
	numbers: ['kb_entry_id', 'parent_entry_id', 'rorder', 'views', 'votes', 'votesCount'],
	simple: [
		'kb_entry_id',
		'parent_entry_id',
		'title',
		'keywords',
		'content',
		'content_text',
		'views',
		'votes',
		'datechanged',
		'url',
	],
};

/** Live totals. */
export const totalsRecord: RecordKind = { numbers: 'others' };

/** Rows of all reports: display dates (`from_date`, `date_due`) stay text, because they are in the zone of the viewer. */
export const reportRecord: RecordKind = {
	dates: ['date', 'datetime', 'dateto', 'datecreated', 'server_date_closed', 'server_date_due'],
	numbers: 'others',
	texts: [
		'id',
		'contactid',
		'userid',
		'firstname',
		'lastname',
		'channelName',
		'departmentName',
		'tagName',
		'department_name',
		'departmentid',
		'conversationid',
		'code',
		'levelid',
		'sla_level_name',
		'sla_level_id',
		'agentid',
		'agent_firstname',
		'agent_lastname',
		'req_contactid',
		'req_firstname',
		'req_lastname',
		'agentcontactid',
		'agentEmail',
		'agent',
		'requester',
		'requesterEmail',
		'comment',
	],
	codes: { rankingType: rankingTypes },
};
