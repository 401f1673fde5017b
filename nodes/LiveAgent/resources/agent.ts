import type { Resource } from '../../shared/definition/operation';
import { chooseAgent } from '../fields';
import { agentRecord, shownAs } from '../formats/recordFormat';

/** Profiles of agents; who is online stands under Online Status. */
export const agent: Resource = {
	value: 'agent',
	name: 'Agent',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get agent',
			description: 'Retrieve the profile of one agent',
			method: 'GET',
			path: '/agents/{agentId}',
			retryClass: 'read',
			givesSecrets: true,
			...shownAs(agentRecord),
			fields: [chooseAgent({ displayName: 'Agent', name: 'agentId', required: true, send: { place: 'path' } })],
		},
	],
};
