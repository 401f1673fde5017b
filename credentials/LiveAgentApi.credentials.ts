import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { pathOverridesProperty, requestsPerSecondProperty } from '../nodes/shared/editor/credentialProperties';

/** Version 1 API key of LiveAgent. */
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
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The key of API version 1, from Configuration > System > API; a key of version 3 is another one and is refused',
		},
		{
			displayName: 'Key Placement',
			name: 'keyPlacement',
			type: 'options',
			default: 'parameter',
			description: 'How the key is sent',
			options: [
				{
					name: 'Header',
					value: 'header',
					description: 'Keeps the key out of the logs of servers and proxies; not documented for API version 1',
				},
				{
					name: 'Parameter',
					value: 'parameter',
					description: 'As documented: in the address of reads and deletions, inside the form of other requests',
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

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => withKey(requestOptions, String(credentials.apiKey), credentials.keyPlacement);

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{$credentials.baseUrl.trim().replace(/^(?!https?:\\/\\/)/i, "https://").replace(/[?#].*$/, "").replace(/\\/(agent|api)(\\/.*)?$/, "").replace(/\\/+$/, "") + "/api"}}',
			url: '/application/status',
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'response.status', value: 'ERROR', message: 'LiveAgent refuses this API key' },
			},
		],
	};
}

/** Puts the key where LiveAgent reads it: query of GET and DELETE, form of POST and PUT, or a header. */
function withKey(options: IHttpRequestOptions, apikey: string, placement: unknown): IHttpRequestOptions {
	if (placement === 'header') return { ...options, headers: { ...options.headers, apikey } };
	const { method = 'GET', body } = options;
	const takesForm = method === 'POST' || method === 'PUT' || method === 'PATCH';
	if (takesForm && (body === undefined || body === null)) return { ...options, body: new URLSearchParams({ apikey }) };
	if (takesForm && isForm(body)) {
		body.set('apikey', apikey);
		return options;
	}
	return { ...options, qs: { ...options.qs, apikey } };
}

/** n8n may hand over a form made in another realm, so the class can not be asked for. */
function isForm(body: unknown): body is URLSearchParams {
	return typeof body === 'object' && body !== null && 'set' in body && typeof body.set === 'function';
}
