import type { Field, Operation, PathSource } from '../../shared/definition/operation';
import { appsApi } from '../fields';
import { customData, customerFlags, sessionEndUser, sessionEndUserDetails } from '../formats/sessionData';

/**
 * What can be done with every session, call or chat: customer flags, custom data and the end user.
 * @param thing singular, as in the path without its s
 * @param flagsSource how sure the paths that read and change the flags are
 */
export function sessionOperations(thing: 'call' | 'chat', id: Field, flagsSource: PathSource): Operation[] {
	const path = `${appsApi}/${thing}s/{${id.name}}`;
	const updateCustomerFlags: Operation = {
		value: 'updateCustomerFlags',
		name: 'Update Customer Flags',
		action: `Update customer flags of ${thing}`,
		description: `Set or change one or more customer flags of an ongoing ${thing}`,
		method: 'PATCH',
		path: `${path}/customer_flag`,
		retryClass: 'idempotent',
		source: flagsSource,
		answer: { kind: 'done' },
		fields: [id],
		atLeastOne: 'optional',
		optional: { name: 'updateFields', fields: customerFlags },
	};
	return [
		{
			value: 'getCustomerFlags',
			name: 'Get Customer Flags',
			action: `Get customer flags of ${thing}`,
			description: `Retrieve whether the customer of a ${thing} is verified, a bad actor or a repeat customer`,
			method: 'GET',
			path: `${path}/customer_flag`,
			retryClass: 'read',
			source: flagsSource,
			fields: [id],
		},
		{
			value: 'sendCustomData',
			name: 'Send Custom Data',
			action: `Send custom data to ${thing}`,
			description: `Show your own data to the agent of an ongoing ${thing}`,
			method: 'POST',
			path: `${path}/custom_data`,
			retryClass: 'idempotent',
			source: 'inferred',
			answer: { kind: 'done' },
			fields: [id, ...customData],
		},
		updateCustomerFlags,
		{
			value: 'updateEndUser',
			name: 'Update End User',
			action: `Update end user of ${thing}`,
			description: `Link an ongoing ${thing} to a verified person and refresh the contact of its ticket`,
			method: 'POST',
			path: `${path}/end_user`,
			// The vendor refuses the same request a second time within a short while.
			retryClass: 'once',
			answer: { kind: 'done' },
			fields: [id, ...sessionEndUser],
			optional: { name: 'additionalFields', fields: sessionEndUserDetails },
		},
		{
			...updateCustomerFlags,
			value: 'setCustomerFlags',
			name: 'Set Customer Flags (Deprecated)',
			action: `Set customer flags of ${thing} (deprecated)`,
			deprecated: { by: 'node', instead: 'Update Customer Flags, which sends the same by the method that UJET publishes' },
			optional: { name: 'additionalFields', fields: customerFlags },
		},
	];
}
