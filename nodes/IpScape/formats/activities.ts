import type { IDataObject } from 'n8n-workflow';

/** The vendor wraps a call as `{ type, data }`; this lays it flat. What is flat already stays as it is. */
export function flatActivity(row: IDataObject): IDataObject {
	const { data, ...rest } = row;
	return typeof data === 'object' && data !== null ? { ...rest, ...(data as IDataObject) } : row;
}

/** Identifier of a call, which the vendor writes inside `data`. */
export function activityId(row: IDataObject): string | undefined {
	const id = flatActivity(row).activityId;
	return id === undefined || id === null ? undefined : String(id as number);
}
