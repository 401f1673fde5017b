import { setNewest } from '../data/setNewest';

/** Milliseconds for which a process notes its own claims again. */
const recentMs = 60_000;

/** Most claims that are noted again for one trigger; the oldest is left out. */
const claimLimit = 1_000;

/** Most triggers that are remembered; the one that claimed longest ago is forgotten. */
const triggerLimit = 200;

const triggers = new Map<string, Map<string, number>>();

/**
 * The events that this process has claimed within the last minute. Another process may write over its note of them at any time,
 * because n8n's memory has no lock, so each further note holds them again.
 * @param now epoch milliseconds
 */
export function recentClaims(trigger: string, now: number): Set<string> {
	const claims = triggers.get(trigger) ?? new Map<string, number>();
	for (const [key, at] of claims) if (now - at > recentMs || claims.size > claimLimit) claims.delete(key);
	return new Set(claims.keys());
}

/** To be called with what was found new. */
export function addClaims(trigger: string, keys: Iterable<string>, now: number): void {
	const claims = triggers.get(trigger) ?? new Map<string, number>();
	for (const key of keys) claims.set(key, now);
	setNewest(triggers, trigger, claims, triggerLimit);
}

/** To be called with what is given back. */
export function removeClaims(trigger: string, keys: string[]): void {
	const claims = triggers.get(trigger);
	for (const key of keys) claims?.delete(key);
}
