import { fictionPhone, type Account } from './account';
import { freeAgent } from './agents';
import { activityStatuses } from './codes';
import type { Activity, User } from './rows';
import type { Schedule } from './schedule';

/** A call that comes in now; what is left out is plausible. Durations are seconds. */
export interface IncomingCall {
	campaignId?: number;
	source?: string;
	/** Seconds in the voice menu (default 6). */
	ivr?: number;
	/** Seconds the caller waits for an agent (default 120). */
	patience?: number;
	/** Seconds of talk (default 180). */
	talk?: number;
	/** Seconds of wrap-up (default 25). */
	wrap?: number;
}

/** A call that an agent has at once. It lasts until `endCall`. */
export interface ConnectedCall {
	agentId: number;
	campaignId?: number;
	source?: string;
}

const retrySeconds = 5;
const seconds = (count: number): number => count * 1000;

/** Inbound calls that go on with the clock: voice menu, queue, agent, wrap-up, or a caller who gives up. */
export class Calls {
	constructor(
		private readonly account: Account,
		private readonly schedule: Schedule,
	) {}

	/** Lets a call come in at a time (epoch milliseconds, default now) and plans how it goes on. */
	receive(call: IncomingCall = {}, at = this.account.now()): Activity {
		const ivr = call.ivr ?? 6;
		const source = call.source ?? fictionPhone(this.account.random.integer(0, 79_999));
		const activity = this.begin(at, { campaignId: call.campaignId, source }, activityStatuses.active);
		this.schedule.at(at + seconds(ivr), (joined) => this.join(activity.id, joined, call));
		return activity;
	}

	/** Gives an agent a call at once. */
	connect(call: ConnectedCall): Activity {
		const agent = this.account.users.get(call.agentId);
		if (!agent) throw new RangeError(`No user ${call.agentId}.`);
		const campaignId = call.campaignId ?? agent.campaignIds[0];
		const now = this.account.now();
		const activity = this.begin(now, { campaignId, source: call.source ?? '+61491570157' }, activityStatuses.active);
		this.account.changeActivity({ id: activity.id, joinQueue: now });
		this.answer(activity.id, agent, now);
		return activity;
	}

	/** Ends the call an agent is in, wrap-up included; returns it, or undefined when there is none. */
	end(agentId: number, wrapCode = { id: 28, name: 'Contact' }): Activity | undefined {
		const { activityId } = this.account.users.get(agentId) ?? { activityId: null };
		if (activityId === null) return undefined;
		const now = this.account.now();
		this.hangUp(activityId, now);
		return this.wrapUp(activityId, now, wrapCode);
	}

	/** Marks a call as answered by an agent. */
	answer(activityId: number, agent: User, at: number): void {
		const call = this.account.activities.get(activityId);
		const queue = call?.joinQueue ? (at - call.joinQueue) / 1000 : null;
		this.account.changeUser({ id: agent.id, activityId }, at);
		this.account.changeActivity({
			id: activityId,
			answered: at,
			agentId: agent.id,
			agentInteractionId: this.account.nextInteraction(),
			recordingStatus: 'enabled',
			...(queue === null ? {} : { durations: { ...call?.durations, queue } }),
		});
	}

	/** Ends the talk; the agent wraps up. */
	hangUp(activityId: number, at: number): void {
		const call = this.account.activities.get(activityId);
		if (!call) return;
		this.account.changeActivity({ id: activityId, hangUp: at });
		if (call.agentId !== null) this.account.changeUser({ id: call.agentId, activityId: null, isWrapping: true }, at);
	}

	/** Ends a call for good: wrap code, durations and recording are there now. */
	wrapUp(activityId: number, at: number, code: { id: number; name: string }): Activity | undefined {
		const call = this.account.activities.get(activityId);
		if (!call || call.answered === null || call.hangUp === null) return undefined;
		const talk = (call.hangUp - call.answered) / 1000;
		const wrap = (at - call.hangUp) / 1000;
		const interaction = talk + wrap;
		const inbound = call.type === 'call.inbound';
		if (call.agentId !== null) this.account.changeUser({ id: call.agentId, isWrapping: false }, at);
		return this.account.changeActivity({
			id: activityId,
			wrapUp: at,
			wrapCode: code.id,
			wrapDescription: code.name,
			activityStatusId: activityStatuses.answered.id,
			activityStatusName: activityStatuses.answered.name,
			durations: inbound ? { ...call.durations, hold: 0, talk, wrap, interaction } : { ...call.durations, interaction },
			recordingId: this.account.addMedia({ duration: talk, createdAt: at }).id,
		});
	}

	private begin(at: number, fields: Partial<Activity>, status: { id: number; name: string }): Activity {
		const { campaignId, ...others } = fields;
		return this.account.addActivity({
			...others,
			...(campaignId === undefined ? {} : { campaignId }),
			type: 'call.inbound',
			createdAt: at,
			activityStatusId: status.id,
			activityStatusName: status.name,
			durations: { ivr: null, queue: null, hold: null, interaction: null, wrap: null, talk: null },
			joinQueue: null,
			answered: null,
			hangUp: null,
			wrapUp: null,
		});
	}

	private join(activityId: number, at: number, call: IncomingCall): void {
		const activity = this.account.activities.get(activityId);
		if (!activity) return;
		const { id: activityStatusId, name: activityStatusName } = activityStatuses.queued;
		const durations = { ...activity.durations, ivr: (at - activity.time) / 1000 };
		this.account.changeActivity({ id: activityId, joinQueue: at, durations, activityStatusId, activityStatusName });
		this.offer(activityId, at, at + seconds(call.patience ?? 120), call);
	}

	/** Looks for an agent now and every few seconds until the caller gives up. */
	private offer(activityId: number, at: number, until: number, call: IncomingCall): void {
		const activity = this.account.activities.get(activityId);
		if (!activity) return;
		const agent = freeAgent(this.account, activity.campaignId);
		if (agent) return this.talk(activityId, agent, at, call);
		if (at >= until) return this.abandon(activityId, at);
		const next = Math.min(until, at + seconds(retrySeconds));
		this.schedule.at(next, (later) => this.offer(activityId, later, until, call));
	}

	private talk(activityId: number, agent: User, at: number, call: IncomingCall): void {
		this.answer(activityId, agent, at);
		this.schedule.at(at + seconds(call.talk ?? 180), (over) => {
			this.hangUp(activityId, over);
			this.schedule.at(over + seconds(call.wrap ?? 25), (done) =>
				this.wrapUp(activityId, done, { id: 28, name: 'Contact' }),
			);
		});
	}

	private abandon(activityId: number, at: number): void {
		const activity = this.account.activities.get(activityId);
		if (!activity) return;
		const { id: activityStatusId, name: activityStatusName } = activityStatuses.abandoned;
		const queue = (at - (activity.joinQueue ?? at)) / 1000;
		const durations = { ...activity.durations, queue };
		this.account.changeActivity({ id: activityId, hangUp: at, activityStatusId, activityStatusName, durations });
	}
}
