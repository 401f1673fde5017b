import { jsonOf } from '../../support/engine';
import { itemsOf, keepGoing, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

describe('UJET contact lists', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await startBench();
	});
	afterEach(async () => await bench.close());

	const lastBody = () => bench.simulator.journal.entries.at(-1)?.body;

	/** The lists of the tenant with their contacts, as the vendor holds them. */
	const lists = () =>
		bench.simulator.tenant.contactLists.all() as Array<{ id: number; name: string; contacts: unknown[] }>;

	test('a list is created, changed and deleted', async () => {
		const additionalFields = { furtherFields: '{"description": "In Portugal"}' };
		const [{ id }] = jsonOf(
			(await bench.run('contactList', 'create', { name: 'Branches', additionalFields })).outputs[0],
		);
		expect(lastBody()).toEqual({ name: 'Branches', description: 'In Portugal' });
		const listId = String(id);
		const updated = await bench.run('contactList', 'update', { listId, updateFields: { name: 'Offices' } });
		expect(jsonOf(updated.outputs[0])).toEqual([{ id, name: 'Offices' }]);
		const deleted = await bench.run('contactList', 'delete', { listId });
		expect(jsonOf(deleted.outputs[0])).toEqual([{ deleted: true }]);
		expect(lists().map((list) => list.id)).not.toContain(id);
		const nothing = await bench.run('contactList', 'update', { listId });
		expect(nothing.error?.message).toContain('at least one of');
	});

	test('contacts of custom and global lists; a number is normalised, each failure stays with its item', async () => {
		for (const list of bench.demo.contactLists) {
			const listId = String(list);
			const items = itemsOf(
				{ name: 'Porto', phone: '+351 21 555 0100' },
				{ name: 'Faro', phone: '0100' },
				{ name: 'Braga', phone: '+351215550101' },
			);
			const parameters = { listId, name: '={{ $json.name }}', phoneNumber: '={{ $json.phone }}' };
			const created = jsonOf(
				(await bench.run('contactListContact', 'create', parameters, { items, node: keepGoing })).outputs[0],
			);
			expect(created[0]).toMatchObject({ name: 'Porto', phone_number: '+351215550100', contact_list_id: list });
			expect(created[1].error).toContain("Invalid value for 'Phone Number' [item 1]");
			const contactId = String(created[2].id);
			const changed = await bench.run('contactListContact', 'update', {
				listId,
				contactId,
				updateFields: { name: 'Braga 2' },
			});
			expect(jsonOf(changed.outputs[0])).toEqual([expect.objectContaining({ id: created[2].id, name: 'Braga 2' })]);
			const removed = await bench.run('contactListContact', 'delete', { listId, contactId });
			expect(jsonOf(removed.outputs[0])).toEqual([{ deleted: true }]);
			const gone = await bench.run('contactListContact', 'delete', { listId, contactId });
			expect(gone.error?.message).toContain(`Not Found: List ID ${listId}, Contact ID ${contactId} (DELETE /`);
		}
	});

	test.each([
		['contactList', 'contactList.create', { name: 'Branches' }],
		['contactListContact', 'contactListContact.create', { listId: '12', name: 'Porto', phoneNumber: '+351215550100' }],
	])('a %s is in doubt when the answer is lost, and never created twice', async (resource, name, parameters) => {
		bench.simulator.faults.once({ kind: 'cutAfter' });
		const result = await bench.run(resource, 'create', parameters);
		expect(result.error?.message).toMatch(/^In doubt: /);
		expect(bench.simulator.journal.carriedOut(name)).toBe(1);
	});

	test('names of further fields are taken as they are, and none reaches out of the request', async () => {
		const create = async (furtherFields: string) =>
			await bench.run('contactList', 'create', { name: 'Branches', additionalFields: { furtherFields } });
		await create('{"a.b": 1, "__proto__.polluted": 2}');
		const [{ body }] = bench.simulator.journal.find(({ method }) => method === 'POST');
		expect(body).toMatchObject({ name: 'Branches', 'a.b': 1, '__proto__.polluted': 2 });
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
		bench.simulator.journal.clear();
		for (const name of ['__proto__', 'constructor', 'prototype']) {
			const refused = await create(`{"${name}": {"polluted": 3}}`);
			expect({ name, message: refused.error?.message }).toEqual({
				name,
				message: expect.stringContaining('names other than') as string,
			});
		}
		expect(bench.simulator.journal.total).toBe(0);
	});
});
