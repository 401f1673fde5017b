import type { Resource } from '../../shared/definition/operation';
import { pathId } from '../../shared/editor/fields';
import { appsApi, choicesFilter, idsFilter, managerApi, period, range, idsFromList, sorting } from '../fields';
import { emailStatuses } from '../formats/codes';

const simpleEmail = [
	'id',
	'email_status',
	'created_at',
	'updated_at',
	'finished_at',
	'total_thread_numbers',
	'selected_menu.name',
	'agent_info.id',
	'end_user.id',
	'out_ticket_id',
];

const emailId = pathId('emailId', 'Email', 4410);

/** Email sessions: conversations by email with their messages. */
export const email: Resource = {
	value: 'email',
	name: 'Email',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get email',
			description: 'Retrieve the report of one email session: times, durations, agent, transfers',
			method: 'GET',
			path: `${managerApi}/emails/{emailId}`,
			retryClass: 'read',
			source: 'inferred',
			secondPath: `${managerApi}/email_supports/{emailId}`,
			fallback: { path: `${managerApi}/emails`, query: { 'id[]': '{emailId}' }, answerPath: '' },
			simplify: simpleEmail,
			fields: [emailId],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many emails',
			description: 'Retrieve the reports of email sessions',
			method: 'GET',
			path: `${managerApi}/emails`,
			secondPath: `${managerApi}/email_supports`,
			retryClass: 'read',
			source: 'inferred',
			answer: { kind: 'many' },
			simplify: simpleEmail,
			optional: {
				name: 'filters',
				fields: [
					idsFromList('Agent Names or IDs', 'agentIds', 'agent', 'agent_id[]'),
					...period('assigned', 'Assigned', 'assigned_at'),
					...period('created', 'Created', 'created_at'),
					idsFilter('endUserIds', 'End User IDs', 'end_user_id[]'),
					...period('finished', 'Finished', 'finished_at'),
					idsFilter('ids', 'Email IDs', 'id[]'),
					...range('messageCount', 'Message Count', 'total_thread_numbers'),
					...sorting([
						{ name: 'Created', value: 'created_at' },
						{ name: 'Finished', value: 'finished_at' },
						{ name: 'ID', value: 'id' },
						{ name: 'Updated', value: 'updated_at' },
					]),
					choicesFilter('statuses', 'Statuses', 'email_status[]', emailStatuses),
					...period('updated', 'Updated', 'updated_at'),
				],
			},
		},
		{
			value: 'getMessage',
			name: 'Get Message',
			action: 'Get message of email',
			description: 'Retrieve one message with subject, text and the names of its attachments',
			method: 'GET',
			path: `${appsApi}/email/messages/{messageId}`,
			retryClass: 'read',
			source: 'public-doc',
			fields: [
				{
					...pathId('messageId', 'Message', 9931),
					description: 'The email_thread_id of an entry in the email_threads that Get Session returns',
				},
			],
		},
		{
			value: 'getSession',
			name: 'Get Session',
			action: 'Get session of email',
			description: 'Retrieve an email session with the IDs of its messages',
			method: 'GET',
			path: `${appsApi}/email/sessions/{emailId}`,
			retryClass: 'read',
			source: 'public-doc',
			fields: [emailId],
		},
	],
};
