import type { IDataObject } from 'n8n-workflow';

import type { Field, Resource } from '../../shared/definition/operation';
import { pathId } from '../../shared/editor/fields';
import { activityId, flatActivity } from '../formats/activities';
import { campaignFilter, leadFilter, periodFilters } from '../fields';

const simpleKeys = [
	'activityId',
	'type',
	'campaignName',
	'agentFullName',
	'leadId',
	'source',
	'destination',
	'activityStatusName',
	'wrapDescription',
];

function simple(row: IDataObject): IDataObject {
	const flat = flatActivity(row);
	const { created } = (flat.timestamps ?? {}) as IDataObject;
	return { ...Object.fromEntries(simpleKeys.map((key) => [key, flat[key] ?? null])), created: created ?? null };
}

const typeFilter: Field = {
	displayName: 'Activity Type',
	name: 'activityType',
	type: 'options',
	default: 'call.inbound',
	description: 'Use an expression for another type that your tenant supports',
	options: [
		{ name: 'Inbound Call', value: 'call.inbound' },
		{ name: 'Outbound Call', value: 'call.outbound' },
	],
};

/** Calls that were handled or attempted. */
export const activity: Resource = {
	value: 'activity',
	name: 'Activity',
	description: 'Calls with their times, agents, wrap codes and recordings',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get activity (call)',
			description: 'Retrieve one call with its times, agent, wrap code and recording',
			method: 'GET',
			path: '/v3.0/activities/{activityId}',
			source: 'seed-path',
			retryClass: 'read',
			simplify: simple,
			fields: [pathId('activityId', 'Activity', 5101)],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many activities (calls)',
			description: 'Retrieve calls by campaign, lead, type and start time',
			method: 'GET',
			path: '/v3.0/activities',
			source: 'seed-path',
			retryClass: 'read',
			answer: { kind: 'many', path: 'items' },
			rowId: activityId,
			simplify: simple,
			optional: {
				name: 'filters',
				fields: [campaignFilter, ...periodFilters('createdTimestamp', 'Started', 'calls that started'), leadFilter, typeFilter],
			},
		},
	],
};
