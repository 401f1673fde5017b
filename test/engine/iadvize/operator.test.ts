import { jsonOf } from '../../support/engine';
import { itemsOf, startDemoBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('iAdvize operators', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	test('reads after writes: create, get, update, delete', async () => {
		const created = await bench.run('operator', 'create', { lastName: 'Park', email: 'nina@example.com' });
		const [row] = jsonOf(created.outputs[0]);
		expect(row).toMatchObject({ name: 'Park', email: 'nina@example.com' });
		const operatorId = { __rl: true, mode: 'id', value: String(row.id) };

		await bench.run('operator', 'update', { operatorId, updateFields: { firstName: 'Nina', maximumChats: 5 } });
		const read = await bench.run('operator', 'get', { operatorId, simplify: false });
		expect(jsonOf(read.outputs[0])[0]).toMatchObject({ first_name: 'Nina', chat_max_number: 5 });

		const deleted = await bench.run('operator', 'delete', { operatorId });
		expect(jsonOf(deleted.outputs[0])).toEqual([{ deleted: true }]);
		const gone = await bench.run('operator', 'get', { operatorId });
		expect(gone.error?.message).toMatch(/Unknown 'operator'/i);
	});

	test('Map Automatically takes the keys of the item and pairs each result', async () => {
		const items = itemsOf(
			{ 'Last Name': 'Ito', email: 'ken@example.com', other: 1 },
			{ 'Last Name': 'Roy', email: 'not an address' },
			{ 'Last Name': 'Diaz', email: 'ana@example.com' },
		);
		const result = await bench.run(
			'operator',
			'create',
			{ dataMode: 'autoMapInputData' },
			{ items, node: { onError: 'continueRegularOutput' } },
		);
		expect(result.outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(jsonOf(result.outputs[0])[1].error).toContain("Invalid value for 'Email' [item 1]");
		expect(bench.simulator.journal.carriedOut('operator.create')).toBe(2);
	});

	test('bad input is refused before anything is sent', async () => {
		const items = itemsOf({ email: 'ken@example.com' }, { email: 'wrong' });
		const parameters = { lastName: 'Ito', email: '={{ $json.email }}' };
		const result = await bench.run('operator', 'create', parameters, { items });
		expect(result.error?.message).toContain("Invalid value for 'Email' [item 1]");
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('the error output gets one item per failed input item', async () => {
		const items = itemsOf({ id: 1 }, { id: 2 });
		const operatorId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
		const result = await bench.run(
			'operator',
			'get',
			{ operatorId },
			{ items, node: { onError: 'continueErrorOutput' } },
		);
		expect(result.outputs[0]).toEqual([]);
		expect(result.outputs[1].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('sso_key is left out unless asked for', async () => {
		const hidden = await bench.run('operator', 'getMany', { simplify: false });
		expect(jsonOf(hidden.outputs[0]).length).toBeGreaterThan(0);
		expect(JSON.stringify(hidden.outputs)).not.toContain('sso_key');
		const shown = await bench.run('operator', 'getMany', { simplify: false, options: { includeSecrets: true } });
		expect(JSON.stringify(shown.outputs)).toContain('sso_key');
	});

	test('availability is set per channel and by signing out', async () => {
		const [{ id }] = jsonOf((await bench.run('operator', 'getMany', { limit: 1 })).outputs[0]);
		const operatorId = { __rl: true, mode: 'id', value: String(id) };
		const set = await bench.run('operator', 'setAvailability', { operatorId, chatAvailability: 1 });
		expect(set.error).toBeUndefined();
		const read = await bench.run('operator', 'getAvailability', { operatorId });
		expect(jsonOf(read.outputs[0])[0]).toMatchObject({ id, chatAvailable: true });
		await bench.run('operator', 'setAvailability', { operatorId, state: 'offline' });
		const out = await bench.run('operator', 'getAvailability', { operatorId });
		expect(jsonOf(out.outputs[0])[0]).toMatchObject({ connected: false });
	});

	test('says who is available in plain columns, with names where they are wanted', async () => {
		const [listed] = jsonOf((await bench.run('operator', 'getManyAvailabilities', { filters: { connected: 1 } })).outputs[0]);
		const operators = jsonOf((await bench.run('operator', 'getMany', { returnAll: true })).outputs[0]);
		const operator = operators.find(({ id }) => id === listed.id) ?? {};
		bench.simulator.account.setLive({ id: Number(operator.id), connected: true, chat: { available: true } });
		const parameters = { operatorId: { __rl: true, mode: 'id', value: String(operator.id) }, addNames: true };
		const wanted = {
			id: operator.id,
			name: `${String(operator.first_name)} ${String(operator.name)}`,
			email: operator.email,
			connected: true,
			chatAvailable: true,
		};
		const one = await bench.run('operator', 'getAvailability', parameters);
		expect(jsonOf(one.outputs[0])[0]).toMatchObject(wanted);
		const many = await bench.run('operator', 'getManyAvailabilities', { returnAll: true, addNames: true });
		expect(jsonOf(many.outputs[0]).find(({ id }) => id === operator.id)).toMatchObject(wanted);
		const raw = await bench.run('operator', 'getManyAvailabilities', { returnAll: true, simplify: false });
		expect(jsonOf(raw.outputs[0])[0]).toHaveProperty('chat.available');
	});

	test('a workflow of version 1 of the node gets the nested row as before', async () => {
		const [{ id }] = jsonOf((await bench.run('operator', 'getMany', { limit: 1 })).outputs[0]);
		const parameters = { operatorId: { __rl: true, mode: 'id', value: String(id) } };
		const read = await bench.run('operator', 'getAvailability', parameters, { node: { typeVersion: 1 } });
		expect(jsonOf(read.outputs[0])[0]).toHaveProperty('chat.available');
	});

	test('says whose availability was set', async () => {
		const [{ id }] = jsonOf((await bench.run('operator', 'getMany', { limit: 1 })).outputs[0]);
		const operatorId = { __rl: true, mode: 'id', value: String(id) };
		const set = await bench.run('operator', 'setAvailability', { operatorId, state: 'offline' });
		expect(jsonOf(set.outputs[0])[0]).toMatchObject({ operatorId: id, message: expect.any(String) });
	});

	test('nothing to change is refused with the fields to choose from', async () => {
		const operatorId = { __rl: true, mode: 'id', value: '456' };
		const result = await bench.run('operator', 'setAvailability', { operatorId });
		expect(result.error?.message).toContain("at least one of 'Chat', 'Calls', 'Video'");
		expect(bench.simulator.journal.total).toBe(0);
	});
});
