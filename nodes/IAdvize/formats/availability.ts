import type { IDataObject } from 'n8n-workflow';

import type { RowContext } from '../../shared/definition/operation';

const channels = ['chat', 'call', 'video'];

/** The live state of an operator as plain columns; version 1 of the node returned the vendor's nested row. */
export function plainAvailability(row: IDataObject, { nodeVersion = 1 }: RowContext): IDataObject {
	if (nodeVersion < 2) return row;
	const { id, name, email, connected } = row;
	const who = name === undefined && email === undefined ? { id } : { id, name: name ?? null, email: email ?? null };
	return Object.assign({ ...who, connected }, ...channels.map((channel) => channelColumns(channel, row[channel]))) as IDataObject;
}

/** `chat` becomes `chatAvailable`, and how many of its slots are taken. */
function channelColumns(channel: string, state: unknown): IDataObject {
	const { available, slot_number: taken, slot_max_number: slots } = (state ?? {}) as IDataObject;
	return {
		[`${channel}Available`]: available ?? null,
		[`${channel}Slots`]: `${String(taken ?? '?')} of ${String(slots ?? '?')}`,
	};
}
