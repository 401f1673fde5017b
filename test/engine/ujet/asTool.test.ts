// The node as a tool of a model, which sees only what the node returns.
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import { itemsOf, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

const asTool = { type: 'n8n-nodes-contact-center.ujetTool', onError: 'continueRegularOutput' as const };
const givenByModel = '={{ $json.given }}';

describe('UJET as a tool', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	async function call(resource: string, operation: string, parameters: INodeParameters, given: string, node: object = asTool) {
		const { outputs } = await bench.run(resource, operation, parameters, { items: itemsOf({ given }), node });
		return jsonOf(outputs[0]);
	}

	it('says that nothing was found; a workflow gets no item then', async () => {
		const filters = { filters: { names: givenByModel } };
		expect(await call('team', 'getMany', filters, 'Nobody')).toEqual([{ found: 0, message: 'Nothing was found' }]);
		expect(await call('team', 'getMany', filters, 'Nobody', {})).toEqual([]);
	});

	it('takes names and IDs where several records are chosen', async () => {
		const menus = await bench.rows('menu', 'getMany', { filters: { menuTypes: ['ivr_menu'] }, returnAll: true });
		const isLeaf = ({ id }: IDataObject) => menus.every(({ parent_id: parent }) => parent !== id);
		const [first, second] = menus.filter(isLeaf);
		bench.simulator.journal.clear();
		const rows = await call('queueStatus', 'getLive', { menuIds: givenByModel, menuType: 'ivr_menu', language: 'en' }, `${String(first.name)}, ${String(second.id)}`);
		expect(rows.map(({ menu_id: id }) => id)).toEqual([first.id, second.id]);
	});

	it('is told the choices of a dropdown that it left empty', async () => {
		const [{ error }] = await call('menu', 'getMany', { filters: { menuTypes: givenByModel } }, '');
		expect(error).toMatch(/^Invalid value for 'Menu Types' \[item 0\]: expected one of: IVR \(ivr_menu\), .*, because an empty filter would match everything/);
	});
});
