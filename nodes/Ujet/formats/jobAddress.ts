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

/**
 * The number of the background job that an answer announces, wherever the vendor or its gateways put it.
 * @param headers names in lower case
 */
export function jobNumber(body: unknown, headers: Record<string, string>): string | number | undefined {
	const job = isObject(body) ? body : {};
	const link = typeof job.link === 'string' ? job.link : undefined;
	const candidates = [
		job.id,
		job.job_id,
		headers['x-job-id'],
		jobAddress(headers).job_id,
		link === undefined ? undefined : jobAddress({ location: link }).job_id,
	];
	return candidates.find((id): id is string | number => /^\d+$/.test(String(id ?? '')));
}

/** An error of the vendor as text, whatever its form. */
export function errorText(error: unknown): string {
	return typeof error === 'object' && error !== null ? JSON.stringify(error) : String(error);
}
