import type { Answer } from '../definition/answer';
import type { Fallback, Operation, Resource } from '../definition/operation';
import type { PlacedValues } from '../definition/request';
import type { Connection } from '../http/connection';
import { buildRequest } from '../http/request';
import { attempt, isNotFound, sendOperation } from '../http/sendOperation';
import { send } from '../http/transport';
import { rowsOf } from '../output/answers';
import { rowId } from './listReader';

/**
 * Sends the main request of an operation. Where its unconfirmed path answers 404, the record is read through a confirmed list
 * instead, if the operation names one.
 * @throws NodeApiError of the operation's own path where the list does not have the record either
 */
export async function sendWithFallback(
	connection: Connection,
	resource: Resource,
	operation: Operation,
	placed: PlacedValues,
	itemIndex: number,
): Promise<Answer> {
	const { fallback } = operation;
	const first = await attempt(async () => await sendOperation(connection, resource, operation, placed, itemIndex));
	if ('answer' in first) return first.answer;
	if (fallback === undefined || !isNotFound(first.failure)) throw first.failure;
	const request = buildRequest(connection, resource, operation, placed, itemIndex);
	const answer = await send(connection, { ...request, path: fallback.path, query: queryOf(fallback, placed) });
	const row = findRow(connection, operation, fallback, placed, answer);
	if (row === undefined) throw first.failure;
	return { ...answer, body: row };
}

function queryOf({ query }: Fallback, { path }: PlacedValues): Array<[string, string]> {
	return Object.entries(query).map(([name, template]) => [
		name,
		template.replace(/\{(\w+)\}/g, (_, key: string) => String(path[key])),
	]);
}

/** The row with the identifier from the path: a list that ignores the filter would give another record. */
function findRow({ vendor }: Connection, operation: Operation, fallback: Fallback, placed: PlacedValues, answer: Answer) {
	const rows = rowsOf(vendor, { answer: { kind: 'many', path: fallback.answerPath } }, answer);
	const idOf = operation.rowId ?? rowId;
	const wanted = Object.values(placed.path).map(String);
	return rows.find((row) => wanted.includes(idOf(row) ?? ''));
}
