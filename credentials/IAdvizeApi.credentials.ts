import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { pathOverridesProperty, requestsPerSecondProperty } from '../nodes/shared/editor/credentialProperties';

/** API key of iAdvize, issued by the vendor's support. */
export class IAdvizeApi implements ICredentialType {
	name = 'iAdvizeApi';

	displayName = 'iAdvize API';

	icon: Icon = { light: 'file:../icons/iadvize.svg', dark: 'file:../icons/iadvize.dark.svg' };

	documentationUrl = 'https://docs.iadvize.dev/technologies/rest-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Platform',
			name: 'platform',
			type: 'options',
			default: 'ha',
			description: 'Where your account lives; the address of your iAdvize desk shows it',
			options: [
				{ name: 'High Availability (ha.iadvize.com)', value: 'ha' },
				{ name: 'Other Address', value: 'custom' },
				{ name: 'Standard (sd.iadvize.com)', value: 'sd' },
			],
		},
		{
			displayName: 'Base Address',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://sd.iadvize.com/api/2',
			description: 'With /api/2 at the end; it is added when missing',
			displayOptions: { show: { platform: ['custom'] } },
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Issued by iAdvize support; its permissions determine what the node can see',
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Paris',
			description:
				"Time zone of your iAdvize account, from the IANA list; the workflow's time zone when empty. iAdvize writes and reads times without a zone, so a wrong one shifts them.",
		},
		requestsPerSecondProperty(5, 'iAdvize documents no limit; five requests a second is a cautious choice'),
		pathOverridesProperty(),
	];

	// A function, because each expression in a credential costs 1.5 ms a request.
	authenticate = async (
		{ apiKey }: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...requestOptions,
		headers: { ...requestOptions.headers, 'X-API-Key': apiKey },
	});

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{$credentials.platform === "custom" ? $credentials.baseUrl.replace(/\\/+$/, "").replace(/(\\/api\\/2)?$/, "/api/2") : "https://" + $credentials.platform + ".iadvize.com/api/2"}}',
			url: '/client',
			qs: { limit: 1 },
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'meta.status', value: 'error', message: 'iAdvize refuses this API key on this platform' },
			},
		],
	};
}
