/** Method and path of an operation; the path starts after the base path and has `{name}` for parameters. */
export interface OperationPath {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	path: string;
}

/** Operations of the contract by operation id. */
export const operationPaths = {
	'activity.getMany': { method: 'GET', path: '/v3.0/activities' },
	'activity.get': { method: 'GET', path: '/v3.0/activities/{activityId}' },
	'campaign.getMany': { method: 'GET', path: '/v3.0/campaigns' },
	'outboundCampaignStatistics.get': { method: 'GET', path: '/v3.0/campaigns/outbound/{campaignId}/statistics' },
	'inboundCampaignStatistics.get': { method: 'GET', path: '/v3.0/campaigns/inbound/{campaignId}/statistics' },
	'media.get': { method: 'GET', path: '/v3.0/media/{mediaId}' },
	'lead.getMany': { method: 'GET', path: '/v3.0/leads' },
	'lead.get': { method: 'GET', path: '/v3.0/leads/{leadId}' },
	'lead.create': { method: 'POST', path: '/v3.0/leads' },
	'lead.update': { method: 'PUT', path: '/v3.0/leads/{leadId}' },
	'lead.bulkCreate': { method: 'POST', path: '/v3.0/leads/bulk' },
	'leadList.getMany': { method: 'GET', path: '/v3.0/leads/lists' },
	'leadList.get': { method: 'GET', path: '/v3.0/leads/lists/{listId}' },
	'leadList.create': { method: 'POST', path: '/v3.0/leads/lists' },
	'personalData.erase': { method: 'DELETE', path: '/v3.0/personal-data' },
	'user.getMany': { method: 'GET', path: '/v3.0/users' },
	'agentPresence.update': { method: 'PUT', path: '/v3.0/agents/presence' },
	'diallerAttempt.getMany': { method: 'GET', path: '/v3.0/calls/dialler' },
	'diallerAttempt.get': { method: 'GET', path: '/v3.0/calls/dialler/{attemptId}' },
	'callRecording.update': { method: 'PUT', path: '/v3.0/calls/recording' },
} as const satisfies Record<string, OperationPath>;

/** Operation ids of the contract. */
export type OperationId = keyof typeof operationPaths;
