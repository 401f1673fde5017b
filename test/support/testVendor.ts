import type { IHttpRequestOptions, INode } from 'n8n-workflow';

import type { Vendor } from '../../nodes/shared/definition/vendor';
import type { RequestContext } from '../../nodes/shared/http/requestContext';

/** A plain vendor: JSON, every answer judged by its status, no operations, no events. Takes what is to differ. */
export function testVendor(differing: Partial<Vendor> = {}): Vendor {
	return {
		name: 'test',
		displayName: 'Test',
		credentialType: 'testApi',
		baseUrl: () => 'https://api.example.com',
		rateScope: 'tenant',
		bodyFormat: 'json',
		listFormat: 'repeat',
		answerPath: '',
		paging: { kind: 'offset', offsetParameter: 'offset', sizeParameter: 'limit', size: 2 },
		classifyResponse: () => undefined,
		secretKeys: [],
		resources: [],
		events: [],
		...differing,
	};
}

/** What comes back of one request, as n8n's helper returns it. */
interface RawResponse {
	statusCode?: number;
	headers: Record<string, string>;
	body?: string;
}

/** What a test says of its run. */
export interface TestContextOptions {
	/** The vendor; an error that it throws is a connection that fails. */
	answer: (options: IHttpRequestOptions) => Promise<RawResponse>;
	/** As the credential has it, high enough that the pace is not what is looked at. Default: 1,000. */
	requestsPerSecond?: number;
	node?: Partial<INode>;
	/** Further functions of n8n's context. */
	more?: object;
}

/** As much of n8n's context as sending a request takes. */
export function testContext({ answer, requestsPerSecond = 1_000, node, more }: TestContextOptions): RequestContext {
	const given = { id: 'node', name: 'Node', type: 'test', ...node };
	const context = {
		getCredentials: async () => ({ requestsPerSecond }),
		getNode: () => given,
		getTimezone: () => 'UTC',
		helpers: { httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => await answer(options) },
		...more,
	};
	return context as unknown as RequestContext;
}
