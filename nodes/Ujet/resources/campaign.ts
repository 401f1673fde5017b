import type { Resource } from '../../shared/definition/operation';
import { byName, campaignInPath, campaignsPath, formerCampaignsPath, sorting } from '../fields';

const simpleCampaign = [
	'id',
	'name',
	'mode',
	'status',
	'campaign_type',
	'starts_at',
	'ends_at',
	'updated_at',
	'queue.name',
	'contact_stats',
];

/** Outbound campaigns of the dialer. */
export const campaign: Resource = {
	value: 'campaign',
	name: 'Campaign',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get campaign',
			description: 'Retrieve one campaign with its contact counts',
			method: 'GET',
			path: `${campaignsPath}/{campaignId}`,
			secondPath: `${formerCampaignsPath}/{campaignId}`,
			retryClass: 'read',
			source: 'inferred',
			simplify: simpleCampaign,
			fields: [campaignInPath],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many campaigns',
			description: 'Retrieve campaigns with their contact counts',
			method: 'GET',
			path: campaignsPath,
			secondPath: formerCampaignsPath,
			retryClass: 'read',
			source: 'inferred',
			answer: { kind: 'many' },
			simplify: simpleCampaign,
			pickList: byName,
			optional: {
				name: 'filters',
				fields: sorting([
					{ name: 'Created', value: 'created_at' },
					{ name: 'ID', value: 'id' },
					{ name: 'Name', value: 'name' },
					{ name: 'Updated', value: 'updated_at' },
				]),
			},
		},
	],
};
