import type { INodePropertyOptions } from 'n8n-workflow';

/** Columns of a report: name as shown and the vendor's name. */
type Columns = Array<[string, string]>;

/** Figures of the channel, department, performance and tag reports. */
const activityColumns: Columns = [
	['Answers', 'answers'],
	['Calls: Answered', 'calls'],
	['Calls: Finished', 'f_calls'],
	['Calls: Incoming', 'i_calls'],
	['Calls: Missed', 'missed_calls'],
	['Calls: Total Time (Seconds)', 'call_seconds'],
	['Chats: Answered', 'chats'],
	['Chats: Average Pickup Time (Seconds)', 'chatPickupAvgTime'],
	['Chats: Average Time (Seconds)', 'chatAvgTime'],
	['Chats: Finished', 'f_chats'],
	['Chats: Incoming', 'i_chats'],
	['Chats: Messages', 'chat_answers'],
	['Chats: Missed', 'missed_chats'],
	['First Answer: Average Time (Seconds)', 'newAnswerAvgTime'],
	['Incoming Messages', 'i_messages'],
	['Next Answer: Average Time (Seconds)', 'nextAnswerAvgTime'],
	['Not Ranked', 'not_ranked'],
	['Not Ranked (Percent)', 'not_ranked_p'],
	['Rebukes', 'punishments'],
	['Rebukes (Percent)', 'punishments_p'],
	['Rewards', 'rewards'],
	['Rewards (Percent)', 'rewards_p'],
];

/** Figures that the report of agents lacks. */
const notOfAgents = ['f_calls', 'i_calls', 'f_chats', 'i_chats', 'i_messages'];

const agentColumns: Columns = [
	['Agent: Contact ID', 'contactid'],
	['Agent: First Name', 'firstname'],
	['Agent: ID', 'id'],
	['Agent: Last Name', 'lastname'],
	['Answers per Hour', 'answers_ph'],
	['Calls: Answered per Hour', 'calls_ph'],
	['Calls: Missed per Hour', 'missed_calls_ph'],
	['Calls: Seconds per Hour', 'call_seconds_ph'],
	['Chats: Answered per Hour', 'chats_ph'],
	['Chats: Messages per Hour', 'chat_answers_ph'],
	['Chats: Missed per Hour', 'missed_chats_ph'],
	['Not Ranked per Hour', 'not_ranked_ph'],
	['Rebukes per Hour', 'punishments_ph'],
	['Rewards per Hour', 'rewards_ph'],
	['Working Time (Minutes)', 'worktime'],
	...activityColumns.filter(([, value]) => !notOfAgents.includes(value)),
];

/** Columns of the reports that let one choose. */
export const reportColumns = {
	agents: options(agentColumns),
	agentsAvailability: options([
		['Agent: Contact ID', 'contactid'],
		['Agent: First Name', 'firstname'],
		['Agent: ID', 'userid'],
		['Agent: Last Name', 'lastname'],
		['Department: ID', 'departmentid'],
		['Department: Name', 'department_name'],
		['From', 'from_date'],
		['ID', 'id'],
		['Time Online', 'hours_online'],
		['To', 'to_date'],
	]),
	channels: options([['Channel: ID', 'id'], ['Channel: Name', 'channelName'], ...activityColumns]),
	departments: options([['Department: ID', 'id'], ['Department: Name', 'departmentName'], ...activityColumns]),
	performance: options([['Interval: Start', 'datetime'], ['Interval: End', 'dateto'], ...activityColumns]),
	ranking: options([
		['Agent: Contact ID', 'agentcontactid'],
		['Agent: Email', 'agentEmail'],
		['Agent: Name', 'agent'],
		['Comment', 'comment'],
		['Conversation ID', 'conversationid'],
		['Created', 'datecreated'],
		['Customer: Contact ID', 'contactid'],
		['Customer: Email', 'requesterEmail'],
		['Customer: Name', 'requester'],
		['ID', 'id'],
		['Reward or Rebuke', 'rankingType'],
	]),
	slaLog: options([
		['Agent: First Name', 'agent_firstname'],
		['Agent: ID', 'agentid'],
		['Agent: Last Name', 'agent_lastname'],
		['Closed', 'server_date_closed'],
		['Closed (as Displayed)', 'date_closed'],
		['Conversation: Code', 'code'],
		['Conversation: ID', 'conversationid'],
		['Created (as Displayed)', 'date_created'],
		['Customer: Contact ID', 'req_contactid'],
		['Customer: First Name', 'req_firstname'],
		['Customer: Last Name', 'req_lastname'],
		['Department: ID', 'departmentid'],
		['Department: Name', 'department_name'],
		['Due', 'server_date_due'],
		['Due (as Displayed)', 'date_due'],
		['ID', 'id'],
		['Level: ID', 'levelid'],
		['Level: Name', 'sla_level_name'],
		['Level: SLA Level ID', 'sla_level_id'],
		['Time From Target', 'sla'],
	]),
	tags: options([['Tag: ID', 'id'], ['Tag: Name', 'tagName'], ...activityColumns]),
};

function options(columns: Columns): INodePropertyOptions[] {
	return columns
		.map(([name, value]) => ({ name, value }))
		.sort((first, second) => first.name.localeCompare(second.name, 'en'));
}
