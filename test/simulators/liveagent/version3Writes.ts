// What can be created, changed and deleted over API version 3 beside tickets, contacts and companies.
// PUT replaces: what is left out is emptied, as the vendor's client describes whole bodies.
import type { Account } from './account';
import { Problem } from './problem';
import type { Label } from './records';
import type { Call3, Route3 } from './version3';
import type { Row } from './version3Filters';

/** What the writes work on. */
export interface Store3 {
	account: Account;
	tables: Record<string, Row[]>;
	carryOut: (name: string, payload: unknown) => void;
	nextId: (prefix: string) => string;
}

/** A table whose records are created, changed and deleted in the same way. */
interface WritableTable {
	name: string;
	/** In the journal: `ban.create`. */
	kind: string;
	/** Begin of made IDs; records have numbers where it is left out. */
	prefix?: string;
	/** Key of the ID. Default: `id`. */
	key?: string;
	/** Keys without which a record is refused. */
	needed: string[];
	/** Values of a new record. */
	initial?: Row;
	/** What is written once and stays whatever a change says. */
	kept?: string[];
	without?: Array<'create' | 'update'>;
}

const writableTables: WritableTable[] = [
	{ name: 'bans', kind: 'ban', needed: [], kept: ['date_created'] },
	{ name: 'canned_messages', kind: 'cannedMessage', prefix: 'cm', needed: ['messagetext'] },
	{ name: 'custom_buttons', kind: 'customButton', prefix: 'cb', needed: ['url', 'method', 'type'], initial: { status: 'A' } },
	{
		name: 'devices',
		kind: 'device',
		needed: ['agent_id', 'type', 'service_type'],
		initial: { online_status: 'N', preset_status: 'N', route_if_offline: 'Y' },
		without: ['update'],
	},
	{ name: 'filters', kind: 'filter', prefix: 'fl', key: 'filter_id', needed: ['name'], kept: ['rtype'] },
	{ name: 'phone_numbers', kind: 'phoneNumber', prefix: 'pn', needed: ['type', 'number', 'status'] },
	{ name: 'predefined_answers', kind: 'predefinedAnswer', prefix: 'pa', needed: ['name', 'body'], initial: { format: 'T' } },
	{ name: 'viber_accounts', kind: 'viberAccount', prefix: 'vb', needed: ['name'], without: ['create'] },
];

/** The key of a table's records. */
export function keyOfTable(name: string): string {
	return writableTables.find((table) => table.name === name)?.key ?? 'id';
}

/** All writes of this file. */
export function writeRoutes(store: Store3): Route3[] {
	return [
		...writableTables.flatMap((table) => tableWrites(store, table)),
		...labelWrites(store, '/tags', 'tag', 't', () => store.account.tags.list(), (id) => store.account.removeTag(id)),
		...labelWrites(
			store,
			'/groups',
			'customerGroup',
			'g',
			() => store.account.customerGroups.list(),
			(id) => store.account.removeCustomerGroup(id),
		),
		...statusWrites(store),
		...callWrites(store),
		...deviceWrites(store),
		...messageRoutes(store),
	];
}

function tableWrites(store: Store3, table: WritableTable): Route3[] {
	const { name, kind, key = 'id', needed, initial = {}, kept = [], without = [] } = table;
	const rows = () => store.tables[name];
	const find = ({ params }: Call3): Row => rows().find((row) => String(row[key]) === params.id) ?? missing(kind);
	const check = (body: Row) => {
		const lacking = needed.find((field) => body[field] === undefined || body[field] === '');
		if (lacking !== undefined) throw new Problem(400, `${lacking} is missing`);
	};
	const create: Route3 = {
		method: 'POST',
		path: `/${name}`,
		handle: ({ body }) => {
			check(body);
			const id = table.prefix === undefined ? nextNumber(rows()) : store.nextId(table.prefix);
			const row: Row = { ...initial, ...body, [key]: id, ...(kept.includes('date_created') ? { date_created: new Date(store.account.now()) } : {}) };
			rows().push(row);
			store.carryOut(`${kind}.create`, body);
			return { body: row };
		},
	};
	const update: Route3 = {
		method: 'PUT',
		path: `/${name}/{id}`,
		handle: (call) => {
			const row = find(call);
			check(call.body);
			for (const field of Object.keys(row)) if (field !== key && !kept.includes(field)) delete row[field];
			store.carryOut(`${kind}.update`, call.body);
			return { body: Object.assign(row, call.body) };
		},
	};
	const remove: Route3 = {
		method: 'DELETE',
		path: `/${name}/{id}`,
		handle: (call) => {
			rows().splice(rows().indexOf(find(call)), 1);
			store.carryOut(`${kind}.delete`, call.params);
			return { body: {} };
		},
	};
	const all = [...(without.includes('create') ? [] : [create]), ...(without.includes('update') ? [] : [update])];
	// A ban ends; it is not deleted.
	return name === 'bans' ? [...all, expireBan(store, find)] : [...all, remove];
}

function expireBan(store: Store3, find: (call: Call3) => Row): Route3 {
	return {
		method: 'POST',
		path: '/bans/{id}/_expire',
		handle: (call) => {
			store.carryOut('ban.expire', call.params);
			return { body: Object.assign(find(call), { date_valid: new Date(store.account.now()) }) };
		},
	};
}

function labelWrites(
	{ account, carryOut, nextId }: Store3,
	path: string,
	kind: string,
	prefix: string,
	rows: () => readonly Label[],
	removeLabel: (id: string) => void,
): Route3[] {
	const find = ({ params }: Call3): Label => rows().find(({ id }) => id === params.id) ?? missing(kind);
	const shown = ({ id, name, color, bgColor }: Label) => ({ id, name, color, background_color: bgColor });
	const values = ({ name, color, background_color: bgColor }: Row) => {
		if (name === undefined || name === '') throw new Problem(400, 'name is missing');
		return { name: String(name), color: String(color ?? ''), bgColor: String(bgColor ?? '') };
	};
	return [
		{
			method: 'POST',
			path,
			handle: ({ body }) => {
				const input = { id: nextId(prefix), ...values(body) };
				const made = kind === 'tag' ? account.addTag(input) : account.addCustomerGroup(input);
				carryOut(`${kind}.create`, body);
				return { body: shown(made) };
			},
		},
		{
			method: 'PUT',
			path: `${path}/{id}`,
			handle: (call) => {
				carryOut(`${kind}.update`, call.body);
				return { body: [shown(Object.assign(find(call), values(call.body)))] };
			},
		},
		{
			method: 'DELETE',
			path: `${path}/{id}`,
			handle: (call) => {
				removeLabel(find(call).id);
				carryOut(`${kind}.delete`, call.params);
				return { body: {} };
			},
		},
	];
}

/** Switches of records that are already there. */
function statusWrites({ tables, carryOut }: Store3): Route3[] {
	const set = (path: string, table: string, kind: string): Route3 => ({
		method: 'PUT',
		path,
		handle: ({ params, body }) => {
			const row = tables[table].find(({ id }) => String(id) === params.id) ?? missing(kind);
			if (!['A', 'I'].includes(String(body.status))) throw new Problem(400, 'status is wrong');
			carryOut(`${kind}.setStatus`, body);
			return { body: Object.assign(row, { status: body.status }) };
		},
	});
	return [
		set('/phone_numbers/{id}/status', 'phone_numbers', 'phoneNumber'),
		set('/viber_accounts/{id}/status', 'viber_accounts', 'viberAccount'),
		{
			method: 'PUT',
			path: '/extensions/{id}',
			handle: ({ params, body }) => {
				const row = tables.extensions.find(({ id }) => id === params.id) ?? missing('Extension');
				carryOut('extension.update', body);
				return { body: Object.assign(row, body) };
			},
		},
		{
			method: 'GET',
			path: '/phone_numbers/availablePrefix',
			handle: () => {
				const taken = tables.phone_numbers.map((row) => Number(row.dial_out_prefix ?? 0));
				return { body: { prefix: Math.max(0, ...taken) + 1 } };
			},
		},
	];
}

function callWrites({ account, tables, carryOut, nextId }: Store3): Route3[] {
	const find = ({ params }: Call3): Row => tables.calls.find(({ id }) => id === params.callId) ?? missing('Call');
	return [
		{
			method: 'POST',
			path: '/call/_start',
			handle: ({ query }) => {
				const { to_number: toNumber, ticketId, via_number: viaNumber = '' } = query;
				if (toNumber === undefined || ticketId === undefined) throw new Problem(400, 'to_number and ticketId are needed');
				if (account.conversations.get(String(ticketId)) === undefined) missing('Ticket');
				carryOut('call.start', query);
				tables.calls.push({
					id: nextId('cl'),
					ticketId,
					type: 'O',
					fromNumber: viaNumber,
					toNumber,
					dateCreated: new Date(account.now()),
					dateAnswered: '',
					dateFinished: '',
					callDuration: '',
				});
				return { body: {} };
			},
		},
		{
			method: 'GET',
			path: '/calls/{callId}/status',
			handle: (call) => ({ body: { status: find(call).dateFinished === '' ? 'R' : 'F', agentId: '' } }),
		},
		{
			method: 'POST',
			path: '/calls/{callId}/_stop',
			handle: (call) => {
				const row = find(call);
				carryOut('call.stop', call.params);
				if (row.dateFinished === '') row.dateFinished = new Date(account.now());
				return { body: {} };
			},
		},
		{
			method: 'POST',
			path: '/calls/{callId}/messages',
			handle: (call) => {
				const { ticketId } = find(call);
				const { message, type } = call.body;
				account.addMessage({ conversationId: String(ticketId), text: String(message), type: String(type) });
				carryOut('call.addMessage', call.body);
				return { body: {} };
			},
		},
		...['_blind_transfer', '_reroute'].map(
			(action): Route3 => ({
				method: 'POST',
				path: `/calls/{callId}/${action}`,
				handle: (call) => {
					carryOut(`call.${action.slice(1)}`, { ...call.query, id: find(call).id });
					return { body: action === '_reroute' ? { status: 'R', agentId: account.agents.list()[0]?.id ?? '' } : {} };
				},
			}),
		),
	];
}

function deviceWrites({ account, tables, carryOut }: Store3): Route3[] {
	const plans = new Map<string, Row[]>();
	const device = ({ params }: Call3): Row => tables.devices.find(({ id }) => String(id) === params.deviceId) ?? missing('Device');
	const place = ({ params }: Call3) => {
		if (account.departments.get(params.departmentId) === undefined) missing('Department');
		return `${params.deviceId} ${params.departmentId}`;
	};
	return [
		{
			method: 'POST',
			path: '/devices/{deviceId}/departments/{departmentId}/plans',
			handle: (call) => {
				const { id } = device(call);
				const rows = ((call.body.DeviceDepartments ?? []) as Row[]).map((row, index) => ({
					plan_id_start: `${place(call)} ${index}a`,
					plan_id_end: `${place(call)} ${index}b`,
					device_id: id,
					department_id: call.params.departmentId,
					...row,
				}));
				plans.set(place(call), [...(plans.get(place(call)) ?? []), ...rows]);
				carryOut('device.createPlans', call.body);
				return { body: rows };
			},
		},
		{
			method: 'DELETE',
			path: '/devices/{deviceId}/departments/{departmentId}/plans',
			handle: (call) => {
				device(call);
				plans.delete(place(call));
				carryOut('device.deletePlans', call.params);
				return { body: {} };
			},
		},
		{
			method: 'GET',
			path: '/devices/{deviceId}/plans',
			handle: (call) => ({
				body: account.departments.list().flatMap(({ id }) => {
					const rows = plans.get(`${String(device(call).id)} ${id}`);
					return rows === undefined ? [] : [{ department_id: id, plans: rows }];
				}),
			}),
		},
	];
}

/** Single messages of tickets; their IDs are numbers. */
function messageRoutes({ account, carryOut }: Store3): Route3[] {
	const groups = () => account.conversations.list().flatMap((conversation) => conversation.groups);
	const find = ({ params }: Call3) => {
		const group = groups().find(({ messages }) => messages.some(({ id }) => numberIn(id) === params.messageId));
		return group ?? missing('Message');
	};
	return [
		{
			method: 'GET',
			path: '/messages/{messageId}',
			handle: (call) => {
				const found = find(call).messages.find(({ id }) => numberIn(id) === call.params.messageId)!;
				return { body: { id: found.id, userid: found.userId, type: found.type, datecreated: new Date(found.created), message: found.text } };
			},
		},
		{
			method: 'DELETE',
			path: '/messages/{messageId}',
			handle: (call) => {
				const group = find(call);
				group.messages = group.messages.filter(({ id }) => numberIn(id) !== call.params.messageId);
				carryOut('message.delete', call.params);
				return { body: {} };
			},
		},
	];
}

function numberIn(id: string): string {
	return String(Number(id.replace(/\D/g, '')));
}

function nextNumber(rows: Row[]): number {
	return Math.max(0, ...rows.map(({ id }) => Number(id))) + 1;
}

function missing(kind: string): never {
	throw new Problem(404, `${kind} not found`);
}
