import type { Account } from './account';
import { inside, type Period } from './period';
import { serviceOf, type Conversation, type Ranking } from './records';
import type { LooseNumber } from './rows';

/** Something that counts in the activity reports. */
export interface Activity {
	time: number;
	kind:
		| 'newAnswer'
		| 'nextAnswer'
		| 'chatAnswer'
		| 'incomingMessage'
		| 'incomingChat'
		| 'incomingCall'
		| 'chat'
		| 'call'
		| 'missedChat'
		| 'missedCall'
		| 'chatEnd'
		| 'callEnd'
		| 'reward'
		| 'punishment';
	/** Seconds of waiting or talking, where the kind has any. */
	seconds: number;
	/** User id; empty if nobody. */
	agentId: string;
	conversation: Conversation | undefined;
}

/** All activities of a period, from the conversations and ratings. */
export function activitiesOf(account: Account, period: Period): Activity[] {
	const all: Activity[] = [];
	for (const conversation of account.conversations.list())
		for (const activity of activitiesOfOne(account, conversation))
			if (inside(period, activity.time)) all.push(activity);
	for (const ranking of account.rankings.list())
		if (inside(period, ranking.created)) all.push(activityOfRanking(account, ranking));
	return all;
}

function activityOfRanking(account: Account, { type, created, agentId, conversationId }: Ranking): Activity {
	const kind = type === 'W' ? 'reward' : 'punishment';
	return { time: created, kind, seconds: 0, agentId, conversation: account.conversations.get(conversationId) };
}

function activitiesOfOne(account: Account, conversation: Conversation): Activity[] {
	const service = serviceOf(conversation.channel);
	if (service === 'tickets') return messageActivities(account, conversation);
	const written = service === 'chats' ? messageActivities(account, conversation) : [];
	const answers = written.filter(({ kind }) => kind.endsWith('Answer'));
	return [
		...liveActivities(conversation, service === 'chats'),
		...answers.map((answer): Activity => ({ ...answer, kind: 'chatAnswer' })),
	];
}

function liveActivities(conversation: Conversation, isChat: boolean): Activity[] {
	const { created, answered, ended, agentId } = conversation;
	const make = (kind: Activity['kind'], time: number, seconds = 0): Activity => ({
		kind,
		time,
		seconds,
		agentId,
		conversation,
	});
	const result = [make(isChat ? 'incomingChat' : 'incomingCall', created)];
	if (answered !== undefined) {
		result.push(make(isChat ? 'chat' : 'call', answered, (answered - created) / 1000));
		if (ended !== undefined) result.push(make(isChat ? 'chatEnd' : 'callEnd', ended, (ended - answered) / 1000));
	} else if (ended !== undefined) result.push(make(isChat ? 'missedChat' : 'missedCall', ended));
	return result;
}

function messageActivities(account: Account, conversation: Conversation): Activity[] {
	const result: Activity[] = [];
	let waitingSince = conversation.created;
	let isAnswered = false;
	for (const { type, userId, created } of conversation.groups.flatMap(({ messages }) => messages)) {
		if (type !== 'M') continue;
		if (!account.agents.get(userId)) {
			result.push({ kind: 'incomingMessage', time: created, seconds: 0, agentId: conversation.agentId, conversation });
			waitingSince = created;
			continue;
		}
		const kind = isAnswered ? 'nextAnswer' : 'newAnswer';
		result.push({ kind, time: created, seconds: (created - waitingSince) / 1000, agentId: userId, conversation });
		isAnswered = true;
	}
	return result;
}

/** Figures that the channel, department, performance and tag reports share. */
export function activityFigures(activities: Activity[], number: LooseNumber): Record<string, unknown> {
	const figures = numbersOf(activities);
	const whole = (name: keyof typeof figures): [string, unknown] => [name, number(Math.round(figures[name]))];
	const share = (name: 'not_ranked' | 'rewards' | 'punishments'): [string, unknown] => [
		`${name}_p`,
		percent(figures[name], figures.not_ranked + figures.rewards + figures.punishments),
	];
	return Object.fromEntries([
		...(['answers', 'newAnswerAvgTime', 'nextAnswerAvgTime', 'chat_answers', 'chats', 'missed_chats'] as const).map(
			whole,
		),
		...(['chatPickupAvgTime', 'chatAvgTime', 'calls', 'missed_calls', 'call_seconds'] as const).map(whole),
		...(['not_ranked', 'rewards', 'punishments'] as const).flatMap((name) => [whole(name), share(name)]),
		...(['i_messages', 'i_chats', 'i_calls', 'f_chats', 'f_calls'] as const).map(whole),
	]);
}

/** Figures of the agents report: those an agent has, and the ones per hour of `worktime` (minutes). */
export function agentFigures(activities: Activity[], worktime: number, number: LooseNumber): Record<string, unknown> {
	const figures = numbersOf(activities);
	const shared = activityFigures(activities, number);
	const perHour = (name: keyof typeof figures): [string, unknown] => [
		`${name}_ph`,
		worktime === 0 ? '0.00' : ((figures[name] * 60) / worktime).toFixed(2),
	];
	const counted = [
		...(['answers', 'calls', 'missed_calls', 'call_seconds', 'chats', 'chat_answers', 'missed_chats'] as const),
		...(['not_ranked', 'rewards', 'punishments'] as const),
	].map(perHour);
	for (const name of Object.keys(shared)) if (/^[if]_/.test(name)) delete shared[name];
	return { worktime: number(worktime), ...shared, ...Object.fromEntries(counted) };
}

function numbersOf(activities: Activity[]): Record<FigureName, number> {
	const byKind = new Map<Activity['kind'], number[]>();
	for (const { kind, seconds } of activities) {
		const known = byKind.get(kind);
		if (known) known.push(seconds);
		else byKind.set(kind, [seconds]);
	}
	const seconds = (kind: Activity['kind']): number[] => byKind.get(kind) ?? [];
	const count = (kind: Activity['kind']): number => seconds(kind).length;
	const handled = count('newAnswer') + count('nextAnswer') + count('chat') + count('call');
	return {
		answers: count('newAnswer') + count('nextAnswer'),
		newAnswerAvgTime: average(seconds('newAnswer')),
		nextAnswerAvgTime: average(seconds('nextAnswer')),
		chat_answers: count('chatAnswer'),
		chats: count('chat'),
		missed_chats: count('missedChat'),
		chatPickupAvgTime: average(seconds('chat')),
		chatAvgTime: average(seconds('chatEnd')),
		calls: count('call'),
		missed_calls: count('missedCall'),
		call_seconds: sum(seconds('callEnd')),
		not_ranked: Math.max(0, handled - count('reward') - count('punishment')),
		rewards: count('reward'),
		punishments: count('punishment'),
		i_messages: count('incomingMessage'),
		i_chats: count('incomingChat'),
		i_calls: count('incomingCall'),
		f_chats: count('chatEnd'),
		f_calls: count('callEnd'),
	};
}

type FigureName =
	| 'answers'
	| 'newAnswerAvgTime'
	| 'nextAnswerAvgTime'
	| 'chat_answers'
	| 'chats'
	| 'missed_chats'
	| 'chatPickupAvgTime'
	| 'chatAvgTime'
	| 'calls'
	| 'missed_calls'
	| 'call_seconds'
	| 'not_ranked'
	| 'rewards'
	| 'punishments'
	| 'i_messages'
	| 'i_chats'
	| 'i_calls'
	| 'f_chats'
	| 'f_calls';

/** Sum of numbers. */
export function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, value) => total + value, 0);
}

/** Mean of numbers; 0 for none. */
export function average(numbers: readonly number[]): number {
	return numbers.length === 0 ? 0 : sum(numbers) / numbers.length;
}

function percent(part: number, whole: number): string {
	return whole === 0 ? '0.00' : ((part / whole) * 100).toFixed(2);
}
