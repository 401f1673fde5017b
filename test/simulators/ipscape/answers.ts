import { statusOf, type Account } from './account';
import { statusName } from './codes';
import type { Activity, Attempt, Campaign, Lead, LeadList, Media, Survey, User } from './rows';
import { writeDuration, writeTime, type OffsetStyle } from './times';

/** Records in the vendor's shapes. */
export class Answers {
	constructor(
		private readonly account: Account,
		/** Put before `/v3.0/media/...` in activities; the vendor's samples have none there. */
		private readonly uriPrefix: string,
		/** Put before the address in media answers; the vendor's sample has it there. */
		private readonly basePath: string,
	) {}

	campaign(campaign: Campaign): Record<string, unknown> {
		return {
			campaignId: campaign.id,
			campaignTitle: campaign.title,
			campaignDescription: campaign.description,
			campaignType: campaign.type,
			campaignGroupName: campaign.groupName,
			isRunning: campaign.isRunning,
			allowTransferToAnyPhone: campaign.allowTransferToAnyPhone,
			ipScapePayDetails: campaign.pay,
		};
	}

	leadList(list: LeadList): Record<string, unknown> {
		return {
			id: list.id,
			name: list.name,
			campaignId: list.campaignId,
			campaignName: this.campaignName(list.campaignId),
			inDialler: list.inDialler,
			weight: list.weight,
			timestamps: { created: writeTime(list.time, this.account.timezone) },
		};
	}

	lead(lead: Lead): Record<string, unknown> {
		const list = this.account.leadLists.get(lead.listId);
		return {
			leadId: lead.id,
			campaignId: list?.campaignId ?? null,
			campaignName: this.campaignName(list?.campaignId ?? null),
			listId: lead.listId,
			listName: list?.name ?? null,
			timezone: lead.timezone,
			completed: lead.completed,
			customerKey: lead.customerKey,
			agentId: lead.agentId,
			agentFullName: this.userName(lead.agentId),
			dataFields: lead.dataFields,
			lastStatusCode: lead.lastStatusCode,
			lastStatusDescription: statusName(lead.lastStatusCode),
			phones: lead.phones,
			outcomeType: lead.outcomeType,
			outcomesInfo: { totalAttempts: lead.totalAttempts, outcomesByCode: outcomesByCode(lead) },
			timestamps: {
				created: writeTime(lead.time, lead.timezone),
				modified: writeTime(lead.modified, lead.timezone),
				nextAttempt: writeTime(lead.nextAttempt, lead.timezone),
			},
		};
	}

	activity(activity: Activity): { type: string; data: Record<string, unknown> } {
		const outbound = activity.type === 'call.outbound';
		return { type: activity.type, data: outbound ? this.outbound(activity) : this.inbound(activity) };
	}

	attempt(attempt: Attempt): Record<string, unknown> {
		const { timezone } = this.account;
		const activity = attempt.activityId === null ? undefined : this.account.activities.get(attempt.activityId);
		return {
			...attemptFields(attempt),
			timestamps: {
				dialled: writeTime(attempt.time, timezone),
				answered: writeTime(attempt.answered, timezone),
				hangUp: writeTime(attempt.hangUp, timezone),
			},
			type: 'call.outbound',
			campaignId: attempt.campaignId,
			campaignName: this.campaignName(attempt.campaignId),
			activityId: attempt.activityId,
			parentActivityId: activity?.parentActivityId ?? null,
			rootActivityId: activity?.rootActivityId ?? null,
		};
	}

	user(user: User): Record<string, unknown> {
		return {
			userId: user.id,
			userTimezone: user.timezone,
			firstName: user.firstName,
			lastName: user.lastName,
			username: user.username,
			isLoggedIn: user.isLoggedIn,
			userType: user.userType,
			email: user.email,
			teams: user.teams.join(', '),
			assignedCampaigns: user.campaignIds.map((id) => this.campaignName(id)).join(', '),
			status: statusOf(user),
			timeInStatus: writeDuration((this.account.now() - user.statusSince) / 1000),
			accountIsActive: user.accountIsActive,
		};
	}

	media(media: Media): Record<string, unknown> {
		const { deleted } = media;
		return {
			mediaId: media.id,
			mediaUri: `${this.basePath}/v3.0/media/${media.id}`,
			duration: media.duration,
			deleted: deleted !== null,
			deletedTimestamp: writeTime(deleted?.at ?? null, this.account.timezone),
			deletedBy: deleted?.by ?? null,
			deletionReason: deleted?.reason ?? null,
		};
	}

	/** Name of a campaign; null when there is none. */
	campaignName(id: number | null): string | null {
		return id === null ? null : (this.account.campaigns.get(id)?.title ?? null);
	}

	private inbound(activity: Activity): Record<string, unknown> {
		const written = (time: number | null): string | null => writeTime(time, this.account.timezone, 'compact');
		return {
			durations: activity.durations,
			timestamps: {
				created: written(activity.time),
				joinQueue: written(activity.joinQueue),
				answered: written(activity.answered),
				hangUp: written(activity.hangUp),
				wrapUp: written(activity.wrapUp),
			},
			...this.commonFields(activity, 'compact'),
			callQualityScore: activity.callQualityScore,
		};
	}

	private outbound(activity: Activity): Record<string, unknown> {
		const written = (time: number | null): string | null => writeTime(time, this.account.timezone);
		const attempt = activity.attemptId === null ? undefined : this.account.attempts.get(activity.attemptId);
		return {
			...(attempt ? attemptFields(attempt) : {}),
			durations: activity.durations,
			timestamps: {
				created: written(activity.time),
				answered: written(activity.answered),
				hangUp: written(activity.hangUp),
				wrapUp: written(activity.wrapUp),
			},
			...this.commonFields(activity, 'colon'),
		};
	}

	private commonFields(activity: Activity, style: OffsetStyle): Record<string, unknown> {
		return {
			activityId: activity.id,
			parentActivityId: activity.parentActivityId,
			rootActivityId: activity.rootActivityId,
			activityStatusId: activity.activityStatusId,
			activityStatusName: activity.activityStatusName,
			source: activity.source,
			destination: activity.destination,
			campaignId: activity.campaignId,
			campaignName: this.campaignName(activity.campaignId),
			agentInteractionId: activity.agentInteractionId,
			agentId: activity.agentId,
			agentFullName: this.userName(activity.agentId),
			wrapCode: activity.wrapCode,
			wrapDescription: activity.wrapDescription,
			recordingStatus: activity.recordingStatus,
			recordingMetadata: this.mediaSummary(activity.recordingId, true),
			voicemailMetadata:
				activity.voicemailIds.length > 0 ? activity.voicemailIds.map((id) => this.mediaSummary(id)) : null,
			survey: this.survey(activity.survey, style),
		};
	}

	private mediaSummary(id: number | null, withDeleted = false): Record<string, unknown> | null {
		const media = id === null ? undefined : this.account.media.get(id);
		if (!media) return null;
		const summary = {
			mediaId: media.id,
			mediaUri: `${this.uriPrefix}/v3.0/media/${media.id}`,
			duration: media.duration,
		};
		return withDeleted ? { ...summary, deleted: media.deleted !== null } : summary;
	}

	private survey(survey: Survey | null, style: OffsetStyle): Record<string, unknown> | null {
		return survey && { ...survey, startTimestamp: writeTime(survey.startTimestamp, this.account.timezone, style) };
	}

	private userName(id: number | null): string | null {
		const user = id === null ? undefined : this.account.users.get(id);
		return user ? `${user.firstName} ${user.lastName}` : null;
	}
}

function attemptFields(attempt: Attempt): Record<string, unknown> {
	return {
		attemptId: attempt.id,
		dialStatusId: attempt.dialStatusId,
		dialStatusName: attempt.dialStatusName,
		phoneIndex: attempt.phoneIndex,
		phoneNumber: attempt.phoneNumber,
		leadId: attempt.leadId,
	};
}

/** One code is written as an object (vendor sample), several as an array. */
function outcomesByCode(lead: Lead): unknown {
	const all = lead.outcomes.map(({ statusCode, count }) => ({
		count,
		statusCode,
		description: statusName(statusCode),
	}));
	if (all.length > 1) return all;
	return all[0] ?? null;
}
