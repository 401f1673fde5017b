import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../http/connection';

const shortestPauseToMention = 5_000;

/** Milliseconds that requests of this tenant have waited for their turn so far. */
export function pace(connection: Connection): number {
	return connection.pacer.waitedMilliseconds;
}

/** Tells the user on the output panel when the run was slowed by the vendor's limit. */
export function addPaceHint(context: IExecuteFunctions, connection: Connection, waitedBefore: number): void {
	const waited = connection.pacer.waitedMilliseconds - waitedBefore;
	if (waited < shortestPauseToMention) return;
	const seconds = Math.round(waited / 1_000);
	addHint(
		context,
		`Requests waited ${seconds} seconds in all to keep to the rate of ${connection.vendor.displayName}. 'Requests per Second' in the credential sets it.`,
	);
}

/** Adds a hint where the host knows hints. */
export function addHint(context: IExecuteFunctions, message: string): void {
	if (typeof context.addExecutionHints === 'function') context.addExecutionHints({ message, location: 'outputPane' });
}
