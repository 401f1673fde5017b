import type { IDataObject } from 'n8n-workflow';

import type { TailReading } from '../../shared/definition/events';
import { toZonedText } from '../../shared/time/timeZone';
import { parseVendorTime } from '../../shared/input/values';

const day = 86_400_000;

/** Reads a report by whole days. Both days are needed; an open end goes to tomorrow, whatever the zone. */
export const readReport: TailReading = async function* (access, { from, to }, _values, request, start) {
	const dayOf = (time: number) => toZonedText(time, access.vendorZone, 'yyyy-MM-dd');
	const bounds = { date_from: dayOf(from ?? 0), date_to: dayOf(to ?? access.now() + day) };
	yield* access.pages({ ...request, query: { ...request.query, ...bounds } }, start);
};

/** True for a service level record that was closed after it was due; both times are in the zone of the account. */
export function isMissed({ server_date_closed: closed, server_date_due: due }: IDataObject): boolean {
	const [end, target] = [closed, due].map((time) => parseVendorTime(time, 'UTC'));
	return end !== undefined && target !== undefined && end > target;
}
