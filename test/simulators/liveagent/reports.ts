import { sliceOf } from '../kit';
import { serviceLevelMs, type Account } from './account';
import { activitiesOf, activityFigures, agentFigures, average, type Activity } from './figures';
import { displayDay, LocalTime } from './localTime';
import { hoursOf, inside, intervalsOf, namedPeriodOf, periodOf, type Period } from './period';
import { channelNames, serviceOf } from './records';
import type { Agent, Availability, Channel, Conversation, Service } from './records';
import type { Context, Route } from './routes';
import { oneOf, someOf, text, wholeValue, type Values } from './values';

type Row = Record<string, unknown>;

/** What the account calls its only service level. */
const serviceLevel = { levelid: '3bd9cf58', sla_level_name: 'Urgent', sla_level_id: 'sl77kd10' };

const sharedColumns = [
	...['answers', 'newAnswerAvgTime', 'nextAnswerAvgTime', 'chat_answers', 'chats', 'missed_chats'],
	...['chatPickupAvgTime', 'chatAvgTime', 'calls', 'missed_calls', 'call_seconds', 'not_ranked', 'not_ranked_p'],
	...['rewards', 'rewards_p', 'punishments', 'punishments_p', 'i_messages', 'i_chats', 'i_calls', 'f_chats', 'f_calls'],
];
const perHourColumns = [
	...['answers', 'calls', 'missed_calls', 'call_seconds', 'chats', 'chat_answers', 'missed_chats', 'not_ranked'],
	...['rewards', 'punishments'],
].map((name) => `${name}_ph`);
const agentColumns = [
	...['id', 'contactid', 'firstname', 'lastname', 'worktime'],
	...sharedColumns.filter((name) => !/^[if]_/.test(name)),
	...perHourColumns,
];
const availabilityColumns = [
	...['id', 'userid', 'firstname', 'lastname', 'contactid', 'departmentid', 'department_name'],
	...['hours_online', 'from_date', 'to_date'],
];
const slaLogColumns = [
	...['id', 'conversationid', 'code', 'departmentid', 'department_name', 'levelid', 'sla_level_name', 'sla'],
	...['date_created', 'date_closed', 'server_date_closed', 'date_due', 'server_date_due', 'sla_level_id', 'agentid'],
	...['agent_firstname', 'agent_lastname', 'req_contactid', 'req_firstname', 'req_lastname'],
];
const rankingColumns = [
	...['id', 'rankingType', 'datecreated', 'conversationid', 'agentcontactid', 'agentEmail', 'agent', 'contactid'],
	...['requesterEmail', 'requester', 'comment'],
];

/** A report: its rows for the values of a request. */
interface Report {
	path: string;
	listKey: string;
	/** Columns that may be asked for; without them the report has no choice of columns. */
	columns?: string[];
	rows: (values: Values) => Row[];
}

/** The 20 reports. */
export function reportRoutes(context: Context): Route[] {
	const display = new LocalTime(context.habits.displayTimeZone ?? 'Europe/Bratislava');
	const services: Service[] = ['tickets', 'chats', 'calls'];
	const reports = [
		...activityReports(context),
		...services.flatMap((service) => serviceReports(context, service, display)),
		...(['chats', 'calls'] as const).map((service) => availabilityReport(context, service)),
		rankingReport(context),
	];
	return reports.map(routeOf);
}

/** Paging and choice of columns, the same for all reports. */
function routeOf({ path, listKey, columns, rows }: Report): Route {
	return {
		method: 'GET',
		path: `/reports/${path}`,
		handle: ({ values }) => {
			const limit = wholeValue(values, 'limitcount', 100, 1, 1000);
			const offset = wholeValue(values, 'limitfrom', 0);
			const wanted = columns && someOf(values, 'columns', columns);
			const page = sliceOf(rows(values), offset, limit).rows;
			return { [listKey]: wanted ? page.map((row) => pick(row, wanted)) : page };
		},
	};
}

function pick(row: Row, columns: string[]): Row {
	return Object.fromEntries(columns.map((name) => [name, row[name]]));
}

function activityReports({ account, rows }: Context): Report[] {
	const { number } = rows;
	const figures = (values: Values, keysOf: (activity: Activity) => string[]): ((key: string) => Activity[]) => {
		const groups = groupBy(activitiesOf(account, periodOf(account, values, true)), keysOf);
		return (key) => groups.get(key) ?? [];
	};
	return [
		{
			path: 'agents',
			listKey: 'agents',
			columns: agentColumns,
			rows: (values) => {
				const of = figures(values, ({ agentId }) => [agentId]);
				const period = periodOf(account, values, true);
				return account.agents.list().map((agent) => ({
					id: agent.id,
					contactid: agent.contactId,
					firstname: agent.firstName,
					lastname: agent.lastName,
					...agentFigures(of(agent.id), workMinutes(account, agent, period), number),
				}));
			},
		},
		{
			path: 'channels',
			listKey: 'channels',
			columns: ['id', 'channelName', ...sharedColumns],
			rows: (values) => {
				const of = figures(values, ({ conversation }) => (conversation ? [conversation.channel] : []));
				return (Object.keys(channelNames) as Channel[]).map((channel, index) => ({
					id: String(index + 1),
					channelName: channelNames[channel],
					...activityFigures(of(channel), number),
				}));
			},
		},
		{
			path: 'departments',
			listKey: 'departments',
			columns: ['id', 'departmentName', ...sharedColumns],
			rows: (values) => {
				const of = figures(values, ({ conversation }) => (conversation ? [conversation.departmentId] : []));
				return account.departments
					.list()
					.map(({ id, name }) => ({ id, departmentName: name, ...activityFigures(of(id), number) }));
			},
		},
		{
			path: 'tags',
			listKey: 'tags',
			columns: ['id', 'tagName', ...sharedColumns],
			rows: (values) => {
				const of = figures(values, ({ conversation }) => conversation?.tags ?? []);
				return account.tags.list().map(({ id, name }) => ({ id, tagName: name, ...activityFigures(of(id), number) }));
			},
		},
		{
			path: 'performance',
			listKey: 'performance',
			columns: ['datetime', 'dateto', ...sharedColumns],
			rows: (values) => performanceRows(account, values, number),
		},
	];
}

/** `datetime` is month first, `dateto` year first (vendor example). */
function performanceRows(account: Account, values: Values, number: Context['rows']['number']): Row[] {
	const unit = oneOf(values, 'group_by', ['hour', 'day', 'week', 'month']) ?? 'day';
	const intervals = intervalsOf(account, periodOf(account, values, true), unit);
	const activities = activitiesOf(account, periodOf(account, values, true)).sort(
		(first, second) => first.time - second.time,
	);
	let next = 0;
	return intervals.map(({ from, to }) => {
		const start = next;
		while ((activities[next]?.time ?? Infinity) <= to) next += 1;
		const local = account.local.text(from);
		return {
			datetime: unit === 'hour' ? account.local.display(from) : displayDay(local),
			dateto: account.local.text(to),
			...activityFigures(activities.slice(start, next), number),
		};
	});
}

/** Minutes in which an agent served anything. */
function workMinutes(account: Account, agent: Agent, period: Period): number {
	const mine = account.availabilities.list().filter(({ agentId }) => agentId === agent.id);
	return Math.round(coveredMs(mine, period, account.now()) / 60_000);
}

/** Milliseconds of a period in which at least one of the times lies. */
function coveredMs(availabilities: readonly Availability[], period: Period, now: number): number {
	const spans = availabilities
		.map(({ from, to }) => ({ from: Math.max(from, period.from), to: Math.min(to ?? now, period.to) }))
		.filter(({ from, to }) => from < to)
		.sort((first, second) => first.from - second.from);
	let covered = 0;
	let reached = -Infinity;
	for (const { from, to } of spans) {
		covered += Math.max(0, to - Math.max(from, reached));
		reached = Math.max(reached, to);
	}
	return covered;
}

function serviceReports({ account, rows }: Context, service: Service, display: LocalTime): Report[] {
	const { number } = rows;
	return [
		{
			path: `${service}/agentsavailability`,
			listKey: 'agentsavailability',
			columns: availabilityColumns,
			rows: (values) =>
				availabilitiesOf(account, service, values, periodOf(account, values, false)).map((period) =>
					agentAvailabilityRow(account, period, display),
				),
		},
		{
			path: `${service}/load`,
			listKey: 'loads',
			rows: (values) => loadRows(account, service, values, number),
		},
		{
			path: `${service}/slacompliance`,
			listKey: 'slacompliances',
			rows: (values) => complianceRows(account, service, values, number),
		},
		{
			path: `${service}/slalog`,
			listKey: 'slalogs',
			columns: slaLogColumns,
			rows: (values) => {
				const period = periodOf(account, values, true);
				return measured(account, service, values, period).map((row) => slaLogRow(account, row, display));
			},
		},
	];
}

/** Periods that touch the report's time, by department and agent. */
function availabilitiesOf(account: Account, service: Service, values: Values, period: Period): Availability[] {
	const departmentId = text(values, 'departmentid');
	const agentId = text(values, 'agentid');
	return account.availabilities
		.list()
		.filter((row) => row.service === service && row.from <= period.to && (row.to ?? Infinity) >= period.from)
		.filter((row) => departmentId === undefined || row.departmentId === departmentId)
		.filter((row) => agentId === undefined || row.agentId === agentId);
}

function agentAvailabilityRow(account: Account, row: Availability, display: LocalTime): Row {
	const agent = account.agents.get(row.agentId);
	return {
		id: row.id,
		userid: row.agentId,
		firstname: agent?.firstName ?? '',
		lastname: agent?.lastName ?? '',
		contactid: agent?.contactId ?? '',
		departmentid: row.departmentId,
		department_name: account.departments.get(row.departmentId)?.name ?? '',
		hours_online: duration((row.to ?? account.now()) - row.from),
		from_date: display.display(row.from),
		to_date: row.to === undefined ? 'now' : display.display(row.to),
	};
}

function availabilityReport({ account, rows }: Context, service: Service): Report {
	return {
		path: `${service}/availability`,
		listKey: 'availability',
		rows: (values) => {
			const period = periodOf(account, values, false);
			const times = availabilitiesOf(account, service, values, period);
			return hoursOf(account, period).map((from) => {
				const minutes = coveredMs(times, { from, to: from + 3_600_000 }, account.now()) / 60_000;
				const date = account.local.text(from);
				return { date, mins: rows.number(Math.floor(minutes)), pct: ((minutes / 60) * 100).toFixed(4) };
			});
		},
	};
}

/** Figures at the start of each hour; as nothing is measured in between, average, highest and lowest are equal. */
function loadRows(account: Account, service: Service, values: Values, number: Context['rows']['number']): Row[] {
	const period = periodOf(account, values, false);
	const hours = hoursOf(account, period);
	const work = conversationsOf(account, service, values);
	const queue = countAt(
		hours,
		work.map(({ created, answered, ended }) => ({ from: created, to: answered ?? ended ?? Infinity })),
	);
	const serviced = countAt(
		hours,
		work.flatMap(({ answered, ended }) => (answered === undefined ? [] : [{ from: answered, to: ended ?? Infinity }])),
	);
	const slots = countAt(
		hours,
		availabilitiesOf(account, service, values, period).map(({ from, to }) => ({ from, to: to ?? Infinity })),
	);
	const spread = (name: string, value: number): Row => ({
		[`avg${name}`]: value.toFixed(2),
		[`max${name}`]: number(value),
		[`min${name}`]: number(value),
	});
	return hours.map((hour, index) => ({
		date: account.local.text(hour),
		...spread('Queue', queue[index] ?? 0),
		...spread('Slots', slots[index] ?? 0),
		...spread('Service', serviced[index] ?? 0),
	}));
}

/** How many spans (end excluded) hold each time; times are an hour apart and in order. */
function countAt(times: number[], spans: Period[]): number[] {
	const changes = new Array<number>(times.length + 1).fill(0);
	const start = times[0] ?? 0;
	const indexOf = (time: number): number => Math.min(times.length, Math.max(0, Math.ceil((time - start) / 3_600_000)));
	for (const { from, to } of spans) {
		const [first, end] = [indexOf(from), indexOf(to)];
		changes[first] = (changes[first] ?? 0) + 1;
		changes[end] = (changes[end] ?? 0) - 1;
	}
	let current = 0;
	return times.map((_, index) => (current += changes[index] ?? 0));
}

function conversationsOf(account: Account, service: Service, values: Values): Conversation[] {
	const departmentId = text(values, 'departmentid');
	const agentId = text(values, 'agentid') ?? text(values, 'userid');
	const requesterId = text(values, 'requesterid');
	return account.conversations
		.list()
		.filter(({ channel }) => serviceOf(channel) === service)
		.filter((row) => departmentId === undefined || row.departmentId === departmentId)
		.filter((row) => agentId === undefined || row.agentId === agentId)
		.filter((row) => requesterId === undefined || row.customerId === requesterId);
}

/** Conversations whose first answer, which ends the service level record, lies in the period; oldest answer first. */
function measured(account: Account, service: Service, values: Values, period: Period): Conversation[] {
	const level = text(values, 'slalevelid');
	if (level !== undefined && level !== serviceLevel.levelid) return [];
	return conversationsOf(account, service, values)
		.filter(({ answered }) => answered !== undefined && inside(period, answered))
		.sort((first, second) => (first.answered ?? 0) - (second.answered ?? 0));
}

function slaLogRow(account: Account, row: Conversation, display: LocalTime): Row {
	const agent = account.agents.get(row.agentId);
	const requester = account.customers.get(row.customerId);
	const closed = row.answered ?? row.created;
	const due = row.created + serviceLevelMs;
	return {
		id: String(41_000 + row.number),
		conversationid: row.id,
		code: row.code,
		departmentid: row.departmentId,
		department_name: account.departments.get(row.departmentId)?.name ?? '',
		...serviceLevel,
		sla: duration(closed - due),
		date_created: display.display(row.created),
		date_closed: display.display(closed),
		server_date_closed: account.local.text(closed),
		date_due: display.display(due),
		server_date_due: account.local.text(due),
		agentid: row.agentId,
		agent_firstname: agent?.firstName ?? '',
		agent_lastname: agent?.lastName ?? '',
		req_contactid: row.customerId,
		req_firstname: requester?.firstName ?? '',
		req_lastname: requester?.lastName ?? '',
	};
}

function complianceRows(account: Account, service: Service, values: Values, number: Context['rows']['number']): Row[] {
	const rows = measured(account, service, values, namedPeriodOf(account, values));
	const hours = groupBy(rows, ({ answered }) => [`${account.local.text(answered ?? 0).slice(0, 13)}:00:00`]);
	return [...hours].map(([date, inHour]) => {
		const times = inHour.map(({ answered, created }) => ((answered ?? created) - created) / 1000);
		const limit = serviceLevelMs / 1000;
		const kept = times.filter((time) => time <= limit);
		const late = times.filter((time) => time > limit);
		return {
			date,
			...spreadOf('fulfilled', 'Fulfilled', kept, number),
			...spreadOf('unfulfilled', 'Unfulfilled', late, number),
		};
	});
}

/** `fulfilled`, `avgFulfilledTime` and so on; `title` is the name with a large first letter. */
function spreadOf(name: string, title: string, times: number[], number: Context['rows']['number']): Row {
	const sorted = [...times].sort((first, second) => first - second);
	return {
		[name]: number(times.length),
		[`avg${title}Time`]: number(Math.round(average(times))),
		[`max${title}Time`]: number(sorted.at(-1) ?? 0),
		[`min${title}Time`]: number(sorted[0] ?? 0),
	};
}

function rankingReport({ account }: Context): Report {
	return {
		path: 'ranking',
		listKey: 'ranks',
		columns: rankingColumns,
		rows: (values) => {
			const period = periodOf(account, values, true);
			const agentId = text(values, 'agentid');
			const contactId = text(values, 'contactid');
			const types = someOf(values, 'types', ['W', 'P']);
			return account.rankings
				.list()
				.filter((row) => inside(period, row.created) && (types?.includes(row.type) ?? true))
				.filter((row) => agentId === undefined || row.agentId === agentId)
				.filter((row) => contactId === undefined || row.customerId === contactId)
				.map((row) => {
					const agent = account.agents.get(row.agentId);
					const requester = account.customers.get(row.customerId);
					return {
						id: row.id,
						rankingType: row.type,
						datecreated: account.local.text(row.created),
						conversationid: row.conversationId,
						agentcontactid: agent?.contactId ?? '',
						agentEmail: agent?.email ?? '',
						agent: nameOf(agent),
						contactid: row.customerId,
						requesterEmail: requester?.email ?? '',
						requester: nameOf(requester),
						comment: row.comment,
					};
				});
		},
	};
}

function nameOf(person: { firstName: string; lastName: string } | undefined): string {
	return person ? `${person.firstName} ${person.lastName}`.trim() : '';
}

/** `[-]HH:MM:SS`. */
function duration(milliseconds: number): string {
	const seconds = Math.floor(Math.abs(milliseconds) / 1000);
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const sign = milliseconds < 0 ? '-' : '';
	return sign + parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function groupBy<T>(items: readonly T[], keysOf: (item: T) => string[]): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items)
		for (const key of keysOf(item)) {
			const known = groups.get(key);
			if (known) known.push(item);
			else groups.set(key, [item]);
		}
	return groups;
}
