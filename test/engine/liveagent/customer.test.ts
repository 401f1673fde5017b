import { runs } from '../../support/runs';
import { byId, startBench, startDemoBench } from './nodeUnderTest';
import type { DemoBench } from './nodeUnderTest';

describe('LiveAgent customers', () => {
	let bench: DemoBench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	const mails = () => bench.simulator.journal.carriedOut('mail.send');

	test('reads after writes: register, get, groups, custom fields', async () => {
		const [customer] = await bench.rows('customer', 'register', {
			email: 'ken@example.com',
			fullName: 'Ken Ito',
			additionalFields: { gender: 'M', customFields: { field: [{ code: 'loyalty_id', value: 'L-9' }] } },
		});
		expect(customer).toMatchObject({ email: 'ken@example.com', lastname: 'Ito', roleName: 'Visitor' });
		const customerId = byId(customer.contactid);
		expect(await bench.rows('customer', 'get', { customerId })).toEqual([customer]);

		await bench.rows('customer', 'addToGroup', { customerId, groupName: byId('Premium') });
		expect(await bench.rows('customer', 'getGroups', { customerId })).toMatchObject([{ groupname: 'Premium' }]);
		await bench.rows('customer', 'removeFromGroup', { customerId, groupName: byId('Premium') });
		expect(await bench.rows('customer', 'getGroups', { customerId })).toEqual([]);

		await bench.rows('customer', 'addCustomFields', {
			customerId,
			customFields: { field: [{ code: 'plan', value: '1' }] },
		});
		await bench.rows('customer', 'deleteCustomFields', { customerId, code: 'loyalty_id' });
		const [{ customfields }] = await bench.rows('customer', 'get', { customerId });
		expect(customfields).toEqual([{ code: 'plan', value: '1' }]);
		expect(mails()).toBe(0);
	});

	test('registering without password sends mail unless told otherwise', async () => {
		const registered = (email: string, additionalFields = {}) => ({ email, role: 'R', additionalFields });
		await bench.rows('customer', 'register', registered('a@example.com', { sendRegistrationMail: false }));
		await bench.rows('customer', 'register', registered('b@example.com', { password: 'long enough' }));
		expect(mails()).toBe(0);
		await bench.rows('customer', 'register', registered('c@example.com'));
		expect(mails()).toBe(1);
		const missing = await bench.run('customer', 'register', { fullName: 'Ken Ito', role: 'R' });
		expect(missing.error?.message).toContain("Invalid value for 'Email'");
	});

	test('an email with a plus sign is encoded', async () => {
		bench.simulator.account.addCustomer({ email: 'ken+shop@example.com', lastName: 'Ito' });
		const [customer] = await bench.rows('customer', 'get', { customerId: byId('ken+shop@example.com') });
		expect(customer.lastname).toBe('Ito');
		expect(bench.simulator.journal.entries.at(-1)?.path).toContain('ken%2Bshop%40example.com');
	});

	test('authtoken is left out unless asked for', async () => {
		const customerId = byId('omar@example.org');
		const hidden = await bench.rows('customer', 'get', { customerId, simplify: false });
		expect(JSON.stringify(hidden)).not.toContain('authtoken');
		const [shown] = await bench.rows('customer', 'get', { customerId, options: { includeSecrets: true } });
		expect(shown.authtoken).toEqual(expect.any(String));
	});

	test('filters by parts of names and by time of creation', async () => {
		const found = await bench.rows('customer', 'getMany', {
			filters: { firstName: 'oma', lastName: 'silv' },
			returnAll: true,
		});
		expect(found.length).toBeGreaterThan(0);
		expect(new Set(found.map(({ firstname }) => firstname))).toEqual(new Set(['Omar']));
		const times = (await bench.rows('customer', 'getMany', { returnAll: true }))
			.map(({ datecreated }) => String(datecreated))
			.sort();
		const recent = await bench.rows('customer', 'getMany', { returnAll: true, filters: { createdFrom: times[30] } });
		expect(recent).toHaveLength(times.filter((time) => time >= times[30]).length);
	});
});

describe('100,000 LiveAgent customers', () => {
	test('are read to the end, none twice and none left out, while 1 in 100 changes', async () => {
		const count = runs(20_000, 100_000);
		const bench = await startBench({ changesOneIn: 100 });
		try {
			const { account } = bench.simulator;
			account.addCustomers(count);
			const before = account.customers.list().map(({ id }) => id);
			const rows = await bench.rows('customer', 'getMany', { returnAll: true, simplify: false });
			const ids = rows.map(({ contactid }) => contactid as string);
			expect(account.customers.size).toBeGreaterThan(1.009 * count);
			expect(new Set(ids).size).toBe(ids.length);
			const read = new Set(ids);
			expect(before.filter((id) => !read.has(id))).toEqual([]);
		} finally {
			await bench.close();
		}
	}, 60_000);
});
