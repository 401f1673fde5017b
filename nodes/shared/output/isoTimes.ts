import type { IDataObject } from 'n8n-workflow';

import { mapEntries } from '../data/mapEntries';
import type { RowContext } from '../definition/operation';
import type { Vendor } from '../definition/vendor';
import { isoTime, writesIsoTimes } from '../time/isoTime';

/** Rows of vendors are a few levels deep; what lies deeper stays as it is. */
const deepest = 8;

/** A row with the vendor's times as ISO 8601, where the version of the node writes them so. */
export function withIsoTimes(vendor: Pick<Vendor, 'timeKeys'>, row: IDataObject, context: RowContext): IDataObject {
	if (vendor.timeKeys === undefined || !writesIsoTimes(context)) return row;
	return mapTimes(row, new Set(vendor.timeKeys), context.vendorZone, 0) as IDataObject;
}

function mapTimes(value: unknown, keys: ReadonlySet<string>, zone: string, depth: number): unknown {
	if (typeof value !== 'object' || value === null || depth > deepest) return value;
	if (Buffer.isBuffer(value) || value instanceof Date) return value;
	const isList = Array.isArray(value);
	return mapEntries(value, (entry, key) => {
		if (typeof entry === 'string') return !isList && keys.has(key) ? isoTime(entry, zone) : entry;
		return mapTimes(entry, keys, zone, depth + 1);
	});
}
