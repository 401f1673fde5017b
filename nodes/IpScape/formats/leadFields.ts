import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v3';

import type { Field } from '../../shared/definition/operation';
import { defaultCountryCodeField, locator } from '../../shared/editor/fields';
import { InvalidValue } from '../../shared/definition/valueWriter';
import { instant, json, numericIdentifier, phone, text, timeZoneName } from '../../shared/input/values';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { listFilter, outboundCampaignFilter, statusCodeField } from '../fields';

/** Keys of an item that are fields of a lead and therefore no lead data, without case and punctuation. */
const leadKeys = new Set([
	'agent',
	'agentid',
	'campaign',
	'campaignid',
	'completed',
	'customerkey',
	'defaultcountrycode',
	'iscompleted',
	'leaddata',
	'leadid',
	'list',
	'listid',
	'nextattempt',
	'nextattempttimestamp',
	'phone1',
	'phone2',
	'phone3',
	'statuscode',
	'timezone',
]);

/** Gives the keys of the item that are no fields of a lead, where the user chose so. */
const leadDataOfItem: ValueWriter = (value, { item = {} }) => {
	if (value !== 'item') return undefined;
	const rest = Object.entries(item).filter(([key, entry]) => entry !== undefined && !leadKeys.has(plain(key)));
	const given = item.leadData;
	const data = { ...Object.fromEntries(rest), ...(isRecord(given) ? given : {}) };
	return Object.keys(data).length === 0 ? undefined : data;
};

const leadDataOfRows: ValueWriter = (value) => {
	const { pair = [] } = (value ?? {}) as { pair?: Array<{ key?: unknown; value?: unknown }> };
	if (pair.length === 0) return undefined;
	const rows = pair.map(({ key, value: entry }): [string, unknown] => [String(key ?? '').trim(), entry ?? null]);
	if (rows.some(([key]) => key === '')) throw new InvalidValue('a key in every row');
	return Object.fromEntries(rows);
};

function plain(key: string): string {
	return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
	description: "Only narrows the choice of 'List'; it is not sent",
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

/** Fields of the tenant's own, in three ways. */
export const leadDataFields: Field[] = [
	{
		displayName: 'Lead Data',
		name: 'leadDataInput',
		type: 'options',
		default: 'none',
		description: "How the campaign's own fields of the lead are given",
		options: [
			{
				name: 'From Item Keys',
				value: 'item',
				description: 'All keys of the input item that are no fields of a lead',
			},
			{ name: 'JSON', value: 'json' },
			{ name: 'Key and Value Rows', value: 'rows' },
			{ name: 'None', value: 'none' },
		],
		send: { name: 'leadData', write: leadDataOfItem },
		neverMapped: true,
		sample: 'json',
	},
	{
		displayName: 'Lead Data (JSON)',
		name: 'leadDataJson',
		type: 'json',
		default: '{}',
		displayOptions: { show: { leadDataInput: ['json'] } },
		description: 'An object with one key for each field',
		send: { name: 'leadData', write: json(z.record(z.unknown())) },
		neverMapped: true,
		sample: '{"firstName": "Lee", "age": 41}',
	},
	{
		displayName: 'Lead Data Rows',
		name: 'leadDataRows',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Row',
		default: {},
		displayOptions: { show: { leadDataInput: ['rows'] } },
		options: [
			{
				displayName: 'Row',
				name: 'pair',
				values: [
					{ displayName: 'Key', name: 'key', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
		send: { name: 'leadData', write: leadDataOfRows },
		neverMapped: true,
	},
];

const agentOfLead: Field = locator({
	displayName: 'Agent',
	name: 'agentId',
	list: 'agent',
	placeholder: 'e.g. 1010',
	description: 'Agent whom the lead belongs to',
	send: { write: numericIdentifier },
});

const nextAttemptField: Field = {
	displayName: 'Next Attempt',
	name: 'nextAttempt',
	type: 'dateTime',
	default: '',
	description:
		"When to dial. A time without zone counts in the lead's 'Timezone' where that is given, else in the zone of the workflow.",
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
	description: 'Whether to complete the lead, so that it is not dialled any more; this can not be undone',
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

export const leadUpdateFields: Field[] = [
	agentOfLead,
	completedField,
	customerKeyField,
	listFilter,
	nextAttemptField,
	phoneField(1),
	phoneField(2),
	phoneField(3),
	statusCodeField,
	timezoneField,
];
