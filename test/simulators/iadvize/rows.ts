/** Rows as the vendor writes them; names and meanings come from its REST reference. Times are wall-clock texts of the website. */
export interface ClientRow {
	id: number;
	lang: string;
	premium_enabled: boolean;
}

export interface WebsiteRow {
	id: number;
	url: string;
	label: string;
	client_id: number;
	currency: string;
	language_admin: string;
	timezone: string;
}

export interface CallConfig {
	type: 'ANSWER_FROM_PHONE' | 'ANSWER_FROM_DESK';
	ask_phone_number_at_every_connection: boolean;
	phone_number?: string;
}

export interface OperatorRow {
	id: number;
	name: string;
	first_name: string;
	pseudo: string;
	email: string;
	external_id: string;
	role: string;
	roles: string[];
	chat_enabled: boolean;
	call_enabled: boolean;
	video_enabled: boolean;
	chat_max_number: number;
	chat_and_call: boolean;
	chat_to_video: boolean;
	chat_priority: number;
	call_priority: number;
	video_priority: number;
	language_list: string[];
	language_admin: string;
	group_id: number | null;
	website_list: number[];
	skill_list: number[];
	sso_key: string;
	call_config: CallConfig;
}

export interface GroupRow {
	id: number;
	name: string;
	created_at: string;
	parent_id: number | null;
	parent_list: number[];
}

export interface SkillRow {
	id: number;
	name: string;
	order: number;
	created_at: string;
	parent_id: number | null;
}

/** Type, wall-clock time, text and (text entries only) epoch milliseconds. */
export type HistoryEntry = [type: number, time: string, text: string, epoch?: number];

export interface ConversationRow {
	id: number;
	channel: string;
	visitor_uid: string;
	history: HistoryEntry[];
	operator_answer: boolean;
	operator_closed: boolean;
	waitinglist: boolean;
	page_type: string;
	created_at: string;
	/** Empty while open. */
	closed_at: string;
	website_id: number;
	operator_id: number | null;
	skill_id: number | null;
	tag_list: number[];
	rule_id: number | null;
	xmpp_id: string;
}

export interface TagRow {
	id: number;
	name: string;
	website_id: number[];
}

export interface TransactionRow {
	id: number;
	external_id: string;
	visitor_uid: string;
	visitor_email: string;
	amount: number;
	created_at: string;
	website_id: number;
	operator_id: number | null;
	conversation_id: number | null;
}

export interface SatisfactionRow {
	id: number;
	note_welcome: number;
	note_resolution: number;
	node_delay: number;
	comment: string;
	created_at: string;
	website_id: number;
	operator_id: number | null;
	conversation_id: number | null;
}

export interface VisitorRow {
	id: number;
	unique_id: string;
	external_id: string;
	lastname: string;
	firstname: string;
	address: string;
	city: string;
	zip: string;
	country: string;
	phone: string;
	email: string;
	browser: string;
	website_id: number[];
	created_at: string;
}

export const callMeetingStatuses = ['pending', 'progress', 'done', 'failed', 'working'] as const;

export interface CallMeetingRow {
	id: number;
	unique_id: string;
	phone_number: string;
	status: (typeof callMeetingStatuses)[number];
	start_at: string;
	website_id: number;
	targeting_rule_id: string;
	skill_id: string;
}

export const liveChannels = ['chat', 'call', 'video'] as const;
export type LiveChannel = (typeof liveChannels)[number];

/** Live state of one channel that can change; `enabled`, `slot_max_number` and `busy` follow from the operator. */
export interface ChannelState {
	available: boolean;
	slot_number: number;
}

/** Live state of an operator. */
export interface LiveState {
	connected: boolean;
	/** Operators that never logged in are in no live list. */
	everConnected: boolean;
	channels: Record<LiveChannel, ChannelState>;
}

/** What the operator profile page holds. */
export interface ProfileRow {
	user_id: number;
	status: string;
	description: string;
	facebook: string;
	twitter: string;
	city: string;
	country: string;
}
