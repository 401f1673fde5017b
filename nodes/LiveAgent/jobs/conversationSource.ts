import type { IDataObject } from 'n8n-workflow';

import type { FieldValues } from '../../shared/definition/request';
import type { PagePosition } from '../../shared/definition/paging';
import type { SourceAccess, SourcePage, SourceRequest, TimeWindow } from '../../shared/definition/events';
import { localTime } from '../fields';

/** Time filters of a list, under the vendor's names. */
type Bounds = (access: SourceAccess, window: TimeWindow) => IDataObject;

/** Reads conversations by their creation. */
export async function* readCreated(
	access: SourceAccess,
	window: TimeWindow,
	values: FieldValues,
	request: SourceRequest,
): AsyncGenerator<IDataObject[]> {
	yield* ofDepartments(access, window, values, request, createdBetween);
}

/** Reads conversations by their latest change. */
export async function* readChanged(
	access: SourceAccess,
	window: TimeWindow,
	values: FieldValues,
	request: SourceRequest,
): AsyncGenerator<IDataObject[]> {
	yield* ofDepartments(access, window, values, request, changedBetween);
}

/**
 * Reads the messages of all conversations that changed, one page for each conversation, the one that changed first in front:
 * what changes while it is read comes later, so a reading can go on another time.
 */
export async function* readMessages(
	access: SourceAccess,
	window: TimeWindow,
	values: FieldValues,
	request: SourceRequest,
	start?: PagePosition,
): AsyncGenerator<SourcePage> {
	const conversations: IDataObject[] = [];
	for await (const rows of readChanged(access, { from: window.from }, values, request)) conversations.push(...rows);
	const due = inOrderOfChange(conversations).filter(({ position }) => start === undefined || position >= String(start));
	if (due.length === 0) yield { rows: [], position: start ?? '' };
	for (const [index, { position, row }] of due.entries()) {
		const next = due[index + 1]?.position;
		const rows = await messagesOf(access, window, row);
		yield { rows, position, ...(next === undefined ? {} : { next }) };
	}
}

/** Conversations of the chosen department, or of one department after the other: LiveAgent lists them only so. */
async function* ofDepartments(
	access: SourceAccess,
	window: TimeWindow,
	values: FieldValues,
	request: SourceRequest,
	bounds: Bounds,
): AsyncGenerator<IDataObject[]> {
	const query = { ...request.query, ...bounds(access, window) };
	const chosen = values.departmentId as string | undefined;
	for (const department of chosen === undefined ? await departmentIds(access) : [chosen]) {
		yield* access.list({ ...request, query: { ...query, department } });
	}
}

async function departmentIds(access: SourceAccess): Promise<string[]> {
	const ids: string[] = [];
	for await (const rows of access.list({ resource: 'department', operation: 'getMany' })) {
		ids.push(...rows.filter(({ deleted }) => deleted !== 'Y').map(({ departmentid }) => String(departmentid)));
	}
	return ids;
}

async function messagesOf(
	access: SourceAccess,
	{ from }: TimeWindow,
	conversation: IDataObject,
): Promise<IDataObject[]> {
	const messages: IDataObject[] = [];
	const source: SourceRequest = {
		resource: 'conversation',
		operation: 'getMessages',
		path: { conversationId: String(conversation.conversationid) },
		query: from === undefined ? {} : { datefrom: written(access, from) },
	};
	for await (const rows of access.list(source)) messages.push(...rows.map((row) => ({ ...row, conversation })));
	return messages;
}

/** Each conversation once, with a position that no other has. */
function inOrderOfChange(conversations: IDataObject[]): Array<{ position: string; row: IDataObject }> {
	const byPosition = new Map(
		conversations.map((row) => [`${String(row.datechanged)} ${String(row.conversationid)}`, row] as const),
	);
	return [...byPosition]
		.map(([position, row]) => ({ position, row }))
		.sort((first, second) => (first.position < second.position ? -1 : 1));
}

function createdBetween(access: SourceAccess, { from, to }: TimeWindow): IDataObject {
	return {
		...(from === undefined ? {} : { datefrom: written(access, from) }),
		...(to === undefined ? {} : { dateto: written(access, to) }),
	};
}

function changedBetween(access: SourceAccess, { from, to }: TimeWindow): IDataObject {
	if (from === undefined) return {};
	const lower = written(access, from);
	return { datechanged: to === undefined ? `gte:${lower}` : `btw:${lower},${written(access, to)}` };
}

function written({ inputZone, vendorZone, now }: SourceAccess, time: number): string {
	return String(localTime(time, { inputZone, vendorZone, now: now() }));
}
