import type { IDataObject } from 'n8n-workflow';

import type { PushEvent, PushSender } from '../definition/push';
import { stableStringify } from '../data/hash';

/** What travels from the request, or from the poll that fills gaps, into the execution. */
export interface PushedEvent {
	/** Internal value of the event; null for one that the table does not know. */
	event: string | null;
	/** What it is known by; `''` when only the record tells. */
	id: string;
	/** By what else it counts as handed over: what the other way, push or poll, knows it by. */
	alsoKnownBy?: string[];
	/** What was sent; missing when polling found the row. */
	notice?: IDataObject;
	/** The row that polling found. */
	row?: IDataObject;
}

/** Which events a trigger hands over. */
export interface WantedEvents {
	values: string[];
	/** Also those that the table does not know. */
	unknown: boolean;
}

/** The wanted events that a notice tells; one notice may tell several. */
export function eventsIn(sender: PushSender, notice: IDataObject, wanted: WantedEvents): PushedEvent[] {
	const recognised = sender.events.flatMap((event) => {
		const id = event.recognise(notice);
		return id === undefined ? [] : [{ event: event.value, id, ...alsoKnownBy(event, id, notice), notice }];
	});
	if (recognised.length > 0) return recognised.filter(({ event }) => wanted.values.includes(event));
	if (!wanted.unknown) return [];
	return [{ event: null, id: sender.noticeId?.(notice) ?? stableStringify(notice), notice }];
}

function alsoKnownBy({ gaps, id, row }: PushEvent, own: string, notice: IDataObject): Pick<PushedEvent, 'alsoKnownBy'> {
	if (gaps === undefined || id === undefined || own === '') return {};
	const other = id(row(notice));
	return other === '' || other === own ? {} : { alsoKnownBy: [other] };
}

/** What an event is remembered by; undefined while only the record tells. */
export function keyOf({ event, id }: Pick<PushedEvent, 'event' | 'id'>): string | undefined {
	return id === '' ? undefined : `${event ?? ''}\n${id}`;
}

/** All that an event is remembered by; whether it is new is told by `keyOf` alone. */
export function keysOf({ event, id, alsoKnownBy = [] }: PushedEvent): string[] {
	return [id, ...alsoKnownBy].flatMap((known) => keyOf({ event, id: known }) ?? []);
}

/** The event of the table. */
export function definitionOf(sender: PushSender, { event }: PushedEvent): PushEvent | undefined {
	return sender.events.find(({ value }) => value === event);
}
