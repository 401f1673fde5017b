import { fromLocalText } from '../kit';
import type { Account } from './account';
import type { ConversationRow, HistoryEntry, OperatorRow, VisitorRow, WebsiteRow } from './rows';

const day = 86_400_000;
const operatorNames: Array<[string, string]> = [
	['Nina', 'Park'],
	['Louis', 'Moreau'],
	['Amina', 'Diallo'],
	['Jonas', 'Weber'],
	['Elena', 'Rossi'],
	['Tom', 'Hughes'],
	['Sofia', 'García'],
	['Hugo', 'Lefèvre'],
	['Mei', 'Tanaka'],
	['Karim', 'Benali'],
	['Ines', 'Costa'],
	['Paul', 'Schneider'],
];
const visitorNames: Array<[string, string, string]> = [
	['Omar', 'Silva', 'Nantes'],
	['Claire', 'Dubois', 'Lyon'],
	['Jörg', 'Müller', 'Köln'],
	['Anna', 'Nowak', 'Lille'],
	['David', 'Brown', 'London'],
	['Chloé', 'Petit', 'Rennes'],
	['Marco', 'Bianchi', 'Torino'],
	['Zoé', 'Laurent', 'Brest'],
];
const topics: Array<[question: string, answer: string, tag: string, page: string]> = [
	['Where is my order?', 'It left our store this morning.', 'Delivery', 'order'],
	['Can I return the lamp?', 'Yes, within 30 days. I send you the label.', 'Refund', 'order'],
	['Does the table come in oak?', 'It does, in two sizes.', 'Advice', 'product'],
	['The payment page does not load.', 'I reset your cart, please try again.', 'Technical', 'cart'],
	['Is there a discount for two chairs?', 'Ten percent with the code PAIR.', 'Advice', 'cart'],
];

/** What the demonstration account holds, by id, so that workflows and tests can name records. */
export interface Demo {
	websites: number[];
	groups: number[];
	skills: number[];
	tags: number[];
	operators: number[];
	visitors: number[];
	conversations: number[];
	transactions: number[];
	satisfactions: number[];
	callMeetings: number[];
}

/**
 * Fills an account with a small shop: 3 websites, 12 operators in groups and with skills, 40 visitors, 120 conversations of yesterday and the
 * six days before with histories, purchases, survey answers and call meetings. The same clock and seed always give the same records.
 */
export function seedDemo(account: Account): Demo {
	const client = account.addClient();
	const websites = ['Garden', 'Living', 'Kitchen'].map((label) =>
		account.addWebsite({ label, url: `https://${label.toLowerCase()}.example.com`, client_id: client.id }),
	);
	const parent = account.addGroup({ id: 1900, name: 'Shop', created_at: '2023-01-10 09:00:00' });
	const groups = ['Garden', 'Living', 'Kitchen'].map((name, index) =>
		account.addGroup({ id: 1984 + index, name, parent_id: parent.id, created_at: `2023-01-12 09:1${index}:00` }),
	);
	const skills = ['Returns', 'Advice', 'Technical'].map((name, index) =>
		account.addSkill({ name, created_at: `2023-01-12 10:0${index}:00` }),
	);
	const tags = ['Refund', 'Delivery', 'Advice', 'Technical'].map((name) =>
		account.addTag({ name, website_id: websites.map(({ id }) => id) }),
	);
	const operators = operatorNames.map((names, index) => addDemoOperator(account, names, index, websites));
	const visitors = Array.from({ length: 40 }, (_, index) => addDemoVisitor(account, index, websites));
	const conversations = demoStarts(account, 120).map((start) =>
		addDemoConversation(account, start, operators, visitors, tags),
	);
	const transactions = addDemoTransactions(account, conversations, visitors);
	const satisfactions = addDemoSatisfactions(account, conversations);
	const callMeetings = addDemoCallMeetings(account, visitors, websites);
	const ids = (rows: Array<{ id: number }>): number[] => rows.map(({ id }) => id);
	return {
		websites: ids(websites),
		groups: ids([parent, ...groups]),
		skills: ids(skills),
		tags: ids(tags),
		operators: ids(operators),
		visitors: ids(visitors),
		conversations: ids(conversations),
		transactions: ids(transactions),
		satisfactions: ids(satisfactions),
		callMeetings: ids(callMeetings),
	};
}

/** Every third operator has neither group nor skills, so that live lists without a filter show some. */
function addDemoOperator(
	account: Account,
	names: [string, string],
	index: number,
	websites: WebsiteRow[],
): OperatorRow {
	const [firstName, name] = names;
	const alone = index % 3 === 2;
	const website = websites[index % websites.length] as WebsiteRow;
	const operator = account.addOperator({
		name,
		first_name: firstName,
		pseudo: firstName,
		email: `operator${index + 1}@example.com`,
		external_id: `HR-${1042 + index}`,
		roles: index === 0 ? ['operator', 'manager'] : index === 11 ? ['expert'] : ['operator'],
		call_enabled: index % 2 === 0,
		video_enabled: index % 4 === 0,
		language_list: index % 2 === 0 ? ['fr', 'en'] : ['fr'],
		group_id: alone ? null : 1984 + (index % 3),
		skill_list: alone ? [] : [77 + (index % 3)],
		website_list: [website.id],
	});
	account.setProfile({
		user_id: operator.id,
		status: `Ask me about ${website.label}`,
		city: 'Nantes',
		country: 'France',
	});
	// The last three never logged in; of the others two are offline.
	if (index >= 9) return operator;
	account.setLive({ id: operator.id, connected: true });
	if (index % 5 === 4) account.setLive({ id: operator.id, connected: false });
	else account.setLive({ id: operator.id, chat: { available: index % 4 !== 3, slot_number: index % 4 } });
	return operator;
}

function addDemoVisitor(account: Account, index: number, websites: WebsiteRow[]): VisitorRow {
	const { random } = account;
	const [firstname, lastname, city] = random.pick(visitorNames);
	const website = websites[index % websites.length] as WebsiteRow;
	return account.addVisitor({
		external_id: `C-${2210 + index}`,
		firstname,
		lastname,
		city,
		zip: String(random.integer(10_000, 69_999)),
		phone: `+331${random.integer(10_000_000, 99_999_999)}`,
		email: `visitor${index + 1}@example.org`,
		browser: random.pick(['Firefox', 'Chrome', 'Safari']),
		website_id: [website.id],
		created_at: account.localTime(account.clock.now() - 10 * day + index * 3_600_000),
	});
}

/** Start times in opening hours, oldest first: a third of yesterday, the rest of the six days before. */
function demoStarts(account: Account, count: number): number[] {
	const { random } = account;
	const starts = Array.from({ length: count }, (_, index) => {
		// On each of the last seven days, so that yesterday has some in every time zone.
		const daysAgo = index % 3 === 0 ? 1 : 2 + (Math.floor(index / 3) % 6);
		const date = account.localTime(account.clock.now() - daysAgo * day).slice(0, 10);
		const opening = fromLocalText(`${date} 09:00:00`, account.timeZone);
		return opening + random.integer(0, 10 * 3600) * 1000;
	});
	return starts.sort((first, second) => first - second);
}

function addDemoConversation(
	account: Account,
	start: number,
	operators: OperatorRow[],
	visitors: VisitorRow[],
	tags: Array<{ id: number; name: string }>,
): ConversationRow {
	const { random } = account;
	const operator = random.pick(operators);
	const visitor = random.pick(visitors);
	const topic = random.pick(topics);
	const websiteId = operator.website_list[0] ?? visitor.website_id[0];
	const answered = !random.chance(0.1);
	const channel = operator.call_enabled && random.chance(0.2) ? 'call' : 'chat';
	const write = (time: number): string => account.localTime(time, websiteId);
	const { history, end } = demoHistory(account, start, write, topic, answered, channel);
	return account.addConversation({
		channel,
		visitor_uid: visitor.unique_id,
		history,
		operator_answer: answered,
		operator_closed: answered && random.chance(0.8),
		waitinglist: random.chance(0.25),
		page_type: topic[3],
		created_at: write(start),
		closed_at: write(end),
		website_id: websiteId,
		operator_id: answered ? operator.id : null,
		skill_id: operator.skill_list[0] ?? null,
		tag_list: tags.filter((tag) => tag.name === topic[2]).map(({ id }) => id),
		rule_id: 4402 + random.integer(0, 2),
	});
}

function demoHistory(
	account: Account,
	start: number,
	write: (time: number) => string,
	[question, answer, , page]: (typeof topics)[number],
	answered: boolean,
	channel: string,
): { history: HistoryEntry[]; end: number } {
	const { random } = account;
	let time = start;
	const later = (seconds: number): string => write((time += random.integer(2, seconds) * 1000));
	const history: HistoryEntry[] = [[5, write(start), `https://shop.example.com/${page}`]];
	const say = (type: 1 | 2, text: string): void => void history.push([type, later(40), text, time]);
	if (channel === 'chat') {
		say(2, question);
		history.push([3, later(5), 'The chat rule has been activated.']);
		if (answered) {
			say(1, 'Good morning, how can I help?');
			say(1, answer);
			say(2, 'Thank you, goodbye 👋');
			if (random.chance(0.2)) history.push([6, later(20), 'https://shop.example.com/label.png']);
		}
	} else time += random.integer(60, 600) * 1000;
	history.push([3, later(60), answered ? 'OPERATOR_CHAT_CLOSE' : 'VISITOR_CHAT_CLOSE']);
	return { history, end: time };
}

function addDemoTransactions(
	account: Account,
	conversations: ConversationRow[],
	visitors: VisitorRow[],
): Array<{ id: number }> {
	const { random } = account;
	const minutesLater = (text: string, websiteId: number): string =>
		account.localTime(fromLocalText(text, account.zoneOf(websiteId)) + random.integer(2, 45) * 60_000, websiteId);
	return conversations
		.filter((_, index) => index % 5 === 0)
		.map((conversation, index) => {
			const visitor = visitors.find((candidate) => candidate.unique_id === conversation.visitor_uid);
			// Some purchases have no conversation.
			const linked = index % 6 !== 5;
			return account.addTransaction({
				external_id: `ORD-${884_213 + index}`,
				visitor_uid: conversation.visitor_uid,
				visitor_email: visitor?.email,
				amount: random.integer(990, 49_990) / 100,
				created_at: minutesLater(conversation.closed_at, conversation.website_id),
				website_id: conversation.website_id,
				operator_id: linked ? conversation.operator_id : null,
				conversation_id: linked ? conversation.id : null,
			});
		});
}

function addDemoSatisfactions(account: Account, conversations: ConversationRow[]): Array<{ id: number }> {
	const { random } = account;
	return conversations
		.filter((conversation, index) => conversation.operator_answer && index % 3 === 1)
		.map((conversation) =>
			account.addSatisfaction({
				note_welcome: random.integer(5, 10) / 10,
				note_resolution: random.integer(4, 10) / 10,
				node_delay: random.integer(3, 10) / 10,
				comment: random.pick(['', '', 'Quick answer', 'Très aimable, merci !', 'Had to wait']),
				created_at: conversation.closed_at,
				website_id: conversation.website_id,
				operator_id: conversation.operator_id,
				conversation_id: conversation.id,
			}),
		);
}

/** Six call meetings: three in the past, three to come, of which one changes its state as the clock goes on. */
function addDemoCallMeetings(account: Account, visitors: VisitorRow[], websites: WebsiteRow[]): Array<{ id: number }> {
	const now = account.clock.now();
	return [-48, -24, -2, 2, 24, 48].map((hours, index) => {
		const visitor = visitors[index] as VisitorRow;
		const website = websites[index % websites.length] as WebsiteRow;
		const start = now + hours * 3_600_000;
		return account.addCallMeeting({
			unique_id: visitor.unique_id,
			phone_number: visitor.phone,
			website_id: website.id,
			start_at: account.localTime(start, website.id),
			status: hours > 0 ? 'pending' : index === 1 ? 'failed' : 'done',
			changes:
				hours === 2
					? [
							{ at: start, status: 'progress' },
							{ at: start + 600_000, status: 'done' },
						]
					: undefined,
		});
	});
}
