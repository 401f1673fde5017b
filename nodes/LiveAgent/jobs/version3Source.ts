import type { SourceAccess, TailReading, TimeFilter } from '../../shared/definition/events';
import { instant } from '../../shared/input/values';

/** Filters of API version 3 count in UTC. */
const utcTime = instant({ format: 'yyyy-MM-dd HH:mm:ss', zone: 'utc' });

/** Operators of a lower and an upper bound. */
type Bounds = [lower: string, upper: string];

/** As documented for tickets (support.liveagent.com 870644). */
export const ticketBounds: Bounds = ['D>=', 'D<='];

/** As a production client sends them for calls, contacts, companies and histories (keboola/component-liveagent 2534822). */
export const plainBounds: Bounds = ['>=', '<='];

/** Says that a list is narrowed by both bounds; `readBetween` puts them into the filters. */
export const bothBounds: TimeFilter = { parameter: '_filters', until: '_filters', write: utcTime };

/** Reads a list between two times of one of its fields, beside the filters that the user chose. */
export function readBetween(field: string, [lower, upper]: Bounds): TailReading {
	return async function* (access, { from, to }, _values, request, start) {
		const chosen = (request.query?._filters ?? []) as string[][];
		const bounds = [
			...(from === undefined ? [] : [[field, lower, written(access, from)]]),
			...(to === undefined ? [] : [[field, upper, written(access, to)]]),
		];
		const query = { ...request.query, _filters: [...chosen, ...bounds], _sortField: field, _sortDir: 'ASC' };
		yield* access.pages({ ...request, query }, start);
	};
}

function written({ inputZone, vendorZone, now }: SourceAccess, time: number): string {
	return String(utcTime(time, { inputZone, vendorZone, now: now() }));
}
