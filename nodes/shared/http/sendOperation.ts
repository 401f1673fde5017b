import { NodeApiError } from 'n8n-workflow';

import type { Answer } from '../definition/answer';
import type { Operation, Resource } from '../definition/operation';
import type { PlacedValues } from '../definition/request';
import type { Connection } from './connection';
import { buildRequest, writePath } from './request';
import { send } from './transport';

/** Operations that a connection found at their second path, so that further pages are read there at once. */
const foundElsewhere = new WeakMap<Connection, Set<Operation>>();

/**
 * Sends the main request of an operation. Where its unconfirmed path answers 404 and another path is known, the same request goes there.
 * A path from the credential is the user's own choice and the only one that is tried.
 * @throws NodeApiError of the first path where the second one answers 404 too
 */
export async function sendOperation(
	connection: Connection,
	resource: Resource,
	operation: Operation,
	placed: PlacedValues,
	itemIndex: number,
): Promise<Answer> {
	const request = buildRequest(connection, resource, operation, placed, itemIndex);
	const secondPath = secondPathOf(connection, resource, operation);
	if (secondPath === undefined) return await send(connection, request);
	const elsewhere = { ...request, path: writePath(secondPath, placed.path) };
	if (foundElsewhere.get(connection)?.has(operation)) return await send(connection, elsewhere);
	const first = await attempt(async () => await send(connection, request));
	if ('answer' in first) return first.answer;
	if (!isNotFound(first.failure)) throw first.failure;
	const second = await attempt(async () => await send(connection, elsewhere));
	if ('failure' in second) throw isNotFound(second.failure) ? first.failure : second.failure;
	remember(connection, operation);
	return second.answer;
}

/** True for a failure with HTTP status 404. */
export function isNotFound(error: unknown): error is NodeApiError {
	return error instanceof NodeApiError && error.httpCode === '404';
}

/** Takes a step that may fail; returns its answer or what was thrown. */
export async function attempt(step: () => Promise<Answer>): Promise<{ answer: Answer } | { failure: unknown }> {
	try {
		return { answer: await step() };
	} catch (failure) {
		return { failure };
	}
}

function secondPathOf(connection: Connection, resource: Resource, operation: Operation): string | undefined {
	if (operation.secondPath === undefined || operation.retryClass !== 'read') return undefined;
	return `${resource.value}.${operation.value}` in connection.overrides ? undefined : operation.secondPath;
}

function remember(connection: Connection, operation: Operation): void {
	const known = foundElsewhere.get(connection) ?? new Set<Operation>();
	foundElsewhere.set(connection, known.add(operation));
}
