// API version 3 of the same account: JSON, plain answers, `_filters`, pages and cursors.
import { isUploadedFile } from '../kit';
import type { Account } from './account';
import { Problem } from './problem';
import { channelNames } from './records';
import type { Conversation, Customer, Label } from './records';
import { administrationRoutes } from './version3Administration';
import { Agents3 } from './version3Agents';
import { cursorPageOf, pageOf, selectRows, type Query, type Row } from './version3Filters';
import { keyOfTable, writeRoutes, type Store3 } from './version3Writes';

/** Behaviour that the vendor does not document. */
export interface Version3Habits {
	/** Most rows in a page, whatever is asked (default 1000). */
	v3PageLimit?: number;
	/** Fields by which contacts can be filtered; default: email, phone, id and dates. */
	v3ContactFilters?: string[];
	/** IDs of contacts that the search does not know yet, though they are there. */
	v3UnindexedContacts?: string[];
}

/** A request of version 3. */
export interface Call3 {
	params: Record<string, string>;
	query: Query;
	body: Record<string, unknown>;
}

/** An answer: a body, and the cursor of the next page. */
export interface Answer3 {
	body: unknown;
	cursor?: string;
}

/** One operation of version 3. */
export interface Route3 {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
	handle: (call: Call3) => Answer3;
}

const ticketFilters = [
	'search',
	'status',
	'tags',
	'channel_type',
	'subject',
	'owner_contactid',
	'agentid',
	'departmentid',
	'date_created',
	'date_changed',
];

const changeableTicketKeys: Record<string, keyof Conversation> = {
	owner_contactid: 'customerId',
	departmentid: 'departmentId',
	agentid: 'agentId',
	status: 'status',
	subject: 'subject',
	tags: 'tags',
	custom_fields: 'customFields',
};

/** What only version 3 knows of the account, and the routes to it. */
export class Version3 {
	/** What a contact has beside its customer record. */
	private readonly contactExtras = new Map<string, Row>();
	/** Rows of what version 1 does not know, by the first part of their path. */
	readonly tables: Record<string, Row[]>;
	private readonly tagDates = new Map<string, number>();
	/** Availability of devices in departments, by both IDs. */
	private readonly presets = new Map<string, string>();
	private readonly histories = new Map<string, Row[]>();
	private readonly store: Store3;
	private readonly agents: Agents3;
	private counter = 0;

	constructor(
		private readonly account: Account,
		private readonly habits: Version3Habits,
		private readonly carryOut: (name: string, payload: unknown) => void,
	) {
		this.tables = {
			companies: [],
			calls: [],
			devices: [],
			slas: [],
			canned_messages: [],
			predefined_answers: [],
			filters: [],
			phone_numbers: [],
			phones: [],
			extensions: [],
			bans: [],
			timeReports: [],
			custom_buttons: [],
			viber_accounts: [],
		};
		this.store = { account, tables: this.tables, carryOut, nextId: (prefix) => this.nextId(prefix) };
		this.agents = new Agents3(this.store);
	}

	/** Records of each kind for the demonstration account. */
	seedDemo(): void {
		const { account, tables } = this;
		const [agent] = account.agents.list();
		const [department] = account.departments.list();
		const [conversation] = account.conversations.list();
		for (const name of ['Silva Imports', 'Petit Atelier']) this.addCompany({ name });
		for (let index = 0; index < 3; index += 1) this.addCall({ finished: account.now() - index * 60_000 });
		tables.devices.push(
			...['M', 'T', 'P'].map((service, index) => ({
				id: index + 1,
				agent_id: agent.id,
				type: 'W',
				service_type: service,
				online_status: 'N',
				preset_status: 'N',
				route_if_offline: 'Y',
			})),
		);
		tables.slas.push({ id: 'sl000001', name: 'Standard', values: { first_answer: 120 } });
		tables.canned_messages.push({ id: 'cm000001', messagetext: 'Good morning', departmentid: department.id });
		tables.predefined_answers.push({ id: 'pa000001', name: 'Late parcel', body: 'It is on its way', format: 'T' });
		tables.filters.push({ filter_id: 'fl000001', name: 'Open', rtype: 'C', is_public: true, conditions: [] });
		tables.phone_numbers.push({ id: 'pn000001', number: '+14155550100', name: 'Main line', status: 'A', type: 'S', password: 'sip-secret' });
		tables.phones.push({ id: 'ph000001', type: 'W', name: 'Browser phone', agent_id: agent.id });
		tables.extensions.push({ id: 'ex000001', number: '201', status: 'A' });
		tables.bans.push({ id: 1, start_ip: '203.0.113.1', end_ip: '203.0.113.9', date_created: new Date(account.now()) });
		tables.custom_buttons.push({ id: 'cb000001', name: 'CRM', url: 'https://crm.example.com', method: 'GET', type: 'E', status: 'A' });
		tables.viber_accounts.push({ id: 'vb000001', name: 'Support on Viber', department_id: department.id, status: 'A' });
		tables.timeReports.push({ id: 1, agentid: agent.id, conversationid: conversation.id, spenttime: '60', type: 'manual' });
	}

	/** A finished or running call of a ticket. */
	addCall(input: { id?: string; finished?: number; started?: number; visibleAt?: number } = {}): Row {
		const started = input.started ?? (input.finished ?? this.account.now()) - 60_000;
		const row: Row = {
			id: input.id ?? this.nextId('cl'),
			ticketId: this.account.conversations.list()[0]?.id ?? '',
			type: 'I',
			fromNumber: '+14155550123',
			toNumber: '+14155550100',
			dateCreated: new Date(started),
			dateAnswered: new Date(started + 5_000),
			dateFinished: input.finished === undefined ? '' : new Date(input.finished),
			callDuration: input.finished === undefined ? '' : String((input.finished - started) / 1000),
		};
		this.tables.calls.push(row);
		return row;
	}

	/** Ends a running call. */
	finishCall(id: string): void {
		const row = this.tables.calls.find((call) => call.id === id);
		if (row !== undefined) row.dateFinished = new Date(this.account.now());
	}

	addCompany(input: Row): Row {
		const row: Row = {
			id: this.nextId('co'),
			type: 'V',
			emails: [],
			phones: [],
			groups: [],
			...input,
			date_created: new Date(this.account.now()),
			date_changed: new Date(this.account.now()),
		};
		this.tables.companies.push(row);
		return row;
	}

	/** Takes a change of a contact in, as its agent would make it. */
	changeContact(id: string, body: Row): Row {
		const { account } = this;
		const { firstname, lastname, note, groups, custom_fields: fields, emails, ...extras } = body;
		account.customers.update(id, {
			...(firstname === undefined ? {} : { firstName: String(firstname) }),
			...(lastname === undefined ? {} : { lastName: String(lastname) }),
			...(note === undefined ? {} : { note: String(note) }),
			...(groups === undefined ? {} : { groups: groups as string[] }),
			...(fields === undefined ? {} : { customFields: fields as Customer['customFields'] }),
		});
		const given = emails === undefined ? {} : { emails };
		this.contactExtras.set(id, {
			...this.contactExtras.get(id),
			...extras,
			...given,
			date_changed: new Date(account.now()),
		});
		return this.contact(account.customers.get(id) as Customer);
	}

	/** Sets the tags of a ticket. */
	setTags(id: string, tags: string[]): void {
		this.tagDates.set(id, this.account.now());
		this.account.conversations.update(id, { tags, changed: this.account.now() });
	}

	/** All operations. */
	routes(): Route3[] {
		return [
			...this.ticketRoutes(),
			...this.contactRoutes(),
			...this.directoryRoutes(),
			...this.tableRoutes(),
			...this.agents.routes(),
			...writeRoutes(this.store),
			...administrationRoutes(this.store, {
				cursorList: (path, rows) => this.cursorList(path, rows),
				count: (path, rows) => this.count(path, rows),
			}),
		];
	}

	private ticketRoutes(): Route3[] {
		const { account } = this;
		const find = ({ params: { ticketId } }: Call3): Conversation => {
			const found = account.conversations.get(ticketId) ?? account.conversations.list().find(({ code }) => code === ticketId);
			return found ?? missing('Ticket');
		};
		const history = (conversations: readonly Conversation[]): Row[] =>
			conversations.flatMap((conversation) => this.historyOf(conversation));
		const slaLog = (): Row[] =>
			account.conversations.list().map((row) => ({
				id: `s${row.id}`,
				conversationid: row.id,
				code: row.code,
				sla_level_name: 'Standard',
				sla: '120',
				date_created: new Date(row.created),
				date_due: new Date(row.created + 7_200_000),
				date_closed: '',
			}));
		return [
			this.list('/tickets', () => this.tickets(), ticketFilters),
			this.count('/grid/tickets/count', () => this.tickets(), ticketFilters),
			this.cursorList('/tickets/history', () => history(account.conversations.list())),
			this.count('/tickets/history/count', () => history(account.conversations.list())),
			...['tickets', 'chats', 'calls'].flatMap((kind) => [
				this.cursorList(`/grid/${kind}/sla`, slaLog),
				this.count(`/grid/${kind}/sla/count`, slaLog),
			]),
			{ method: 'POST', path: '/tickets', handle: (call) => ({ body: this.createTicket(call.body) }) },
			{ method: 'GET', path: '/tickets/{ticketId}', handle: (call) => ({ body: this.ticket(find(call)) }) },
			{
				method: 'PUT',
				path: '/tickets/{ticketId}',
				handle: (call) => {
					const { id } = find(call);
					const changes = Object.entries(changeableTicketKeys).filter(([key]) => call.body[key] !== undefined);
					const own = Object.fromEntries(changes.map(([key, name]) => [name, call.body[key]]));
					account.conversations.update(id, { ...(own as Partial<Conversation>), changed: account.now() });
					this.carryOut('ticket.update', call.body);
					return { body: this.ticket(find(call)) };
				},
			},
			{
				method: 'DELETE',
				path: '/tickets/{ticketId}',
				handle: (call) => {
					account.setStatus(find(call).id, 'X');
					this.carryOut('ticket.delete', call.params);
					return { body: {} };
				},
			},
			{ method: 'GET', path: '/tickets/{ticketId}/history', handle: (call) => ({ body: history([find(call)]) }) },
			{
				method: 'GET',
				path: '/tickets/{ticketId}/messages',
				handle: (call) => ({
					body: this.page(
						find(call).groups.map((group) => ({
							id: group.id,
							userid: group.userId,
							type: group.type,
							status: 'V',
							datecreated: new Date(group.created),
							datefinished: new Date(group.finished),
							messages: group.messages.map((row) => ({
								id: row.id,
								userid: row.userId,
								type: row.type,
								datecreated: new Date(row.created),
								message: row.text,
							})),
						})),
						call.query,
					),
				}),
			},
			{
				method: 'GET',
				path: '/tickets/{ticketId}/sla',
				handle: (call) => ({ body: { conversationid: find(call).id, sla_level_name: 'Standard', first_answer: '120' } }),
			},
			{
				method: 'PUT',
				path: '/tickets/{ticketId}/postpone',
				handle: (call) => {
					account.setStatus(find(call).id, 'W');
					this.carryOut('ticket.postpone', call.body);
					return { body: {} };
				},
			},
			{
				method: 'GET',
				path: '/tickets/{ticketId}/attributes/{attributeName}',
				handle: (call) => ({ body: { name: call.params.attributeName, value: find(call).ownerNote } }),
			},
			{
				method: 'PUT',
				path: '/tickets/{ticketId}/attributes/{attributeName}',
				handle: (call) => {
					account.conversations.update(find(call).id, { ownerNote: String(call.body.value), changed: account.now() });
					this.carryOut('ticket.setAttribute', call.body);
					return { body: {} };
				},
			},
		];
	}

	private contactRoutes(): Route3[] {
		const { account } = this;
		const contacts = () => account.customers.list().map((row) => this.contact(row));
		const find = ({ params: { contactId } }: Call3): Customer => account.customers.get(contactId) ?? missing('Contact');
		const filters = this.habits.v3ContactFilters ?? ['id', 'email', 'search', 'date_created', 'date_changed'];
		/** Custom fields by their code, where the vendor filters by them. */
		const filteredFields = ({ custom_fields: fields }: Row): Row =>
			Object.fromEntries(
				(fields as Customer['customFields']).filter(({ code }) => filters.includes(code)).map(({ code, value }) => [code, value]),
			);
		const withoutDetails = ({ custom_fields: _fields, note: _note, ...row }: Row) => row;
		return [
			// The list leaves out custom fields; `email` filters by any of the emails.
			this.list('/contacts', () => contacts()
					.filter(({ id }) => this.habits.v3UnindexedContacts?.includes(String(id)) !== true)
					.map((row) => ({ ...withoutDetails(row), email: row.emails, ...filteredFields(row) })),
				filters,
			),
			{
				method: 'POST',
				path: '/contacts',
				handle: ({ body }) => {
					const known = contacts().find((row) => shares(row.emails, body.emails) || shares(row.phones, body.phones));
					if (known !== undefined) throw new Problem(400, `Contact information already exist (${String(known.id)})`);
					const [email = ''] = (body.emails ?? []) as string[];
					const { id } = account.addCustomer({ email, firstName: '', lastName: '', phone: '' });
					this.carryOut('contact.create', body);
					return { body: this.changeContact(id, body) };
				},
			},
			{ method: 'GET', path: '/contacts/{contactId}', handle: (call) => ({ body: this.contact(find(call)) }) },
			...(['PUT', 'PATCH'] as const).map((method): Route3 => ({
				method,
				path: '/contacts/{contactId}',
				handle: (call) => {
					const { id } = find(call);
					this.carryOut('contact.change', call.body);
					// PUT replaces: what is left out is emptied.
					if (method === 'PUT') this.contactExtras.delete(id);
					const emptied = { firstname: '', lastname: '', note: '', groups: [], custom_fields: [], emails: [], phones: [] };
					return { body: this.changeContact(id, method === 'PUT' ? { ...emptied, ...call.body } : call.body) };
				},
			})),
			{
				method: 'DELETE',
				path: '/contacts/{contactId}',
				handle: (call) => {
					if (!['true', 'false'].includes(String(call.query.deleteTickets))) throw new Problem(400, 'deleteTickets is missing');
					account.customers.remove(find(call).id);
					this.carryOut('contact.delete', call.query);
					return { body: {} };
				},
			},
			{
				method: 'GET',
				path: '/contact_phones/{phone}',
				handle: ({ params: { phone } }) => {
					const found = contacts().find((row) => shares(row.phones, [phone])) ?? missing('Phone');
					return { body: { phone, contact: withoutDetails(found) } };
				},
			},
			this.cursorList('/contact_phones', () =>
				contacts().flatMap((row) => (row.phones as string[]).map((phone) => ({ phone, contact: withoutDetails(row) }))),
			),
			{
				method: 'GET',
				path: '/page_visits/{contactId}/contact',
				handle: (call) => ({
					body: this.page(
						[{ url: 'https://shop.example.com/', title: 'Shop', date_visit: new Date(find(call).created) }],
						call.query,
					),
				}),
			},
		];
	}

	private directoryRoutes(): Route3[] {
		const { account } = this;
		const agents = () => this.agents.rows();
		const departments = () =>
			account.departments.list().map((row) => ({
				department_id: row.id,
				name: row.name,
				online_status: row.preset,
				agent_ids: account.agents.list().map(({ id }) => id),
			}));
		const label = ({ id, name, color, bgColor }: Label) => ({ id, name, color, background_color: bgColor });
		const one = (rows: Row[], key: string, id: string, kind: string) => ({
			body: rows.find((row) => row[key] === id) ?? missing(kind),
		});
		const states = (device?: string, department?: string) =>
			this.tables.devices
				.filter(({ id }) => device === undefined || String(id) === device)
				.flatMap((row) =>
					departments()
						.filter(({ department_id: id }) => department === undefined || id === department)
						.map(({ department_id: id, name }) => ({
							device_id: row.id,
							department_id: id,
							department_name: name,
							user_id: row.agent_id,
							online_status: row.online_status,
							preset_status: this.presets.get(`${String(row.id)} ${id}`) ?? row.preset_status,
						})),
				);
		const labels = (path: string, rows: () => readonly Label[]): Route3[] => [
			{ method: 'GET', path, handle: () => ({ body: rows().map(label) }) },
			// Declared as a list.
			{
				method: 'GET',
				path: `${path}/{id}`,
				handle: ({ params }) => ({ body: [label(rows().find(({ id }) => id === params.id) ?? missing('Label'))] }),
			},
		];
		return [
			{ method: 'GET', path: '/ping', handle: () => ({ body: {} }) },
			{ method: 'GET', path: '/settings', handle: () => ({ body: [{ name: 'TIMEZONE', value: account.local.zone }] }) },
			this.list('/agents', agents),
			this.list('/agents/activity', () => agents().map(({ id }) => ({ id, agent_status: 'A', active_tickets: [] }))),
			{
				method: 'GET',
				path: '/agents/{agentId}/status',
				handle: ({ params }) => ({
					body: departments().map(({ department_id: departmentid }) => ({
						departmentid,
						online_status: account.agents.get(params.agentId)?.online ?? '',
						preset_status: account.agents.get(params.agentId)?.preset ?? '',
					})),
				}),
			},
			this.list('/departments', departments),
			{
				method: 'GET',
				path: '/departments/{departmentId}',
				handle: ({ params }) => one(departments(), 'department_id', params.departmentId, 'Department'),
			},
			...labels('/tags', () => account.tags.list()),
			...labels('/groups', () => account.customerGroups.list()),
			this.list('/chats', () =>
				account.conversations
					.list()
					.filter(({ channel }) => channel === 'B')
					.map((row) => ({ id: row.id, subject: row.subject, status: 'T', date_created: new Date(row.created) })),
			),
			{
				method: 'GET',
				path: '/devices/departments/{departmentId}',
				handle: ({ params }) => ({ body: states(undefined, params.departmentId) }),
			},
			{
				method: 'GET',
				path: '/devices/{deviceId}/departments',
				handle: ({ params, query }) => ({ body: this.page(states(params.deviceId), query) }),
			},
			{
				method: 'GET',
				path: '/devices/{deviceId}/departments/{departmentId}',
				handle: ({ params }) => ({ body: states(params.deviceId, params.departmentId)[0] ?? missing('Device') }),
			},
			{
				method: 'PUT',
				path: '/devices/{deviceId}/departments/{departmentId}',
				handle: ({ params, body }) => {
					if (states(params.deviceId, params.departmentId).length === 0) missing('Device');
					this.presets.set(`${params.deviceId} ${params.departmentId}`, String(body.preset_status));
					this.carryOut('device.updateDepartment', body);
					return { body: states(params.deviceId, params.departmentId)[0] };
				},
			},
			{
				method: 'PUT',
				path: '/devices/departments/update',
				handle: ({ body }) => {
					const given = body.DeviceDepartments as Row[];
					for (const row of given) {
						this.presets.set(`${String(row.device_id)} ${String(row.department_id)}`, String(row.preset_status));
					}
					this.carryOut('device.updateDepartments', body);
					return { body: given.flatMap((row) => states(String(row.device_id), String(row.department_id))) };
				},
			},
			{
				method: 'PUT',
				path: '/devices/{deviceId}',
				handle: ({ params, body }) => {
					const row = this.tables.devices.find(({ id }) => String(id) === params.deviceId) ?? missing('Device');
					const needed = ['agent_id', 'type', 'service_type', 'preset_status'];
					const lacking = needed.find((name) => body[name] === undefined);
					if (lacking !== undefined) throw new Problem(400, `${lacking} is missing`);
					for (const { id } of account.departments.list()) this.presets.delete(`${params.deviceId} ${id}`);
					this.carryOut('device.update', body);
					return { body: Object.assign(row, body) };
				},
			},
			{
				method: 'POST',
				path: '/files',
				handle: ({ body: { file } }) => {
					if (!isUploadedFile(file)) throw new Problem(400, 'No file');
					this.carryOut('file.upload', { name: file.fileName, size: file.content.length });
					return { body: { id: this.nextId('fi'), name: file.fileName, type: file.mimeType, size: file.content.length } };
				},
			},
		];
	}

	/** Lists of what only version 3 knows, and what can be done with one record of them. */
	private tableRoutes(): Route3[] {
		const { tables } = this;
		const cursors = ['calls', 'phone_numbers', 'extensions', 'viber_accounts'];
		const lists = Object.keys(tables)
			.filter((name) => name !== 'timeReports')
			.flatMap((name) => [
				cursors.includes(name)
					? this.cursorList(`/${name}`, () => tables[name])
					: this.list(`/${name}`, () => tables[name].map((row) => ({ ...row, email: row.emails }))),
				this.count(`/${name}/count`, () => tables[name]),
				{
					method: 'GET',
					path: `/${name}/{id}`,
					handle: ({ params }: Call3) => ({
						body: tables[name].find((row) => String(row[keyOfTable(name)]) === params.id) ?? missing(name),
					}),
				} satisfies Route3,
			]);
		return [
			...lists,
			this.cursorList('/grid/reports/time', () => tables.timeReports),
			this.count('/grid/reports/time/count', () => tables.timeReports),
			{
				method: 'POST',
				path: '/companies',
				handle: ({ body }) => {
					this.carryOut('company.create', body);
					return { body: this.addCompany(body) };
				},
			},
			{
				method: 'DELETE',
				path: '/companies/{id}',
				handle: ({ params, query }) => {
					if (!['true', 'false'].includes(String(query.deleteTickets))) throw new Problem(400, 'deleteTickets is missing');
					const index = tables.companies.findIndex(({ id }) => id === params.id);
					if (index < 0) missing('Company');
					tables.companies.splice(index, 1);
					this.carryOut('company.delete', query);
					return { body: {} };
				},
			},
			...this.loginRoutes('/companies', 'company', (id, values) =>
				Object.assign(tables.companies.find((row) => row.id === id) ?? missing('Company'), values),
			),
			...this.loginRoutes('/contacts', 'contact', (id, values) => {
				if (this.account.customers.get(id) === undefined) missing('Contact');
				return this.changeContact(id, values);
			}),
			{
				method: 'PUT',
				path: '/companies/{id}',
				handle: ({ params, body }) => {
					const row = tables.companies.find(({ id }) => id === params.id) ?? missing('Company');
					// PUT replaces: what is left out is emptied.
					for (const key of Object.keys(row)) if (!['id', 'type', 'date_created'].includes(key)) delete row[key];
					this.carryOut('company.update', body);
					return { body: Object.assign(row, body, { date_changed: new Date(this.account.now()) }) };
				},
			},
		];
	}

	private loginRoutes(path: string, kind: string, change: (id: string, values: Row) => Row): Route3[] {
		return [
			{
				method: 'PUT',
				path: `${path}/{id}/_register`,
				handle: ({ params, query }) => {
					if (query.registration_email === undefined) throw new Problem(400, 'registration_email is missing');
					const row = change(params.id, { type: 'R' });
					this.carryOut(`${kind}.register`, query);
					return { body: row };
				},
			},
			{
				method: 'DELETE',
				path: `${path}/{id}/_unregister`,
				handle: ({ params }) => {
					this.carryOut(`${kind}.unregister`, params);
					return { body: change(params.id, { type: 'V' }) };
				},
			},
		];
	}

	private createTicket(body: Record<string, unknown>): Row {
		for (const name of ['useridentifier', 'subject', 'departmentid', 'recipient', 'message']) {
			if (body[name] === undefined) throw new Problem(400, `${name} is missing`);
		}
		if (body.status === 'I') throw new Problem(400, 'Status I is not allowed');
		const { account } = this;
		const from = String(body.useridentifier);
		const customer = account.customers.list().find(({ id, email }) => id === from || email === from);
		const created = account.addConversation({
			subject: String(body.subject),
			departmentId: String(body.departmentid),
			message: String(body.message),
			...(customer === undefined ? {} : { customerId: customer.id }),
			...(body.tags === undefined ? {} : { tags: body.tags as string[] }),
			...(body.custom_fields === undefined ? {} : { customFields: body.custom_fields as Conversation['customFields'] }),
			...(body.status === undefined ? {} : { status: body.status as Conversation['status'] }),
		});
		this.carryOut('ticket.create', body);
		if (body.do_not_send_mail !== 'Y') this.carryOut('mail.send', { to: body.recipient });
		return this.ticket(created);
	}

	/** Which status, department and agent a ticket had from when to when; what changes between two requests counts as one change. */
	private historyOf({ id, code, created, changed, status, departmentId, agentId }: Conversation): Row[] {
		const rows = this.histories.get(id) ?? [];
		const last = rows.at(-1);
		const isSame = last?.status === status && last.department_id === departmentId && last.agent_id === agentId;
		if (!isSame) {
			if (last !== undefined) last.date_to = new Date(changed);
			rows.push({
				id: `h${id}${rows.length === 0 ? '' : String(rows.length)}`,
				conversation_id: id,
				conversation_code: code,
				department_id: departmentId,
				agent_id: agentId,
				status,
				date_from: new Date(last === undefined ? created : changed),
				date_to: '',
			});
		}
		this.histories.set(id, rows);
		return rows;
	}

	private tickets(): Row[] {
		return this.account.conversations.list().map((row) => this.ticket(row));
	}

	private ticket(row: Conversation): Row {
		return {
			id: row.id,
			code: row.code,
			subject: row.subject,
			status: row.status,
			departmentid: row.departmentId,
			agentid: row.agentId,
			owner_contactid: row.customerId,
			owner_email: this.account.customers.get(row.customerId)?.email ?? '',
			tags: [...(row.tags as string[])],
			channel_type: row.channel in channelNames ? row.channel : 'E',
			date_created: new Date(row.created),
			date_changed: new Date(row.changed),
			public_access_urlcode: row.publicCode,
			custom_fields: row.customFields,
		};
	}

	private contact(row: Customer): Row {
		return {
			id: row.id,
			firstname: row.firstName,
			lastname: row.lastName,
			type: row.role,
			gender: row.gender === '' ? 'X' : row.gender,
			emails: row.email === '' ? [] : [row.email],
			phones: row.phone === '' ? [] : [row.phone],
			groups: row.groups,
			date_created: new Date(row.created),
			date_changed: new Date(row.created),
			note: row.note,
			custom_fields: row.customFields,
			...this.contactExtras.get(row.id),
		};
	}

	private list(path: string, rows: () => Row[], known?: string[]): Route3 {
		return { method: 'GET', path, handle: ({ query }) => ({ body: this.page(selectRows(rows(), query, this.account.now(), known), query) }) };
	}

	private cursorList(path: string, rows: () => Row[]): Route3 {
		return {
			method: 'GET',
			path,
			handle: ({ query }) => {
				const { page, next } = cursorPageOf(selectRows(rows(), query, this.account.now()), query, this.habits.v3PageLimit ?? 1000);
				return { body: page, ...(next === undefined ? {} : { cursor: next }) };
			},
		};
	}

	private count(path: string, rows: () => Row[], known?: string[]): Route3 {
		return { method: 'GET', path, handle: ({ query }) => ({ body: { count: selectRows(rows(), query, this.account.now(), known).length } }) };
	}

	private page(rows: Row[], query: Query): Row[] {
		return pageOf(rows, query, this.habits.v3PageLimit ?? 1000);
	}

	private nextId(prefix: string): string {
		this.counter += 1;
		return prefix + String(this.counter).padStart(6, '0');
	}
}

/** Times of an answer in the zone that the request wants: `YYYY-MM-DD HH:MM:SS`. */
export function withTimes(value: unknown, write: (time: number) => string): unknown {
	if (value instanceof Date) return write(value.getTime());
	if (Array.isArray(value)) return value.map((entry) => withTimes(entry, write));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withTimes(entry, write)]));
}

function shares(own: unknown, given: unknown): boolean {
	const texts = [own, given].map((value) => (Array.isArray(value) ? value.map((text) => String(text).toLowerCase()) : []));
	return texts[0].some((text) => texts[1].includes(text));
}

function missing(kind: string): never {
	throw new Problem(404, `${kind} not found`);
}
