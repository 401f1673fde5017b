import type { IDataObject } from 'n8n-workflow';

import type { Bulk, Field, RecordOutcome, Resource } from '../../shared/definition/operation';
import { locator, pathId } from '../../shared/editor/fields';
import { listOf, text } from '../../shared/input/values';
import { appsApi, nameFromList, idsFromList } from '../fields';
import { isObject, jobAddress } from '../formats/jobAddress';

const agents = idsFromList('Agent Names or IDs', 'agentIds', 'agent', 'agent_ids');
const teams = idsFromList('Team Names or IDs', 'teamIds', 'team', 'team_ids');

const addresses: Field = {
	displayName: 'IP Addresses',
	name: 'ipAddresses',
	type: 'string',
	default: '',
	placeholder: 'e.g. 198.51.100.0/24',
	description: 'IP addresses, ranges or CIDR blocks that agents are signed in from, separated by commas',
	send: { name: 'ip_addrs', write: listOf(text()) },
};

/** One agent of an item, or the rest of its selection, whose agents only UJET knows. */
type Target = { agentId: number } | { groups: IDataObject };

const maximumAgents = 500;

/**
 * Agents of all items share requests. Teams and addresses share one only where they are equal,
 * because the answer does not say through which of them an agent was meant.
 */
function selectionBulk(isRefused: (result: IDataObject, status: unknown) => boolean, always: string[]): Bulk {
	return {
		maximum: maximumAgents,
		split: (body) => {
			const { agent_ids: ids = [], ...groups } = body;
			const { status: wanted, ...selection } = groups;
			const named = Object.keys(selection).length > 0;
			const records: Target[] = (ids as number[]).map((agentId) => ({ agentId }));
			return { records: named ? [...records, { groups: selection }] : records, rest: { status: wanted, ...selection } };
		},
		join: (records, rest) => {
			const { status } = rest;
			const targets = records as Target[];
			const ids = [...new Set(targets.flatMap((target) => ('agentId' in target ? [target.agentId] : [])))];
			const groups = targets.find((target) => 'groups' in target)?.groups;
			const empty = Object.fromEntries(always.map((name) => [name, []]));
			const selection: IDataObject = { ...empty, ...(ids.length > 0 ? { agent_ids: ids } : {}), ...groups };
			return status === undefined ? selection : { status, ...selection };
		},
		outcomes: (answer, records, { status }, headers) => {
			if (!Array.isArray(answer)) return records.map(() => ({ json: jobItem(answer, headers) }));
			return outcomesOf(answer as IDataObject[], records as Target[], (result) => isRefused(result, status));
		},
	};
}

/** A large logout becomes a job; the answer is the job. */
function jobItem(answer: unknown, headers: Record<string, string>): IDataObject {
	const job = isObject(answer) ? answer : {};
	return { ...jobAddress(headers), ...job, pending: true, message: 'Carried out in the background; Get Job tells how far it is' };
}

function outcomesOf(
	results: IDataObject[],
	targets: Target[],
	isRefused: (result: IDataObject) => boolean,
): RecordOutcome[] {
	const byAgent = new Map(results.map((result) => [Number(result.agent_id), result]));
	const named = new Set(targets.flatMap((target) => ('agentId' in target ? [target.agentId] : [])));
	return targets.map((target): RecordOutcome => {
		if ('agentId' in target) return agentOutcome(target.agentId, byAgent.get(target.agentId), isRefused);
		const others = results.filter((result) => !named.has(Number(result.agent_id)));
		return groupOutcome(target.groups, others, isRefused);
	});
}

function agentOutcome(
	agentId: number,
	result: IDataObject | undefined,
	isRefused: (result: IDataObject) => boolean,
): RecordOutcome {
	if (result === undefined) return { error: `UJET returned no result for agent ${agentId}` };
	return isRefused(result) ? { error: `Agent ${agentId}: ${String(result.message)}`, json: result } : { json: result };
}

function groupOutcome(
	groups: IDataObject,
	results: IDataObject[],
	isRefused: (result: IDataObject) => boolean,
): RecordOutcome {
	const refused = results.filter(isRefused);
	const json = { ...groups, changed: results.length - refused.length, refused: refused.length, agents: results };
	if (refused.length === 0 || refused.length < results.length) return { json };
	return { error: `None of the ${refused.length} agents was changed: ${String(refused[0].message)}`, json };
}

/** A change is refused where the agent is not in the wanted status and a message says why. */
const statusRefused = (result: IDataObject, status: unknown) =>
	Boolean(result.message) && result.current_status !== status;

/** The message of a logout that waits for a session to end is no failure; an unknown agent has no status. */
const logoutRefused = (result: IDataObject) => Boolean(result.message) && result.current_status === undefined;

/** What agents do now: changed, signed out. */
export const agentStatus: Resource = {
	value: 'agentStatus',
	name: 'Agent Status',
	description: 'Change the current status of agents; to read it, use Get Current Statuses of Agent',
	operations: [
		{
			value: 'forceLogout',
			name: 'Force Logout',
			action: 'Force logout of agents',
			description:
				'Sign agents out, chosen one by one, by team or by address; busy agents leave when their session ends',
			notice: 'This signs out every chosen agent at once. Choose at least one agent, team or address.',
			method: 'POST',
			path: `${appsApi}/agent_statuses/force_logout`,
			retryClass: 'idempotent',
			bulk: selectionBulk(logoutRefused, []),
			fields: [agents, teams, addresses],
			atLeastOne: ['agentIds', 'teamIds', 'ipAddresses'],
		},
		{
			value: 'getJob',
			name: 'Get Job',
			action: 'Get agent status job',
			description: 'Retrieve the background job of a large forced logout',
			method: 'GET',
			path: `${appsApi}/agent_statuses/jobs/{jobId}`,
			retryClass: 'read',
			source: 'inferred',
			fields: [pathId('jobId', 'Job', 310)],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update agent status',
			description: 'Move agents or whole teams to another status; all input items go in as few requests as possible',
			method: 'POST',
			path: `${appsApi}/agent_statuses`,
			retryClass: 'idempotent',
			bulk: selectionBulk(statusRefused, ['agent_ids', 'team_ids']),
			fields: [
				locator({
					displayName: 'Status',
					name: 'status',
					list: 'userStatusName',
					placeholder: 'e.g. Available',
					required: true,
					description: 'Available or a custom status of your tenant, by name; UJET refuses system statuses such as In-call',
					send: { name: 'status', write: nameFromList },
				}),
				agents,
				// The contract's answer refuses the agents that no field names.
				{ ...teams, sample: [] },
			],
			atLeastOne: ['agentIds', 'teamIds'],
		},
	],
};
