import { createRandom, fromLocalText, RecordTable, toLocalText, type Random, type SimulatorClock } from '../kit';
import type {
	CallMeetingRow,
	ClientRow,
	ConversationRow,
	GroupRow,
	LiveChannel,
	LiveState,
	OperatorRow,
	ProfileRow,
	SatisfactionRow,
	SkillRow,
	TagRow,
	TransactionRow,
	VisitorRow,
	WebsiteRow,
} from './rows';

/** A row with its time (creation or start, epoch milliseconds), which orders lists. */
export interface Stored<Row> {
	id: number;
	time: number;
	row: Row;
}

/** Fields of a new record; what is left out gets a plausible value. */
export type RecordInput<Row> = Partial<Row> & {
	/** Epoch milliseconds from which the record can be read, for records that appear late. */
	visibleAt?: number;
};

/** A coming change of a call meeting. */
export interface StatusChange {
	/** Epoch milliseconds. */
	at: number;
	status: CallMeetingRow['status'];
}

export type CallMeetingInput = RecordInput<CallMeetingRow> & { changes?: StatusChange[] };

/** A change of the live state; what is left out stays. Making a channel available logs the operator in. */
export interface LiveInput {
	id: number;
	connected?: boolean;
	chat?: Partial<LiveState['channels']['chat']>;
	call?: Partial<LiveState['channels']['call']>;
	video?: Partial<LiveState['channels']['video']>;
}

/** Hour of the next day from which the purchases of a day can be read (vendor reference). */
const transactionHour = '05:00:00';

const newestFirst = (first: Stored<unknown>, second: Stored<unknown>): number =>
	second.time - first.time || second.id - first.id;
const oldestFirst = (first: Stored<unknown>, second: Stored<unknown>): number => -newestFirst(first, second);
const byId = (first: Stored<unknown>, second: Stored<unknown>): number => first.id - second.id;

/** All records of one simulated account, with a method to add each kind. Needs no HTTP. */
export class Account {
	readonly random: Random;
	readonly clients: RecordTable<Stored<ClientRow>>;
	readonly websites: RecordTable<Stored<WebsiteRow>>;
	readonly operators: RecordTable<Stored<OperatorRow>>;
	readonly groups: RecordTable<Stored<GroupRow>>;
	readonly skills: RecordTable<Stored<SkillRow>>;
	readonly conversations: RecordTable<Stored<ConversationRow>>;
	readonly tags: RecordTable<Stored<TagRow>>;
	readonly transactions: RecordTable<Stored<TransactionRow>>;
	readonly satisfactions: RecordTable<Stored<SatisfactionRow>>;
	readonly visitors: RecordTable<Stored<VisitorRow>>;
	readonly callMeetings: RecordTable<Stored<CallMeetingRow>>;
	private readonly lives = new Map<number, LiveState>();
	private readonly profiles = new Map<number, ProfileRow>();
	private readonly statusChanges = new Map<number, StatusChange[]>();

	/** `timeZone` is the zone of records without a website and the default of websites. */
	constructor(
		readonly clock: SimulatorClock,
		readonly timeZone = 'Europe/Paris',
		seed = 1,
	) {
		this.random = createRandom(seed);
		this.clients = new RecordTable<Stored<ClientRow>>(clock, byId);
		this.websites = new RecordTable<Stored<WebsiteRow>>(clock, byId);
		this.operators = new RecordTable<Stored<OperatorRow>>(clock, byId);
		this.groups = new RecordTable<Stored<GroupRow>>(clock, byId);
		this.skills = new RecordTable<Stored<SkillRow>>(clock, byId);
		this.conversations = new RecordTable<Stored<ConversationRow>>(clock, newestFirst);
		this.tags = new RecordTable<Stored<TagRow>>(clock, byId);
		this.transactions = new RecordTable<Stored<TransactionRow>>(clock, oldestFirst);
		this.satisfactions = new RecordTable<Stored<SatisfactionRow>>(clock, oldestFirst);
		this.visitors = new RecordTable<Stored<VisitorRow>>(clock, newestFirst);
		this.callMeetings = new RecordTable<Stored<CallMeetingRow>>(clock, oldestFirst);
	}

	/** Time zone of a website, or of the account. */
	zoneOf(websiteId?: number | null): string {
		const website = websiteId ? this.websites.get(websiteId) : undefined;
		return website?.row.timezone ?? this.timeZone;
	}

	/** Epoch milliseconds (default now) as the vendor writes them for a website. */
	localTime(time = this.clock.now(), websiteId?: number | null): string {
		return toLocalText(time, this.zoneOf(websiteId));
	}

	addClient(input: RecordInput<ClientRow> = {}): ClientRow {
		return this.store(this.clients, input, (id) => ({ id, lang: 'fr', premium_enabled: true }), 789);
	}

	addWebsite(input: RecordInput<WebsiteRow> = {}): WebsiteRow {
		const make = (id: number): WebsiteRow => ({
			id,
			url: `https://shop-${id}.example.com`,
			label: `Shop ${id}`,
			client_id: this.clients.list()[0]?.id ?? 789,
			currency: 'EUR',
			language_admin: 'fr',
			timezone: this.timeZone,
		});
		return this.store(this.websites, input, make, 5511);
	}

	addOperator(input: RecordInput<OperatorRow> = {}): OperatorRow {
		const make = (id: number): OperatorRow => ({
			id,
			name: `Operator ${id}`,
			first_name: 'Nina',
			pseudo: 'Nina',
			email: `operator-${id}@example.com`,
			external_id: '',
			role: input.roles?.find((role) => role !== 'expert') ?? 'operator',
			roles: ['operator'],
			chat_enabled: true,
			call_enabled: false,
			video_enabled: false,
			chat_max_number: 4,
			chat_and_call: false,
			chat_to_video: false,
			chat_priority: 10,
			call_priority: 0,
			video_priority: 0,
			language_list: ['fr'],
			language_admin: 'fr',
			group_id: null,
			website_list: [],
			skill_list: [],
			sso_key: this.random.hex(32),
			call_config: { type: 'ANSWER_FROM_DESK', ask_phone_number_at_every_connection: false },
		});
		return this.store(this.operators, input, make, 456);
	}

	addGroup(input: RecordInput<GroupRow> = {}): GroupRow {
		const make = (id: number): GroupRow => ({
			id,
			name: `Group ${id}`,
			created_at: this.localTime(),
			parent_id: null,
			parent_list: this.parentsOf(input.parent_id),
		});
		return this.store(this.groups, input, make, 1984);
	}

	addSkill(input: RecordInput<SkillRow> = {}): SkillRow {
		const make = (id: number): SkillRow => ({
			id,
			name: `Skill ${id}`,
			order: this.skills.size + 1,
			created_at: this.localTime(),
			parent_id: null,
		});
		return this.store(this.skills, input, make, 77);
	}

	addTag(input: RecordInput<TagRow> = {}): TagRow {
		return this.store(this.tags, input, (id) => ({ id, name: `Tag ${id}`, website_id: this.someWebsite() }), 31);
	}

	/** Adds a conversation that starts now unless `created_at` says otherwise. It is open unless `closed_at` is given. */
	addConversation(input: RecordInput<ConversationRow> = {}): ConversationRow {
		const websiteId = input.website_id ?? this.someWebsite()[0] ?? 5511;
		const make = (id: number): ConversationRow => ({
			id,
			channel: 'chat',
			visitor_uid: this.visitors.list()[0]?.row.unique_id ?? '5b2f0c9a7d1e4',
			history: [],
			operator_answer: true,
			operator_closed: Boolean(input.closed_at),
			waitinglist: false,
			page_type: 'product',
			created_at: this.localTime(undefined, websiteId),
			closed_at: '',
			website_id: websiteId,
			operator_id: this.operators.list()[0]?.id ?? null,
			skill_id: null,
			tag_list: [],
			rule_id: 4402,
			xmpp_id: this.random.uuid(),
		});
		return this.store(this.conversations, input, make, 901234);
	}

	/** Closes a conversation at the present time (or a given wall-clock text). */
	closeConversation(id: number, closedAt?: string): void {
		const row = this.conversations.get(id)?.row;
		if (!row) throw new Error(`No conversation ${id}.`);
		row.closed_at = closedAt ?? this.localTime(undefined, row.website_id);
		row.operator_closed = true;
		this.conversations.update(id, { row });
	}

	/** Adds a purchase; it can be read on the next day after 05:00 unless `visibleAt` says otherwise. */
	addTransaction(input: RecordInput<TransactionRow> = {}): TransactionRow {
		const websiteId = input.website_id ?? this.someWebsite()[0] ?? 5511;
		const createdAt = input.created_at ?? this.localTime(undefined, websiteId);
		const make = (id: number): TransactionRow => ({
			id,
			external_id: `ORD-${id}`,
			visitor_uid: '5b2f0c9a7d1e4',
			visitor_email: 'omar@example.org',
			amount: 129.9,
			created_at: createdAt,
			website_id: websiteId,
			operator_id: null,
			conversation_id: null,
		});
		const visibleAt = input.visibleAt ?? transactionVisibleAt(createdAt, this.zoneOf(websiteId));
		return this.store(this.transactions, { ...input, visibleAt }, make, 66012);
	}

	addSatisfaction(input: RecordInput<SatisfactionRow> = {}): SatisfactionRow {
		const websiteId = input.website_id ?? this.someWebsite()[0] ?? 5511;
		const make = (id: number): SatisfactionRow => ({
			id,
			note_welcome: 0.9,
			note_resolution: 0.8,
			node_delay: 0.7,
			comment: '',
			created_at: this.localTime(undefined, websiteId),
			website_id: websiteId,
			operator_id: null,
			conversation_id: null,
		});
		return this.store(this.satisfactions, input, make, 8123);
	}

	addVisitor(input: RecordInput<VisitorRow> = {}): VisitorRow {
		const make = (id: number): VisitorRow => ({
			id,
			unique_id: this.random.hex(13),
			external_id: '',
			lastname: 'Silva',
			firstname: 'Omar',
			address: '1 Quay Street',
			city: 'Nantes',
			zip: '44000',
			country: 'France',
			phone: '+33123456789',
			email: `visitor-${id}@example.org`,
			browser: 'Firefox',
			website_id: this.someWebsite(),
			created_at: this.localTime(),
		});
		return this.store(this.visitors, input, make, 560);
	}

	/** Adds a call meeting; `changes` are states it takes at later times of the simulator's clock. */
	addCallMeeting(input: CallMeetingInput = {}): CallMeetingRow {
		const { changes, ...fields } = input;
		const websiteId = input.website_id ?? this.someWebsite()[0] ?? 5511;
		const make = (id: number): CallMeetingRow => ({
			id,
			unique_id: this.visitors.list()[0]?.row.unique_id ?? '5b2f0c9a7d1e4',
			phone_number: '+33123456789',
			status: 'pending',
			start_at: this.localTime(this.clock.now() + 3_600_000, websiteId),
			website_id: websiteId,
			targeting_rule_id: '4402',
			skill_id: '77',
		});
		const row = this.store(this.callMeetings, fields, make, 3301);
		if (changes) this.statusChanges.set(row.id, changes);
		return row;
	}

	/** Sets the state of a call meeting at once and forgets its planned changes. */
	setCallMeetingStatus(id: number, status: CallMeetingRow['status']): void {
		const row = this.callMeetings.get(id)?.row;
		if (!row) throw new Error(`No call meeting ${id}.`);
		this.statusChanges.delete(id);
		row.status = status;
	}

	/** Call meeting with the state it has at the present time. */
	currentCallMeeting(row: CallMeetingRow): CallMeetingRow {
		const now = this.clock.now();
		const past = (this.statusChanges.get(row.id) ?? []).filter((change) => change.at <= now);
		const last = past.sort((first, second) => first.at - second.at).at(-1);
		return last ? { ...row, status: last.status } : row;
	}

	/** Live state of an operator; never logged in until it is changed. */
	liveOf(operatorId: number): LiveState {
		const known = this.lives.get(operatorId);
		if (known) return known;
		const channel = (): LiveState['channels']['chat'] => ({ available: false, slot_number: 0 });
		const state: LiveState = {
			connected: false,
			everConnected: false,
			channels: { chat: channel(), call: channel(), video: channel() },
		};
		this.lives.set(operatorId, state);
		return state;
	}

	/** Changes the live state of an operator. Logging out makes every channel unavailable. */
	setLive(input: LiveInput): LiveState {
		const state = this.liveOf(input.id);
		const changed: LiveChannel[] = (['chat', 'call', 'video'] as const).filter((channel) => input[channel]);
		for (const channel of changed) Object.assign(state.channels[channel], input[channel]);
		const opened = changed.some((channel) => input[channel]?.available);
		state.connected = input.connected ?? (state.connected || opened);
		state.everConnected ||= state.connected;
		if (!state.connected) for (const channel of Object.values(state.channels)) channel.available = false;
		return state;
	}

	/** Profile of an operator; empty until set. */
	profileOf(operatorId: number): ProfileRow {
		const empty = { status: '', description: '', facebook: '', twitter: '', city: '', country: '' };
		return { user_id: operatorId, ...empty, ...this.profiles.get(operatorId) };
	}

	setProfile(profile: Partial<ProfileRow> & { user_id: number }): void {
		this.profiles.set(profile.user_id, { ...this.profileOf(profile.user_id), ...profile });
	}

	/** Forgets what belongs to a removed operator. */
	removeOperator(operatorId: number): void {
		this.operators.remove(operatorId);
		this.lives.delete(operatorId);
		this.profiles.delete(operatorId);
	}

	private store<Row extends { id: number }>(
		table: RecordTable<Stored<Row>>,
		input: RecordInput<Row>,
		make: (id: number) => Row,
		firstId: number,
	): Row {
		const { visibleAt, ...fields } = input;
		const row = { ...make(input.id ?? table.nextId(firstId)), ...fields } as Row;
		table.add({ id: row.id, time: this.timeOf(row), row }, { visibleAt });
		return row;
	}

	private timeOf(row: object): number {
		const dated = row as { created_at?: string; start_at?: string; website_id?: number | number[] };
		const text = dated.created_at ?? dated.start_at;
		if (text === undefined) return 0;
		const websiteId = typeof dated.website_id === 'number' ? dated.website_id : undefined;
		const time = fromLocalText(text, this.zoneOf(websiteId));
		if (Number.isNaN(time)) throw new RangeError(`No date-time: ${text}`);
		return time;
	}

	private someWebsite(): number[] {
		return this.websites
			.list()
			.slice(0, 1)
			.map(({ id }) => id);
	}

	private parentsOf(parentId: number | null | undefined): number[] {
		if (!parentId) return [];
		return [...(this.groups.get(parentId)?.row.parent_list ?? []), parentId];
	}
}

/** The next day at 05:00 in the website's zone. */
function transactionVisibleAt(createdAt: string, timeZone: string): number {
	const day = new Date(`${createdAt.slice(0, 10)}T00:00:00Z`);
	day.setUTCDate(day.getUTCDate() + 1);
	return fromLocalText(`${day.toISOString().slice(0, 10)} ${transactionHour}`, timeZone);
}
