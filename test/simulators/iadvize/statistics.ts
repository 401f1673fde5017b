import { commaList, fromLocalText, toLocalText } from '../kit';
import type { Account } from './account';
import { filterIds, filterText, periodOf, type Filters, type Period } from './filters';
import { invalidField, missingField } from './problem';
import type { ConversationRow, HistoryEntry, OperatorRow, TransactionRow } from './rows';

/** What figures are computed from: the records of one period (or one step, or one resource). */
interface Sample {
	conversations: ConversationRow[];
	transactions: TransactionRow[];
	/** Operators that count for presence. */
	operators: number;
	/** Length of the period in seconds. */
	seconds: number;
}

type Figure = (sample: Sample) => number | null;

/** Share of a day that an operator is at the desk: 8 hours. */
const presenceShare = 1 / 3;
/** Share of presence in which an operator takes contacts. */
const productionShare = 0.85;
/** Share of occupied time at full capacity. */
const fullShare = 0.2;

const operatorText = 1;
const visitorText = 2;

function average(values: number[]): number | null {
	return values.length === 0 ? null : rounded(sum(values) / values.length);
}

function sum(values: number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number): number {
	return Math.round(value * 10_000) / 10_000;
}

function share(part: number, whole: number): number {
	return whole === 0 ? 0 : rounded(Math.min(1, part / whole));
}

/** Seconds between two wall-clock texts. */
function secondsBetween(from: string, to: string): number {
	return (Date.parse(`${to.replace(' ', 'T')}Z`) - Date.parse(`${from.replace(' ', 'T')}Z`)) / 1000;
}

const durations = (rows: ConversationRow[]): number[] =>
	rows.filter((row) => row.closed_at !== '').map((row) => secondsBetween(row.created_at, row.closed_at));

const texts = (row: ConversationRow, type: number): HistoryEntry[] => row.history.filter((entry) => entry[0] === type);

/** Seconds from each visitor text to the next operator text. */
function answerTimes(row: ConversationRow): number[] {
	const times: number[] = [];
	let asked: string | undefined;
	for (const [type, time] of row.history) {
		if (type === visitorText) asked ??= time;
		if (type === operatorText && asked !== undefined) {
			times.push(secondsBetween(asked, time));
			asked = undefined;
		}
	}
	return times;
}

function closingTime(row: ConversationRow): number[] {
	const last = texts(row, visitorText).at(-1);
	return last && row.closed_at !== '' ? [secondsBetween(last[1], row.closed_at)] : [];
}

const waiting = (sample: Sample): ConversationRow[] => sample.conversations.filter((row) => row.waitinglist);
const waitTimes = (rows: ConversationRow[]): number[] => rows.flatMap((row) => answerTimes(row).slice(0, 1));
const answered = (rows: ConversationRow[]): ConversationRow[] => rows.filter((row) => row.operator_answer);
const unanswered = (rows: ConversationRow[]): ConversationRow[] => rows.filter((row) => !row.operator_answer);
const afterContact = (sample: Sample): TransactionRow[] =>
	sample.transactions.filter((row) => row.conversation_id !== null);
const amount = (rows: TransactionRow[]): number => rounded(sum(rows.map((row) => row.amount)));
const presence = (sample: Sample): number => Math.round(sample.operators * sample.seconds * presenceShare);
const production = (sample: Sample): number => Math.round(presence(sample) * productionShare);
const occupied = (sample: Sample): number => Math.min(production(sample), sum(durations(sample.conversations)));
const full = (sample: Sample): number => Math.round(occupied(sample) * fullShare);
const productionHours = (sample: Sample): number => Math.max(production(sample) / 3600, 1 / 3600);
const smoothed = (sample: Sample): number => (sample.operators > 0 ? Math.round(sample.seconds * presenceShare) : 0);
/** Displays are not simulated: five for each contact. */
const displays = (sample: Sample): number => sample.conversations.length * 5;
/** Missed opportunities are estimates of the vendor: here one in ten contacts, half of them for busy operators. */
const missedBusy = (sample: Sample): number => Math.floor(sample.conversations.length / 20);
const missedAbsent = (sample: Sample): number => Math.floor(sample.conversations.length / 10) - missedBusy(sample);
const averageCart = (sample: Sample): number => average(sample.transactions.map((row) => row.amount)) ?? 0;

function transformationTimes(sample: Sample): number[] {
	const starts = new Map(sample.conversations.map((row) => [row.id, row.created_at]));
	return afterContact(sample).flatMap((row) => {
		const start = starts.get(row.conversation_id ?? 0);
		return start === undefined ? [] : [secondsBetween(start, row.created_at)];
	});
}

/** Every indicator that still answers, with its computation. Shares are 0 to 1 (which of 0 to 1 and 0 to 100 holds is not documented). */
export const figures: Record<string, Figure> = {
	contact_answered_after_first_message_duration: ({ conversations }) => average(waitTimes(conversations)),
	contact_answered_duration: ({ conversations }) => average(conversations.flatMap(answerTimes)),
	contact_closed_after_last_message_duration: ({ conversations }) => average(conversations.flatMap(closingTime)),
	contact_duration: ({ conversations }) => average(durations(conversations)),
	contact_number: ({ conversations }) => conversations.length,
	contact_sent_message_number: ({ conversations }) => sum(conversations.map((row) => texts(row, operatorText).length)),
	contact_received_message_number: ({ conversations }) =>
		sum(conversations.map((row) => texts(row, visitorText).length)),
	contact_unanswered_number: ({ conversations }) => unanswered(conversations).length,
	contact_missed_number: (sample) => missedBusy(sample) + missedAbsent(sample),
	contact_missed_with_busy_operators_number: missedBusy,
	contact_missed_with_no_operators_number: missedAbsent,
	contact_simultaneous_number: (sample) =>
		rounded(sum(durations(sample.conversations)) / Math.max(1, production(sample))),
	contact_waiting_abort_number: (sample) => unanswered(waiting(sample)).length,
	contact_waiting_answered_number: (sample) => answered(waiting(sample)).length,
	contact_waiting_before_quit_duration: (sample) => average(durations(unanswered(waiting(sample)))),
	contact_waiting_duration: (sample) => average(waitTimes(waiting(sample))),
	contact_waiting_number: (sample) => waiting(sample).length,
	contact_per_hour_average_number: (sample) => rounded(answered(sample.conversations).length / productionHours(sample)),
	contact_per_hour_number: (sample) =>
		rounded(answered(sample.conversations).length / productionHours(sample) / Math.max(1, sample.operators)),
	rule_contact_rate: (sample) => share(sample.conversations.length, displays(sample)),
	rule_display_number: displays,
	targeting_rule_triggered: (sample) => displays(sample) * 2,
	max_and_partial_occupation_duration: occupied,
	max_occupation_duration: full,
	max_occupation_rate: (sample) => share(full(sample), production(sample)),
	non_production_duration: (sample) => presence(sample) - production(sample),
	non_production_rate: (sample) => share(presence(sample) - production(sample), presence(sample)),
	presentation_duration: (sample) => Math.round(smoothed(sample) * productionShare),
	production_smoothed_duration: (sample) => Math.round(smoothed(sample) * productionShare),
	presence_duration: presence,
	presence_smoothed_duration: smoothed,
	occupation_rate: (sample) => share(occupied(sample) - full(sample), production(sample)),
	non_occupation_duration: (sample) => production(sample) - occupied(sample),
	non_occupation_rate: (sample) => share(production(sample) - occupied(sample), production(sample)),
	max_and_partial_occupation_rate: (sample) => share(occupied(sample), production(sample)),
	production_duration: production,
	conversion_rate: (sample) => share(afterContact(sample).length, sample.conversations.length),
	cart_after_contact_amount: (sample) => average(afterContact(sample).map((row) => row.amount)) ?? 0,
	cart_global_amount: averageCart,
	transaction_after_contact_amount: (sample) => amount(afterContact(sample)),
	transaction_after_contact_number: (sample) => afterContact(sample).length,
	transaction_total_amount: ({ transactions }) => amount(transactions),
	transaction_total_number: ({ transactions }) => transactions.length,
	transaction_after_contact_duration: (sample) => average(transformationTimes(sample)),
	transaction_after_conversation_amount_per_hour: (sample) =>
		rounded(amount(afterContact(sample)) / productionHours(sample)),
	transaction_missed_with_busy_operators_amount: (sample) => rounded(missedBusy(sample) * averageCart(sample)),
	transaction_missed_with_busy_operators_number: missedBusy,
	transaction_missed_with_no_operators_amount: (sample) => rounded(missedAbsent(sample) * averageCart(sample)),
	transaction_missed_with_no_operators_number: missedAbsent,
	transaction_amount_per_conversation: (sample) =>
		rounded(amount(afterContact(sample)) / Math.max(1, sample.conversations.length)),
};

const channels = [
	'chat',
	'call',
	'facebook',
	'twitter',
	'facebookBusinessOnMessenger',
	'instagram',
	'sms',
	'whatsapp',
	'video',
];
const resources = ['operator', 'group', 'skill', 'rule', 'contact_type', 'page_type'];
/** Characters of a wall-clock text that name a step. */
const stepLengths: Record<string, number> = { hour: 13, day: 10, month: 7 };
const stepEndings: Record<string, string> = { hour: ':00:00', day: '', month: '' };
const longestSteps = 20_000;

/**
 * Data of a statistics answer: an object by indicator; with a resource one row each with its id; with granularity an object by time step
 * (that last shape is not documented). Without a period: the present day.
 */
export function statisticAnswer(filters: Filters, account: Account): unknown {
	const indicators = readIndicators(filters);
	const granularity = readChoice(filters, 'granularity', Object.keys(stepLengths));
	if (granularity !== undefined && indicators.length !== 1) throw invalidField('granularity');
	const resource = readChoice(filters, 'resource', resources);
	const resourceId = filterText(filters, 'resource_id');
	if (resourceId !== undefined && resource === undefined) throw missingField('resource');
	const period = statisticPeriod(filters, account);
	const sample = sampleOf(filters, period, account);
	const write = (part: Sample): Record<string, unknown> =>
		granularity === undefined
			? figuresOf(part, indicators)
			: stepsOf(part, indicators[0] as string, granularity, period, account);
	if (resource === undefined) return write(sample);
	const parts = splitByResource(sample, resource, account);
	return [...parts]
		.filter(([id]) => resourceId === undefined || String(id) === resourceId)
		.map(([id, part]) => ({ id, ...write(part) }));
}

function readIndicators(filters: Filters): string[] {
	const names = commaList(filters.indicators);
	if (names.length === 0) return Object.keys(figures);
	// The former satisfaction figures are unknown here, as they no longer answer.
	if (names.some((name) => !Object.hasOwn(figures, name))) throw invalidField('indicators');
	return names;
}

function readChoice(filters: Filters, name: string, choices: readonly string[]): string | undefined {
	const value = filterText(filters, name);
	if (value !== undefined && !choices.includes(value)) throw invalidField(name);
	return value;
}

function statisticPeriod(filters: Filters, account: Account): Required<Period> {
	const { from, to } = periodOf(filters);
	const now = account.localTime();
	const end = to ?? now;
	const period = { from: from ?? `${end.slice(0, 10)} 00:00:00`, to: end };
	if (period.from > period.to) throw invalidField('from');
	return period;
}

function sampleOf(filters: Filters, period: Required<Period>, account: Account): Sample {
	const channel = readChoice(filters, 'channel', channels);
	const websites = filterIds(filters, 'website_list') ?? filterIds(filters, 'website_id');
	const onWebsite = (id: number): boolean => websites === undefined || websites.includes(id);
	const inPeriod = (text: string): boolean => text >= period.from && text <= period.to;
	const conversations = account.conversations
		.list()
		.map(({ row }) => row)
		.filter((row) => inPeriod(row.created_at) && onWebsite(row.website_id))
		.filter((row) => channel === undefined || row.channel === channel);
	const transactions = account.transactions
		.list()
		.map(({ row }) => row)
		.filter((row) => inPeriod(row.created_at) && onWebsite(row.website_id));
	const operators = account.operators
		.list()
		.filter(({ row }) => row.website_list.length === 0 || row.website_list.some(onWebsite))
		.filter(({ row }) => handles(row, channel)).length;
	return { conversations, transactions, operators, seconds: secondsBetween(period.from, period.to) + 1 };
}

function handles(operator: OperatorRow, channel: string | undefined): boolean {
	if (channel === 'call') return operator.call_enabled;
	if (channel === 'video') return operator.video_enabled;
	return channel === undefined || operator.chat_enabled;
}

function figuresOf(sample: Sample, indicators: string[]): Record<string, number | null> {
	return Object.fromEntries(indicators.map((name) => [name, figures[name]?.(sample) ?? null]));
}

/** Groups rows by what a function reads; rows without a value fall out. */
function grouped<Row>(
	rows: Row[],
	read: (row: Row) => string | number | null | undefined,
): Map<string | number, Row[]> {
	const groups = new Map<string | number, Row[]>();
	for (const row of rows) {
		const key = read(row);
		if (key === null || key === undefined || key === '') continue;
		const group = groups.get(key) ?? [];
		group.push(row);
		groups.set(key, group);
	}
	return groups;
}

function splitByResource(sample: Sample, resource: string, account: Account): Map<string | number, Sample> {
	const groupOf = (operatorId: number | null): number | null =>
		operatorId === null ? null : (account.operators.get(operatorId)?.row.group_id ?? null);
	const readers: Record<string, (row: ConversationRow) => string | number | null> = {
		operator: (row) => row.operator_id,
		group: (row) => groupOf(row.operator_id),
		skill: (row) => row.skill_id,
		rule: (row) => row.rule_id,
		contact_type: (row) => row.channel,
		page_type: (row) => row.page_type,
	};
	const read = readers[resource] as (row: ConversationRow) => string | number | null;
	const keys = new Map(sample.conversations.map((row) => [row.id, read(row)]));
	const transactions = grouped(sample.transactions, (row) => keys.get(row.conversation_id ?? 0));
	const parts = [...grouped(sample.conversations, read)].sort(([first], [second]) => (first < second ? -1 : 1));
	return new Map(
		parts.map(([id, conversations]) => {
			const operators = resource === 'operator' ? 1 : new Set(conversations.map((row) => row.operator_id)).size;
			return [id, { conversations, transactions: transactions.get(id) ?? [], operators, seconds: sample.seconds }];
		}),
	);
}

function stepsOf(
	sample: Sample,
	indicator: string,
	granularity: string,
	period: Required<Period>,
	account: Account,
): Record<string, number | null> {
	const length = stepLengths[granularity] ?? 10;
	const stepOf = (row: { created_at: string }): string =>
		row.created_at.slice(0, length) + (stepEndings[granularity] ?? '');
	const conversations = grouped(sample.conversations, stepOf);
	const transactions = grouped(sample.transactions, stepOf);
	const steps = [...stepNames(period, granularity, account.timeZone)];
	return Object.fromEntries(
		steps.map((step) => {
			const part = {
				conversations: conversations.get(step) ?? [],
				transactions: transactions.get(step) ?? [],
				operators: sample.operators,
				seconds: sample.seconds / steps.length,
			};
			return [step, figures[indicator]?.(part) ?? null];
		}),
	);
}

/** Names of the steps of a period, in order, empty ones included. */
function stepNames(period: Required<Period>, granularity: string, timeZone: string): Set<string> {
	const names = new Set<string>();
	const length = stepLengths[granularity] ?? 10;
	const stride = granularity === 'hour' ? 3_600_000 : 43_200_000;
	const end = fromLocalText(period.to, timeZone);
	for (let time = fromLocalText(period.from, timeZone); time <= end && names.size < longestSteps; time += stride)
		names.add(toLocalText(time, timeZone).slice(0, length) + (stepEndings[granularity] ?? ''));
	// A stride of half a day may jump over the last one.
	names.add(period.to.slice(0, length) + (stepEndings[granularity] ?? ''));
	return names;
}
