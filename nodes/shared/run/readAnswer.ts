import type { INodeExecutionData } from 'n8n-workflow';

import type { RunItem } from '../definition/outcome';
import { requestError } from '../http/errors';
import type { EngineRun } from './engineRun';

/**
 * Reads the answer to a request that was carried out.
 * Whatever the vendor answered, the item has one outcome: its output, or a failure that says that the request was carried out.
 */
export async function readAnswer(
	run: EngineRun,
	item: RunItem,
	read: () => Promise<INodeExecutionData[]>,
): Promise<INodeExecutionData[]> {
	let items: INodeExecutionData[];
	try {
		items = await read();
	} catch (error) {
		throw unreadable(run, item, reasonOf(error));
	}
	// A read may find nothing; a write that was carried out must not vanish.
	return items.length > 0 || run.operation.retryClass === 'read' ? items : [{ json: { success: true } }];
}

/** Words for a person: what the language says of a missing key helps nobody. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return error instanceof TypeError || error instanceof RangeError ? 'its records are not what the vendor documents' : error.message;
}

function unreadable(run: EngineRun, item: RunItem, reason: string) {
	const { node, vendor, secrets } = run.connection;
	const isWrite = run.operation.retryClass !== 'read';
	const done = isWrite ? 'The request was carried out, but its answer' : `The answer of ${vendor.displayName}`;
	return requestError(node, vendor, secrets, {
		message: `${done} could not be read: ${reason}.${isWrite ? ' Do not repeat it.' : ''}`,
		advice: 'The answer has another shape than the vendor documents.',
		itemIndex: item.index,
	});
}
