import type { IDataObject } from 'n8n-workflow';

import { normaliseBaseUrl } from '../shared/input/values';
import type { Answer, VendorFailure } from '../shared/definition/answer';
import type { Vendor } from '../shared/definition/vendor';
import { agent } from './resources/agent';
import { agentActivityLog } from './resources/agentActivityLog';
import { agentStatus } from './resources/agentStatus';
import { bulkUserJob } from './resources/bulkUserJob';
import { call } from './resources/call';
import { campaign } from './resources/campaign';
import { campaignContact } from './resources/campaignContact';
import { chat } from './resources/chat';
import { chatMedia } from './resources/chatMedia';
import { chatPhoto } from './resources/chatPhoto';
import { chatVideo } from './resources/chatVideo';
import { cobrowseSession } from './resources/cobrowseSession';
import { contactData } from './resources/contactData';
import { contactList } from './resources/contactList';
import { contactListContact } from './resources/contactListContact';
import { dncEntry } from './resources/dncEntry';
import { email } from './resources/email';
import { endUser } from './resources/endUser';
import { menu } from './resources/menu';
import { organization } from './resources/organization';
import { queueSettings } from './resources/queueSettings';
import { queueSettingsVersion } from './resources/queueSettingsVersion';
import { queueStatus } from './resources/queueStatus';
import { sms } from './resources/sms';
import { team } from './resources/team';
import { user } from './resources/user';
import { userStatus } from './resources/userStatus';
import { waitTime } from './resources/waitTime';
import { withCountryCode } from './formats/countryCode';
import { events } from './triggers';

/** UJET, also sold as Google CCAI Platform: the Apps API (writes) and the Manager API (reads) of one tenant. */
export const ujet: Vendor = {
	name: 'ujet',
	displayName: 'UJET',
	credentialType: 'ujetApi',
	baseUrl: (credentials: IDataObject) => normaliseBaseUrl(credentials.baseUrl, { stripPaths: true }),
	addressLabel: 'Tenant Address',
	rateScope: 'tenant',
	documentedRate,
	bodyFormat: 'json',
	listFormat: 'brackets',
	answerPath: '',
	paging: { kind: 'page', pageParameter: 'page', sizeParameter: 'per', size: 100 },
	classifyResponse,
	adviceByStatus: {
		401: "Check 'Username' and 'Password' in the credential: the username is the first part of the portal address, or the name of the API credential, and the password is its token.",
		404: 'UJET answers so when the record is unknown and when the tenant address is wrong. Check the identifier and the address in the credential.',
	},
	secretKeys: [],
	timeKeys: [
		'assigned_at',
		'casting_time',
		'connected_at',
		'created_at',
		'deactivated_at',
		'ended_at',
		'ends_at',
		'expires_at',
		'finished_at',
		'first_msg_sent_at',
		'last_login_time',
		'last_msg_sent_at',
		'process_requested_at',
		'queued_at',
		'received_at',
		'scheduled_at',
		'started_at',
		'starts_at',
		'status_updated_at',
		'timeout_at',
		'timestamp',
		'updated_at',
	],
	resources: [
		agent,
		agentActivityLog,
		agentStatus,
		bulkUserJob,
		call,
		campaign,
		campaignContact,
		chat,
		chatMedia,
		chatPhoto,
		chatVideo,
		cobrowseSession,
		contactData,
		contactList,
		contactListContact,
		dncEntry,
		email,
		endUser,
		menu,
		organization,
		queueSettings,
		queueSettingsVersion,
		queueStatus,
		sms,
		team,
		user,
		userStatus,
		waitTime,
	].map(withCountryCode),
	events,
};

/**
 * UJET's own reference of both APIs says 1 request a second (externals.ujet.co), Google's edition 10
 * (docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api): the address tells whose tenant it is.
 */
function documentedRate({ baseUrl }: IDataObject): number {
	const { hostname } = new URL(normaliseBaseUrl(baseUrl, { stripPaths: true }));
	return hostname.endsWith('.ccaiplatform.com') ? 10 : 1;
}

/** Failures are `{ message }` (Apps) or `{ error, message, status }` (Manager); the HTTP status says what they mean. */
function classifyResponse(answer: Answer): VendorFailure | undefined {
	if (answer.status < 400 || answer.status >= 500 || answer.status === 408 || answer.status === 429) return undefined;
	const message = wordsOf(answer.body);
	return message === '' ? undefined : { kind: 'refused', message, advice: adviceFor(message) };
}

/** The words of a failure, also in the shapes of gateways: `errors` as a list or by field, `error`, `detail`. */
function wordsOf(body: unknown): string {
	if (typeof body === 'string') return body.trim();
	if (Array.isArray(body)) return body.map(wordsOf).filter(Boolean).join('; ');
	if (typeof body !== 'object' || body === null) return '';
	const { message, errors, error_description: description, detail, error } = body as Record<string, unknown>;
	for (const words of [message, description, detail, errors, error]) {
		const found = words === errors && isPlain(errors) ? byField(errors) : wordsOf(words);
		if (found !== '') return found;
	}
	return '';
}

function isPlain(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byField(errors: Record<string, unknown>): string {
	return Object.entries(errors)
		.map(([field, words]) => `${field}: ${wordsOf(words)}`)
		.join('; ');
}

/** What to do about the failure texts that the vendor documents. */
function adviceFor(message: string): string | undefined {
	if (/agent is not available/i.test(message)) {
		return 'The agent must be signed in, available and not in another call. Choose another agent or try again later.';
	}
	if (/access to make calls/i.test(message)) {
		return 'Ask the administrator of UJET to let this agent dial out, or choose another agent.';
	}
	if (/do not call/i.test(message)) {
		return 'The number is on the do-not-call list. Check numbers with DNC Entry, Check, and leave out those that are listed.';
	}
	if (/invalid call[ _]type|call_type is invalid/i.test(message)) {
		return 'The tenant does not know this kind of call. Ask the administrator whether calls through the API are switched on.';
	}
	if (/is (required|missing)/i.test(message)) return 'Fill in the named field.';
	return undefined;
}
