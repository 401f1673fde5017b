import type { IDataObject, NodeApiError } from 'n8n-workflow';

import type { Delivery, PushDefinition, PushEvent, RecordAccess } from '../shared/definition/push';
import type { FieldValues } from '../shared/definition/request';
import { operatorFilter, websiteFilter } from './fields';
import { availabilityState, channelFilter, readState, watchedChannels } from './triggers';
import { iAdvize } from './vendor';

type EventText = Pick<PushEvent, 'value' | 'name' | 'description'>;

const eventId = ({ eventId: id }: IDataObject): string => String(id ?? '');

/** The number of the REST API is not sent. What is sent is the UUID, which a conversation's `xmpp_id` most likely is. */
const conversationUuid = ({ xmpp_id }: IDataObject): string => String(xmpp_id ?? '').toLowerCase();

/** The number of the REST API is not sent; your own number of the purchase is in both. */
const externalId = ({ external_id: id }: IDataObject): string => String(id ?? '');

/**
 * A notice under the names of the REST API, with all that was sent beside them (docs.iadvize.dev, webhooks). Times keep their
 * offset; those of the REST API have none.
 */
function rowOf(notice: IDataObject): IDataObject {
	const { projectId, conversationId, operatorId, operatorIds, channel, visitorId, userId } = notice;
	const operators = Array.isArray(operatorIds) ? operatorIds : [];
	return {
		...notice,
		...named('website_id', projectId),
		...named('xmpp_id', conversationId),
		...named('operator_id', operatorId ?? operators.at(-1) ?? userId),
		...named('channel', typeof channel === 'string' ? channel.toLowerCase() : undefined),
		...named('visitor_uid', visitorId),
	};
}

function named(name: string, value: unknown): IDataObject {
	return value === undefined ? {} : { [name]: value as IDataObject[string] };
}

function keepRow(row: IDataObject, values: FieldValues): boolean {
	const { channel } = values;
	const isWanted = (name: string, wanted: unknown) => wanted === undefined || String(row[name]) === String(wanted);
	if (channel !== undefined && channel !== 'all' && row.channel !== channel) return false;
	return isWanted('website_id', values.websiteId) && isWanted('operator_id', values.operatorId);
}

function told(eventTypes: string[], text: EventText, rest: Partial<PushEvent> = {}): PushEvent {
	return {
		...text,
		recognise: (notice) => (eventTypes.includes(String(notice.eventType)) ? eventId(notice) : undefined),
		row: rowOf,
		keep: keepRow,
		...rest,
	};
}

/** A conversation is known by its UUID, so that polling does not give it again. */
function conversation(eventType: string, timeName: string, text: EventText): PushEvent {
	return told([eventType], text, {
		fields: [channelFilter, operatorFilter, websiteFilter],
		recognise: ({ eventType: sent, conversationId }) =>
			sent === eventType ? String(conversationId ?? '').toLowerCase() : undefined,
		row: (notice) => ({ ...rowOf(notice), ...named(timeName, notice.createdAt) }),
		id: conversationUuid,
		gaps: { polls: [text.value] },
	});
}

/** iAdvize's words for an operator that is not there; the status is that of every mistake. */
const goneWords = /unknown 'operator'/i;

/** The live state is read, because the notice tells only one channel. */
async function readAvailability(
	access: RecordAccess,
	notice: IDataObject,
	values: FieldValues,
): Promise<IDataObject[]> {
	const path = { operatorId: String(notice.userId) };
	const row = await access
		.record({ resource: 'operator', operation: 'getAvailability', path })
		.catch((error: NodeApiError) => (goneWords.test(error.message) ? undefined : Promise.reject(error)));
	if (row === undefined) return [rowOf(notice)];
	return [{ ...row, before: null, after: readState(availabilityState(row, values)) }];
}

const user = (eventType: string, value: string, name: string, description: string): PushEvent =>
	told([eventType], { value, name, description }, { fields: [operatorFilter] });

/** `sha256=` and the digest in hexadecimal digits. */
function signaturesOf({ headers }: Delivery): string[] {
	const digest = /^sha256=([0-9a-f]{64})$/i.exec((headers['x-iadvize-signature'] ?? '').trim())?.[1];
	return digest === undefined ? [] : [digest.toLowerCase()];
}

/** What the iAdvize Instant Trigger can start on. */
export const iAdvizePush: PushDefinition = {
	vendor: iAdvize,
	credentialType: 'iAdvizeWebhookApi',
	health: { status: 'UP' },
	senders: [
		{
			value: 'webhooks',
			name: 'Webhooks',
			description: 'Webhooks of an app in the marketplace of iAdvize',
			setUp: [
				'On developers.iadvize.com open My Apps, create a private app or open yours, and choose Add webhooks.',
				'Enter the Production URL of this node, the content type JSON, and the events you want. The same URL answers the health check that iAdvize asks for.',
				"Copy the security token into the credential 'iAdvize Webhook API' of this node. Without an app, ask developers@iadvize.com for a webhook and its token.",
				'Let iAdvize review the app and install it for your account.',
			],
			authentication: { kind: 'signature', secretFields: ['secret', 'previousSecret'], encoding: 'hex', sent: signaturesOf },
			notices: ({ body }) =>
				typeof body === 'object' && body !== null && !Array.isArray(body) ? [body as IDataObject] : undefined,
			noticeId: (notice) => eventId(notice) || undefined,
			events: [
				conversation('v2.conversation.closed', 'closed_at', {
					value: 'conversationClosed',
					name: 'Conversation Closed',
					description: 'A conversation ended',
				}),
				conversation('v2.conversation.pushed', 'created_at', {
					value: 'conversationStarted',
					name: 'Conversation Created',
					description: 'A conversation started',
				}),
				told(
					['v2.conversation.pushed'],
					{
						value: 'conversationReceived',
						name: 'Conversation Received',
						description: 'A conversation was assigned to an operator, new or by transfer; fires each time',
					},
					{ fields: [channelFilter, operatorFilter, websiteFilter] },
				),
				told(
					['user.availability.updated', 'user.connected', 'user.disconnected'],
					{
						value: 'operatorAvailabilityChanged',
						name: 'Operator Status Changed',
						description: 'An operator signed in or out, or became available or unavailable on a channel',
					},
					{ fields: [watchedChannels], keep: undefined, read: readAvailability },
				),
				user('user.created', 'operatorCreated', 'Operator Created', 'An operator was added'),
				user('user.updated', 'operatorUpdated', 'Operator Updated', 'The data of an operator changed'),
				told(
					['satisfaction.answered'],
					{
						value: 'satisfactionReceived',
						name: 'Satisfaction Received',
						description: 'A visitor clicked in the satisfaction survey; a survey can send several events, and the last one counts',
					},
					{ fields: [websiteFilter] },
				),
				told(
					['transaction.attributed'],
					{
						value: 'transactionRecorded',
						name: 'Transaction Created',
						description: 'A purchase was attributed to a conversation',
					},
					{
						fields: [operatorFilter, websiteFilter],
						row: (notice) => ({ ...rowOf(notice), ...named('external_id', notice.externalId) }),
						id: externalId,
						// The list holds purchases without a conversation too; only attributed ones are told.
						gaps: { polls: ['transactionRecorded'], keep: ({ conversation_id: id }) => Boolean(id) && id !== '0' },
					},
				),
				told(['visitor.updated'], {
					value: 'visitorUpdated',
					name: 'Visitor Updated',
					description: 'The data of a visitor changed',
				}),
			],
		},
	],
};
