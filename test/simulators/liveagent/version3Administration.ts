// What an administrator reads over API version 3: API keys, the Slack integration, widgets, the system log, the subscription.
import { Problem } from './problem';
import type { Call3, Route3 } from './version3';
import type { Row } from './version3Filters';
import type { Store3 } from './version3Writes';

/** How a list is cut into pages; the ones of API version 3 know it. */
export interface Lists3 {
	cursorList: (path: string, rows: () => Row[]) => Route3;
	count: (path: string, rows: () => Row[]) => Route3;
}

/** All routes of this file. */
export function administrationRoutes({ account, tables, carryOut }: Store3, lists: Lists3): Route3[] {
	const channels: Row[] = [{ id: 'C024BE91L', name: 'support', topic: '', purpose: '', num_members: 4, is_private: false }];
	const keys: Row[] = ['Reports', 'Old dialer'].map((name, index) => ({
		id: index + 1,
		key: `secret-of-key-${index + 1}`,
		name,
		type: 'A',
		valid_to_date: '',
		whitelist: '',
	}));
	const users: Row[] = [{ id: 'U024BE7LH', name: 'nina', real_name: 'Nina Park', display_name: 'Nina' }];
	const templates: Row[] = [{ id: 'tp000001', name: 'New ticket', class_name: 'TicketCreated', body: 'A new ticket' }];
	const widgets = (): Row[] => [
		{ id: 'wi000001', name: 'Chat with us', type: 'C', status: 'A', online_code: '<b>Chat</b>', impressions: '120', tickets: '4' },
	];
	const log = (): Row[] => [
		{ id: 'lo000001', logid: '1', level: 'error', type: 'mail', message: 'Mail was refused', created: new Date(account.now()) },
	];
	const one = (path: string, rows: Row[]): Route3 => ({ method: 'GET', path, handle: (call) => ({ body: find(rows, call) }) });
	const subscription = (part: string, body: unknown): Route3 => ({
		method: 'GET',
		path: `/subscriptions/{id}/${part}`,
		handle: () => ({ body }),
	});
	return [
		lists.cursorList('/apikeys', () => keys),
		lists.count('/api/v3/count', () => keys),
		one('/apikeys/{id}', keys),
		{
			method: 'DELETE',
			path: '/apikeys/{id}',
			handle: (call) => {
				keys.splice(keys.indexOf(find(keys, call)), 1);
				carryOut('apiKey.delete', call.params);
				return { body: {} };
			},
		},
		{ method: 'GET', path: '/api/privileges', handle: () => ({ body: [{ object: 'tickets', privileges: ['read', 'write'] }] }) },
		lists.cursorList('/slack/conversations', () => channels),
		one('/slack/conversation/{id}', channels),
		lists.cursorList('/slack/users', () => users),
		one('/slack/user/{id}', users),
		{ method: 'GET', path: '/slack/templates', handle: () => ({ body: templates }) },
		one('/slack/template/{id}', templates),
		{
			method: 'PUT',
			path: '/slack/template/{id}',
			handle: (call) => {
				const template = find(templates, call);
				for (const key of Object.keys(template)) if (key !== 'id') delete template[key];
				carryOut('slackTemplate.update', call.body);
				return { body: Object.assign(template, call.body) };
			},
		},
		lists.cursorList('/grid/contact-widgets', widgets),
		lists.count('/grid/contact-widgets/count', widgets),
		lists.cursorList('/grid/eventlogs', log),
		lists.count('/grid/eventlogs/count', log),
		lists.count('/grid/chats/count', () => account.conversations.list().filter(({ channel }) => channel === 'B').map(({ id }) => ({ id }))),
		subscription('billingStatus', { valid_to: Math.floor(account.now() / 1000) + 86_400, has_errors: false }),
		subscription('discounts', [{ name: 'First year', type: 'permanent', value_type: 'per_cent', value: 10 }]),
		subscription('domain', { domain: 'acme.ladesk.com' }),
		one('/variations/{id}', [{ id: 'vr000001', name: 'Large', product_name: 'LiveAgent', billable: true }]),
		{
			method: 'GET',
			path: '/users/{id}',
			handle: (call) => ({ body: find(account.agents.list().map(({ id, email }) => ({ id, email, role: 'agent' })), call) }),
		},
		{
			method: 'GET',
			path: '/agent_phone/{id}',
			handle: ({ params }) => ({ body: tables.phones.find((phone) => phone.agent_id === params.id) ?? missing() }),
		},
		{
			method: 'PUT',
			path: '/agent_phone/{id}',
			handle: ({ params, query }) => {
				const phone = tables.phones.find(({ id }) => id === query.phoneId) ?? missing();
				carryOut('agentPhone.set', query);
				Object.assign(phone, { agent_id: params.id });
				return { body: {} };
			},
		},
	];
}

function find(rows: Row[], { params }: Call3): Row {
	return rows.find(({ id }) => String(id) === params.id) ?? missing();
}

function missing(): never {
	throw new Problem(404, 'Not found');
}
