import type { Account } from './account';
import { queryBoolean, queryInteger, queryOneOf, queryText, queryTime, type Query } from './query';
import type { Activity, Attempt, Campaign, Lead, LeadList, Timed, User } from './rows';

type Test<Row> = (row: Row) => boolean;

/** Row test of each list; a problem when a value is wrong. Open enums take any text (contract). */
export const filters = {
	activity: (query: Query, account: Account): Test<Activity> => {
		const leadId = queryInteger(query, 'leadId');
		return allOf(
			same<Activity>(queryInteger(query, 'campaignId'), (row) => row.campaignId),
			same<Activity>(leadId, (row) => (row.attemptId === null ? null : account.attempts.get(row.attemptId)?.leadId)),
			same<Activity>(queryText(query, 'activityType'), (row) => row.type),
			period<Activity>(query, 'createdTimestamp', account.timezone),
		);
	},
	attempt: (query: Query, account: Account): Test<Attempt> =>
		allOf(
			same<Attempt>(queryInteger(query, 'campaignId'), (row) => row.campaignId),
			same<Attempt>(queryInteger(query, 'leadId'), (row) => row.leadId),
			period<Attempt>(query, 'dialledTimestamp', account.timezone),
		),
	campaign: (query: Query): Test<Campaign> =>
		allOf(
			same<Campaign>(queryInteger(query, 'campaignId'), (row) => row.id),
			same<Campaign>(queryText(query, 'campaignType'), (row) => row.type),
		),
	lead: (query: Query, account: Account): Test<Lead> =>
		allOf(
			same<Lead>(queryInteger(query, 'campaignId'), (row) => account.leadLists.get(row.listId)?.campaignId),
			same<Lead>(queryInteger(query, 'listId'), (row) => row.listId),
			same<Lead>(queryInteger(query, 'statusCode'), (row) => row.lastStatusCode),
			same<Lead>(queryText(query, 'customerKey'), (row) => row.customerKey),
			same<Lead>(queryText(query, 'phone1'), (row) => row.phones.find(({ phoneIndex }) => phoneIndex === 1)?.phone),
			period<Lead>(query, 'uploadedTimestamp', account.timezone),
		),
	leadList: (query: Query): Test<LeadList> =>
		same<LeadList>(queryInteger(query, 'campaignId'), (row) => row.campaignId),
	user: (query: Query): Test<User> =>
		allOf(
			same<User>(queryOneOf(query, 'userType', ['agent', 'user']), (row) => row.userType),
			same<User>(queryBoolean(query, 'accountActive'), (row) => row.accountIsActive),
		),
};

function allOf<Row>(...tests: Array<Test<Row>>): Test<Row> {
	const needed = tests.filter((test) => test !== always);
	return (row) => needed.every((test) => test(row));
}

const always = (): boolean => true;

function same<Row>(wanted: unknown, read: (row: Row) => unknown): Test<Row> {
	return wanted === undefined ? always : (row) => read(row) === wanted;
}

/** Both ends belong to the period ("not earlier than", "not later than" in the vendor's page). */
function period<Row extends Timed>(query: Query, name: string, zone: string): Test<Row> {
	const from = queryTime(query, `${name}From`, zone) ?? -Infinity;
	const to = queryTime(query, `${name}To`, zone) ?? Infinity;
	return from === -Infinity && to === Infinity ? always : ({ time }) => time >= from && time <= to;
}
