import type { IDataObject } from 'n8n-workflow';

import { credentialTimeZone, normaliseBaseUrl } from '../shared/input/values';
import type { Answer, VendorFailure } from '../shared/definition/answer';
import type { Vendor } from '../shared/definition/vendor';
import { callMeeting } from './resources/callMeeting';
import { client } from './resources/client';
import { conversation } from './resources/conversation';
import { group } from './resources/group';
import { operator } from './resources/operator';
import { satisfaction } from './resources/satisfaction';
import { skill } from './resources/skill';
import { statistic } from './resources/statistic';
import { tag } from './resources/tag';
import { transaction } from './resources/transaction';
import { visitor } from './resources/visitor';
import { website } from './resources/website';
import { events } from './triggers';

/** iAdvize, REST API version 2. */
export const iAdvize: Vendor = {
	name: 'iAdvize',
	displayName: 'iAdvize',
	credentialType: 'iAdvizeApi',
	baseUrl,
	rateScope: 'credential',
	bodyFormat: 'form',
	listFormat: 'brackets',
	answerPath: 'data',
	paging: { kind: 'pages', pageParameter: 'page', sizeParameter: 'limit', size: 100, pagesPath: 'pagination.pages' },
	classifyResponse,
	secretKeys: ['sso_key'],
	timeKeys: ['created_at', 'closed_at', 'start_at'],
	// Times come without offset; the reference does not say in which zone.
	timeZone: credentialTimeZone('Europe/Paris'),
	resources: [
		callMeeting,
		client,
		conversation,
		group,
		operator,
		satisfaction,
		skill,
		statistic,
		tag,
		transaction,
		visitor,
		website,
	],
	events,
};

function baseUrl(credentials: IDataObject): string {
	const { platform } = credentials;
	const address = platform === 'custom' ? String(credentials.baseUrl ?? '') : `${String(platform)}.iadvize.com`;
	return normaliseBaseUrl(address, { requiredSuffix: '/api/2' });
}

/** `meta.status` decides, whatever the HTTP status: the vendor documents no statuses. */
function classifyResponse(answer: Answer): VendorFailure | 'good' | undefined {
	const meta = (answer.body as { meta?: { status?: unknown; message?: unknown } } | undefined)?.meta;
	if (meta?.status === 'success') return 'good';
	if (meta?.status !== 'fail' && meta?.status !== 'error') return undefined;
	const message = typeof meta.message === 'string' && meta.message !== '' ? meta.message : 'The request was refused';
	// An `error` beside a 5XX is a server in trouble, not a refusal: it says nothing about what was carried out.
	const kind = meta.status === 'error' && answer.status >= 500 ? 'unavailable' : 'refused';
	// The vendor answers 200 to a key that it refuses.
	const code = /^forbidden/i.test(message) ? 403 : undefined;
	return { kind, message, advice: adviceFor(message), code };
}

/** What to do about the vendor's fixed failure texts. */
function adviceFor(message: string): string | undefined {
	if (/forbidden/i.test(message)) {
		return 'Check the API key and the platform in the credential; iAdvize support grants the rights of a key.';
	}
	if (/is missing/i.test(message)) return 'Add this field; iAdvize does not say beforehand which ones an account requires.';
	if (/unknown/i.test(message)) return 'Choose the record from the list to be sure that it exists.';
	return undefined;
}
