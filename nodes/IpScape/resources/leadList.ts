import type { Resource } from '../../shared/definition/operation';
import { text } from '../../shared/input/values';
import { chosen, outboundCampaignFilter } from '../fields';

/** Lists of leads inside campaigns. */
export const leadList: Resource = {
	value: 'leadList',
	name: 'Lead List',
	description: 'Lists of leads inside campaigns',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create lead list',
			description: 'Add an empty list to a campaign',
			method: 'POST',
			path: '/v3.0/leads/lists',
			source: 'seed-path',
			retryClass: 'once',
			mapAutomatically: true,
			fields: [
				{ ...outboundCampaignFilter, required: true, neverMapped: true },
				{
					displayName: 'List Name',
					name: 'listName',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. April upload',
					send: { write: text() },
				},
			],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get lead list',
			description: 'Retrieve one list of leads',
			method: 'GET',
			path: '/v3.0/leads/lists/{listId}',
			source: 'seed-path',
			retryClass: 'read',
			fields: [
				chosen({ displayName: 'List', name: 'listId', list: 'leadList', placeholder: 'e.g. 100', send: { place: 'path' } }),
			],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many lead lists',
			description: 'Retrieve lists of leads',
			method: 'GET',
			path: '/v3.0/leads/lists',
			source: 'seed-path',
			retryClass: 'read',
			answer: { kind: 'many', path: 'items' },
			pickList: {
				label: ({ name, campaignName }) => [name, campaignName && `(${campaignName})`].filter(Boolean).join(' '),
				value: (row) => Number(row.id),
				narrowBy: { campaignId: 'campaignId' },
			},
			optional: { name: 'filters', fields: [outboundCampaignFilter] },
		},
	],
};
