import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { renameErrorKey, dataOf } from '../output/answers';
import { withIsoTimes } from '../output/isoTimes';
import type { Bulk, RecordOutcome, OperationRun } from '../definition/operation';
import { copyForItem, isInDoubt, requestError } from '../http/errors';
import type { NodeFailure, ItemOutcome, RunItem } from '../definition/outcome';
import { engineOf } from './engineRun';
import type { EngineRun } from './engineRun';
import { outcomeOf } from './itemOutcome';
import { readAnswer } from './readAnswer';
import { buildRequest } from '../http/request';
import type { PreparedRequest } from '../definition/request';
import { send } from '../http/transport';

/** The records of one item. */
interface Share {
	position: number;
	item: RunItem;
	records: unknown[];
}

/** Items that may share requests: they differ in nothing but their records. */
interface Group {
	request: PreparedRequest;
	rest: IDataObject;
	shares: Share[];
}

/**
 * Sends the records of all items in the fewest requests and gives every item its own outcome.
 * An item is never cut in two unless it alone holds more records than one request takes.
 */
export async function runBulk(operationRun: OperationRun, bulk: Bulk, items: RunItem[]): Promise<ItemOutcome[]> {
	const run = engineOf(operationRun);
	const outcomes: ItemOutcome[] = new Array<ItemOutcome>(items.length);
	const open = items.filter((item, position) => {
		const known = recalled(run, item);
		if (known !== undefined) outcomes[position] = known;
		return known === undefined;
	});
	const positions = new Map(items.map((item, position) => [item, position]));
	const work = groupItems(run, bulk, open, positions).map((group) => ({ group, groupBatches: batches(group.shares, bulk.maximum) }));
	let done = items.length - open.length;
	run.progress.announce(work.reduce((sum, { groupBatches }) => sum + groupBatches.length, 0));
	for (const { group, groupBatches } of work) {
		for (const batch of groupBatches) {
			const stop = await sendBatch(run, bulk, group, batch, outcomes);
			done += batch.length;
			run.progress.items(done, items.length);
			if (stop && !run.continueOnFail) return outcomes;
		}
	}
	return outcomes;
}

/** What became of an item in an earlier try of a once-only run. */
function recalled(run: EngineRun, item: RunItem): ItemOutcome | undefined {
	if (run.operation.retryClass !== 'once') return undefined;
	const known = run.connection.ledger.recallShared<INodeExecutionData[]>(item.index);
	if (known === undefined) return undefined;
	return 'output' in known ? { items: known.output } : { failure: copyForItem(known.doubt, item.index) };
}

function remember(run: EngineRun, item: RunItem, outcome: ItemOutcome): void {
	if (run.operation.retryClass !== 'once') return;
	const { ledger } = run.connection;
	if ('items' in outcome) ledger.recordShared(item.index, { output: outcome.items });
	else if (isInDoubt(outcome.failure)) ledger.recordShared(item.index, { doubt: outcome.failure });
}

async function sendBatch(
	run: EngineRun,
	bulk: Bulk,
	group: Group,
	batch: Share[],
	outcomes: ItemOutcome[],
): Promise<boolean> {
	const { results, failed } = await sendRecords(run, bulk, group, batch);
	let stop = failed !== undefined;
	let next = 0;
	for (const share of batch) {
		const own = results.slice(next, next + share.records.length);
		next += share.records.length;
		const isWhole = own.length === share.records.length && own.length > 0;
		const outcome =
			failed === undefined || isWhole ? itemOutcome(run, share, own) : { failure: sharedFailure(failed, share, own) };
		remember(run, share.item, outcome);
		outcomes[share.position] = outcome;
		stop = stop || 'failure' in outcome;
	}
	return stop;
}

/** Sends the records of a batch, in several requests where they do not fit into one; stops at the first failure. */
async function sendRecords(
	run: EngineRun,
	bulk: Bulk,
	group: Group,
	batch: Share[],
): Promise<{ results: RecordOutcome[]; failed?: NodeFailure }> {
	const records = batch.flatMap((share) => share.records);
	const results: RecordOutcome[] = [];
	for (let start = 0; start < records.length; start += bulk.maximum) {
		const slice = records.slice(start, start + bulk.maximum);
		const sent = await sendSlice(run, bulk, group, batch[0].item, slice);
		if ('failure' in sent) return { results, failed: sent.failure };
		results.push(...sent.results);
	}
	return { results };
}

/** Sends the records of one request and gives each its outcome; an answer that cannot be read says that it was carried out. */
async function sendSlice(
	run: EngineRun,
	bulk: Bulk,
	group: Group,
	first: RunItem,
	slice: unknown[],
): Promise<{ results: RecordOutcome[] } | { failure: NodeFailure }> {
	const { connection } = run;
	const request = { ...group.request, body: bulk.join(slice, group.rest), itemIndex: first.index, isShared: true };
	const results: RecordOutcome[] = [];
	const outcome = await outcomeOf(run, first.index, async () => {
		const answer = await send(connection, request);
		return await readAnswer(run, first, async () => {
			const data = dataOf(connection.vendor, run.operation, answer, first.values);
			results.push(...bulk.outcomes(data, slice, group.rest, answer.headers));
			return [];
		});
	});
	return 'failure' in outcome ? outcome : { results };
}

/** The failure of a request as the failure of one of its items; says what of the item was accepted in an earlier request. */
function sharedFailure(failed: NodeFailure, share: Share, done: RecordOutcome[]): NodeFailure {
	const failure = copyForItem(failed, share.item.index);
	if (done.length > 0) failure.message += ` ${done.length} of the ${share.records.length} records of this item were sent before.`;
	return failure;
}

function itemOutcome(run: EngineRun, share: Share, results: RecordOutcome[]): ItemOutcome {
	const refused = results.find((result): result is { error: string; json?: IDataObject } => 'error' in result);
	if (refused !== undefined) {
		const { node, vendor, secrets } = run.connection;
		return {
			failure: requestError(node, vendor, secrets, {
				message: refused.error,
				advice: results.length > 1 ? partAdvice(results) : 'The other records of the request are not affected.',
				code: '422',
				itemIndex: share.item.index,
			}),
		};
	}
	if (results.length < share.records.length) return { failure: unanswered(run, share) };
	const items: INodeExecutionData[] = results.map((result) => ({ json: rowOf(run, result) }));
	return { items: items.length > 0 ? items : [{ json: { success: true } }] };
}

function rowOf({ connection }: EngineRun, result: RecordOutcome): IDataObject {
	if (!('json' in result) || result.json === undefined) return { success: true };
	const { vendor, vendorZone, node } = connection;
	return renameErrorKey(withIsoTimes(vendor, result.json, { vendorZone, nodeVersion: node.typeVersion }));
}

/** The answer names fewer records than were sent. */
function unanswered({ connection }: EngineRun, { item }: Share): NodeFailure {
	const { node, vendor, secrets } = connection;
	return requestError(node, vendor, secrets, {
		message: 'The request was carried out, but its answer does not say what happened to this item. Check before you repeat it.',
		itemIndex: item.index,
	});
}

function partAdvice(results: RecordOutcome[]): string {
	const good = results.filter((result) => !('error' in result)).length;
	return `${good} of the ${results.length} records of this item were accepted.`;
}

function groupItems(run: EngineRun, bulk: Bulk, items: RunItem[], positions: Map<RunItem, number>): Group[] {
	const groups = new Map<string, Group>();
	items.forEach((item) => {
		const position = positions.get(item) as number;
		const request = buildRequest(run.connection, run.resource, run.operation, item.placed, item.index);
		const { records, rest } = bulk.split((request.body ?? {}) as IDataObject);
		const key = JSON.stringify([request.method, request.path, request.query, request.headers, rest]);
		const group = groups.get(key) ?? { request, rest, shares: [] };
		group.shares.push({ position, item, records });
		groups.set(key, group);
	});
	return [...groups.values()];
}

function batches(shares: Share[], maximum: number): Share[][] {
	const result: Share[][] = [];
	let size = 0;
	for (const share of shares) {
		if (result.length === 0 || size + share.records.length > maximum) {
			result.push([]);
			size = 0;
		}
		result[result.length - 1].push(share);
		size += share.records.length;
	}
	return result;
}
