import { randomBytes } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { systemClock } from '../time/clock';
import { addClaims, recentClaims, removeClaims } from './recentClaims';

/** Most entries that n8n's database remembers for one trigger, as hashes: one for each event, and one for each time that events are noted. */
export const rememberedEvents = 10_000;

/** Milliseconds in which another process that read the memory before us has written it, where n8n's database is quick. */
const settleTime = 50;

/** How many times as long as it takes us, another process may take to read and write the memory: it works on the same database. */
const slowness = 3;

const maximumChecks = 5;

/** The part of n8n's execution context that remembers across executions and processes. */
export type DeduplicationContext = Pick<IExecuteFunctions, 'getNode' | 'getWorkflow' | 'helpers'>;

/** One execution that asks which of its events are new, or gives events back. */
interface Question {
	context: DeduplicationContext;
	kind: 'claim' | 'release';
	keys: string[];
	answer: (fresh: Set<string>) => void;
	fail: (error: unknown) => void;
}

const waiting = new Map<string, Question[]>();

/**
 * Tells which events were never handed over before, and remembers them.
 * The memory is the one of n8n's own Remove Duplicates node: in the database, for this node.
 * Executions of one process ask one after the other, and those that wait ask together, so that none overwrites what another noted.
 */
export async function claimNew(context: DeduplicationContext, keys: string[]): Promise<Set<string>> {
	return await inTurn(context, 'claim', keys);
}

/** Forgets events that could not be handed over after all, so that running the execution again finds them new. */
export async function releaseClaims(context: DeduplicationContext, keys: string[]): Promise<void> {
	await inTurn(context, 'release', keys);
}

/** What a trigger is known by inside this process. */
export function triggerOf(context: Pick<DeduplicationContext, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
}

async function inTurn(context: DeduplicationContext, kind: Question['kind'], keys: string[]): Promise<Set<string>> {
	if (keys.length === 0) return new Set();
	return await new Promise((answer, fail) => {
		const trigger = triggerOf(context);
		const question: Question = { context, kind, keys: [...new Set(keys)], answer, fail };
		const queue = waiting.get(trigger);
		if (queue !== undefined) {
			queue.push(question);
			return;
		}
		waiting.set(trigger, [question]);
		void answerAll(trigger);
	});
}

async function answerAll(trigger: string): Promise<void> {
	for (;;) {
		const questions = waiting.get(trigger) ?? [];
		if (questions.length === 0) {
			waiting.delete(trigger);
			return;
		}
		waiting.set(trigger, []);
		await answerTogether(
			questions.filter(({ kind }) => kind === 'release'),
			forget,
		);
		await answerTogether(
			questions.filter(({ kind }) => kind === 'claim'),
			record,
		);
	}
}

async function answerTogether(
	questions: Question[],
	step: (context: DeduplicationContext, keys: string[]) => Promise<Set<string>>,
): Promise<void> {
	if (questions.length === 0) return;
	try {
		const fresh = await step(questions[0].context, [...new Set(questions.flatMap(({ keys }) => keys))]);
		// Of two that ask for the same event only the first gets it.
		for (const { keys, answer } of questions) answer(new Set(keys.filter((key) => fresh.delete(key))));
	} catch (error) {
		for (const { fail } of questions) fail(error);
	}
}

/**
 * Notes keys and returns those that are ours.
 * n8n reads and writes the memory in two steps, so another process may write over our note: a mark of our own tells. What is there
 * although our mark is gone, the other process has claimed too, and later: it is left to that one. The rest is noted again.
 */
async function record(context: DeduplicationContext, keys: string[]): Promise<Set<string>> {
	const trigger = triggerOf(context);
	const own = recentClaims(trigger, systemClock.now());
	const wanted = keys.filter((key) => !own.has(key));
	if (wanted.length === 0) return new Set();
	const mark = randomBytes(8).toString('hex');
	let slowest = 0;
	const timed = async (entries: string[]): Promise<Set<string>> => {
		const began = systemClock.now();
		const fresh = await note(context, [...own, ...entries]);
		slowest = Math.max(slowest, systemClock.now() - began);
		return fresh;
	};
	const fresh = await timed([...wanted, mark]);
	const ours = new Set(wanted.filter((key) => fresh.has(key)));
	for (let check = 0; check < maximumChecks && ours.size > 0; check++) {
		// Apart from the others that look, too.
		await systemClock.sleep((settleTime + slowness * slowest) * (1 + Math.random()));
		const lost = await timed([...ours, mark]);
		if (!lost.has(mark)) break;
		for (const key of ours) if (!lost.has(key)) ours.delete(key);
	}
	addClaims(trigger, ours, systemClock.now());
	return ours;
}

async function note({ helpers }: DeduplicationContext, keys: string[]): Promise<Set<string>> {
	const attempt = async () =>
		await helpers.checkProcessedAndRecord(keys, 'node', { mode: 'entries', maxEntries: rememberedEvents });
	// The first note of a trigger is an insert, which another process may have done a moment earlier.
	const { new: fresh } = await attempt().catch(attempt);
	return new Set(fresh.map(String));
}

async function forget(context: DeduplicationContext, keys: string[]): Promise<Set<string>> {
	removeClaims(triggerOf(context), keys);
	await context.helpers.removeProcessed(keys, 'node', { mode: 'entries' });
	return new Set();
}
