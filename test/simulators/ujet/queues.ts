import { z } from 'zod';

import type { Account, Menu } from './account';
import { badRequest } from './problem';
import { queryText, queryWhole, readBody, requiredText, text, whole, type Query } from './read';
import { showMenu } from './reports';
import { menuTypes } from './rows';

const shutdownRequest = z.object({
	menu_id: z.array(whole).min(1),
	language: text,
	emergency_shutdown: z.object({
		enabled: z.boolean(),
		message: z.object({ type: z.enum(['tts', 'audio']), content: text }).optional(),
		in_progress_calls: z
			.enum(['allow_finish', 'end_and_redirect_to_after_hours', 'end_and_redirect_to_overcapacity'])
			.optional(),
		queued_calls: z.enum(['disconnect', 'redirect_to_after_hours', 'redirect_to_overcapacity']).optional(),
	}),
});

const quarterHour = 15 * 60 * 1000;
const hour = 60 * 60 * 1000;

function agentNumbers(account: Account, menu: Menu): Record<string, number> {
	const online = account.agentsOf(menu).filter(({ row }) => row.online);
	return {
		logged_in_agents: online.length,
		available_agents: online.filter(({ row }) => row.status.name === 'Available').length,
		breakthrough_agents: online.filter(({ row }) => row.status.setting.breakthrough_enabled).length,
		...menu.shownAgents,
	};
}

function leaves(account: Account): Menu[] {
	return account.menus.list().filter((menu) => !menu.row.deleted && account.isLeaf(menu.id));
}

/** GET /wait_times: queues of a language with their waits in seconds; a channel the queue does not have is absent. */
export function waitTimes(account: Account, query: Query): unknown[] {
	const lang = requiredText(query, 'lang');
	const menuId = queryWhole(query, 'menu_id');
	const menuType = query.menu_type === undefined ? undefined : requiredText(query, 'menu_type', menuTypes);
	const channel =
		query.channel_type === undefined ? undefined : requiredText(query, 'channel_type', ['voice_call', 'chat']);
	if (menuId !== undefined && !account.menus.get(menuId)) throw badRequest(`menu_id ${menuId} is not found`);
	const { from, to } = waitBounds(query);
	return leaves(account)
		.filter((menu) => menu.row.menu_type !== 'email_menu' && menu.languages.includes(lang))
		.filter((menu) => menuType === undefined || menu.row.menu_type === menuType)
		.filter((menu) => menuId === undefined || account.menuChain(menu.id).some(({ id }) => id === menuId))
		.map((menu) => ({ menu, channels: menu.channels.filter((one) => channel === undefined || one === channel) }))
		.filter(({ menu, channels }) => channels.some((one) => menu.wait[one] > from && menu.wait[one] < to))
		.map(({ menu, channels }) => ({
			menu_id: menu.id,
			menu_type: menu.row.menu_type,
			...Object.fromEntries(channels.map((one) => [one, menu.wait[one]])),
			materialized_path: account.menuPath(menu.id)?.name,
			...agentNumbers(account, menu),
		}));
}

function waitBounds(query: Query): { from: number; to: number } {
	const bounds = (typeof query.wait === 'object' && query.wait !== null ? query.wait : {}) as Query;
	return { from: queryWhole(bounds, 'from', 1) ?? -1, to: queryWhole(bounds, 'to', 1) ?? Infinity };
}

/** GET /queue_operation_statuses. */
export function operationStatus(account: Account, query: Query): unknown {
	const menuId = Number(requiredText(query, 'menu_id'));
	const lang = requiredText(query, 'lang');
	const channel_type = requiredText(query, 'channel_type', ['call', 'chat']);
	const menu = account.menus.get(menuId);
	if (!menu || menu.row.deleted) throw badRequest(`menu_id ${String(query.menu_id)} is not found`);
	if (!menu.languages.includes(lang)) throw badRequest(`Language '${lang}' is not available`);
	return {
		menu_id: menu.id,
		lang,
		channel_type,
		after_hour: menu.afterHours || menu.shutdown !== null,
		overcapacity: menu.overCapacity,
	};
}

/** GET /queues/status: live figures of leaf queues. */
export function queueStatus(account: Account, query: Query): unknown {
	const lang = requiredText(query, 'lang');
	const menuType = requiredText(query, 'menu_type', menuTypes);
	const ids = [query.menu_id ?? []].flat().map(Number);
	if (ids.length === 0) throw badRequest('menu_id is required');
	const hours = queryWhole(query, 'callback_period_hours', 1) ?? 4;
	if (hours > 8) throw badRequest('callback_period_hours is invalid');
	const start = callbackStart(account, queryText(query, 'callback_start_from'));
	const queues = ids.map((id) => {
		const menu = account.menus.get(id);
		if (!menu || menu.row.deleted || menu.row.menu_type !== menuType) throw badRequest(`menu_id ${id} is not found`);
		if (!account.isLeaf(id)) throw badRequest(`menu_id ${id} is not a leaf`);
		return {
			menu_id: id,
			menu_type: menuType,
			lang,
			materialized_path: account.menuPath(id)?.name,
			current_queue_ewt: menu.wait[menu.channels[0] ?? 'voice_call'],
			scheduled_callback_ewt: 0,
			...agentNumbers(account, menu),
			callback_periods: callbackPeriods(account, menu, start, hours),
		};
	});
	return { queues };
}

function callbackStart(account: Account, value: string | undefined): number {
	const now = account.now();
	if (value === undefined) return now;
	const start = Date.parse(value);
	// A minute of grace, for the way of the request.
	if (Number.isNaN(start) || start < now - 60_000 || start > now + 24 * hour)
		throw badRequest('callback_start_from is invalid');
	return start;
}

function callbackPeriods(account: Account, menu: Menu, start: number, hours: number): unknown[] {
	const first = Math.ceil(start / quarterHour) * quarterHour;
	const booked = account.calls.list().filter(({ row, menuId }) => row.status === 'scheduled' && menuId === menu.id);
	return Array.from({ length: hours * 4 }, (_, index) => {
		const from = first + index * quarterHour;
		const to = from + quarterHour;
		const inside = booked.filter(
			({ row }) => Date.parse(row.scheduled_at ?? '') >= from && Date.parse(row.scheduled_at ?? '') < to,
		);
		const text = account.time(from);
		return {
			date: text.slice(0, 10).replaceAll('-', ''),
			start_time: text.slice(11, 16),
			end_time: account.time(to).slice(11, 16),
			scheduled_calls: inside.length,
			max_slots: 2,
		};
	});
}

/** POST /menus/shutdown: answers with the settings applied. */
export function setShutdown(account: Account, body: unknown): unknown {
	const request = readBody(shutdownRequest, body);
	const menus = request.menu_id.map((id) => {
		const menu = account.menus.get(id);
		if (!menu || menu.row.deleted) throw badRequest(`menu_id ${id} is not found`);
		if (!menu.languages.includes(request.language)) throw badRequest(`Language '${request.language}' is not available`);
		return menu;
	});
	for (const menu of menus) {
		menu.shutdown = request.emergency_shutdown.enabled ? request.emergency_shutdown : null;
		account.carryOut('queue.setEmergencyShutdown', { menu_id: menu.id, enabled: request.emergency_shutdown.enabled });
	}
	return request;
}

/** GET /menus/tree. */
export function menuTree(account: Account, query: Query): unknown[] {
	const type = query.menu_type === undefined ? undefined : requiredText(query, 'menu_type', menuTypes);
	const lang = query.lang === undefined ? undefined : requiredText(query, 'lang', ['en', 'es', 'fr', 'de']);
	const menus = account.menus
		.list()
		.filter(
			({ row, languages }) => !row.deleted && (!type || row.menu_type === type) && (!lang || languages.includes(lang)),
		);
	const below = (parent: number | null): unknown[] =>
		menus
			.filter(({ row }) => row.parent_id === parent)
			.map((menu) => ({ ...showMenu(account, menu), children: below(menu.id) }));
	return below(null);
}

/** GET /menus/current_status: queues in which somebody waits now. */
export function currentStatus(account: Account): unknown[] {
	const waiting = (sessions: ReadonlyArray<{ menuId: number | null; row: { status: string; created_at: string } }>) =>
		sessions.filter(({ row }) => row.status === 'queued');
	const calls = waiting(account.calls.list());
	const chats = waiting(account.chats.list());
	return account.menus.list().flatMap((menu) => {
		const inside = [...calls, ...chats].filter(({ menuId }) => menuId === menu.id);
		if (inside.length === 0) return [];
		const durations = inside.map(({ row }) => Math.round((account.now() - Date.parse(row.created_at)) / 1000));
		return [
			{
				...menu.row,
				queued_calls: calls.filter(({ menuId }) => menuId === menu.id).length,
				queued_chats: chats.filter(({ menuId }) => menuId === menu.id).length,
				max_queue_duration: Math.max(...durations),
				average_queue_duration: Math.round(durations.reduce((sum, one) => sum + one, 0) / durations.length),
			},
		];
	});
}

/** Percent of the sessions of a queue that were answered in time during the last minutes; 100 when there were none. */
function slaOf(account: Account, menus: Menu[], channel: 'call' | 'chat', minutes: number): number {
	const set = menus.map((menu) => menu.sla[channel]).filter((value) => value !== undefined);
	if (set.length > 0) return Math.min(...set);
	const since = account.now() - minutes * 60_000;
	const sessions = channel === 'call' ? account.calls.list() : account.chats.list();
	const events = sessions
		.filter(({ menuId }) => menus.some(({ id }) => id === menuId))
		.flatMap(({ row }) => row.queue_durations)
		.filter(({ ended_at }) => ended_at !== null && Date.parse(ended_at) >= since)
		.map(({ service_level_event }) => service_level_event)
		.filter((event) => event !== 'excluded');
	const inTime = events.filter((event) => event === 'in_sla').length;
	return events.length === 0 ? 100 : Math.round((inTime / events.length) * 1000) / 10;
}

function slaQuery(query: Query): { channel: 'call' | 'chat'; minutes: number } {
	const channel = requiredText(query, 'channel', ['call', 'chat']) as 'call' | 'chat';
	requiredText(query, 'minutes');
	return { channel, minutes: queryWhole(query, 'minutes', 1) as number };
}

/** GET /menus/sla. */
export function slaByMenu(account: Account, query: Query): unknown[] {
	const { channel, minutes } = slaQuery(query);
	const name = channel === 'call' ? 'voice_call' : 'chat';
	return leaves(account)
		.filter((menu) => menu.channels.includes(name))
		.map((menu) => ({
			menu_path_id: menu.id,
			name: account.menuPath(menu.id)?.name,
			menu_type: menu.row.menu_type,
			sla: slaOf(account, [menu], channel, minutes),
		}));
}

/** GET /menus/sla_by_queue_group: a group is a root menu with everything below. */
export function slaByGroup(account: Account, query: Query): unknown[] {
	const { channel, minutes } = slaQuery(query);
	const roots = account.menus.list().filter(({ row }) => row.parent_id === null && !row.deleted);
	return roots.map((root) => ({
		queue_group: root.row.name,
		sla: slaOf(
			account,
			leaves(account).filter((menu) => account.menuChain(menu.id)[0] === root),
			channel,
			minutes,
		),
	}));
}

/** GET /menus/operation_hours. */
export function operationHours(): unknown[] {
	const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
	return [
		{
			id: 1,
			name: 'Default hours',
			time_zone: 'America/Los_Angeles',
			hours: days.map((day) => ({ day, open: '08:00', close: '18:00' })),
		},
		{
			id: 2,
			name: 'Always open',
			time_zone: 'UTC',
			hours: [...days, 'saturday', 'sunday'].map((day) => ({ day, open: '00:00', close: '24:00' })),
		},
	];
}
