import type { Field, PickList } from '../shared/definition/operation';
import type { FieldValues } from '../shared/definition/request';
import { locator, multiPicker, pathId } from '../shared/editor/fields';
import type { LocatorOptions } from '../shared/editor/fields';
import {
	decimal,
	email,
	instant,
	integer,
	listOf,
	numericIdentifier,
	oneOf,
	phone,
	text,
	trueFalse,
	unwrapLocator,
} from '../shared/input/values';
import type { ValueWriter } from '../shared/definition/valueWriter';
import { activities } from './formats/codes';

/** Prefixes of the two APIs of a tenant; all credentials and the rate limit are shared. */
export const appsApi = '/apps/api/v1';
export const managerApi = '/manager/api/v1';

/** Campaigns of the Manager API, as a public program reads them, and the shorter path that older sources suggest. */
export const campaignsPath = `${managerApi}/outbound_dialer/campaigns`;
export const formerCampaignsPath = `${managerApi}/campaigns`;

/** Times as both APIs take them: ISO in UTC. */
export const writeTime: ValueWriter = instant({ format: 'isoMilliseconds' });

/** A record chosen from a pick list, sent in the path. */
export function chosen(options: Omit<LocatorOptions, 'required' | 'send'>): Field {
	return locator({ ...options, required: true, send: { place: 'path', write: numericIdentifier } });
}

/** A call, chat or other session by its number. */
export const callId: Field = pathId('callId', 'Call', 88412);
export const chatId: Field = pathId('chatId', 'Chat', 55120);

/** What the pick lists of a tenant are called and look like. */
export const menuList = { displayName: 'Menu', name: 'menuId', list: 'menu', placeholder: 'e.g. 31' };
export const agentList = { displayName: 'Agent', name: 'agentId', list: 'agent', placeholder: 'e.g. 17' };
export const teamList = { displayName: 'Team', name: 'teamId', list: 'team', placeholder: 'e.g. 4' };
export const campaignList = { displayName: 'Campaign', name: 'campaignId', list: 'campaign', placeholder: 'e.g. 12' };

/** The records of the pick lists as a required value in the path. */
export const menuInPath: Field = chosen(menuList);
export const agentInPath: Field = chosen(agentList);
export const teamInPath: Field = chosen(teamList);
export const campaignInPath: Field = chosen(campaignList);

/** Records in a pick list by their name. */
export const byName: PickList = { label: (row) => String(row.name ?? ''), value: (row) => Number(row.id) };

/** Several numbers from one pick list. */
export function idsFromList(
	displayName: string,
	name: string,
	list: string,
	vendorName: string,
	write: ValueWriter = numericIdentifier,
): Field {
	return multiPicker({ displayName, name, list, send: { name: vendorName, write: listOf(write) } });
}

/** A name chosen from a pick list or typed. */
export const nameFromList: ValueWriter = (value, context) => text()(unwrapLocator(value), context);

/** A list filter by numbers, typed as text with commas or given as a list. */
export function idsFilter(name: string, displayName: string, vendorName: string): Field {
	return textsFilter(name, displayName, vendorName, '101, 102', numericIdentifier);
}

/** A list filter by several texts, typed with commas or given as a list. */
export function textsFilter(
	name: string,
	displayName: string,
	vendorName: string,
	example: string,
	write: ValueWriter = text(),
): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'One or more, separated by commas',
		send: { name: vendorName, write: listOf(write) },
	};
}

/** A list filter by fixed choices. */
export function choicesFilter(
	name: string,
	displayName: string,
	vendorName: string,
	options: Array<{ name: string; value: string; description?: string }>,
): Field {
	return {
		displayName,
		name,
		type: 'multiOptions',
		default: [],
		options,
		send: { name: vendorName, write: listOf(oneOf(options.map(({ value }) => value))) },
	};
}

/** Two filters for a period of time: from and to. */
export function period(name: string, displayName: string, vendorName: string): Field[] {
	const bound = (end: 'From' | 'To'): Field => ({
		displayName: `${displayName} ${end}`,
		name: `${name}${end}`,
		type: 'dateTime',
		default: '',
		description: 'Times without a time zone use the workflow\'s time zone',
		send: { name: `${vendorName}[${end.toLowerCase()}]`, write: writeTime },
	});
	return [bound('From'), bound('To')];
}

/** What the bounds of a range count, for the user to read, and the largest value that the vendor knows. */
export interface RangeUnit {
	description: string;
	minimum?: number;
	maximum?: number;
}

/** Ranges of durations and of ratings. */
export const inSeconds: RangeUnit = { description: 'In seconds' };
export const ofRating: RangeUnit = { description: 'From 1, the worst, to 5', minimum: 1, maximum: 5 };

/** Two filters for a range of whole numbers: from and to, both inclusive. */
export function range(name: string, displayName: string, vendorName: string, unit?: RangeUnit): Field[] {
	const { description, minimum = 0, maximum } = unit ?? {};
	const bound = (side: 'From' | 'To'): Field => ({
		displayName: `${displayName} ${side}`,
		name: `${name}${side}`,
		type: 'number',
		typeOptions: { minValue: minimum, ...(maximum === undefined ? {} : { maxValue: maximum }) },
		default: minimum,
		...(description === undefined ? {} : { description }),
		send: { name: `${vendorName}[${side.toLowerCase()}]`, write: integer({ minimum, maximum }) },
	});
	return [bound('From'), bound('To')];
}

/** Order of a list, with the columns that the vendor names. */
export function sorting(columns: Array<{ name: string; value: string }>): Field[] {
	return [
		{
			displayName: 'Sort By',
			name: 'sortColumn',
			type: 'options',
			default: '',
			options: columns,
			send: { name: 'sort_column', write: oneOf(columns.map(({ value }) => value)) },
		},
		{
			displayName: 'Sort Direction',
			name: 'sortDirection',
			type: 'options',
			default: 'DESC',
			options: [
				{ name: 'Ascending', value: 'ASC' },
				{ name: 'Descending', value: 'DESC' },
			],
			send: { name: 'sort_direction', write: oneOf(['ASC', 'DESC']) },
		},
	];
}

/** Language of a call, a chat or a menu. */
export const language: Field = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	default: 'en',
	description:
		'Two-letter code; choose one from the list, or specify another code using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	options: [
		{ name: 'Chinese', value: 'zh' },
		{ name: 'Danish', value: 'da' },
		{ name: 'Dutch', value: 'nl' },
		{ name: 'English', value: 'en' },
		{ name: 'Finnish', value: 'fi' },
		{ name: 'French', value: 'fr' },
		{ name: 'German', value: 'de' },
		{ name: 'Italian', value: 'it' },
		{ name: 'Japanese', value: 'ja' },
		{ name: 'Korean', value: 'ko' },
		{ name: 'Norwegian', value: 'no' },
		{ name: 'Polish', value: 'pl' },
		{ name: 'Portuguese', value: 'pt' },
		{ name: 'Spanish', value: 'es' },
		{ name: 'Swedish', value: 'sv' },
	],
	send: { name: 'lang', write: text() },
};

/** Writes a phone number as E.164; operations that use it get *Default Country Code* beside it. */
export const writePhone = phone();

const writePhoneList = listOf(writePhone);

/** The same for several numbers; one that is typed twice, in whichever form, is written once. */
export const writePhones: ValueWriter = (value, context) => {
	const numbers = writePhoneList(value, context);
	return Array.isArray(numbers) ? [...new Set(numbers as unknown[])] : numbers;
};

/** A telephone number, written as E.164. */
export function phoneField(name: string, displayName: string, vendorName: string, rest: Partial<Field> = {}): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155550142',
		description: 'With country code, or without when a default country code is given; spaces, brackets and dashes do not matter',
		send: { name: vendorName, write: writePhone },
		...rest,
	};
}

/** A text field. */
export function textField(name: string, displayName: string, vendorName: string, rest: Partial<Field> = {}): Field {
	return { displayName, name, type: 'string', default: '', send: { name: vendorName, write: text() }, ...rest };
}

/** A filter by activities, which takes unknown ones by expression. */
export const activityFilter: Field = {
	...choicesFilter('activities', 'Activities', 'activity[]', activities),
	description: 'Use an expression to enter other activities',
	sample: ['login'],
	send: { name: 'activity[]', write: listOf(text()) },
};

/** Whether deleted records are included. */
export const withDeleted: Field = {
	displayName: 'Include Deleted',
	name: 'withDeleted',
	type: 'boolean',
	default: false,
	description: 'Whether to include deleted records',
	send: { name: 'with_deleted', write: trueFalse },
};

/** Filters of the lists whose records form a tree. @param word what the records are: `Menu` or `Team` */
export function treeFilters(word: string): Field[] {
	return [
		idsFilter('ids', `${word} IDs`, 'id[]'),
		textsFilter('names', `${word} Names`, 'name[]', 'Billing'),
		idsFilter('parentIds', `Parent ${word} IDs`, 'parent_id[]'),
		idsFilter('positions', `${word} Positions`, 'position[]'),
		...sorting([
			{ name: 'ID', value: 'id' },
			{ name: 'Name', value: 'name' },
			{ name: 'Position', value: 'position' },
		]),
		withDeleted,
	];
}

/** A text field that must hold an e-mail address. */
export const emailField: Field = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	placeholder: 'e.g. ines@example.org',
	send: { name: 'email', write: email },
};

/** A switch of a list filter with several allowed values at the vendor, of which one is wanted. */
export function flagFilter(name: string, displayName: string, vendorName: string, description: string): Field {
	return {
		displayName,
		name,
		type: 'boolean',
		default: true,
		description,
		send: { name: vendorName, write: trueFalse },
	};
}

/** How long an operation waits for a job of the tenant before it returns the job as it is. */
export const waitLimit: Field = {
	displayName: 'Wait at Most (Minutes)',
	name: 'waitMinutes',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 720 },
	default: 10,
	description: 'How long to wait for the job to finish; 0 returns the job at once, to be read later with its Get operation',
	send: { place: 'none', write: decimal({ minimum: 0, maximum: 720 }) },
};

/** Milliseconds of the wait limit as the user gave it. */
export function waitMilliseconds(values: FieldValues): number {
	const minutes = values.waitMinutes ?? waitLimit.default;
	return Number(minutes) * 60_000;
}
