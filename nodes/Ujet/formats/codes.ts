// The vendor's codes, with the words that people read.

/** Kinds of calls, as the list of calls filters by them. */
export const callTypes = [
	{ name: 'Action Only', value: 'ActionOnlyCall' },
	{ name: 'Inbound App', value: 'IncomingCallApp' },
	{ name: 'Inbound IVR', value: 'IvrCall' },
	{ name: 'Inbound Web', value: 'IncomingCallWeb' },
	{ name: 'Outbound', value: 'OutboundCall' },
	{ name: 'Scheduled App', value: 'ScheduledCallApp' },
	{ name: 'Scheduled by Agent', value: 'AgentScheduledCall' },
	{ name: 'Scheduled Web', value: 'ScheduledCallWeb' },
];

/**
 * Codes by what rows show as `call_type`. UJET documents both apart (Manager API, Calls), and not which belong together: the pairs
 * follow their wording, and what the API started counts as every kind of its direction.
 */
const codesOfLabel: Record<string, string[]> = {
	'Voice Inbound (IVR)': ['IvrCall'],
	'Voice Inbound (App)': ['IncomingCallApp'],
	'Voice Inbound (API)': ['IvrCall', 'IncomingCallApp', 'IncomingCallWeb'],
	'Voice Callback (Web)': ['IncomingCallWeb'],
	'Voice Scheduled (App)': ['ScheduledCallApp'],
	'Voice Scheduled (Web)': ['ScheduledCallWeb'],
	'Voice Scheduled (API)': ['AgentScheduledCall', 'ScheduledCallApp', 'ScheduledCallWeb'],
	'Voice Outbound': ['OutboundCall'],
	'Voice Outbound (API)': ['OutboundCall'],
};

/** Kinds for which UJET documents no label in rows. */
const codesWithoutLabel = ['ActionOnlyCall', 'AgentScheduledCall'];

/**
 * True when a row is of one of the wanted kinds of calls.
 * @param callType `call_type` of the row: a label, or a code
 */
export function isOfCallType(callType: string, wantedCodes: string[]): boolean {
	const codes = codesOfLabel[callType] ?? (callTypes.some(({ value }) => value === callType) ? [callType] : codesWithoutLabel);
	return codes.some((code) => wantedCodes.includes(code));
}

/** States of a call. */
export const callStatuses = [
	{ name: 'Action Only', value: 'action_only', description: "The customer's own telephony carries the call" },
	{ name: 'Action Only Finished', value: 'action_only_finished', description: "A call on the customer's own telephony ended" },
	{ name: 'Assigned', value: 'assigned', description: 'An agent took the call, but it is not connected yet' },
	{ name: 'Connected', value: 'connected', description: 'Agent and customer are talking' },
	{ name: 'Connecting', value: 'connecting', description: 'The call is being connected to the agent' },
	{ name: 'Deflected', value: 'deflected', description: 'Sent elsewhere because the queue was closed or full, such as to voicemail or a callback' },
	{ name: 'Failed', value: 'failed', description: 'Ended before it was connected; the fail reason says why' },
	{ name: 'Finished', value: 'finished', description: 'Ended after it was connected' },
	{ name: 'Queued', value: 'queued', description: 'Waiting for an agent' },
	{ name: 'Recovered', value: 'recovered', description: 'The callback for a failed call finished without error' },
	{ name: 'Scheduled', value: 'scheduled', description: 'Scheduled for a later time' },
	{ name: 'Selecting', value: 'selecting', description: 'The customer is still in the phone menu' },
	{ name: 'Switching', value: 'switching', description: 'Retrying with another telephony provider' },
	{ name: 'Voicemail', value: 'voicemail', description: 'The customer is leaving a voicemail' },
	{ name: 'Voicemail Read', value: 'voicemail_read', description: 'An agent opened the voicemail' },
	{ name: 'Voicemail Received', value: 'voicemail_received', description: 'There is a voicemail that nobody has listened to' },
];

/** Kinds of chats, as the list of chats filters by them. */
export const chatTypes = [
	{ name: 'App Chat', value: 'Messaging Inbound (App Chat)' },
	{ name: 'SMS', value: 'Messaging (SMS)' },
	{ name: 'Web Chat', value: 'Messaging Inbound (Web Chat)' },
];

/** States of a chat, as the list of chats filters by them. */
export const chatStatuses = [
	{ name: 'Assigned', value: 'assigned', description: 'An agent took the chat' },
	{ name: 'Canceled', value: 'canceled', description: 'The customer left before an agent came' },
	{ name: 'Failed', value: 'failed', description: 'Ended with an error' },
	{ name: 'Finished', value: 'finished', description: 'Ended normally' },
	{ name: 'No Response', value: 'no_response', description: 'Ended because nobody wrote' },
	{ name: 'Queued', value: 'queued', description: 'Waiting for an agent' },
];

/** States of an email session. */
export const emailStatuses = [
	{ name: 'Active', value: 'active' },
	{ name: 'Closed', value: 'closed' },
	{ name: 'Paused', value: 'paused' },
	{ name: 'Reopened', value: 'reopened' },
	{ name: 'Resolved', value: 'resolved' },
	{ name: 'Unopened', value: 'unopened' },
];

/** Kinds of menus that can be asked for. */
export const menuTypes = [
	{ name: 'IVR', value: 'ivr_menu' },
	{ name: 'Mobile', value: 'mobile_menu' },
	{ name: 'Web', value: 'web_menu' },
];

/** Channels of estimated waits. */
export const waitChannels = [
	{ name: 'Call', value: 'voice_call' },
	{ name: 'Chat', value: 'chat' },
];

/**
 * What the activity log knows: the vendor's filter list, and the three activities that only its table explains.
 * Newer releases add further ones, so the filter takes unknown ones too.
 */
export const activities = [
	{ name: 'Call Offered', value: 'call_notification_offered', description: 'A call was offered to the agent, by any routing method' },
	{ name: 'Call Pick-Up Attempt', value: 'call_pick_up_attempt', description: 'The agent tried to answer a call, however it was offered' },
	{ name: 'Call Picked Up', value: 'call_picked_up', description: 'The agent answered a call, however it was offered' },
	{ name: 'Chat Offered', value: 'chat_notification_offered', description: 'A chat was offered to the agent' },
	{ name: 'Chat Pick-Up Attempt', value: 'chat_pick_up_attempt', description: 'The agent tried to take a chat' },
	{ name: 'Chat Picked Up', value: 'chat_picked_up', description: 'The agent took a chat' },
	{ name: 'Deltacast Call Bounced', value: 'deltacast_call_bounced', description: 'A call offered to one agent at a time was returned to the queue' },
	{ name: 'Deltacast Call Missed', value: 'deltacast_call_missed', description: 'The agent did not answer a call offered to one agent at a time' },
	{ name: 'Deltacast Call Offered', value: 'deltacast_call_notification_offered', description: 'A call was offered to this agent alone' },
	{ name: 'Deltacast Call Pick-Up Attempt', value: 'deltacast_call_pick_up_attempt', description: 'The agent tried to answer a call offered to one agent at a time' },
	{ name: 'Deltacast Call Picked Up', value: 'deltacast_call_picked_up', description: 'The agent answered a call offered to one agent at a time' },
	{ name: 'Deltacast Call Projected', value: 'deltacast_call_projected', description: 'UJET does not document this activity' },
	{ name: 'Login', value: 'login', description: 'The agent signed in or out; the UJET reference swaps the two' },
	{ name: 'Logout', value: 'logout', description: 'The agent signed out or in; the UJET reference swaps the two' },
	{ name: 'Multicast Call Offered', value: 'multicast_call_notification_offered', description: 'A call was offered to all agents of the queue' },
	{ name: 'Multicast Call Pick-Up Attempt', value: 'multicast_call_pick_up_attempt', description: 'The agent tried to answer a call offered to all agents of the queue' },
	{ name: 'Multicast Call Picked Up', value: 'multicast_call_picked_up', description: 'The agent answered a call offered to all agents of the queue' },
	{ name: 'Outbound Dialing', value: 'call_outbound_dialing', description: 'The agent called a customer from the dial pad' },
	{ name: 'Status After Inquiries Applied', value: 'status_after_inquiries_applied', description: 'A status change that waited for open sessions took effect' },
	{ name: 'Status Changed', value: 'user_status_changed', description: 'The agent changed status' },
];

/** States of a contact in a campaign; newer releases add further ones. */
export const contactStatuses = [
	{ name: 'Abandoned by Contact', value: 'Abandoned by Contact', description: 'The contact hung up before an agent came on the line, or within seconds of it' },
	{ name: 'Abandoned by Dialer', value: 'Abandoned by Dialer', description: 'The dialer gave up on the call' },
	{ name: 'Blocked Phone Number', value: 'Blocked Phone Number', description: 'The number is invalid or blocked abroad' },
	{ name: 'Carrier Error', value: 'Carrier Error', description: 'The carrier reported an error' },
	{ name: 'Connected', value: 'Connected', description: 'An agent is talking to the contact' },
	{ name: 'Dialer General Error', value: 'Dialer General Error', description: 'The dialer failed' },
	{ name: 'Dialing', value: 'Dialing', description: 'The contact is being called now' },
	{ name: 'Do Not Call', value: 'Do Not Call', description: 'The number is on the do-not-call list' },
	{ name: 'Finished', value: 'Finished', description: 'The call is over' },
	{ name: 'Invalid Number', value: 'Invalid Number', description: 'The phone number is not valid' },
	{ name: 'Invalid Outbound Number', value: 'Invalid Outbound Number', description: 'The number to call from is not valid' },
	{ name: 'Not Picked Up', value: 'Not Picked Up', description: 'Nobody answered' },
	{ name: 'Not Reached to Contact', value: 'Not Reached to Contact', description: 'The call did not get through' },
	{ name: 'Queued', value: 'Queued', description: 'The call waits for an agent' },
	{ name: 'Redial Scheduled', value: 'Redial Scheduled', description: 'The dialer will try again later' },
	{ name: 'Skipped', value: 'Skipped', description: 'An agent skipped the contact; another agent can take it' },
	{ name: 'Skipped & Closed', value: 'Skipped & Closed', description: 'An agent skipped the contact for the whole campaign' },
	{ name: 'Transferred', value: 'Transferred', description: 'The call was transferred' },
	{ name: 'Transferred and Finished', value: 'Transferred and Finished', description: 'The call was transferred and is over' },
	{ name: 'Upcoming', value: 'Upcoming', description: 'The contact is called next' },
	{ name: 'Voicemail Hung Up', value: 'Voicemail Hung Up', description: 'The dialer reached a machine' },
];
