import type { Answer, VendorFailure } from '../../shared/definition/answer';
import type { PagingStyle } from '../../shared/definition/paging';
import type { VendorApi } from '../../shared/definition/vendor';

/** What API version 1 differs in stands in `vendor.ts`: it is the one whose paths have no prefix. */
export const version1: VendorApi = {
	name: 'API version 1',
	pathPrefix: '',
	key: {
		name: 'apiKey',
		displayName: 'API Key',
		howToGet: 'You find it in LiveAgent under Configuration > System > API',
	},
	testPath: '/application/status',
};

/**
 * API version 3. The offset makes LiveAgent write times in UTC; filters are in UTC anyway (support.liveagent.com 271981, 513528).
 * The largest page is not documented: vendor clients ask for 500 and 1,000, so a page of less than 100 is taken for the last one.
 */
export const version3: VendorApi = {
	name: 'API version 3',
	pathPrefix: '/v3',
	key: {
		name: 'apiKeyV3',
		displayName: 'API Key (Version 3)',
		howToGet: 'Create one in LiveAgent under Configuration > System > API > API Keys',
	},
	// `/v3/ping` is shorter, but nothing says that it refuses a wrong key.
	testPath: '/v3/departments?_perPage=1',
	timeZone: 'UTC',
	source: 'public-client',
	conventions: {
		bodyFormat: 'json',
		listFormat: 'json',
		answerPath: '',
		paging: { kind: 'page', pageParameter: '_page', sizeParameter: '_perPage', size: 500, smallestMaximum: 100 },
		headers: { 'Timezone-Offset': '0' },
		classifyResponse,
		adviceByStatus: {
			400: 'LiveAgent rejected the request. Check the values of this item.',
			401: "LiveAgent does not know this key. Check 'API Key (Version 3)' and 'Base Address' in the credential.",
			403: "This operation uses API version 3: it needs a key of version 3 in 'API Key (Version 3)', and a key of version 1 is refused. If the key is one of version 3, give it the privilege for this operation in LiveAgent.",
			404: 'Check the identifier. IDs are safer than ticket codes: some versions of LiveAgent do not find codes.',
			429: 'LiveAgent allows 180 requests a minute for each key. Lower Requests per Second in the credential, or let fewer workflows run at once.',
			500: 'LiveAgent often answers like this when a value is missing or wrong. Check the values of this item.',
		},
	},
};

/**
 * Errors are `{"message": "..."}`. What has a status from 500 on may come from the middle of the work, so it is no clear refusal
 * and is left to the HTTP status.
 */
function classifyResponse({ status, body }: Answer): VendorFailure | undefined {
	if (status < 400 || status >= 500) return undefined;
	const { message } = (typeof body === 'object' && body !== null ? body : {}) as { message?: unknown };
	return typeof message === 'string' && message !== '' ? { kind: 'refused', message } : undefined;
}

/** Paging of the longer lists: a header names the next page (seen in production in keboola/component-liveagent 2534822). */
export const cursorPaging: PagingStyle = {
	kind: 'cursor',
	cursorParameter: '_cursor',
	nextHeader: 'next_page_cursor',
	sizeParameter: '_perPage',
	size: 500,
};
