import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { authenticate } from '../nodes/LiveAgent/formats/keyPlacement';
import { pathOverridesProperty, requestsPerSecondProperty } from '../nodes/shared/editor/credentialProperties';

/** API keys of LiveAgent: one of version 1, one of version 3, or both. */
export class LiveAgentApi implements ICredentialType {
	name = 'liveAgentApi';

	displayName = 'LiveAgent API';

	icon: Icon = { light: 'file:../icons/liveagent.svg', dark: 'file:../icons/liveagent.dark.svg' };

	documentationUrl = 'https://support.ladesk.com/840770-Complete-API-reference';

	properties: INodeProperties[] = [
		{
			displayName: 'Base Address',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://acme.ladesk.com',
			description: 'Address of your LiveAgent account; /api is added',
		},
		{
			displayName:
				'LiveAgent has two API versions, each with its own key. Version 1 answers conversations, adds notes and reads reports; version 3 reads and changes tickets, contacts, companies, calls and availability. Fill in one key or both.',
			name: 'keysNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The API version 1 key, from Configuration > System > API',
		},
		{
			displayName: 'API Key (Version 3)',
			name: 'apiKeyV3',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'An API version 3 key, from Configuration > System > API > API Keys; its privileges determine what the node can read and change',
		},
		{
			displayName: 'Key Placement',
			name: 'keyPlacement',
			type: 'options',
			default: 'parameter',
			description: 'How the key of API version 1 is sent; the key of version 3 always goes into a header',
			options: [
				{
					name: 'Header',
					value: 'header',
					description: 'Keeps the key out of the logs of servers and proxies; not documented for API version 1',
				},
				{
					name: 'Parameter',
					value: 'parameter',
					description: 'As documented: in the URL of reads and deletions, in the form body of other requests',
				},
			],
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'string',
			default: 'America/Los_Angeles',
			placeholder: 'e.g. America/Phoenix',
			description:
				'Zone in which LiveAgent writes and reads times: America/Los_Angeles as documented, America/Phoenix for many accounts opened before mid 2019, UTC for later ones',
		},
		requestsPerSecondProperty(3, 'LiveAgent allows 180 requests a minute for each key'),
		pathOverridesProperty(),
	];

	// The nodes test it, key by key: n8n's declarative test sends one request only.
	authenticate = authenticate;
}
