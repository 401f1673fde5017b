import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { pathOverridesProperty, requestsPerSecondProperty } from '../nodes/shared/editor/credentialProperties';

/** API credential of UJET, made in the portal under Settings, Developer Settings. */
export class UjetApi implements ICredentialType {
	name = 'ujetApi';

	displayName = 'UJET API';

	icon: Icon = { light: 'file:../icons/ujet.svg', dark: 'file:../icons/ujet.dark.svg' };

	documentationUrl = 'https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Tenant Address',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://acme.ujet.co',
			description: 'The address of your UJET or CCAI Platform portal; anything after the host is ignored',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. acme',
			description:
				'The first part of the portal address, or the name of the API credential where your tenant was set up that way',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The token that the portal shows once when you create an API credential in the developer settings',
		},
		requestsPerSecondProperty(
			0,
			'With 0, the rate that UJET documents: 10 per second where the address ends in ccaiplatform.com, otherwise 1. All credentials of a tenant count together.',
		),
		pathOverridesProperty(),
	];

	// A function, because each expression in a credential costs 1.5 ms a request.
	authenticate = async (
		{ username, password }: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...requestOptions,
		auth: { username: String(username), password: String(password) },
	});

	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{($credentials.baseUrl.includes("://") ? "" : "https://") + $credentials.baseUrl.trim().replace(/^([a-z]+:\\/\\/)?([^\\/?#]+).*$/, "$1$2") + "/manager/api/v1"}}',
			url: '/user_statuses',
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						"UJET refuses the key. Check 'Username' and 'Password' in the credential: the username is the first part of the portal address, or the name of the API credential, and the password is its token.",
				},
			},
		],
	};
}
