import type { Field, Resource } from '../../shared/definition/operation';
import { locator, multiPicker } from '../../shared/editor/fields';
import { instant, integer, listOf, numericIdentifier, oneOf } from '../../shared/input/values';
import { appsApi, language, menuList } from '../fields';
import { menuTypes } from '../formats/codes';

const channels = [
	{ name: 'Call', value: 'call' },
	{ name: 'Chat', value: 'chat' },
];

const requiredLanguage: Field = { ...language, required: true };

/** Whether queues are open, and their live figures. */
export const queueStatus: Resource = {
	value: 'queueStatus',
	name: 'Queue Status',
	description: 'Whether queues (menus) are open, and their live figures',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get queue status',
			description: 'Retrieve whether a queue is closed or over capacity',
			method: 'GET',
			path: `${appsApi}/queue_operation_statuses`,
			retryClass: 'read',
			fields: [
				locator({ ...menuList, required: true, send: { name: 'menu_id', write: numericIdentifier } }),
				{
					displayName: 'Channel',
					name: 'channelType',
					type: 'options',
					required: true,
					default: 'call',
					options: channels,
					send: { name: 'channel_type', write: oneOf(channels.map(({ value }) => value)) },
				},
				requiredLanguage,
			],
		},
		{
			value: 'getLive',
			name: 'Get Live',
			action: 'Get live queue status',
			description: 'Retrieve the wait time, agents, opening hours and free callback times of queues; one item per queue',
			method: 'GET',
			path: `${appsApi}/queues/status`,
			retryClass: 'read',
			source: 'public-doc',
			answer: { kind: 'many', path: 'queues' },
			paging: 'none',
			rowId: (row) => String(row.menu_id),
			fields: [
				multiPicker({
					displayName: 'Menu Names or IDs',
					name: 'menuIds',
					list: 'menu',
					required: true,
					description:
						'Queues of the chosen type. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					send: { name: 'menu_id[]', write: listOf(numericIdentifier) },
				}),
				{
					displayName: 'Menu Type',
					name: 'menuType',
					type: 'options',
					required: true,
					default: 'ivr_menu',
					options: menuTypes,
					send: { name: 'menu_type', write: oneOf(menuTypes.map(({ value }) => value)) },
				},
				requiredLanguage,
			],
			optional: {
				name: 'additionalFields',
				fields: [
					{
						displayName: 'Callbacks From',
						name: 'callbackStart',
						type: 'dateTime',
						default: '',
						description: 'Earliest time for callbacks: not in the past, at most 24 hours ahead',
						send: { name: 'callback_start_from', write: instant({ format: 'isoMilliseconds' }) },
					},
					{
						displayName: 'Callbacks Within (Hours)',
						name: 'callbackHours',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 8 },
						default: 4,
						description: 'Length of the period for callbacks',
						send: { name: 'callback_period_hours', write: integer({ minimum: 1, maximum: 8 }) },
					},
				],
			},
		},
	],
};
