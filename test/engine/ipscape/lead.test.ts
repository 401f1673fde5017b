import { jsonOf } from '../../support/engine';
import { byId, itemsOf, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('leads', () => {
	let bench: Bench;
	let listId: number;

	beforeEach(async () => {
		bench = await startBench();
		listId = bench.simulator.account.addLeadList({ name: 'Web' }).id;
	});
	afterEach(async () => await bench.close());

	const leads = () => bench.simulator.account.leads.list();

	const create = async (parameters: object, ...rest: Array<Parameters<Bench['run']>[3]>) =>
		await bench.run('lead', 'create', { listId: byId(listId), ...parameters }, ...rest);

	describe('create', () => {
		it('adds a lead with all its fields, which can then be read', async () => {
			const agent = bench.simulator.account.addUser();
			const created = await create({
				customerKey: 'CRM-1',
				phone1: '+61 491 570 156',
				leadDataInput: 'json',
				leadDataJson: '{"firstName":"Lee","age":41}',
				additionalFields: {
					agentId: byId(agent.id),
					nextAttempt: '2030-03-06T13:00:00+11:00',
					phone2: '0061 (0) 491 570 157',
					phone3: '+61-491-570-158',
					statusCode: 5,
					timezone: 'australia/perth',
				},
			});
			expect(created.error).toBeUndefined();
			const [{ leadId }] = jsonOf(created.outputs[0]);
			const read = await bench.run('lead', 'get', { leadId: String(leadId as number), simplify: false });
			expect(jsonOf(read.outputs[0])).toMatchObject([
				{
					leadId,
					listId,
					customerKey: 'CRM-1',
					agentId: agent.id,
					timezone: 'Australia/Perth',
					lastStatusCode: 5,
					dataFields: { firstName: 'Lee', age: 41 },
					phones: [
						{ phone: '+61491570156', phoneIndex: 1 },
						{ phone: '+61491570157', phoneIndex: 2 },
						{ phone: '+61491570158', phoneIndex: 3 },
					],
					timestamps: { nextAttempt: '2030-03-06T02:00:00.000Z' },
				},
			]);
		});

		it('reads numbers without country code with the default one, and a time without zone in the zone of the lead', async () => {
			await create({
				phone1: '0491 570 156',
				defaultCountryCode: '+61',
				additionalFields: { timezone: 'Australia/Perth', nextAttempt: '2030-03-06T10:00:00' },
			});
			const [{ phones, nextAttempt }] = leads();
			expect(phones[0].phone).toBe('+61491570156');
			expect(new Date(nextAttempt ?? 0).toISOString()).toBe('2030-03-06T02:00:00.000Z');
		});

		it('takes lead data as rows', async () => {
			const pair = [
				{ key: 'state', value: 'NSW' },
				{ key: ' plan ', value: 'Plus' },
			];
			await create({ leadDataInput: 'rows', leadDataRows: { pair } });
			expect(leads()[0].dataFields).toEqual({ state: 'NSW', plan: 'Plus' });
		});

		it('takes lead data from the keys of the item that are no fields of a lead', async () => {
			const ofHost = { chatInput: 'Add Jo', sessionId: 's1', toolCallId: 'c1' };
			const row = { 'Customer Key': 'K', phone1: '+61491570156', state: 'NSW', leadData: { age: 3 }, ...ofHost };
			await create({ dataMode: 'autoMapInputData', leadDataInput: 'item' }, { items: itemsOf(row) });
			expect(leads().map(({ dataFields }) => dataFields)).toEqual([{ state: 'NSW', age: 3 }]);
		});

		it.each([
			['Phone 1', { phone1: '0491 570 156' }],
			['Timezone', { additionalFields: { timezone: 'Australia/Sidney' } }],
			['Next Attempt', { additionalFields: { nextAttempt: 'tomorrow' } }],
			['Lead Data Rows', { leadDataInput: 'rows', leadDataRows: { pair: [{ key: '', value: 'x' }] } }],
			['Lead Data (JSON)', { leadDataInput: 'json', leadDataJson: '[1]' }],
		])('refuses a wrong %s before anything is sent', async (field, parameters) => {
			const { error } = await create(parameters);
			expect(error?.message).toContain(`'${field}'`);
			expect(bench.simulator.journal.total).toBe(0);
		});

		it('is not repeated in doubt, and says so', async () => {
			bench.simulator.faults.once({ kind: 'cutAfter' }, { method: 'POST' });
			const items = itemsOf({ key: 'A' }, { key: 'B' });
			const { outputs } = await create({ customerKey: '={{ $json.key }}' }, { items, node: { onError: 'continueRegularOutput' } });
			expect(outputs[0]).toMatchObject([
				{ json: { error: expect.stringContaining('In doubt') as string }, pairedItem: { item: 0 } },
				{ json: { inDialler: false }, pairedItem: { item: 1 } },
			]);
			expect(leads().map(({ customerKey }) => customerKey)).toEqual(['A', 'B']);
		});

		it('says what ipSCAPE says, and what to do', async () => {
			const { error } = await bench.run('lead', 'create', { listId: byId(999) });
			expect(error?.message).toBe('listId 999 does not exist.');
		});
	});

	describe('update', () => {
		it('changes what is given and nothing else', async () => {
			const { id } = bench.simulator.account.addLead({ listId, customerKey: 'K', timezone: 'Australia/Perth' });
			const updateFields = { phone1: '+61491570158', statusCode: 3 };
			const { outputs } = await bench.run('lead', 'update', { leadId: String(id), updateFields });
			expect(jsonOf(outputs[0])).toEqual([{ leadId: id, success: true }]);
			expect(leads()).toMatchObject([
				{ customerKey: 'K', timezone: 'Australia/Perth', lastStatusCode: 3, phones: [{ phone: '+61491570158' }] },
			]);
		});

		it.each(['none', 'lead', 'object'] as const)('understands the answer %s', async (leadUpdateAnswer) => {
			await bench.close();
			bench = await startBench({ leadUpdateAnswer });
			const { id } = bench.simulator.account.addLead();
			const { outputs, error } = await bench.run('lead', 'update', { leadId: String(id), updateFields: { statusCode: 3 } });
			expect(error).toBeUndefined();
			expect(jsonOf(outputs[0])).toMatchObject([{ leadId: id }]);
		});

		it('takes values away where that is wanted, and not beside a new value', async () => {
			const { id } = bench.simulator.account.addLead({ listId: bench.simulator.account.addLeadList().id, agentId: bench.simulator.account.addUser().id });
			const leadId = String(id);
			const done = await bench.run('lead', 'update', { leadId, updateFields: { fieldsToClear: ['agentId', 'phone2'] } });
			expect(done.error).toBeUndefined();
			const [sent] = bench.simulator.journal.find(({ method }) => method === 'PUT');
			expect(sent.body).toEqual({ agentId: null, phone2: null });
			const both = await bench.run('lead', 'update', { leadId, updateFields: { phone2: '+61491570158', fieldsToClear: ['phone2'] } });
			expect(both.error?.message).toContain("'phone2' has one");
		});

		it('completes a lead', async () => {
			const { id } = bench.simulator.account.addLead();
			await bench.run('lead', 'update', { leadId: String(id), updateFields: { completed: true } });
			expect(leads()).toMatchObject([{ completed: true }]);
		});

		it('says before sending that a lead cannot be opened again', async () => {
			const { error } = await bench.run('lead', 'update', { leadId: '7', updateFields: { completed: false } });
			expect(error?.message).toContain('can never be opened again');
			expect(bench.simulator.journal.total).toBe(0);
		});

		it('needs at least one change', async () => {
			const { error } = await bench.run('lead', 'update', { leadId: '7' });
			expect(error?.message).toContain('at least one of');
			expect(bench.simulator.journal.total).toBe(0);
		});
	});

	describe('create or update', () => {
		const upsert = async (rows: object[], parameters: object = {}, options: object = {}) =>
			await bench.run(
				'lead',
				'createOrUpdate',
				{ listId: byId(listId), customerKey: '={{ $json.key }}', phone1: '={{ $json.phone }}', ...parameters },
				{ items: itemsOf(...(rows as [])), ...options },
			);

		it('ends with one lead for each key, also when a key comes twice in one run', async () => {
			const { id } = bench.simulator.account.addLead({ listId, customerKey: 'old' });
			const rows = [
				{ key: 'new', phone: '+61491570156' },
				{ key: 'old', phone: '+61491570157' },
				{ key: 'new', phone: '+61491570158' },
			];
			const { outputs, error } = await upsert(rows);
			expect(error).toBeUndefined();
			const [created, , again] = jsonOf(outputs[0]);
			expect(jsonOf(outputs[0])).toMatchObject([{ created: true }, { leadId: id, created: false }, { created: false }]);
			expect(again.leadId).toBe(created.leadId);
			expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
			expect(leads().map(({ customerKey, phones }) => [customerKey, phones[0].phone])).toEqual([
				['old', '+61491570157'],
				['new', '+61491570158'],
			]);
		});

		it('looks each key up once and keeps to the list', async () => {
			const other = bench.simulator.account.addLeadList();
			bench.simulator.account.addLead({ listId: other.id, customerKey: 'K' });
			await upsert([{ key: 'K' }, { key: 'K' }]);
			expect(bench.simulator.journal.count(({ method }) => method === 'GET')).toBe(1);
			expect(leads().map((lead) => lead.listId)).toEqual([other.id, listId]);
		});

		it('takes a customer key for the same only when it is exactly the same', async () => {
			bench.simulator.account.addLead({ listId, customerKey: 'K' });
			bench.simulator.faults.once({ kind: 'status', status: 200, body: { metadata: {}, items: [{ leadId: 1, customerKey: 'k' }] } });
			await upsert([{ key: 'K2' }]);
			expect(leads().map(({ customerKey }) => customerKey)).toEqual(['K', 'K2']);
		});

		it('updates a completed lead, or creates another one where this is wanted', async () => {
			const { id } = bench.simulator.account.addLead({ listId, customerKey: 'K', completed: true });
			expect(jsonOf((await upsert([{ key: 'K' }])).outputs[0])).toEqual([{ leadId: id, created: false }]);
			await upsert([{ key: 'K' }, { key: 'K' }], { additionalFields: { whenCompleted: 'create' } });
			expect(leads()).toHaveLength(2);
		});

		it('writes nothing when a look-up fails', async () => {
			bench.simulator.faults.add({ kind: 'status', status: 403 }, { method: 'GET' });
			const { error } = await upsert([{ key: 'A' }, { key: 'B' }]);
			expect(error?.message).toMatch(/^Status 403: /);
			expect(bench.simulator.journal.carriedOut()).toBe(0);
		});

		it('creates no second lead after a create in doubt', async () => {
			bench.simulator.faults.once({ kind: 'cutAfter' }, { method: 'POST' });
			const { outputs } = await upsert([{ key: 'A' }, { key: 'A' }, { key: 'B' }], {}, { node: { onError: 'continueRegularOutput' } });
			expect(jsonOf(outputs[0])).toMatchObject([
				{ error: expect.stringContaining('In doubt') as string },
				{ error: expect.stringContaining('In doubt') as string },
				{ created: true },
			]);
			expect(leads().map(({ customerKey }) => customerKey)).toEqual(['A', 'B']);
		});

		it('needs a customer key', async () => {
			const { error } = await upsert([{ phone: '+61491570156' }]);
			expect(error?.message).toContain("'Customer Key'");
			expect(bench.simulator.journal.total).toBe(0);
		});
	});

	describe('get many', () => {
		it('filters by everything that ipSCAPE filters by', async () => {
			const { account } = bench.simulator;
			const campaign = account.addCampaign();
			const list = account.addLeadList({ campaignId: campaign.id });
			const createdAt = '2025-03-05T12:00:00+11:00';
			const wanted = { listId: list.id, customerKey: 'K', phone1: '+61491570156', lastStatusCode: 3, createdAt };
			const { id } = account.addLead(wanted);
			account.addLead({ ...wanted, listId });
			account.addLead({ ...wanted, customerKey: 'L' });
			account.addLead({ ...wanted, phone1: '+61491570157' });
			account.addLead({ ...wanted, lastStatusCode: 4 });
			account.addLead({ ...wanted, createdAt: '2025-03-07T12:00:00+11:00' });
			account.addLead({ ...wanted, createdAt: '2025-03-01T12:00:00+11:00' });
			const filters = {
				campaignId: byId(campaign.id),
				customerKey: 'K',
				from: '2025-03-05T12:00:00+1100',
				listId: byId(list.id),
				phone1: '+61 491 570 156',
				statusCode: 3,
				to: '2025-03-05T01:00:00Z',
			};
			const { outputs } = await bench.run('lead', 'getMany', { filters });
			expect(jsonOf(outputs[0])).toMatchObject([{ leadId: id, phone: '+61491570156', customerKey: 'K' }]);
			expect(Object.keys(jsonOf(outputs[0])[0])).toHaveLength(10);
		});
	});
});
