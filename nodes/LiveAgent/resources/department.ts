import type { Resource } from '../../shared/definition/operation';
import { chooseAgent, departmentId } from '../fields';
import { listAnswer, shownAs, statusRecord } from '../formats/recordFormat';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';

/** Departments and the agents in them. */
export const department: Resource = {
	value: 'department',
	name: 'Department',
	description: 'Departments and the agents in them',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get department',
			description: 'Retrieve one department',
			method: 'GET',
			path: '/departments/{departmentId}',
			retryClass: 'read',
			...shownAs(statusRecord),
			fields: [departmentId],
			otherForm: { path: '/v3/departments/{departmentId}', answer: recordAnswer3 },
		},
		{
			value: 'checkAgent',
			name: 'Check Agent',
			action: 'Check agent of department',
			description: 'Check whether an agent belongs to a department; LiveAgent does not document how it answers no',
			method: 'GET',
			path: '/v3/departments/{departmentId}/{agentId}',
			retryClass: 'read',
			answer: { kind: 'done' },
			fields: [
				departmentId,
				chooseAgent({ displayName: 'Agent', name: 'agentId', required: true, send: { place: 'path' } }),
			],
		},
		{
			value: 'getAgents',
			name: 'Get Agent Statuses',
			action: 'Get agent statuses of department',
			description: 'Retrieve the agents of a department with what each is handling right now',
			method: 'GET',
			path: '/departments/{departmentId}/agents',
			retryClass: 'read',
			answer: listAnswer('agents'),
			paging: 'none',
			rowId: (row) => row.userid as string,
			...shownAs(statusRecord),
			fields: [departmentId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many departments',
			description: 'Retrieve the departments of the account; deleted ones may be among them',
			method: 'GET',
			path: '/departments',
			retryClass: 'read',
			answer: listAnswer('departments'),
			paging: 'none',
			rowId: (row) => row.departmentid as string,
			...shownAs(statusRecord),
			pickList: {
				label: (row) => `${String(row.name ?? '')}${row.deleted === 'Y' ? ' (deleted)' : ''}`,
				value: (row) => String(row.departmentid ?? row.department_id),
			},
			otherForm: {
				path: '/v3/departments',
				answer: listAnswer3,
				paging: undefined,
				rowId: (row) => row.department_id as string,
			},
		},
	],
};
