import { jsonOf } from '../../support/engine';
import { TestCredentialsHelper } from '../../support/credentials';
import { readsFailures } from '../../support/host';
import { startRecorder } from '../../support/recorder';
import { itemsOf, startDemoBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

describe('the connection of a run', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	test('waiting for the pace ends when the execution is cancelled, and nothing more is sent', async () => {
		const controller = new AbortController();
		const credentials = {
			iAdvizeApi: { ...bench.credentials.iAdvizeApi, apiKey: 'iadvize-test-key', requestsPerSecond: 0.05 },
		};
		const items = itemsOf({ email: 'a@example.com' }, { email: 'b@example.com' });
		const parameters = { lastName: 'Park', email: '={{ $json.email }}' };
		const running = bench.run('operator', 'create', parameters, { items, credentials, signal: controller.signal });
		const firstSent = async () => {
			while (bench.simulator.journal.carriedOut('operator.create') === 0) await new Promise(setImmediate);
		};
		await firstSent();
		controller.abort();
		const result = await running;
		expect(result.status).toBe('canceled');
		expect(bench.simulator.journal.carriedOut('operator.create')).toBe(1);
	});

	test('a pause of more than five minutes is not sat out', async () => {
		bench.simulator.faults.once({ kind: 'status', status: 429, retryAfter: 'seconds', retryAfterSeconds: 1_200 });
		const result = await bench.run('website', 'getMany');
		expect(result.error?.message).toBe('iAdvize asks to wait 20 minutes');
		if (readsFailures) expect(result.error).toMatchObject({ failure: { cause: 'rate-limited' } });
		const next = await bench.run('website', 'getMany');
		expect(next.error?.message).toBe('iAdvize asks to wait 20 minutes');
		expect(bench.simulator.journal.total).toBe(1);
	});

	test('n8n reads and decrypts the credential once for a run, however many requests it sends', async () => {
		const reading = jest.spyOn(TestCredentialsHelper.prototype, 'getDecrypted');
		try {
			const items = itemsOf({ email: 'a@example.com' }, { email: 'b@example.com' }, { email: 'c@example.com' });
			await bench.run('operator', 'create', { lastName: 'Park', email: '={{ $json.email }}' }, { items });
			expect(bench.simulator.journal.carriedOut('operator.create')).toBe(3);
			expect(reading).toHaveBeenCalledTimes(1);
		} finally {
			reading.mockRestore();
		}
	});

	test('a path can be overridden in the credential', async () => {
		const recorder = await startRecorder(() => ({ body: { meta: { status: 'success' }, data: { id: 1 } } }));
		const pathOverrides = '{"operator.getProfile": "POST /people/{operatorId}/about"}';
		const credentials = {
			iAdvizeApi: { ...bench.credentials.iAdvizeApi, baseUrl: `${recorder.origin}/api/2`, pathOverrides },
		};
		await bench.run('operator', 'getProfile', { operatorId: byId(7) }, { credentials });
		expect(recorder.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/2/people/7/about']);
		await recorder.close();
	});

	test('a mistyped override fails each item, and the node goes on under On Error: Continue', async () => {
		const pathOverrides = '{"operator.getProfile": "/people/{operator}/about"}';
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, pathOverrides } };
		const node = { onError: 'continueRegularOutput' } as const;
		const result = await bench.run('operator', 'getProfile', { operatorId: byId(7) }, { credentials, node, items: itemsOf({}, {}) });
		expect(result.error).toBeUndefined();
		expect(jsonOf(result.outputs[0])).toEqual([0, 1].map(() => ({ error: expect.stringContaining('operator') })));
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('path overrides that are no JSON are named, and nothing is sent', async () => {
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, pathOverrides: 'operator' } };
		const result = await bench.run('website', 'getMany', {}, { credentials });
		expect(result.error?.message).toContain("Invalid 'Path Overrides' in the credential");
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('plain http is refused except on this machine', async () => {
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, baseUrl: 'http://vendor.example' } };
		const result = await bench.run('website', 'getMany', {}, { credentials });
		expect(result.error?.message).toContain("Invalid 'Base Address' in the credential");
		expect(result.error?.message).toContain('https');
	});

	test('a pasted page address is normalised', async () => {
		const baseUrl = `${bench.simulator.origin}/api/2/?tab=1`;
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, baseUrl } };
		const result = await bench.run('website', 'getMany', {}, { credentials });
		expect(jsonOf(result.outputs[0]).length).toBeGreaterThan(0);
	});

	test('a value cannot leave its place in the path', async () => {
		const result = await bench.run('visitor', 'get', { visitorId: '1/../../client' });
		expect(result.error?.message).toContain("Invalid value for 'Visitor ID' [item 0]");
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('a redirect is not followed; its target is named', async () => {
		const recorder = await startRecorder(() => ({ status: 301, headers: { location: 'https://moved.example/api/2' } }));
		const credentials = { iAdvizeApi: { ...bench.credentials.iAdvizeApi, baseUrl: recorder.origin } };
		const result = await bench.run('website', 'getMany', {}, { credentials });
		expect(`${result.error?.message} ${result.error?.description}`).toContain('moved.example');
		expect(recorder.requests).toHaveLength(1);
		await recorder.close();
	});

	test('an empty required value from an expression names field and item', async () => {
		const items = itemsOf({ id: 456 }, {});
		const result = await bench.run('operator', 'get', { operatorId: byId('={{ $json.id }}') }, { items });
		expect(result.error?.message).toContain("'Operator' is empty [item 1]");
	});
});
