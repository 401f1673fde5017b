import type { Resource } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import { pathId } from '../../shared/editor/fields';
import { activityFilter, idsFilter, managerApi, period, range, inSeconds, idsFromList, sorting } from '../fields';

const defaultPeriod = 7 * 86_400_000;

/** Filters that bound the list by themselves. */
const bounds = ['ids', 'callIds', 'chatIds', 'startedFrom', 'startedTo', 'endedFrom', 'endedTo'];

/** UJET refuses to read the whole log, and a period without end is none. */
function withPeriod(values: FieldValues, now: number): FieldValues {
	const start = { startedFrom: new Date(now - defaultPeriod).toISOString() };
	const end = { startedTo: new Date(now).toISOString() };
	if (!bounds.some((name) => values[name] !== undefined)) return { ...values, ...start, ...end };
	return values.startedFrom !== undefined && values.startedTo === undefined ? { ...values, ...end } : values;
}

/** What agents did: signing in and out, offers, pick-ups, changes of status. */
export const agentActivityLog: Resource = {
	value: 'agentActivityLog',
	name: 'Agent Activity Log',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get agent activity log',
			description: 'Retrieve one entry of the activity log',
			method: 'GET',
			path: `${managerApi}/agent_activity_logs/{logId}`,
			retryClass: 'read',
			source: 'inferred',
			fallback: { path: `${managerApi}/agent_activity_logs`, query: { 'id[]': '{logId}' }, answerPath: '' },
			fields: [pathId('logId', 'Log', 918273)],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many agent activity logs',
			description:
				'Retrieve entries of the activity log; without a period, call, chat or entry among the filters, those of the last 7 days',
			method: 'GET',
			path: `${managerApi}/agent_activity_logs`,
			retryClass: 'read',
			answer: { kind: 'many' },
			withDefaults: withPeriod,
			optional: {
				name: 'filters',
				fields: [
					activityFilter,
					idsFromList('Agent Names or IDs', 'agentIds', 'agent', 'agent_id[]'),
					idsFilter('callIds', 'Call IDs', 'call_id[]'),
					idsFromList('Caused By Names or IDs', 'causedByIds', 'agent', 'whodunnit_id[]'),
					idsFilter('chatIds', 'Chat IDs', 'chat_id[]'),
					...range('duration', 'Duration', 'duration', inSeconds),
					...period('ended', 'Ended', 'ended_at'),
					idsFilter('ids', 'Log Entry IDs', 'id[]'),
					...sorting([
						{ name: 'Duration', value: 'duration' },
						{ name: 'Ended', value: 'ended_at' },
						{ name: 'ID', value: 'id' },
						{ name: 'Started', value: 'started_at' },
					]),
					...period('started', 'Started', 'started_at'),
				],
			},
		},
	],
};
