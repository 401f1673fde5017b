import { join } from 'node:path';

import { readFile, storeFile } from './binary';
import { testCredential } from './credentialTest';
import { createNodeType, jsonOf, runNode, runWorkflow, START_NODE, type RunNodeOptions } from './engine';
import { runListSearch } from './listSearch';
import { captureOutput, findSecrets } from './output';
import { loadPackage } from './package';
import { startRecorder, type Recorder, type RecorderAnswer, type RecordedRequest } from './recorder';

const originalLog = console.log;
const originalWrite = process.stdout.write;
const packageFolder = join(__dirname, 'fixtures/package');

const runProbe = async (options: Omit<RunNodeOptions, 'nodeType'>) =>
	await runNode({ nodeType: 'probe', packageFolder, ...options });

describe('a run of one node', () => {
	it('gives each item its own parameters, from expressions, and keeps items paired', async () => {
		const { outputs, error, status } = await runProbe({
			items: [{ json: { name: 'a' } }, { json: { name: 'b' } }],
			parameters: { value: '={{ $json.name + $itemIndex }}' },
		});
		expect(error).toBeUndefined();
		expect(status).toBe('success');
		expect(jsonOf(outputs[0])).toEqual([
			{ name: 'a', value: 'a0' },
			{ name: 'b', value: 'b1' },
		]);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('fills in defaults, and starts with one empty item', async () => {
		const { outputs } = await runProbe({});
		expect(jsonOf(outputs[0])).toEqual([{ value: 'a default' }]);
	});

	it('takes the newest version of a node, or the one asked for', async () => {
		const versions = await Promise.all(
			[undefined, 1].map(async (typeVersion) => {
				const parameters = { value: '={{ $nodeVersion }}' };
				const { outputs } = await runProbe({ parameters, node: typeVersion ? { typeVersion } : {} });
				return outputs[0][0].json.value;
			}),
		);
		expect(versions).toEqual([2, 1]);
	});

	it('reports what the node throws', async () => {
		const { outputs, error, status } = await runProbe({ parameters: { operation: 'fail' } });
		expect(status).toBe('error');
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '422', context: { itemIndex: 0 } });
		expect(outputs).toEqual([]);
	});

	it('sends failed items to the error output', async () => {
		const { outputs, error } = await runProbe({
			items: [{ json: { operation: 'echo' } }, { json: { operation: 'fail' } }],
			parameters: { operation: '={{ $json.operation }}' },
			node: { onError: 'continueErrorOutput' },
		});
		expect(error).toBeUndefined();
		expect(outputs.map((items) => items.length)).toEqual([1, 1]);
	});

	it('reports an empty required parameter as n8n does before it starts', async () => {
		const { error } = await runProbe({ parameters: { value: '' } });
		expect(error).toMatchObject({ name: 'WorkflowHasIssuesError' });
	});

	it('carries files in and out', async () => {
		const data = await storeFile('hello', { fileName: 'hello.txt', mimeType: 'text/plain', packageFolder });
		const { outputs } = await runProbe({
			items: [{ json: {}, binary: { data } }],
			parameters: { operation: 'upperCaseFile' },
		});
		const file = outputs[0][0].binary?.data;
		expect(file).toMatchObject({ fileName: 'upper.txt', mimeType: 'text/plain', data: 'filesystem-v2' });
		expect((await readFile(file!)).toString()).toBe('HELLO');
	});

	it('is cancelled by its signal', async () => {
		const controller = new AbortController();
		const running = runProbe({ parameters: { operation: 'waitForStop' }, signal: controller.signal });
		controller.abort();
		const { status, error } = await running;
		expect(status).toBe('canceled');
		expect(error?.name).toContain('Cancelled');
	});
});

describe('a run of several nodes', () => {
	it('lets a later node look back through paired items', async () => {
		const reader = createNodeType('reader', async function () {
			return [this.getInputData().map((_, index) => ({ json: { seen: this.evaluateExpression(expression, index) } }))];
		});
		const expression = `{{ $('${START_NODE}').item.json.name }}`;
		const { runData } = await runWorkflow({
			packageFolder,
			items: [{ json: { name: 'a' } }, { json: { name: 'b' } }],
			steps: [
				{ name: 'Probe', nodeType: 'probe' },
				{ name: 'Reader', nodeType: reader },
			],
		});
		expect(jsonOf(runData.Reader[0].data?.main[0] ?? [])).toEqual([{ seen: 'a' }, { seen: 'b' }]);
	});
});

describe('credentials', () => {
	let recorder: Recorder;
	let answer: (request: RecordedRequest) => RecorderAnswer;

	beforeEach(async () => {
		answer = () => ({ body: { ok: true } });
		recorder = await startRecorder((request) => answer(request));
	});
	afterEach(async () => await recorder.close());

	it('authenticate requests by their generic rules, with defaults filled in', async () => {
		const { error, outputs } = await runProbe({
			parameters: { operation: 'request', authentication: 'probeApi', value: '7' },
			credentials: { probeApi: { baseUrl: recorder.origin, key: 'k-1' } },
		});
		expect(error).toBeUndefined();
		expect(jsonOf(outputs[0])).toEqual([{ ok: true }]);
		expect(recorder.requests).toMatchObject([
			{ method: 'GET', path: '/things/7', headers: { 'x-key': 'k-1', 'x-tenant': 'default-tenant' } },
		]);
	});

	it('log in for a token once, and again after a 401', async () => {
		let logins = 0;
		answer = ({ path, headers }) => {
			if (path === '/login') return { body: { token: `t-${++logins}` } };
			return headers.authorization === 'Bearer t-2' ? { body: {} } : { status: 401 };
		};
		const { error } = await runProbe({
			items: [{ json: {} }, { json: {} }],
			parameters: { operation: 'request', authentication: 'probeTokenApi' },
			credentials: { probeTokenApi: { baseUrl: recorder.origin } },
		});
		expect(error).toBeUndefined();
		expect(logins).toBe(2);
	});

	it('are missing when the test gives none', async () => {
		const { error } = await runProbe({ parameters: { operation: 'request', authentication: 'probeApi' } });
		expect(JSON.stringify(error)).toContain('does not have any credentials set');
	});

	it.each<[string, RecorderAnswer, unknown]>([
		['pass', { body: { status: 'success' } }, { status: 'OK', message: 'Connection successful!' }],
		['fail by status', { status: 403 }, { status: 'Error', message: 'Forbidden' }],
		['fail by a rule', { body: { status: 'fail' } }, { status: 'Error', message: 'The key is not known' }],
	])('%s their test', async (_name, reply, expected) => {
		answer = () => reply;
		const data = { baseUrl: recorder.origin, key: 'k-1' };
		expect(await testCredential({ type: 'probeApi', data, packageFolder })).toEqual(expected);
		expect(recorder.requests).toMatchObject([{ path: '/me', headers: { 'x-key': 'k-1' } }]);
	});

	it('serve pick lists', async () => {
		answer = () => ({ body: [{ name: 'One', value: 1 }] });
		const page = await runListSearch({
			nodeType: 'probe',
			method: 'searchThings',
			packageFolder,
			parameters: { authentication: 'probeApi', value: 'queue' },
			credentials: { probeApi: { baseUrl: recorder.origin, key: 'k-1' } },
			filter: 'on',
			paginationToken: '1',
		});
		expect(page).toEqual({ results: [{ name: 'One', value: 1 }], paginationToken: '2' });
		expect(recorder.requests[0]).toMatchObject({ query: 'filter=on&page=1&kind=queue', headers: { 'x-key': 'k-1' } });
	});
});

describe('printed output', () => {
	it('is collected from console, streams and the log, and secrets in it are found', async () => {
		const { result, text } = await captureOutput(
			async () => await runProbe({ parameters: { operation: 'talk', value: 's3cret' } }),
		);
		expect(text).toContain('to the console s3cret');
		expect(text).toContain('to the stream s3cret');
		expect(text).toContain("[debug] to the log { nested: { text: 's3cret' } }");
		expect(result?.hints).toEqual([{ message: 'A hint', location: 'outputPane' }]);
		expect(findSecrets(['s3cret', 'other'], text)).toEqual(['s3cret']);
	});

	it('shows a secret that is encoded or deep inside an error', () => {
		const cause = Object.assign(new Error('inner'), {
			config: { headers: { authorization: 'Basic dXNlcjpwYTpzcw==' } },
		});
		expect(findSecrets(['user:pa:ss'], new Error('outer', { cause }))).toEqual(['user:pa:ss']);
		expect(findSecrets(['a/b'], 'https://host/?key=a%2Fb')).toEqual(['a/b']);
		expect(findSecrets(['a/b'], 'https://host/')).toEqual([]);
	});

	it('is there after a failure too, and the ways to print are restored', async () => {
		const failing = async () => {
			console.log('before');
			return await Promise.reject(new Error('no'));
		};
		expect(await captureOutput(failing)).toEqual({ error: new Error('no'), text: 'before' });
		expect(console.log).toBe(originalLog);
		expect(process.stdout.write).toBe(originalWrite);
	});
});

it('loads a package once', async () => {
	const first = await loadPackage(packageFolder);
	expect(await loadPackage(packageFolder)).toBe(first);
	expect(Object.keys(first.nodes)).toEqual(['probe', 'probeTrigger']);
	expect(first.supportedNodes.probeApi).toEqual(['probe']);
});
