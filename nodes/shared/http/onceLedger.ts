import { createHash } from 'crypto';

import type { Answer } from '../definition/answer';
import type { PreparedRequest } from '../definition/request';
import type { RequestContext } from './requestContext';

/** What became of a once-only request in an earlier try of the same node run. */
export type OnceEntry = { fate: 'done'; answer: Answer } | { fate: 'inDoubt'; message: string; code?: string };

/**
 * Remembers the once-only requests of one node run.
 * n8n's Retry On Fail runs the whole node again; without this memory it would repeat calls that already went out.
 */
export interface OnceLedger {
	/** Gives the fate of the same request in an earlier try, or nothing. Counts equal requests of one item apart. */
	recall(request: PreparedRequest): { key: string; entry?: OnceEntry };
	record(key: string, entry: OnceEntry): void;
	/** Forgets the run: called when it ended without failure. */
	forget(): void;
}

const mostRuns = 200;
const runs = new Map<string, Map<string, OnceEntry>>();

const noLedger: OnceLedger = {
	recall: () => ({ key: '' }),
	record: () => {},
	forget: () => {},
};

/** Gives the ledger of the current node run; one that remembers nothing where n8n will not repeat the run. */
export function onceLedgerFor(context: RequestContext): OnceLedger {
	const node = context.getNode();
	if (node.retryOnFail !== true || !('getWorkflowDataProxy' in context)) return noLedger;
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const runKey = [context.getExecutionId(), context.getWorkflow().id, node.id, node.name, runIndex].join(' ');
	return createLedger(runKey);
}

function createLedger(runKey: string): OnceLedger {
	const entries = runs.get(runKey) ?? new Map<string, OnceEntry>();
	remember(runKey, entries);
	const seen = new Map<string, number>();
	return {
		recall(request) {
			const base = fingerprint(request);
			const occurrence = (seen.get(base) ?? 0) + 1;
			seen.set(base, occurrence);
			const key = `${base} ${occurrence}`;
			return { key, entry: entries.get(key) };
		},
		record: (key, entry) => {
			entries.set(key, entry);
		},
		forget: () => {
			runs.delete(runKey);
		},
	};
}

function remember(runKey: string, entries: Map<string, OnceEntry>): void {
	runs.delete(runKey);
	runs.set(runKey, entries);
	if (runs.size > mostRuns) runs.delete(runs.keys().next().value as string);
}

function fingerprint(request: PreparedRequest): string {
	const content = JSON.stringify([request.itemIndex, request.method, request.path, request.query, request.body]);
	return createHash('sha256').update(content).digest('base64');
}
