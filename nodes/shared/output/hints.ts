import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../http/connection';
import { perSecond } from './progress';

const shortestPauseToMention = 5_000;

/** Milliseconds that requests of this tenant have waited for their turn so far. */
export function waitedMilliseconds(connection: Connection): number {
	return connection.pacer.waitedMilliseconds;
}

/**
 * Tells the user on the output panel when the run was slowed by the vendor's limit, and what a long run took.
 * @param summary what a long run took
 */
export function addPaceHint(context: IExecuteFunctions, connection: Connection, waitedBefore: number, summary?: string): void {
	const waited = connection.pacer.waitedMilliseconds - waitedBefore;
	const slowed =
		waited < shortestPauseToMention
			? undefined
			: `The rate limit set the pace: at most ${perSecond(connection.pacer.requestsPerSecond)}, as 'Requests per Second' in the credential allows.`;
	const message = [summary, slowed].filter(Boolean).join(' ');
	if (message !== '') addHint(context, message);
}

/** Adds a hint where the host knows hints. */
export function addHint(context: IExecuteFunctions, message: string): void {
	if (typeof context.addExecutionHints === 'function') context.addExecutionHints({ message, location: 'outputPane' });
}
