import type { IDataObject } from 'n8n-workflow';

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
 * @returns messages with sender, type, time and text; undefined when there is no readable history
 */
export function parseHistory(history: unknown): IDataObject[] | undefined {
	const lines = typeof history === 'string' ? parseText(history) : history;
	if (!Array.isArray(lines)) return undefined;
	return lines.filter(Array.isArray).map(toMessage);
}

function toMessage([kind, localTime, text, epoch]: unknown[]): IDataObject {
	const { sender, type } = entryTypes[Number(kind)] ?? { sender: 'unknown', type: String(kind) };
	const time = typeof epoch === 'number' ? new Date(epoch).toISOString() : (localTime as string);
	return { sender, type, time, text: text as string };
}

function parseText(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
