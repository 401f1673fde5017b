// Every once-only operation of every vendor, run as workflows run it, against a vendor that counts what it carries out.
import fc from 'fast-check';
import type { IDataObject, INodeExecutionData, INodeParameters, ITaskData } from 'n8n-workflow';
import { runInThisContext } from 'node:vm';

import type { Field, Operation, Resource } from '../../nodes/shared/definition/operation';
import { allFields } from '../../nodes/shared/input/fieldValues';
import { variantsOf } from '../../nodes/shared/http/api';
import { apiRequestResource } from '../../nodes/shared/run/apiRequestResource';
import { shapeOf } from '../contract/shapes';
import { contractsOf, sampleFiles, startStandIn, templateOf } from '../contract/standIn';
import { contractVendors } from '../contract/vendors';
import type { ContractVendor } from '../contract/vendors';
import type { NodeSettings } from '../support/engine';
import type { RecordedRequest, Recorder, RecorderAnswer } from '../support/recorder';
import { runRepeatedly, runsOf } from '../support/repeatedUse';
import type { Use } from '../support/repeatedUse';
import { printSeed, runs } from '../support/runs';
import { sampleParameters } from '../support/samples';
import { watchTimeOuts } from '../support/timeOuts';

/** Repeats come without a pause, because the engine takes a random part of the longest one. Built nodes run in Node's own realm. */
const nodeMath = runInThisContext('Math') as Math;

/** Where requests of the user's own go. */
const apiRequestPath = '/once-only';

/** Schedules of all vendors together, two at a time; `SCHEDULES` and `SEED` cut a long run into parts. */
const count = Number(process.env.SCHEDULES ?? runs(120, 10_000));
const seed = Number(process.env.SEED ?? 20);
printSeed(seed);

/** What happens to one request. */
interface Fate {
	/** `doubt`: nobody but the vendor knows. */
	isCarriedOut: 'yes' | 'no' | 'doubt';
	/** The contract's example when left out. */
	answer?: RecorderAnswer;
}

const json = (status: number, body: unknown): RecorderAnswer => ({ status, body });
const page = (status: number): RecorderAnswer => ({
	status,
	headers: { 'content-type': 'text/html' },
	body: '<html><body><h1>Gateway</h1></body></html>',
});

const good: Fate = { isCarriedOut: 'yes' };
const throttled: Fate = { isCarriedOut: 'no', answer: { ...json(429, {}), headers: { 'retry-after': '0.001' } } };
const refused: Fate[] = [json(400, { message: 'No' }), json(403, { message: 'No' }), page(404)].map((answer) => ({ isCarriedOut: 'no', answer }));
const doubtful: Fate[] = [
	json(500, { message: 'down' }),
	page(502),
	json(503, {}),
	page(504),
	page(200),
	{ status: 302, headers: { location: '/' } },
	{ status: 200, headers: { 'content-type': 'application/json' }, body: '{"id":' },
	{ hangUp: true },
	{ hangUp: 'reset' as const },
	{ hangUp: 'midway' as const },
	{ hangUp: 'timeOut' as const },
].map((answer) => ({ isCarriedOut: 'doubt', answer }));

/** One use of one operation. */
interface Schedule {
	use: Use;
	items: number;
	/** Whether texts are equal in all items and tries, differ by item, or are new in each try. */
	bodies: 'equal' | 'byItem' | 'anew';
	amount: 'fewest' | 'most';
	maxTries?: number;
	onError: 'stopWorkflow' | 'continueRegularOutput';
	/** Of the requests in their order; later ones are good. */
	fates: Fate[];
	/** Of the workflow, and of the account where its credential has one. */
	zone: string;
	/** Requests per second of the account. */
	rate: number;
}

const schedule: fc.Arbitrary<Schedule> = fc.record({
	use: fc.constantFrom<Use>('once', 'once', 'twice', 'loop', 'subWorkflow', 'atOnce'),
	items: fc.integer({ min: 1, max: runs(3, 6) }),
	bodies: fc.constantFrom('equal', 'byItem', 'anew'),
	amount: fc.constantFrom('fewest', 'fewest', 'most'),
	maxTries: fc.option(fc.integer({ min: 2, max: 5 }), { nil: undefined, freq: 4 }),
	onError: fc.constantFrom('stopWorkflow', 'continueRegularOutput'),
	fates: fc.array(
		fc.oneof(
			{ weight: 4, arbitrary: fc.constant(good) },
			{ weight: 2, arbitrary: fc.constant(throttled) },
			{ weight: 2, arbitrary: fc.constantFrom(...refused) },
			{ weight: 3, arbitrary: fc.constantFrom(...doubtful) },
		),
		{ maxLength: 12 },
	),
	zone: fc.constantFrom('UTC', 'Australia/Lord_Howe', 'America/St_Johns', 'Europe/Paris'),
	rate: fc.constantFrom(300, 1_000),
});

/** A once-only request that came. */
interface Write {
	/** Method and path. */
	shape: string;
	fate: Fate;
}

/** An account of a vendor that counts what it carries out. */
interface Account {
	standIn: Recorder;
	/** Of the requests that come next. */
	fates: Fate[];
	/** Once-only requests that came. */
	writes: Write[];
}

/** What one run of a node sends when nothing fails. */
interface CalmRun {
	/** How many once-only requests, by method and path. */
	writes: Map<string, number>;
	amount: Schedule['amount'];
}

/** What became of the items, over all runs of a schedule. */
interface Outcomes {
	done: number;
	inDoubt: number;
	/** Failed, and the error says what was carried out before. */
	told: number;
	failed: number;
	/** A job that stopped after some of its requests. */
	begun: number;
	/** Without On Error: Continue nothing starts after the first failure. */
	unsent: number;
}

/** A once-only operation of a vendor in one of its forms. */
interface OnceOnly {
	title: string;
	resource: Resource;
	operation: Operation;
	keys: IDataObject;
}

const onceOnlyCount = contractVendors.reduce((sum, row) => sum + onceOnlyOf(row).length, 0);

describe.each(contractVendors)('$vendor.displayName', (row) => {
	const contracts = contractsOf(row);
	const prefix = new URL(row.vendor.baseUrl(row.credentials('http://127.0.0.1'))).pathname.replace(/\/$/, '');
	const operations = onceOnlyOf(row);
	const shapes = new Set(operations.map(({ operation: { method, path } }) => shapeOf(method, prefix + path)));
	const ownPath = `${prefix}${apiRequestPath}`;
	const calmRuns = new Map<string, Promise<CalmRun>>();
	/** By the index of the schedule. */
	const calms: CalmRun[] = [];
	/** Two accounts of the vendor, used at the same time. */
	let accounts: Account[] = [];
	let endTimeOuts: () => void;

	beforeAll(async () => {
		endTimeOuts = watchTimeOuts();
		jest.spyOn(nodeMath, 'random').mockReturnValue(0);
		accounts = [await openAccount(), await openAccount()];
	});
	afterAll(async () => {
		jest.restoreAllMocks();
		endTimeOuts();
		await Promise.all(accounts.map(async ({ standIn }) => await standIn.close()));
	});

	async function openAccount(): Promise<Account> {
		const account = { fates: [], writes: [] } as Pick<Account, 'fates' | 'writes'>;
		const standIn = await startStandIn(row, {}, () => {
			const request = standIn.requests.at(-1) as RecordedRequest;
			const fate = account.fates.shift() ?? good;
			const shape = request.path === ownPath ? apiRequestPath : templateOf(contracts, request);
			if (shape !== undefined && (shapes.has(shape) || shape === apiRequestPath)) account.writes.push({ shape, fate });
			return fate.answer ?? (shape === apiRequestPath ? json(200, { id: 1 }) : undefined);
		});
		return Object.assign(account, { standIn });
	}

	async function run(
		account: Account,
		{ resource, operation, keys }: OnceOnly,
		{ use, items, bodies, amount, maxTries, onError, zone, rate, ...wanted }: Schedule,
	) {
		const { standIn } = account;
		account.fates = [...wanted.fates];
		account.writes = [];
		standIn.requests.length = 0;
		const node: NodeSettings = { onError };
		if (maxTries !== undefined) Object.assign(node, { retryOnFail: true, maxTries, waitBetweenTries: 1 });
		const tasks = await runRepeatedly({
			use,
			nodeType: row.vendor.name,
			parameters: withTexts(operation, parametersOf(resource, operation, amount), bodies),
			credentials: {
				[row.vendor.credentialType]: { ...row.credentials(standIn.origin), timezone: zone, requestsPerSecond: rate, ...keys },
			},
			items: Array.from({ length: items }, () => ({ json: {}, binary: sampleFiles })),
			node,
			timezone: zone,
		});
		return { tasks, writes: account.writes };
	}

	/** What one run of the node sends when nothing fails; where the most fields take another way, the fewest are taken. */
	async function calmRun(once: OnceOnly, { items, bodies, amount, zone, rate }: Schedule): Promise<CalmRun> {
		const wanted: Schedule = { use: 'once', items: 2, bodies, amount, onError: 'stopWorkflow', fates: [], zone, rate };
		const key = JSON.stringify([once.title, bodies === 'equal', amount]);
		const known = calmRuns.get(key) ?? measure(once, wanted);
		calmRuns.set(key, known);
		const ofTwo = await known;
		// Two items share a request or have one each, and so do more.
		const writes = [...ofTwo.writes].map(([shape, number]): [string, number] => [shape, number === 1 ? 1 : (number * items) / 2]);
		return { ...ofTwo, writes: new Map(writes) };
	}

	async function measure(once: OnceOnly, wanted: Schedule): Promise<CalmRun> {
		const { tasks, writes: sent } = await run(accounts[0], once, wanted);
		const isGood = tasks.length === 1 && tasks[0].error === undefined && sent.length > 0;
		if (isGood) {
			const numbers = sent.map(({ shape }): [string, number] => [shape, numberOf(sent, shape)]);
			return { writes: new Map(numbers), amount: wanted.amount };
		}
		if (wanted.amount === 'most') return await measure(once, { ...wanted, amount: 'fewest' });
		throw new Error(`${once.title} fails without any fault: ${tasks[0]?.error?.message}`);
	}

	/** Runs a schedule on an account. @throws Error that tells what is wrong and how to repeat it */
	async function check(account: Account, index: number, wanted: Schedule): Promise<void> {
		const once = operations[index % operations.length];
		const calm = calms[index];
		const { tasks, writes: sent } = await run(account, once, { ...wanted, amount: calm.amount });
		const problems = problemsOf(once.operation, wanted, calm.writes, sent, tasks);
		if (problems.length === 0) return;
		const { fates: planned, ...rest } = wanted;
		const repeatBy = `SEED=${seed} ONLY=${index - (index % accounts.length)}`;
		const facts = { ...rest, planned: planned.map(nameOf), calm: [...calm.writes], messages: tasks.flatMap(messagesOf) };
		throw new Error(JSON.stringify({ title: once.title, repeatBy, problems, ...facts }, null, 1));
	}

	test('each is carried out at most once, and what is carried out or in doubt is said, on two accounts at the same time', async () => {
		const share = Math.ceil((count * operations.length) / onceOnlyCount);
		const schedules = fc.sample(schedule, { numRuns: share, seed });
		const only = process.env.ONLY;
		for (let first = 0; first < share; first += accounts.length) {
			if (only !== undefined && only !== String(first)) continue;
			const pair = schedules.slice(first, first + accounts.length);
			for (const [position, wanted] of pair.entries()) {
				calms[first + position] = await calmRun(operations[(first + position) % operations.length], wanted);
			}
			await Promise.all(pair.map(async (wanted, position) => await check(accounts[position], first + position, wanted)));
		}
	}, runs(60_000, 1_800_000));
});

/** All once-only operations of a vendor, over each of its APIs, and a request of the user's own. */
function onceOnlyOf({ vendor, otherKeys = {} }: ContractVendor): OnceOnly[] {
	return [...vendor.resources, apiRequestResource(vendor)].flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			variantsOf(operation)
				.filter(({ retryClass }) => retryClass === 'once')
				.map((form) => ({
					title: `${resource.value}.${operation.value}${form === operation ? '' : ' in its other form'}`,
					resource,
					operation: form,
					keys: form === operation ? {} : (otherKeys as IDataObject),
				})),
		),
	);
}

function parametersOf(resource: Resource, operation: Operation, amount: Schedule['amount']): INodeParameters {
	const parameters = sampleParameters(resource, operation, amount);
	if (operation.path === '{path}') Object.assign(parameters, { method: 'POST', path: apiRequestPath, bodyFormat: 'json', body: '{}' });
	return parameters;
}

/** Free texts of the parameters as expressions; waiting for a job's end looks once. */
function withTexts(operation: Operation, parameters: INodeParameters, bodies: Schedule['bodies']): INodeParameters {
	const text = { equal: 'Sample', byItem: '={{ "Sample " + $itemIndex }}', anew: '={{ "S" + $now.toMillis() + "x" + $itemIndex + Math.random() }}' }[bodies];
	const changed = { ...parameters };
	const inside = operation.optional === undefined ? {} : { ...(parameters[operation.optional.name] as IDataObject) };
	for (const field of allFields(operation)) {
		const place = operation.fields?.includes(field) === true ? changed : inside;
		if (/^wait(Minutes|Seconds)$/.test(field.name)) place[field.name] = 0;
		else if (field.name in place && isFreeText(operation, field)) place[field.name] = text;
	}
	if (operation.path === '{path}') changed.body = `={{ JSON.stringify({ text: ${text.startsWith('=') ? text.slice(3, -2) : '"Sample"'} }) }}`;
	if (operation.optional !== undefined && operation.optional.name in parameters) changed[operation.optional.name] = inside as INodeParameters;
	return changed;
}

function isFreeText(operation: Operation, { type, send, displayOptions }: Field): boolean {
	const place = send?.place ?? (operation.method === 'DELETE' ? 'query' : 'body');
	if (type !== 'string' || place !== 'body' || displayOptions !== undefined || send?.write === undefined) return false;
	try {
		const context = { inputZone: 'UTC', vendorZone: 'UTC', now: Date.now(), item: {}, values: {} };
		return ['Sample', 'Sample 3', 'S1793188800000x30.7'].every((text) => send.write?.(text, context) === text);
	} catch {
		return false;
	}
}

/**
 * What is wrong with the outcomes.
 * @param calm how many once-only requests one run of the node sends without any fault
 * @param sent the once-only requests that came
 */
function problemsOf({ value, run, bulk }: Operation, { use, items, bodies, onError }: Schedule, calm: CalmRun['writes'], sent: Write[], tasks: ITaskData[]): string[] {
	const outcomes = tasks.map((task) => outcomesOf(task, items));
	const total = outcomes.reduce(add, noOutcomes());
	const all = Object.values(total).reduce((sum, number) => sum + number, 0);
	const problems: string[] = [];
	const expectThat = (isTrue: boolean, text: string) => {
		if (!isTrue) problems.push(`${text}: ${JSON.stringify({ ...total, sent: sent.map(({ shape, fate }) => `${shape} ${fate.isCarriedOut}`) })}`);
	};
	for (const shape of new Set(sent.map((write) => write.shape))) {
		const most = (calm.get(shape) ?? 0) * tasks.length;
		expectThat(numberOf(sent, shape, 'yes', 'doubt') <= most, `${shape} was or may have been carried out more than ${most} times`);
	}
	expectThat(all === items * tasks.length, 'not every item has one outcome');
	expectThat(tasks.length === runsOf[use] || onError === 'stopWorkflow', 'the node did not run as often as the workflow says');
	expectThat(onError === 'stopWorkflow' || tasks.every(({ error }) => error === undefined), 'the node failed in spite of On Error: Continue');
	// The first write of a job is the one that changes the records.
	const [[shape, calmWrites]] = calm;
	const perWrite = items / calmWrites;
	const carriedOut = numberOf(sent, shape, 'yes');
	const doubts = numberOf(sent, shape, 'doubt');
	const allDoubts = sent.filter(({ fate }) => fate.isCarriedOut === 'doubt').length;
	// A job finds what another item or execution has just created, and shares its doubt.
	const mostDone = run === undefined ? carriedOut * perWrite : carriedOut === 0 ? 0 : Infinity;
	expectThat(total.done <= mostDone, 'more items are done than were carried out');
	const mostInDoubt = run === undefined ? allDoubts * perWrite : allDoubts === 0 ? 0 : Infinity;
	expectThat(total.inDoubt <= mostInDoubt, 'more items are in doubt than nobody knows of');
	// Items of a job that name the same record share its write only when all goes well.
	const isShared = value === 'findOrCreate' || bodies === 'equal' || onError === 'stopWorkflow';
	const perTold = run !== undefined && isShared ? 1 : perWrite;
	expectThat(total.done + total.inDoubt + total.told + total.begun >= Math.floor((carriedOut + doubts) * perTold), 'items do not say that they were or may have been carried out');
	const isPlain = run === undefined && bulk === undefined;
	if (isPlain) expectThat(total.done === carriedOut && total.inDoubt === doubts, 'outcomes are not what was carried out');
	return problems;
}

/** A fate in a word or two. */
function nameOf({ isCarriedOut, answer }: Fate): string {
	return `${isCarriedOut} ${answer?.hangUp === undefined ? (answer?.status ?? '') : answer.hangUp}`;
}

/** How many of the requests are of a shape, and of a fate where some are named. */
function numberOf(writes: Write[], shape: string, ...wanted: Array<Fate['isCarriedOut']>): number {
	return writes.filter((write) => write.shape === shape && (wanted.length === 0 || wanted.includes(write.fate.isCarriedOut))).length;
}

const noOutcomes = (): Outcomes => ({ done: 0, inDoubt: 0, told: 0, failed: 0, begun: 0, unsent: 0 });

function add(first: Outcomes, second: Outcomes): Outcomes {
	const keys = Object.keys(first) as Array<keyof Outcomes>;
	return Object.fromEntries(keys.map((key) => [key, first[key] + second[key]])) as unknown as Outcomes;
}

/** Of each item, or of the error that ends the node. */
function outcomesOf(task: ITaskData, items: number): Outcomes {
	if (task.error !== undefined) return outcomesOfError(task.error, items);
	const outcomes = noOutcomes();
	const byItem = new Map<unknown, INodeExecutionData[]>();
	for (const item of task.data?.main[0] ?? []) {
		const source = (item.pairedItem as { item?: unknown } | undefined)?.item;
		byItem.set(source, [...(byItem.get(source) ?? []), item]);
	}
	for (const own of byItem.values()) outcomes[kindOf(own.map(({ json: { error } }) => error).find((error) => error !== undefined))] += 1;
	return outcomes;
}

function outcomesOfError({ message, description }: { message: string; description?: string | null }, items: number): Outcomes {
	const text = description ?? '';
	// The error of the first item that failed speaks for all that failed in the same way; the others have a line each.
	const lines = [...text.matchAll(/^Item \d+: (.*)$/gm)].map(([, line]) => kindOf(line));
	const failed = numberIn(text, 'Failed');
	const told = lines.filter((kind) => kind === 'told').length + (kindOf(message) === 'told' ? failed - lines.length : 0);
	const outcomes = noOutcomes();
	if (items === 1) return { ...outcomes, [kindOf(message)]: 1 };
	return {
		...outcomes,
		done: Number(/Carried out: (\d+) of/.exec(text)?.[1] ?? 0),
		inDoubt: numberIn(text, 'In doubt'),
		told,
		failed: failed - told,
		begun: numberIn(text, 'Started in an earlier try'),
		unsent: numberIn(text, 'Never sent'),
	};
}

/** How many items the ranges after a word name. */
function numberIn(text: string, word: string): number {
	const ranges = new RegExp(`${word}: ([\\d, -]+)\\.`).exec(text)?.[1];
	return (ranges?.split(', ') ?? []).reduce((sum, range) => {
		const [first, last = first] = range.split('-').map(Number);
		return sum + last - first + 1;
	}, 0);
}

function kindOf(error: unknown): keyof Outcomes {
	if (error === undefined) return 'done';
	if (/^In doubt/.test(String(error))) return 'inDoubt';
	return /was carried out|unknown whether|was told to|(was|were) uploaded/.test(String(error)) ? 'told' : 'failed';
}

function messagesOf({ error, data }: ITaskData): string[] {
	if (error !== undefined) return [`${error.message} ${error.description}`];
	return (data?.main[0] ?? []).map(({ json: { error: message } }) => String(message ?? 'done'));
}
