import type { IDataObject } from 'n8n-workflow';

import { groupBy } from '../../shared/data/groupBy';
import type { OperationRun, OperationRunner } from '../../shared/definition/operation';
import type { ItemOutcome, NodeFailure, RunItem } from '../../shared/definition/outcome';
import { attempt, copyForItem, describeFile, failureOf, readFile, runWithPreflight, showRows } from '../../shared/run/job';
import { describeRowError, userFile, withColumnName } from '../formats/userFile';
import { startAndPoll, errorsOf, pollImport, startWaiting, isChecked, refusedFile, requireJob, sendFile } from './importJob';
import type { RunningImport, ImportSteps } from './importJob';

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
				const work = startWaiting(run, steps, item);
				const uploaded = requireJob(work, await sendFile(run, steps.upload, item, await readFile(run, item, fieldOf(item))));
				const checked = await pollImport(work, uploaded, isChecked);
				if (checked.status === 'invalid_scheme')
					throw refusedFile(work, checked, await errorsOf(work, 'schemeErrors', checked));
				const job = await startAndPoll(work, checked);
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
			await importRows(startWaiting(run, steps, items[0]), items, outcomes);
		});
		return items.map((item) => outcomes.get(item) ?? sharedOutcome(whole, item));
	};
}

async function importRows(work: RunningImport, items: RunItem[], outcomes: Map<RunItem, ItemOutcome>): Promise<void> {
	const { run, steps } = work;
	const leaveOut = items[0].values.leaveOutWrong === true;
	let rows = items;
	const upload = userFile(rows.map(({ placed }) => placed.body));
	let job = requireJob(work, await sendFile(run, steps.upload, items[0], upload));
	for (;;) {
		job = await pollImport(work, job, isChecked);
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
	job = await startAndPoll(work, job);
	const byRow = errorsByRow(await errorsOf(work, 'updateErrors', job), rows);
	rows.forEach((item, position) => outcomes.set(item, updateOutcome(run, item, job, position, byRow.get(item) ?? [])));
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

function fieldOf(item: RunItem): string {
	return String(item.values.binaryField);
}
