import type { INodeParameters } from 'n8n-workflow';

import { jsonOf } from '../../support/engine';
import { startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('UJET users', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	const lists = () => bench.simulator.journal.find(({ path }) => path.endsWith('/users'));

	test('all users by page', async () => {
		for (let count = 0; count < 700; count++) bench.simulator.addAgent({ email: `user${count}@example.org` });
		const result = await bench.run('user', 'getMany', { returnAll: true });
		expect(new Set(jsonOf(result.outputs[0]).map(({ id }) => id)).size).toBe(712);
		expect(lists().map(({ query }) => query.page)).toEqual(['1', '2']);
		const limited = await bench.run('user', 'getMany', { limit: 5 });
		expect(jsonOf(limited.outputs[0])).toHaveLength(5);
	});

	test('all users where UJET gives 100 a page whatever is asked', async () => {
		const former = await startBench({ formerUserPages: true });
		try {
			for (let count = 0; count < 238; count++) former.simulator.addAgent({ email: `user${count}@example.org` });
			expect(new Set((await former.rows('user', 'getMany', { returnAll: true })).map(({ id }) => id)).size).toBe(250);
			expect(await former.rows('user', 'getMany', { limit: 150 })).toHaveLength(150);
		} finally {
			await former.close();
		}
	});

	test('more values than one filter takes are cut into several requests, without pages', async () => {
		const { agents } = bench.demo;
		const ids = [...Array.from({ length: 2_400 }, (_, index) => 500_000 + index), ...agents, ...agents];
		const result = await bench.run('user', 'getMany', { filterBy: 'ids', ids: ids.join(', '), returnAll: true });
		expect(jsonOf(result.outputs[0]).map(({ id }) => id)).toEqual(agents);
		// A page of the vendor is 100, and nobody says that a filtered list has a second one.
		expect(lists().map(({ query }) => [(query.id as unknown[]).length, query.page, query.per])).toEqual([
			...Array.from({ length: 24 }, () => [100, undefined, undefined]),
			[12, undefined, undefined],
		]);
		const limited = await bench.run('user', 'getMany', { filterBy: 'ids', ids: agents, limit: 4 });
		expect(jsonOf(limited.outputs[0])).toHaveLength(4);
	});

	test('one filter at a time: what else was filled in before is not sent', async () => {
		const parameters = {
			filterBy: 'locations',
			locations: 'Lisbon',
			ids: '1, 2',
			online: true,
			returnAll: true,
			simplify: false,
		};
		const result = await bench.run('user', 'getMany', parameters);
		const rows = jsonOf(result.outputs[0]);
		expect(rows.map(({ location }) => location)).toEqual(Array.from({ length: 6 }, () => 'Lisbon'));
		expect(lists()[0].query).toEqual({ location: ['Lisbon'] });
	});

	test.each([
		['online', { online: false }, 1],
		['statusChanged', { statusChangedFrom: '2020-01-01T00:00:00Z', statusChangedTo: '2020-02-01T00:00:00Z' }, 0],
		['statusIds', { statusIds: [0] }, undefined],
	])('filter %s', async (filterBy, values, count) => {
		const result = await bench.run('user', 'getMany', { filterBy, ...values, returnAll: true });
		expect(result.error).toBeUndefined();
		if (count !== undefined) expect(jsonOf(result.outputs[0])).toHaveLength(count);
		expect(lists()).toHaveLength(1);
	});

	test('a filter without value does not give all users', async () => {
		const result = await bench.run('user', 'getMany', { filterBy: 'agentNumbers' });
		expect(result.error?.message).toContain('a value for the chosen filter');
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('exactly 100 users of a filter come with a hint that there may be more', async () => {
		const hints = async (filterBy: string, values: INodeParameters) => (await bench.run('user', 'getMany', { filterBy, ...values, returnAll: true })).hints;
		for (let count = 0; count < 99; count++) bench.simulator.addAgent({ email: `user${count}@example.org`, location: 'Porto' });
		expect(await hints('locations', { locations: 'Porto' })).toEqual([]);
		bench.simulator.addAgent({ email: 'user99@example.org', location: 'Porto' });
		expect(await hints('locations', { locations: 'Porto' })).toEqual([expect.objectContaining({ message: expect.stringContaining('exactly 100 users') as string })]);
	});
});
