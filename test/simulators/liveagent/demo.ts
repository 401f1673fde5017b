import type { Account } from './account';
import type { Agent, Channel, Conversation, Customer, Department, Label } from './records';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const agentNames: Array<[firstName: string, lastName: string, gender: 'M' | 'F', online: string]> = [
	['Nina', 'Park', 'F', 'MPT'],
	['Tom', 'Hughes', 'M', 'MT'],
	['Amina', 'Diallo', 'F', 'MP'],
	['Jonas', 'Weber', 'M', ''],
	['Elena', 'Rossi', 'F', 'M'],
	['Karim', 'Benali', 'M', 'PT'],
];
const customerNames: Array<[firstName: string, lastName: string, gender: 'M' | 'F']> = [
	['Omar', 'Silva', 'M'],
	['Mia', 'Lindgren', 'F'],
	['Jörg', 'Müller', 'M'],
	['Anna', 'Nowak', 'F'],
	['David', 'Brown', 'M'],
	['Chloé', 'Petit', 'F'],
	['Marco', 'Bianchi', 'M'],
	['Mei', 'Tanaka', 'F'],
];
const topics: Array<[subject: string, question: string, answer: string]> = [
	['Late parcel', 'My parcel has not arrived.', 'We are checking with the carrier.'],
	['Invoice copy', 'Please resend the invoice of May.', 'You find it attached to this mail.'],
	['Broken lamp', 'The lamp arrived broken.', 'I am sorry. A new one leaves our store today.'],
	['Change of address', 'We moved, please change my address.', 'Done, thank you for telling us.'],
	['Password', 'I cannot log in any more.', 'I sent you a link for a new password.'],
];
const channels: Channel[] = ['E', 'E', 'M', 'B', 'C', 'E', 'B', 'F'];
const articles: Array<[title: string, content: string, keywords: string]> = [
	['Returning an item', '<p>Use the form in your account.</p>', 'returns, refund'],
	['Delivery times', '<p>Parcels need two to four days.</p>', 'delivery, parcel'],
	['Paying by invoice', '<p>Choose invoice at the check-out.</p>', 'payment, invoice'],
	['Resetting your password', '<p>Ask for a link on the log-in page.</p>', 'password, login'],
];

/** What the demonstration account holds, by id, so that workflows and tests can name records. */
export interface Demo {
	departments: string[];
	agents: string[];
	customers: string[];
	customerGroups: string[];
	tags: string[];
	conversations: string[];
	articles: number[];
	suggestionCategories: string[];
	rankings: string[];
}

/**
 * Fills an account with a small shop: 3 departments, 6 agents, 40 customers, 120 conversations of the last week over all channels with
 * answers, tags, custom fields and ratings, a knowledge base, and a few chats and calls that run or wait now. The same clock and seed
 * always give the same records.
 */
export function seedDemo(account: Account): Demo {
	const departments = [
		account.addDepartment({ name: 'Billing', description: 'Invoices and refunds' }),
		account.addDepartment({ name: 'Support', description: 'Orders and deliveries' }),
		account.addDepartment({ name: 'Sales', description: 'Advice before the purchase', preset: 'MT' }),
	];
	const agents = agentNames.map((names, index) => addDemoAgent(account, names, index, departments));
	const customerGroups = ['Premium', 'Trial'].map((name) => account.addCustomerGroup({ name }));
	const tags = ['Priority', 'Refund', 'Complaint'].map((name) => account.addTag({ name, bgColor: 'D93025' }));
	const customers = Array.from({ length: 40 }, (_, index) => addDemoCustomer(account, index, customerGroups));
	const world = { departments, agents, customers, tags };
	const past = Array.from({ length: 120 }, (_, index) => addPastConversation(account, index, world));
	const live = addLiveConversations(account, world);
	const rankings = addDemoRankings(account, past);
	const branch = account.addArticle({ title: 'Help', content: '<p>Questions and answers.</p>' });
	const entries = articles.map(([title, content, keywords], index) =>
		account.addArticle({ title, content, keywords, parentId: branch.id, views: 300 - index * 40, votes: 5 - index }),
	);
	const categories = ['Ideas', 'Wishes'].map((title) =>
		account.addSuggestionCategory({ title, path: `Shop / ${title}` }),
	);
	const ids = <T>(records: Array<{ id: T }>): T[] => records.map(({ id }) => id);
	return {
		departments: ids(departments),
		agents: ids(agents),
		customers: ids(customers),
		customerGroups: ids(customerGroups),
		tags: ids(tags),
		conversations: ids([...past, ...live]),
		articles: ids([branch, ...entries]),
		suggestionCategories: ids(categories),
		rankings,
	};
}

interface World {
	departments: Department[];
	agents: Agent[];
	customers: Customer[];
	tags: Label[];
}

/** Element of a list that is not empty, counted round. */
function at<T>(list: readonly T[], index: number): T {
	return list[index % list.length] as T;
}

/** Agents who are online began their work two hours ago. */
function addDemoAgent(
	account: Account,
	[firstName, lastName, gender, online]: (typeof agentNames)[number],
	index: number,
	departments: Department[],
): Agent {
	const agent = account.addAgent({
		firstName,
		lastName,
		gender,
		email: `${firstName.toLowerCase()}@example.com`,
		role: index === 0 ? 'O' : index === 1 ? 'D' : 'A',
		departments: [at(departments, index).id, at(departments, index + 1).id],
		online,
	});
	for (const period of account.availabilities.list()) if (period.agentId === agent.id) period.from -= 2 * hour;
	return agent;
}

function addDemoCustomer(account: Account, index: number, groups: Label[]): Customer {
	const [firstName, lastName, gender] = at(customerNames, index);
	return account.addCustomer({
		firstName,
		lastName,
		gender,
		email: index === 0 ? 'omar@example.org' : `customer${index + 1}@example.org`,
		role: index % 3 === 0 ? 'R' : 'V',
		phone: `+1 415 555 01${String(index).padStart(2, '0')}`,
		created: account.now() - (40 - index) * 6 * hour,
		customFields: index % 2 === 0 ? [{ code: 'loyalty_id', value: `L-${2210 + index}` }] : [],
		groups: index % 4 === 0 ? [at(groups, index / 4).id] : [],
	});
}

function addPastConversation(account: Account, index: number, world: World): Conversation {
	const created = account.now() - day * 7 + index * 80 * minute + account.random.integer(0, 1800) * 1000;
	const [subject, question, answer] = at(topics, index);
	const agent = at(world.agents, index);
	const channel = at(channels, index);
	const conversation = account.addConversation({
		created,
		channel,
		subject,
		message: question,
		customerId: at(world.customers, index * 7).id,
		departmentId: at(world.departments, index).id,
		agentId: agent.id,
		status: 'N',
		tags: index % 5 === 0 ? [at(world.tags, index / 5).id] : [],
		customFields: index % 3 === 0 ? [{ code: 'order_number', value: String(884_213 + index) }] : [],
	});
	// Every eighth waits for its first answer; the others were answered within three hours.
	if (index % 8 === 7) return conversation;
	const answered = created + account.random.integer(60, channel === 'B' || channel === 'C' ? 120 : 10_800) * 1000;
	replyAt(account, conversation, agent.id, answer, Math.min(answered, account.now()));
	if (channel === 'B' || channel === 'C') conversation.ended = Math.min(answered + 6 * minute, account.now());
	if (index % 2 === 0) conversation.status = 'R';
	return conversation;
}

/** An answer of an agent at a time in the past. */
function replyAt(account: Account, conversation: Conversation, agentId: string, text: string, time: number): void {
	account.addMessage({ conversationId: conversation.id, userId: agentId, text });
	const group = conversation.groups.at(-1);
	if (!group) return;
	group.created = group.finished = time;
	for (const message of group.messages) message.created = time;
	account.conversations.update(conversation.id, { answered: time, changed: time });
}

/** Two chats and one call that run, one chat and one call that wait. */
function addLiveConversations(account: Account, { customers, departments, agents }: World): Conversation[] {
	const created = account.now() - 3 * minute;
	return (['B', 'B', 'C', 'B', 'C'] as const).map((channel, index) => {
		const conversation = account.addConversation({
			channel,
			created,
			subject: at(topics, index)[0],
			message: at(topics, index)[1],
			customerId: at(customers, index + 3).id,
			departmentId: at(departments, index).id,
		});
		if (index < 3) account.pickUp(conversation.id, at(agents, index).id);
		return conversation;
	});
}

function addDemoRankings(account: Account, conversations: Conversation[]): string[] {
	return conversations
		.filter(({ answered }, index) => answered !== undefined && index % 6 === 0)
		.map(({ id, answered = 0 }, index) => {
			const type = index % 4 === 3 ? 'P' : 'W';
			const created = Math.min(answered + 30 * minute, account.now());
			const comment = type === 'W' ? 'Very helpful' : 'It took too long';
			return account.addRanking({ conversationId: id, type, created, comment }).id;
		});
}

/** Plans one event each `everyMs`, round and round; see `LiveAgentSimulator.startTraffic`. */
export function startTraffic(account: Account, everyMs: number): void {
	if (!(everyMs > 0)) throw new RangeError('everyMs must be above 0');
	let round = 0;
	const step = (): void => {
		account.later(everyMs, step);
		events[round % events.length]?.(account, round);
		round += 1;
	};
	account.later(everyMs, step);
}

const events: Array<(account: Account, round: number) => void> = [
	(account, round) => {
		const [subject, message] = at(topics, round);
		const customer = account.customers.size > 0 ? at(account.customers.list(), round) : undefined;
		account.addConversation({ channel: 'E', subject, message, customerId: customer?.id });
	},
	(account, round) => {
		const [open, agent] = [account.conversations.list()[0], account.agents.list()[0]];
		if (open && agent) account.addMessage({ conversationId: open.id, userId: agent.id, text: at(topics, round)[2] });
	},
	(account) => {
		const open = account.conversations.list()[0];
		const userId = open && account.customers.get(open.customerId)?.userId;
		if (open && userId) account.addMessage({ conversationId: open.id, userId, text: 'Thank you, and one more thing.' });
	},
	(account, round) => {
		account.addCustomer({ firstName: 'Anna', lastName: `Nowak ${round}`, email: `visitor${round}@example.org` });
	},
	(account) => {
		const rated = account.conversations
			.list()
			.find(({ agentId, answered }) => agentId !== '' && answered !== undefined);
		if (rated) account.addRanking({ conversationId: rated.id, comment: 'Quick answer' });
	},
	(account, round) => {
		const agent = account.agents.size > 0 ? at(account.agents.list(), round) : undefined;
		if (agent) account.setOnlineStatus(agent.id, agent.online === '' ? agent.preset : '');
	},
];
