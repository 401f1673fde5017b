import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Field, Operation, Resource, OperationRun } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import type { RunItem } from '../../shared/definition/outcome';
import { integer, listOf } from '../../shared/input/values';
import { limitOf, listRows, runEach, showHint, showRows } from '../../shared/run/job';
import { apps, flagFilter, idsFilter, period, several, textsFilter } from '../fields';

/** UJET takes up to 1,000 values in a filter but does not page what it filters, and its usual page is 100: so many values lose nothing. */
const mostValues = 100;

/** Rows of a filter that names no records; as many may be only the first page. */
const usualPage = 100;

/** The one filter that UJET takes at a time: its fields, and whether its values may be cut into several requests. */
const filters: Array<{ name: string; value: string; fields: Field[]; isList?: boolean }> = [
	{
		name: 'Agent Numbers',
		value: 'agentNumbers',
		fields: [textsFilter('agentNumbers', 'Agent Numbers', 'agent_number[]', 'A-1007')],
		isList: true,
	},
	{ name: 'IDs', value: 'ids', fields: [idsFilter('ids', 'IDs', 'id[]')], isList: true },
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
		fields: [several('Status Names or IDs', 'statusIds', 'userStatus', 'status_id[]', integer())],
		isList: true,
	},
	{
		name: 'Wrap-Up',
		value: 'wrapUp',
		fields: [flagFilter('wrapUp', 'In Wrap-Up', 'wrap_up[]', 'Whether the user is finishing work after a call')],
	},
];

const filterFields: Field[] = filters.flatMap(({ value, fields }) =>
	fields.map((field) => ({ ...field, displayOptions: { show: { filterBy: [value] } } })),
);

const partialHint =
	'UJET returned exactly 100 users and does not page filtered lists, so there may be more. Use a narrower filter, or no filter, which is read to the end.';

const toList = listOf((value) => value);

const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many users',
	description: 'Retrieve the portal users, all or those that match one filter',
	method: 'GET',
	path: `${apps}/users`,
	retryClass: 'read',
	source: 'public-doc',
	answer: { kind: 'many' },
	// Until May 2026, UJET gave 100 rows whatever was asked (release notes of 2026-05-04).
	paging: { kind: 'page', pageParameter: 'page', sizeParameter: 'per', size: 500, maximumSize: 999, leastMaximum: 100 },
	simplify: [
		'id',
		'email',
		'first_name',
		'last_name',
		'agent_number',
		'location',
		'roles',
		'teams',
		'phone_numbers',
		'deactivated_at',
	],
	check: checkFilter,
	fields: [
		{
			displayName: 'Filter By',
			name: 'filterBy',
			type: 'options',
			default: 'none',
			options: [
				...filters.map(({ name, value }) => ({ name, value })),
				{ name: 'None', value: 'none', description: 'All users' },
			].sort((first, second) => first.name.localeCompare(second.name, 'en')),
			description: 'UJET accepts one filter at a time',
			send: { place: 'none' },
			sample: 'ids',
		},
		...filterFields,
	],
	run: async (run, items) => await runEach(run, items, async (item) => await listUsers(run, item)),
};

/** Users of the portal. */
export const user: Resource = {
	value: 'user',
	name: 'User',
	operations: [getMany],
};

function chosenFilter(values: FieldValues) {
	return filters.find(({ value }) => value === values.filterBy);
}

/** A filter without value would give all users. */
function checkFilter(values: FieldValues): { field: string; expected: string } | undefined {
	const fields = chosenFilter(values)?.fields ?? [];
	if (fields.length === 0 || fields.some(({ name }) => values[name] !== undefined)) return undefined;
	return { field: fields[0].name, expected: 'a value for the chosen filter' };
}

/** Lists by page without filter, else at once: UJET does not page what it filters. Long lists of values are cut. */
async function listUsers(run: OperationRun, item: RunItem): Promise<INodeExecutionData[]> {
	const limit = limitOf(run, item);
	const filter = chosenFilter(item.values);
	const operation: Operation = filter === undefined ? getMany : { ...getMany, paging: 'none' };
	const rows: IDataObject[] = [];
	for (const values of partsOf(item.values, filter?.isList === true ? filter.value : undefined)) {
		const left = limit === undefined ? undefined : limit - rows.length;
		if (left !== undefined && left <= 0) break;
		const found = await listRows(run, operation, values, { itemIndex: item.index, limit: left });
		if (filter !== undefined && found.length === usualPage && left !== usualPage) showHint(run, partialHint);
		rows.push(...found);
	}
	return showRows(run, rows, item);
}

/** The values of the item, once for every hundred different values of its filter. */
function partsOf(values: FieldValues, listName: string | undefined): FieldValues[] {
	if (listName === undefined) return [values];
	const wanted = [
		...new Set((toList(values[listName], { inputZone: 'UTC', vendorZone: 'UTC', now: 0 }) ?? []) as unknown[]),
	];
	const parts: FieldValues[] = [];
	for (let start = 0; start < wanted.length; start += mostValues) {
		parts.push({ ...values, [listName]: wanted.slice(start, start + mostValues) });
	}
	return parts;
}
