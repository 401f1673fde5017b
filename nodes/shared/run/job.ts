import type { IDataObject } from 'n8n-workflow';

import type { Answer } from '../definition/answer';
import type { Operation, OperationRun } from '../definition/operation';
import type { NodeFailure, RunItem } from '../definition/outcome';
import type { FieldValues, PlacedValues, PreparedRequest } from '../definition/request';
import { requestError } from '../http/errors';
import type { FailureFacts } from '../http/errors';
import * as fileStorage from '../http/fileStorage';
import type { SignedForm, StorageResult } from '../http/fileStorage';
import type { SizedFile } from '../http/multipartStream';
import { buildRequest } from '../http/request';
import { send } from '../http/transport';
import * as input from '../input/inputError';
import * as prepare from '../input/prepareItem';
import * as lists from '../lists/listReader';
import * as answers from '../output/answers';
import { addHint } from '../output/hints';
import { engineOf } from './engineRun';
import { asNodeFailure } from './itemOutcome';
import * as limits from './limit';
import * as jobs from './pollJob';
import type { JobToPoll } from './pollJob';

/**
 * All that a vendor's job of several requests may do with a run. Every request keeps to the tenant's pace, is repeated as its
 * retry class allows, and fails with a finished n8n error.
 */
export { copyForItem, isInDoubt } from '../http/errors';
export type { SignedForm } from '../http/fileStorage';
export { allFields } from '../input/fieldValues';
export { describeFile, openFile, readFile } from '../output/binary';
export { runBulk } from './bulk';
export { outcomeOf } from './itemOutcome';
export { runWithPreflight } from './preflight';
export { runEach } from './runItems';
export { fileItem, sendItem, showRows } from './sendItem';

/** Tells the user something on the output panel, where the host can. */
export function showHint(run: OperationRun, message: string): void {
	addHint(run.context, message);
}

/** Runs a step of one item; returns its result or its failure, whatever was thrown. */
export async function attempt<T>(
	run: OperationRun,
	itemIndex: number,
	step: () => Promise<T>,
): Promise<{ value: T } | { failure: NodeFailure }> {
	try {
		return { value: await step() };
	} catch (error) {
		return { failure: asNodeFailure(error, run.context.getNode(), itemIndex) };
	}
}

/**
 * Sends a request of an operation.
 * @param placed values as the vendor wants them
 * @param changes what differs from the request that the operation describes
 */
export async function sendRequest(
	run: OperationRun,
	operation: Operation,
	placed: PlacedValues,
	itemIndex: number,
	changes: Partial<PreparedRequest> = {},
): Promise<Answer> {
	const { connection, resource } = engineOf(run);
	return await send(connection, { ...buildRequest(connection, resource, operation, placed, itemIndex), ...changes });
}

/** All rows of a Get Many operation, up to the limit. */
export async function listRows(
	run: OperationRun,
	operation: Operation,
	values: FieldValues,
	options: { itemIndex: number; limit?: number },
): Promise<IDataObject[]> {
	const { connection, resource } = engineOf(run);
	return await lists.listRows(connection, resource, operation, values, options);
}

/** The rows of a list answer; an answer without list has none. */
export function rowsOf(run: OperationRun, operation: Operation, answer: Answer): IDataObject[] {
	return answers.rowsOf(engineOf(run).connection.vendor, operation, answer);
}

/** The rows of an answer that is no list. */
export function itemsOf(run: OperationRun, answer: Answer, item: RunItem): IDataObject[] {
	return answers.itemsOf(engineOf(run).connection.vendor, run.operation, answer, item.values);
}

/** Checks values and writes them where they go. @throws NodeOperationError that names field and item */
export function placeValues(run: OperationRun, operation: Operation, values: FieldValues, item: RunItem): PlacedValues {
	return prepare.placeValues(engineOf(run).connection, operation, values, item.index, item.input.json);
}

/** Most rows that the user wants; undefined for Return All. @throws NodeOperationError for a limit that is none */
export function limitOf(run: OperationRun, item: RunItem): number | undefined {
	return limits.limitOf(engineOf(run), item.index);
}

/** The n8n error of something that a vendor refused or did not do. */
export function failureOf(run: OperationRun, facts: FailureFacts): NodeFailure {
	const { node, vendor, secrets } = engineOf(run).connection;
	return requestError(node, vendor, secrets, facts);
}

/** The n8n error of bad input: names the field and the item and says what is expected. */
export function inputError(run: OperationRun, fieldName: string, expected: string, itemIndex: number): NodeFailure {
	return input.inputError(run.context.getNode(), fieldName, expected, itemIndex);
}

/**
 * Uploads a file through a form that the vendor signed, with repeats.
 * @param prepare makes the form and opens the file, anew for each attempt, because a form is good for one
 */
export async function uploadToStorage(
	run: OperationRun,
	itemIndex: number,
	prepare: () => Promise<{ form: SignedForm; file: SizedFile }>,
): Promise<void> {
	const { connection } = engineOf(run);
	await fileStorage.withFileStorage(connection, itemIndex, async () => {
		const { form, file } = await prepare();
		return await fileStorage.uploadFile(connection, form, file);
	});
}

/** Opens a file of the vendor's storage as a stream, with repeats. */
export async function downloadFromStorage(
	run: OperationRun,
	itemIndex: number,
	url: string,
): Promise<StorageResult & { kind: 'answer' }> {
	const { connection } = engineOf(run);
	return await fileStorage.withFileStorage(connection, itemIndex, async () => await fileStorage.downloadFile(connection, url));
}

/**
 * Reads a background job again and again, with growing pauses, until it is done or the time is up.
 * @returns the job as last read, and whether it is done
 */
export async function pollJob<Job>(run: OperationRun, job: JobToPoll<Job>): Promise<{ job: Job; isDone: boolean }> {
	const { connection, progress } = engineOf(run);
	return await jobs.pollJob(connection, job, () => progress.job());
}

/** Waits for the given milliseconds, or until the execution is cancelled. */
export async function pause(run: OperationRun, milliseconds: number): Promise<void> {
	const { clock, signal } = engineOf(run).connection;
	await clock.sleep(milliseconds, signal);
}

/** True when the user stopped the execution. */
export function isCancelled(run: OperationRun): boolean {
	return engineOf(run).connection.signal?.aborted === true;
}

/** What all tries of the run by Retry On Fail have in common, and no other run has; undefined where n8n does not repeat the run. */
export function runKeyOf(run: OperationRun): string | undefined {
	return engineOf(run).connection.ledger.runKey;
}
