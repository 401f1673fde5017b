import type { INodePropertyOptions } from 'n8n-workflow';

import type { Field, Operation, Resource } from '../../shared/definition/operation';
import { listOf, text } from '../../shared/input/values';
import { chooseAgent, chooseCustomer, chooseDepartment, textField } from '../fields';
import { codeOptions, rankingTypes } from '../formats/codeLabels';
import { checkRange, namedReportPeriod, reportPeriod } from '../formats/period';
import { reportRecord, listAnswer, shownAs } from '../formats/recordFormat';
import { reportColumns } from '../formats/reportColumns';

/** What a report differs in from the others. */
interface Report {
	value: string;
	/** Title Case, after the word Get. */
	name: string;
	description: string;
	/** Below /reports. */
	path: string;
	/** Key of the rows. */
	listKey: string;
	columns?: INodePropertyOptions[];
	period?: Field[];
	/** Shown directly, beside period and columns. */
	fields?: Field[];
	filters?: Field[];
	/** Identifier of a row; rows of figures have none. */
	rowId?: Operation['rowId'];
}

const department = chooseDepartment({
	displayName: 'Department',
	name: 'departmentId',
	send: { name: 'departmentid' },
});
const agent = chooseAgent({ displayName: 'Agent', name: 'agentId', send: { name: 'agentid' } });
const assignedTo = chooseAgent({ displayName: 'Agent', name: 'agentId', send: { name: 'userid' } });
const requester = (vendorName: string) =>
	chooseCustomer({ displayName: 'Customer', name: 'customerId', send: { name: vendorName } });
const level = textField('Service Level ID', 'levelId', 'slalevelid', { placeholder: 'e.g. 3bd9cf58' });

/** Rewards and rebukes as a filter. */
export const rankingFilter: Field = {
	displayName: 'Ratings',
	name: 'ratings',
	type: 'multiOptions',
	default: [],
	description: 'Only rewards or only rebukes; both when empty',
	options: codeOptions(rankingTypes),
	send: { name: 'types', write: listOf(text(), { separator: ',' }) },
};

const groupBy: Field = {
	displayName: 'Group By',
	name: 'groupBy',
	type: 'options',
	default: 'day',
	description: 'Length of one interval',
	options: [
		{ name: 'Day', value: 'day' },
		{ name: 'Hour', value: 'hour' },
		{ name: 'Month', value: 'month' },
		{ name: 'Week', value: 'week' },
	],
	send: { name: 'group_by' },
};

const noRowId = () => undefined;

function reportOperation(report: Report): Operation {
	const { value, name, description, path, listKey, columns, period, fields = [], filters, rowId = noRowId } = report;
	return {
		value,
		name: `Get ${name}`,
		action: `Get ${name.replace(/(^| )([A-Z])(?=[a-z])/g, (word) => word.toLowerCase())} report`,
		description,
		method: 'GET',
		path: `/reports/${path}`,
		retryClass: 'read',
		answer: listAnswer(listKey),
		rowId,
		check: checkRange,
		...shownAs(reportRecord),
		fields: [...(period ?? reportPeriod), ...fields, ...(columns === undefined ? [] : [columnsField(columns)])],
		...(filters === undefined ? {} : { optional: { name: 'filters' as const, fields: filters } }),
	};
}

function columnsField(options: INodePropertyOptions[]): Field {
	return {
		displayName: 'Columns',
		name: 'columns',
		type: 'multiOptions',
		default: [],
		description: 'Only these columns; all when empty',
		options,
		send: { write: listOf(text(), { separator: ',' }) },
	};
}

const activityReports: Report[] = [
	{
		value: 'getAgents',
		name: 'Agents',
		description: 'Retrieve work, answers, calls, chats and ratings of each agent',
		path: 'agents',
		listKey: 'agents',
		columns: reportColumns.agents,
		rowId: (row) => row.id as string,
	},
	{
		value: 'getChannels',
		name: 'Channels',
		description: 'Retrieve answers, calls, chats and ratings of each channel',
		path: 'channels',
		listKey: 'channels',
		columns: reportColumns.channels,
		rowId: (row) => row.id as string,
	},
	{
		value: 'getDepartments',
		name: 'Departments',
		description: 'Retrieve answers, calls, chats and ratings of each department',
		path: 'departments',
		listKey: 'departments',
		columns: reportColumns.departments,
		rowId: (row) => row.id as string,
	},
	{
		value: 'getPerformance',
		name: 'Performance',
		description: 'Retrieve answers, calls, chats and ratings of each hour, day, week or month',
		path: 'performance',
		listKey: 'performance',
		columns: reportColumns.performance,
		fields: [groupBy],
	},
	{
		value: 'getRanking',
		name: 'Ranking',
		description: 'Retrieve the rewards and rebukes that agents received from customers',
		path: 'ranking',
		listKey: 'ranks',
		columns: reportColumns.ranking,
		filters: [agent, requester('contactid'), rankingFilter],
		rowId: (row) => row.id as string,
	},
	{
		value: 'getTags',
		name: 'Tags',
		description: 'Retrieve answers, calls, chats and ratings of each tag',
		path: 'tags',
		listKey: 'tags',
		columns: reportColumns.tags,
		rowId: (row) => row.id as string,
	},
];

/** The reports that exist for tickets, for chats and for calls. */
function serviceReports(service: string): Report[] {
	const title = service.charAt(0).toUpperCase() + service.slice(1);
	return [
		{
			value: `get${title}AgentsAvailability`,
			name: `${title} Agents Availability`,
			description: `Retrieve the periods in which agents were available for ${service}`,
			path: `${service}/agentsavailability`,
			listKey: 'agentsavailability',
			columns: reportColumns.agentsAvailability,
			filters: [agent, department],
			rowId: (row) => row.id as string,
		},
		{
			value: `get${title}Load`,
			name: `${title} Load`,
			description: `Retrieve queue, agents and work in progress of ${service} over time`,
			path: `${service}/load`,
			listKey: 'loads',
			filters: [agent, department],
		},
		{
			value: `get${title}SlaCompliance`,
			name: `${title} SLA Compliance`,
			description: `Retrieve how many ${service} met their service level, and how fast`,
			path: `${service}/slacompliance`,
			listKey: 'slacompliances',
			period: namedReportPeriod,
			filters: [assignedTo, department, level],
		},
		{
			value: `get${title}SlaLog`,
			name: `${title} SLA Log`,
			description: `Retrieve the individual service level records of ${service}`,
			path: `${service}/slalog`,
			listKey: 'slalogs',
			columns: reportColumns.slaLog,
			filters: [agent, requester('requesterid'), department, level],
			rowId: (row) => row.id as string,
		},
	];
}

/** The share of time in which somebody was available; tickets have no such report. */
function availabilityReport(service: string): Report {
	const title = service.charAt(0).toUpperCase() + service.slice(1);
	return {
		value: `get${title}Availability`,
		name: `${title} Availability`,
		description: `Retrieve the minutes and share of time in which ${service} were available`,
		path: `${service}/availability`,
		listKey: 'availability',
		filters: [agent, department],
	};
}

/** Services with reports of their own, in the vendor's words. */
export const reportServices = ['calls', 'chats', 'tickets'] as const;

const reports: Report[] = [
	...activityReports,
	...reportServices.flatMap(serviceReports),
	...['calls', 'chats'].map(availabilityReport),
];

/** The 20 reports. */
export const report: Resource = {
	value: 'report',
	name: 'Report',
	description:
		'Statistics on agents, channels, departments, tags and service levels; SLA has the same logs with a key of version 3',
	operations: reports.map(reportOperation),
};
