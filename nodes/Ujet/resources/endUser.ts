import type { Resource } from '../../shared/definition/operation';
import { defaultCountryCodeField } from '../../shared/editor/fields';
import { numericIdentifier } from '../../shared/input/values';
import { appsApi, emailField, phoneField, textField } from '../fields';

const identifierHelp = 'Your own unique identifier of the person; avoid email addresses, because they can change';

/** End users: people who contact the tenant. */
export const endUser: Resource = {
	value: 'endUser',
	name: 'End User',
	operations: [
		{
			value: 'upsert',
			name: 'Create or Update',
			action: 'Create or update end user',
			description: 'Create a new record, or update the current one if it already exists (upsert)',
			method: 'POST',
			path: `${appsApi}/end_users`,
			retryClass: 'idempotent',
			mapAutomatically: true,
			fields: [
				textField('identifier', 'Identifier', 'identifier', {
					required: true,
					placeholder: 'e.g. crm-000481',
					description: identifierHelp,
				}),
			],
			optional: {
				name: 'additionalFields',
				fields: [defaultCountryCodeField, emailField, textField('name', 'End User Name', 'name'), phoneField('phone', 'Phone', 'phone')],
			},
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get end user',
			description: 'Retrieve one end user by UJET\'s ID or by your own identifier',
			method: 'GET',
			path: `${appsApi}/end_users`,
			retryClass: 'read',
			fields: [
				{
					displayName: 'Find By',
					name: 'findBy',
					type: 'options',
					default: 'identifier',
					options: [
						{ name: 'ID', value: 'id', description: 'The numeric ID that UJET assigned' },
						{ name: 'Identifier', value: 'identifier', description: 'Your own identifier' },
					],
					send: { place: 'none' },
				},
				textField('identifier', 'Identifier', 'identifier', {
					required: true,
					placeholder: 'e.g. crm-000481',
					description: identifierHelp,
					displayOptions: { show: { findBy: ['identifier'] } },
				}),
				{
					displayName: 'End User ID',
					name: 'endUserId',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. 90312',
					displayOptions: { show: { findBy: ['id'] } },
					send: { name: 'id', write: numericIdentifier },
				},
			],
		},
	],
};
