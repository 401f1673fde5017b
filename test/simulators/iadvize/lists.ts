import { pageOf, wholeNumber } from '../kit';
import type { Account } from './account';
import {
	allOf,
	filterId,
	filterText,
	idTest,
	limitedPeriod,
	listTest,
	periodOf,
	periodTest,
	textTest,
	type Filters,
	type RowTest,
} from './filters';
import { invalidField } from './problem';
import {
	liveChannels,
	type CallMeetingRow,
	type ConversationRow,
	type GroupRow,
	type OperatorRow,
	type SatisfactionRow,
	type SkillRow,
	type TagRow,
	type TransactionRow,
	type VisitorRow,
} from './rows';

/** Limits of the vendor reference. */
const defaultLimit = 20;
const maximumLimit = 100;
const conversationMonths = 3;
const transactionMonths = 1;

/** Filter tests by resource. */
export const rowTests = {
	client: (): RowTest<unknown> => () => true,
	website: (): RowTest<unknown> => () => true,
	operator: operatorTest,
	group: (filters: Filters): RowTest<GroupRow> => allOf(idTest<GroupRow>(filters, 'parent_id', (row) => row.parent_id)),
	skill: skillTest,
	conversation: conversationTest,
	tag: (filters: Filters): RowTest<TagRow> => allOf(idTest<TagRow>(filters, 'website_id', (row) => row.website_id)),
	transaction: transactionTest,
	satisfaction: satisfactionTest,
	visitor: (filters: Filters): RowTest<VisitorRow> =>
		allOf(
			textTest<VisitorRow>(filters, 'unique_id', (row) => row.unique_id),
			textTest<VisitorRow>(filters, 'external_id', (row) => row.external_id),
			idTest<VisitorRow>(filters, 'website_id', (row) => row.website_id),
		),
	callmeeting: (filters: Filters): RowTest<CallMeetingRow> =>
		allOf(
			idTest<CallMeetingRow>(filters, 'website_id', (row) => row.website_id),
			periodTest<CallMeetingRow>(periodOf(filters), (row) => row.start_at),
		),
};

/** Test of the operator filters, shared by the list and the live list. */
export function operatorTest(filters: Filters): RowTest<OperatorRow> {
	return allOf(
		idTest<OperatorRow>(filters, 'id', (row) => row.id),
		idTest<OperatorRow>(filters, 'group_id', (row) => row.group_id),
		idTest<OperatorRow>(filters, 'website_id', (row) => row.website_list),
		listTest<OperatorRow>(filters, 'website_list', (row) => row.website_list),
		idTest<OperatorRow>(filters, 'skill_id', (row) => row.skill_list),
		textTest<OperatorRow>(filters, 'name', (row) => row.name),
		textTest<OperatorRow>(filters, 'external_id', (row) => row.external_id),
		textTest<OperatorRow>(filters, 'email', (row) => row.email),
	);
}

function skillTest(filters: Filters, account: Account): RowTest<SkillRow> {
	const operatorId = filterId(filters, 'operator_id');
	const skills = operatorId === undefined ? undefined : (account.operators.get(operatorId)?.row.skill_list ?? []);
	return allOf(
		skills && ((row: SkillRow) => skills.includes(row.id)),
		idTest<SkillRow>(filters, 'parent_id', (row) => row.parent_id),
	);
}

function conversationTest(filters: Filters, account: Account): RowTest<ConversationRow> {
	const channel = filterText(filters, 'channel');
	if (channel !== undefined && !liveChannels.some((known) => known === channel)) throw invalidField('channel');
	const visitorId = filterId(filters, 'visitor_id');
	const visitorUid = visitorId === undefined ? undefined : (account.visitors.get(visitorId)?.row.unique_id ?? '');
	return allOf(
		channel === undefined ? undefined : (row: ConversationRow) => row.channel === channel,
		visitorUid === undefined ? undefined : (row: ConversationRow) => row.visitor_uid === visitorUid,
		idTest<ConversationRow>(filters, 'website_id', (row) => row.website_id),
		idTest<ConversationRow>(filters, 'operator_id', (row) => row.operator_id),
		idTest<ConversationRow>(filters, 'skill_id', (row) => row.skill_id),
		idTest<ConversationRow>(filters, 'tag_id', (row) => row.tag_list),
		idTest<ConversationRow>(filters, 'rule_id', (row) => row.rule_id),
		periodTest<ConversationRow>(
			limitedPeriod(filters, conversationMonths, account.localTime()),
			(row) => row.created_at,
		),
	);
}

function transactionTest(filters: Filters, account: Account): RowTest<TransactionRow> {
	return allOf(
		conversationFilter(filters),
		idTest<TransactionRow>(filters, 'website_id', (row) => row.website_id),
		idTest<TransactionRow>(filters, 'operator_id', (row) => row.operator_id),
		periodTest<TransactionRow>(limitedPeriod(filters, transactionMonths, account.localTime()), (row) => row.created_at),
	);
}

/** `null` means purchases without a conversation, `!null` those with one (vendor reference). */
function conversationFilter(filters: Filters): RowTest<TransactionRow> | undefined {
	const text = filterText(filters, 'conversation_id');
	if (text === 'null') return (row) => row.conversation_id === null;
	if (text === '!null') return (row) => row.conversation_id !== null;
	return idTest<TransactionRow>(filters, 'conversation_id', (row) => row.conversation_id);
}

function satisfactionTest(filters: Filters): RowTest<SatisfactionRow> {
	return allOf(
		idTest<SatisfactionRow>(filters, 'website_id', (row) => row.website_id),
		idTest<SatisfactionRow>(filters, 'operator_id', (row) => row.operator_id),
		idTest<SatisfactionRow>(filters, 'conversation_id', (row) => row.conversation_id),
		periodTest<SatisfactionRow>(periodOf(filters), (row) => row.created_at),
	);
}

/** `full=1` (and, seen in public code, `full=true`) asks for whole rows. */
export function wantsFull(query: Record<string, unknown>): boolean {
	return query.full === '1' || query.full === 'true';
}

/** One page of a list in the vendor's envelope. A page past the end repeats the last page; at most 100 rows a page. */
export function listAnswer<Row>(
	rows: readonly Row[],
	query: Record<string, unknown>,
	write: (row: Row) => unknown,
): { meta: { status: 'success' }; data: unknown[]; pagination: Record<string, number> } {
	const asked = wholeNumber(query.limit, defaultLimit);
	const limit = asked < 1 ? defaultLimit : Math.min(asked, maximumLimit);
	const page = pageOf(rows, { page: wholeNumber(query.page, 1), perPage: limit, pastEnd: 'repeatLast' });
	return {
		meta: { status: 'success' },
		data: page.rows.map(write),
		pagination: { page: page.page, pages: page.pages, limit, count: page.count },
	};
}
