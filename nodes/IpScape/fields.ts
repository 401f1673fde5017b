import type { Field } from '../shared/definition/operation';
import { locator } from '../shared/editor/fields';
import type { LocatorOptions } from '../shared/editor/fields';
import { instant, integer, numericIdentifier } from '../shared/input/values';

/** Times are sent in UTC; the vendor takes any ISO 8601 time with offset. */
export const writeTime = instant({ format: 'iso' });

/** Identifier of a record that has no pick list, as a filter. */
export function idFilter(name: string, displayName: string, example: number): Field {
	return {
		displayName: `${displayName} ID`,
		name,
		type: 'string',
		default: '',
		placeholder: `e.g. ${example}`,
		send: { write: numericIdentifier },
	};
}

/** A record chosen from a pick list, sent where the operation's method says. */
export function chosen(options: Omit<LocatorOptions, 'required'>): Field {
	return locator({ ...options, required: true, send: { write: numericIdentifier, ...options.send } });
}

const campaignOf = (list: string): Field =>
	locator({ displayName: 'Campaign', name: 'campaignId', list, placeholder: 'e.g. 2', send: { write: numericIdentifier } });

export const campaignFilter = campaignOf('campaign');
export const outboundCampaignFilter = campaignOf('outboundCampaign');

/** A list of leads; where a campaign is chosen beside it, only the lists of this campaign are offered. */
export const listFilter: Field = locator({
	displayName: 'List',
	name: 'listId',
	list: 'leadList',
	placeholder: 'e.g. 100',
	send: { write: numericIdentifier },
});

export const leadFilter = idFilter('leadId', 'Lead', 3301);

/** The agent that an operation is about. */
export const agentField = chosen({ displayName: 'Agent', name: 'agentId', list: 'agent', placeholder: 'e.g. 1010' });

/** Both bounds of a period; the bounds themselves belong to it. @param verb what happened in it, for the labels: `Started` */
export function periodFilters(vendorName: string, verb: string, what: string): Field[] {
	const bound = (displayName: string, name: string, end: string, description: string): Field => ({
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description,
		send: { name: `${vendorName}${end}`, write: writeTime },
	});
	return [
		bound(`${verb} From`, 'from', 'From', `Only ${what} at this time or later. Times without a time zone use the workflow's time zone.`),
		bound(`${verb} To`, 'to', 'To', `Only ${what} at this time or earlier`),
	];
}

/** Code of the outcome of a lead; every tenant has its own. */
export const statusCodeField: Field = {
	displayName: 'Status Code',
	name: 'statusCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3',
	description: 'Number of a lead status of your tenant',
	send: { write: integer() },
};
