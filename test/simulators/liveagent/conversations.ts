import { FilteredLists, sliceOf } from '../kit';
import type { Account } from './account';
import { fieldRoutes } from './customFields';
import { labelingRoutes } from './labels';
import { invalid, noConversation, refused } from './problem';
import { channelNames, statuses, type Channel, type Conversation, type Customer, type Label } from './records';
import {
	actingUser,
	allOf,
	filterKey,
	requireOneOf,
	sendMail,
	type Call,
	type Context,
	type Habits,
	type Route,
} from './routes';
import {
	customFields,
	dateTime,
	oneOf,
	required,
	someOf,
	text,
	timeCondition,
	wholeValue,
	yesNo,
	type Values,
} from './values';

const emailForm = /^[^@\s]+@[^@\s]+$/;
const channels = Object.keys(channelNames) as Channel[];
/** Most rows of a page (public client); also the row past which old versions failed. */
const pageMaximum = 1000;

/** Operations below `/conversations`. */
export function conversationRoutes(context: Context): Route[] {
	const { account, rows, carryOut } = context;
	const lists = new FilteredLists();
	const find = ({ params }: Call): Conversation => conversationOf(account, params.conversationid ?? '');
	return [
		{ method: 'GET', path: '/conversations', handle: ({ values }) => listConversations(context, lists, values) },
		{ method: 'POST', path: '/conversations', handle: ({ values }) => createConversation(context, values) },
		{
			method: 'GET',
			path: '/conversations/{conversationid}',
			handle: (call) => rows.conversation(find(call)),
		},
		{
			method: 'DELETE',
			path: '/conversations/{conversationid}',
			handle: (call) => {
				const conversation = find(call);
				const note = noteOf(call.values, context.habits);
				account.markDeleted(conversation.id, note, actingUser(account, call.values));
				carryOut('conversation.delete', { conversationid: conversation.id });
				return rows.ok();
			},
		},
		{
			method: 'PUT',
			path: '/conversations/{conversationid}/attendants',
			handle: (call) => transfer(context, find(call), call.values),
		},
		{
			method: 'PUT',
			path: '/conversations/{conversationid}/status',
			handle: (call) => {
				const conversation = find(call);
				required(call.values, 'status');
				const status = oneOf(call.values, 'status', ['A', 'R', 'C']) ?? 'A';
				account.setStatus(conversation.id, status, text(call.values, 'note'), actingUser(account, call.values));
				carryOut('conversation.changeStatus', { conversationid: conversation.id, status });
				return rows.ok();
			},
		},
		{
			method: 'GET',
			path: '/conversations/{conversationid}/messages',
			handle: (call) => ({ groups: messageGroups(context, find(call), call.values) }),
		},
		{
			method: 'POST',
			path: '/conversations/{conversationid}/messages',
			handle: (call) => addMessage(context, find(call), call),
		},
		...fieldRoutes(context, 'conversation', '/conversations/{conversationid}/fields', find, (conversation) =>
			account.touch(conversation),
		),
		...tagRoutes(context, find),
	];
}

function conversationOf(account: Account, identifier: string): Conversation {
	const found = account.conversation(identifier);
	if (!found) throw noConversation();
	return found;
}

function listConversations(context: Context, lists: FilteredLists, values: Values): Record<string, unknown> {
	const { account, rows, habits } = context;
	if (habits.needsOwnerOrDepartment ?? true) requireOneOf(values, 'owneridentifier', 'department');
	const limit = wholeValue(values, 'limit', pageMaximum, 1, pageMaximum);
	const offset = wholeValue(values, 'offset', 0);
	if (habits.oldVersion && offset + limit > pageMaximum) throw refused('Conversations could not be loaded');
	const test = conversationTest(account, values);
	if (offset > 0) changeBetweenPages(account, limit, habits.changesOneIn);
	const found = lists.filter(account.conversations.list(), filterKey(values), test);
	const page = sliceOf(found, offset, limit).rows;
	if (habits.oldVersion && page.some(({ status }) => status === 'L')) throw refused('Unknown status L');
	return { conversations: page.map((row) => rows.conversationSummary(row)) };
}

function conversationTest(account: Account, values: Values): (row: Conversation) => boolean {
	const { local } = account;
	const owner = text(values, 'owneridentifier');
	const ownerId = owner && (account.customer(owner)?.id ?? '');
	const department = text(values, 'department');
	const status = someOf(values, 'status', statuses);
	const channel = someOf(values, 'channel_type', channels);
	const from = dateTime(values, 'datefrom');
	const to = dateTime(values, 'dateto');
	const changed = timeCondition(values, 'datechanged');
	const subject = text(values, 'subject');
	return allOf<Conversation>(
		ownerId !== undefined && ((row) => row.customerId === ownerId),
		department !== undefined && ((row) => row.departmentId === department),
		status && ((row) => (status as string[]).includes(row.status)),
		channel && ((row) => channel.includes(row.channel)),
		from !== undefined && ((row) => local.text(row.created) >= from),
		to !== undefined && ((row) => local.text(row.created) <= to),
		changed && ((row) => changed(local.text(row.changed))),
		subject !== undefined && ((row) => row.subject === subject),
	);
}

/** Lets rows change or appear while a reader pages, if the account is told to. */
function changeBetweenPages(account: Account, rows: number, oneIn: number | undefined): void {
	if (!oneIn) return;
	const existing = account.conversations.list();
	for (let count = 0; count < Math.max(1, Math.floor(rows / oneIn)); count += 1) {
		const row = account.random.chance(0.5) && existing.length > 0 ? account.random.pick(existing) : undefined;
		if (row) account.touch(row);
		else account.addConversation({ message: 'One more question', departmentId: existing[0]?.departmentId });
	}
}

function createConversation(context: Context, values: Values): Record<string, unknown> {
	const { account, rows, carryOut } = context;
	const message = required(values, 'message');
	const creator = required(values, 'useridentifier');
	const departmentId = required(values, 'department');
	const subject = required(values, 'subject');
	const recipient = required(values, 'recipient');
	if (!emailForm.test(recipient)) throw invalid('recipient');
	if (
		text(values, 'cc')
			?.split(',')
			.some((email) => !emailForm.test(email.trim()))
	)
		throw invalid('cc');
	const department = account.departments.get(departmentId);
	if (!department || department.deleted) throw refused(`Department with id ${departmentId} not found`);
	const status = oneOf(values, 'status', statuses) ?? 'N';
	const quiet = yesNo(values, 'do_not_send_mail') ?? false;
	yesNo(values, 'is_html_message');
	const fields = customFields(values);
	const userId = actingUser(account, values) ?? creator;
	const conversation = account.addConversation({
		message,
		userId,
		departmentId,
		subject,
		recipient,
		status,
		customerId: requesterOf(account, userId, recipient, text(values, 'recipient_name')).id,
		mailMessageId: text(values, 'mail_messsage_id') ?? '',
		customFields: fields,
	});
	carryOut('conversation.create', { conversationid: conversation.id, subject, recipient, message });
	if (!quiet) sendMail(context, 'conversation.create', recipient);
	const { id, code, publicCode } = conversation;
	return { ...rows.ok(), conversationid: id, code, publicurlcode: publicCode };
}

/** The customer who writes, or the recipient when an agent writes; an unknown recipient becomes a customer. */
function requesterOf(account: Account, userId: string, recipient: string, name = ''): Customer {
	const writer = account.customerOfUser(userId);
	const known = writer ?? account.customer(recipient);
	if (known) return known;
	const [firstName = '', ...rest] = name.split(' ');
	return account.addCustomer({ email: recipient, firstName, lastName: rest.join(' ') });
}

/** The reference says `messages`; the server reads `note` since 4.25.16.9 (vendor change log). */
function noteOf(values: Values, habits: Habits): string | undefined {
	return text(values, habits.oldVersion ? 'messages' : 'note');
}

function transfer(context: Context, conversation: Conversation, values: Values): Record<string, unknown> {
	const { account, rows, habits, carryOut } = context;
	requireOneOf(values, 'agentidentifier', 'department');
	const agentIdentifier = text(values, 'agentidentifier');
	const agentId = agentIdentifier && account.agent(agentIdentifier)?.id;
	if (agentIdentifier && !agentId) throw refused(`Agent ${agentIdentifier} not found`);
	const departmentId = text(values, 'department');
	if (departmentId && !account.departments.get(departmentId)) throw refused(`Department ${departmentId} not found`);
	const note = noteOf(values, habits);
	account.transfer(conversation.id, { agentId, departmentId }, note, actingUser(account, values));
	carryOut('conversation.transfer', { conversationid: conversation.id, agentId, departmentId, note });
	return rows.ok();
}

function messageGroups(context: Context, conversation: Conversation, values: Values): unknown[] {
	const { local } = context.account;
	const from = dateTime(values, 'datefrom');
	const to = dateTime(values, 'dateto');
	const inside = (created: number): boolean => {
		const written = local.text(created);
		return (from === undefined || written >= from) && (to === undefined || written <= to);
	};
	return conversation.groups
		.map((group) => ({ ...group, messages: group.messages.filter(({ created }) => inside(created)) }))
		.filter(({ messages }) => messages.length > 0)
		.map((group) => context.rows.messageGroup(group));
}

function addMessage(context: Context, conversation: Conversation, { params, values }: Call): Record<string, unknown> {
	const { account, rows, habits, carryOut } = context;
	if (habits.oldVersion && params.conversationid !== conversation.id) throw noConversation();
	const message = required(values, 'message');
	const asked = oneOf(values, 'type', ['M', 'N']);
	const quiet = yesNo(values, 'do_not_send_mail') ?? false;
	yesNo(values, 'is_html_message');
	const userId = actingUser(account, values);
	// Without a writer only a note is stored, whatever type was asked for (vendor reference).
	const type = userId === undefined ? 'N' : (asked ?? 'M');
	account.addMessage({ conversationId: conversation.id, userId, type, text: message });
	conversation.mailMessageId = text(values, 'mail_messsage_id') ?? conversation.mailMessageId;
	carryOut('conversation.addMessage', { conversationid: conversation.id, type, message });
	const isAnswer = type === 'M' && userId !== undefined && account.agents.get(userId) !== undefined;
	if (isAnswer && !quiet) sendMail(context, 'conversation.addMessage', conversation.customerId);
	return rows.ok();
}

function tagRoutes(context: Context, find: (call: Call) => Conversation): Route[] {
	const { account, carryOut } = context;
	return labelingRoutes(context, {
		path: '/conversations/{conversationid}/tags',
		find,
		write: (ids) => ({ tags: ids.map((id) => ({ id, name: account.tags.get(id)?.name ?? '' })) }),
		idsOf: ({ tags }) => tags,
		labelOf: (values, creates) => tagOf(context, values, creates),
		changed: (conversation, id, isOn) => {
			account.touch(conversation);
			carryOut(isOn ? 'conversation.addTag' : 'conversation.removeTag', { conversationid: conversation.id, tagid: id });
		},
	});
}

/** Tag named by `id` or `name`; the id wins. */
function tagOf(context: Context, values: Values, creates: boolean): Label {
	const { account } = context;
	requireOneOf(values, 'id', 'name');
	const id = text(values, 'id');
	const name = text(values, 'name') ?? '';
	const found = id === undefined ? account.tags.list().find((tag) => tag.name === name) : account.tags.get(id);
	if (found) return found;
	if (!creates || id !== undefined) throw refused(`Tag ${id ?? name} not found`);
	const tag = account.addTag({ name });
	context.carryOut('tag.create', { id: tag.id, name });
	return tag;
}
