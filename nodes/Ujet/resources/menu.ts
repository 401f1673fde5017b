import type { IDataObject } from 'n8n-workflow';

import type { Field, PickList, Resource } from '../../shared/definition/operation';
import { multiPicker } from '../../shared/editor/fields';
import { integer, listOf, numericIdentifier, oneOf, text } from '../../shared/input/values';
import { appsApi, choicesFilter, flagFilter, language, managerApi, menuInPath, treeFilters, withDeleted } from '../fields';
import { menuTypes } from '../formats/codes';

const simpleMenu = ['id', 'name', 'menu_type', 'parent_id', 'position', 'hidden', 'deleted', 'output_msg'];

const channels = [
	{ name: 'Call', value: 'call' },
	{ name: 'Chat', value: 'chat' },
];

const serviceLevel: Field[] = [
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		required: true,
		default: 'call',
		options: channels,
		send: { write: oneOf(channels.map(({ value }) => value)) },
	},
	{
		displayName: 'Look Back (Minutes)',
		name: 'minutes',
		type: 'number',
		typeOptions: { minValue: 1 },
		required: true,
		default: 15,
		description: 'How far to look back from now',
		send: { write: integer({ minimum: 1 }) },
	},
];

/** The tree knows fewer languages than the rest of the API. */
const treeLanguages = [
	{ name: 'English', value: 'en' },
	{ name: 'French', value: 'fr' },
	{ name: 'German', value: 'de' },
	{ name: 'Spanish', value: 'es' },
];

const targets: Field[] = [
	multiPicker({
		displayName: 'Menu Names or IDs',
		name: 'menuIds',
		list: 'menu',
		required: true,
		send: { name: 'menu_id', write: listOf(numericIdentifier) },
	}),
	{ ...language, name: 'shutdownLanguage', required: true, send: { name: 'language', write: text() } },
];

const runningCalls = [
	{ name: 'Let Them Finish', value: 'allow_finish' },
	{ name: 'Redirect as After Hours', value: 'end_and_redirect_to_after_hours' },
	{ name: 'Redirect as Over Capacity', value: 'end_and_redirect_to_overcapacity' },
];

const waitingCalls = [
	{ name: 'Disconnect', value: 'disconnect' },
	{ name: 'Redirect as After Hours', value: 'redirect_to_after_hours' },
	{ name: 'Redirect as Over Capacity', value: 'redirect_to_overcapacity' },
];

const shutdown = 'emergency_shutdown';

function typeName(row: IDataObject): string {
	return menuTypes.find(({ value }) => value === row.menu_type)?.name ?? String(row.menu_type ?? '');
}

const pickList: PickList = {
	label: (row) => `${String(row.name ?? row.id)} (${typeName(row)})`,
	value: (row) => Number(row.id),
};

/** Menus, which are the queues of a tenant. */
export const menu: Resource = {
	value: 'menu',
	name: 'Menu',
	description: 'Queues and the menus that lead to them',
	operations: [
		{
			value: 'cancelEmergencyShutdown',
			name: 'Cancel Emergency Shutdown',
			action: 'Cancel emergency shutdown of menus (queues)',
			description: 'Reopen queues that an emergency shutdown closed',
			method: 'POST',
			path: `${appsApi}/menus/shutdown`,
			retryClass: 'idempotent',
			source: 'public-doc',
			constants: { body: { [`${shutdown}.enabled`]: false } },
			answer: { kind: 'done' },
			fields: targets,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get menu (queue)',
			description: 'Retrieve one menu (queue) with the agents and teams that serve it',
			method: 'GET',
			path: `${managerApi}/menus/{menuId}`,
			retryClass: 'read',
			fields: [menuInPath],
			optional: { name: 'additionalFields', fields: [withDeleted] },
		},
		{
			value: 'getCurrentStatuses',
			name: 'Get Current Statuses',
			action: 'Get current menu (queue) statuses',
			description: 'Retrieve the menus in which calls or chats are waiting now, with their wait times',
			method: 'GET',
			path: `${managerApi}/menus/current_status`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many menus (queues)',
			description: 'Retrieve menus (queues)',
			method: 'GET',
			path: `${managerApi}/menus`,
			retryClass: 'read',
			answer: { kind: 'many' },
			simplify: simpleMenu,
			pickList: [
				pickList,
				{ ...pickList, name: 'inboundMenu', query: { 'menu_type[]': ['ivr_menu', 'web_menu'] } },
				{ ...pickList, name: 'scheduledMenu', query: { 'menu_type[]': ['mobile_menu', 'web_menu'] } },
			],
			optional: {
				name: 'filters',
				fields: [
					flagFilter('hidden', 'Hidden', 'hidden[]', 'Whether customers do not see the menu'),
					choicesFilter('menuTypes', 'Menu Types', 'menu_type[]', menuTypes),
					...treeFilters('Menu'),
				],
			},
		},
		{
			value: 'getOperationHours',
			name: 'Get Operation Hours',
			action: 'Get operation (opening) hours of menus',
			description: 'Retrieve every definition of opening hours',
			method: 'GET',
			path: `${managerApi}/menus/operation_hours`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
		},
		{
			value: 'getSla',
			name: 'Get SLA',
			action: 'Get service level (SLA) of menus (queues)',
			description: 'Retrieve the service level of each menu over the last minutes',
			method: 'GET',
			path: `${managerApi}/menus/sla`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
			fields: serviceLevel,
		},
		{
			value: 'getSlaByQueueGroup',
			name: 'Get SLA by Queue Group',
			action: 'Get service level (SLA) of queue groups',
			description: 'Retrieve the service level of each queue group over the last minutes',
			method: 'GET',
			path: `${managerApi}/menus/sla_by_queue_group`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
			fields: serviceLevel,
		},
		{
			value: 'getTree',
			name: 'Get Tree',
			action: 'Get menu (queue) tree',
			description: 'Retrieve the menus nested as a customer goes through them; one item per top-level menu',
			method: 'GET',
			path: `${managerApi}/menus/tree`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
			optional: {
				name: 'filters',
				fields: [
					{
						displayName: 'Language',
						name: 'treeLanguage',
						type: 'options',
						default: 'en',
						options: treeLanguages,
						send: { name: 'lang', write: oneOf(treeLanguages.map(({ value }) => value)) },
					},
					{
						displayName: 'Menu Type',
						name: 'menuType',
						type: 'options',
						default: 'ivr_menu',
						options: menuTypes,
						send: { name: 'menu_type', write: oneOf(menuTypes.map(({ value }) => value)) },
					},
				],
			},
		},
		{
			value: 'startEmergencyShutdown',
			name: 'Start Emergency Shutdown',
			action: 'Start emergency shutdown of menus (queues)',
			description: 'Close queues immediately; anything left out follows the global settings of the tenant',
			notice:
				'This closes the chosen queues for every customer until Cancel Emergency Shutdown opens them again. Calls may be cut off, as set below. UJET support must have switched on remote shutdown for the tenant, and an administrator its setting Enable Remote Shutdown via API.',
			method: 'POST',
			path: `${appsApi}/menus/shutdown`,
			retryClass: 'idempotent',
			source: 'public-doc',
			constants: { body: { [`${shutdown}.enabled`]: true } },
			answer: { kind: 'done' },
			fields: targets,
			check: ({ messageType, message }) =>
				messageType !== undefined && message === undefined
					? { field: 'message', expected: 'the text, or the address of the recording, for this message type' }
					: undefined,
			optional: {
				name: 'additionalFields',
				fields: [
					{
						displayName: 'Calls in Progress',
						name: 'callsInProgress',
						type: 'options',
						default: 'allow_finish',
						options: runningCalls,
						send: { name: `${shutdown}.in_progress_calls`, write: oneOf(runningCalls.map(({ value }) => value)) },
					},
					{
						displayName: 'Message',
						name: 'message',
						type: 'string',
						default: '',
						placeholder: 'e.g. We are closed for an emergency. Please call back later.',
						description: 'What callers hear: text that is spoken, or the address of a recording',
						send: { name: `${shutdown}.message.content`, write: text() },
					},
					{
						displayName: 'Message Type',
						name: 'messageType',
						type: 'options',
						default: 'tts',
						options: [
							{ name: 'Recording', value: 'audio' },
							{ name: 'Spoken Text', value: 'tts' },
						],
						send: { name: `${shutdown}.message.type`, write: oneOf(['audio', 'tts']) },
					},
					{
						displayName: 'Waiting Calls',
						name: 'waitingCalls',
						type: 'options',
						default: 'disconnect',
						options: waitingCalls,
						send: { name: `${shutdown}.queued_calls`, write: oneOf(waitingCalls.map(({ value }) => value)) },
					},
				],
			},
		},
	],
};
