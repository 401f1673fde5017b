import type { Resource } from '../../shared/definition/operation';
import { pathId } from '../../shared/editor/fields';
import { leadFilter, outboundCampaignFilter, periodFilters } from '../fields';

const simpleKeys = [
	'attemptId',
	'leadId',
	'campaignName',
	'phoneNumber',
	'phoneIndex',
	'dialStatusId',
	'dialStatusName',
	'activityId',
	'timestamps.dialled',
	'timestamps.answered',
];

/** Calls that the dialler made or tried. */
export const diallerAttempt: Resource = {
	value: 'diallerAttempt',
	name: 'Dialler Attempt',
	description: 'Each time the dialler dialled a number of a lead',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get dialler attempt',
			description: 'Retrieve one attempt of the dialler',
			method: 'GET',
			path: '/v3.0/calls/dialler/{attemptId}',
			source: 'seed-path',
			retryClass: 'read',
			simplify: simpleKeys,
			fields: [pathId('attemptId', 'Attempt', 7001)],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many dialler attempts',
			description: 'Retrieve dialler attempts by campaign, lead and time',
			method: 'GET',
			path: '/v3.0/calls/dialler',
			source: 'seed-path',
			retryClass: 'read',
			answer: { kind: 'many', path: 'items' },
			rowId: ({ attemptId }) => (attemptId === undefined ? undefined : String(attemptId)),
			simplify: simpleKeys,
			optional: {
				name: 'filters',
				fields: [outboundCampaignFilter, ...periodFilters('dialledTimestamp', 'Attempted', 'attempts dialled'), leadFilter],
			},
		},
	],
};
