import { fictionPhone, type Account } from './account';
import { activityStatuses, outcomeRules, type Outcome } from './codes';
import type { Campaign, Lead, User } from './rows';

const second = 1000;
const day = 86_400_000;
const agentNames: Array<[string, string]> = [
	['Robin', 'Hale'],
	['Priya', 'Nair'],
	['Tane', 'Walker'],
	['Grace', 'Okafor'],
	['Liam', 'Byrne'],
	['Mia', 'Costa'],
	['Noah', 'Fischer'],
	['Aisha', 'Rahman'],
	['Jack', 'Tran'],
	['Elena', 'Petrov'],
	['Sam', 'Ito'],
	['Ruby', 'Marsh'],
];
const leadNames: Array<[string, string]> = [
	['Jo', 'Lee'],
	['Chris', 'Donnelly'],
	['Amara', 'Singh'],
	['Peter', 'Novak'],
	['Hannah', 'Wright'],
	['Daniel', 'Moss'],
	['Yuki', 'Mori'],
	['Olivia', 'Grant'],
	['Ben', 'Farrow'],
	['Zara', 'Ali'],
];
const states: Array<[state: string, timezone: string]> = [
	['NSW', 'Australia/Sydney'],
	['VIC', 'Australia/Melbourne'],
	['QLD', 'Australia/Brisbane'],
	['WA', 'Australia/Perth'],
];
const plans = ['Basic', 'Plus', 'Family'];
const pastOutcomes: Outcome[] = [
	'noAnswer',
	'answeringMachine',
	'busy',
	'contact',
	'callBack',
	'sale',
	'notInterested',
];

/** What the demonstration tenant holds, by id, so that workflows and tests can name records. */
export interface Demo {
	campaigns: number[];
	leadLists: number[];
	leads: number[];
	agents: number[];
	users: number[];
	activities: number[];
	attempts: number[];
	media: number[];
}

/**
 * Fills a tenant: 5 campaigns (2 inbound, 2 running outbound, 1 stopped), 5 lists, 12 agents and 2 other users, 240 leads of which
 * half were dialled in the last seven days, 120 inbound calls of the same days, recordings (some deleted), e-mails and a chat.
 * The same clock and seed always give the same records.
 */
export function seedDemo(account: Account): Demo {
	const campaigns = addCampaigns(account);
	const [support, sales, renewals, survey, billing] = campaigns.map(({ id }) => id) as [
		number,
		number,
		number,
		number,
		number,
	];
	const agents = addAgents(account, [support, sales, renewals, billing]);
	const users = addUsers(account);
	const lists: Array<[name: string, campaignId: number, inDialler: boolean]> = [
		['Website enquiries', sales, true],
		['Trade show', sales, true],
		['Expiring contracts', renewals, true],
		['Old contracts', renewals, false],
		['Customer survey', survey, true],
	];
	const leadLists = lists.map(([name, campaignId, inDialler], index) =>
		account.addLeadList({ name, campaignId, inDialler, weight: index + 1, createdAt: account.now() - 10 * day }),
	);
	const leads = leadLists.flatMap(({ id }, index) => addLeads(account, id, index * 48));
	for (const [index, lead] of leads.entries()) if (index % 2 === 0) addHistory(account, lead, agents);
	addInboundCalls(account, [support, billing], agents);
	addCorrespondence(account);
	deleteOldMedia(account, users[0]?.id ?? null);
	const ids = (rows: ReadonlyArray<{ id: number }>): number[] => rows.map(({ id }) => id);
	return {
		campaigns: ids(campaigns),
		leadLists: ids(leadLists),
		leads: ids(leads),
		agents: ids(agents),
		users: ids(users),
		activities: ids(account.activities.list()),
		attempts: ids(account.attempts.list()),
		media: ids(account.media.list()),
	};
}

function addCampaigns(account: Account): Campaign[] {
	const rows: Array<Partial<Campaign> & { title: string }> = [
		{ title: 'Support', type: 'Inbound', groupName: 'Service', description: 'Product help' },
		{ title: 'Sales', type: 'Outbound', groupName: 'Growth', description: 'New enquiries' },
		{ title: 'Renewals', type: 'Outbound', groupName: 'Growth', description: 'Contracts that end soon' },
		{ title: 'Survey', type: 'Outbound', groupName: null, description: null, isRunning: false },
		{
			title: 'Billing',
			type: 'Inbound',
			groupName: 'Service',
			pay: { paySettingsId: 1, merchantAlias: 'Harbour Energy' },
		},
	];
	return rows.map((row) => account.addCampaign({ ...row, createdAt: account.now() - 60 * day }));
}

function addAgents(account: Account, campaigns: [number, number, number, number]): User[] {
	const [support, sales, renewals, billing] = campaigns;
	return agentNames.map(([firstName, lastName], index) =>
		account.addUser({
			firstName,
			lastName,
			userType: 'agent',
			teams: index % 4 === 0 ? ['Tier 1', 'Sales'] : [index % 2 === 0 ? 'Sales' : 'Tier 1'],
			campaignIds: index % 2 === 0 ? [sales, renewals] : [support, billing],
			isLoggedIn: index < 9,
			available: index % 5 !== 3,
			accountIsActive: index !== 11,
			createdAt: account.now() - 90 * day,
			statusSince: account.now() - (index + 1) * 130 * second,
		}),
	);
}

function addUsers(account: Account): User[] {
	const names: Array<[string, string]> = [
		['Dana', 'Frost'],
		['Victor', 'Lang'],
	];
	return names.map(([firstName, lastName]) =>
		account.addUser({ firstName, lastName, userType: 'user', isLoggedIn: false, createdAt: account.now() - 90 * day }),
	);
}

function addLeads(account: Account, listId: number, offset: number): Lead[] {
	const { random } = account;
	return Array.from({ length: 48 }, (_, index) => {
		const number = offset + index;
		const [firstName, lastName] = leadNames[number % leadNames.length] as [string, string];
		const [state, timezone] = states[number % states.length] as [string, string];
		return account.addLead({
			listId,
			timezone,
			customerKey: `CRM-${8000 + number}`,
			phone1: fictionPhone(number),
			phone2: number % 3 === 0 ? fictionPhone(10_000 + number) : null,
			dataFields: {
				name: `${firstName} ${lastName}`,
				email: `${firstName}.${lastName}.${number}@example.com`.toLowerCase(),
				state,
				age: random.integer(21, 79),
				plan: random.pick(plans),
			},
			createdAt: account.now() - 8 * day + index * 60 * second,
		});
	});
}

/** One or two past calls of a lead. */
function addHistory(account: Account, lead: Lead, agents: User[]): void {
	const { random } = account;
	const calls = random.integer(1, 2);
	for (let call = 1; call <= calls; call += 1) {
		const at = account.now() - (8 - call * 3) * day + random.integer(0, 2 * 86_400 - 1000) * second;
		addPastCall(account, { lead, at, agent: random.pick(agents), outcome: random.pick(pastOutcomes) });
		if (account.leads.get(lead.id)?.completed) return;
	}
}

function addPastCall(account: Account, call: { lead: Lead; at: number; agent: User; outcome: Outcome }): void {
	const { lead, at, agent, outcome } = call;
	const { dial, activity, status, answered, lead: effect } = outcomeRules[outcome];
	const campaignId = account.leadLists.get(lead.listId)?.campaignId;
	const phone = lead.phones[0]?.phone ?? null;
	const talk = account.random.integer(30, 400);
	const pickedUp = answered ? at + 12 * second : null;
	const hangUp = at + (answered ? 12 + talk : 25) * second;
	const wrapUp = answered ? hangUp + 20 * second : null;
	const attempt = account.addAttempt({
		createdAt: at,
		leadId: lead.id,
		phoneNumber: phone,
		dialStatusId: dial.id,
		dialStatusName: dial.name,
		answered: pickedUp,
		hangUp,
	});
	const { id } = account.addActivity({
		createdAt: at,
		type: 'call.outbound',
		campaignId,
		attemptId: attempt.id,
		source: '+61255501000',
		destination: phone,
		activityStatusId: activity.id,
		activityStatusName: activity.name,
		answered: pickedUp,
		hangUp,
		wrapUp,
		durations: answered ? { dial: 12, interaction: talk + 20 } : { dial: 25, interaction: null },
		...(answered
			? { agentId: agent.id, wrapCode: status.id, wrapDescription: status.name, recordingSeconds: talk }
			: {}),
	});
	account.changeAttempt({ id: attempt.id, activityId: id });
	const completed = effect === 'complete';
	const earlier = lead.outcomes.find(({ statusCode }) => statusCode === status.id)?.count ?? 0;
	const others = lead.outcomes.filter(({ statusCode }) => statusCode !== status.id);
	const nextAttempt = completed ? null : account.now() + account.random.integer(600, 36_000) * second;
	account.changeLead({
		id: lead.id,
		completed,
		nextAttempt,
		lastStatusCode: status.id,
		totalAttempts: lead.totalAttempts + 1,
		outcomes: [...others, { statusCode: status.id, count: earlier + 1 }],
		modified: wrapUp ?? hangUp,
	});
}

function addInboundCalls(account: Account, campaigns: number[], agents: User[]): void {
	const { random } = account;
	for (let index = 0; index < 120; index += 1) {
		const at = account.now() - 7 * day + index * 5040 * second + random.integer(0, 3600) * second;
		const isAbandoned = index % 9 === 4;
		const common = {
			createdAt: at,
			campaignId: random.pick(campaigns),
			source: fictionPhone(20_000 + random.integer(0, 60)),
		};
		if (isAbandoned) account.addActivity({ ...common, ...abandonedCall(at, random.integer(20, 90), index % 2 === 0) });
		else account.addActivity({ ...common, ...answeredCall(at, random.integer(40, 500), random.pick(agents), index) });
	}
}

function abandonedCall(at: number, queue: number, leavesVoicemail: boolean): object {
	return {
		activityStatusId: activityStatuses.abandoned.id,
		activityStatusName: activityStatuses.abandoned.name,
		joinQueue: at + 6 * second,
		answered: null,
		hangUp: at + (6 + queue) * second,
		wrapUp: null,
		durations: { ivr: 6, queue, hold: 0, interaction: null, wrap: null, talk: null },
		...(leavesVoicemail ? { voicemailSeconds: [19] } : {}),
	};
}

function answeredCall(at: number, talk: number, agent: User, index: number): object {
	const answered = at + 20 * second;
	const hangUp = answered + talk * second;
	const { status } = outcomeRules.contact;
	return {
		agentId: agent.id,
		wrapCode: status.id,
		wrapDescription: status.name,
		joinQueue: at + 6 * second,
		answered,
		hangUp,
		wrapUp: hangUp + 25 * second,
		durations: { ivr: 6, queue: 14, hold: 0, interaction: talk + 25, wrap: 25, talk },
		recordingSeconds: talk,
		callQualityScore: index % 4 === 0 ? 1 + (index % 5) : null,
		survey:
			index % 6 === 0
				? { started: true, startTimestamp: hangUp + second, workflowId: 1, workflowName: 'After call' }
				: null,
	};
}

function addCorrespondence(account: Account): void {
	const address = String(account.leads.list()[0]?.dataFields?.email ?? 'jo.lee@example.com');
	account.addCorrespondence({ kind: 'inboundEmail', address, attachments: 1 });
	account.addCorrespondence({ kind: 'outboundEmail', address });
	account.addCorrespondence({ kind: 'chat', address, attachments: 2 });
}

/** Retention: every tenth recording is gone. */
function deleteOldMedia(account: Account, by: number | null): void {
	for (const { id } of account.media.list()) if (id % 10 === 0) account.deleteMedia({ id, by });
}
