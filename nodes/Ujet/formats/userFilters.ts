import type { Field } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import { integer } from '../../shared/input/values';
import { flagFilter, idsFilter, period, idsFromList, textsFilter } from '../fields';

/** A filter of the list of users. */
export interface UserFilter {
	name: string;
	value: string;
	fields: Field[];
	/** Its values may be cut into several requests. */
	isList?: boolean;
}

/** UJET takes one of them at a time. */
export const userFilters: UserFilter[] = [
	{
		name: 'Agent Numbers',
		value: 'agentNumbers',
		fields: [textsFilter('agentNumbers', 'Agent Numbers', 'agent_number[]', 'A-1007')],
		isList: true,
	},
	{ name: 'IDs', value: 'ids', fields: [idsFilter('ids', 'User IDs', 'id[]')], isList: true },
	{ name: 'Last Login', value: 'lastLogin', fields: period('lastLogin', 'Last Login', 'last_login_time') },
	{
		name: 'Locations',
		value: 'locations',
		fields: [textsFilter('locations', 'Locations', 'location[]', 'Austin')],
		isList: true,
	},
	{
		name: 'Online',
		value: 'online',
		fields: [flagFilter('online', 'Online', 'online[]', 'Whether the user is signed in')],
	},
	{
		name: 'Status Change',
		value: 'statusChanged',
		fields: period('statusChanged', 'Status Changed', 'status_updated_at'),
	},
	{
		name: 'Statuses',
		value: 'statusIds',
		// The IDs of UJET's own statuses are zero and below.
		fields: [idsFromList('Status Names or IDs', 'statusIds', 'userStatus', 'status_id[]', integer())],
		isList: true,
	},
	{
		name: 'Wrap-Up',
		value: 'wrapUp',
		fields: [flagFilter('wrapUp', 'In Wrap-Up', 'wrap_up[]', 'Whether the user is finishing work after a call')],
	},
];

/** The fields of the filters, each shown for its own. */
export const userFilterFields: Field[] = userFilters.flatMap(({ value, fields }) =>
	fields.map((field) => ({ ...field, displayOptions: { show: { filterBy: [value] } } })),
);

/** The filter that an item chose; none for all users. */
export function chosenFilter(values: FieldValues): UserFilter | undefined {
	return userFilters.find(({ value }) => value === values.filterBy);
}

/** Refuses a filter without a value, which would return all users. */
export function checkFilter(values: FieldValues): { field: string; expected: string } | undefined {
	const fields = chosenFilter(values)?.fields ?? [];
	if (fields.length === 0 || fields.some(({ name }) => values[name] !== undefined)) return undefined;
	return { field: fields[0].name, expected: 'a value for the chosen filter' };
}
