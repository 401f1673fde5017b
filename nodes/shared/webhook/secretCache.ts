import type { IDataObject } from 'n8n-workflow';

import { setNewest } from '../data/setNewest';

/** Milliseconds for which secrets that were read count for further requests. */
export const secretsKeptMs = 10_000;

/** Most credentials that are remembered; the one read longest ago is forgotten. */
const secretsLimit = 200;

interface Remembered {
	until: number;
	secrets: Promise<IDataObject | undefined>;
}

const remembered = new Map<string, Remembered>();

/**
 * The secrets of a credential, read once for the requests of ten seconds.
 * To decrypt a credential n8n asks its database and starts an expression engine, which takes longer than all else that an answer waits for here.
 * @param key workflow, node and credential
 * @param read gives nothing when there is no credential; that is not remembered
 * @param now epoch milliseconds
 */
export async function secretsOf(
	key: string,
	read: () => Promise<IDataObject | undefined>,
	now: number,
): Promise<IDataObject | undefined> {
	const known = remembered.get(key);
	if (known !== undefined && now < known.until) return await known.secrets;
	const secrets = read();
	setNewest(remembered, key, { until: now + secretsKeptMs, secrets }, secretsLimit);
	const found = await secrets.catch(() => undefined);
	if (found === undefined && remembered.get(key)?.secrets === secrets) remembered.delete(key);
	return await secrets;
}
