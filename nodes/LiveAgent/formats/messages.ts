import type { IDataObject } from 'n8n-workflow';

/**
 * The messages of a conversation, one row each. What LiveAgent says of the group of a message gets the prefix `group`:
 * `rtype` becomes `grouptype`, `datecreated` becomes `groupdatecreated`.
 */
export function messagesOf(body: unknown): IDataObject[] {
	const { groups } = ((body as IDataObject | undefined)?.response ?? {}) as { groups?: unknown };
	return asRows(groups).flatMap(({ messages, messagegroupid, ...group }) => {
		const about = Object.entries(group).map(([key, value]) => [`group${key.replace(/^r(type|status)$/, '$1')}`, value]);
		const id = messagegroupid === undefined ? {} : { messagegroupid };
		return asRows(messages).map((message) => ({ ...message, ...id, ...(Object.fromEntries(about) as IDataObject) }));
	});
}

function asRows(value: unknown): IDataObject[] {
	return Array.isArray(value) ? value.filter((row): row is IDataObject => typeof row === 'object' && row !== null) : [];
}
