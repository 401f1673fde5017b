// Once-only requests over the real sender, pacer and ledger, with a vendor in memory and virtual time.
import fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';

import type { Answer } from '../../../nodes/shared/definition/answer';
import type { PreparedRequest } from '../../../nodes/shared/definition/request';
import { connect } from '../../../nodes/shared/http/connection';
import type { RequestContext } from '../../../nodes/shared/http/requestContext';
import { send } from '../../../nodes/shared/http/transport';
import { seeded } from '../../support/runs';
import { TestClock } from '../../support/testClock';
import { testContext, testVendor } from '../../support/testVendor';

/** What happens to one request: whether the vendor carries it out, and what comes back. */
interface Fate {
	isCarriedOut: boolean;
	status?: number;
	body?: string;
	/** The connection fails with this code instead of an answer. */
	code?: string;
}

const good: Fate = { isCarriedOut: true, status: 200, body: '{"id":1}' };
const throttled: Fate = { isCarriedOut: false, status: 429, body: '{}' };

const certain: Fate[] = [
	{ isCarriedOut: false, status: 422, body: '{"message":"The name is taken"}' },
	{ isCarriedOut: false, code: 'ECONNREFUSED' },
	{ isCarriedOut: false, code: 'ENOTFOUND' },
	{ isCarriedOut: false, code: 'EAI_AGAIN' },
];

/** Failures that look the same whether the request was carried out or not. */
const doubtful: fc.Arbitrary<Fate> = fc.record({
	isCarriedOut: fc.boolean(),
	end: fc.constantFrom<Omit<Fate, 'isCarriedOut'>>(
		{ status: 500, body: '{"message":"down"}' },
		{ status: 502, body: '' },
		{ status: 503, body: '{}' },
		{ status: 504, body: '<html>Gateway Time-out</html>' },
		{ status: 200, body: '<html>Sign in</html>' },
		{ status: 200, body: '{"id":' },
		{ status: 302, body: '' },
		{ code: 'ECONNRESET' },
		{ code: 'ETIMEDOUT' },
		{ code: 'ECONNABORTED' },
		{ code: 'EPIPE' },
		{ code: 'UNKNOWN' },
	),
}).map(({ isCarriedOut, end }) => ({ isCarriedOut, ...end }));

const schedule = fc.record({
	fates: fc.array(
		fc.oneof(
			{ weight: 3, arbitrary: fc.constant(throttled) },
			{ weight: 3, arbitrary: fc.constantFrom(...certain) },
			{ weight: 2, arbitrary: doubtful },
			{ weight: 1, arbitrary: fc.constant(good) },
		),
		{ maxLength: 14 },
	),
	/** How often n8n runs the node, as Retry On Fail does. */
	tries: fc.integer({ min: 1, max: 3 }),
	/** As a tool of an agent, where n8n raises the run index with every try. */
	isTool: fc.boolean(),
	/** Of the account. */
	requestsPerSecond: fc.constantFrom(0.2, 1, 10, 100),
});

type Schedule = typeof schedule extends fc.Arbitrary<infer Value> ? Value : never;

const vendor = testVendor({
	baseUrl: ({ tenant = 'api' }) => `https://${tenant as string}.example.com`,
	classifyResponse: ({ status, body }: Answer) => {
		if (status < 300) return 'good';
		return status === 422 ? { kind: 'refused', message: (body as { message: string }).message } : undefined;
	},
});

const request: PreparedRequest = {
	method: 'POST',
	path: '/calls',
	query: [],
	headers: {},
	body: { number: '+14155550142' },
	bodyFormat: 'json',
	retryClass: 'once',
	answerAs: 'json',
	itemIndex: 0,
};

let executions = 0;

/** A run of a node with Retry On Fail whose requests meet the given fates, and after them succeed. */
function createRun(fates: Fate[], isTool = false, credentials: IDataObject = {}) {
	const left = [...fates];
	const logged: Array<[string, object]> = [];
	let runIndex = 0;
	const counts = { sent: 0, carriedOut: 0 };
	const executionId = String(executions++);
	const answer = async () => {
		const fate = left.shift() ?? good;
		counts.sent++;
		if (fate.isCarriedOut) counts.carriedOut++;
		if (fate.code !== undefined) throw Object.assign(new Error(fate.code), { code: fate.code });
		return { statusCode: fate.status, headers: {}, body: fate.body };
	};
	const node: Partial<INode> = { type: isTool ? 'testTool' : 'test', retryOnFail: true };
	const more = {
		getExecutionId: () => executionId,
		getCredentials: async () => ({ requestsPerSecond: 100, ...credentials }),
		getWorkflow: () => ({ id: 'workflow' }),
		getWorkflowDataProxy: () => ({ $runIndex: isTool ? runIndex++ : 0 }),
		getInputData: () => [{ json: { toolCallId: 'call-1' } }],
		logger: { info: (text: string, facts: object) => logged.push([text, facts]) },
	};
	const context = testContext({ answer, node, more });
	return { context, counts, logged };
}

/** What n8n shows in the end: nothing when the request succeeded, else the message. */
async function attempt(context: RequestContext, tries: number, clock: TestClock): Promise<string | undefined> {
	let message: string | undefined;
	for (let count = 0; count < tries; count++) {
		try {
			// Each try computes its body anew, as `$now` and random keys do.
			const body = { number: '+14155550142', key: `${count} ${Math.random()}` };
			await send(await connect(context, vendor, { clock }), { ...request, body });
			return undefined;
		} catch (error) {
			({ message } = error as Error);
		}
	}
	return message;
}

describe('a once-only request', () => {
	it('is never carried out twice, and never once without saying so, whatever happens, on two accounts, however often the node is run', async () => {
		const ends = { succeeded: 0, inDoubt: 0, failed: 0 };
		const runOn = async (tenant: string, { fates, tries, isTool, requestsPerSecond }: Schedule, clock: TestClock) => {
			const { context, counts } = createRun(fates, isTool, { tenant, requestsPerSecond });
			const message = await attempt(context, tries, clock);
			if (message === undefined) {
				ends.succeeded++;
				expect(counts.carriedOut).toBe(1);
			} else if (message.startsWith('In doubt: ')) {
				ends.inDoubt++;
				expect(counts.carriedOut).toBeLessThanOrEqual(1);
			} else {
				ends.failed++;
				expect(counts.carriedOut).toBe(0);
			}
			expect(counts.sent).toBeGreaterThan(0);
		};
		await fc.assert(
			fc.asyncProperty(schedule, schedule, async (first, second) => {
				const clock = new TestClock();
				const tenants = executions++;
				await Promise.all([runOn(`a${tenants}`, first, clock), runOn(`b${tenants}`, second, clock)]);
			}),
			seeded(300, 20_000),
		);
		// Each end comes up; how often depends on the seed.
		expect(Math.min(...Object.values(ends))).toBeGreaterThan(5);
	});

	it.each<[Fate, string]>([
		[good, 'Once-only request was carried out'],
		[certain[0], 'Once-only request was not carried out'],
		[{ isCarriedOut: true, code: 'ECONNRESET' }, 'Once-only request is in doubt'],
	])('is logged before and after, with the ID of the vendor and nothing of what it holds: %j', async (fate, end) => {
		const { context, logged } = createRun([fate]);
		await attempt(context, 1, new TestClock());
		const facts = { node: 'Node', item: 0, operation: 'POST', executionId: expect.any(String) };
		expect(logged).toEqual([
			['Once-only request begins', facts],
			[end, end.endsWith('was carried out') ? { ...facts, id: 1 } : facts],
		]);
		expect(JSON.stringify(logged)).not.toContain('4155550142');
	});

	it('is remembered for six hours at most, and for 200 runs', async () => {
		const inDoubt: Fate = { isCarriedOut: true, code: 'ECONNRESET' };
		const [aged, crowdedOut, kept] = [createRun([inDoubt]), createRun([inDoubt]), createRun([inDoubt])];
		const sentBy = async ({ context, counts }: ReturnType<typeof createRun>) => {
			await attempt(context, 1, new TestClock());
			return counts.sent;
		};
		expect([await sentBy(aged), await sentBy(aged)]).toEqual([1, 1]);
		const hour = 3_600_000;
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 7 * hour);
		expect(await sentBy(aged)).toBe(2);
		now.mockRestore();
		expect(await sentBy(crowdedOut)).toBe(1);
		for (let others = 0; others < 150; others++) await sentBy(createRun([inDoubt]));
		expect([await sentBy(kept), await sentBy(crowdedOut)]).toEqual([1, 1]);
		for (let others = 0; others < 190; others++) await sentBy(createRun([inDoubt]));
		expect(await sentBy(kept)).toBe(1);
		for (let others = 0; others < 199; others++) await sentBy(createRun([inDoubt]));
		expect([await sentBy(crowdedOut)]).toEqual([2]);
	});

	it('fails with what the vendor did where a poll has no time left to try again', async () => {
		const { context, counts } = createRun([]);
		const clock = new TestClock();
		const connection = await connect(context, vendor, { clock });
		const deadline = clock.now() + 20_000;
		const silent = async () => {
			counts.sent++;
			clock.set(clock.now() + 60_000);
			throw Object.assign(new Error('timeout of 60000ms exceeded'), { code: 'ETIMEDOUT' });
		};
		Object.assign(context.helpers, { httpRequestWithAuthentication: silent });
		const failing = send({ ...connection, deadline }, { ...request, retryClass: 'read' });
		await expect(failing).rejects.toMatchObject({ message: expect.stringContaining('timeout of 60000ms exceeded') });
		await expect(failing).rejects.not.toMatchObject({ httpCode: '429' });
		expect(counts.sent).toBe(1);
	});

	it('fails at once, also for those who wait, when the vendor asks for an hour', async () => {
		const { context } = createRun([{ ...throttled }]);
		const clock = new TestClock();
		const began = clock.now();
		const connection = await connect(context, vendor, { clock });
		connection.pacer.reportThrottled(3_600_000);
		await expect(send(connection, { ...request, retryClass: 'read' })).rejects.toThrow('Test asks to wait 60 minutes');
		expect(clock.now()).toBe(began);
	});
});
