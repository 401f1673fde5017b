// LiveAgent's API version 3 beside version 1: keys, filters, pages, finding or creating, and its events.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { keepGoing } from '../../support/bench';
import { testCredential } from '../../support/credentialTest';
import { runListSearch } from '../../support/listSearch';
import { byId, itemsOf, startBench, startDemoBench } from './nodeUnderTest';
import type { DemoBench } from './nodeUnderTest';

describe('LiveAgent API version 3', () => {
	let bench: DemoBench;

	beforeEach(async () => {
		bench = await startDemoBench();
	});
	afterEach(async () => await bench.close());

	const carriedOut = (name: string) => bench.simulator.journal.carriedOut(name);
	const withKeys = (keys: { apiKey?: string; apiKeyV3?: string }) => ({
		credentials: { liveAgentApi: { ...bench.credentials.liveAgentApi, ...keys } as ICredentialDataDecryptedObject },
	});
	const paths = () => bench.simulator.journal.entries.map(({ path }) => path.split('?')[0]);

	describe('keys', () => {
		test('each version gets its own key, and one is enough for what needs one', async () => {
			const old = await bench.run('conversation', 'get', { conversationId: bench.demo.conversations[0] }, withKeys({ apiKeyV3: '' }));
			expect(old.error).toBeUndefined();
			const present = await bench.run('ticket', 'get', { ticketId: bench.demo.conversations[0] }, withKeys({ apiKey: '' }));
			expect(present.error).toBeUndefined();
			expect(present.outputs[0]?.[0].json).toMatchObject({ id: bench.demo.conversations[0] });
		});

		test('a missing key is named before anything is sent', async () => {
			const result = await bench.run('ticket', 'getMany', {}, withKeys({ apiKeyV3: '' }));
			expect(result.error?.message).toBe("Ticket: Get Many needs 'API Key (Version 3)' in the credential");
			const old = await bench.run('conversation', 'getTags', { conversationId: 'cv000001' }, withKeys({ apiKey: '' }));
			expect(old.error?.message).toContain("needs 'API Key' in the credential");
			expect(bench.simulator.journal.total).toBe(0);
		});

		test('a key of the wrong version is explained', async () => {
			const swapped = withKeys({ apiKeyV3: bench.simulator.apiKey });
			const result = await bench.run('ticket', 'getMany', {}, swapped);
			expect(result.error?.description).toContain('a key of version 1 is refused');
		});

		test.each(['tag', 'department'])('%s is read over the version that has a key', async (resource) => {
			for (const [keys, prefix] of [
				[{ apiKeyV3: '' }, '/api/'],
				[{ apiKey: '' }, '/api/v3/'],
			] as const) {
				const { outputs, error } = await bench.run(resource, 'getMany', {}, withKeys(keys));
				expect(error).toBeUndefined();
				expect(outputs[0]?.length).toBeGreaterThan(0);
				expect(paths().at(-1)).toBe(`${prefix}${resource}s`);
			}
		});

		test.each([
			['version 1', { apiKeyV3: '' }],
			['version 3', { apiKey: '' }],
		])('pick lists and the credential test need only the key of %s', async (_name, keys) => {
			const { liveAgentApi } = withKeys(keys).credentials;
			for (const method of ['searchAgent', 'searchDepartment', 'searchTag']) {
				const { results } = await runListSearch({ nodeType: 'liveAgent', method, credentials: { liveAgentApi } });
				expect(results.length).toBeGreaterThan(0);
			}
			expect(await testCredential({ type: 'liveAgentApi', data: liveAgentApi })).toMatchObject({ status: 'OK' });
			const wrong = { ...liveAgentApi, apiKey: liveAgentApi.apiKey && 'wrong', apiKeyV3: liveAgentApi.apiKeyV3 && 'wrong' };
			expect(await testCredential({ type: 'liveAgentApi', data: wrong })).toMatchObject({ status: 'Error' });
		});

		test.each([
			['version 1', 'API Key', () => ({ apiKey: bench.simulator.v3Key, apiKeyV3: '' })],
			['version 3', 'API Key (Version 3)', () => ({ apiKey: '', apiKeyV3: bench.simulator.apiKey })],
			['version 3 beside a good key', 'API Key (Version 3)', () => ({ apiKeyV3: 'wrong' })],
			['version 1 beside a good key', 'API Key', () => ({ apiKey: 'wrong' })],
		])('the credential test explains a wrong key in the place of %s', async (_name, field, keys) => {
			const { liveAgentApi } = withKeys(keys()).credentials;
			const { status, message } = await testCredential({ type: 'liveAgentApi', data: liveAgentApi });
			expect(status).toBe('Error');
			expect(message).toContain(`LiveAgent refuses '${field}' (`);
			expect(message).toContain('a key of the other version is refused');
			expect(message.match(/refuses/g)).toHaveLength(1);
			expect(message).not.toContain('wrong');
		});

		test('the credential test names both keys where both are wrong, and asks for one where there is none', async () => {
			const tested = async (keys: ICredentialDataDecryptedObject) =>
				await testCredential({ type: 'liveAgentApi', data: withKeys(keys).credentials.liveAgentApi });
			const both = await tested({ apiKey: bench.simulator.v3Key, apiKeyV3: bench.simulator.apiKey });
			expect(both.message).toMatch(/'API Key' \(.*\. LiveAgent refuses 'API Key \(Version 3\)' \(/);
			expect(await tested({ apiKey: '', apiKeyV3: ' ' })).toEqual({
				status: 'Error',
				message: "Fill in 'API Key', 'API Key (Version 3)', or both",
			});
		});

		test.each([
			['no address', '', /^Invalid 'Base Address': expected/],
			['an address where nothing answers', 'http://127.0.0.1:9', /^LiveAgent did not answer: ECONNREFUSED\. Check 'Base Address'/],
		])('the credential test explains %s', async (_name, baseUrl, expected) => {
			const data = { ...bench.credentials.liveAgentApi, baseUrl };
			const { status, message } = await testCredential({ type: 'liveAgentApi', data });
			expect(status).toBe('Error');
			expect(message).toMatch(expected);
		});

		test('the credential test sends one read for each key', async () => {
			await testCredential({ type: 'liveAgentApi', data: bench.credentials.liveAgentApi });
			expect(paths()).toEqual(['/api/application/status', '/api/v3/departments']);
		});

		test('API Request takes the version from the path', async () => {
			const parameters = { method: 'GET', path: '/v3/tags' };
			const { outputs, error } = await bench.run('apiRequest', 'send', parameters, withKeys({ apiKey: '' }));
			expect(error).toBeUndefined();
			expect(outputs[0]?.length).toBe(bench.demo.tags.length);
		});
	});

	test('tickets are filtered by rows, by JSON and by their own filters together', async () => {
		bench.simulator.version3.setTags(bench.demo.conversations[3], [bench.demo.tags[0]]);
		const tagged = await bench.rows('ticket', 'getMany', { returnAll: true, filters: { tags: [bench.demo.tags[0]] } });
		expect(tagged.map(({ id }) => id)).toContain(bench.demo.conversations[3]);
		const all = await bench.rows('ticket', 'getMany', { returnAll: true, simplify: false });
		const { status: wanted } = all.find(({ channel_type: channel }) => channel === 'E')!;
		const expected = all.filter(({ status, channel_type: channel }) => status === wanted && channel === 'E');
		expect(expected.length).toBeGreaterThan(0);
		const filters = {
			statuses: [wanted as string],
			conditions: { json: [{ filters: '{"channel_type": "E"}' }] },
		};
		expect(await bench.rows('ticket', 'getMany', { returnAll: true, simplify: false, filters })).toEqual(expected);
		const [{ count }] = await bench.rows('ticket', 'count', { filters });
		expect(count).toBe(expected.length);
	});

	test.each([
		['E', 'resolved', 'R'],
		['IN', 'Resolved, c', 'R,C'],
		['NI', 'r,Q', 'R,Q'],
		['L', 'Resolved', 'Resolved'],
	])('a condition on the status takes words for letters: %s %s', async (operator, value, sent) => {
		const filters = { conditions: { condition: [{ field: 'status', operator, value }] } };
		await bench.run('ticket', 'getMany', { filters });
		const { query } = bench.simulator.journal.entries[0];
		expect(JSON.parse(String(query._filters))).toEqual([['status', operator, sent]]);
	});

	test('a condition on the status refuses a word that is none, and names those that are', async () => {
		const filters = { conditions: { condition: [{ field: 'status', operator: 'E', value: 'Finished' }] } };
		const { error } = await bench.run('ticket', 'getMany', { filters });
		expect(error?.message).toContain('Resolved (R)');
		expect(error?.message).toContain('Finished');
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('a condition without value is refused before anything is sent', async () => {
		const filters = { conditions: { condition: [{ field: 'status', operator: 'E', value: '' }] } };
		const result = await bench.run('ticket', 'getMany', { filters });
		expect(result.error?.message).toContain("a value for the condition on 'status'");
		expect(bench.simulator.journal.total).toBe(0);
	});

	test('times are true whatever the zone of the account', async () => {
		const [row] = await bench.rows('ticket', 'get', { ticketId: bench.demo.conversations[0], simplify: false });
		const { created } = bench.simulator.account.conversations.get(bench.demo.conversations[0])!;
		expect(row.date_created).toBe(new Date(created).toISOString());
	});

	test('lists are read to the end where the vendor gives shorter pages than asked, by page and by cursor', async () => {
		const small = await startDemoBench({ v3PageLimit: 100 });
		try {
			small.simulator.account.addConversations(230);
			for (let index = 0; index < 230; index++) small.simulator.version3.addCall({ finished: index * 1_000 });
			expect((await small.rows('ticket', 'getMany', { returnAll: true })).length).toBe(small.simulator.account.conversations.size);
			expect((await small.rows('call', 'getMany', { returnAll: true })).length).toBe(233);
		} finally {
			await small.close();
		}
	});

	test('a company keeps what an update does not name', async () => {
		const [made] = await bench.rows('company', 'create', {
			name: 'Nowak Studio GmbH',
			additionalFields: { note: 'Pays late', phones: '+4930123456' },
		});
		const [changed] = await bench.rows('company', 'update', {
			companyId: byId(made.id),
			updateFields: { phones: '+4930999999' },
			simplify: false,
		});
		expect(changed).toMatchObject({ name: 'Nowak Studio GmbH', note: 'Pays late', phones: ['+4930999999'] });
	});

	describe('phones', () => {
		const sent = () => bench.simulator.journal.writes('contact.create').map(({ payload }) => (payload as { phones?: unknown }).phones);

		test('are checked like all numbers, with the country code beside them', async () => {
			await bench.rows('contact', 'create', { firstName: 'Ines', phones: '21 000 0001, +44 20 7946 0018', defaultCountryCode: '351' });
			expect(sent()).toEqual([['+351210000001', '+442079460018']]);
			const { error } = await bench.run('contact', 'create', { firstName: 'Ines', phones: '21 000 0001' });
			expect(error?.message).toContain("Invalid value for 'Phones' [item 0]: expected a phone number with country code");
			expect(error?.message).toContain("got '21 000 0001'");
			const company = await bench.run('company', 'create', { name: 'Nowak', additionalFields: { phones: '+1 415 555-014' } });
			expect(company.error?.message).toContain("Invalid value for 'Phones'");
			expect(bench.simulator.journal.total).toBe(1);
		});

		test('go as typed in workflows made with version 1', async () => {
			const node = { typeVersion: 1 };
			await bench.run('contact', 'create', { firstName: 'Ines', phones: '21 000 0001' }, { node });
			await bench.run('contact', 'create', { firstName: 'Ana', phones: '21 000 0002', defaultCountryCode: '351' }, { node });
			expect(sent()).toEqual([['21 000 0001'], ['+351210000002']]);
		});

		test('of a contact are looked up as typed, or with country code', async () => {
			const { id } = bench.simulator.account.addCustomer({ phone: '+351210000001' });
			const found = await bench.rows('contact', 'getByPhone', { phone: '21 000 0001', defaultCountryCode: '351' });
			expect(found).toMatchObject([{ contact: { id } }]);
			bench.simulator.account.addCustomer({ phone: '201' });
			expect(await bench.rows('contact', 'getByPhone', { phone: '201' })).toMatchObject([{ phone: '201' }]);
		});
	});

	test('a device is switched off without losing what it is', async () => {
		await bench.rows('device', 'update', { deviceId: byId(2), availability: 'F' });
		const [device] = await bench.rows('device', 'get', { deviceId: byId(2) });
		expect(device).toMatchObject({ preset_statusName: 'Offline', service_typeName: 'Chat', agent_id: bench.demo.agents[0] });
	});

	describe('find or create', () => {
		const findOrCreate = async (rows: Array<Record<string, string>>, options = {}) =>
			await bench.run(
				'contact',
				'findOrCreate',
				{ dataMode: 'autoMapInputData', findBy: 'email', ...options },
				{ items: itemsOf(...rows) },
			);

		test('finds a contact whatever the case of the email, creates another one once for all its items', async () => {
			const { email, id } = bench.simulator.account.customers.get(bench.demo.customers[0])!;
			const { outputs, error } = await findOrCreate([
				{ emails: email.toUpperCase() },
				{ emails: 'new@example.org', firstName: 'Ines' },
				{ emails: 'New@example.org', firstName: 'Ines' },
			]);
			expect(error).toBeUndefined();
			const rows = outputs[0]!.map(({ json }) => json);
			expect(rows.map(({ created }) => created)).toEqual([false, true, false]);
			expect(rows[0].id).toBe(id);
			expect(rows[1].id).toBe(rows[2].id);
			expect(carriedOut('contact.create')).toBe(1);
		});

		test('a part of an email is no match', async () => {
			const { email } = bench.simulator.account.customers.get(bench.demo.customers[0])!;
			const { outputs } = await findOrCreate([{ emails: email.replace('@', '.x@') }]);
			expect(outputs[0]![0].json.created).toBe(true);
		});

		test('what says by what to look up, and the value, have to be there', async () => {
			const { error } = await findOrCreate([{ phones: '+14155550142' }]);
			expect(error?.message).toBe("Invalid value for 'Emails' [item 0]: expected a value, because 'Find By' says to look for the email. Nothing was sent.");
			const unsaid = await findOrCreate([{ emails: 'new@example.org' }], { findBy: '={{ undefined }}', findByCode: 'crm_id' });
			expect(unsaid.error?.message).toBe("'Find By' is empty [item 0], but it is required. Nothing was sent.");
			expect(carriedOut('contact.create')).toBe(0);
		});

		test('several matches are refused with their IDs', async () => {
			const ids = [1, 2].map(() => bench.simulator.account.addCustomer({ email: 'twice@example.org' }).id);
			const { error } = await findOrCreate([{ emails: 'twice@example.org' }]);
			expect(error?.message).toMatch(/^2 contacts have this email/);
			for (const id of ids) expect(error?.message).toContain(id);
			expect(carriedOut('contact.create')).toBe(0);
		});

		test('a contact that only the refusal of LiveAgent names is found', async () => {
			const unindexed: string[] = [];
			const late = await startBench({ v3UnindexedContacts: unindexed });
			try {
				const { id } = late.simulator.account.addCustomer({ email: 'late@example.org' });
				unindexed.push(id);
				const found = await late.rows('contact', 'findOrCreate', { emails: 'late@example.org' });
				expect(found).toMatchObject([{ id, created: false }]);
			} finally {
				await late.close();
			}
		});

		test('finds a contact by phone, however it is written', async () => {
			const { id } = bench.simulator.account.addCustomer({ email: '', phone: '+351210000001' });
			const { outputs, error } = await findOrCreate([{ phones: '+351 21 000 0001' }], { findBy: 'phone' });
			expect({ message: error?.message, advice: error?.description }).toEqual({});
			expect(outputs[0]![0].json).toMatchObject({ id, created: false });
		});

		test('finds a contact whose phone is stored as it was typed', async () => {
			const { id } = bench.simulator.account.addCustomer({ email: '', phone: '21 000 0001' });
			const national = { phones: '21 000 0001', defaultCountryCode: '351' };
			expect(await bench.rows('contact', 'findOrCreate', { findBy: 'phone', ...national })).toMatchObject([{ id, created: false }]);
			const { outputs } = await findOrCreate([{ phones: '+351 22 000 0002' }, { phones: '220000002' }], {
				findBy: 'phone',
				defaultCountryCode: '351',
			});
			expect(outputs[0]!.map(({ json }) => json.created)).toEqual([true, false]);
			expect(carriedOut('contact.create')).toBe(1);
		});

		test('where a filter has no effect nothing is created', async () => {
			const loose = await startDemoBench();
			try {
				// A vendor that ignores the filter and gives every company.
				loose.simulator.version3.tables.companies.forEach((row) => Object.assign(row, { crm_id: 'A-17' }));
				const { error } = await loose.run('company', 'findOrCreate', {
					findBy: 'customField',
					findByCode: 'crm_id',
					name: 'New',
					additionalFields: { customFields: { field: [{ code: 'crm_id', value: 'A-17' }] } },
				});
				expect(error?.message).toContain("LiveAgent does not filter by custom field 'crm_id'");
				expect(loose.simulator.journal.carriedOut('company.create')).toBe(0);
			} finally {
				await loose.close();
			}
		});

		test('finds a contact by a custom field where LiveAgent filters by it, and creates it once otherwise', async () => {
			const own = await startBench({ v3ContactFilters: ['id', 'crm_id'] });
			try {
				const field = (value: string) => ({ additionalFields: { customFields: { field: [{ code: 'crm_id', value }] } } });
				const { id } = own.simulator.account.addCustomer({ customFields: [{ code: 'crm_id', value: 'A-17' }] });
				const by = { findBy: 'customField', findByCode: 'crm_id' };
				expect(await own.rows('contact', 'findOrCreate', { ...by, ...field('a-17') })).toMatchObject([{ id, created: false }]);
				const [made] = await own.rows('contact', 'findOrCreate', { ...by, firstName: 'Anna', ...field('A-170') });
				expect(made).toMatchObject({ created: true });
				const again = await own.rows('contact', 'findOrCreate', { ...by, ...field('A-170') });
				expect(again).toMatchObject([{ id: made.id, created: false }]);
				expect(own.simulator.journal.carriedOut('contact.create')).toBe(1);
			} finally {
				await own.close();
			}
		});

		test('items with the same new name make one company, though their requests overlap', async () => {
			bench.simulator.faults.latencyMs = 100;
			const items = itemsOf({ name: 'Petra Novak' }, { name: 'Other' }, { name: 'petra novak' }, { name: 'Petra Novak' });
			const parameters = { dataMode: 'autoMapInputData', findBy: 'name' };
			const { outputs, error } = await bench.run('company', 'findOrCreate', parameters, { items });
			expect(error).toBeUndefined();
			const rows = outputs[0]!.map(({ json }) => json);
			expect(rows.map(({ created }) => created)).toEqual([true, true, false, false]);
			expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
			expect(carriedOut('company.create')).toBe(2);
		});

		test('is created once when Retry On Fail runs the items again, though another item made it and LiveAgent does not find it yet', async () => {
			const { faults } = bench.simulator;
			const search = { method: 'GET', path: '*/v3/companies' };
			faults.once({ kind: 'status', status: 403 }, search);
			faults.add({ kind: 'status', status: 200, body: [] }, search);
			const { outputs } = await bench.run('company', 'findOrCreate', { dataMode: 'autoMapInputData', findBy: 'name' }, {
				items: itemsOf({ name: 'Petra Novak' }, { name: 'petra novak' }),
				node: { ...keepGoing, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
			const rows = outputs[0]!.map(({ json }) => json);
			expect(rows.map(({ created }) => created)).toEqual([false, true]);
			expect(rows[0].id).toBe(rows[1].id);
			expect(carriedOut('company.create')).toBe(1);
		});

		test('a company is found by name', async () => {
			const found = await bench.rows('company', 'findOrCreate', { findBy: 'name', name: 'silva imports' });
			expect(found).toMatchObject([{ name: 'Silva Imports', created: false }]);
			const made = await bench.rows('company', 'findOrCreate', { findBy: 'name', name: 'Silva' });
			expect(made).toMatchObject([{ name: 'Silva', created: true }]);
		});
	});

	test('a call is started once, with what was chosen', async () => {
		await bench.rows('call', 'start', { toNumber: '+14155550123', ticketId: bench.demo.conversations[0] });
		expect(carriedOut('call.start')).toBe(1);
	});

	test('a file is uploaded from its binary field', async () => {
		const items = [{ json: {}, binary: { data: { data: 'e30=', mimeType: 'application/json', fileName: 'a.json' } } }];
		const { outputs, error } = await bench.run('file', 'upload', {}, { items });
		expect(error).toBeUndefined();
		expect(outputs[0]![0].json).toMatchObject({ name: 'a.json', size: 2 });
	});

	describe('events', () => {
		const second = 1_000;
		const started = async (event: string, parameters = {}) => {
			const poller = await bench.poller({ event, ...parameters });
			expect(await poller.poll()).toBeNull();
			bench.simulator.clock.advance(second);
			return async () => ((await poller.poll()) ?? []).map(({ json }) => json);
		};

		test('a ticket created, and one with another tag, each once', async () => {
			const created = await started('ticketCreated');
			const tagged = await started('ticketTagAdded', { watchedTags: [bench.demo.tags[0]] });
			const changed = await started('ticketChanged');
			const { id } = bench.simulator.account.addConversation({ message: 'Hello' });
			expect(await created()).toMatchObject([{ id, statusName: 'New' }]);
			expect(await created()).toEqual([]);
			expect(await tagged()).toEqual([]);
			bench.simulator.clock.advance(second);
			bench.simulator.version3.setTags(id, [bench.demo.tags[0]]);
			expect(await tagged()).toMatchObject([{ id, before: null, after: { tags: [bench.demo.tags[0]] } }]);
			bench.simulator.clock.advance(second);
			bench.simulator.version3.setTags(id, [bench.demo.tags[0], bench.demo.tags[1]]);
			expect(await tagged()).toEqual([]);
			expect(await changed()).toMatchObject([{ id }]);
		});

		test('a ticket that got a status, each change once and only the wanted ones', async () => {
			const all = await started('ticketStatusChanged');
			const resolved = await started('ticketStatusChanged', { statuses: ['R'] });
			const { id } = bench.simulator.account.addConversation({ message: 'Hello' });
			expect(await all()).toMatchObject([{ conversation_id: id, statusName: 'New' }]);
			expect(await resolved()).toEqual([]);
			bench.simulator.clock.advance(second);
			bench.simulator.account.setStatus(id, 'R');
			expect(await all()).toMatchObject([{ conversation_id: id, statusName: 'Resolved' }]);
			expect(await resolved()).toMatchObject([{ conversation_id: id, statusName: 'Resolved' }]);
			expect(await all()).toEqual([]);
		});

		test('events that both versions have give the same of a record', async () => {
			const conversations = await started('conversationCreated');
			const tickets = await started('ticketCreated');
			const customers = await started('customerCreated');
			const contacts = await started('contactCreated');
			const customer = bench.simulator.account.addCustomer({ email: 'both@example.org', firstName: 'Ines', lastName: 'Silva' });
			bench.simulator.account.addConversation({ message: 'Hello', customerId: customer.id });
			const [[old], [present]] = [await conversations(), await tickets()];
			const same = ['code', 'subject', 'status', 'statusName', 'departmentid', 'agentid', 'tags'];
			const pairs = { conversationid: 'id', datecreated: 'date_created', datechanged: 'date_changed', ownercontactid: 'owner_contactid' };
			const shared = same.filter((key) => key in old && key in present);
			expect(shared).toEqual(expect.arrayContaining(['code', 'subject', 'status', 'statusName', 'departmentid']));
			for (const key of shared) expect({ [key]: old[key] }).toEqual({ [key]: present[key] });
			for (const [before, now] of Object.entries(pairs)) if (before in old) expect(old[before]).toEqual(present[now]);
			expect(old.datecreated).toBe(present.date_created);
			const [[person], [contact]] = [await customers(), await contacts()];
			expect([person.contactid, person.firstname, person.lastname, person.datecreated]).toEqual([
				contact.id,
				contact.firstname,
				contact.lastname,
				contact.date_created,
			]);
		});

		test('contacts and companies, created and changed', async () => {
			const created = await started('contactCreated');
			const changed = await started('contactChanged');
			const companies = await started('companyCreated');
			const { id } = bench.simulator.account.addCustomer({ email: 'fresh@example.org' });
			bench.simulator.version3.addCompany({ name: 'Fresh Foods' });
			expect(await created()).toMatchObject([{ id }]);
			expect(await companies()).toMatchObject([{ name: 'Fresh Foods' }]);
			await changed();
			bench.simulator.clock.advance(second);
			bench.simulator.version3.changeContact(bench.demo.customers[1], { firstname: 'Maria' });
			expect(await changed()).toMatchObject([{ id: bench.demo.customers[1], firstname: 'Maria' }]);
			expect(await created()).toEqual([]);
		});

		test('tickets that change while a long backlog is read come out, and the others that shift are not missed', async () => {
			const small = await startBench({ v3PageLimit: 100 });
			try {
				const { account, clock, faults } = small.simulator;
				account.addConversation({ message: 'Before all' });
				const poller = await small.poller({ event: 'ticketChanged' });
				await poller.poll();
				clock.advance(second);
				// One second holds several pages, as after a mass action; the others are spread.
				const begin = account.now();
				const made = Array.from({ length: 560 }, (_, index) =>
					account.addConversation({ created: begin + Math.max(0, index - 499) * second }),
				);
				clock.advance(3 * 3_600 * second);
				let touched = 0;
				const changeSome = () => {
					clock.advance(second);
					for (const conversation of made.slice(touched, touched + 30)) account.touch(conversation);
					touched += 30;
				};
				// Not a fault: before each further page some of the first tickets change, so the others shift.
				const when = ({ query }: { query: Record<string, unknown> }) => {
					if (Number(query._page) > 1 && touched < 400) changeSome();
					return false;
				};
				faults.add({ kind: 'status', status: 500 }, { when });
				const seen = new Set(((await poller.poll()) ?? []).map(({ json }) => json.id));
				expect(touched).toBeGreaterThan(8);
				expect(made.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
			} finally {
				await small.close();
			}
		});

		test('a call only when it has ended', async () => {
			const finished = await started('callFinished');
			const { id } = bench.simulator.version3.addCall({ started: bench.simulator.account.now() });
			expect(await finished()).toEqual([]);
			bench.simulator.clock.advance(60 * second);
			bench.simulator.version3.finishCall(String(id));
			expect(await finished()).toMatchObject([{ id, typeName: 'Incoming' }]);
			expect(await finished()).toEqual([]);
		});
	});
});
