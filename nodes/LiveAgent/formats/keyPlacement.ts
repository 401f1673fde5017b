import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { version3 } from './apiVersions';

const version3Path = new RegExp(`/api${version3.pathPrefix}(?=[/?#]|$)`);

/**
 * Adds the key of the API version that a request belongs to.
 * @param credentials the decrypted credential `liveAgentApi`
 */
export async function authenticate(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	return isVersion3(requestOptions)
		? { ...requestOptions, headers: { ...requestOptions.headers, apikey: credentials.apiKeyV3 } }
		: withKey(requestOptions, String(credentials.apiKey), credentials.keyPlacement);
}

/** The keys of the two versions are not interchangeable; the path tells which one a request needs. */
function isVersion3({ baseURL = '', url }: IHttpRequestOptions): boolean {
	return version3Path.test(`${baseURL}${url}`.split('?')[0]);
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
