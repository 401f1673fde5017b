/** Base of every record: whole-number id and the time (epoch milliseconds, whole seconds) that orders lists. */
export interface Timed {
	id: number;
	time: number;
}

export interface Campaign extends Timed {
	title: string;
	description: string | null;
	type: 'Inbound' | 'Outbound';
	groupName: string | null;
	isRunning: boolean;
	allowTransferToAnyPhone: boolean;
	pay: { paySettingsId: number; merchantAlias: string } | null;
	timezone: string;
	/** Epoch milliseconds. */
	lastUpdated: number;
}

export interface LeadList extends Timed {
	name: string;
	campaignId: number;
	inDialler: boolean;
	weight: number;
}

export interface Phone {
	phone: string;
	/** 1, 2 or 3. */
	phoneIndex: number;
	completed: boolean;
}

export interface Lead extends Timed {
	listId: number;
	timezone: string;
	completed: boolean;
	customerKey: string | null;
	agentId: number | null;
	dataFields: Record<string, unknown> | null;
	lastStatusCode: number | null;
	phones: Phone[];
	outcomeType: string | null;
	totalAttempts: number;
	/** Attempts by status code, in the order in which the codes came up. */
	outcomes: Array<{ statusCode: number; count: number }>;
	/** Epoch milliseconds. */
	modified: number;
	/** Epoch milliseconds; null: as soon as possible. */
	nextAttempt: number | null;
}

export type ActivityType = 'call.inbound' | 'call.outbound';

export interface Survey {
	started: boolean;
	/** Epoch milliseconds. */
	startTimestamp: number | null;
	workflowId: number;
	workflowName: string;
}

/** A call. Times are epoch milliseconds, durations seconds; `time` is when the call started. */
export interface Activity extends Timed {
	type: ActivityType;
	campaignId: number;
	parentActivityId: number | null;
	rootActivityId: number;
	activityStatusId: number;
	activityStatusName: string;
	source: string | null;
	destination: string | null;
	agentId: number | null;
	agentInteractionId: number | null;
	wrapCode: number | null;
	wrapDescription: string | null;
	recordingStatus: string | null;
	recordingId: number | null;
	voicemailIds: number[];
	survey: Survey | null;
	callQualityScore: number | null;
	durations: Record<string, number | null>;
	joinQueue: number | null;
	answered: number | null;
	hangUp: number | null;
	wrapUp: number | null;
	/** Of outbound calls. */
	attemptId: number | null;
}

/** One dialling of one phone of a lead; `time` is when it was dialled. */
export interface Attempt extends Timed {
	dialStatusId: number;
	dialStatusName: string;
	phoneIndex: number;
	phoneNumber: string | null;
	leadId: number;
	campaignId: number;
	activityId: number | null;
	/** Epoch milliseconds. */
	answered: number | null;
	/** Epoch milliseconds. */
	hangUp: number | null;
}

export interface User extends Timed {
	timezone: string;
	firstName: string;
	lastName: string;
	username: string;
	email: string;
	userType: 'agent' | 'user';
	teams: string[];
	campaignIds: number[];
	isLoggedIn: boolean;
	accountIsActive: boolean;
	/** What the agent does when no call keeps it busy. */
	available: boolean;
	/** Call the agent is in, or null. */
	activityId: number | null;
	/** True between hang-up and wrap-up. */
	isWrapping: boolean;
	/** Epoch milliseconds of the last change of status. */
	statusSince: number;
}

/** A recording or voicemail. */
export interface Media extends Timed {
	/** Seconds. */
	duration: number;
	deleted: { at: number; by: number | null; reason: string } | null;
}

/** E-mails and chats have no read operation; they only count when personal data is erased. */
export interface Correspondence extends Timed {
	kind: 'outboundEmail' | 'inboundEmail' | 'chat';
	/** Empty once erased. */
	address: string;
	attachments: number;
}

/** One load of leads sent in bulk. */
export interface BulkJob {
	uuid: string;
	/** Epoch milliseconds at which its last lead is there. */
	finishedAt: number;
	/** Ids of the leads it creates, by place in the request; undefined where refused. */
	leadIds: Array<number | undefined>;
	rejected: Array<{ index: number; reason: string }>;
}
