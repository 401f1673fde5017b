import type { Account } from './account';
import { filterText, type Filters } from './filters';
import { operatorTest } from './lists';
import { invalidField, missingField } from './problem';
import { liveChannels, type CallConfig, type LiveChannel, type OperatorRow } from './rows';

/** Parsed form body of a write. */
export type Form = Record<string, unknown>;

type FieldReader = (form: Form, field: string, account: Account) => unknown;

const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const text: FieldReader = (form, field) => {
	const value = form[field];
	if (typeof value !== 'string') throw invalidField(field);
	return value;
};
const matchedText = (form: Form, field: string, pattern: RegExp): string => {
	const value = form[field];
	if (typeof value !== 'string' || !pattern.test(value)) throw invalidField(field);
	return value;
};
const matching =
	(pattern: RegExp): FieldReader =>
	(form, field) =>
		matchedText(form, field, pattern);
const flag: FieldReader = (form, field) => readFlag(form[field], field);
const numberOf =
	(pattern: RegExp): FieldReader =>
	(form, field) =>
		Number(matchedText(form, field, pattern));
const listOf =
	(pattern: RegExp): FieldReader =>
	(form, field) => {
		const values = textList(form[field], field);
		if (values.some((value) => !pattern.test(value))) throw invalidField(field);
		return values;
	};
const idsIn =
	(table: 'websites' | 'skills'): FieldReader =>
	(form, field, account) => {
		const ids = textList(form[field], field).map(Number);
		if (ids.some((id) => !account[table].get(id))) throw invalidField(field);
		return ids;
	};
const groupId: FieldReader = (form, field, account) => {
	if (form[field] === '') return null;
	const id = Number(matchedText(form, field, /^\d+$/));
	if (!account.groups.get(id)) throw invalidField(field);
	return id;
};

const readers: { [Field in keyof OperatorRow]?: FieldReader } = {
	name: matching(/\S/),
	first_name: text,
	pseudo: text,
	email: matching(emailPattern),
	external_id: text,
	role: matching(/^(operator|manager|admin)$/),
	roles: listOf(/^(expert|operator|manager|admin)$/),
	chat_enabled: flag,
	call_enabled: flag,
	video_enabled: flag,
	chat_max_number: numberOf(/^\d+$/),
	chat_and_call: flag,
	chat_to_video: flag,
	chat_priority: numberOf(/^(0|10)$/),
	call_priority: numberOf(/^(0|10)$/),
	video_priority: numberOf(/^(0|10)$/),
	language_list: listOf(/^[a-z]{2}$/),
	language_admin: matching(/^(de|en|es|fr)$/),
	group_id: groupId,
	website_list: idsIn('websites'),
	skill_list: idsIn('skills'),
	sso_key: text,
	call_config: (form, field) => readCallConfig(form[field]),
};

/**
 * Reads the fields of an operator out of a form body; unknown keys are left alone. An email that another operator has is refused
 * (which rules the vendor has there is not documented).
 */
export function readOperator(form: Form, account: Account, operatorId?: number): Partial<OperatorRow> {
	const fields: Record<string, unknown> = {};
	for (const [field, read] of Object.entries(readers)) {
		if (form[field] !== undefined) fields[field] = read(form, field, account);
	}
	const row = fields as Partial<OperatorRow>;
	const taken = account.operators.list().some((other) => other.id !== operatorId && other.row.email === row.email);
	if (row.email !== undefined && taken) throw invalidField('email');
	return row;
}

/** Refuses a creation without one of the fields. */
export function requireFields(form: Form, required: readonly string[]): void {
	for (const field of required) if (form[field] === undefined || form[field] === '') throw missingField(field);
}

function textList(value: unknown, field: string): string[] {
	const values: unknown[] = Array.isArray(value) ? value : [];
	if (!Array.isArray(value) || values.some((element) => typeof element !== 'string')) throw invalidField(field);
	return values as string[];
}

function readFlag(value: unknown, field: string): boolean {
	if (value !== '0' && value !== '1') throw invalidField(field);
	return value === '1';
}

function readCallConfig(value: unknown): CallConfig {
	if (typeof value !== 'object' || value === null) throw invalidField('call_config');
	const config = value as Form;
	const type = config.type ?? 'ANSWER_FROM_DESK';
	if (type !== 'ANSWER_FROM_PHONE' && type !== 'ANSWER_FROM_DESK') throw invalidField('call_config');
	const asks = readFlag(config.ask_phone_number_at_every_connection ?? '0', 'call_config');
	const phone = config.phone_number;
	if (phone !== undefined && (typeof phone !== 'string' || !/^\+\d{6,15}$/.test(phone)))
		throw invalidField('call_config');
	if (type === 'ANSWER_FROM_PHONE' && !asks && !phone) throw invalidField('call_config');
	return { type, ask_phone_number_at_every_connection: asks, ...(phone ? { phone_number: phone } : {}) };
}

function channelAnswer(operator: OperatorRow, channel: LiveChannel, account: Account): Record<string, unknown> {
	const { available, slot_number } = account.liveOf(operator.id).channels[channel];
	const slots = channel === 'chat' ? operator.chat_max_number : 1;
	return {
		enabled: operator[`${channel}_enabled`],
		slot_number,
		slot_max_number: slots,
		busy: slot_number >= slots,
		available,
	};
}

/** Live state of an operator as the vendor writes it. */
export function liveAnswer(operator: OperatorRow, account: Account): Record<string, unknown> {
	const channels = liveChannels.map((channel) => [channel, channelAnswer(operator, channel, account)]);
	return { id: operator.id, connected: account.liveOf(operator.id).connected, ...Object.fromEntries(channels) };
}

/**
 * Operators of the live list. Without the connection filter: those with an available channel; 0: offline, but logged in before; 1: online.
 * Operators with a group or skills are hidden unless the group or the skill filter is sent (vendor reference).
 * `connected` may also stand outside of the brackets, as the reference names it.
 */
export function liveOperators(query: Record<string, unknown>, filters: Filters, account: Account): OperatorRow[] {
	const connected = filterText(filters, 'connected') ?? filterText(query, 'connected');
	if (connected !== undefined && connected !== '0' && connected !== '1') throw invalidField('connected');
	const named = filterText(filters, 'group_id') !== undefined || filterText(filters, 'skill_id') !== undefined;
	const passes = operatorTest(filters);
	return account.operators
		.list()
		.map(({ row }) => row)
		.filter(
			(operator) => passes(operator) && (named || (operator.group_id === null && operator.skill_list.length === 0)),
		)
		.filter((operator) => {
			const live = account.liveOf(operator.id);
			if (connected === '0') return live.everConnected && !live.connected;
			if (connected === '1') return live.connected;
			return live.connected && liveChannels.some((channel) => live.channels[channel].available);
		});
}

/** Applies a live write and returns the vendor's message; a problem for a channel that is not open or a value that is none. */
export function writeLive(form: Form, operator: OperatorRow, account: Account): string {
	const changes = liveChannels.flatMap((channel) => {
		const value = (form[channel] as Form | undefined)?.available;
		if (value === undefined) return [];
		const available = readFlag(value, `${channel}[available]`);
		if (available && !operator[`${channel}_enabled`]) throw invalidField(`${channel}[available]`);
		return [{ channel, available }];
	});
	if (form.connected !== undefined && form.connected !== '0') throw invalidField('connected');
	if (changes.length === 0 && form.connected === undefined) throw missingField('chat[available]');
	for (const { channel, available } of changes) account.setLive({ id: operator.id, [channel]: { available } });
	if (form.connected === '0') account.setLive({ id: operator.id, connected: false });
	const sentences = changes.map(
		({ channel, available }) => `Operator is now ${available ? 'available' : 'unavailable'} for ${channel} channel.`,
	);
	return [...sentences, ...(form.connected === '0' ? ['Operator is now offline.'] : [])].join(' ');
}
