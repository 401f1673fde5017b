import type { Field } from '../shared/definition';
import { locator, multiPicker } from '../shared/fields';
import type { LocatorOptions } from '../shared/fields';
import { instant, integer, listOf, numericIdentifier, oneOf, phone, text } from '../shared/values';
import type { ValueWriter } from '../shared/values';

/** Prefixes of the two APIs of a tenant; all credentials and the rate limit are shared. */
export const apps = '/apps/api/v1';
export const manager = '/manager/api/v1';

/** Times as both APIs take them: ISO in UTC. */
export const writeTime: ValueWriter = instant({ format: 'isoMilliseconds' });

/** Identifier in the path, typed or from an earlier node. */
export function pathId(name: string, displayName: string, example: number): Field {
	return {
		displayName: `${displayName} ID`,
		name,
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${example}`,
		send: { place: 'path', write: numericIdentifier },
	};
}

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

/** Several numbers from one pick list. */
export function several(displayName: string, name: string, list: string, vendorName: string): Field {
	return multiPicker({ displayName, name, list, send: { name: vendorName, write: listOf(numericIdentifier) } });
}

/** A list filter by numbers, typed as text with commas or given as a list. */
export function idsFilter(name: string, displayName: string, vendorName: string): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. 101, 102',
		description: 'One or more, separated by commas',
		send: { name: vendorName, write: listOf(numericIdentifier) },
	};
}

/** A list filter by several texts, typed with commas or given as a list. */
export function textsFilter(name: string, displayName: string, vendorName: string, example: string): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'One or more, separated by commas',
		send: { name: vendorName, write: listOf(text()) },
	};
}

/** A list filter by fixed choices. */
export function choicesFilter(
	name: string,
	displayName: string,
	vendorName: string,
	options: Array<{ name: string; value: string }>,
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
	return [
		{
			displayName: `${displayName} From`,
			name: `${name}From`,
			type: 'dateTime',
			default: 'undefined',
			description: 'A time without zone counts in the zone of the workflow',
			send: { name: `${vendorName}[from]`, write: writeTime },
		},
		{
			displayName: `${displayName} To`,
			name: `${name}To`,
			type: 'dateTime',
			default: 'undefined',
			description: 'A time without zone counts in the zone of the workflow',
			send: { name: `${vendorName}[to]`, write: writeTime },
		},
	];
}

/** Two filters for a range of whole numbers: from and to. */
export function range(name: string, displayName: string, vendorName: string): Field[] {
	const bound = (side: 'From' | 'To'): Field => ({
		displayName: `${displayName} ${side}`,
		name: `${name}${side}`,
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		send: { name: `${vendorName}[${side.toLowerCase()}]`, write: integer({ minimum: 0 }) },
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
			default: columns[0].value,
			options: columns,
			send: { name: 'sort_column' },
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
			send: { name: 'sort_direction' },
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

/** A telephone number, written as E.164. */
export function phoneField(name: string, displayName: string, vendorName: string, rest: Partial<Field> = {}): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: 'e.g. +14155550142',
		description: 'With country code; spaces, brackets and dashes do not matter',
		send: { name: vendorName, write: phone() },
		...rest,
	};
}

/** A text field. */
export function textField(name: string, displayName: string, vendorName: string, rest: Partial<Field> = {}): Field {
	return { displayName, name, type: 'string', default: '', send: { name: vendorName, write: text() }, ...rest };
}
