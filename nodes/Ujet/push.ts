import type { IDataObject } from 'n8n-workflow';

import type { Field } from '../shared/definition/operation';
import type { Delivery, PushDefinition, PushEvent, PushSender } from '../shared/definition/push';
import type { FieldValues } from '../shared/definition/request';
import {
	agentsIn,
	agentsOf,
	fieldOf,
	idOf,
	isConnected,
	isDisconnected,
	kindOf,
	sessionRow,
	timeOf,
} from './formats/sessionNotice';
import type { SessionKind } from './formats/sessionNotice';
import { chatNoticeKey, chatNoticeRow } from './formats/chatNotice';
import { isOfCallType } from './formats/codes';
import { agentsFilter, chatTypesFilter, inWantedMenu, menusFilter, rowId, callTypesFilter, wantedValues } from './triggers';
import { ujet } from './vendor';

const recordOf: Record<SessionKind, NonNullable<PushEvent['read']>> = {
	call: async (access, notice) => {
		const path = { callId: idOf(notice) };
		return [
			(await access.record({ resource: 'call', operation: 'get', path }, { patient: true })) ?? sessionRow(notice),
		];
	},
	chat: async (access, notice) => {
		const path = { chatId: idOf(notice) };
		return [
			(await access.record({ resource: 'chat', operation: 'get', path }, { patient: true })) ?? sessionRow(notice),
		];
	},
};

function keepSession(row: IDataObject, values: FieldValues): boolean {
	const agentIds = wantedValues(values, 'agentIds');
	const callTypes = wantedValues(values, 'callTypes');
	if (agentIds.length > 0 && !agentIds.includes(String((row.agent_info as IDataObject | null)?.id))) return false;
	if (callTypes.length > 0 && !isOfCallType(String(row.call_type), callTypes)) return false;
	const chatTypes = wantedValues(values, 'chatTypes');
	if (chatTypes.length > 0 && !chatTypes.includes(String(row.chat_type))) return false;
	return inWantedMenu(row, values);
}

/** Filters of sessions whether an agent takes part or not. */
const filtersOf: Record<SessionKind, Field[]> = { call: [callTypesFilter, menusFilter], chat: [chatTypesFilter, menusFilter] };

/** A moment of a session: `when` gives who it is about besides the session, none when the moment is another one. */
function moment(
	kind: SessionKind,
	text: Pick<PushEvent, 'value' | 'name' | 'description' | 'gaps'>,
	when: (notice: IDataObject) => string[],
	fields: Field[] = [agentsFilter, ...filtersOf[kind]],
): PushEvent {
	return {
		...text,
		fields,
		recognise: (notice) => {
			if (kindOf(notice) !== kind) return undefined;
			const [about] = when(notice);
			return about === undefined ? undefined : [idOf(notice), about].filter(Boolean).join(' ');
		},
		row: sessionRow,
		read: recordOf[kind],
		id: rowId,
		keep: keepSession,
	};
}

/** The moment itself tells all there is to know of it. */
const once = (holds: boolean): string[] => (holds ? [''] : []);

/** An agent in a row of the Manager API, also one that left again. */
function agentIdsIn({ agent_info: agent, participants }: IDataObject): string[] {
	const ids = (Array.isArray(participants) ? (participants as IDataObject[]) : [])
		.filter(({ type, connected_at: connectedAt }) => /agent/i.test(String(type)) && Boolean(connectedAt))
		.map(({ user_id: id }) => id);
	return [...new Set([(agent as IDataObject | null)?.id, ...ids].filter(Boolean).map(String))];
}

/** What `recognise` gives for a moment of each agent in a row. */
const agentMoments = (row: IDataObject): string[] => agentIdsIn(row).map((agent) => `${rowId(row)} ${agent}`);

/** Chats have no time of answering of their own: one is assigned when an agent picks it up. */
const answeredPolls: Record<SessionKind, string> = { call: 'callAnswered', chat: 'chatAssigned' };

const hadAgent = (row: IDataObject): boolean => agentIdsIn(row).length > 0;

/** Events of the polling trigger that tell of sessions that ended, one way or another. */
const endings: Record<SessionKind, string[]> = {
	call: ['callFinished', 'callFailed', 'voicemailReceived'],
	chat: ['chatFinished', 'chatFailed'],
};

function isEnded(notice: IDataObject): boolean {
	return isDisconnected(notice) && agentsIn(notice, 'dispositionSubmitted').length === 0;
}

/**
 * The vendor sends states and names no events: they are read off the states of session and participants.
 * Every notice may come twice, late, or after a later one, so each event stands for itself.
 */
function momentsOf(kind: SessionKind, name: string): PushEvent[] {
	return [
		moment(
			kind,
			{
				value: `${kind}Answered`,
				name: `${name} Answered`,
				description: `An agent picked up a ${kind}; after a transfer, each agent`,
				gaps: { polls: [answeredPolls[kind]], noticeIds: agentMoments },
			},
			(notice) => (isConnected(notice) ? agentsIn(notice, 'connected') : []),
		),
		moment(
			kind,
			{
				value: `${kind}Assigned`,
				name: `${name} Assigned`,
				description: `An agent accepted a ${kind} and is being connected; after a transfer, each agent`,
				gaps: { polls: [`${kind}Assigned`], noticeIds: agentMoments },
			},
			(notice) => (isConnected(notice) ? agentsIn(notice, 'accepted') : []),
		),
		moment(
			kind,
			{
				value: `${kind}Created`,
				name: `${name} Created`,
				description: `A ${kind} began`,
				gaps: { polls: [`${kind}Created`] },
			},
			(notice) => once(isConnected(notice) && agentsOf(notice).length === 0),
			filtersOf[kind],
		),
		moment(
			kind,
			{
				value: `${kind}EndedUnanswered`,
				name: `${name} Ended Unanswered`,
				description: `A ${kind} ended without an agent: abandoned, failed or left to voicemail; the whole record says which`,
				gaps: { polls: endings[kind], keep: (row) => !hadAgent(row) },
			},
			(notice) => once(isEnded(notice) && agentsOf(notice).length === 0),
			filtersOf[kind],
		),
		moment(
			kind,
			{
				value: `${kind}Finished`,
				name: `${name} Finished`,
				description: `A ${kind} with an agent ended`,
				gaps: { polls: endings[kind], keep: hadAgent },
			},
			(notice) => once(isEnded(notice) && agentsOf(notice).length > 0),
		),
		moment(
			kind,
			{ value: `${kind}Updated`, name: `${name} Updated`, description: `Any change of a ${kind}, each one` },
			(notice) => [String(fieldOf(notice, 'event_id') ?? JSON.stringify(notice))],
		),
		moment(
			kind,
			{
				value: `${kind}WrappedUp`,
				name: `${name} Wrapped Up`,
				description: `An agent submitted the disposition of a ${kind}`,
			},
			(notice) => agentsIn(notice, 'dispositionSubmitted'),
		),
	];
}

/** `{ count, events: [...] }`; a single entry and a bare list are taken too. */
function sessionNotices({ body }: Delivery): IDataObject[] | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const { events } = body as { events?: unknown };
	const entries = Array.isArray(body) ? body : Array.isArray(events) ? events : [body];
	return (entries as IDataObject[])
		.filter((entry) => typeof entry === 'object' && entry !== null && Object.keys(entry).length > 0)
		.sort((first, second) => timeOf(first) - timeOf(second));
}

const sessionEvents: PushSender = {
	value: 'sessionEvents',
	name: 'External Session Events',
	description: 'Every change of calls and chats of any origin',
	setUp: [
		'In the portal open Settings > Developer Settings > Session Data Export > Manage Data Export Settings > External Session Events. If it is missing, ask UJET to switch it on for your tenant.',
		'Turn the toggle on and tick Call events, Chat events, or both.',
		'As API Endpoint enter the Production URL of this node; calls and chats may share it.',
		"Enter the same user name and password as in the credential 'UJET Webhook API' of this node, and save.",
	],
	authentication: { kind: 'basic', userField: 'username', passwordField: 'password' },
	notices: sessionNotices,
	noticeId: (notice) => fieldOf(notice, 'event_id') as string | undefined,
	events: [...momentsOf('call', 'Call'), ...momentsOf('chat', 'Chat')],
};

const senderTypes = [
	{ name: 'Agent', value: 'agent' },
	{ name: 'End User', value: 'end_user' },
	{ name: 'Virtual Agent', value: 'virtual_agent' },
];

const senderTypeFilter: Field = {
	displayName: 'Sender Types',
	name: 'senderTypes',
	type: 'multiOptions',
	default: ['agent', 'virtual_agent'],
	description:
		'Only messages of these senders. Messages that a workflow sends with Send Message come back as messages of the end user, so a bot must not start on those.',
	options: senderTypes,
};

function chatEvent(
	vendorType: string,
	event: Pick<PushEvent, 'value' | 'name' | 'description' | 'gaps'>,
): PushEvent {
	return {
		...event,
		recognise: (notice) => (notice.event_type === vendorType ? chatNoticeKey(notice) : undefined),
		row: chatNoticeRow,
		id: rowId,
	};
}

const chatMessage: PushEvent = {
	...chatEvent('message_received', {
		value: 'chatMessageReceived',
		name: 'Chat Message Received',
		description: 'Someone wrote in a chat that was created by the API',
	}),
	fields: [senderTypeFilter],
	keep: (row, values) => {
		const types = wantedValues(values, 'senderTypes');
		return types.length === 0 || types.includes(String((row.sender as IDataObject | undefined)?.type));
	},
};

/** `primary=<signature> secondary=<signature>`, or only the first. */
function chatSignatures({ headers }: Delivery): string[] {
	return (headers['x-signature'] ?? '')
		.split(/\s+/)
		.flatMap((part) => /^(?:primary|secondary)=(.+)$/.exec(part)?.[1] ?? []);
}

/** The vendor does not state the format: ISO text, or seconds or milliseconds since 1970. */
function signatureTime({ headers }: Delivery): number | undefined {
	const text = headers['x-signature-timestamp'] ?? '';
	const time = /^\d+(\.\d+)?$/.test(text) ? Number(text) * (Number(text) < 1e11 ? 1_000 : 1) : Date.parse(text);
	return Number.isNaN(time) ? undefined : time;
}

const chatWebhooks: PushSender = {
	value: 'chatWebhooks',
	name: 'Chat Webhooks',
	description: 'Chats created through the chat API, with all messages',
	setUp: [
		'In the portal open Settings > Developer Settings > Webhooks and turn the toggle on.',
		'Enter the Production URL of this node; UJET takes one address for each tenant.',
		"Generate the primary secret and a secondary one, copy both into the credential 'UJET Webhook API' of this node (UJET shows them once), and save.",
		'To exchange a secret: generate a new secondary, enter it in the credential, and press rotate. Both are accepted meanwhile.',
	],
	authentication: {
		kind: 'signature',
		secretFields: ['primarySecret', 'secondarySecret'],
		encoding: 'base64',
		sent: chatSignatures,
		signedPrefix: ({ headers }) => headers['x-signature-timestamp'],
		signedAt: signatureTime,
		maximumAgeField: 'maximumAge',
	},
	notices: ({ body }) =>
		typeof body === 'object' && body !== null && !Array.isArray(body) ? [body as IDataObject] : undefined,
	noticeId: chatNoticeKey,
	events: [
		chatEvent('chat_created', {
			value: 'chatCreated',
			name: 'Chat Created',
			description: 'A chat was created by the API',
		}),
		chatEvent('chat_dismissed', {
			value: 'chatDismissed',
			name: 'Chat Dismissed',
			description: 'A chat was dismissed',
		}),
		chatEvent('chat_ended', {
			value: 'chatFinished',
			name: 'Chat Finished',
			description: 'A chat ended',
		}),
		chatMessage,
		chatEvent('participant_joined', {
			value: 'chatParticipantJoined',
			name: 'Chat Participant Joined',
			description: 'An agent or virtual agent joined a chat',
		}),
		chatEvent('participant_left', {
			value: 'chatParticipantLeft',
			name: 'Chat Participant Left',
			description: 'An agent or virtual agent left a chat',
		}),
	],
};

/** What the UJET Instant Trigger can start on. */
export const ujetPush: PushDefinition = {
	vendor: ujet,
	credentialType: 'ujetWebhookApi',
	senderField: 'sender',
	senders: [sessionEvents, chatWebhooks],
};
