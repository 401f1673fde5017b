// Records as the simulator keeps them. Times are epoch milliseconds, whole seconds as the vendor stores them.

/** Channel letters, from the vendor's list of channel types, with the names that the channels report shows. */
export const channelNames = {
	E: 'Email',
	B: 'Contact button',
	M: 'Contact form',
	I: 'Invitation',
	C: 'Call',
	W: 'Call button',
	F: 'Facebook',
	A: 'Facebook message',
	T: 'Twitter',
	Q: 'Forum',
	S: 'Suggestion',
} as const;
export type Channel = keyof typeof channelNames;

/** The three kinds of work that reports tell apart. */
export type Service = 'tickets' | 'chats' | 'calls';

/** Letter of a service in online and preset states. */
export const serviceLetters: Record<Service, string> = { tickets: 'M', chats: 'T', calls: 'P' };

/** Which kind of work a channel brings. */
export function serviceOf(channel: Channel): Service {
	if (channel === 'C' || channel === 'W') return 'calls';
	return channel === 'B' || channel === 'I' ? 'chats' : 'tickets';
}

/** Statuses that requests may name; L (closed) is only in answers of newer versions. */
export const statuses = ['A', 'P', 'T', 'X', 'B', 'I', 'C', 'R', 'N', 'W'] as const;
export type Status = (typeof statuses)[number] | 'L';

export interface CustomField {
	code: string;
	value: string;
}

export interface Agent {
	/** User id. */
	id: string;
	contactId: string;
	email: string;
	firstName: string;
	lastName: string;
	gender: 'M' | 'F';
	role: 'D' | 'A' | 'O';
	departments: string[];
	/** Service letters the agent is set up for. */
	preset: string;
	/** Service letters the agent serves now. */
	online: string;
}

export interface Department {
	id: string;
	name: string;
	description: string;
	/** Service letters the department offers. */
	preset: string;
	deleted: boolean;
}

/** Ticket counts of a department; those a test did not set follow from the conversations. */
export interface DepartmentCounts {
	chat_count: number;
	new_count: number;
	customer_reply_count: number;
	total_count: number;
}

export interface Customer {
	/** Contact id. */
	id: string;
	userId: string;
	email: string;
	firstName: string;
	lastName: string;
	/** V visitor, R registered. */
	role: 'V' | 'R';
	gender: '' | 'M' | 'F';
	phone: string;
	note: string;
	created: number;
	customFields: CustomField[];
	/** Ids of customer groups. */
	groups: string[];
}

/** A tag or a customer group. */
export interface Label {
	id: string;
	name: string;
	color: string;
	bgColor: string;
}

export interface Message {
	id: string;
	/** User id of an agent or customer; `system` for the System user. */
	userId: string;
	/** Message type letter, for instance M message, N note, T title. */
	type: string;
	created: number;
	text: string;
}

export interface MessageGroup {
	id: string;
	userId: string;
	/** Group type letter, for instance M offline message, I internal, C chat, P call, T transfer, X deletion, R resolution. */
	type: string;
	created: number;
	finished: number;
	messages: Message[];
}

export interface Conversation {
	id: string;
	/** Position in which conversations were made; also names the service level record. */
	number: number;
	code: string;
	publicCode: string;
	created: number;
	changed: number;
	departmentId: string;
	status: Status;
	channel: Channel;
	/** Contact id of the requester, whom the vendor calls owner. */
	customerId: string;
	/** User id of the agent it is assigned to; empty if nobody. */
	agentId: string;
	subject: string;
	ownerNote: string;
	preview: string;
	recipient: string;
	/** Mail message id, so that later replies join. */
	mailMessageId: string;
	customFields: CustomField[];
	/** Ids of tags. */
	tags: string[];
	groups: MessageGroup[];
	/** First answer by an agent. */
	answered?: number;
	/** End of a chat or call, or resolution of a ticket. */
	ended?: number;
}

export interface Article {
	id: number;
	parentId: number;
	urlCode: string;
	treePath: string;
	order: number;
	title: string;
	keywords: string;
	/** Body as HTML. */
	content: string;
	departmentId: string;
	views: number;
	votes: number;
	created: number;
	changed: number;
}

export interface SuggestionCategory {
	id: string;
	title: string;
	path: string;
	/** Address code; accepted in place of the id. */
	urlCode: string;
}

export interface Suggestion {
	id: string;
	userId: string;
	categoryId: string;
	subject: string;
	message: string;
	created: number;
}

export interface Ranking {
	id: string;
	/** W reward, P rebuke. */
	type: 'W' | 'P';
	created: number;
	conversationId: string;
	agentId: string;
	customerId: string;
	comment: string;
}

/** A time in which an agent served one kind of work in one department. */
export interface Availability {
	id: number;
	agentId: string;
	departmentId: string;
	service: Service;
	from: number;
	/** Left out while it lasts. */
	to?: number;
}

export interface ChatsOverview {
	visitors: number;
	chats: number;
	queue: number;
	agents: number;
}

export interface CallsOverview {
	running: number;
	ringing: number;
	inqueue: number;
}
