import type { IDataObject } from 'n8n-workflow';

import type { SourceAccess, SourceRequest } from '../definition/events';
import type { RecordAccess } from '../definition/push';
import { noValues } from '../definition/request';
import type { Connection } from '../http/connection';
import { isNotFound } from '../http/sendOperation';
import { sendWithFallback } from '../lists/fallback';
import { dataOf } from '../output/answers';
import { findSource } from '../polling/sourceAccess';

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
	const { resource, operation } = findSource(connection.vendor, request);
	const placed = { ...noValues(), path: request.path ?? {}, query: { ...request.query } };
	const answer = await unlessUnknown(sendWithFallback(connection, resource, operation, placed, 0));
	if (answer === undefined) return undefined;
	const data = dataOf(connection.vendor, operation, answer, {});
	return typeof data === 'object' && data !== null && Object.keys(data).length > 0 ? (data as IDataObject) : undefined;
}

/** A record that the vendor does not know is no failure: it may be gone, or not readable yet. */
async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
	const failure = await answer.then(
		() => undefined,
		(error: unknown) => error,
	);
	return isNotFound(failure) ? undefined : await answer;
}
