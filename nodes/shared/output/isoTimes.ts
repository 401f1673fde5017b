import type { IDataObject } from 'n8n-workflow';

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

/** The same value, not a copy, where no time changes: lists have many rows, and most of what they hold is no time. */
function mapTimes(value: unknown, keys: ReadonlySet<string>, zone: string, depth: number): unknown {
	if (typeof value !== 'object' || value === null || depth > deepest) return value;
	if (Buffer.isBuffer(value) || value instanceof Date) return value;
	const source = value as Record<string, unknown>;
	let copy: Record<string, unknown> | undefined;
	for (const key of Object.keys(source)) {
		const entry = source[key];
		const mapped = !Array.isArray(value) && keys.has(key) && typeof entry === 'string' ? isoTime(entry, zone) : mapTimes(entry, keys, zone, depth + 1);
		if (mapped === entry) continue;
		copy ??= (Array.isArray(value) ? [...value] : { ...source }) as Record<string, unknown>;
		copy[key] = mapped;
	}
	return copy ?? value;
}
