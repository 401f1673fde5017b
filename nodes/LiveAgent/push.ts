import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import type { Delivery, PushDefinition, PushEvent, RecordAccess } from '../shared/definition/push';
import type { FieldValues } from '../shared/definition/request';
import { writeLocalTime } from './fields';
import { conversationRecord, readable } from './formats/recordFormat';
import { statusFilter } from './resources/conversation';
import { departmentFilter, keepMessage, messageTypeFilter, readableMessage } from './triggers';
import { liveAgent } from './vendor';

/** Minutes back in which a message counts as the one that the rule told of. */
const messageMinutes = 15;

/** The names under which the rule sends, as the set-up shows them. */
const conversationOf = ({ conversationid }: IDataObject): string => String(conversationid ?? '');

/** LiveAgent's words for a conversation that is not there; the status is 500, as for most mistakes. */
const goneWords = /unable to load conversation/i;

/** Nothing that a rule sends is believed but the identifier: the conversation is read again. */
async function readConversation(access: RecordAccess, notice: IDataObject): Promise<IDataObject | undefined> {
	const path = { conversationId: conversationOf(notice) };
	const outcome = await access
		.record({ resource: 'conversation', operation: 'get', path })
		.catch((error: NodeApiError) => (goneWords.test(error.message) ? undefined : Promise.reject(error)));
	return outcome === undefined ? undefined : readable(conversationRecord, outcome, access);
}

async function conversationRows(access: RecordAccess, notice: IDataObject): Promise<IDataObject[]> {
	const row = await readConversation(access, notice);
	return row === undefined ? [] : [row];
}

/** The messages of the last minutes; those that came before with an earlier notice are known by their ids. */
async function messageRows(access: RecordAccess, notice: IDataObject, values: FieldValues): Promise<IDataObject[]> {
	const path = { conversationId: conversationOf(notice) };
	const conversation = await readConversation(access, notice);
	if (conversation === undefined) return [];
	const from = writeLocalTime(access.now() - messageMinutes * 60_000, { ...access, now: access.now() });
	const rows: IDataObject[] = [];
	const source = { resource: 'conversation', operation: 'getMessages', path, query: { datefrom: String(from) } };
	for await (const page of access.list(source)) rows.push(...page);
	return rows.map((row) => readableMessage({ ...row, conversation }, values, access));
}

function keepConversation({ departmentid, status }: IDataObject, { departmentId, statuses }: FieldValues): boolean {
	if (departmentId !== undefined && departmentid !== departmentId) return false;
	return !Array.isArray(statuses) || statuses.length === 0 || statuses.includes(status);
}

/** The change time counts whole seconds; what can change twice in one tells such changes apart. */
const changeOf = ({ conversationid, datechanged, status, departmentid }: IDataObject): string =>
	[conversationid, datechanged, status, departmentid].map(String).join(' ');

function conversationEvent(
	event: Pick<PushEvent, 'value' | 'name' | 'description' | 'gaps'> & Partial<PushEvent>,
): PushEvent {
	return {
		fields: [departmentFilter],
		// What a rule calls the event is the event's value here, or its name in small letters with underscores.
		recognise: (notice) => (isNamed(notice, event.value) ? conversationOf(notice) : undefined),
		row: (notice) => notice,
		read: conversationRows,
		id: conversationOf,
		keep: keepConversation,
		...event,
	};
}

/** Letters of `channel_type`: a call, or one by a call button. */
const callChannels = ['C', 'W'];

/** Letters of `channel_type`: a chat by a contact button, or one that an invitation began. */
const chatChannels = ['B', 'I'];

const isOneOf = (value: unknown, letters: string[]): boolean => letters.includes(String(value));

function isNamed({ event, conversationid }: IDataObject, value: string): boolean {
	const plain = (text: unknown) =>
		String(text ?? '')
			.toLowerCase()
			.replace(/[^a-z]/g, '');
	return plain(event) === plain(value) && /^[\w-]+$/.test(String(conversationid ?? ''));
}

/** Query and form of the request; the token stays out of all that is handed on. */
function paramsOf({ query, body }: Delivery): IDataObject {
	const form = typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as IDataObject) : {};
	return { ...query, ...form };
}

function tokenOf(delivery: Delivery): string | undefined {
	const { token } = paramsOf(delivery);
	return delivery.headers['x-webhook-token'] ?? (typeof token === 'string' ? token : undefined);
}

/** What the LiveAgent Instant Trigger can start on. */
export const liveAgentPush: PushDefinition = {
	vendor: liveAgent,
	credentialType: 'liveAgentWebhookApi',
	takesGet: true,
	senders: [
		{
			value: 'rules',
			name: 'Rules',
			description: 'Automation rules with the action HTTP Request',
			setUp: [
				"Make up a long random token and enter it in the credential 'LiveAgent Webhook API' of this node.",
				'In LiveAgent open Configuration > Automation > Rules and create a rule for each event: choose its trigger, such as Ticket created, Ticket status changed or Message added.',
				'Add the action HTTP Request with the method POST, the Production URL of this node, and the body event=conversationCreated&amp;conversationid={$conv_conversationid}&amp;token=YOUR_TOKEN. Choose the variable of the conversation ID from the list of variables in the rule.',
				'The word after event= is the event of this node: conversationCreated, conversationChanged, messageAdded, chatStarted or callStarted.',
				'Send nothing else: the node reads the conversation from LiveAgent by its ID and believes nothing that is sent.',
			],
			authentication: { kind: 'token', secretFields: ['token', 'previousToken'], sent: tokenOf },
			notices: (delivery) => {
				const { token: _token, ...rest } = paramsOf(delivery);
				return Object.keys(rest).length === 0 ? undefined : [rest];
			},
			alwaysReads: true,
			events: [
				conversationEvent({
					value: 'callStarted',
					name: 'Call Created',
					description: 'A call came in',
					gaps: { polls: ['conversationCreated'], keep: ({ channel_type: channel }) => isOneOf(channel, callChannels) },
				}),
				conversationEvent({
					value: 'chatStarted',
					name: 'Chat Created',
					description: 'A chat started',
					gaps: { polls: ['conversationCreated'], keep: ({ channel_type: channel }) => isOneOf(channel, chatChannels) },
				}),
				conversationEvent({
					value: 'conversationChanged',
					name: 'Conversation Updated',
					description: 'The status, department or tags of a conversation changed, or a message was added; each change starts the workflow once',
					fields: [departmentFilter, statusFilter],
					recognise: (notice) => (isNamed(notice, 'conversationChanged') ? '' : undefined),
					id: changeOf,
					gaps: { polls: ['conversationChanged'] },
				}),
				conversationEvent({
					value: 'conversationCreated',
					name: 'Conversation Created',
					description: 'A ticket, chat or call was opened',
					gaps: { polls: ['conversationCreated'] },
				}),
				conversationEvent({
					value: 'messageAdded',
					name: 'Message Added',
					description: 'A message was added to a conversation; each message starts the workflow once',
					fields: [departmentFilter, messageTypeFilter],
					recognise: (notice) => (isNamed(notice, 'messageAdded') ? '' : undefined),
					read: messageRows,
					id: ({ messageid }) => String(messageid),
					keep: (row, values) =>
						keepMessage(row, values) &&
						keepConversation((row.conversation ?? {}) as IDataObject, { departmentId: values.departmentId }),
					gaps: { polls: ['messageAdded'] },
				}),
			],
		},
	],
};
