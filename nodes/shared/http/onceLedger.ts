import { createHash } from 'crypto';

import { groupBy } from '../data/groupBy';
import { setNewest } from '../data/setNewest';
import type { Answer } from '../definition/answer';
import type { NodeFailure } from '../definition/outcome';
import type { PreparedRequest } from '../definition/request';
import type { RequestContext } from './requestContext';

/** What became of a once-only request in an earlier try of the same node run. */
export type OnceEntry = { fate: 'done'; answer: Answer } | { fate: 'inDoubt'; message: string; code?: string };

/** What became of an item whose records shared requests with others: its output, or the doubt about it. */
export type SharedEntry<Output> = { output: Output } | { doubt: NodeFailure };

/**
 * Remembers the once-only requests of one node run.
 * n8n's Retry On Fail runs the whole node again; without this memory it would repeat calls that already went out.
 * A request is known by item, operation and its ordinal within the item, never by what it holds: a try may compute that anew.
 */
export interface OnceLedger {
	/** What all tries of the run have in common, and no other run has; left out where n8n does not repeat the run. */
	readonly runKey?: string;
	/** Returns the fate of the same request in an earlier try, or nothing. */
	recall(request: PreparedRequest): { key: string; entry?: OnceEntry };
	record(key: string, entry: OnceEntry): void;
	/** What an earlier try sent for an item and this one has not come to: a doubt before anything else. */
	unrecalled(itemIndex: number): OnceEntry | undefined;
	/** The same for an item of a bulk operation. */
	recallShared<Output>(itemIndex: number): SharedEntry<Output> | undefined;
	recordShared<Output>(itemIndex: number, entry: SharedEntry<Output>): void;
	/** Called when the run ended with failures: n8n may try it again. */
	endTry(): void;
	/** Forgets the run: called when it ended without failure. */
	forget(): void;
}

/** The tries of one node run. */
interface RunRecord {
	requests: Map<string, OnceEntry>;
	shared: Map<number, SharedEntry<unknown>>;
	/** Tries that ended with failures. */
	endedTries: number;
	/** Epoch milliseconds of the last use. */
	usedAt: number;
}

const maximumRuns = 200;

/** n8n waits at most five seconds between tries, and a try may be long. */
const longestLife = 6 * 3_600_000;

/** What n8n makes of Max Tries: 2 to 5, and 3 when it is not set. */
const defaultTries = 3;
const fewestTries = 2;
const maximumTries = 5;

const runs = new Map<string, RunRecord>();

const noLedger: OnceLedger = {
	recall: () => ({ key: '' }),
	record: () => {},
	unrecalled: () => undefined,
	recallShared: () => undefined,
	recordShared: () => {},
	endTry: () => {},
	forget: () => {},
};

/** Returns the ledger of the current node run; one that remembers nothing where n8n will not repeat the run. */
export function onceLedgerFor(context: RequestContext): OnceLedger {
	const node = context.getNode();
	if (node.retryOnFail !== true || !('getWorkflowDataProxy' in context)) return noLedger;
	// n8n raises the run index with every try of a node that runs as a tool, where each call has an input of its own.
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const turn = node.type.endsWith('Tool') ? hashOf(context.getInputData().map(({ json }) => json)) : runIndex;
	const runKey = [context.getExecutionId(), context.getWorkflow().id, node.id, node.name, turn].join(' ');
	const tries = Math.min(Math.max(node.maxTries ?? defaultTries, fewestTries), maximumTries);
	return new RunLedger(runKey, tries);
}

/** One try of a run that n8n may repeat. */
class RunLedger implements OnceLedger {
	private readonly run: RunRecord;

	/** How often each operation of each item was sent in this try. */
	private readonly ordinals = new Map<string, number>();

	/** Requests of earlier tries that this one has not come to. */
	private readonly earlier: Map<string, Map<string, OnceEntry>>;

	constructor(
		readonly runKey: string,
		private readonly tries: number,
	) {
		this.run = recordOf(runKey);
		this.earlier = byItem(this.run.requests);
	}

	recall(request: PreparedRequest): { key: string; entry?: OnceEntry } {
		const base = `${request.itemIndex} ${request.operation ?? `${request.method} ${request.path}`}`;
		const ordinal = (this.ordinals.get(base) ?? 0) + 1;
		this.ordinals.set(base, ordinal);
		const key = `${base} ${ordinal}`;
		this.earlier.get(String(request.itemIndex))?.delete(key);
		return { key, entry: this.run.requests.get(key) };
	}

	record(key: string, entry: OnceEntry): void {
		this.run.requests.set(key, entry);
	}

	unrecalled(itemIndex: number): OnceEntry | undefined {
		const own = [...(this.earlier.get(String(itemIndex))?.values() ?? [])];
		return own.find(({ fate }) => fate === 'inDoubt') ?? own[0];
	}

	recallShared<Output>(itemIndex: number): SharedEntry<Output> | undefined {
		return this.run.shared.get(itemIndex) as SharedEntry<Output> | undefined;
	}

	recordShared<Output>(itemIndex: number, entry: SharedEntry<Output>): void {
		this.run.shared.set(itemIndex, entry);
	}

	endTry(): void {
		this.run.endedTries += 1;
		if (this.run.endedTries >= this.tries) this.forget();
	}

	forget(): void {
		runs.delete(this.runKey);
	}
}

/** Requests of earlier tries by the index of their item, with which their keys begin. */
function byItem(requests: ReadonlyMap<string, OnceEntry>): Map<string, Map<string, OnceEntry>> {
	const groups = groupBy([...requests], ([key]) => key.slice(0, key.indexOf(' ')));
	return new Map([...groups].map(([index, entries]) => [index, new Map(entries)]));
}

function recordOf(runKey: string): RunRecord {
	const now = Date.now();
	for (const [key, { usedAt }] of runs) if (now - usedAt > longestLife) runs.delete(key);
	const record = runs.get(runKey) ?? { requests: new Map(), shared: new Map(), endedTries: 0, usedAt: now };
	record.usedAt = now;
	setNewest(runs, runKey, record, maximumRuns);
	return record;
}

function hashOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value) ?? '').digest('base64');
}
