import type { IDataObject } from 'n8n-workflow';

import type { SourceAccess, SourceRequest } from '../definition/events';
import type { Operation, Resource } from '../definition/operation';
import type { RecordAccess } from '../definition/push';
import { noValues } from '../definition/request';
import type { Connection } from '../http/connection';
import { isNotFound, sendOperation } from '../http/sendOperation';
import { send } from '../http/transport';
import { rowId } from '../lists/listReader';
import { dataOf, rowsOf } from '../output/answers';

/** Milliseconds between tries to read a record that is not there yet. */
const pauses = [1_000, 2_000];

/** Adds the reading of single records to the way that polls take to the vendor. */
export function recordAccess(connection: Connection, access: SourceAccess): RecordAccess {
	const { list, now, vendorZone, inputZone, nodeVersion } = access;
	const record: RecordAccess['record'] = async (request, { patient = false } = {}) => {
		for (const pause of patient ? pauses : []) {
			const row = await readRecord(connection, request);
			if (row !== undefined) return row;
			await connection.clock.sleep(pause, connection.signal);
		}
		return await readRecord(connection, request);
	};
	return { list, now, vendorZone, inputZone, nodeVersion, record };
}

async function readRecord(connection: Connection, request: SourceRequest): Promise<IDataObject | undefined> {
	const { resource, operation } = operationOf(connection, request);
	const placed = { ...noValues(), path: request.path ?? {}, query: { ...request.query } };
	const answer = await unlessUnknown(sendOperation(connection, resource, operation, placed, 0));
	if (answer === undefined) return await readByList(connection, operation, request);
	const data = dataOf(connection.vendor, operation, answer, {});
	return typeof data === 'object' && data !== null && Object.keys(data).length > 0 ? (data as IDataObject) : undefined;
}

/** Where the path of single records is not confirmed, a list with the identifier stands in for it. */
async function readByList(
	connection: Connection,
	{ fallback }: Operation,
	{ path = {} }: SourceRequest,
): Promise<IDataObject | undefined> {
	if (fallback === undefined) return undefined;
	const query = Object.entries(fallback.query).map(([name, template]): [string, string] => [
		name,
		template.replace(/\{(\w+)\}/g, (_, key: string) => String(path[key])),
	]);
	const request = {
		method: 'GET',
		path: fallback.path,
		query,
		bodyFormat: 'json',
		retryClass: 'read',
		itemIndex: 0,
	} as const;
	const answer = await unlessUnknown(send(connection, request));
	if (answer === undefined) return undefined;
	const rows = rowsOf(connection.vendor, { answer: { kind: 'many', path: fallback.answerPath } }, answer);
	// A list that ignores the filter would give another record.
	return rows.find((row) => Object.values(path).includes(rowId(row) ?? ''));
}

/** A record that the vendor does not know is no failure: it may be gone, or not readable yet. */
async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
	const failure = await answer.then(
		() => undefined,
		(error: unknown) => error,
	);
	return isNotFound(failure) ? undefined : await answer;
}

function operationOf({ vendor }: Connection, request: SourceRequest): { resource: Resource; operation: Operation } {
	const resource = vendor.resources.find(({ value }) => value === request.resource);
	const operation = resource?.operations.find(({ value }) => value === request.operation);
	if (resource === undefined || operation === undefined) {
		throw new Error(`The event reads ${request.resource}.${request.operation}, which is not defined`);
	}
	return { resource, operation };
}
