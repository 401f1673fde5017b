import type { Deprecation, Field, PickList } from '../shared/definition/operation';
import { locator, multiPicker } from '../shared/editor/fields';
import type { LocatorOptions } from '../shared/editor/fields';
import { instant, listOf, numericIdentifier } from '../shared/input/values';
import type { ValueWriter } from '../shared/definition/valueWriter';

/** What the vendor names instead on the REST page of a resource that it marks as deprecated. */
export const replacedBy = (what: string): Deprecation => ({
	by: 'vendor',
	instead: `${what} of its GraphQL API`,
	source: 'docs.iadvize.dev/technologies/rest-api',
});

const writeDate = instant({ format: 'yyyy-MM-dd HH:mm:ss', zone: 'vendor' });
const onlyDay = /^\d{4}-\d{2}-\d{2}$/;

/** A day stays a day, so that the vendor counts the whole of it; a time is written in the vendor's zone. */
export const dateFilter: ValueWriter = (value, context) =>
	typeof value === 'string' && onlyDay.test(value.trim()) ? value.trim() : writeDate(value, context);

/** Channels on which an operator can be available. */
export const operatorChannels = [
	{ name: 'Call', value: 'call' },
	{ name: 'Chat', value: 'chat' },
	{ name: 'Video', value: 'video' },
];

/** A record chosen from a pick list, sent in the path. */
export function chosen(options: Omit<LocatorOptions, 'required' | 'send'>): Field {
	return locator({ ...options, required: true, send: { place: 'path', write: numericIdentifier } });
}

/** Records in a pick list by their name. */
export const byName: PickList = { label: (row) => String(row.name ?? ''), value: (row) => Number(row.id) };

/** A filter of a list by one record, sent as `filters[name]`. */
export function filterBy(options: Omit<LocatorOptions, 'send'>, vendorName: string): Field {
	return locator({ ...options, send: { place: 'query', name: `filters[${vendorName}]`, write: numericIdentifier } });
}

export const websiteFilter: Field = filterBy(
	{ displayName: 'Website', name: 'websiteId', list: 'website', placeholder: 'e.g. 5511' },
	'website_id',
);

export const operatorFilter: Field = filterBy(
	{ displayName: 'Operator', name: 'operatorId', list: 'operator', placeholder: 'e.g. 456' },
	'operator_id',
);

export const skillFilter: Field = filterBy(
	{ displayName: 'Skill', name: 'skillId', list: 'skill', placeholder: 'e.g. 77' },
	'skill_id',
);

export const groupFilter: Field = filterBy(
	{ displayName: 'Group', name: 'groupId', list: 'group', placeholder: 'e.g. 1984' },
	'group_id',
);

export const fromFilter: Field = {
	displayName: 'Period From',
	name: 'from',
	type: 'dateTime',
	default: '',
	description: 'Start of the period, inclusive. Times without a time zone use the workflow\'s time zone.',
	send: { name: 'filters[from]', write: dateFilter },
};

export const toFilter: Field = {
	displayName: 'Period To',
	name: 'to',
	type: 'dateTime',
	default: '',
	description: 'End of the period, inclusive; a date without a time includes the whole day',
	send: { name: 'filters[to]', write: dateFilter },
};

/** Says that a long period is no error. */
export function longPeriodNote(months: number): string {
	return `iAdvize refuses more than ${months === 1 ? 'a month' : `${months} months`} at once, so a longer period is read in parts and joined.`;
}

/** Says what the end of a period means without its start. */
export function withoutStartNote(period: string): string {
	return `Without 'Period From', iAdvize returns ${period} before it.`;
}

/** A text filter in which `*` stands for any characters. */
export function wildcardFilter(name: string, displayName: string, vendorName: string, example: string): Field {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		description: 'An asterisk stands for any characters: *park* finds Parker and Sparks. Without one, the whole value must match.',
		send: { name: `filters[${vendorName}]` },
	};
}

/** Lists always ask for whole rows: without `full=1` iAdvize gives `id` and `_link`. */
export const wholeRows = { query: { full: 1 } };

/** The switch that asks for identifiers only instead of whole rows. */
export const idsOnly: Field = {
	displayName: 'IDs Only',
	name: 'idsOnly',
	type: 'boolean',
	default: false,
	description: 'Whether to return only identifiers, which is faster',
	send: { name: 'full', write: (value) => (value === true ? 0 : undefined) },
};

/** Several websites at once, sent as identifiers joined by commas. */
export const websitesFilter: Field = multiPicker({
	displayName: 'Website Names or IDs',
	name: 'websiteList',
	list: 'website',
	send: { name: 'filters[website_list]', write: listOf(numericIdentifier, { separator: ',' }) },
});
