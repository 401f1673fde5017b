import type { Field, Resource } from '../../shared/definition/operation';
import { idField } from '../fields';
import { recordAnswer3, listAnswer3 } from '../formats/version3Records';

const subscriptionId: Field = idField('Subscription ID', 'subscriptionId', 'sb7d2k90', {
	default: 'me',
	description: 'The ID me stands for the subscription of the account',
});

/** What the account pays for. */
export const subscription: Resource = {
	value: 'subscription',
	name: 'Subscription',
	description: 'Billing status, discounts, domain and plan of the account, read-only',
	operations: [
		{
			value: 'getBillingStatus',
			name: 'Get Billing Status',
			action: 'Get billing status of subscription',
			description: 'Retrieve the date until which the account is paid and whether a charge was declined',
			method: 'GET',
			path: '/v3/subscriptions/{subscriptionId}/billingStatus',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [subscriptionId],
		},
		{
			value: 'getDiscounts',
			name: 'Get Discounts',
			action: 'Get discounts of subscription',
			description: 'Retrieve the current discounts',
			method: 'GET',
			path: '/v3/subscriptions/{subscriptionId}/discounts',
			retryClass: 'read',
			answer: listAnswer3,
			paging: 'none',
			rowId: (row) => row.name as string,
			fields: [subscriptionId],
		},
		{
			value: 'getDomain',
			name: 'Get Domain',
			action: 'Get domain of subscription',
			description: 'Retrieve the domain of the account',
			method: 'GET',
			path: '/v3/subscriptions/{subscriptionId}/domain',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [subscriptionId],
		},
		{
			value: 'getPlan',
			name: 'Get Plan',
			action: 'Get plan of subscription',
			description: 'Retrieve name and description of a product plan',
			method: 'GET',
			path: '/v3/variations/{planId}',
			retryClass: 'read',
			answer: recordAnswer3,
			fields: [idField('Plan ID', 'planId', 'vr7d2k90')],
		},
	],
};
