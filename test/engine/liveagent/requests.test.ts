// Keys, answers and faults: what holds for every operation of LiveAgent.
import type { INodeParameters } from 'n8n-workflow';
import { inspect } from 'node:util';

import { liveAgent } from '../../../nodes/LiveAgent/vendor';
import { documentedRateLimit } from '../../simulators/liveagent/simulator';
import type { Fault } from '../../simulators/kit';
import { testCredential } from '../../support/credentialTest';
import { jsonOf } from '../../support/engine';
import { captureOutput, findSecrets } from '../../support/output';
import { startRecorder } from '../../support/recorder';
import { sampleParameters } from '../../support/samples';
import { byId, itemsOf, startBench, startDemoBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const secret = 'key with spaces & +signs/17';

describe('the key of LiveAgent', () => {
	const writes = [
		[
			'conversation',
			'create',
			{ departmentId: byId('d'), from: 'a', recipient: 'a@example.com', subject: 's', message: 'm' },
		],
		['tag', 'update', { tagId: byId('t'), updateFields: { name: 'n' } }],
	] as const;
	const reads = [
		['tag', 'getMany', {}],
		['tag', 'delete', { tagId: byId('t') }],
	] as const;

	/** What the node sends for an operation, key included. */
	async function sent(resource: string, operation: string, parameters: object, keyPlacement: string) {
		const recorder = await startRecorder(() => ({ body: { response: { status: 'OK', statuscode: 0, tags: [] } } }));
		const bench = await startBench({}, { baseUrl: recorder.origin, apiKey: secret, keyPlacement });
		try {
			const result = await bench.run(resource, operation, parameters as never);
			expect(result.error).toBeUndefined();
			const [{ path, query, headers, body }] = recorder.requests;
			const form = new URLSearchParams(body.toString());
			return { path, query: new URLSearchParams(query), header: headers.apikey, form };
		} finally {
			await bench.close();
			await recorder.close();
		}
	}

	test.each(reads)('%s %s: in the query', async (resource, operation, parameters) => {
		const { query, header, form, path } = await sent(resource, operation, parameters, 'parameter');
		expect({ query: query.get('apikey'), header, form: form.get('apikey') }).toEqual({
			query: secret,
			header: undefined,
			form: null,
		});
		expect(path).toMatch(/^\/api\/tags/);
	});

	test.each(writes)('%s %s: in the form', async (resource, operation, parameters) => {
		const { query, header, form } = await sent(resource, operation, parameters, 'parameter');
		expect({ query: query.get('apikey'), header, form: form.get('apikey') }).toEqual({
			query: null,
			header: undefined,
			form: secret,
		});
	});

	test.each([...reads, ...writes])(
		'%s %s: in the header where the credential says so',
		async (resource, operation, parameters) => {
			const { query, header, form } = await sent(resource, operation, parameters, 'header');
			expect({ query: query.get('apikey'), header, form: form.get('apikey') }).toEqual({
				query: null,
				header: secret,
				form: null,
			});
		},
	);

	test('the credential can be tested in both placements and from a pasted address', async () => {
		const bench = await startBench({ acceptsHeaderKey: true });
		try {
			const { origin } = new URL(bench.simulator.baseUrl);
			const data = bench.credentials.liveAgentApi;
			const test = async (more: object) =>
				(await testCredential({ type: 'liveAgentApi', data: { ...data, ...more } })).status;
			expect(await test({})).toBe('OK');
			expect(await test({ baseUrl: `${origin}/agent/#Tickets`, keyPlacement: 'header' })).toBe('OK');
			expect(await test({ apiKey: 'wrong' })).toBe('Error');
			const pasted = { liveAgentApi: { ...data, baseUrl: `${origin}/agent/#Tickets` } };
			expect((await bench.run('tag', 'getMany', {}, { credentials: pasted })).error).toBeUndefined();
		} finally {
			await bench.close();
		}
	});

	test('an API request carries the key with its form and without a body', async () => {
		const bench = await startBench();
		try {
			const send = { method: 'POST', path: '/tags', bodyFormat: 'form', body: '{"name": "Urgent"}' };
			expect(await bench.rows('apiRequest', 'send', send)).toMatchObject([{ response: { name: 'Urgent' } }]);
			const empty = await bench.run('apiRequest', 'send', { method: 'POST', path: '/tags' });
			expect(empty.error?.message).toBe('Parameter name is missing');
			bench.simulator.account.addCustomers(1_200);
			const all = await bench.rows('apiRequest', 'send', { path: '/customers', allPages: true });
			expect(all).toHaveLength(1_200);
		} finally {
			await bench.close();
		}
	});
});

describe('answers and faults of LiveAgent', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	const note = { conversationId: '={{ $json.id }}', message: 'Ask the carrier' };
	const ids = () => bench.simulator.account.conversations.list().map(({ id }) => id);
	const script = (faults: Array<Fault | undefined>) => bench.simulator.faults.script(faults);

	test("a mistake answered with 500 is not repeated and has the vendor's words", async () => {
		const transfer = { conversationId: ids()[0], departmentId: byId('nowhere') };
		const result = await bench.run('conversation', 'transfer', transfer);
		expect(result.error?.message).toBe(
			`Department nowhere not found: Conversation ID ${ids()[0]} (PUT /conversations/${ids()[0]}/attendants)`,
		);
		expect(bench.simulator.journal.total).toBe(1);
		const read = await bench.run('conversation', 'get', { conversationId: 'nothing' });
		expect(read.error?.message).toBe('Unable to load conversation: Conversation ID nothing (GET /conversations/nothing)');
		expect(bench.simulator.journal.total).toBe(2);
	});

	test('status ERROR is a failure whatever the HTTP status, a status letter is none', async () => {
		const body = { response: { status: 'ERROR', statuscode: '500', errormessage: 'Not today', debugmessage: 'inner' } };
		script([{ kind: 'status', status: 200, body }]);
		const refused = await bench.run('tag', 'getMany');
		expect(refused.error?.message).toBe('Not today');
		expect(inspect(refused.error, { depth: 9 })).not.toContain('inner');
		const [conversation] = await bench.rows('conversation', 'get', { conversationId: ids()[0] });
		expect(conversation.status).toMatch(/^[A-Z]$/);
	});

	test('an error inside a success is judged by its own code', async () => {
		const body = { response: { status: 'ERROR', statuscode: '404', errormessage: 'Tag not found' } };
		script([{ kind: 'status', status: 200, body }]);
		const refused = await bench.run('tag', 'getMany');
		expect(refused.error).toMatchObject({ message: 'Tag not found: GET /tags', httpCode: '404' });
		expect(`${refused.error?.message} ${refused.error?.description}`).toContain('Check the identifier');
		expect(refused.error?.description).not.toContain('API key');
	});

	test.each(['null', '[]', '"done"', '7', '{"response":null}', '{"response":[]}'])(
		'the answer %s to a write is one outcome of each item',
		async (body) => {
			script([{ kind: 'status', status: 200, body }]);
			const items = ids().slice(0, 2).map((id) => ({ json: { id } }));
			const { outputs, error } = await bench.run('conversation', 'addMessage', note, { items, node: { onError: 'continueRegularOutput' } });
			expect(error).toBeUndefined();
			expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		},
	);

	test('an upgrade under way is waited for by reads', async () => {
		script([{ kind: 'status', status: 503 }]);
		expect((await bench.rows('tag', 'getMany')).length).toBeGreaterThan(0);
		expect(bench.simulator.journal.total).toBe(2);
	});

	test('an empty 200 on a write counts as done and says so', async () => {
		const quiet = await startDemoBench({ emptyWriteAnswers: true });
		try {
			const conversationId = quiet.simulator.account.conversations.list()[0].id;
			const [answer] = await quiet.rows('conversation', 'addMessage', { conversationId, message: 'Done?' });
			expect(answer).toEqual({ success: true, note: expect.stringContaining('returned nothing') });
			expect(quiet.simulator.journal.carriedOut('conversation.addMessage')).toBe(1);
		} finally {
			await quiet.close();
		}
		script([{ kind: 'status', status: 200, body: '' }]);
		const [made] = await bench.rows('customer', 'register', { email: 'ken@example.com' });
		expect(made).toMatchObject({ success: true });
	});

	const onceOnly = [
		['conversation', 'addMessage', 'conversation.addMessage', () => ({ conversationId: ids()[0], message: 'Hello' })],
		[
			'conversation',
			'create',
			'conversation.create',
			() => ({
				departmentId: byId(bench.simulator.account.departments.list()[0].id),
				from: 'omar@example.org',
				recipient: 'support@example.com',
				subject: 's',
				message: 'm',
			}),
		],
		['customer', 'register', 'customer.create', () => ({ email: 'ken@example.com' })],
		[
			'suggestion',
			'create',
			'suggestion.create',
			() => ({
				userEmail: 'omar@example.org',
				category: byId(bench.simulator.account.suggestionCategories.list()[0].id),
				subject: 's',
				message: 'm',
			}),
		],
	] as const;

	test.each(onceOnly)('%s %s is never carried out twice', async (resource, operation, write, parameters) => {
		script([{ kind: 'cutAfter' }]);
		const lost = await bench.run(resource, operation, parameters() as never);
		expect(lost.error?.message).toMatch(/^In doubt: /);
		expect(bench.simulator.journal.carriedOut(write)).toBe(1);
		script([{ kind: 'html', carriedOut: true }]);
		const page = await bench.run(resource, operation, parameters() as never);
		expect(page.error?.message).toMatch(resource === 'customer' ? /In doubt|exists/ : /^In doubt: /);
	});

	const idempotent = [
		['addTag', 'conversation.addTag', () => ({ tagBy: 'name', tagName: 'Refund' })],
		['removeTag', 'conversation.removeTag', () => ({ tagBy: 'name', tagName: 'Priority' })],
		['changeStatus', 'conversation.changeStatus', () => ({ status: 'R' })],
		['transfer', 'conversation.transfer', () => ({ agentId: byId('nina@example.com') })],
	] as const;

	test.each(idempotent)(
		'conversation %s is repeated until it is known to be done',
		async (operation, _write, parameters) => {
			const conversation = bench.simulator.account.conversations.list().find(({ tags }) => tags.length > 0);
			script([{ kind: 'cutAfter' }, { kind: 'html' }]);
			const result = await bench.run('conversation', operation, {
				conversationId: conversation?.id,
				...parameters(),
			} as never);
			expect(result.error).toBeUndefined();
			expect(bench.simulator.journal.total).toBe(3);
		},
	);

	test('each item gets its own result, in order, and a failed one its own error', async () => {
		const [first, second] = ids();
		const items = itemsOf({ id: first }, { id: 'nothing' }, { id: second });
		const result = await bench.run('conversation', 'addMessage', note, {
			items,
			node: { onError: 'continueErrorOutput' },
		});
		expect(result.outputs.map((output) => output.map(({ pairedItem }) => pairedItem))).toEqual([
			[{ item: 0 }, { item: 2 }],
			[{ item: 1 }],
		]);
		expect(jsonOf(result.outputs[1])[0].error).toBe(
			'Unable to load conversation: Conversation ID nothing (POST /conversations/nothing/messages)',
		);
	});

	test('the documented limit of 180 requests a minute is kept by the default of the credential', async () => {
		const limited = await startDemoBench({ rateLimit: { ...documentedRateLimit, burst: 3 } }, { requestsPerSecond: 3 });
		try {
			const items = itemsOf(...Array.from({ length: 9 }, () => ({})));
			const result = await limited.run('application', 'getStatus', {}, { items });
			expect(jsonOf(result.outputs[0])).toHaveLength(9);
			expect(limited.simulator.journal.count(({ status }) => status === 429)).toBe(0);
		} finally {
			await limited.close();
		}
	}, 20_000);

	test('a 429 without Retry-After slows everybody down and loses nothing', async () => {
		script([{ kind: 'status', status: 429 }]);
		expect((await bench.rows('tag', 'getMany')).length).toBeGreaterThan(0);
		expect(bench.simulator.journal.total).toBe(2);
	}, 20_000);

	const failures: Array<[string, Fault | undefined]> = [
		['a wrong key', undefined],
		['a page of a proxy', { kind: 'html' }],
		['a cut connection', { kind: 'cutBefore', reset: true }],
		['a redirect', { kind: 'status', status: 302, body: '' }],
	];

	test.each(failures)('%s shows no key in errors, logs and execution data', async (_name, fault) => {
		const key = fault === undefined ? 'a-secret-key-that-must-not-show' : bench.simulator.apiKey;
		const credentials = { liveAgentApi: { ...bench.credentials.liveAgentApi, apiKey: key } };
		const once = { repeatOnFailure: 'once', path: '/tags' };
		const operations: Array<[string, string, INodeParameters]> = [
			['apiRequest', 'send', { ...once, method: 'GET' }],
			['apiRequest', 'send', { ...once, method: 'DELETE' }],
			['conversation', 'addMessage', { conversationId: ids()[0], message: 'm' }],
		];
		for (const [resource, operation, parameters] of operations) {
			script([fault]);
			const { result, text } = await captureOutput(
				async () => await bench.run(resource, operation, parameters, { credentials }),
			);
			expect(result?.error?.message).toEqual(expect.any(String));
			expect(findSecrets([key], text, result, inspect(result?.error, { depth: 20, showHidden: true }))).toEqual([]);
		}
	});

	test.each(['parameter', 'header'])(
		'no operation shows the key it sends as %s',
		async (keyPlacement) => {
			const open = await startDemoBench({ acceptsHeaderKey: true }, { keyPlacement });
			try {
				const operations = liveAgent.resources.flatMap((resource) =>
					resource.operations.map((operation) => sampleParameters(resource, operation, 'most')),
				);
				const { result, text } = await captureOutput(async () => {
					const results: unknown[] = [];
					for (const { resource, operation, ...parameters } of operations) {
						results.push(await open.run(String(resource), String(operation), parameters));
					}
					return results;
				});
				expect(result).toHaveLength(operations.length);
				expect(findSecrets([open.simulator.apiKey, open.simulator.v3Key], text, result)).toEqual([]);
			} finally {
				await open.close();
			}
		},
		30_000,
	);

	test('a key of version 3 and an unknown key have advice', async () => {
		const message = async (apiKey: string) => {
			const credentials = { liveAgentApi: { ...bench.credentials.liveAgentApi, apiKey } };
			return (await bench.run('tag', 'getMany', {}, { credentials })).error?.description;
		};
		expect(await message('liveagent-v3-key')).toContain('a key of version 3 is refused');
		expect(await message('another')).toContain('does not know this API key');
	});

	test('a time zone that is none is refused before anything is sent', async () => {
		const credentials = { liveAgentApi: { ...bench.credentials.liveAgentApi, timezone: 'Mars/North' } };
		const result = await bench.run('tag', 'getMany', {}, { credentials });
		expect(result.error?.message).toContain("Invalid 'Time Zone' in the credential");
		expect(bench.simulator.journal.total).toBe(0);
	});
});
