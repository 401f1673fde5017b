import type { Field } from '../../shared/definition/operation';
import { defaultCountryCodeField, locator } from '../../shared/editor/fields';
import { InvalidValue } from '../../shared/definition/valueWriter';
import { instant, listOf, numericIdentifier, oneOf, phone, text, timeZoneName } from '../../shared/input/values';
import { listFilter, outboundCampaignFilter, statusCodeField } from '../fields';
import { leadDataFields } from './leadData';

function phoneField(index: 1 | 2 | 3): Field {
	return {
		displayName: `Phone ${index}`,
		name: `phone${index}`,
		type: 'string',
		default: '',
		placeholder: 'e.g. +61491570156',
		description: 'With country code, or without when a default country code is given',
		send: { write: phone() },
	};
}

/** Narrows the choice of lists; not sent. */
const campaignOfList: Field = {
	...outboundCampaignFilter,
	description: "Only narrows the options of 'List'; it is not sent",
	hint: 'Leave empty to choose from all lists',
	send: { place: 'none' },
};

const requiredList: Field = { ...listFilter, required: true, neverMapped: true };

export const customerKeyField: Field = {
	displayName: 'Customer Key',
	name: 'customerKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. CRM-9002',
	description: 'Your own ID of the person, for example of the CRM',
	send: { write: text() },
};

const agentOfLead: Field = locator({
	displayName: 'Agent',
	name: 'agentId',
	list: 'agent',
	placeholder: 'e.g. 1010',
	description: 'Agent who owns the lead',
	send: { write: numericIdentifier },
});

const nextAttemptField: Field = {
	displayName: 'Next Attempt',
	name: 'nextAttempt',
	type: 'dateTime',
	default: '',
	description:
		"When to dial. A time without a time zone uses the lead's 'Timezone' if set, otherwise the workflow's time zone.",
	send: { name: 'nextAttemptTimestamp', write: instant({ format: 'iso', zoneFrom: 'timezone' }) },
};

const timezoneField: Field = {
	displayName: 'Timezone',
	name: 'timezone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Australia/Sydney',
	description: 'Name of the time zone in which the person lives, from the IANA list',
	send: { write: timeZoneName },
};

/** A lead can be completed and never be opened again. */
const completedField: Field = {
	displayName: 'Completed',
	name: 'completed',
	type: 'boolean',
	default: true,
	description: 'Whether to complete the lead, so that it is no longer dialed; this cannot be undone',
	send: { name: 'isCompleted', write: onlyTrue },
	neverMapped: true,
};

function onlyTrue(value: unknown): true {
	if (value === true || value === 'true') return true;
	throw new InvalidValue('the switch to be on: a lead can be completed, but a completed lead can never be opened again');
}

/** What a new lead is made of: fields shown directly, and the rest. */
export const newLeadFields: Field[] = [
	campaignOfList,
	requiredList,
	customerKeyField,
	phoneField(1),
	defaultCountryCodeField,
	...leadDataFields,
];

export const furtherLeadFields: Field[] = [
	agentOfLead,
	nextAttemptField,
	phoneField(2),
	phoneField(3),
	statusCodeField,
	timezoneField,
];

/** What can be changed in a lead: fields shown directly, and the rest. */
export const changedLeadFields: Field[] = [defaultCountryCodeField, ...leadDataFields];

/** Fields whose value can be taken away, under the vendor's names. */
const clearableFields = [
	{ name: 'Agent', value: 'agentId' },
	{ name: 'Customer Key', value: 'customerKey' },
	{ name: 'Next Attempt', value: 'nextAttemptTimestamp' },
	{ name: 'Phone 1', value: 'phone1' },
	{ name: 'Phone 2', value: 'phone2' },
	{ name: 'Phone 3', value: 'phone3' },
	{ name: 'Status Code', value: 'statusCode' },
	{ name: 'Timezone', value: 'timezone' },
];

const writeCleared = listOf(oneOf(clearableFields.map(({ value }) => value)));

/** An empty value leaves a field as it is, so taking a value away needs a field of its own. */
const clearField: Field = {
	displayName: 'Fields to Clear',
	name: 'fieldsToClear',
	type: 'multiOptions',
	default: [],
	description: 'Fields of the lead to clear. A field left empty above stays as it is.',
	options: clearableFields,
	neverMapped: true,
	send: {
		spread: true,
		write: (value, context) => {
			const names = writeCleared(value, context) as string[] | undefined;
			const both = names?.find((name) => hasValue(context.values?.[fieldOf(name)]));
			if (both !== undefined) throw new InvalidValue(`fields without a new value; '${fieldOf(both)}' has one`);
			return names === undefined ? undefined : Object.fromEntries(names.map((name) => [name, null]));
		},
	},
	sample: [],
};

function fieldOf(vendorName: string): string {
	return vendorName === 'nextAttemptTimestamp' ? 'nextAttempt' : vendorName;
}

function hasValue(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

export const leadUpdateFields: Field[] = [
	agentOfLead,
	completedField,
	customerKeyField,
	clearField,
	listFilter,
	nextAttemptField,
	phoneField(1),
	phoneField(2),
	phoneField(3),
	statusCodeField,
	timezoneField,
];
