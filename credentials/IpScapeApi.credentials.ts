import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { pathOverridesProperty, requestsPerSecondProperty } from '../nodes/shared/editor/credentialProperties';

/** No secret, whatever its name says: it is shown, so that people see what is sent. */
const tokenPrefix: INodeProperties = {
	displayName: 'Token Prefix',
	name: 'tokenPrefix',
	type: 'string',
	default: 'Bearer',
	description:
		'Text before the token in the Authorization header. Leave it empty when ipSCAPE refuses the token with it, or try Basic, which sends the token as a user name: the vendor does not document the prefix.',
};

/** API token of ipSCAPE, made inside the tenant. */
export class IpScapeApi implements ICredentialType {
	name = 'ipScapeApi';

	displayName = 'ipSCAPE API';

	icon: Icon = { light: 'file:../icons/ipscape.svg', dark: 'file:../icons/ipscape.dark.svg' };

	documentationUrl = 'https://developer.onipscape.com/platform-api.html';

	properties: INodeProperties[] = [
		{
			displayName: 'Base Address',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://acme.ipscape.com.au/platform-api',
			description: 'Address of the platform API of your tenant; /platform-api is added when missing',
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Created in the ipSCAPE administration',
		},
		tokenPrefix,
		requestsPerSecondProperty(5, 'ipSCAPE documents no limit; five requests a second is a cautious choice'),
		pathOverridesProperty(),
	];

	// A function, because each expression in a credential costs 1.5 ms a request.
	authenticate = async (
		{ apiToken, tokenPrefix }: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => ({
		...requestOptions,
		headers: { ...requestOptions.headers, Authorization: withPrefix(apiToken, tokenPrefix) },
	});

	test: ICredentialTestRequest = {
		request: {
			// The same as the node does: https unless the host is this machine, and /platform-api in place of any page's path.
			baseURL:
				'={{ $credentials.baseUrl.trim().replace(/^(?![a-z][a-z0-9+.-]*:\\/\\/)/i, "https://").replace(/^http:(?!\\/\\/(127\\.|localhost|\\[::1\\]))/i, "https:").replace(/^([a-z]+:\\/\\/[^\\/?#]+)(?:((?:\\/[^\\/?#]+)*?)\\/platform-api(?:[\\/?#].*)?|.*)$/i, "$1$2/platform-api") }}',
			url: '/v3.0/leads/lists',
		},
		rules: [
			{
				type: 'responseCode',
				properties: { value: 401, message: 'ipSCAPE refuses this token. Try another Token Prefix: none, or Basic.' },
			},
			{
				type: 'responseCode',
				properties: { value: 404, message: 'There is no platform API at this address.' },
			},
		],
	};
}

/**
 * The token with its prefix; an empty prefix and `none` leave the token alone. With `Basic` it becomes the user name of Basic
 * authentication: the vendor says that the token acts like a user name (knowledgehub.ipscape.com, ipSCAPE API).
 */
function withPrefix(token: unknown, given: unknown): string {
	const prefix = String(given ?? 'Bearer').trim();
	const word = prefix.toLowerCase();
	if (word === 'basic') return `Basic ${asUserName(String(token))}`;
	return word === '' || word === 'none' ? String(token) : `${prefix} ${String(token)}`;
}

/** User name and empty password in Base64; a token that holds them already stays as it is. */
function asUserName(token: string): string {
	const read = Buffer.from(token, 'base64').toString('utf8');
	if (/^[\x20-\x7e]*:[\x20-\x7e]*$/.test(read) && Buffer.from(read).toString('base64') === token) return token;
	return Buffer.from(token.includes(':') ? token : `${token}:`).toString('base64');
}
