import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

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

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		isVersion3(requestOptions)
			? { ...requestOptions, headers: { ...requestOptions.headers, apikey: credentials.apiKeyV3 } }
			: withKey(requestOptions, String(credentials.apiKey), credentials.keyPlacement);

	// n8n allows one request: with both keys it tries the one of version 1. Its test by function offers only a deprecated helper.
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{$credentials.baseUrl.trim().replace(/^(?!https?:\\/\\/)/i, "https://").replace(/[?#].*$/, "").replace(/\\/(agent|api)(\\/.*)?$/, "").replace(/\\/+$/, "") + "/api"}}',
			url: '={{ $credentials.apiKey ? "/application/status" : "/v3/departments?_perPage=1" }}',
		},
		// n8n takes rules of both kinds side by side; its type knows lists of one kind only.
		rules: [...wrongKeyRules, ...refusalRules] as ICredentialTestRequest['rules'],
	};
}

const wrongKeyRules = [
	{
		type: 'responseCode',
		properties: {
			value: 403,
			message:
				"LiveAgent refuses this key (403). 'API Key' takes a key of API version 1 and 'API Key (Version 3)' one of version 3; a key of the other version is refused. Check also whether the key allows the address of this n8n and has privileges.",
		},
	},
];

/** Version 1 may refuse with status 200. */
const refusalRules = [
	{
		type: 'responseSuccessBody',
		properties: { key: 'response.status', value: 'ERROR', message: 'LiveAgent refuses this API key' },
	},
];

/** The keys of the two versions are not interchangeable; the path tells which one a request needs. */
function isVersion3({ baseURL = '', url }: IHttpRequestOptions): boolean {
	return /\/api\/v3(?=[/?#]|$)/.test(`${baseURL}${url}`.split('?')[0]);
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

/** n8n may hand over a form made in another realm, so the class cannot be asked for. */
function isForm(body: unknown): body is URLSearchParams {
	return typeof body === 'object' && body !== null && 'set' in body && typeof body.set === 'function';
}
