/** Rows as the Manager API writes them; times are ISO 8601 UTC texts with milliseconds. Names come from the vendor's pages. */
export type Time = string | null;

export interface UserStatusRow {
	/** Built-in statuses have 0 or negative ids. */
	id: number;
	wfm_id: number | null;
	name: string;
	color: string | null;
	setting: { restricted: boolean; all_roles_restricted: boolean; breakthrough_enabled: boolean };
	custom_roles: number[];
}

export interface AgentSummary {
	id: number;
	name: string;
	last_name: string;
	first_name: string;
	agent_number: string | null;
	avatar_url: string | null;
}

export interface TeamSummary {
	id: number;
	name: string;
	parent_id: number | null;
	position: number;
	deleted: boolean;
	agents_count: number;
}

export interface MenuSummary {
	id: number;
	name: string;
	parent_id: number | null;
	position: number;
	deleted: boolean;
	hidden: boolean | string;
	menu_type: MenuType;
	output_msg: string | null;
}

export interface MenuPath {
	items_count: number;
	name: string;
	materialized_path: string;
}

export const menuTypes = ['ivr_menu', 'mobile_menu', 'web_menu'] as const;
export type MenuType = (typeof menuTypes)[number] | 'email_menu';

/** Agent without teams and channels, which are added when it is shown. */
export interface AgentRow {
	id: number;
	email: string;
	created_at: string;
	last_login_time: Time;
	first_name: string;
	middle_name: string | null;
	last_name: string;
	avatar_url: string | null;
	agent_number: string | null;
	status: UserStatusRow;
	status_updated_at: string;
	crm_authenticated: boolean;
	online: boolean;
	wrap_up: boolean;
	call_count: number;
	chat_count: number;
	location: string | null;
	roles: string[];
}

/** Fields only the Apps API shows for a user. */
export interface UserRow {
	max_chat_limit: number | null;
	max_chat_limit_enabled: boolean;
	unrestricted_international_calling: boolean;
	deactivated_at: Time;
	ucaas_user_name: string | null;
	ucaas_sip_uri: string | null;
	external_user: boolean;
	phone_numbers: string[];
	extension_numbers: number[];
}

export const activities = [
	'login',
	'logout',
	'call_outbound_dialing',
	'deltacast_call_notification_offered',
	'deltacast_call_pick_up_attempt',
	'deltacast_call_picked_up',
	'deltacast_call_projected',
	'deltacast_call_missed',
	'deltacast_call_bounced',
	'multicast_call_notification_offered',
	'multicast_call_pick_up_attempt',
	'multicast_call_picked_up',
	'user_status_changed',
	'chat_notification_offered',
	'chat_pick_up_attempt',
	'chat_picked_up',
	'status_after_inquiries_applied',
] as const;
export type Activity = (typeof activities)[number];

export interface ActivityLogRow {
	id: number;
	agent_id: number;
	whodunnit: AgentSummary | null;
	status: UserStatusRow | null;
	started_at: string;
	ended_at: Time;
	duration: number | null;
	activity: Activity;
	call_id: number | null;
	chat_id: number | null;
}

export const callStatuses = [
	'scheduled',
	'queued',
	'assigned',
	'connecting',
	'switching',
	'connected',
	'finished',
	'failed',
	'recovered',
	'deflected',
	'selecting',
	'action_only',
	'action_only_finished',
	'voicemail',
	'voicemail_received',
	'voicemail_read',
] as const;
export type CallStatus = (typeof callStatuses)[number];

export const callFailReasons = [
	'nothing',
	'unknown',
	'expired',
	'eu_canceled',
	'eu_rejected',
	'eu_abandoned',
	'eu_in_menu_abandoned',
	'eu_busy',
	'eu_wrong_number',
	'eu_no_answer',
	'eu_noti_failed',
	'ag_canceled',
	'ag_ignored',
	'ag_mic_no_device',
	'ag_mic_denied',
	'voip_twilio_error',
	'voip_tokbox_error',
	'voip_invalid_token',
	'voip_conn_general',
	'voip_conn_timeout',
	'voip_conn_signal',
] as const;
export type CallFailReason = (typeof callFailReasons)[number];

export interface QueueDuration {
	agent_id: number | null;
	queue_duration: number;
	menu_path_id: number | null;
	lang: string;
	transfer: boolean;
	started_at: Time;
	ended_at: Time;
	service_level_event: 'in_sla' | 'not_in_sla' | 'excluded';
	service_level_target_percent: number;
	service_level_target_time: number;
}

export interface HandleDuration {
	agent_id: number | null;
	acw_duration: number;
	wait_duration: number;
	menu_path_id: number | null;
	lang: string;
	transfer: boolean;
	started_at: Time;
	ended_at: Time;
	call_duration?: number;
	chat_duration?: number;
}

export interface CallParticipant {
	id: number;
	type: 'agent' | 'end_user' | 'third_party';
	status: string;
	call_id: number;
	user_id: number | null;
	end_user_id: number | null;
	call_duration: number | null;
	hold_duration: number | null;
	connected_at: Time;
	ended_at: Time;
	fail_reason: string;
}

export interface ChatParticipant {
	id: number;
	type: 'agent' | 'end_user';
	status: string;
	chat_id: number;
	user_id: number | null;
	end_user_id: number | null;
	connected_at: Time;
	ended_at: Time;
	fail_reason: string;
}

export interface SessionEndUser {
	id: number;
	identifier: string | null;
	out_contact_id: string | null;
}

interface SessionRow {
	id: number;
	lang: string;
	status: string;
	sub_status: string | null;
	created_at: string;
	assigned_at: Time;
	ends_at: Time;
	updated_at: string;
	wait_duration: number;
	queue_duration: number;
	rating: number | null;
	has_feedback: boolean;
	out_ticket_id: string | null;
	out_ticket_url: string | null;
	verified: boolean;
	finish_reason: string;
	selected_menu: MenuSummary | null;
	menu_path: MenuPath | null;
	agent_info: AgentSummary | null;
	end_user: SessionEndUser | null;
	photos: unknown[];
	videos: unknown[];
	transfers: unknown[];
	handle_durations: HandleDuration[];
	queue_durations: QueueDuration[];
	offer_type: string | null;
	offer_events: unknown[];
}

export interface CallRow extends SessionRow {
	parent_id: number | null;
	call_type: string;
	queued_at: Time;
	connected_at: Time;
	scheduled_at: Time;
	call_duration: number;
	hold_duration: number;
	voip_provider: string;
	recording_url: string | null;
	recording_permission: string;
	voicemail_reason: string;
	deflection: string;
	disconnected_by: string;
	fail_details: string | null;
	fail_reason: string;
	adapter_fail_code: number | null;
	adapter_fail_message: string | null;
	support_number: string | null;
	participants: CallParticipant[];
	answer_type: string;
	outbound_number: string | null;
	wait_time_sms: unknown[];
	in_call_sms: unknown[];
}

export const chatStatuses = ['queued', 'assigned', 'finished', 'canceled', 'failed', 'no_response'] as const;
export const chatFailReasons = ['nothing', 'unknown', 'no_response', 'expired'] as const;
export const chatTypes = ['Messaging Inbound (App Chat)', 'Messaging Inbound (Web Chat)', 'Messaging (SMS)'] as const;

export interface ChatRow extends SessionRow {
	chat_type: string;
	first_msg_sent_at: Time;
	last_msg_sent_at: Time;
	chat_duration: number;
	fail_reason: string | null;
	message_count: number;
	average_response_time: number | null;
	longest_response_time: number | null;
	participants: ChatParticipant[];
}

export const emailStatuses = ['unopened', 'active', 'paused', 'resolved', 'closed', 'reopened'] as const;
export type EmailStatus = (typeof emailStatuses)[number];

export interface EmailThreadRow {
	id: number;
	subject: string;
	attachment_count: number;
	direction: 'inbound' | 'outbound';
	is_read: boolean;
	is_draft: boolean;
	created_at: string;
	updated_at: string;
}

export interface EmailRow {
	id: number;
	lang: string;
	email_status: EmailStatus;
	created_at: string;
	assigned_at: Time;
	finished_at: Time;
	updated_at: string;
	queue_duration: number;
	email_duration: number;
	out_ticket_id: string | null;
	out_ticket_url: string | null;
	total_thread_numbers: number;
	selected_menu: MenuSummary | null;
	menu_path: MenuPath | null;
	agent_info: AgentSummary | null;
	end_user: SessionEndUser | null;
	email_attachments: Array<{ id: number; file_type: string; url: string }>;
	email_threads: EmailThreadRow[];
	transfers: unknown[];
	handle_durations: unknown[];
	queue_durations: unknown[];
	consumer_handle_durations: unknown[];
}

export const contactStatuses = [
	'Upcoming',
	'Dialing',
	'Queued',
	'Connected',
	'Finished',
	'Transferred',
	'Transferred and Finished',
	'Not Picked Up',
	'Not Reached to Contact',
	'Abandoned by Contact',
	'Skipped',
	'Skipped & Closed',
	'Invalid Number',
	'Carrier Error',
	'Abandoned by Dialer',
	'Voicemail Hung Up',
	'Dialer General Error',
	'Redial Scheduled',
	'Do Not Call',
	'Invalid Outbound Number',
	'Blocked Phone Number',
] as const;
export type ContactStatus = (typeof contactStatuses)[number];

export interface CampaignRow {
	id: number;
	campaign_type: 'default' | 'external_list';
	external_campaign_id: string | null;
	max_abandonment_percent: number;
	max_redial_count: number;
	mode: 'preview' | 'predictive' | 'progressive';
	name: string;
	overdial_adjustment_multiplier: number;
	queue: MenuSummary | null;
	redial_interval_minutes: number;
	status: 'created' | 'started' | 'dialing' | 'pause' | 'finished';
	target_number_to_process: number;
	created_at: string;
	starts_at: Time;
	ends_at: Time;
	updated_at: string;
}

export interface ContactRow {
	id: number;
	campaign_id: number;
	name: string | null;
	unique_id: string | null;
	status: ContactStatus;
	priority: number | null;
	outbound_number: string | null;
	assigned_call_id: number | null;
	assigned_participant_id: number | null;
	created_at: string;
	updated_at: string;
}
