import type { IDataObject } from 'n8n-workflow';

import type { FieldValues } from '../../shared/definition/request';
import type { SourceAccess, SourcePage, SourceRequest, TailReading, TimeWindow } from '../../shared/definition/events';
import { writeLocalTime } from '../fields';

type Position = SourcePage['position'];

/** Reads conversations by one of their times. */
function readBy(bounds: (access: SourceAccess, window: TimeWindow) => IDataObject): TailReading {
	return async function* (access, window, values, request, start) {
		yield* ofDepartments(access, values, { ...request, query: { ...request.query, ...bounds(access, window) } }, start);
	};
}

/** Reads conversations by their creation. */
export const readCreated = readBy(createdBetween);

/** Reads conversations by their latest change. */
export const readChanged = readBy(changedBetween);

/**
 * Reads the messages of all conversations that changed, one page for each conversation, department by department and by the
 * conversation's id. Nothing depends on the time of the change, so a conversation keeps its place when it changes meanwhile.
 */
export const readMessages: TailReading = async function* (access, window, values, request, start) {
	const [firstDepartment = '', firstConversation = ''] = String(start ?? '').split(' ');
	const query = { ...request.query, ...changedBetween(access, { from: window.from }) };
	const departments = (await departmentIds(access, values)).filter((id) => id >= firstDepartment);
	if (departments.length === 0) yield { rows: [], position: start ?? '' };
	for (const [index, department] of departments.entries()) {
		const first = department === firstDepartment ? firstConversation : '';
		const found = await conversationsById(access, { ...request, query: { ...query, department } });
		const conversations = found.filter(({ id }) => id >= first);
		const following = departments[index + 1];
		if (conversations.length === 0) yield pageOf([], department, '', following);
		for (const [place, { id, row }] of conversations.entries()) {
			const later = conversations[place + 1]?.id;
			const next = later === undefined ? following : `${department} ${later}`;
			yield pageOf(await messagesOf(access, window, row), department, id, next);
		}
	}
};

/** A page that no other one shifts. */
function pageOf(rows: IDataObject[], department: string, conversation: string, next: string | undefined): SourcePage {
	const position = `${department} ${conversation}`;
	return { rows, position, list: position, ...(next === undefined ? {} : { next }) };
}

/** Conversations of the chosen department, or of one department after the other: LiveAgent lists them only so. */
async function* ofDepartments(
	access: SourceAccess,
	values: FieldValues,
	request: SourceRequest,
	start: Position | undefined,
): AsyncGenerator<SourcePage> {
	const departments = await departmentIds(access, values);
	const lists = departments.map((department) => ({
		name: department,
		request: { ...request, query: { ...request.query, department } },
	}));
	yield* access.pagesInTurn(lists, start);
}

/** In order, so that a reading can go on at a department. */
async function departmentIds(access: SourceAccess, values: FieldValues): Promise<string[]> {
	const chosen = values.departmentId as string | undefined;
	if (chosen !== undefined) return [chosen];
	const ids: string[] = [];
	for await (const rows of access.list({ resource: 'department', operation: 'getMany' })) {
		ids.push(...rows.filter(({ deleted }) => deleted !== 'Y').map(({ departmentid }) => String(departmentid)));
	}
	return ids.sort();
}

/** Each conversation once, in the order of the ids. */
async function conversationsById(
	access: SourceAccess,
	request: SourceRequest,
): Promise<Array<{ id: string; row: IDataObject }>> {
	const conversations = new Map<string, IDataObject>();
	for await (const rows of access.list(request)) {
		for (const row of rows) conversations.set(String(row.conversationid), row);
	}
	const entries = [...conversations].map(([id, row]) => ({ id, row }));
	return entries.sort((first, second) => (first.id < second.id ? -1 : 1));
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
	return String(writeLocalTime(time, { inputZone, vendorZone, now: now() }));
}
