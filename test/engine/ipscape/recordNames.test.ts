// Records chosen By Name: found in the list, or refused before anything is sent.
import type { INodeParameters } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import { byId, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const byName = (value: string): INodeParameters => ({ __rl: true, mode: 'name', value }) as unknown as INodeParameters;

describe('a record that is chosen by name', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	const create = async (listId: INodeParameters | string, more: INodeParameters = {}, items = 1) =>
		await bench.run(
			'lead',
			'create',
			{ listId, phone1: '+61491570156', ...more },
			{ items: Array.from({ length: items }, (_, index) => ({ json: { list: index === 1 ? 'Nobody' : 'autumn' } })), node: { onError: 'continueRegularOutput' } },
		);

	it('is found in any case, and its list is read once for all items', async () => {
		const list = bench.simulator.account.addLeadList({ name: 'Autumn' });
		const { outputs } = await create(byName(' AUTUMN '), {}, 3);
		expect(jsonOf(outputs[0])).toHaveLength(3);
		expect(bench.simulator.account.leads.list().map(({ listId }) => listId)).toEqual([list.id, list.id, list.id]);
		expect(bench.simulator.journal.count(({ path }) => /lists?$/.test(path))).toBe(1);
	});

	it('is looked for item by item in an expression; only the item with an unknown name fails, and says which names there are', async () => {
		bench.simulator.account.addLeadList({ name: 'Autumn' });
		const { outputs } = await create(byName('={{ $json.list }}'), {}, 3);
		const rows = jsonOf(outputs[0]);
		expect(rows.map(({ error }) => typeof error)).toEqual(['undefined', 'string', 'undefined']);
		expect(rows[1].error).toMatch(/^Invalid value for 'List' \[item 1\]: expected the name of a record in the list: 'Autumn.*'; got 'Nobody'\. Nothing was sent\.$/);
		expect(bench.simulator.journal.carriedOut('lead.create')).toBe(2);
	});

	it('is refused when several have the name', async () => {
		const ids = [1, 2].map(() => bench.simulator.account.addLeadList({ name: 'Twins' }).id);
		const { outputs } = await create(byName('Twins'));
		expect(jsonOf(outputs[0])[0].error).toContain(`2 records have it (IDs ${ids.join(', ')})`);
		expect(bench.simulator.journal.carriedOut('lead.create')).toBe(0);
	});

	it('fails its items when the list cannot be read', async () => {
		bench.simulator.account.addLeadList({ name: 'Autumn' });
		bench.simulator.faults.add({ kind: 'status', status: 403 });
		const { outputs, error } = await create(byName('Autumn'), {}, 2);
		expect(error).toBeUndefined();
		expect(jsonOf(outputs[0]).map(({ error: failure }) => typeof failure)).toEqual(['string', 'string']);
	});

	it('is said to exist where a name was given as an ID, and nowhere else', async () => {
		const refused = async (value: unknown) => {
			const { outputs } = await create(byId(value));
			return jsonOf(outputs[0])[0].error;
		};
		expect(await refused('Autumn')).toBe("Invalid value for 'List' [item 0]: expected a numeric ID such as 42, or a name with the field set to 'By Name'; got 'Autumn'. Nothing was sent.");
		expect(await refused('12.5')).toBe("Invalid value for 'List' [item 0]: expected a numeric ID such as 42; got '12.5'. Nothing was sent.");
	});

	describe('by a model, which does not know how the field is set', () => {
		const asTool = { type: 'n8n-nodes-contact-center.ipScapeTool', onError: 'continueRegularOutput' as const };
		const left = { __rl: true, mode: 'list', value: '={{ $json.list }}' } as unknown as INodeParameters;
		const createBy = async (list: string, node: object = asTool) =>
			await bench.run('lead', 'create', { listId: left, phone1: '+61491570156' }, { items: [{ json: { list } }], node });

		it('is found whether the model gives the ID or the name', async () => {
			const { id } = bench.simulator.account.addLeadList({ name: 'Autumn Renewals' });
			await createBy('autumn renewals');
			await createBy(String(id));
			expect(bench.simulator.account.leads.list().map(({ listId }) => listId)).toEqual([id, id]);
		});

		it('is refused with the names that there are', async () => {
			bench.simulator.account.addLeadList({ name: 'Autumn Renewals' });
			const { outputs } = await createBy('Spring Renewals');
			expect(jsonOf(outputs[0])[0].error).toMatch(/'List' \[item 0\]: expected the name of a record in the list: 'Autumn Renewals.*'; got 'Spring Renewals'/);
			expect(bench.simulator.journal.carriedOut('lead.create')).toBe(0);
		});

		it('stays an ID in a workflow without a model', async () => {
			bench.simulator.account.addLeadList({ name: 'Autumn Renewals' });
			const { outputs } = await createBy('Autumn Renewals', { onError: 'continueRegularOutput' });
			expect(jsonOf(outputs[0])[0].error).toContain('expected a numeric ID');
		});
	});

	it('counts as no choice when it is empty', async () => {
		const { outputs } = await create(byName("={{ '' }}"));
		expect(jsonOf(outputs[0])[0].error).toContain("'List' is empty");
	});
});
