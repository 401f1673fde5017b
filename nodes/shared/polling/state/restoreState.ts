import { migrateFirstVersion } from './firstVersion';
import { differenceOf } from './identity';
import type { Identity } from './identity';
import { stateSchema } from './pollState';
import type { PollState } from './pollState';

/** What the workflow kept, as far as it can be gone on with. */
export interface RestoredState {
	state?: PollState;
	/** Why a new beginning is due; left out where there is a state. */
	reason?: string;
}

/**
 * Reads what the workflow keeps. Whatever is given stays as it is.
 * @param identity what a state must belong to
 * @param earlierFilters fingerprints under which version 0.1.0 would have known the same filters
 */
export function restoreState(stored: unknown, identity: Identity, earlierFilters: () => string[] = () => []): RestoredState {
	if (stored === undefined) return { reason: 'it polls for the first time' };
	const known = stateSchema.safeParse(stored);
	const state = known.success ? known.data : migrateFirstVersion(stored, identity, earlierFilters());
	if (state === undefined) return { reason: 'what it remembered cannot be read, or event or filters were changed' };
	const reason = differenceOf(state.identity, identity);
	return reason === undefined ? { state } : { reason };
}
