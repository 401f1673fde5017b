import type { FieldValues } from '../../shared/definition/request';
import type { Resource } from '../../shared/definition/operation';
import { listOf, text } from '../../shared/input/values';
import { fromFilter, toFilter, websitesFilter } from '../fields';
import { indicatorOptions } from '../formats/indicators';

/** The vendor's rule: a time step goes with exactly one figure; an identifier goes with a grouping. */
function checkTogether(values: FieldValues): { field: string; expected: string } | undefined {
	const indicators = values.indicators as unknown[] | undefined;
	if (values.granularity !== undefined && Array.isArray(indicators) && indicators.length > 1) {
		return { field: 'indicators', expected: "exactly one figure when 'Granularity' is set" };
	}
	if (values.resourceId !== undefined && values.groupBy === undefined) {
		return { field: 'groupBy', expected: "a grouping when 'Only This ID' is set" };
	}
	return undefined;
}

/** Aggregated figures. */
export const statistic: Resource = {
	value: 'statistic',
	name: 'Statistic',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get statistics',
			description: 'Retrieve figures for a period, in total, per resource or per time step',
			method: 'GET',
			path: '/statistic',
			retryClass: 'read',
			answer: { kind: 'one' },
			check: checkTogether,
			fields: [
				{
					displayName: 'Indicators',
					name: 'indicators',
					type: 'multiOptions',
					default: [],
					description: 'Which figures to return; if empty, iAdvize chooses',
					options: indicatorOptions,
					send: { name: 'filters[indicators]', write: listOf(text(), { separator: ',' }) },
				},
			],
			optional: {
				name: 'filters',
				fields: [
					{
						displayName: 'Channel',
						name: 'channel',
						type: 'options',
						default: 'chat',
						options: [
							{ name: 'Call', value: 'call' },
							{ name: 'Chat', value: 'chat' },
							{ name: 'Facebook', value: 'facebook' },
							{ name: 'Facebook Messenger', value: 'facebookBusinessOnMessenger' },
							{ name: 'Instagram', value: 'instagram' },
							{ name: 'SMS', value: 'sms' },
							{ name: 'Twitter', value: 'twitter' },
							{ name: 'Video', value: 'video' },
							{ name: 'WhatsApp', value: 'whatsapp' },
						],
						send: { name: 'filters[channel]' },
					},
					fromFilter,
					{
						displayName: 'Granularity',
						name: 'granularity',
						type: 'options',
						default: 'day',
						description: 'Time step; requires exactly one indicator',
						options: [
							{ name: 'Per Day', value: 'day' },
							{ name: 'Per Hour', value: 'hour' },
							{ name: 'Per Month', value: 'month' },
						],
						send: { name: 'filters[granularity]' },
					},
					{
						displayName: 'Group By',
						name: 'groupBy',
						type: 'options',
						default: 'operator',
						description: 'Return one item per operator, group and so on instead of one total',
						options: [
							{ name: 'Contact Type', value: 'contact_type' },
							{ name: 'Group', value: 'group' },
							{ name: 'Operator', value: 'operator' },
							{ name: 'Page Type', value: 'page_type' },
							{ name: 'Rule', value: 'rule' },
							{ name: 'Skill', value: 'skill' },
						],
						send: { name: 'filters[resource]' },
					},
					{
						displayName: 'Only This ID',
						name: 'resourceId',
						type: 'string',
						default: '',
						placeholder: 'e.g. 456',
						description: "Only the figures of this operator, group and so on; requires 'Group By'",
						send: { name: 'filters[resource_id]' },
					},
					toFilter,
					websitesFilter,
				],
			},
		},
	],
};
