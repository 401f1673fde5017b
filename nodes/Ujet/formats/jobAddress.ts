import type { IDataObject } from 'n8n-workflow';

/**
 * The background job that an answer announces in its Location header: where to ask for it, and its number where the address ends in one.
 * @param headers names in lower case
 * @returns nothing when there is no such header
 */
export function jobAddress(headers: Record<string, string>): { job_url?: string; job_id?: number } {
	const { location } = headers;
	if (location === undefined) return {};
	const [, id] = /\/(\d+)\/?(?:\?.*)?$/.exec(location) ?? [];
	return { job_url: location, ...(id === undefined ? {} : { job_id: Number(id) }) };
}

/** True for an object that is no list. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
