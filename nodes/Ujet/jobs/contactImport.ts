import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { Operation, OperationRun, OperationRunner } from '../../shared/definition/operation';
import type { NodeFailure, ItemOutcome, RunItem } from '../../shared/definition/outcome';
import { groupBy } from '../../shared/data/groupBy';
import { noValues } from '../../shared/definition/request';
import type { FilePart } from '../../shared/definition/request';
import { attempt, copyForItem, failureOf, pollJob, readFile, runEach, sendRequest, showHint, showRows } from '../../shared/run/job';
import { waitMilliseconds } from '../fields';
import { hasEnded, hasFailed } from '../formats/importStatus';
import { errorText, isObject, jobNumber } from '../formats/jobAddress';

/** UJET documents no bound; a file of this many contacts stays below a few megabytes. */
const maximumContacts = 5_000;

/** A job as last read, and whether it is finished. */
interface FollowedJob {
	job: IDataObject;
	isDone: boolean;
}

/** Writes all items of a campaign into one file, uploads it, follows the job and gives every item its own outcome. */
export function createManyContacts(getJob: Operation): OperationRunner {
	return async (run, items) => {
		hintAtRepeats(run, items);
		const outcomes = new Map<RunItem, ItemOutcome>();
		for (const group of groupBy(items, ({ placed }) => String(placed.path.campaignId)).values()) {
			for (let start = 0; start < group.length; start += maximumContacts) {
				const batch = group.slice(start, start + maximumContacts);
				const stop = await importBatch(run, getJob, batch, outcomes);
				if (stop && !run.continueOnFail) return items.map((item) => outcomes.get(item)!);
			}
		}
		return items.map((item) => outcomes.get(item)!);
	};
}

/** UJET documents no check for numbers that are in the campaign already. */
function hintAtRepeats(run: OperationRun, items: RunItem[]): void {
	const contacts = items.map(({ placed }) => JSON.stringify([placed.path.campaignId, (placed.body as IDataObject).phone_number]));
	const repeats = contacts.length - new Set(contacts).size;
	if (repeats === 0) return;
	const which = repeats === 1 ? '1 item has the phone number of an earlier item and was' : `${repeats} items have the phone number of an earlier item and were`;
	showHint(run, `${which} sent as well. To leave such items out, put n8n's Remove Duplicates node before this one.`);
}

/** Uploads the file of each item and gives the job as it ended, or as it is when the time is up. */
export function importContactFile(getJob: Operation): OperationRunner {
	return async (run, items) =>
		await runEach(run, items, async (item) => {
			const file = await readFile(run, item, String(item.values.binaryField));
			return showRows(run, [jobRow(await importFile(run, getJob, item, file))], item);
		});
}

/** @returns true when an item failed */
async function importBatch(
	run: OperationRun,
	getJob: Operation,
	batch: RunItem[],
	outcomes: Map<RunItem, ItemOutcome>,
): Promise<boolean> {
	const upload = await attempt(run, batch[0].index, async () => {
		const contacts = batch.map(({ placed }) => placed.body);
		const content = Buffer.from(JSON.stringify(contacts), 'utf8');
		const file = { content, fileName: 'contacts.json', mimeType: 'application/json' };
		return await importFile(run, getJob, batch[0], file);
	});
	batch.forEach((item, position) => {
		if ('failure' in upload) outcomes.set(item, { failure: copyForItem(upload.failure, item.index) });
		else outcomes.set(item, contactOutcome(run, upload.value, item, position));
	});
	return batch.some((item) => 'failure' in outcomes.get(item)!);
}

async function importFile(run: OperationRun, getJob: Operation, item: RunItem, file: FilePart): Promise<FollowedJob> {
	const changes = { body: { file: file as never }, bodyFormat: 'multipart' } as const;
	const answer = await sendRequest(run, run.operation, item.placed, item.index, changes);
	const jobId = jobNumber(answer.body, answer.headers);
	if (jobId === undefined) return { job: asJob(answer.body), isDone: false };
	const followed = await attempt(run, item.index, async () => await pollContactImport(run, getJob, item, jobId));
	if ('value' in followed) return followed.value;
	throw failureOf(run, {
		message: `The contacts were uploaded (job ${jobId}), but the job could not be read: ${followed.failure.message}`,
		advice: `Do not upload them again. Get Import Job with the job ID ${jobId} shows what happened to them.`,
		code: followed.failure instanceof NodeApiError ? (followed.failure.httpCode ?? undefined) : undefined,
		itemIndex: item.index,
	});
}

async function pollContactImport(run: OperationRun, getJob: Operation, item: RunItem, jobId: string | number): Promise<FollowedJob> {
	const placed = { ...noValues(), path: { campaignId: item.placed.path.campaignId, jobId } };
	const { job, isDone } = await pollJob(run, {
		read: async () => asJob((await sendRequest(run, getJob, placed, item.index)).body),
		isDone: ({ status }) => hasEnded(status),
		limitMilliseconds: waitMilliseconds(item.values),
	});
	return { job: { id: jobId, ...job }, isDone };
}

function asJob(body: unknown): IDataObject {
	return isObject(body) ? body : {};
}

/** The job as an item, marked when it still runs. */
function jobRow({ job, isDone }: FollowedJob): IDataObject {
	if (isDone) return job;
	const message =
		job.id === undefined
			? 'UJET took the contacts without naming a job; Get Many Import Jobs lists it'
			: 'The import is still running; Get Import Job returns its progress';
	return { ...job, pending: true, message };
}

/** The outcome of one contact: from the job's own list where it has one, else the state of the whole job. */
function contactOutcome(run: OperationRun, followed: FollowedJob, item: RunItem, position: number): ItemOutcome {
	const { job, isDone } = followed;
	const { results, ...summary } = job;
	const result = Array.isArray(results) ? resultOf((results as unknown[]).map(asJob), item, position) : undefined;
	const reason = result === undefined ? wholeJobReason(job, isDone) : recordReason(result);
	if (reason !== undefined) return { failure: contactFailure(run, item, reason) };
	const row = result === undefined ? jobRow({ job: summary, isDone }) : { job_id: job.id, ...withoutError(result) };
	return { items: showRows(run, [{ phone_number: item.placed.body.phone_number, ...row }], item) };
}

/** Results name the line of the file; else they stand in its order. */
function resultOf(results: IDataObject[], item: RunItem, position: number): IDataObject | undefined {
	const byLine = results.find(({ row }) => Number(row) === position + 1);
	if (byLine !== undefined) return byLine;
	const { external_unique_id: id } = item.placed.body;
	const byId = id === undefined ? undefined : results.find((result) => result.external_unique_id === id);
	return byId ?? (results.some((result) => 'row' in result) ? undefined : results[position]);
}

/** An empty error of a good record would read as a failure. */
function withoutError({ error: _error, ...result }: IDataObject): IDataObject {
	return result;
}

function recordReason(result: IDataObject): string | undefined {
	const failed = hasFailed(result.status) || Boolean(result.error);
	return failed ? errorText(result.error ?? result.message ?? 'UJET did not accept this contact') : undefined;
}

function wholeJobReason(job: IDataObject, isDone: boolean): string | undefined {
	if (!isDone || !hasFailed(job.status)) return undefined;
	return errorText(job.error ?? job.message ?? `The import ended as ${String(job.status)}`);
}

function contactFailure(run: OperationRun, item: RunItem, message: string): NodeFailure {
	return failureOf(run, {
		message,
		advice: 'The other contacts of the file are not affected.',
		code: '422',
		itemIndex: item.index,
	});
}
