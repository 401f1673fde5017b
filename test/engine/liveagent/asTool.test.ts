// The node as a tool of a model: records by ID, by name or by email, whichever the model knows.
import { jsonOf } from '../../support/engine';
import { startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const asTool = { type: 'n8n-nodes-contact-center.liveAgentTool', onError: 'continueRegularOutput' as const };

describe('LiveAgent as a tool', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	async function getDepartment(given: string) {
		const departmentId = { __rl: true, mode: 'list', value: '={{ $json.given }}' };
		const { outputs } = await bench.run('department', 'get', { departmentId } as never, { items: [{ json: { given } }], node: asTool });
		return jsonOf(outputs[0])[0];
	}

	const listsRead = () => bench.simulator.journal.count(({ path }) => path.endsWith('/departments'));

	it('takes one word as the name of a department, and its ID as well', async () => {
		const { id } = bench.simulator.account.addDepartment({ name: 'Sales' });
		expect(await getDepartment('Sales')).toMatchObject({ name: 'Sales' });
		expect(await getDepartment(id)).toEqual(await getDepartment('sales'));
	});

	it('keeps an ID with capital letters that no list shows', async () => {
		const { error } = await getDepartment('U024BE7LH');
		expect(error).toContain('U024BE7LH');
		expect(listsRead()).toBe(0);
	});

	it('is told the departments that there are', async () => {
		for (const name of ['Sales', 'Billing']) bench.simulator.account.addDepartment({ name });
		const { error } = await getDepartment('Nowhere');
		expect(error).toBe("Invalid value for 'Department' [item 0]: expected the name of a record in the list: 'Sales', 'Billing'; got 'Nowhere'. Nothing was sent.");
		expect(listsRead()).toBe(1);
	});
});
