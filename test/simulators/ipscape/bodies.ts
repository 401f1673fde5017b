import { phonesOf, type Account, type LeadInput, type RecordChange } from './account';
import { invalid, missing, refused, unknown } from './problem';
import type { Lead } from './rows';
import { isTimeZone, parseTime } from './times';

/** Parsed JSON object of a write. */
export type Body = Record<string, unknown>;

/** Reads one field: undefined when it is left out, null when null is sent; a problem for a wrong type. */
type Reader<Value> = (body: Body, field: string) => Value | null | undefined;

const phonePattern = /^\+\d{6,15}$/;
const dateTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;
const phoneFields = ['phone1', 'phone2', 'phone3'] as const;

function reader<Value>(expected: string, isValue: (value: unknown) => value is Value): Reader<Value> {
	return (body, field) => {
		const value = body[field];
		if (value === undefined || value === null) return value;
		if (!isValue(value)) throw invalid(field, expected);
		return value;
	};
}

const integer = reader('an integer', (value): value is number => Number.isSafeInteger(value));
const boolean = reader('true or false', (value): value is boolean => typeof value === 'boolean');
const text = reader('a text', (value): value is string => typeof value === 'string');
const object = reader(
	'an object',
	(value): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const phone = reader(
	'a phone number in E.164 form',
	(value): value is string => typeof value === 'string' && phonePattern.test(value),
);
const zone = reader('an IANA time zone', (value): value is string => typeof value === 'string' && isTimeZone(value));
const dateTime = reader(
	'a date-time with offset',
	(value): value is string => typeof value === 'string' && dateTimePattern.test(value),
);

/** Body as an object; a problem for anything else. */
export function bodyObject(body: unknown): Body {
	if (typeof body !== 'object' || body === null || Array.isArray(body) || Buffer.isBuffer(body)) {
		throw refused('The body must be a JSON object.');
	}
	return body as Body;
}

function required<Value>(read: Reader<Value>, body: Body, field: string): Value {
	const value = read(body, field);
	if (value === undefined || value === null) throw missing(field);
	return value;
}

/** Fields of a new lead; a problem names the first wrong one. `duplicates` false refuses a customer key the list has already. */
export function readNewLead(body: Body, account: Account, duplicates = true): LeadInput {
	const listId = knownList(account, required(integer, body, 'listId'));
	const customerKey = text(body, 'customerKey') ?? null;
	if (!duplicates) refuseTakenKey(account, listId, customerKey);
	const timezone = zone(body, 'timezone') ?? account.timezone;
	const [phone1, phone2, phone3] = phoneFields.map((field) => phone(body, field) ?? null);
	return {
		listId,
		customerKey,
		timezone,
		phone1,
		phone2,
		phone3,
		nextAttempt: timeOf(dateTime(body, 'nextAttemptTimestamp'), 'nextAttemptTimestamp', timezone) ?? null,
		dataFields: object(body, 'leadData') ?? null,
		lastStatusCode: integer(body, 'statusCode') ?? null,
		agentId: knownAgent(account, integer(body, 'agentId')) ?? null,
	};
}

/**
 * Changes of a lead. Left out fields stay. Null empties customer key, phones, agent and next attempt and leaves the others
 * (not documented). Keys of `leadData` are added to the ones the lead has (not documented either).
 * Completing cannot be undone: `isCompleted` false is refused for a completed lead (vendor page).
 */
export function readLeadChange(body: Body, lead: Lead, account: Account, duplicates = true): RecordChange<Lead> {
	const isCompleted = boolean(body, 'isCompleted');
	if (isCompleted === false && lead.completed) throw refused('A completed lead cannot be reopened.');
	const timezone = zone(body, 'timezone') ?? lead.timezone;
	const dataFields = object(body, 'leadData');
	const completed = lead.completed || isCompleted === true;
	const nextAttempt = timeOf(text(body, 'nextAttemptTimestamp'), 'nextAttemptTimestamp', timezone);
	const listId = integer(body, 'listId');
	const customerKey = text(body, 'customerKey');
	if (!duplicates) refuseTakenKey(account, listId ?? lead.listId, customerKey ?? null, lead.id);
	const changes = {
		listId: typeof listId === 'number' ? knownList(account, listId) : undefined,
		customerKey,
		timezone,
		phones: changedPhones(body, lead),
		completed,
		dataFields: dataFields ? { ...lead.dataFields, ...dataFields } : undefined,
		lastStatusCode: integer(body, 'statusCode') ?? undefined,
		agentId: knownAgent(account, integer(body, 'agentId')),
		nextAttempt: completed ? null : nextAttempt,
	};
	return { id: lead.id, ...withoutUndefined(changes) };
}

/** Leads of a bulk request: each an object still to be read. Null and a missing list stand for none (contract). */
export function readBulk(body: Body, maximum: number): unknown[] {
	const { leads } = body;
	if (leads !== undefined && leads !== null && !Array.isArray(leads)) throw invalid('leads', 'an array');
	const all: unknown[] = leads ?? [];
	if (all.length > maximum) throw refused(`leads may hold at most ${maximum} entries.`);
	return all;
}

/** Name and campaign of a new list. */
export function readLeadList(body: Body, account: Account): { listName: string; campaignId: number } {
	const listName = required(text, body, 'listName');
	const campaignId = required(integer, body, 'campaignId');
	if (listName.trim() === '') throw missing('listName');
	if (!account.campaigns.get(campaignId)) throw unknown('campaignId', campaignId);
	return { listName, campaignId };
}

/** Agent and switch of the presence and recording writes. */
export function readSwitch(body: Body, field: 'available' | 'recording'): { agentId: number; value: boolean } {
	return { agentId: required(integer, body, 'agentId'), value: required(boolean, body, field) };
}

function refuseTakenKey(account: Account, listId: number, customerKey: string | null, leadId?: number): void {
	const owner = customerKey === null ? undefined : account.leadWithKey(listId, customerKey);
	if (owner !== undefined && owner !== leadId) throw refused(`customerKey ${customerKey} exists in list ${listId}.`);
}

function knownList(account: Account, listId: number): number {
	if (!account.leadLists.get(listId)) throw unknown('listId', listId);
	return listId;
}

function knownAgent(account: Account, agentId: number | null | undefined): number | null | undefined {
	if (typeof agentId === 'number' && !account.users.get(agentId)) throw unknown('agentId', agentId);
	return agentId;
}

function timeOf(value: string | null | undefined, field: string, timezone: string): number | null | undefined {
	if (value === undefined || value === null) return value;
	const time = parseTime(value, timezone);
	if (Number.isNaN(time)) throw invalid(field, 'an ISO 8601 date-time');
	return time;
}

/** A phone that stays the same keeps its state. */
function changedPhones(body: Body, lead: Lead): Lead['phones'] | undefined {
	const given = phoneFields.map((field) => phone(body, field));
	if (given.every((value) => value === undefined)) return undefined;
	const old = (index: number): Lead['phones'][number] | undefined =>
		lead.phones.find(({ phoneIndex }) => phoneIndex === index + 1);
	const numbers = given.map((value, index) => (value === undefined ? old(index)?.phone : value));
	return phonesOf(numbers).map((entry) => {
		const earlier = old(entry.phoneIndex - 1);
		return earlier?.phone === entry.phone ? earlier : entry;
	});
}

function withoutUndefined<Values extends object>(values: Values): Partial<Values> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Values>;
}
