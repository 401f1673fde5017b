import type { Account } from './account';
import { freeAgent } from './agents';
import type { Calls } from './calls';
import { activityStatuses, dialStatuses, outcomeRules, type Outcome } from './codes';
import type { Activity, Attempt, Lead, Phone } from './rows';
import type { Schedule } from './schedule';

/** How leads are dialled. */
export interface DiallerOptions {
	/** Seconds between the upload of a lead without a planned attempt and its first dialling (default 30). */
	delaySeconds?: number;
	/** Pace of one campaign (default 10). */
	callsPerMinute?: number;
	/** Minutes until a lead that was not reached is dialled again (default 60). */
	retryMinutes?: number;
	/** Attempts after which a lead is completed (default 5). */
	maximumAttempts?: number;
	/** Number that calls come from. */
	callerNumber?: string;
}

const seconds = (count: number): number => count * 1000;
const day = seconds(86_400);
const chances: Array<[Outcome, number]> = [
	['noAnswer', 0.35],
	['answeringMachine', 0.15],
	['busy', 0.08],
	['invalidNumber', 0.02],
	['contact', 0.15],
	['notInterested', 0.1],
	['callBack', 0.08],
	['sale', 0.07],
];

interface CampaignQueue {
	leads: number[];
	/** Epoch milliseconds of the last dialling. */
	lastDial: number;
	isPlanned: boolean;
}

interface Dialled {
	leadId: number;
	attempt: Attempt;
	activity: Activity;
	phone: Phone;
}

/** Dials leads with the clock: attempts, activities, outcomes, next attempts, completion. */
export class Dialler {
	private readonly options: Required<DiallerOptions>;
	private readonly queues = new Map<number, CampaignQueue>();
	/** Number of the newest plan of a lead; older plans are void. */
	private readonly plans = new Map<number, number>();
	private readonly busy = new Set<number>();
	private readonly outcomes = new Map<number, Outcome[]>();

	constructor(
		private readonly account: Account,
		private readonly schedule: Schedule,
		private readonly calls: Calls,
		options: DiallerOptions = {},
	) {
		const defaults = { delaySeconds: 30, callsPerMinute: 10, retryMinutes: 60, maximumAttempts: 5 };
		this.options = { ...defaults, callerNumber: '+61255501000', ...options };
		account.leadListener = (lead) => this.plan(lead);
		account.campaignListener = ({ id }) => this.planCampaign(id);
	}

	/** Sets how the next calls of a lead end; later ones are drawn by chance again. */
	setOutcomes(leadId: number, outcomes: Outcome[]): void {
		this.outcomes.set(leadId, [...outcomes]);
	}

	/** True when the lead would be dialled: running outbound campaign, list in the dialler, an open phone. */
	isDialable(lead: Lead): boolean {
		const list = this.account.leadLists.get(lead.listId);
		const campaign = list?.inDialler ? this.account.campaigns.get(list.campaignId) : undefined;
		const runs = campaign?.isRunning === true && campaign.type === 'Outbound';
		return runs && !lead.completed && lead.phones.some((phone) => !phone.completed);
	}

	private plan(lead: Lead, at = this.account.now()): void {
		const number = (this.plans.get(lead.id) ?? 0) + 1;
		this.plans.set(lead.id, number);
		if (!this.isDialable(lead)) return;
		const earliest = Math.max(at, lead.time);
		const due = lead.nextAttempt ?? earliest + seconds(this.options.delaySeconds);
		this.schedule.at(Math.max(due, earliest), (time) => {
			if (this.plans.get(lead.id) === number) this.enqueue(lead.id, time);
		});
	}

	private planCampaign(campaignId: number): void {
		const lists = new Set(
			this.account.leadLists
				.list()
				.filter((list) => list.campaignId === campaignId)
				.map(({ id }) => id),
		);
		for (const lead of this.account.leads.list()) if (lists.has(lead.listId)) this.plan(lead);
	}

	private enqueue(leadId: number, at: number): void {
		const lead = this.account.leads.get(leadId);
		if (!lead || !this.isDialable(lead)) return;
		const campaignId = this.campaignOf(lead);
		const queue = this.queues.get(campaignId) ?? { leads: [], lastDial: -Infinity, isPlanned: false };
		this.queues.set(campaignId, queue);
		queue.leads.push(leadId);
		this.planNext(queue, at);
	}

	private planNext(queue: CampaignQueue, at: number): void {
		if (queue.isPlanned || queue.leads.length === 0) return;
		queue.isPlanned = true;
		const interval = Math.max(1, Math.round(60 / this.options.callsPerMinute));
		this.schedule.at(Math.max(at, queue.lastDial + seconds(interval)), (time) => {
			queue.isPlanned = false;
			this.dialNext(queue, time);
			this.planNext(queue, time);
		});
	}

	private dialNext(queue: CampaignQueue, at: number): void {
		for (let leadId = queue.leads.shift(); leadId !== undefined; leadId = queue.leads.shift()) {
			const lead = this.account.leads.get(leadId);
			const isDue = lead && (lead.nextAttempt ?? 0) <= at && !this.busy.has(leadId);
			if (!isDue || !this.isDialable(lead)) continue;
			queue.lastDial = at;
			return this.dial(lead, at);
		}
	}

	private dial(lead: Lead, at: number): void {
		const phone = nextPhone(lead);
		if (!phone) return;
		this.busy.add(lead.id);
		const dialled = this.begin(lead, phone, at);
		const outcome = this.outcomeOf(lead.id);
		const ringing = outcomeRules[outcome].answered ? this.account.random.integer(5, 15) : 25;
		this.schedule.at(at + seconds(ringing), (time) => {
			this.account.changeActivity({ id: dialled.activity.id, durations: { dial: ringing, interaction: null } });
			if (outcomeRules[outcome].answered) this.pickUp(dialled, outcome, time);
			else this.finish(dialled, outcome, time);
		});
	}

	private begin(lead: Lead, phone: Phone, at: number): Dialled {
		const campaignId = this.campaignOf(lead);
		const attempt = this.account.addAttempt({
			createdAt: at,
			leadId: lead.id,
			campaignId,
			phoneIndex: phone.phoneIndex,
			phoneNumber: phone.phone,
			dialStatusId: dialStatuses.dialling.id,
			dialStatusName: dialStatuses.dialling.name,
			hangUp: null,
		});
		const activity = this.account.addActivity({
			createdAt: at,
			type: 'call.outbound',
			campaignId,
			attemptId: attempt.id,
			source: this.options.callerNumber,
			destination: phone.phone,
			activityStatusId: activityStatuses.active.id,
			activityStatusName: activityStatuses.active.name,
			durations: { dial: null, interaction: null },
			answered: null,
			hangUp: null,
			wrapUp: null,
		});
		this.account.changeAttempt({ id: attempt.id, activityId: activity.id });
		return { leadId: lead.id, attempt, activity, phone };
	}

	private pickUp(dialled: Dialled, outcome: Outcome, at: number): void {
		const { id: dialStatusId, name: dialStatusName } = dialStatuses.answered;
		this.account.changeAttempt({ id: dialled.attempt.id, answered: at, dialStatusId, dialStatusName });
		this.account.changeActivity({ id: dialled.activity.id, answered: at });
		const agent = outcome === 'abandoned' ? undefined : freeAgent(this.account, dialled.activity.campaignId);
		if (!agent) return this.schedule.at(at + seconds(5), (time) => this.finish(dialled, 'abandoned', time));
		this.calls.answer(dialled.activity.id, agent, at);
		const talk = this.account.random.integer(30, 300);
		this.schedule.at(at + seconds(talk), (time) => this.wrap(dialled, outcome, time));
	}

	private wrap(dialled: Dialled, outcome: Outcome, at: number): void {
		this.calls.hangUp(dialled.activity.id, at);
		this.account.changeAttempt({ id: dialled.attempt.id, hangUp: at });
		this.schedule.at(at + seconds(this.account.random.integer(10, 30)), (time) => {
			this.calls.wrapUp(dialled.activity.id, time, outcomeRules[outcome].status);
			this.finishLead(dialled, outcome, time);
		});
	}

	private finish(dialled: Dialled, outcome: Outcome, at: number): void {
		const { dial, activity } = outcomeRules[outcome];
		const { id } = dialled.activity;
		this.account.changeAttempt({
			id: dialled.attempt.id,
			hangUp: at,
			dialStatusId: dial.id,
			dialStatusName: dial.name,
		});
		this.account.changeActivity({ id, hangUp: at, activityStatusId: activity.id, activityStatusName: activity.name });
		this.finishLead(dialled, outcome, at);
	}

	private finishLead(dialled: Dialled, outcome: Outcome, at: number): void {
		this.busy.delete(dialled.leadId);
		const lead = this.account.leads.get(dialled.leadId);
		if (!lead) return;
		const { status, lead: effect } = outcomeRules[outcome];
		const phones = lead.phones.map((phone) =>
			effect === 'completePhone' && phone.phoneIndex === dialled.phone.phoneIndex
				? { ...phone, completed: true }
				: phone,
		);
		const totalAttempts = lead.totalAttempts + 1;
		const isSpent = totalAttempts >= this.options.maximumAttempts || phones.every((phone) => phone.completed);
		const completed = lead.completed || effect === 'complete' || isSpent;
		const wait = effect === 'nextDay' ? day : seconds(this.options.retryMinutes * 60);
		const nextAttempt = completed ? null : at + wait;
		const outcomes = countOutcome(lead.outcomes, status.id);
		const change = { phones, totalAttempts, completed, nextAttempt, outcomes, lastStatusCode: status.id };
		this.plan(this.account.writeLead({ id: lead.id, ...change }, at), at);
	}

	private outcomeOf(leadId: number): Outcome {
		const planned = this.outcomes.get(leadId)?.shift();
		if (planned) return planned;
		let left = this.account.random.next();
		return chances.find(([, chance]) => (left -= chance) < 0)?.[0] ?? 'noAnswer';
	}

	private campaignOf(lead: Lead): number {
		return this.account.leadLists.get(lead.listId)?.campaignId ?? 0;
	}
}

/** Phones take turns. */
function nextPhone(lead: Lead): Phone | undefined {
	const open = lead.phones.filter((phone) => !phone.completed);
	return open[lead.totalAttempts % Math.max(1, open.length)];
}

function countOutcome(outcomes: Lead['outcomes'], statusCode: number): Lead['outcomes'] {
	if (!outcomes.some((outcome) => outcome.statusCode === statusCode)) return [...outcomes, { statusCode, count: 1 }];
	return outcomes.map((outcome) =>
		outcome.statusCode === statusCode ? { statusCode, count: outcome.count + 1 } : outcome,
	);
}
