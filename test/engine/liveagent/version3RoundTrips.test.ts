// What is written over LiveAgent's API version 3 is there when it is read: created, changed, listed, deleted, each write once.
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byId, startBench } from './nodeUnderTest';
import type { Bench } from './nodeUnderTest';

/** A resource whose records are created, read, changed, listed and deleted in the same way. */
interface RoundTrip {
	resource: string;
	/** Parameter that chooses the record; a text field where it is no locator. */
	idField: string;
	isText?: boolean;
	/** Key of the ID in an answer. */
	key?: string;
	create: INodeParameters;
	change: INodeParameters;
	/** What a record has after the creation and after the change. */
	created: IDataObject;
	changed: IDataObject;
	remove?: INodeParameters;
	/** Name of the creation in the journal, where it is not that of the resource. */
	kind?: string;
}

const fields = (values: IDataObject): INodeParameters => ({ updateFields: values }) as INodeParameters;

const roundTrips: RoundTrip[] = [
	{
		resource: 'company',
		idField: 'companyId',
		create: { name: 'Nowak Studio', additionalFields: { city: 'Berlin', phones: '+4930123456' } },
		created: { name: 'Nowak Studio', city: 'Berlin', phones: ['+4930123456'] },
		change: fields({ city: 'Potsdam' }),
		changed: { name: 'Nowak Studio', city: 'Potsdam', phones: ['+4930123456'] },
		remove: { deleteTickets: 'false' },
	},
	{
		resource: 'contact',
		idField: 'contactId',
		create: {
			emails: 'anna@example.com',
			firstName: 'Anna',
			additionalFields: { customFields: { field: [{ code: 'crm_id', value: 'A-17' }] } },
		},
		created: { emails: ['anna@example.com'], firstname: 'Anna', custom_fields: [{ code: 'crm_id', value: 'A-17' }] },
		change: fields({ lastName: 'Nowak', groups: ['g1'] }),
		changed: { emails: ['anna@example.com'], firstname: 'Anna', lastname: 'Nowak', groups: ['g1'] },
		remove: { deleteTickets: 'false' },
	},
	{
		resource: 'tag',
		idField: 'tagId',
		create: { name: 'Callback', additionalFields: { color: '#FFFFFF' } },
		created: { name: 'Callback', color: 'FFFFFF' },
		change: fields({ name: 'Call back' }),
		changed: { name: 'Call back', color: 'FFFFFF' },
	},
	{
		resource: 'customerGroup',
		idField: 'groupId',
		create: { name: 'Wholesale', additionalFields: {} },
		created: { name: 'Wholesale' },
		change: fields({ backgroundColor: '#1A73E8' }),
		changed: { name: 'Wholesale', background_color: '1A73E8' },
	},
	{
		resource: 'cannedMessage',
		idField: 'cannedMessageId',
		create: { text: 'One moment please', additionalFields: { keywords: 'wait' } },
		created: { messagetext: 'One moment please', keywords: 'wait' },
		change: { text: 'Just a moment' },
		changed: { messagetext: 'Just a moment' },
	},
	{
		resource: 'predefinedAnswer',
		idField: 'predefinedAnswerId',
		create: { name: 'Refund', body: 'It is paid back' },
		created: { name: 'Refund', body: 'It is paid back' },
		change: { name: 'Refund', body: 'It was paid back' },
		changed: { name: 'Refund', body: 'It was paid back' },
	},
	{
		resource: 'savedFilter',
		kind: 'filter',
		idField: 'filterId',
		key: 'filter_id',
		create: {
			name: 'Refunds',
			conditions: { condition: [{ code: 'status', operator: 'IN', value: 'N,C' }] },
			additionalFields: { description: 'All refunds' },
		},
		created: { name: 'Refunds', conditions: [{ code: 'status', operator: 'IN', value: 'N,C' }] },
		change: fields({ name: 'Open refunds' }),
		changed: { name: 'Open refunds', description: 'All refunds', conditions: [{ code: 'status', operator: 'IN', value: 'N,C' }] },
	},
	{
		resource: 'customButton',
		idField: 'buttonId',
		create: { url: 'https://crm.example.com/orders', method: 'POST', type: 'E', additionalFields: { name: 'Orders' } },
		created: { url: 'https://crm.example.com/orders', method: 'POST', type: 'E', name: 'Orders', status: 'A' },
		change: fields({ status: 'I' }),
		changed: { url: 'https://crm.example.com/orders', method: 'POST', name: 'Orders', status: 'I' },
	},
	{
		resource: 'phoneNumber',
		idField: 'phoneNumberId',
		create: { number: '+14155550188', type: 'T', status: 'A', additionalFields: { name: 'Sales' } },
		created: { number: '+14155550188', type: 'T', status: 'A', name: 'Sales' },
		change: fields({ recordIncoming: true }),
		changed: { number: '+14155550188', type: 'T', name: 'Sales', record_in_call: true },
	},
	{
		resource: 'device',
		idField: 'deviceId',
		create: { agentId: byId('k7d2m9xq'), type: 'A', service: 'P', availability: 'N' },
		created: { agent_id: 'k7d2m9xq', type: 'A', service_typeName: 'Phone', preset_status: 'N' },
		change: { availability: 'F' },
		changed: { agent_id: 'k7d2m9xq', service_typeName: 'Phone', preset_statusName: 'Offline' },
	},
];

describe('LiveAgent API version 3, written and read', () => {
	let bench: Bench;
	let demo: ReturnType<Bench['simulator']['seedDemo']>;

	beforeEach(async () => {
		// Without the key of version 1 everything goes over version 3.
		bench = await startBench({}, { apiKey: '' });
		demo = bench.simulator.seedDemo();
	});
	afterEach(async () => await bench.close());

	const carriedOut = (name: string) => bench.simulator.journal.carriedOut(name);
	const whole = { simplify: false };

	test.each(roundTrips)('$resource: created once, read, changed, listed and deleted', async (trip) => {
		const { resource, idField, key = 'id', kind = resource } = trip;
		const [made] = await bench.rows(resource, 'create', trip.create);
		expect(carriedOut(`${kind}.create`)).toBe(1);
		const chosen = { [idField]: byId(made[key]), ...whole };
		const read = async () => (await bench.rows(resource, 'get', chosen))[0];
		expect(await read()).toMatchObject(trip.created);

		await bench.rows(resource, 'update', { ...chosen, ...trip.change });
		expect(await read()).toMatchObject(trip.changed);
		const listed = await bench.rows(resource, 'getMany', { returnAll: true, ...whole });
		expect(listed.filter((row) => row[key] === made[key])).toHaveLength(1);

		expect(await bench.rows(resource, 'delete', { ...chosen, ...trip.remove })).toEqual([{ deleted: true }]);
		expect(carriedOut(`${kind}.delete`)).toBe(1);
		const { error } = await bench.run(resource, 'get', chosen);
		expect(error).toMatchObject({ httpCode: '404' });
		const left = await bench.rows(resource, 'getMany', { returnAll: true, ...whole });
		expect(left.map((row) => row[key])).not.toContain(made[key]);
	});

	test('a ticket: created, read, changed, noted, listed by tag and deleted', async () => {
		const [made] = await bench.rows('ticket', 'create', {
			departmentId: byId(demo.departments[0]),
			from: 'omar@example.org',
			recipient: 'support@example.com',
			subject: 'Broken lamp',
			message: 'It arrived broken',
			additionalFields: { tags: [demo.tags[0]], doNotSendMail: true, status: 'C' },
		});
		expect(carriedOut('ticket.create')).toBe(1);
		expect(carriedOut('mail.send')).toBe(0);
		const ticket = { ticketId: made.id as string, ...whole };
		await bench.rows('ticket', 'update', {
			...ticket,
			updateFields: {
				status: 'R',
				tags: [demo.tags[1]],
				customFields: { field: [{ code: 'order', value: '4711' }] },
			},
		});
		await bench.rows('ticket', 'setAttribute', { ...ticket, attributeName: 'note', value: 'Send a new one' });
		expect(await bench.rows('ticket', 'get', ticket)).toMatchObject([
			{ subject: 'Broken lamp', statusName: 'Resolved', tags: [demo.tags[1]], custom_fields: [{ code: 'order', value: '4711' }] },
		]);
		expect(await bench.rows('ticket', 'getAttribute', { ...ticket, attributeName: 'note' })).toMatchObject([
			{ value: 'Send a new one' },
		]);
		const messages = await bench.rows('ticket', 'getMessages', { ...ticket, returnAll: true });
		expect(JSON.stringify(messages)).toContain('It arrived broken');
		const idsWith = async (tag: string) =>
			(await bench.rows('ticket', 'getMany', { returnAll: true, filters: { tags: [tag] } })).map(({ id }) => id);
		expect(await idsWith(demo.tags[1])).toContain(made.id);
		expect(await idsWith(demo.tags[0])).not.toContain(made.id);
		await bench.rows('ticket', 'delete', ticket);
		expect(await bench.rows('ticket', 'get', ticket)).toMatchObject([{ statusName: 'Deleted' }]);
	});

	test('a contact that is replaced keeps nothing of before, one that is updated keeps the rest', async () => {
		const [{ id }] = await bench.rows('contact', 'create', { emails: 'ines@example.com', firstName: 'Ines', lastName: 'Silva' });
		await bench.rows('contact', 'replace', { contactId: byId(id), emails: 'ines@example.com', firstName: 'Ina' });
		expect(await bench.rows('contact', 'get', { contactId: byId(id), ...whole })).toMatchObject([
			{ firstname: 'Ina', lastname: '', emails: ['ines@example.com'] },
		]);
		await bench.rows('contact', 'register', { contactId: byId(id), registrationEmail: 'ines@example.com' });
		expect(await bench.rows('contact', 'get', { contactId: byId(id) })).toMatchObject([{ typeName: 'Registered Visitor' }]);
		await bench.rows('contact', 'unregister', { contactId: byId(id) });
		expect(await bench.rows('contact', 'get', { contactId: byId(id) })).toMatchObject([{ typeName: 'Visitor' }]);
		expect(carriedOut('contact.register')).toBe(1);
	});

	test('an agent: changed without losing the rest, paused, deleted and restored', async () => {
		const agent = { agentId: byId(demo.agents[0]), ...whole };
		const [before] = await bench.rows('agent', 'get', agent);
		const [changed] = await bench.rows('agent', 'update', { ...agent, updateFields: { role: 'admin' } });
		expect(changed).toMatchObject({ name: before.name, email: before.email, gender: before.gender, role: 'admin' });
		await bench.rows('agent', 'pause', agent);
		expect(await bench.rows('agent', 'get', agent)).toMatchObject([{ online_statusName: 'Paused' }]);
		await bench.rows('agent', 'delete', agent);
		expect(await bench.rows('agent', 'get', agent)).toMatchObject([{ status: 'X' }]);
		await bench.rows('agent', 'restore', { name: String(before.name), email: String(before.email) });
		expect(await bench.rows('agent', 'get', agent)).toMatchObject([{ status: 'A', role: 'admin' }]);
	});

	test('API keys: listed, read and deleted, and never the key itself', async () => {
		const keys = await bench.rows('apiKey', 'getMany', { returnAll: true });
		expect(keys.map(({ name }) => name)).toEqual(['Reports', 'Old dialer']);
		const [one] = await bench.rows('apiKey', 'get', { apiKeyId: '2' });
		expect(one).toMatchObject({ id: 2, name: 'Old dialer' });
		expect(JSON.stringify([keys, one])).not.toContain('secret-of-key');
		expect(await bench.rows('apiKey', 'getPrivileges')).toMatchObject([{ object: 'tickets', privileges: ['read', 'write'] }]);
		await bench.rows('apiKey', 'delete', { apiKeyId: '2' });
		expect(carriedOut('apiKey.delete')).toBe(1);
		expect(await bench.rows('apiKey', 'count')).toMatchObject([{ count: 1 }]);
	});

	test('a call: started once, listed, noted and ended', async () => {
		const ticketId = demo.conversations[0];
		const before = (await bench.rows('call', 'getMany', { returnAll: true })).map(({ id }) => id);
		await bench.rows('call', 'start', { toNumber: '+14155550123', ticketId });
		const calls = await bench.rows('call', 'getMany', { returnAll: true, filters: { type: 'O' } });
		const [call] = calls.filter(({ id }) => !before.includes(id));
		expect(call).toMatchObject({ toNumber: '+14155550123', typeName: 'Outgoing', dateFinished: '' });
		const callId = String(call.id);
		expect(await bench.rows('call', 'getStatus', { callId })).toMatchObject([{ statusName: 'Ringing' }]);
		await bench.rows('call', 'addMessage', { callId, type: 'N', message: 'Wants an invoice' });
		await bench.rows('call', 'stop', { callId });
		expect(await bench.rows('call', 'getStatus', { callId })).toMatchObject([{ statusName: 'Finished' }]);
		expect([carriedOut('call.start'), carriedOut('call.addMessage')]).toEqual([1, 1]);
		const messages = await bench.rows('ticket', 'getMessages', { ticketId, returnAll: true });
		expect(JSON.stringify(messages)).toContain('Wants an invoice');
	});

	test('a device: off in one department, on in another, with plans that can be deleted', async () => {
		const [first, second] = demo.departments;
		const device = { deviceId: byId(1) };
		await bench.rows('device', 'updateDepartment', { ...device, departmentId: byId(first), availability: 'F' });
		await bench.rows('device', 'updateDepartments', {
			devices: { state: [{ deviceId: '1', departmentId: second, availability: 'N' }] },
		});
		const states = await bench.rows('device', 'getDepartments', { ...device, returnAll: true });
		const stateIn = (department: string) => states.find((row) => row.department_id === department)?.preset_statusName;
		expect([stateIn(first), stateIn(second)]).toEqual(['Offline', 'Online']);
		const plan = { day: 1, start: '08:00', end: '16:30', title: 'Early shift' };
		await bench.rows('device', 'createPlans', { ...device, departmentId: byId(first), plans: { plan: [plan] } });
		const [planned] = await bench.rows('device', 'getPlans', { ...device, returnAll: true });
		expect(planned).toMatchObject({ department_id: first, plans: [plan] });
		await bench.rows('device', 'deletePlans', { ...device, departmentId: byId(first) });
		expect(await bench.rows('device', 'getPlans', { ...device, returnAll: true })).toEqual([]);
	});

	test('a message is read and deleted', async () => {
		const ticketId = demo.conversations[0];
		const numbers = async () => {
			const groups = await bench.rows('ticket', 'getMessages', { ticketId, returnAll: true });
			return groups.flatMap(({ messages }) => messages as IDataObject[]).map(({ id }) => String(id).replace(/\D+0*/, ''));
		};
		const [messageId] = await numbers();
		expect(await bench.rows('message', 'get', { messageId })).toHaveLength(1);
		await bench.rows('message', 'delete', { messageId });
		expect(await numbers()).not.toContain(messageId);
		expect(carriedOut('message.delete')).toBe(1);
	});

	test('a Slack template and a Viber account keep what a change does not name', async () => {
		const template = { templateId: byId('tp000001') };
		await bench.rows('slack', 'updateTemplate', { ...template, body: 'Ticket from {$contact}' });
		expect(await bench.rows('slack', 'getTemplate', template)).toEqual([
			{ id: 'tp000001', name: 'New ticket', class_name: 'TicketCreated', body: 'Ticket from {$contact}' },
		]);
		const account = { viberAccountId: byId('vb000001') };
		await bench.rows('viberAccount', 'update', { ...account, updateFields: { name: 'Sales on Viber' } });
		await bench.rows('viberAccount', 'setStatus', { ...account, status: 'I' });
		const [read] = await bench.rows('viberAccount', 'get', account);
		expect(read).toMatchObject({ name: 'Sales on Viber', status: 'I', department_id: demo.departments[0] });
		await bench.rows('viberAccount', 'delete', account);
		expect(await bench.rows('viberAccount', 'count')).toEqual([{ count: 0 }]);
	});

	test('a record that is not returned is not written over', async () => {
		bench.simulator.faults.once({ kind: 'status', status: 200, body: {} }, { method: 'GET' });
		const { error } = await bench.run('company', 'update', { companyId: byId('co000001'), updateFields: { city: 'Porto' } });
		expect(error?.message).toBe('LiveAgent did not return the record to change');
		expect(carriedOut('company.update')).toBe(0);
	});

	test('the password of a phone number survives a change and is never put out', async () => {
		const number = { phoneNumberId: byId('pn000001') };
		const outputs = [
			await bench.rows('phoneNumber', 'get', number),
			await bench.rows('phoneNumber', 'getMany', { returnAll: true }),
			await bench.rows('phoneNumber', 'update', { ...number, updateFields: { name: 'Front desk' } }),
			await bench.rows('phoneNumber', 'setStatus', { ...number, status: 'I' }),
		];
		expect(JSON.stringify(outputs)).not.toContain('sip-secret');
		const [stored] = bench.simulator.version3.tables.phone_numbers;
		expect(stored).toMatchObject({ name: 'Front desk', status: 'I', password: 'sip-secret' });
	});

	test('a creation whose answer is lost is in doubt and not sent again', async () => {
		bench.simulator.faults.once({ kind: 'cutAfter' }, { method: 'POST' });
		const { error } = await bench.run('customButton', 'create', { url: 'https://crm.example.com', method: 'GET', type: 'E' });
		expect(error?.message).toMatch(/^In doubt/);
		expect(carriedOut('customButton.create')).toBe(1);
	});

	test('a deletion in administration whose answer is lost is not sent again', async () => {
		bench.simulator.faults.once({ kind: 'cutAfter' }, { method: 'DELETE' });
		const { error } = await bench.run('agent', 'delete', { agentId: byId(demo.agents[0]) });
		expect(error?.message).toMatch(/^In doubt/);
		expect(bench.simulator.journal.count(({ method }) => method === 'DELETE')).toBe(1);
	});

	test.each([
		['agent', 'agentId'],
		['customButton', 'buttonId'],
		['device', 'deviceId'],
		['phoneNumber', 'phoneNumberId'],
		['savedFilter', 'filterId'],
		['viberAccount', 'viberAccountId'],
	])('%s without an ID is not deleted', async (resource, idField) => {
		for (const value of ['', ' ', '../tags/1']) {
			const { error } = await bench.run(resource, 'delete', { [idField]: byId(value) });
			expect(error).toBeDefined();
		}
		expect(bench.simulator.journal.total).toBe(0);
	});

	describe('filters', () => {
		const rows = [
			{ id: 'c1', name: 'Silva Imports', city: 'Lisbon', note: '', date_created: '2024-05-14 08:00:00' },
			{ id: 'c2', name: 'Nowak Studio', city: 'Berlin', note: 'Pays late', date_created: '2024-05-15 08:00:00' },
			{ id: 'c3', name: 'Petit Atelier', city: 'Paris', note: '', date_created: '2024-05-16 08:00:00' },
		];
		const idsWhere = async (filters: INodeParameters) => {
			const found = await bench.rows('company', 'getMany', { returnAll: true, ...whole, filters });
			return found.map(({ id }) => id);
		};

		beforeEach(() => {
			bench.simulator.version3.tables.companies.splice(
				0,
				Infinity,
				...rows.map((row) => ({ ...row, date_created: new Date(`${row.date_created.replace(' ', 'T')}Z`) })),
			);
		});

		test.each([
			['E', 'city', 'berlin', ['c2']],
			['NE', 'city', 'Berlin', ['c1', 'c3']],
			['L', 'name', 'ovak', []],
			['L', 'name', 'owak', ['c2']],
			['NL', 'name', 'owak', ['c1', 'c3']],
			['IN', 'city', 'Lisbon,Paris', ['c1', 'c3']],
			['NI', 'city', 'Lisbon,Paris', ['c2']],
			['CY', 'city', 'Paris', ['c3']],
			['IE', 'note', '', ['c1', 'c3']],
			['INE', 'note', '', ['c2']],
			['D>', 'date_created', '2024-05-15T10:00:00+02:00', ['c3']],
			['D>=', 'date_created', '2024-05-15T10:00:00+02:00', ['c2', 'c3']],
			['D<', 'date_created', '2024-05-15T10:00:00+02:00', ['c1']],
			['D<=', 'date_created', '2024-05-15T10:00:00+02:00', ['c1', 'c2']],
			['>=', 'date_created', '2024-05-16 00:00:00', ['c3']],
			['<=', 'date_created', '2024-05-14 23:00:00', ['c1']],
		])('the operator %s on %s finds what it should, as row and as JSON', async (operator, field, value, expected) => {
			const condition = [{ field, operator, value }];
			expect(await idsWhere({ conditions: { condition } })).toEqual(expected);
			const json = [{ filters: JSON.stringify([[field, operator, value]]) }];
			expect(await idsWhere({ conditions: { json } })).toEqual(expected);
		});

		test('a named period counts from today', async () => {
			bench.simulator.version3.addCompany({ name: 'Made today' });
			const condition = [{ field: 'date_created', operator: 'DP', value: 'T' }];
			const found = await bench.rows('company', 'getMany', { returnAll: true, filters: { conditions: { condition } } });
			expect(found).toMatchObject([{ name: 'Made today' }]);
		});

		test('several conditions must all hold, in the wanted order', async () => {
			const condition = [
				{ field: 'city', operator: 'IN', value: 'Lisbon,Paris' },
				{ field: 'note', operator: 'IE', value: '' },
			];
			expect(await idsWhere({ conditions: { condition }, sortBy: 'name', sortDirection: 'ASC' })).toEqual(['c3', 'c1']);
		});
	});

	test('a list over cursors ends where the last page is exactly full', async () => {
		const small = await startBench({ v3PageLimit: 100 });
		try {
			for (let index = 0; index < 200; index += 1) small.simulator.version3.addCall({ finished: index * 1_000 });
			const calls = await small.rows('call', 'getMany', { returnAll: true });
			expect(new Set(calls.map(({ id }) => id)).size).toBe(200);
			expect(small.simulator.journal.total).toBe(2);
		} finally {
			await small.close();
		}
	});
});
