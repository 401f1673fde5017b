import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { Operation, OperationRun, OperationRunner } from '../../shared/definition/operation';
import type { NodeFailure, ItemOutcome, RunItem } from '../../shared/definition/outcome';
import { groupBy } from '../../shared/data/groupBy';
import { noValues } from '../../shared/definition/request';
import type { FilePart } from '../../shared/definition/request';
import { attempt, copyForItem, describeFile, failureOf, isInDoubt, pollJob, readFile, rowsOf, runWithPreflight, sendRequest, showRows } from '../../shared/run/job';
import { waitMilliseconds } from '../fields';
import { isObject, jobNumber } from '../formats/jobAddress';
import { describeRowError, userFile, withColumnName } from '../formats/userFile';

/** The operations that an import goes through. */
export interface ImportSteps {
	upload: Operation;
	replace: Operation;
	proceed: Operation;
	get: Operation;
	schemeErrors: Operation;
	updateErrors: Operation;
}

/** One import under way: the job and how long it may still be waited for. */
interface Import {
	run: OperationRun;
	steps: ImportSteps;
	itemIndex: number;
	/** Epoch milliseconds. */
	deadline: number;
	/** True once users may be changed. */
	isStarted: boolean;
}

const mostShownErrors = 3;

const stillChecked = 'UJET is still checking the file. When Get shows valid_scheme, start it with Proceed.';
const stillRunning = 'The import is still running; Get returns its progress.';

/** Writes all items that belong to one job into one file and uploads it. */
export const uploadUsers: OperationRunner = async (run, items) => {
	const outcomes = new Map<RunItem, ItemOutcome>();
	for (const group of groupBy(items, ({ values }) => String(values.jobId ?? '')).values()) {
		const file = userFile(group.map(({ placed }) => placed.body));
		const upload = await attempt(run, group[0].index, async () => await sendFile(run, run.operation, group[0], file));
		group.forEach((item, position) => {
			if ('failure' in upload) outcomes.set(item, { failure: copyForItem(upload.failure, item.index) });
			else outcomes.set(item, { items: [{ json: userRow(upload.value, item, position) }] });
		});
		if ('failure' in upload && !run.continueOnFail) break;
	}
	return items.map((item) => outcomes.get(item) as ItemOutcome);
};

/** Uploads the file of each item as it is. */
export const uploadUserFile: OperationRunner = async (run, items) =>
	await runWithPreflight(
		run,
		items,
		async (item) => await describeFile(run, item, fieldOf(item)),
		async (item) =>
			showRows(run, [await sendFile(run, run.operation, item, await readFile(run, item, fieldOf(item)))], item),
	);

/** Uploads the file of each item, starts it when it is found right, follows it to its end and gives the job with all errors. */
export function importUserFile(steps: ImportSteps): OperationRunner {
	return async (run, items) =>
		await runWithPreflight(
			run,
			items,
			async (item) => await describeFile(run, item, fieldOf(item)),
			async (item) => {
				const work = importOf(run, steps, item);
				const uploaded = requireJob(work, await sendFile(run, steps.upload, item, await readFile(run, item, fieldOf(item))));
				const checked = await follow(work, uploaded, isChecked);
				if (checked.status === 'invalid_scheme')
					throw refusedFile(work, checked, await errorsOf(work, 'schemeErrors', checked));
				const job = await carryOut(work, checked);
				const errors = await errorsOf(work, 'updateErrors', job);
				return showRows(run, [{ ...job, ...pendingNote(job), errors: errors.map(withColumnName) }], item);
			},
		);
}

/**
 * Writes all items into one file, uploads it, starts it when it is found right, follows it to its end and gives every item its outcome.
 * A file with wrong rows changes nothing, unless they are to be left out: then it is replaced by one without them.
 */
export function importUsers(steps: ImportSteps): OperationRunner {
	return async (run, items) => {
		const outcomes = new Map<RunItem, ItemOutcome>();
		const whole = await attempt(run, items[0].index, async () => {
			await importRows(importOf(run, steps, items[0]), items, outcomes);
		});
		return items.map((item) => outcomes.get(item) ?? sharedOutcome(whole, item));
	};
}

async function importRows(work: Import, items: RunItem[], outcomes: Map<RunItem, ItemOutcome>): Promise<void> {
	const { run, steps } = work;
	const leaveOut = items[0].values.leaveOutWrong === true;
	let rows = items;
	const upload = userFile(rows.map(({ placed }) => placed.body));
	let job = requireJob(work, await sendFile(run, steps.upload, items[0], upload));
	for (;;) {
		job = await follow(work, job, isChecked);
		if (job.status !== 'invalid_scheme') break;
		const errors = await errorsOf(work, 'schemeErrors', job);
		const wrong = errorsByRow(errors, rows);
		wrong.forEach((own, item) => outcomes.set(item, { failure: rowFailure(run, item, own) }));
		const right = rows.filter((item) => !wrong.has(item));
		if (!leaveOut || wrong.size === 0 || right.length === 0) throw refusedFile(work, job, errors);
		rows = right;
		const file = userFile(rows.map(({ placed }) => placed.body));
		job = { ...(await sendFile(run, steps.replace, items[0], file, job.id)), id: job.id };
	}
	job = await carryOut(work, job);
	const byRow = errorsByRow(await errorsOf(work, 'updateErrors', job), rows);
	rows.forEach((item, position) => outcomes.set(item, updateOutcome(run, item, job, position, byRow.get(item) ?? [])));
}

/** Starts a job that was found right and follows it until it is finished or the time is up. */
async function carryOut(work: Import, checked: IDataObject): Promise<IDataObject> {
	if (checked.status === 'created') return checked;
	if (checked.status === 'valid_scheme') await proceed(work, checked);
	return await follow(work, checked, ({ status }) => status === 'finished');
}

/** Starts a job. Where the answer is lost, the job itself tells whether it was started. */
async function proceed(work: Import, job: IDataObject): Promise<void> {
	const { run, steps, itemIndex } = work;
	const started = await attempt(
		run,
		itemIndex,
		async () => await sendRequest(run, steps.proceed, noValues(), itemIndex, { body: { id: job.id } }),
	);
	if (!('failure' in started)) {
		work.isStarted = true;
		return;
	}
	if (!isInDoubt(started.failure)) {
		throw failureOf(run, {
			message: `The file was uploaded, and no user was changed (job ${String(job.id)}): the job could not be started. ${started.failure.message}`,
			advice: `Proceed with the job ID ${String(job.id)} starts the job; the file need not be uploaded again.`,
			code: started.failure instanceof NodeApiError ? (started.failure.httpCode ?? undefined) : undefined,
			itemIndex,
		});
	}
	work.isStarted = true;
	const { status, process_requested_at: requestedAt } = await readJob(work, job.id);
	if (status === 'valid_scheme' && (requestedAt === null || requestedAt === undefined)) throw started.failure;
}

async function follow(work: Import, job: IDataObject, isDone: (job: IDataObject) => boolean): Promise<IDataObject> {
	const read = async () => ({ ...job, ...(await readJob(work, job.id)), id: job.id });
	const limitMilliseconds = Math.max(0, work.deadline - work.run.now());
	return (await pollJob(work.run, { read, isDone, limitMilliseconds })).job;
}

async function readJob(work: Import, jobId: unknown): Promise<IDataObject> {
	const { run, steps, itemIndex } = work;
	const placed = { ...noValues(), path: { jobId } };
	return asObject((await look(work, jobId, async () => await sendRequest(run, steps.get, placed, itemIndex))).body);
}

/** Reads something of a job; where that fails, the failure says what was carried out and how to look. */
async function look<T>(work: Import, jobId: unknown, step: () => Promise<T>): Promise<T> {
	const { run, itemIndex, isStarted } = work;
	const looked = await attempt(run, itemIndex, step);
	if ('value' in looked) return looked.value;
	const done = isStarted ? 'UJET was told to change the users' : 'The file was uploaded, and no user was changed';
	const next = isStarted
		? `Do not import the users again: Get and Get Update Errors with the job ID ${String(jobId)} show what happened to them.`
		: `Get with the job ID ${String(jobId)} tells whether the file is right; Proceed then starts the job.`;
	throw failureOf(run, {
		message: `${done} (job ${String(jobId)}), but the job could not be read: ${looked.failure.message}`,
		advice: next,
		code: looked.failure instanceof NodeApiError ? (looked.failure.httpCode ?? undefined) : undefined,
		itemIndex,
	});
}

/** The job of an upload. An upload without job is not repeated, because the vendor may have one all the same. */
function requireJob({ run, itemIndex }: Import, job: IDataObject): IDataObject {
	if (typeof job.id === 'number' || (typeof job.id === 'string' && job.id !== '')) return job;
	throw failureOf(run, {
		message: 'UJET took the file without naming a job, so it is unknown whether the users will be changed',
		advice: 'Get Many lists the jobs, newest first. Look there before you import the users again.',
		itemIndex,
	});
}

/** Errors of a job: its own list where it has one, else the list of its own. */
async function errorsOf(work: Import, list: 'schemeErrors' | 'updateErrors', job: IDataObject): Promise<IDataObject[]> {
	const own = list === 'schemeErrors' ? job.scheme_errors : job.update_errors;
	// A refused file has errors, whatever its job lists.
	if (Array.isArray(own) && (own.length > 0 || list === 'updateErrors')) return (own as unknown[]).map(asObject);
	if (list === 'updateErrors' && job.status !== 'finished') return [];
	const { run, steps, itemIndex } = work;
	const placed = { ...noValues(), path: { jobId: job.id } };
	const operation = steps[list];
	return rowsOf(run, operation, await look(work, job.id, async () => await sendRequest(run, operation, placed, itemIndex)));
}

async function sendFile(
	run: OperationRun,
	operation: Operation,
	item: RunItem,
	file: FilePart,
	jobId: unknown = item.values.jobId,
): Promise<IDataObject> {
	const body = { ...(jobId === undefined ? {} : { id: Number(jobId) }), file: file as never };
	const answer = await sendRequest(run, operation, noValues(), item.index, { body });
	const id = jobNumber(answer.body, answer.headers);
	return { ...asObject(answer.body), ...(id === undefined ? {} : { id }) };
}

function importOf(run: OperationRun, steps: ImportSteps, item: RunItem): Import {
	const deadline = run.now() + waitMilliseconds(item.values);
	return { run, steps, itemIndex: item.index, deadline, isStarted: false };
}

function isChecked({ status }: IDataObject): boolean {
	return status !== 'created';
}

function asObject(body: unknown): IDataObject {
	return isObject(body) ? body : {};
}

/** Errors by the item whose row they name, counted from 1; an error of the whole file names none. */
function errorsByRow(errors: IDataObject[], rows: RunItem[]): Map<RunItem, IDataObject[]> {
	const byRow = new Map<RunItem, IDataObject[]>();
	for (const error of errors) {
		const item = rows[Number(error.row) - 1];
		if (item !== undefined) byRow.set(item, [...(byRow.get(item) ?? []), error]);
	}
	return byRow;
}

/** What became of one row that was carried out: refused, taken, or taken with warnings. */
function updateOutcome(
	run: OperationRun,
	item: RunItem,
	job: IDataObject,
	position: number,
	errors: IDataObject[],
): ItemOutcome {
	const refused = errors.filter(({ error_type: type }) => type !== 'warning');
	if (refused.length > 0) return { failure: rowFailure(run, item, refused) };
	const warnings = errors.length === 0 ? {} : { warnings: errors.map(describeRowError) };
	return { items: [{ json: { ...userRow(job, item, position), ...warnings } }] };
}

/** A job as the item of one of its users. */
function userRow(job: IDataObject, item: RunItem, position: number): IDataObject {
	return { email: item.placed.body.email, row: position + 1, job_id: job.id, status: job.status, ...pendingNote(job) };
}

function pendingNote({ status, process_requested_at: requestedAt }: IDataObject): IDataObject {
	if (status === 'finished') return {};
	const isStarted = status === 'in_progress' || (requestedAt !== null && requestedAt !== undefined);
	return { pending: true, message: isStarted || status === 'valid_scheme' ? stillRunning : stillChecked };
}

/** The outcome of an item whose file failed or ended as a whole. */
function sharedOutcome(whole: { failure: NodeFailure } | object, item: RunItem): ItemOutcome {
	if ('failure' in whole) return { failure: copyForItem(whole.failure, item.index) };
	return { items: [{ json: {} }] };
}

function rowFailure(run: OperationRun, item: RunItem, errors: IDataObject[]): NodeFailure {
	return failureOf(run, {
		message: `UJET did not accept this user: ${errors.map(describeRowError).join('; ')}`,
		advice: 'Correct the named fields of this item.',
		code: '422',
		itemIndex: item.index,
	});
}

function refusedFile({ run, itemIndex }: Import, job: IDataObject, errors: IDataObject[]): NodeFailure {
	const shown = errors
		.slice(0, mostShownErrors)
		.map((error) => `row ${String(error.row ?? '?')}, ${describeRowError(error)}`);
	const more = errors.length > mostShownErrors ? ` and ${errors.length - mostShownErrors} more` : '';
	return failureOf(run, {
		message: `UJET refused the file, so no user was changed: ${shown.join('; ')}${more}`,
		advice: `Correct the rows and run again. Get Scheme Errors lists all errors of the job ${String(job.id)}.`,
		code: '422',
		itemIndex,
	});
}

function fieldOf(item: RunItem): string {
	return String(item.values.binaryField);
}
