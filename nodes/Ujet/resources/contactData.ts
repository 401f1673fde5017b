import { z } from 'zod/v3';

import type { Resource } from '../../shared/definition/operation';
import { json } from '../../shared/input/values';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { appsApi, textField } from '../fields';

const attributes = json(z.record(z.unknown()));

/** The named contact fields are put into it, so it must not be the user's own object. */
const writeAttributes: ValueWriter = (value, context) => {
	const written = attributes(value, context);
	return written === undefined ? undefined : { ...(written as object) };
};

/** Contact details that an external dialer hands over with a call. */
export const contactData: Resource = {
	value: 'contactData',
	name: 'Contact Data',
	description: 'Contact details that an external dialer hands over with a call',
	operations: [
		{
			value: 'create',
			name: 'Send to Agent',
			action: 'Send contact data to agent',
			description: 'Show the agent of a call who the contact is, for calls placed by an external dialer; does not create a contact',
			method: 'POST',
			path: `${appsApi}/crm/contact_data`,
			retryClass: 'idempotent',
			mapAutomatically: true,
			answer: { kind: 'done' },
			fields: [
				textField('callId', 'Call ID', 'call_id', {
					placeholder: 'e.g. 88412',
					description: 'The call that the data belongs to',
				}),
			],
			atLeastOne: ['callId', 'agentId', 'lcmKey', 'dnis'],
			optional: {
				name: 'additionalFields',
				// Contact fields in front: the named ones are put into what it holds.
				fields: [
					{
						displayName: 'Contact Fields',
						name: 'contactFields',
						type: 'json',
						default: '{}',
						description: 'A JSON object with further fields of the contact, under names of your own',
						send: { name: 'contact', write: writeAttributes },
						sample: '{"customer_since": "2019"}',
					},
					textField('accountNumber', 'Account Number', 'contact.account_no', { placeholder: 'e.g. 10002-2989' }),
					textField('address', 'Address', 'contact.address'),
					textField('agentId', 'Agent ID', 'agent_id', { placeholder: 'e.g. 17' }),
					textField('callType', 'Call Type', 'call_type', { placeholder: 'e.g. OB_Regular' }),
					textField('city', 'City', 'contact.city'),
					textField('crmId', 'CRM ID', 'contact.crm_id', { placeholder: 'e.g. 220-39307' }),
					textField('dnis', 'Dialed Number', 'dnis', { placeholder: 'e.g. 8005550100' }),
					textField('dueDate', 'Due Date', 'contact.due_date', { description: 'As your dialer reports it' }),
					textField('firstName', 'First Name', 'contact.first_name'),
					textField('lastName', 'Last Name', 'contact.last_name'),
					textField('lcmKey', 'List Key', 'lcm_key', {
						placeholder: 'e.g. 2922|1|2|39',
						description: 'The key assigned by the dialer\'s list and campaign manager',
					}),
					textField('loanType', 'Loan Type', 'contact.loan_type'),
					textField('organizationId', 'Organization ID', 'org_id', { placeholder: 'e.g. tenant1' }),
					textField('pacingMode', 'Pacing Mode', 'pacing_mode', { placeholder: 'e.g. Predictive' }),
				],
			},
		},
	],
};
