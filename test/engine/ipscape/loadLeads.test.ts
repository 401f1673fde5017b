import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import { fictionPhone } from '../../simulators/ipscape/account';
import type { IpScapeOptions } from '../../simulators/ipscape';
import type { Fault } from '../../simulators/kit';
import { byId, itemsOf, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const keepGoing = { node: { onError: 'continueRegularOutput' as const } };

/** What can happen to one load on its way. */
const ends: Array<Fault | undefined> = [
	undefined,
	{ kind: 'status', status: 400 },
	{ kind: 'status', status: 500 },
	{ kind: 'status', status: 503, carriedOut: true },
	{ kind: 'status', status: 504, body: '', carriedOut: true },
	{ kind: 'cutBefore' },
	{ kind: 'cutAfter', reset: true },
	{ kind: 'html', status: 200, carriedOut: true },
	{ kind: 'brokenJson' },
];

describe('leads in bulk', () => {
	let bench: Bench;
	let listId: number;

	const begin = async (options: IpScapeOptions = {}) => {
		bench = await startBench({ bulk: { delaySeconds: 0, leadsPerSecond: 1_000_000 }, ...options });
		listId = bench.simulator.account.addLeadList({ name: 'CRM' }).id;
	};
	afterEach(async () => await bench.close());

	const load = async (rows: IDataObject[], parameters: object = {}, options: object = {}) =>
		await bench.run(
			'lead',
			'createMany',
			{ listId: byId(listId), dataMode: 'autoMapInputData', ...parameters },
			{ items: itemsOf(...rows), ...options },
		);

	const posts = () => bench.simulator.journal.find(({ method }) => method === 'POST');

	it('loads 10,000 rows with at most 100 requests, each once, and names the refused rows', async () => {
		await begin({ journal: { bodies: false } });
		const rows = Array.from({ length: 10_000 }, (_, index) => ({
			customerKey: `CRM-${index}`,
			phone1: index % 1_000 === 7 ? 'no number' : fictionPhone(index),
			timezone: index === 5_000 ? 'Nowhere/City' : 'Australia/Sydney',
		}));
		const { outputs, error } = await load(rows, {}, keepGoing);
		expect(error).toBeUndefined();
		expect(bench.simulator.journal.total).toBeLessThanOrEqual(100);

		const results = outputs[0];
		expect(results).toHaveLength(rows.length);
		expect(results.map(({ pairedItem }) => (pairedItem as { item: number }).item)).toEqual(rows.map((_, index) => index));
		const refused = results.flatMap(({ json }, index) => (json.error === undefined ? [] : [index]));
		expect(refused).toEqual([7, 1007, 2007, 3007, 4007, 5000, 5007, 6007, 7007, 8007, 9007]);
		expect(results[7].json.error).toContain("'Phone 1'");
		expect(results[8].json).toMatchObject({ status: 'queued', customerKey: 'CRM-8', listId });

		const keys = bench.simulator.account.leads.list().map(({ customerKey }) => customerKey);
		const accepted = rows.map(({ customerKey }) => customerKey).filter((_, index) => !refused.includes(index));
		expect(keys).toEqual(accepted);
	}, 60_000);

	it('is not sent again in doubt, also when each try computes the rows anew', async () => {
		await begin();
		bench.simulator.faults.script([{ kind: 'cutAfter' }]);
		const node = { retryOnFail: true, maxTries: 4, waitBetweenTries: 1, onError: 'continueRegularOutput' as const };
		const parameters = {
			dataMode: 'defineBelow',
			customerKey: '={{ "K" + Math.random() }}',
			leadsPerRequest: 2,
		};
		const { outputs } = await load(Array.from({ length: 6 }, (_, index) => ({ index })), parameters, { node });
		const errors = outputs[0].map(({ json }) => String(json.error ?? ''));
		expect(errors.map((error) => error.startsWith('In doubt'))).toEqual([true, true, false, false, false, false]);
		expect(bench.simulator.account.leads.list()).toHaveLength(6);
	});

	it('takes everything from one request where it fits, in order', async () => {
		await begin();
		const { outputs } = await load([{ customerKey: 'A' }, { customerKey: 'B', state: 'NSW' }], { leadDataInput: 'item' });
		expect(posts().map(({ body }) => body)).toEqual([
			{
				leads: [
					{ listId, customerKey: 'A' },
					{ listId, customerKey: 'B', leadData: { state: 'NSW' } },
				],
			},
		]);
		const [first, second] = jsonOf(outputs[0]);
		expect(first.uuid).toBe(second.uuid);
	});

	it('can send fewer leads in a request', async () => {
		await begin({ bulk: { maximumLeads: 2 } });
		const rows = ['A', 'B', 'C'].map((customerKey) => ({ customerKey }));
		expect((await load(rows)).error?.message).toContain('at most 2');
		await load(rows, { leadsPerRequest: 2 });
		expect(posts().slice(1).map(({ body }) => (body as { leads: unknown[] }).leads.length)).toEqual([2, 1]);
	});

	it('sends nothing when a row is wrong and failed items are not to be left out', async () => {
		await begin();
		const { error } = await load([{ customerKey: 'A' }, { customerKey: 'B', phone1: 'x' }]);
		expect(error?.message).toContain('[item 1]');
		expect(bench.simulator.journal.total).toBe(0);
	});

	it('never sends a load twice in doubt', async () => {
		await begin();
		bench.simulator.faults.once({ kind: 'cutAfter' }, { method: 'POST' });
		const rows = ['A', 'B', 'C'].map((customerKey) => ({ customerKey }));
		const { outputs } = await load(rows, { leadsPerRequest: 2 }, keepGoing);
		expect(jsonOf(outputs[0])).toMatchObject([
			{ error: expect.stringContaining('In doubt') as string },
			{ error: expect.stringContaining('In doubt') as string },
			{ status: 'queued' },
		]);
		expect(posts()).toHaveLength(2);
	});

	it('adds no lead twice and tells the truth of every item, whatever happens on the way', async () => {
		await begin({ journal: { bodies: false } });
		let round = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(fc.constantFrom(...ends), { minLength: 1, maxLength: 4 }), async (faults) => {
				round += 1;
				const rows = Array.from({ length: faults.length * 3 }, (_, index) => ({ customerKey: `${round}-${index}` }));
				bench.simulator.faults.script(faults, { method: 'POST' });
				const { outputs } = await load(rows, { leadsPerRequest: 3 }, keepGoing);
				expect(outputs[0]).toHaveLength(rows.length);
				outputs[0].forEach(({ json }, index) => {
					const { customerKey } = rows[index];
					const there = bench.simulator.account.leads.list().filter((lead) => lead.customerKey === customerKey).length;
					const isInDoubt = String(json.error ?? '').startsWith('In doubt');
					if (!isInDoubt) expect({ customerKey, there }).toEqual({ customerKey, there: json.error === undefined ? 1 : 0 });
					expect(there).toBeLessThanOrEqual(1);
				});
			}),
			{ numRuns: 40 },
		);
	}, 60_000);

	describe('without duplicates', () => {
		it('leaves out who is in the list or in an earlier item, and says so', async () => {
			await begin();
			bench.simulator.account.addLead({ listId, customerKey: 'there' });
			const rows = [{ customerKey: 'A' }, { customerKey: 'there' }, { customerKey: 'A' }, { phone1: fictionPhone(1) }, {}];
			const { outputs, hints } = await load(rows, { skipDuplicates: 'customerKey' });
			expect(hints).toMatchObject([{ message: '2 of 5 leads skipped: already in the list or in an earlier item.' }]);
			expect(jsonOf(outputs[0])).toMatchObject([
				{ status: 'queued', customerKey: 'A' },
				{ status: 'skipped', customerKey: 'there', duplicateOf: 'the list' },
				{ status: 'skipped', customerKey: 'A', duplicateOf: 'item 0' },
				{ status: 'queued' },
				{ status: 'queued' },
			]);
			expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_, item) => ({ item })));
		});

		it('says what it does not leave out, and which columns it does not send', async () => {
			await begin();
			const rows = [{ customerKey: 'A', firstName: 'Ann' }, { customerKey: 'A' }];
			const { hints } = await load(rows, {});
			expect(hints.map(({ message }) => message)).toEqual([
				"Map Automatically did not send 'firstName': this operation has no field with this name. To send them as well, set 'Lead Data' to 'From Item Keys'.",
				"1 item with the Customer Key of an earlier item: loaded again. To leave such people out, set 'Skip Duplicates'.",
			]);
			expect((await load(rows, { leadDataInput: 'item', skipDuplicates: 'customerKey' })).hints).toHaveLength(1);
		});

		it('by phone, with the list read once where there are many', async () => {
			await begin();
			const rows = Array.from({ length: 30 }, (_, index) => ({ phone1: fictionPhone(index) }));
			bench.simulator.account.addLead({ listId, phones: [{ phone: fictionPhone(7), phoneIndex: 1 }] } as never);
			const { outputs } = await load(rows, { skipDuplicates: 'phone1' });
			expect(jsonOf(outputs[0]).flatMap(({ status }, index) => (status === 'skipped' ? [index] : []))).toEqual([7]);
			expect(bench.simulator.journal.count(({ method }) => method === 'GET')).toBe(1);
		});

		it('loads nothing where the list cannot be read', async () => {
			await begin();
			bench.simulator.faults.add({ kind: 'status', status: 403 }, { method: 'GET' });
			const { error } = await load([{ customerKey: 'A' }], { skipDuplicates: 'customerKey' });
			expect(error).toBeDefined();
			expect(posts()).toEqual([]);
		});
	});

	describe('with its result checked', () => {
		const checked = { checkResult: true, waitSeconds: 1 };

		it('gives every accepted lead its ID and names those that ipSCAPE did not accept', async () => {
			await begin({ duplicateCustomerKeys: false });
			bench.simulator.account.addLead({ listId, customerKey: 'taken' });
			const rows = [
				{ customerKey: 'A' },
				{ customerKey: 'taken' },
				{ customerKey: 'B', agentId: 77 },
				{ phone1: fictionPhone(1) },
				{ phone1: fictionPhone(1) },
			];
			const { outputs } = await load(rows, checked, keepGoing);
			const ids = bench.simulator.account.leads.list().map(({ id }) => id);
			expect(jsonOf(outputs[0])).toMatchObject([
				{ status: 'accepted', leadId: ids[1], customerKey: 'A' },
				{ error: expect.stringContaining('did not accept this lead') as string },
				{ error: expect.stringContaining('did not accept this lead') as string },
				{ status: 'accepted', leadId: ids[2] },
				{ status: 'accepted', leadId: ids[3] },
			]);
		});

		it('waits for leads that appear over time, and reads on where it was', async () => {
			await begin({ bulk: { delaySeconds: 1, leadsPerSecond: 150 } });
			const rows = Array.from({ length: 300 }, (_, index) => ({ customerKey: `K${index}` }));
			const { outputs, error } = await load(rows, { ...checked, waitSeconds: 4 });
			expect(error).toBeUndefined();
			const ids = jsonOf(outputs[0]).map(({ leadId }) => leadId);
			expect(new Set(ids).size).toBe(300);
			expect(ids).toEqual(bench.simulator.account.leads.list().map(({ id }) => id));
		});

		it('tells the truth of the first try at the second one, under Retry On Fail', async () => {
			await begin({ duplicateCustomerKeys: false });
			bench.simulator.account.addLead({ listId, customerKey: 'taken' });
			const rows = [{ customerKey: 'A' }, { customerKey: 'taken' }];
			const node = { ...keepGoing.node, retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
			const { outputs } = await load(rows, checked, { node });
			expect(jsonOf(outputs[0])).toMatchObject([
				{ status: 'accepted', customerKey: 'A' },
				{ error: expect.stringContaining('did not accept this lead') as string },
			]);
			expect(posts()).toHaveLength(1);
		});

		it('resolves a load in doubt', async () => {
			await begin();
			bench.simulator.faults.once({ kind: 'cutAfter' }, { method: 'POST' });
			const { outputs, error } = await load([{ customerKey: 'A' }], checked, keepGoing);
			expect(error).toBeUndefined();
			expect(jsonOf(outputs[0])).toMatchObject([{ status: 'accepted', leadId: bench.simulator.account.leads.list()[0].id }]);
			expect(posts()).toHaveLength(1);
		});
	});
});
