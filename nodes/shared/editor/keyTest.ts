import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	IHttpRequestOptions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { parseJson } from '../data/json';
import { InvalidValue } from '../definition/valueWriter';
import type { Vendor, VendorApi } from '../definition/vendor';
import { vendorFor } from '../http/api';
import { addressLabelOf, filledFieldsOf } from '../http/connection';
import { networkCode } from '../http/retry';
import { collectSecrets, redact } from '../http/secrets';

/** A credential's test as n8n calls it. */
export type CredentialTest = (
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
) => Promise<INodeCredentialTestResult>;

/** Milliseconds that a person waits at most for one key. */
const timeout = 20_000;

/**
 * Tests every key that a credential holds, for vendors with several APIs: n8n's declarative test sends one request only.
 * @param vendor with its APIs, each with the path that its key is tried with
 * @param authenticate adds the key to a request, as the credential does
 */
export function keyTest(vendor: Vendor, authenticate: NonNullable<Vendor['authenticate']>): CredentialTest {
	return async function (this: ICredentialTestFunctions, { data = {} }): Promise<INodeCredentialTestResult> {
		const { helpers } = this;
		const send = async (options: IHttpRequestOptions) =>
			readAnswer(await helpers.request(legacyOptions(await authenticate(data, options))));
		const failures = await tryKeys(vendor, data, send).catch((error: unknown) => [failureText(vendor, error)]);
		if (failures.length === 0) return { status: 'OK', message: 'Connection successful!' };
		return { status: 'Error', message: redact(failures.join('. '), collectSecrets(data as IDataObject)) };
	};
}

interface TestAnswer {
	status: number;
	body: unknown;
}

/** What is wrong with the keys, a sentence without final period for each. @throws what the way to the vendor does */
async function tryKeys(
	vendor: Vendor,
	data: ICredentialDataDecryptedObject,
	send: (options: IHttpRequestOptions) => Promise<TestAnswer>,
): Promise<string[]> {
	const apis = vendor.apis ?? [];
	const filledFields = filledFieldsOf(data as IDataObject);
	const usable = apis.filter(({ key }) => filledFields.has(key.name));
	if (usable.length === 0) return [`Fill in ${apis.map(({ key }) => `'${key.displayName}'`).join(', ')}, or both`];
	const base = vendor.baseUrl(data as IDataObject);
	const failures: string[] = [];
	for (const api of usable) {
		const { headers } = vendorFor(vendor, api.testPath);
		const answer = await send({ method: 'GET', url: `${base}${api.testPath}`, headers: { Accept: 'application/json', ...headers } });
		const failure = failureOf(vendor, api, answer);
		if (failure !== undefined) failures.push(failure);
	}
	return failures;
}

function failureOf(vendor: Vendor, api: VendorApi, { status, body }: TestAnswer): string | undefined {
	const { displayName } = api.key;
	const isJson = typeof body === 'object' && body !== null;
	const classification = vendorFor(vendor, api.testPath).classifyResponse({ status, headers: {}, body, isJson });
	const said = typeof classification === 'object' ? `: ${classification.message}` : '';
	if (status === 401 || status === 403) {
		return `${vendor.displayName} refuses '${displayName}' (${status}${said}). It takes a key of ${api.name}; a key of the other version is refused. Check also whether the key allows the address of this n8n and has privileges`;
	}
	if (status >= 400 || said !== '') return `${vendor.displayName} answered ${status} to '${displayName}'${said}`;
	if (status >= 300) return `The address redirects. Enter your account's final address in '${addressLabelOf(vendor)}'`;
	if (!isJson) return `What answers at '${addressLabelOf(vendor)}' is not the API of ${vendor.displayName}`;
	return undefined;
}

function failureText(vendor: Vendor, error: unknown): string {
	if (error instanceof InvalidValue) return `Invalid '${addressLabelOf(vendor)}': expected ${error.expected}`;
	const reason = networkCode(error) ?? (error instanceof Error ? error.message : 'the connection failed');
	return `${vendor.displayName} did not answer: ${reason}. Check '${addressLabelOf(vendor)}'`;
}

/** The one helper that n8n offers to a test takes options of its own. */
function legacyOptions({ url, ...options }: IHttpRequestOptions): object {
	return { ...options, uri: url, simple: false, resolveWithFullResponse: true, followRedirect: false, timeout };
}

function readAnswer({ statusCode, body }: { statusCode: number; body: unknown }): TestAnswer {
	return { status: statusCode, body: typeof body === 'string' ? parseJson(body) : body };
}
