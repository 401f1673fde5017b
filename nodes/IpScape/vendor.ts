import type { IDataObject } from 'n8n-workflow';

import { normaliseBaseUrl } from '../shared/input/values';
import type { Answer, VendorFailure } from '../shared/definition/answer';
import type { Vendor } from '../shared/definition/vendor';
import { activity } from './resources/activity';
import { agentPresence } from './resources/agentPresence';
import { callRecording } from './resources/callRecording';
import { campaign } from './resources/campaign';
import { diallerAttempt } from './resources/diallerAttempt';
import { lead } from './resources/lead';
import { leadList } from './resources/leadList';
import { media } from './resources/media';
import { personalData } from './resources/personalData';
import { user } from './resources/user';
import { events } from './triggers';

const longestFailureText = 300;
const deepestFailureText = 5;

const pathAdvice =
	"Check the ID. Where an operation says that its path is not confirmed, ipSCAPE support can name the right one for 'Path Overrides' in the credential.";

/** ipSCAPE, platform API version 3.0. */
export const ipScape: Vendor = {
	name: 'ipScape',
	displayName: 'ipSCAPE',
	credentialType: 'ipScapeApi',
	baseUrl: ({ baseUrl }) => normaliseBaseUrl(baseUrl, { requiredSuffix: '/platform-api', stripPaths: true }),
	rateScope: 'tenant',
	bodyFormat: 'json',
	listFormat: 'repeat',
	answerPath: '',
	paging: { kind: 'cursor', cursorParameter: 'cursor', nextPath: 'metadata.nextUri' },
	classifyResponse,
	adviceByStatus: {
		401: "Check the token and 'Token Prefix' in the credential: some tenants may take the token without Bearer, or as user name with Basic.",
		404: pathAdvice,
		405: pathAdvice,
	},
	secretKeys: [],
	timeKeys: [
		'answered',
		'created',
		'createdDate',
		'deletedTimestamp',
		'dialled',
		'hangUp',
		'joinQueue',
		'lastUpdated',
		'modified',
		'nextAttempt',
		'nextAttemptTimestamp',
		'startTimestamp',
		'timestamp',
		'wrapUp',
	],
	resources: [
		activity,
		agentPresence,
		callRecording,
		campaign,
		diallerAttempt,
		lead,
		leadList,
		media,
		personalData,
		user,
	],
	events,
};

/** The HTTP status decides. The vendor documents no failure body, so its words are looked for where they usually are. */
function classifyResponse({ status, body }: Answer): VendorFailure | 'good' | undefined {
	if (status < 400) return undefined;
	const message = failureText(body) ?? `ipSCAPE answered ${status} without saying why`;
	return { kind: status >= 500 || status === 408 ? 'unavailable' : 'refused', message };
}

function failureText(body: unknown, depth = 0): string | undefined {
	if (depth > deepestFailureText) return undefined;
	if (typeof body === 'string' && body.trim() !== '') return shorten(body.trim());
	if (Array.isArray(body)) return failureText(body[0], depth + 1);
	if (typeof body !== 'object' || body === null || Object.keys(body).length === 0) return undefined;
	const { message, error, errors, detail, title, description } = body as IDataObject;
	for (const words of [message, detail, error, errors, description, title]) {
		const text = failureText(words, depth + 1);
		if (text !== undefined) return text;
	}
	return wholeText(body);
}

/** The JSON of an answer; undefined for one that is nested too deep to write. */
function wholeText(body: object): string | undefined {
	try {
		return shorten(JSON.stringify(body));
	} catch {
		return undefined;
	}
}

function shorten(text: string): string {
	return text.length > longestFailureText ? `${text.slice(0, longestFailureText)}…` : text;
}
