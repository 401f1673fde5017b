import { createRandom, RecordTable, type Random, type SimulatorClock } from '../kit';
import { LocalTime } from './localTime';
import {
	serviceLetters,
	serviceOf,
	type Agent,
	type Article,
	type Availability,
	type CallsOverview,
	type Channel,
	type ChatsOverview,
	type Conversation,
	type Customer,
	type CustomField,
	type Department,
	type DepartmentCounts,
	type Label,
	type Message,
	type MessageGroup,
	type Ranking,
	type Service,
	type Status,
	type Suggestion,
	type SuggestionCategory,
} from './records';

/** Fields of a new record; what is left out gets a plausible value. */
export type RecordInput<T> = Partial<T> & {
	/** Epoch milliseconds from which the record can be read, for records that appear late. */
	visibleAt?: number;
};

/** A new conversation; `message` is its first message, written by the requester unless `userId` names somebody else. */
export type ConversationInput = RecordInput<Conversation> & { message?: string; userId?: string };

/** A new message of a conversation. */
export interface MessageInput {
	conversationId: string;
	/** User id of an agent or customer; left out: the System user. */
	userId?: string;
	/** M message (default), N note, or another letter of the vendor. */
	type?: string;
	text: string;
}

/** Order of conversation lists, newest first; the vendor documents none. */
export type ConversationOrder = 'created' | 'changed';

/** User id of the vendor's System user. */
export const systemUserId = 'system00';

const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const publicLetters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
const minutes = 60_000;
/** Service level of every conversation: an answer within this time. */
export const serviceLevelMs = 120 * minutes;

const byCreated = (first: { created: number }, second: { created: number }): number => second.created - first.created;
const byNumber = (first: Conversation, second: Conversation): number =>
	second.created - first.created || second.number - first.number;
const byChanged = (first: Conversation, second: Conversation): number =>
	second.changed - first.changed || second.number - first.number;

/** All records of one simulated account, with a method to add each kind and to make things happen. Needs no HTTP. */
export class Account {
	readonly random: Random;
	/** Zone in which the vendor writes and reads times. */
	readonly local: LocalTime;
	readonly agents: RecordTable<Agent>;
	readonly departments: RecordTable<Department>;
	readonly customers: RecordTable<Customer>;
	readonly customerGroups: RecordTable<Label>;
	readonly conversations: RecordTable<Conversation>;
	readonly tags: RecordTable<Label>;
	readonly articles: RecordTable<Article>;
	readonly suggestionCategories: RecordTable<SuggestionCategory>;
	readonly suggestions: RecordTable<Suggestion>;
	readonly rankings: RecordTable<Ranking>;
	readonly availabilities: RecordTable<Availability>;
	private readonly counters = new Map<string, number>();
	private readonly customersByEmail = new Map<string, string>();
	private readonly customersByUserId = new Map<string, string>();
	private readonly conversationsByCode = new Map<string, string>();
	private readonly departmentCounts = new Map<string, Partial<DepartmentCounts>>();
	private chats: Partial<ChatsOverview> = {};
	private calls: Partial<CallsOverview> = {};
	private plans: Array<{ at: number; action: () => void }> = [];
	private planTime: number | undefined;

	constructor(
		readonly clock: SimulatorClock,
		timeZone = 'America/Los_Angeles',
		seed = 1,
		order: ConversationOrder = 'created',
	) {
		this.random = createRandom(seed);
		this.local = new LocalTime(timeZone);
		this.agents = new RecordTable<Agent>(clock);
		this.departments = new RecordTable<Department>(clock);
		this.customers = new RecordTable<Customer>(clock, byCreated);
		this.customerGroups = new RecordTable<Label>(clock);
		this.conversations = new RecordTable<Conversation>(clock, order === 'changed' ? byChanged : byNumber);
		this.tags = new RecordTable<Label>(clock);
		this.articles = new RecordTable<Article>(clock);
		this.suggestionCategories = new RecordTable<SuggestionCategory>(clock);
		this.suggestions = new RecordTable<Suggestion>(clock);
		this.rankings = new RecordTable<Ranking>(clock, byCreated);
		this.availabilities = new RecordTable<Availability>(clock);
	}

	/** Present time, whole seconds in milliseconds; inside a planned action the time it was planned for. */
	now(): number {
		return Math.floor((this.planTime ?? this.clock.now()) / 1000) * 1000;
	}

	/** Plans an action for `milliseconds` from now on the simulator's clock. It may plan the next one. */
	later(milliseconds: number, action: () => void): void {
		this.plans.push({ at: (this.planTime ?? this.clock.now()) + milliseconds, action });
	}

	/** Carries out the planned actions whose time has come, at most 10,000 at once; the simulator calls it before each answer. */
	settle(): void {
		for (let done = 0; done < 10_000; done += 1) {
			const now = this.clock.now();
			const next = this.plans
				.filter(({ at }) => at <= now)
				.reduce<(typeof this.plans)[number] | undefined>(
					(first, plan) => (first && first.at <= plan.at ? first : plan),
					undefined,
				);
			if (!next) return;
			this.plans = this.plans.filter((plan) => plan !== next);
			this.planTime = next.at;
			try {
				next.action();
			} finally {
				this.planTime = undefined;
			}
		}
	}

	addDepartment(input: RecordInput<Department> = {}): Department {
		const id = input.id ?? this.nextId('dp');
		return this.store(this.departments, input, {
			id,
			name: `Department ${id}`,
			description: '',
			preset: 'MPT',
			deleted: false,
		});
	}

	/** Adds an agent; with `online` letters its availability begins now. */
	addAgent(input: RecordInput<Agent> = {}): Agent {
		const id = input.id ?? this.nextId('ag');
		const agent = this.store<Agent>(this.agents, input, {
			id,
			contactId: this.nextId('ac'),
			email: `agent-${id}@example.com`,
			firstName: 'Nina',
			lastName: 'Park',
			gender: 'F',
			role: 'A',
			departments: this.departments
				.list()
				.slice(0, 1)
				.map((department) => department.id),
			preset: 'MPT',
			online: '',
		});
		const { online } = agent;
		agent.online = '';
		this.setOnlineStatus(agent.id, online);
		return agent;
	}

	addCustomer(input: RecordInput<Customer> = {}): Customer {
		const id = input.id ?? this.nextId('ct');
		const customer = this.store(this.customers, input, {
			id,
			userId: this.nextId('us'),
			email: `customer-${id}@example.org`,
			firstName: 'Omar',
			lastName: 'Silva',
			role: 'V',
			gender: '',
			phone: '',
			note: '',
			created: this.now(),
			customFields: [],
			groups: [],
		});
		if (customer.email) this.customersByEmail.set(customer.email.toLowerCase(), customer.id);
		this.customersByUserId.set(customer.userId, customer.id);
		return customer;
	}

	/** Adds many customers, one each `everyMs` up to now. */
	addCustomers(count: number, everyMs = 1000): void {
		const now = this.now();
		for (let index = 0; index < count; index += 1)
			this.addCustomer({ created: now - (count - 1 - index) * everyMs, lastName: `Silva ${index + 1}` });
	}

	addCustomerGroup(input: RecordInput<Label> = {}): Label {
		return this.addLabel(this.customerGroups, 'g', input);
	}

	addTag(input: RecordInput<Label> = {}): Label {
		return this.addLabel(this.tags, 't', input);
	}

	/** Adds a conversation that starts now unless `created` says otherwise, of some customer in some department. */
	addConversation(input: ConversationInput = {}): Conversation {
		const { message, userId, ...fields } = input;
		const number = this.count('conversation');
		const created = input.created ?? this.now();
		const channel: Channel = input.channel ?? 'E';
		const customerId = input.customerId ?? (this.customers.list()[0] ?? this.addCustomer()).id;
		const conversation = this.store(this.conversations, fields, {
			id: this.nextId('cv'),
			number,
			code: this.makeCode(),
			publicCode: this.letters(publicLetters, 12),
			created,
			changed: created,
			departmentId: this.departments.list()[0]?.id ?? this.addDepartment().id,
			status: serviceOf(channel) === 'chats' ? 'T' : serviceOf(channel) === 'calls' ? 'P' : 'N',
			channel,
			customerId,
			agentId: '',
			subject: 'Late parcel',
			ownerNote: '',
			preview: message ?? '',
			recipient: 'support@example.com',
			mailMessageId: '',
			customFields: [],
			tags: [],
			groups: [],
		});
		this.conversationsByCode.set(conversation.code, conversation.id);
		this.conversationsByCode.set(conversation.publicCode, conversation.id);
		if (message !== undefined) {
			const author = userId ?? this.customers.get(customerId)?.userId ?? systemUserId;
			conversation.groups.push(this.makeGroup(groupTypeOf(channel), author, created, { type: 'M', text: message }));
		}
		return conversation;
	}

	/** Adds many conversations, one each `everyMs` up to now. */
	addConversations(count: number, everyMs = 1000, input: ConversationInput = {}): void {
		const now = this.now();
		for (let index = 0; index < count; index += 1)
			this.addConversation({ message: 'Where is it?', ...input, created: now - (count - 1 - index) * everyMs });
	}

	addArticle(input: RecordInput<Article> = {}): Article {
		const id = input.id ?? this.articles.nextId(23);
		const parentId = input.parentId ?? 0;
		const parent = this.articles.get(parentId);
		return this.store(this.articles, input, {
			id,
			parentId,
			urlCode: String(45_000 + id).padStart(6, '0'),
			treePath: parent ? `${parent.treePath}${parent.id}|` : '0|',
			order: id,
			title: `Article ${id}`,
			keywords: '',
			content: '<p>Use the form in your account.</p>',
			departmentId: '',
			views: 0,
			votes: 0,
			created: this.now(),
			changed: this.now(),
		});
	}

	/** Changes an article; its change time becomes now. */
	changeArticle(id: number, changes: Partial<Article>): void {
		if (!this.articles.update(id, { ...changes, changed: this.now() })) throw new Error(`No article ${id}.`);
	}

	addSuggestionCategory(input: RecordInput<SuggestionCategory> = {}): SuggestionCategory {
		const id = input.id ?? String(14 + this.count('category'));
		return this.store(this.suggestionCategories, input, {
			id,
			title: `Ideas ${id}`,
			path: `Shop / Ideas ${id}`,
			urlCode: String(856_000 + Number(id)),
		});
	}

	addSuggestion(input: RecordInput<Suggestion>): Suggestion {
		return this.store(this.suggestions, input, {
			id: this.nextId('sg'),
			userId: systemUserId,
			categoryId: this.suggestionCategories.list()[0]?.id ?? '',
			subject: 'Dark theme',
			message: 'Please add a dark theme.',
			created: this.now(),
		});
	}

	/** Adds a rating of the agent of a conversation (or of `agentId`). */
	addRanking(input: RecordInput<Ranking>): Ranking {
		const conversation = this.conversations.get(input.conversationId ?? '');
		return this.store(this.rankings, input, {
			id: String(49_480 + this.count('ranking')),
			type: 'W',
			created: this.now(),
			conversationId: '',
			agentId: conversation?.agentId ?? '',
			customerId: conversation?.customerId ?? '',
			comment: '',
		});
	}

	/** Sets the services an agent serves now; availability periods begin and end with it. Letters the agent has no preset for are ignored. */
	setOnlineStatus(agentId: string, letters: string): void {
		const agent = this.agents.get(agentId);
		if (!agent) throw new Error(`No agent ${agentId}.`);
		const online = [...agent.preset].filter((letter) => letters.includes(letter)).join('');
		for (const [service, letter] of Object.entries(serviceLetters) as Array<[Service, string]>) {
			if (agent.online.includes(letter) === online.includes(letter)) continue;
			if (online.includes(letter)) this.beginAvailability(agent, service);
			else this.endAvailability(agent, service);
		}
		agent.online = online;
	}

	/** Sets ticket counts of a department, for thresholds; undefined lets a count follow the conversations again. */
	setDepartmentCounts(departmentId: string, counts: Partial<DepartmentCounts>): void {
		this.departmentCounts.set(departmentId, { ...this.departmentCounts.get(departmentId), ...counts });
	}

	/** Sets live chat figures, for thresholds; undefined lets a figure follow the conversations again. */
	setChatsOverview(figures: Partial<ChatsOverview>): void {
		this.chats = { ...this.chats, ...figures };
	}

	/** Sets live call figures, for thresholds; undefined lets a figure follow the conversations again. */
	setCallsOverview(figures: Partial<CallsOverview>): void {
		this.calls = { ...this.calls, ...figures };
	}

	chatsOverview(): ChatsOverview {
		const running = this.conversations.list().filter(({ status, channel }) => status === 'T' && isChat(channel));
		const chats = running.filter(({ answered }) => answered !== undefined).length;
		const agents = this.agents.list().filter(({ online }) => online.includes(serviceLetters.chats)).length;
		const queue = running.length - chats;
		return merge({ visitors: 20 + running.length * 2, chats, queue, agents }, this.chats);
	}

	callsOverview(): CallsOverview {
		const calls = this.conversations.list().filter(({ status, channel }) => status === 'P' && isCall(channel));
		const running = calls.filter(({ answered }) => answered !== undefined).length;
		const ringing = calls.filter(({ answered, agentId }) => answered === undefined && agentId !== '').length;
		return merge({ running, ringing, inqueue: calls.length - running - ringing }, this.calls);
	}

	/** Ticket counts by department id. */
	countsByDepartment(): Map<string, DepartmentCounts> {
		const all = new Map(
			this.departments
				.list()
				.map(({ id }) => [id, { chat_count: 0, new_count: 0, customer_reply_count: 0, total_count: 0 }]),
		);
		for (const { departmentId, status } of this.conversations.list()) {
			const counts = all.get(departmentId);
			if (!counts || status === 'X') continue;
			counts.total_count += 1;
			if (status === 'T') counts.chat_count += 1;
			if (status === 'N') counts.new_count += 1;
			if (status === 'C') counts.customer_reply_count += 1;
		}
		for (const [id, counts] of all) all.set(id, merge(counts, this.departmentCounts.get(id) ?? {}));
		return all;
	}

	/** Services somebody serves now in a department. */
	onlineOf(department: Department): string {
		const agents = this.agents.list().filter(({ departments }) => departments.includes(department.id));
		return [...department.preset].filter((letter) => agents.some(({ online }) => online.includes(letter))).join('');
	}

	/** Conversation by id, reference code or public link code. */
	conversation(identifier: string): Conversation | undefined {
		return this.conversations.get(identifier) ?? this.conversations.get(this.conversationsByCode.get(identifier) ?? '');
	}

	/** Customer by contact id or email. */
	customer(identifier: string): Customer | undefined {
		const byEmail = this.customersByEmail.get(identifier.toLowerCase());
		return this.customers.get(identifier) ?? (byEmail === undefined ? undefined : this.customers.get(byEmail));
	}

	/** Agent by user id or email. */
	agent(identifier: string): Agent | undefined {
		const email = identifier.toLowerCase();
		return this.agents.get(identifier) ?? this.agents.list().find((agent) => agent.email.toLowerCase() === email);
	}

	/** Customer by user id. */
	customerOfUser(userId: string): Customer | undefined {
		return this.customers.get(this.customersByUserId.get(userId) ?? '');
	}

	/** User id of an agent or customer, named by user id or email. */
	userId(identifier: string): string | undefined {
		return this.agent(identifier)?.id ?? this.customer(identifier)?.userId ?? this.customerOfUser(identifier)?.userId;
	}

	/** Adds a message. An agent's message answers the conversation (A), a customer's opens it again (C); a note leaves the status. */
	addMessage({ conversationId, userId = systemUserId, type = 'M', text }: MessageInput): Message {
		const conversation = this.known(conversationId);
		const time = this.now();
		const groupType = type === 'M' ? groupTypeOf(conversation.channel) : 'I';
		const group = this.makeGroup(groupType, userId, time, { type, text });
		conversation.groups.push(group);
		if (type === 'M') this.noteAnswer(conversation, userId, text, time);
		this.touch(conversation);
		return group.messages[0] as Message;
	}

	/** Sets the status, with a note; resolving (R) ends the conversation. */
	setStatus(conversationId: string, status: Status, note = '', userId = systemUserId): void {
		const conversation = this.known(conversationId);
		conversation.status = status;
		if (status === 'R' || status === 'L') conversation.ended ??= this.now();
		if (status === 'C') delete conversation.ended;
		const groupType = status === 'R' ? 'R' : 'I';
		this.addGroup(conversation, groupType, userId, note ? 'N' : 'J', note || `Status changed to ${status}`);
	}

	/** Hands a conversation to an agent, a department, or both. */
	transfer(conversationId: string, to: { agentId?: string; departmentId?: string }, note = '', userId?: string): void {
		const conversation = this.known(conversationId);
		conversation.departmentId = to.departmentId ?? conversation.departmentId;
		conversation.agentId = to.agentId ?? '';
		this.addGroup(conversation, 'T', userId ?? systemUserId, note ? 'N' : 'R', note || 'Transferred');
	}

	/** Marks a conversation as deleted; it can still be read. */
	markDeleted(conversationId: string, note = '', userId = systemUserId): void {
		const conversation = this.known(conversationId);
		conversation.status = 'X';
		this.addGroup(conversation, 'X', userId, note ? 'N' : 'J', note || 'Deleted');
	}

	/** An agent takes a waiting chat or call. */
	pickUp(conversationId: string, agentId: string): void {
		const conversation = this.known(conversationId);
		conversation.agentId = agentId;
		conversation.answered ??= this.now();
		this.touch(conversation);
	}

	/** Ends a chat or call; without a pick-up before it was missed. */
	end(conversationId: string): void {
		const conversation = this.known(conversationId);
		conversation.ended = this.now();
		conversation.status = conversation.answered === undefined ? 'N' : 'A';
		this.touch(conversation);
	}

	/** Sets the change time to now. */
	touch(conversation: Conversation): void {
		this.conversations.update(conversation.id, { changed: this.now() });
	}

	/** Removes a tag everywhere. */
	removeTag(id: string): void {
		this.tags.remove(id);
		for (const conversation of this.conversations.list()) drop(conversation.tags, id);
	}

	/** Removes a customer group and its memberships. */
	removeCustomerGroup(id: string): void {
		this.customerGroups.remove(id);
		for (const customer of this.customers.list()) drop(customer.groups, id);
	}

	/** Removes one custom field, or all of them without a code; returns how many values went. */
	removeCustomFields(record: { customFields: CustomField[] }, code?: string): number {
		const before = record.customFields.length;
		record.customFields = code === undefined ? [] : record.customFields.filter((field) => field.code !== code);
		return before - record.customFields.length;
	}

	private noteAnswer(conversation: Conversation, userId: string, text: string, time: number): void {
		const isAgent = this.agents.get(userId) !== undefined;
		const isLive = conversation.status === 'T' || conversation.status === 'P';
		conversation.preview = text;
		if (isAgent) conversation.answered ??= time;
		if (isAgent && conversation.agentId === '') conversation.agentId = userId;
		if (!isLive) conversation.status = isAgent ? 'A' : 'C';
	}

	private addGroup(conversation: Conversation, type: string, userId: string, messageType: string, text: string): void {
		conversation.groups.push(this.makeGroup(type, userId, this.now(), { type: messageType, text }));
		this.touch(conversation);
	}

	private makeGroup(
		type: string,
		userId: string,
		created: number,
		message: Pick<Message, 'type' | 'text'>,
	): MessageGroup {
		const messages = [{ id: this.nextId('ms'), userId, created, ...message }];
		return { id: this.nextId('mg'), userId, type, created, finished: created, messages };
	}

	private beginAvailability(agent: Agent, service: Service): void {
		for (const departmentId of agent.departments)
			this.availabilities.add({
				id: this.availabilities.nextId(363_662),
				agentId: agent.id,
				departmentId,
				service,
				from: this.now(),
			});
	}

	private endAvailability(agent: Agent, service: Service): void {
		for (const period of this.availabilities.list())
			if (period.agentId === agent.id && period.service === service) period.to ??= this.now();
	}

	private addLabel(table: RecordTable<Label>, prefix: string, input: RecordInput<Label>): Label {
		const id = input.id ?? this.nextId(prefix);
		return this.store(table, input, { id, name: `Label ${id}`, color: 'FFFFFF', bgColor: '1A73E8' });
	}

	private known(conversationId: string): Conversation {
		const conversation = this.conversations.get(conversationId);
		if (!conversation) throw new Error(`No conversation ${conversationId}.`);
		return conversation;
	}

	private store<T extends { id: number | string }>(table: RecordTable<T>, input: RecordInput<T>, made: T): T {
		const { visibleAt, ...fields } = input;
		return table.add(merge(made, fields as Partial<T>), { visibleAt });
	}

	private count(kind: string): number {
		const next = (this.counters.get(kind) ?? 0) + 1;
		this.counters.set(kind, next);
		return next;
	}

	/** Opaque text that never repeats for a prefix. */
	private nextId(prefix: string): string {
		return `${prefix}${(this.count(prefix) * 37 + 1296).toString(36).padStart(6, '0')}`;
	}

	private makeCode(): string {
		const code = [3, 3, 3].map((length) => this.letters(codeLetters, length)).join('-');
		return this.conversationsByCode.has(code) ? this.makeCode() : code;
	}

	private letters(alphabet: string, length: number): string {
		let result = '';
		while (result.length < length) result += alphabet[this.random.integer(0, alphabet.length - 1)] ?? '';
		return result;
	}
}

function isChat(channel: Channel): boolean {
	return serviceOf(channel) === 'chats';
}

function isCall(channel: Channel): boolean {
	return serviceOf(channel) === 'calls';
}

function groupTypeOf(channel: Channel): string {
	return { tickets: 'M', chats: 'C', calls: 'P' }[serviceOf(channel)];
}

/** Values of `changes` that are set win. A plain loop, as bulk tests add 100,000 records. */
function merge<T extends object>(base: T, changes: Partial<T>): T {
	const merged = { ...base };
	for (const name in changes) {
		const value = changes[name];
		if (value !== undefined) merged[name] = value as T[typeof name];
	}
	return merged;
}

function drop(list: string[], value: string): void {
	const index = list.indexOf(value);
	if (index >= 0) list.splice(index, 1);
}
