import type { Field, Resource } from '../../shared/definition/operation';
import { locator } from '../../shared/editor/fields';
import { identifier } from '../../shared/input/values';
import { cursorPaging } from '../formats/apiVersions';
import { textField3 } from '../formats/version3Fields';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';
import { readModifyWrite } from '../jobs/readModifyWrite';

const chooser = (displayName: string, name: string, list: string, example: string): Field =>
	locator({
		displayName,
		name,
		list,
		placeholder: `e.g. ${example}`,
		required: true,
		send: { place: 'path', write: identifier },
	});

const templateId = chooser('Template', 'templateId', 'slackTemplate', 'tp7d2k90');

/** Keys of a template that can be written. */
const writable = ['body', 'class_name', 'name'];

/** The Slack integration of the account. */
export const slack: Resource = {
	value: 'slack',
	name: 'Slack Integration',
	description: 'Channels, users and notification templates of the Slack integration of LiveAgent',
	operations: [
		{
			value: 'getChannel',
			name: 'Get Channel',
			action: 'Get Slack channel',
			description: 'Retrieve one Slack channel connected to LiveAgent',
			method: 'GET',
			path: '/v3/slack/conversation/{channelId}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [chooser('Channel', 'channelId', 'slackChannel', 'C024BE91L')],
		},
		{
			value: 'getManyChannels',
			name: 'Get Many Channels',
			action: 'Get many Slack channels',
			description: 'Retrieve the Slack channels connected to LiveAgent',
			method: 'GET',
			path: '/v3/slack/conversations',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			pickList: { name: 'SlackChannel', label: (row) => String(row.name ?? row.id), value: (row) => String(row.id) },
		},
		{
			value: 'getManyTemplates',
			name: 'Get Many Templates',
			action: 'Get many Slack templates',
			description: 'Retrieve the templates of notifications in Slack',
			method: 'GET',
			path: '/v3/slack/templates',
			retryClass: 'read',
			answer: listAnswer3,
			paging: 'none',
			pickList: { name: 'SlackTemplate', label: (row) => String(row.name ?? row.id), value: (row) => String(row.id) },
		},
		{
			value: 'getManyUsers',
			name: 'Get Many Users',
			action: 'Get many Slack users',
			description: 'Retrieve the Slack users connected to LiveAgent',
			method: 'GET',
			path: '/v3/slack/users',
			retryClass: 'read',
			answer: listAnswer3,
			paging: cursorPaging,
			pickList: {
				name: 'SlackUser',
				label: ({ real_name: realName, name, id }) => String(realName || name || id),
				value: (row) => String(row.id),
			},
		},
		{
			value: 'getTemplate',
			name: 'Get Template',
			action: 'Get Slack template',
			description: 'Retrieve one template of notifications in Slack',
			method: 'GET',
			path: '/v3/slack/template/{templateId}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [templateId],
		},
		{
			value: 'getUser',
			name: 'Get User',
			action: 'Get Slack user',
			description: 'Retrieve one Slack user connected to LiveAgent',
			method: 'GET',
			path: '/v3/slack/user/{slackUserId}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [chooser('User', 'slackUserId', 'slackUser', 'U024BE7LH')],
		},
		{
			value: 'updateTemplate',
			name: 'Update Template',
			action: 'Update Slack template',
			description: 'Change the text of notifications in Slack; the template is read first, so that its other values stay',
			method: 'PUT',
			path: '/v3/slack/template/{templateId}',
			retryClass: 'idempotent',
			answer: recordAnswer3,
			fields: [templateId, textField3('Template Text', 'body', 'body', 'New ticket: {$subject}', { required: true, typeOptions: { rows: 4 } })],
			run: async (run, items) => await readModifyWrite(run, items, writable),
			alsoCalls: ['GET /v3/slack/template/{templateId}'],
		},
	],
};
