import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier, numericIdentifier } from '../../shared/input/values';
import { chooseAgent, chooseDepartment } from '../fields';
import { codeOptions } from '../formats/codeLabels';
import { conditionOn, listFilters } from '../formats/conditions';
import { availabilities, deviceRecord, deviceServices, recordAnswer3, listAnswer3, shownAs3 } from '../formats/version3Records';
import { readModifyWrite } from '../jobs/readModifyWrite';
import { devicePlans } from '../formats/devicePlans';
import { deviceStates } from '../formats/deviceStates';

const deviceId: Field = locator({
	displayName: 'Device',
	name: 'deviceId',
	list: 'device',
	placeholder: 'e.g. 17',
	required: true,
	send: { place: 'path', write: numericIdentifier },
});

const departmentId: Field = chooseDepartment({
	displayName: 'Department',
	name: 'departmentId',
	required: true,
	send: { place: 'path' },
});

const availability: Field = {
	displayName: 'Availability',
	name: 'availability',
	type: 'options',
	default: 'N',
	options: codeOptions(availabilities),
	send: { name: 'preset_status' },
};

const service: Field = {
	displayName: 'Device Service',
	name: 'service',
	type: 'options',
	default: 'M',
	options: codeOptions(deviceServices),
	send: { name: 'service_type' },
};

/** Keys of a device that LiveAgent wants back when one of them changes. */
const writable = ['agent_id', 'phone_id', 'type', 'service_type', 'preset_status', 'route_if_offline'];

/** Devices: what makes an agent reachable for messages, chats and calls. */
export const device: Resource = {
	value: 'device',
	name: 'Device',
	description: 'Availability of agents for messages, chats and calls, by device and department',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create device',
			description: 'Add a device through which an agent receives messages, chats or calls',
			method: 'POST',
			path: '/v3/devices',
			retryClass: 'once',
			answer: recordAnswer3,
			...shownAs3(deviceRecord),
			fields: [
				chooseAgent({ displayName: 'Agent', name: 'agentId', required: true, send: { name: 'agent_id' } }),
				{
					displayName: 'Device Type',
					name: 'type',
					type: 'options',
					default: 'W',
					options: [
						{ name: 'External', value: 'E', description: 'A phone outside of LiveAgent' },
						{ name: 'Mobile App', value: 'A' },
						{ name: 'Web', value: 'W' },
					],
				},
				service,
				availability,
			],
		},
		{
			value: 'createPlans',
			name: 'Create Plans',
			action: 'Create plans of device',
			description: 'Add the hours in which a device works for a department',
			method: 'POST',
			path: '/v3/devices/{deviceId}/departments/{departmentId}/plans',
			retryClass: 'once',
			answer: listAnswer3,
			paging: 'none',
			rowId: (row) => `${String(row.plan_id_start)} ${String(row.plan_id_end)}`,
			fields: [deviceId, departmentId, devicePlans],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete device',
			description: 'Delete a device; its agent no longer receives messages, chats or calls through it',
			method: 'DELETE',
			path: '/v3/devices/{deviceId}',
			retryClass: 'once',
			answer: { kind: 'deleted' },
			fields: [deviceId],
		},
		{
			value: 'deletePlans',
			name: 'Delete Plans',
			action: 'Delete plans of device',
			description: 'Delete all hours in which a device works for a department',
			method: 'DELETE',
			path: '/v3/devices/{deviceId}/departments/{departmentId}/plans',
			retryClass: 'once',
			answer: { kind: 'deleted' },
			fields: [deviceId, departmentId],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get device',
			description: 'Retrieve one device with its availability',
			method: 'GET',
			path: '/v3/devices/{deviceId}',
			retryClass: 'read',
			answer: recordAnswer3,
			...shownAs3(deviceRecord),
			fields: [deviceId],
			givesSecrets: true,
		},
		{
			value: 'getDepartment',
			name: 'Get Department',
			action: 'Get department of device',
			description: 'Retrieve the availability of a device in one department',
			method: 'GET',
			path: '/v3/devices/{deviceId}/departments/{departmentId}',
			retryClass: 'read',
			answer: recordAnswer3,
			...shownAs3(deviceRecord),
			fields: [deviceId, departmentId],
		},
		{
			value: 'getDepartments',
			name: 'Get Departments',
			action: 'Get departments of device',
			description: 'Retrieve the availability of a device in all departments',
			method: 'GET',
			path: '/v3/devices/{deviceId}/departments',
			retryClass: 'read',
			answer: listAnswer3,
			rowId: (row) => `${String(row.device_id)} ${String(row.department_id)}`,
			...shownAs3(deviceRecord),
			fields: [deviceId],
			optional: listFilters(),
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many devices',
			description: 'Retrieve the devices of agents with their availability',
			method: 'GET',
			path: '/v3/devices',
			retryClass: 'read',
			answer: listAnswer3,
			...shownAs3(deviceRecord),
			pickList: {
				label: ({ id, agent_id: agentId, service_type: kind }) =>
					`${deviceServices[String(kind)] ?? String(kind)} of ${String(agentId)} (${String(id)})`,
				value: (row) => String(row.id),
			},
			optional: listFilters(
				chooseAgent({ displayName: 'Agent', name: 'agentId', send: conditionOn('agent_id', 'E', identifier) }),
			),
			givesSecrets: true,
		},
		{
			value: 'getPlans',
			name: 'Get Plans',
			action: 'Get plans of device',
			description: 'Retrieve the hours in which a device works, one item for each department',
			method: 'GET',
			path: '/v3/devices/{deviceId}/plans',
			retryClass: 'read',
			answer: listAnswer3,
			paging: 'none',
			rowId: (row) => row.department_id as string,
			fields: [deviceId],
		},
		{
			value: 'getByDepartment',
			name: 'Get by Department',
			action: 'Get devices of department',
			description: 'Retrieve who is reachable in a department, one item for each device',
			method: 'GET',
			path: '/v3/devices/departments/{departmentId}',
			retryClass: 'read',
			answer: listAnswer3,
			paging: 'none',
			rowId: (row) => `${String(row.device_id)} ${String(row.department_id)}`,
			...shownAs3(deviceRecord),
			fields: [departmentId],
		},
		{
			value: 'update',
			name: 'Set Availability',
			action: 'Set availability of device',
			description: 'Turn a device on or off in all departments; it is read first, because LiveAgent only accepts whole devices',
			method: 'PUT',
			path: '/v3/devices/{deviceId}',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			...shownAs3(deviceRecord),
			fields: [deviceId, availability],
			run: async (run, items) => await readModifyWrite(run, items, writable),
			alsoCalls: ['GET /v3/devices/{deviceId}'],
			givesSecrets: true,
		},
		{
			value: 'updateDepartment',
			name: 'Set Availability in Department',
			action: 'Set availability of device in department',
			description: 'Turn a device on or off in one department',
			method: 'PUT',
			path: '/v3/devices/{deviceId}/departments/{departmentId}',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			...shownAs3(deviceRecord),
			fields: [deviceId, departmentId, availability],
		},
		{
			value: 'updateDepartments',
			name: 'Set Availability in Departments',
			action: 'Set availability of devices in departments',
			description: 'Turn devices on or off in several departments with one request',
			method: 'PUT',
			path: '/v3/devices/departments/update',
			retryClass: 'idempotent',
			answer: listAnswer3,
			paging: 'none',
			rowId: (row) => `${String(row.device_id)} ${String(row.department_id)}`,
			...shownAs3(deviceRecord),
			fields: [deviceStates],
		},
	],
};
