import type { INodePropertyOptions } from 'n8n-workflow';

type Unit = 'count' | 'money' | 'seconds' | 'share';

/** Figures of the statistic resource: name as shown, grouped by its first word, the vendor's name, and the unit. */
const indicators: Array<[string, string, Unit]> = [
	['Contacts: Average Processing Time', 'contact_duration', 'seconds'],
	['Contacts: Contacts Per Hour Of The Website', 'contact_per_hour_average_number', 'count'],
	['Contacts: Contacts Per Hour Per Agent', 'contact_per_hour_number', 'count'],
	['Contacts: Displays', 'rule_display_number', 'count'],
	['Contacts: Initiated Contacts', 'contact_number', 'count'],
	['Contacts: Initiated Contacts Without Response', 'contact_unanswered_number', 'count'],
	['Contacts: Missed Contact Opportunities', 'contact_missed_number', 'count'],
	['Contacts: Missed Contact Opportunities (Agents Absent)', 'contact_missed_with_no_operators_number', 'count'],
	['Contacts: Missed Contact Opportunities (Agents Busy)', 'contact_missed_with_busy_operators_number', 'count'],
	['Contacts: Queue Contacts Abandoned', 'contact_waiting_abort_number', 'count'],
	['Contacts: Queue Contacts Initiated', 'contact_waiting_number', 'count'],
	['Contacts: Queue Contacts Processed', 'contact_waiting_answered_number', 'count'],
	['Contacts: Queue Waiting Time Before Abandonment', 'contact_waiting_before_quit_duration', 'seconds'],
	['Contacts: Queue Waiting Time Before Contact', 'contact_waiting_duration', 'seconds'],
	['Contacts: Received Messages', 'contact_received_message_number', 'count'],
	['Contacts: Response Rate', 'rule_contact_rate', 'share'],
	['Contacts: Response Time', 'contact_answered_duration', 'seconds'],
	['Contacts: Response Time After First Message', 'contact_answered_after_first_message_duration', 'seconds'],
	['Contacts: Sent Messages', 'contact_sent_message_number', 'count'],
	['Contacts: Simultaneous Contacts', 'contact_simultaneous_number', 'count'],
	['Contacts: Time From Last Message To Closing', 'contact_closed_after_last_message_duration', 'seconds'],
	['Contacts: Triggers', 'targeting_rule_triggered', 'count'],
	['Presence: Global Occupation', 'max_and_partial_occupation_duration', 'seconds'],
	['Presence: Global Occupation Rate', 'max_and_partial_occupation_rate', 'share'],
	['Presence: In Production', 'production_duration', 'seconds'],
	['Presence: Maximum Occupation', 'max_occupation_duration', 'seconds'],
	['Presence: Maximum Occupation Rate', 'max_occupation_rate', 'share'],
	['Presence: Not In Production', 'non_production_duration', 'seconds'],
	['Presence: Not In Production Rate', 'non_production_rate', 'share'],
	['Presence: Not Occupied', 'non_occupation_duration', 'seconds'],
	['Presence: Partial Occupation', 'occupation_duration', 'seconds'],
	['Presence: Partial Occupation Rate', 'occupation_rate', 'share'],
	['Presence: Rate Of Non-occupation', 'non_occupation_rate', 'share'],
	['Presence: Smoothed Period Of Button Presentation', 'presentation_duration', 'seconds'],
	['Presence: Smoothed Period Of Presence', 'presence_smoothed_duration', 'seconds'],
	['Presence: Smoothed Period Of Production', 'production_smoothed_duration', 'seconds'],
	['Presence: Total Period Of Presence', 'presence_duration', 'seconds'],
	['Sales: Average Order Value After Contact', 'cart_after_contact_amount', 'count'],
	['Sales: Average Order Value On The Website', 'cart_global_amount', 'money'],
	['Sales: Conversion Rate', 'conversion_rate', 'share'],
	['Sales: Transaction Opportunities Missed (Agents Absent)', 'transaction_missed_with_no_operators_number', 'count'],
	['Sales: Transaction Opportunities Missed (Agents Busy)', 'transaction_missed_with_busy_operators_number', 'count'],
	['Sales: Transactions After Contact', 'transaction_after_contact_number', 'count'],
	['Sales: Transformation Time After Contact', 'transaction_after_contact_duration', 'seconds'],
	['Sales: Turnover After Contact', 'transaction_after_contact_amount', 'money'],
	['Sales: Turnover Missed (Agents Absent)', 'transaction_missed_with_no_operators_amount', 'money'],
	['Sales: Turnover Missed (Agents Busy)', 'transaction_missed_with_busy_operators_amount', 'money'],
	['Sales: Website Transaction Amount Per Conversation', 'transaction_amount_per_conversation', 'money'],
	['Sales: Website Transaction Amount Per Hour', 'transaction_after_conversation_amount_per_hour', 'money'],
	['Sales: Website Transactions', 'transaction_total_number', 'count'],
	['Sales: Website Turnover', 'transaction_total_amount', 'money'],
	['Satisfaction: Number Of Respondents', 'satisfaction_respondent_number', 'count'],
	['Satisfaction: Overall Satisfaction', 'satisfaction_global_rate', 'share'],
	['Satisfaction: Quality Of Response', 'satisfaction_resolution_rate', 'share'],
	['Satisfaction: Quality Of Welcome', 'satisfaction_welcome_rate', 'share'],
	['Satisfaction: Survey Response Rate', 'satisfaction_respondent_rate', 'share'],
	['Satisfaction: Waiting Time', 'satisfaction_delay_rate', 'share'],
];

/** Channels of the figures, as the reference groups them. */
const channels = {
	all: 'chat, call, video, Facebook, Twitter, SMS and WhatsApp',
	voice: 'chat, call and video',
	queue: 'chat and video',
	chat: 'chat',
};

const onlyChat = /^contact_(missed|simultaneous)_/;
const onlyQueue = /^contact_waiting_/;
const onlyVoice =
	/^(contact_per_hour_|rule_|targeting_|max_and_partial_occupation_duration|max_occupation_|non_production_|presentation_|production_smoothed_|satisfaction_|occupation_duration)/;

function channelsOf(value: string): string {
	if (onlyChat.test(value)) return channels.chat;
	if (onlyQueue.test(value)) return channels.queue;
	return onlyVoice.test(value) ? channels.voice : channels.all;
}

/** The reference says that the figures of its satisfaction table no longer answer; `occupation_duration` stands in the same table. */
const unavailable = /^(satisfaction_|occupation_duration$)/;

/** Shares: the vendor does not say whether they run from 0 to 1 or to 100. */
const unitText: Record<Unit, string> = { count: 'numbers', money: 'money', seconds: 'seconds', share: 'shares' };

/** The figures as a multi-select, grouped by the first word of their label. */
export const indicatorOptions: INodePropertyOptions[] = indicators.map(([name, value, unit]) => ({
	name: unavailable.test(value) ? `${name} (No Longer Available)` : name,
	value,
	description: `In ${unitText[unit]}, for ${channelsOf(value)}`,
}));
