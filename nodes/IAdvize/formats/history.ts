import type { IDataObject } from 'n8n-workflow';

import { parseJson } from '../../shared/data/json';
import type { RowContext } from '../../shared/definition/operation';
import { parseVendorTime } from '../../shared/input/values';
import { isoTime, writesIsoTimes } from '../../shared/time/isoTime';

/** Entry types of a conversation history, after the vendor's reference. */
const entryTypes: Record<number, { sender: string; type: string }> = {
	1: { sender: 'operator', type: 'text' },
	2: { sender: 'visitor', type: 'text' },
	3: { sender: 'system', type: 'notice' },
	5: { sender: 'visitor', type: 'page' },
	6: { sender: 'operator', type: 'richContent' },
	7: { sender: 'visitor', type: 'richContent' },
};

/**
 * Turns history lines `[type, local time, text, epoch milliseconds?]` into readable messages.
 * The reference calls the field a text while its examples show lists: both are read.
 * @param context zone of the local times, and the version of the node
 * @returns messages with sender, type, time and text; undefined when there is no readable history
 */
export function parseHistory(history: unknown, context: RowContext): IDataObject[] | undefined {
	const lines = typeof history === 'string' ? parseJson(history) : history;
	if (!Array.isArray(lines)) return undefined;
	return lines.filter(Array.isArray).map((line) => toMessage(line, context));
}

function toMessage([kind, localTime, text, epoch]: unknown[], context: RowContext): IDataObject {
	const { sender, type } = entryTypes[Number(kind)] ?? { sender: 'unknown', type: String(kind) };
	return { sender, type, time: timeOf(localTime, epoch, context) as string, text: text as string };
}

/** Version 1 of the node left the local time of lines without epoch as it was. */
function timeOf(localTime: unknown, epoch: unknown, context: RowContext): unknown {
	const time = typeof epoch === 'number' ? parseVendorTime(epoch, 'UTC') : undefined;
	if (time !== undefined) return new Date(time).toISOString();
	return writesIsoTimes(context) ? isoTime(localTime, context.vendorZone) : localTime;
}
