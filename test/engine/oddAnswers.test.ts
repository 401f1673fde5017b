// Whatever a vendor answers, a node under On Error: Continue goes on and every input item has its outcome: every operation of every vendor.
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { runInThisContext } from 'node:vm';

import type { Operation, Resource } from '../../nodes/shared/definition/operation';
import { allFields } from '../../nodes/shared/input/fieldValues';
import { readerOf } from '../../nodes/shared/output/answers';
import { sampleFiles, startStandIn } from '../contract/standIn';
import { contractVendors } from '../contract/vendors';
import { runNode } from '../support/engine';
import type { Recorder, RecorderAnswer } from '../support/recorder';
import { runs } from '../support/runs';
import { sampleParameters } from '../support/samples';

/** Repeats come without a pause, because the engine takes a random part of the longest one. Built nodes run in Node's own realm. */
const nodeMath = runInThisContext('Math') as Math;

const levels = 10_000;
const json = (body: string): RecorderAnswer => ({ headers: { 'content-type': 'application/json' }, body });
const page = '<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>';

/** Answers with status 200 that no vendor documents. */
const oddAnswers: Record<string, RecorderAnswer> = {
	null: json('null'),
	'an empty list': json('[]'),
	'an empty object': json('{}'),
	'an empty text': json('""'),
	'a text': json('"text"'),
	'a number': json('7'),
	'objects in objects': json('{"data":'.repeat(levels) + '1' + '}'.repeat(levels)),
	'lists in lists': json('['.repeat(levels) + ']'.repeat(levels)),
	'a record without ID': json('{"id":null}'),
	'a list of nothing': json('[null]'),
	'a page': { headers: { 'content-type': 'text/html' }, body: page },
	'half an answer': json('{"id":17,"name":"Pre'),
	'another type': { headers: { 'content-type': 'image/png' }, body: '{"id":17}' },
	nothing: { body: '' },
};

/** How the error of a once-only write tells what became of it. */
const saysFate = /^In doubt|carried out|unknown whether|nothing was sent|no user was changed|was told to|were uploaded/;

describe.each(contractVendors)('$vendor.displayName', (row) => {
	const standIns = new Map<string, Recorder>();
	/** Requests of a run that are answered as the contract says, before the odd answers begin. */
	let goodAnswers = 0;

	beforeAll(async () => {
		for (const [name, answer] of Object.entries(oddAnswers)) {
			standIns.set(name, await startStandIn(row, {}, (count) => (count > goodAnswers ? answer : undefined)));
		}
		jest.spyOn(nodeMath, 'random').mockReturnValue(0);
	});
	afterAll(async () => {
		jest.restoreAllMocks();
		await Promise.all([...standIns.values()].map(async (standIn) => await standIn.close()));
	});

	async function outcomeOf(name: string, resource: Resource, operation: Operation) {
		const standIn = standIns.get(name) as Recorder;
		standIn.requests.length = 0;
		const result = await runNode({
			nodeType: row.vendor.name,
			parameters: withoutWaiting(operation, sampleParameters(resource, operation, 'fewest')),
			credentials: { [row.vendor.credentialType]: row.credentials(standIn.origin) },
			items: [0, 1].map(() => ({ json: {}, binary: sampleFiles })),
			node: { onError: 'continueRegularOutput' },
		});
		const sent = standIn.requests.map(({ method, path }) => `${method} ${path}`);
		return { error: result.error, items: result.outputs[0] ?? [], sent };
	}

	const cases = row.vendor.resources.flatMap((resource) =>
		resource.operations.map((operation) => ({ title: `${resource.value}.${operation.value}`, resource, operation })),
	);

	test.each(cases)('$title', async ({ resource, operation }) => {
		const names = sampleOf(`${resource.value}.${operation.value}`);
		const problems: string[] = [];
		for (goodAnswers of operation.run === undefined ? [0] : [0, 1, 2, 3]) {
			// The later the odd answer comes, the more requests a run has.
			const tried = goodAnswers === 0 ? names : names.slice(0, runs(2, names.length));
			const outcomes = await Promise.all(tried.map(async (name) => ({ name, ...(await outcomeOf(name, resource, operation)) })));
			for (const { name, ...outcome } of outcomes) {
				problems.push(...problemsOf(resource, operation, outcome).map((problem) => `${name} after ${goodAnswers} good answers: ${problem}`));
			}
		}
		expect(problems).toEqual([]);
	});
});

/** Some of the answers, others for each operation; all of them in the long run. */
function sampleOf(title: string): string[] {
	const names = Object.keys(oddAnswers);
	const first = [...title].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
	return Array.from({ length: runs(2, names.length) }, (_, index) => names[(first + index * 3) % names.length]);
}

interface RunOutcome {
	error?: Error;
	items: INodeExecutionData[];
	/** Method and path of each request. */
	sent: string[];
}

function problemsOf(resource: Resource, operation: Operation, { error, items, sent }: RunOutcome): string[] {
	if (error !== undefined) return [`the node failed: ${error.message}`];
	const problems = sent.length === 0 ? ['nothing was sent'] : [];
	const sources = items.map(({ pairedItem }) => (pairedItem as { item?: unknown } | undefined)?.item);
	if (sources.some((source) => source !== 0 && source !== 1)) problems.push(`items are paired with ${JSON.stringify(sources)}`);
	if (!mayBeEmpty(resource, operation) && !(sources.includes(0) && sources.includes(1))) problems.push(`items have outcomes: ${JSON.stringify(sources)}`);
	for (const { json: { error: message } } of items) {
		if (message === undefined) continue;
		if (typeof message !== 'string' || message === '') problems.push(`an error without text: ${JSON.stringify(message)}`);
		else if (/undefined|\[object|Cannot read|is not a function|not iterable|call stack/i.test(message)) problems.push(`an unhandled error: ${message}`);
	}
	problems.push(...silentWrites(operation, items, sent));
	try {
		JSON.stringify(items.map(({ json }) => json));
	} catch (failure) {
		problems.push(`n8n cannot store the items: ${String(failure)}`);
	}
	return problems;
}

/** A list, what downloads the files of a list, and any other read, which may find nothing. */
function mayBeEmpty({ operations }: Resource, { method, path, retryClass }: Operation): boolean {
	return retryClass === 'read' || operations.some((other) => readerOf(other).kind === 'many' && other.method === method && other.path === path);
}

/** Errors that do not say what became of a once-only write; what a job reads before it leaves no doubt. */
function silentWrites({ retryClass, method, path, run }: Operation, items: INodeExecutionData[], sent: string[]): string[] {
	const shape = new RegExp(`^${method} .*${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);
	const writes = sent.filter((request) => shape.test(request)).length;
	const silent = items.flatMap(({ json: { error } }) => (typeof error === 'string' && !saysFate.test(error) ? [error] : []));
	// Requests do not name their item: of a job, as many outcomes as writes must tell.
	const isTold = run === undefined ? silent.length === 0 : items.length - silent.length >= writes;
	return retryClass !== 'once' || writes === 0 || isTold ? [] : silent.map((error) => `does not say what became of the write: ${error}`);
}

/** Jobs that wait look once. */
function withoutWaiting(operation: Operation, parameters: INodeParameters): INodeParameters {
	const isDirect = (operation.fields ?? []).some(({ name }) => name === 'waitMinutes');
	if (isDirect) return { ...parameters, waitMinutes: 0 };
	if (!allFields(operation).some(({ name }) => name === 'waitMinutes')) return parameters;
	const name = operation.optional?.name as string;
	return { ...parameters, [name]: { ...(parameters[name] as IDataObject), waitMinutes: 0 } } as INodeParameters;
}

