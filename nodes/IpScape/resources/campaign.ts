import type { IDataObject } from 'n8n-workflow';

import type { PickList, Resource } from '../../shared/definition/operation';
import { campaignFilter, chosen } from '../fields';

const everyCampaign: PickList = {
	label: ({ campaignTitle, campaignType }) => [campaignTitle, campaignType && `(${campaignType})`].filter(Boolean).join(' '),
	value: (row) => Number(row.campaignId),
};

function campaignsOfType(name: string, campaignType: string): PickList {
	return { ...everyCampaign, name, label: (row) => String(row.campaignTitle ?? ''), query: { campaignType } };
}

/** Inbound and outbound campaigns. */
export const campaign: Resource = {
	value: 'campaign',
	name: 'Campaign',
	operations: [
		{
			value: 'getInboundStatistics',
			name: 'Get Inbound Statistics',
			action: 'Get inbound campaign statistics',
			description: 'Retrieve waiting callers, waiting times, agents and call counts of an inbound campaign',
			method: 'GET',
			path: '/v3.0/campaigns/inbound/{campaignId}/statistics',
			source: 'inferred',
			retryClass: 'read',
			fields: [
				chosen({
					displayName: 'Campaign',
					name: 'campaignId',
					list: 'inboundCampaign',
					placeholder: 'e.g. 1',
					send: { place: 'path' },
				}),
				{
					displayName: 'Period',
					name: 'period',
					type: 'options',
					default: 'hour',
					description: 'Time over which calls are counted',
					options: [
						{ name: 'Day', value: 'day' },
						{ name: 'Hour', value: 'hour' },
					],
				},
			],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many campaigns',
			description: 'Retrieve campaigns',
			method: 'GET',
			path: '/v3.0/campaigns',
			source: 'inferred',
			retryClass: 'read',
			answer: { kind: 'many', path: 'data' },
			// The vendor documents a cursor to send and a page number in the answer, and not how they belong together.
			paging: {
				kind: 'numbered',
				pageParameter: 'cursor',
				numberPath: 'pageNo',
				countPath: 'inPage',
				sizePath: 'perPage',
			},
			rowId: ({ campaignId }: IDataObject) => (campaignId === undefined ? undefined : String(campaignId)),
			pickList: [
				everyCampaign,
				campaignsOfType('inboundCampaign', 'Inbound'),
				campaignsOfType('outboundCampaign', 'Outbound'),
			],
			optional: {
				name: 'filters',
				fields: [
					campaignFilter,
					{
						displayName: 'Campaign Type',
						name: 'campaignType',
						type: 'options',
						default: 'Outbound',
						options: [
							{ name: 'Inbound', value: 'Inbound' },
							{ name: 'Outbound', value: 'Outbound' },
						],
					},
				],
			},
		},
		{
			value: 'getOutboundStatistics',
			name: 'Get Outbound Statistics',
			action: 'Get outbound campaign statistics',
			description: 'Retrieve agents, activity and lead lists of an outbound campaign',
			method: 'GET',
			path: '/v3.0/campaigns/outbound/{campaignId}/statistics',
			source: 'inferred',
			retryClass: 'read',
			fields: [
				chosen({
					displayName: 'Campaign',
					name: 'campaignId',
					list: 'outboundCampaign',
					placeholder: 'e.g. 2',
					send: { place: 'path' },
				}),
			],
		},
	],
};
