import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { keepErrorKeyAside, dataOf } from '../output/answers';
import type { Bulk, RecordOutcome, OperationRun } from '../definition/operation';
import { copyForItem, requestError } from '../http/errors';
import type { NodeFailure, ItemOutcome, RunItem } from '../definition/outcome';
import { engineOf } from './engineRun';
import type { EngineRun } from './engineRun';
import { outcomeOf } from './itemOutcome';
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
	for (const group of groupItems(run, bulk, items)) {
		for (const batch of batches(group.shares, bulk.maximum)) {
			const stop = await sendBatch(run, bulk, group, batch, outcomes);
			if (stop && !run.continueOnFail) return outcomes;
		}
	}
	return outcomes;
}

async function sendBatch(
	run: EngineRun,
	bulk: Bulk,
	group: Group,
	batch: Share[],
	outcomes: ItemOutcome[],
): Promise<boolean> {
	const records = batch.flatMap((share) => share.records);
	const results: RecordOutcome[] = [];
	let failed: NodeFailure | undefined;
	for (let start = 0; start < records.length && failed === undefined; start += bulk.maximum) {
		const slice = records.slice(start, start + bulk.maximum);
		const request = { ...group.request, body: bulk.join(slice, group.rest), itemIndex: batch[0].item.index };
		const outcome = await outcomeOf(run, batch[0].item.index, async () => {
			const answer = await send(run.connection, request);
			const data = dataOf(run.connection.vendor, run.operation, answer, batch[0].item.values);
			results.push(...bulk.outcomes(data, slice, group.rest, answer.headers));
			return [];
		});
		if ('failure' in outcome) failed = outcome.failure;
	}
	let stop = failed !== undefined;
	let next = 0;
	for (const share of batch) {
		const own = results.slice(next, next + share.records.length);
		next += share.records.length;
		outcomes[share.position] =
			failed === undefined ? itemOutcome(run, share, own) : { failure: copyForItem(failed, share.item.index) };
		stop = stop || 'failure' in outcomes[share.position];
	}
	return stop;
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
	const items: INodeExecutionData[] = results.map((result) => ({
		json: keepErrorKeyAside('json' in result && result.json !== undefined ? result.json : { success: true }),
	}));
	return { items };
}

function partAdvice(results: RecordOutcome[]): string {
	const good = results.filter((result) => !('error' in result)).length;
	return `${good} of the ${results.length} records of this item were accepted.`;
}

function groupItems(run: EngineRun, bulk: Bulk, items: RunItem[]): Group[] {
	const groups = new Map<string, Group>();
	items.forEach((item, position) => {
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
