import type { AnswerReader, Operation } from '../../shared/definition/operation';
import { channels, conversationStatuses, customerRoles, genders } from './codeLabels';
import type { CodeLabels } from './codeLabels';
import { readable } from './recordFormat';
import type { RecordKind } from './recordFormat';

// Letters and times of API version 3: contract test/contracts/liveagent-v3.openapi.yaml, from the vendor's public client.

const onOff: CodeLabels = { F: 'Offline', N: 'Online' };

/** What a device of an agent serves. */
export const deviceServices: CodeLabels = { M: 'Messages', P: 'Phone', T: 'Chat' };

/** Whether a device takes work; also the choices of the operations that set it. */
export const availabilities: CodeLabels = onOff;

export const callTypes: CodeLabels = { I: 'Incoming', O: 'Outgoing', T: 'Internal' };

const callStates: CodeLabels = { C: 'Talking', F: 'Finished', O: 'Callee Offline', Q: 'In Queue', R: 'Ringing' };

const chatStates: CodeLabels = { C: 'Chatting', Q: 'In Queue', R: 'Ringing', T: 'Finished' };

const agentStates: CodeLabels = { C: 'Mobile', F: 'Offline', N: 'Online', P: 'Paused' };

/** Rows of a plain list over API version 3. */
export const listAnswer3: AnswerReader = { kind: 'many', path: '' };

/** One record over API version 3. Some calls are declared to answer a list with one record in it. */
export const recordAnswer3: AnswerReader = {
	kind: 'one',
	read: (body) => (Array.isArray(body) && body.length === 1 ? (body as unknown[])[0] : body),
};

/** How rows of a kind are shown: with ISO times and words beside letters, and by Simplify with the main keys only. */
export function shownAs3(kind: RecordKind): Pick<Operation, 'simplify' | 'transform'> {
	return {
		transform: (row, _values, context) => readable(kind, row, context),
		...(kind.simple === undefined ? {} : { simplify: kind.simple }),
	};
}

export const ticketRecord: RecordKind = {
	dates: [
		'date_created',
		'date_changed',
		'date_resolved',
		'date_due',
		'date_deleted',
		'last_activity',
		'last_activity_public',
	],
	codes: { status: conversationStatuses, channel_type: channels },
	simple: [
		'id',
		'code',
		'subject',
		'status',
		'statusName',
		'departmentid',
		'agentid',
		'owner_email',
		'tags',
		'date_changed',
	],
};

export const ticketHistoryRecord: RecordKind = {
	dates: ['date_from', 'date_to'],
	codes: { status: conversationStatuses },
};

export const contactRecord: RecordKind = {
	dates: ['date_created', 'date_changed'],
	codes: { gender: genders, type: customerRoles },
	simple: [
		'id',
		'firstname',
		'lastname',
		'emails',
		'phones',
		'company_id',
		'groups',
		'typeName',
		'date_created',
		'custom_fields',
	],
};

export const companyRecord: RecordKind = {
	dates: ['date_created', 'date_changed'],
	codes: { type: customerRoles },
	simple: ['id', 'name', 'emails', 'phones', 'groups', 'city', 'countrycode', 'date_created', 'note', 'custom_fields'],
};

export const callRecord: RecordKind = {
	dates: ['dateCreated', 'dateAnswered', 'dateFinished'],
	codes: { type: callTypes },
};

export const callStatusRecord: RecordKind = { codes: { status: callStates } };

export const chatRecord: RecordKind = {
	dates: ['date_created', 'status_date_started'],
	codes: { status: chatStates },
	simple: [
		'id',
		'subject',
		'status',
		'statusName',
		'firstname',
		'lastname',
		'emails',
		'departmentId',
		'agentId',
		'date_created',
	],
};

export const deviceRecord: RecordKind = {
	codes: { service_type: deviceServices, online_status: onOff, preset_status: onOff },
};

export const agentRecord3: RecordKind = {
	dates: ['last_pswd_change'],
	codes: { gender: genders, online_status: agentStates, voice_status: onOff },
	simple: ['id', 'name', 'email', 'role', 'online_status', 'online_statusName', 'status', 'voice_status'],
};

export const banRecord: RecordKind = { dates: ['date_created', 'date_valid'] };

export const slaLogRecord: RecordKind = {
	dates: ['date_created', 'date_closed', 'date_due'],
	simple: [
		'id',
		'conversationid',
		'code',
		'department_name',
		'sla_level_name',
		'sla',
		'date_created',
		'date_due',
		'date_closed',
		'responsible_agent_id',
	],
};

export const slaHistoryRecord: RecordKind = { dates: ['date_created', 'date_due', 'date_closed'] };

export const timeReportRecord: RecordKind = {
	dates: ['dateinvoiced'],
	simple: ['id', 'agentid', 'agent', 'conversationid', 'customer', 'company', 'reportdate', 'spenttime', 'note', 'type'],
};

export const pageVisitRecord: RecordKind = { dates: ['date_visit'] };

export const messageGroupRecord: RecordKind = { dates: ['datecreated', 'datefinished'] };

export const messageRecord3: RecordKind = { dates: ['datecreated'] };

export const eventLogRecord: RecordKind = { dates: ['created'] };
