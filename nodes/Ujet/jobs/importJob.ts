// One import under way: the file, the job that UJET makes of it, and its errors.
import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { Operation, OperationRun } from '../../shared/definition/operation';
import type { NodeFailure, RunItem } from '../../shared/definition/outcome';
import { noValues } from '../../shared/definition/request';
import type { FilePart } from '../../shared/definition/request';
import { attempt, failureOf, isInDoubt, pollJob, rowsOf, sendRequest } from '../../shared/run/job';
import { waitMilliseconds } from '../fields';
import { isObject, jobNumber } from '../formats/jobAddress';
import { describeRowError } from '../formats/userFile';

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
export interface RunningImport {
	run: OperationRun;
	steps: ImportSteps;
	itemIndex: number;
	/** Epoch milliseconds. */
	deadline: number;
	/** True once users may be changed. */
	isStarted: boolean;
}

const maximumShownErrors = 3;

/** Starts a job that was found right and follows it until it is finished or the time is up. */
export async function startAndPoll(work: RunningImport, checked: IDataObject): Promise<IDataObject> {
	if (checked.status === 'created') return checked;
	if (checked.status === 'valid_scheme') await startJob(work, checked);
	return await pollImport(work, checked, ({ status }) => status === 'finished');
}

/** Starts a job. Where the answer is lost, the job itself tells whether it was started. */
async function startJob(work: RunningImport, job: IDataObject): Promise<void> {
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

/** Follows a job until it is done or the time is up. */
export async function pollImport(work: RunningImport, job: IDataObject, isDone: (job: IDataObject) => boolean): Promise<IDataObject> {
	const read = async () => ({ ...job, ...(await readJob(work, job.id)), id: job.id });
	const limitMilliseconds = Math.max(0, work.deadline - work.run.now());
	return (await pollJob(work.run, { read, isDone, limitMilliseconds })).job;
}

async function readJob(work: RunningImport, jobId: unknown): Promise<IDataObject> {
	const { run, steps, itemIndex } = work;
	const placed = { ...noValues(), path: { jobId } };
	return asObject((await readOrExplain(work, jobId, async () => await sendRequest(run, steps.get, placed, itemIndex))).body);
}

/** Reads something of a job; where that fails, the failure says what was carried out and how to look. */
async function readOrExplain<T>(work: RunningImport, jobId: unknown, step: () => Promise<T>): Promise<T> {
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
export function requireJob({ run, itemIndex }: RunningImport, job: IDataObject): IDataObject {
	if (typeof job.id === 'number' || (typeof job.id === 'string' && job.id !== '')) return job;
	throw failureOf(run, {
		message: 'UJET accepted the file but returned no job, so it is unknown whether the users will be changed',
		advice: 'Get Many lists the jobs, newest first. Look there before you import the users again.',
		itemIndex,
	});
}

/** Errors of a job: its own list where it has one, else the list of its own. */
export async function errorsOf(work: RunningImport, list: 'schemeErrors' | 'updateErrors', job: IDataObject): Promise<IDataObject[]> {
	const own = list === 'schemeErrors' ? job.scheme_errors : job.update_errors;
	// A refused file has errors, whatever its job lists.
	if (Array.isArray(own) && (own.length > 0 || list === 'updateErrors')) return (own as unknown[]).map(asObject);
	if (list === 'updateErrors' && job.status !== 'finished') return [];
	const { run, steps, itemIndex } = work;
	const placed = { ...noValues(), path: { jobId: job.id } };
	const operation = steps[list];
	return rowsOf(run, operation, await readOrExplain(work, job.id, async () => await sendRequest(run, operation, placed, itemIndex)));
}

/** Uploads a file; gives the job that UJET made of it. */
export async function sendFile(
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

/** The import of an item, which may be waited for from now on. */
export function startWaiting(run: OperationRun, steps: ImportSteps, item: RunItem): RunningImport {
	const deadline = run.now() + waitMilliseconds(item.values);
	return { run, steps, itemIndex: item.index, deadline, isStarted: false };
}

/** True once UJET has checked the file, whatever it found. */
export function isChecked({ status }: IDataObject): boolean {
	return status !== 'created';
}

/** The failure of a file whose rows UJET refused. */
export function refusedFile({ run, itemIndex }: RunningImport, job: IDataObject, errors: IDataObject[]): NodeFailure {
	const shown = errors
		.slice(0, maximumShownErrors)
		.map((error) => `row ${String(error.row ?? '?')}, ${describeRowError(error)}`);
	const more = errors.length > maximumShownErrors ? ` and ${errors.length - maximumShownErrors} more` : '';
	return failureOf(run, {
		message: `UJET refused the file, so no user was changed: ${shown.join('; ')}${more}`,
		advice: `Correct the rows and run again. Get Scheme Errors lists all errors of the job ${String(job.id)}.`,
		code: '422',
		itemIndex,
	});
}

function asObject(body: unknown): IDataObject {
	return isObject(body) ? body : {};
}
