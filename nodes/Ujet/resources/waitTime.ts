import type { Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { integer, numericIdentifier, oneOf } from '../../shared/input/values';
import { appsApi, language, menuList } from '../fields';
import { menuTypes, waitChannels } from '../formats/codes';

/** Estimated waits of queues. */
export const waitTime: Resource = {
	value: 'waitTime',
	name: 'Wait Time',
	description: 'Estimated waits of queues (menus)',
	operations: [
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many wait times',
			description: 'Retrieve the estimated wait in seconds and the number of agents of each queue',
			method: 'GET',
			path: `${appsApi}/wait_times`,
			retryClass: 'read',
			answer: { kind: 'many' },
			paging: 'none',
			rowId: (row) => String(row.menu_id),
			fields: [{ ...language, required: true }],
			optional: {
				name: 'filters',
				fields: [
					{
						displayName: 'Channel',
						name: 'channelType',
						type: 'options',
						default: 'voice_call',
						options: waitChannels,
						send: { name: 'channel_type', write: oneOf(waitChannels.map(({ value }) => value)) },
					},
					{
						displayName: 'Longer Than',
						name: 'waitFrom',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 60,
						description: 'Only queues that wait longer than this, in seconds',
						send: { name: 'wait[from]', write: integer({ minimum: 1 }) },
					},
					locator({
						...menuList,
						description: 'Only this menu and the ones below it',
						send: { name: 'menu_id', write: numericIdentifier },
					}),
					{
						displayName: 'Menu Type',
						name: 'menuType',
						type: 'options',
						default: 'ivr_menu',
						options: menuTypes,
						send: { name: 'menu_type', write: oneOf(menuTypes.map(({ value }) => value)) },
					},
					{
						displayName: 'Shorter Than',
						name: 'waitTo',
						type: 'number',
						typeOptions: { minValue: 1 },
						default: 600,
						description: 'Only queues that wait less than this, in seconds',
						send: { name: 'wait[to]', write: integer({ minimum: 1 }) },
					},
				],
			},
		},
	],
};
