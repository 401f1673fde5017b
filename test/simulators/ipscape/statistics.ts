import { statusOf, type Account } from './account';
import type { Answers } from './answers';
import { activityStatuses } from './codes';
import type { Activity, Campaign } from './rows';
import { writeTime } from './times';

/** Figures that a test may set; they replace the computed ones until set to undefined. Times are seconds. */
export interface StatisticsInput {
	campaignId: number;
	callsWaiting?: number;
	callsReceived?: number;
	callsAbandonedInWorkflow?: number;
	callsAbandonedInQueue?: number;
	maxCallWaitingTime?: number;
	averageWaitingTime?: number;
	estimatedCallWaitingTime?: number;
	agents?: { assigned: number; available: number; busy: number; paused: number };
}

const windows = { hour: 3_600_000, day: 86_400_000 };

/** Agents of a campaign by what they do now. */
function countAgents(account: Account, campaignId: number): Required<StatisticsInput>['agents'] {
	const assigned = account.users
		.list()
		.filter(({ campaignIds, userType }) => userType === 'agent' && campaignIds.includes(campaignId));
	const count = (...statuses: string[]): number => assigned.filter((user) => statuses.includes(statusOf(user))).length;
	return {
		assigned: assigned.length,
		available: count('Available'),
		busy: count('On Call', 'Wrap Up'),
		paused: count('Paused'),
	};
}

/** Live figures of an outbound campaign. */
export function outboundStatistics(
	account: Account,
	campaign: Campaign,
	answers: Answers,
	set?: StatisticsInput,
): Record<string, unknown> {
	return {
		campaignId: campaign.id,
		campaignName: campaign.title,
		agents: set?.agents ?? countAgents(account, campaign.id),
		isActive: campaign.isRunning,
		createdDate: writeTime(campaign.time, campaign.timezone),
		lastUpdated: writeTime(campaign.lastUpdated, campaign.timezone),
		lists: account.leadLists
			.list()
			.filter(({ campaignId }) => campaignId === campaign.id)
			.map((list) => answers.leadList(list)),
		timestamp: writeTime(account.now(), campaign.timezone),
		timezone: campaign.timezone,
	};
}

/** Live figures of an inbound campaign over the last hour or day. */
export function inboundStatistics(
	account: Account,
	campaign: Campaign,
	period: 'hour' | 'day',
	set?: StatisticsInput,
): Record<string, unknown> {
	const now = account.now();
	const calls = account.activities
		.list()
		.filter(
			({ campaignId, type, time }) =>
				campaignId === campaign.id && type === 'call.inbound' && time > now - windows[period],
		);
	const agents = countAgents(account, campaign.id);
	const waits = calls.flatMap((call) => waitOf(call, now) ?? []);
	const average = waits.length === 0 ? 0 : Math.round(waits.reduce((sum, wait) => sum + wait, 0) / waits.length);
	const waiting = set?.callsWaiting ?? calls.filter(isWaiting).length;
	const abandoned = calls.filter(({ activityStatusId }) => activityStatusId === activityStatuses.abandoned.id);
	const { campaignId: _campaignId, ...figures } = set ?? { campaignId: campaign.id };
	return {
		campaignId: campaign.id,
		campaignName: campaign.title,
		maxCallWaitingTime: waits.reduce((most, wait) => Math.max(most, wait), 0),
		averageWaitingTime: average,
		estimatedCallWaitingTime: Math.round((waiting * average) / Math.max(1, agents.available)),
		agents,
		callsWaiting: waiting,
		callsReceived: calls.length,
		callsAbandonedInWorkflow: abandoned.filter(({ joinQueue }) => joinQueue === null).length,
		callsAbandonedInQueue: abandoned.filter(({ joinQueue }) => joinQueue !== null).length,
		...figures,
		timestamp: writeTime(now, campaign.timezone),
		timezone: campaign.timezone,
	};
}

function isWaiting(call: Activity): boolean {
	return call.joinQueue !== null && call.answered === null && call.hangUp === null;
}

/** Seconds in the queue so far; undefined for a call that never got there. */
function waitOf(call: Activity, now: number): number | undefined {
	if (call.joinQueue === null) return undefined;
	return ((call.answered ?? call.hangUp ?? now) - call.joinQueue) / 1000;
}
