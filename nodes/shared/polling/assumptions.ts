import type { IDataObject } from 'n8n-workflow';

import type { FieldValues } from '../definition/request';
import type { TailEvent, TimeWindow, TriggerEvent } from '../definition/events';

const minute = 60_000;

/** Most that a time without offset is off when its zone is not set well. */
const zoneMargin = 26 * 60 * minute;

/** Rounding, and clocks of a vendor's machines that differ. */
const clockMargin = 15 * minute;

/** The vendor's answer is not what the event relies on, so records might be missed without a word. */
export class BrokenAssumption extends Error {
	constructor(readonly assumption: string) {
		super(assumption);
		this.name = 'BrokenAssumption';
	}
}

/** The time of a row that the list is time and ordered by. */
export interface RowTime {
	/** Epoch milliseconds, as far as it can be read. */
	time?: number;
	/** The time says its offset. */
	hasOffset: boolean;
}

/** What an event relies on besides its own assumptions, in words; each poll checks it. */
export function derivedAssumptions(event: TriggerEvent): string[] {
	if (event.kind !== 'tail') return [];
	const order = orderOf(event);
	return [
		...(order === 'unknown' ? [] : [orderText(order)]),
		...(hasCheckedPeriod(event) ? [periodText(event)] : []),
	];
}

/** Order of the list by the time that its filter works on, else by the event's time. */
export function orderOf({ since, order, lookBackHours = 0 }: TailEvent): TailEvent['order'] {
	if (since?.order !== undefined) return since.order;
	return lookBackHours > 0 || since?.time !== undefined ? 'unknown' : order;
}

/** @throws BrokenAssumption when the rows do not come in the order of the list, but for a hour that comes twice */
export function checkOrder(event: TailEvent, rows: RowTime[], toleranceAt: (time: number) => number): void {
	const order = orderOf(event);
	if (order === 'unknown') return;
	const times = rows.map(({ time }) => time).filter((time) => time !== undefined);
	if (order === 'descending') times.reverse();
	const isBroken = times.some((time, index) => index > 0 && times[index - 1] - time > toleranceAt(time));
	if (isBroken) throw new BrokenAssumption(orderText(order));
}

/** @throws BrokenAssumption when most rows lie outside the period that was asked for */
export function checkPeriod(event: TailEvent, rows: RowTime[], { from, to }: TimeWindow): void {
	if (!hasCheckedPeriod(event)) return;
	const step = (event.since.stepSeconds ?? 1) * 1_000;
	const isOutside = ({ time, hasOffset }: RowTime) => {
		const margin = step + (hasOffset ? clockMargin : zoneMargin);
		if (time === undefined) return false;
		const isEarly = from !== undefined && time < from - margin;
		return isEarly || (to !== undefined && event.since.until !== undefined && time > to + margin);
	};
	if (rows.filter(isOutside).length * 2 > rows.length) throw new BrokenAssumption(periodText(event));
}

/** @throws BrokenAssumption when a row is not as one of the event's own assumptions says */
export function checkRows(event: TriggerEvent, rows: IDataObject[], values: FieldValues): void {
	for (const { text, holds } of event.assumptions ?? []) {
		if (!rows.every((row) => holds(row, values))) throw new BrokenAssumption(text);
	}
}

/** The time that the filter works on has to be in the row. */
function hasCheckedPeriod(event: TailEvent): event is TailEvent & { since: NonNullable<TailEvent['since']> } {
	if (event.since === undefined) return false;
	if (event.read !== undefined && event.since.until === undefined) return false;
	return (event.lookBackHours ?? 0) === 0 || event.since.time !== undefined;
}

function orderText(order: 'ascending' | 'descending'): string {
	return `The list comes ${order === 'ascending' ? 'oldest' : 'newest'} first`;
}

function periodText({ since }: TailEvent): string {
	const names = [since?.parameter, since?.until].filter((name, index, all) => name && all.indexOf(name) === index);
	return `The list honors the period asked for with ${names.join(' and ')}`;
}
