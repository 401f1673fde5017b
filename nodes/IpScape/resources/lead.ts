import type { IDataObject } from 'n8n-workflow';

import type { Field, Operation, Resource } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import { defaultCountryCodeField, pathId } from '../../shared/editor/fields';
import { integer, oneOf, phone } from '../../shared/input/values';
import { createManyLeads, largestLoad } from '../jobs/createManyLeads';
import { createOrUpdateLeads } from '../jobs/createOrUpdateLeads';
import { campaignFilter, listFilter, periodFilters, statusCodeField } from '../fields';
import { leadDataFields, otherColumns } from '../formats/leadData';
import {
	changedLeadFields,
	customerKeyField,
	furtherLeadFields,
	leadUpdateFields,
	newLeadFields,
} from '../formats/leadFields';

const reopening =
	'A lead can be completed, but a completed lead can never be opened again: ipSCAPE cannot reopen it, so create a new lead instead.';

const leadIdField = pathId('leadId', 'Lead', 3301);

/** At most ten keys of a lead. */
function simple(row: IDataObject): IDataObject {
	const [first] = (row.phones as IDataObject[] | undefined) ?? [];
	const { nextAttempt } = (row.timestamps ?? {}) as IDataObject;
	const { leadId, customerKey, campaignName, listId, timezone, completed, lastStatusDescription, dataFields } = row;
	return {
		leadId,
		customerKey,
		campaignName,
		listId,
		phone: first?.phone ?? null,
		timezone,
		completed,
		lastStatusDescription,
		nextAttempt: nextAttempt ?? null,
		dataFields,
	};
}

/** The vendor may answer an update with nothing: then the ID of the lead stands for it. */
export function updatedLead(body: unknown, values: FieldValues): IDataObject {
	const given = typeof body === 'object' && body !== null ? (body as IDataObject) : {};
	return Object.keys(given).length > 0 ? given : { leadId: Number(values.leadId), success: true };
}

/** What Create, Create Many and Create or Update have in common. */
const creating: Pick<Operation, 'retryClass' | 'mapAutomatically' | 'otherKeys'> = {
	retryClass: 'once',
	mapAutomatically: true,
	otherKeys: otherColumns,
};

const checkFields: Field[] = [
	{
		displayName: 'Check Result',
		name: 'checkResult',
		type: 'boolean',
		default: false,
		description:
			'Whether to read the list afterwards and return for every item whether its lead was accepted, with the ID of the lead. ipSCAPE itself answers only that it has queued the load.',
		send: { place: 'none' },
		sample: false,
	},
	{
		displayName: 'Wait (Seconds)',
		name: 'waitSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 20,
		description: 'When no further lead has appeared for this long, those still missing count as not accepted',
		displayOptions: { show: { checkResult: [true] } },
		send: { place: 'none', write: integer({ minimum: 1 }) },
	},
	{
		displayName: 'Skip Duplicates',
		name: 'skipDuplicates',
		type: 'options',
		default: 'no',
		description:
			'How to recognize people who are already in the list or in an earlier item of this run, so that they are left out. To update their leads instead, use Create or Update.',
		hint: 'Unless duplicates are skipped, each run loads the same people again',
		options: [
			{ name: 'By Customer Key', value: 'customerKey' },
			{ name: 'By Phone 1', value: 'phone1' },
			{ name: 'No', value: 'no' },
		],
		send: { place: 'none', write: oneOf(['customerKey', 'phone1', 'no']) },
		sample: 'no',
	},
	{
		displayName: 'Leads per Request',
		name: 'leadsPerRequest',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: largestLoad,
		description: 'Lower this if ipSCAPE refuses loads of this size; the vendor documents no limit',
		send: { place: 'none', write: integer({ minimum: 1 }) },
	},
];

const whenCompletedField: Field = {
	displayName: 'If Lead Is Completed',
	name: 'whenCompleted',
	type: 'options',
	default: 'update',
	description: 'What to do when the only leads with this customer key are completed and no longer dialed',
	options: [
		{ name: 'Create Another Lead', value: 'create' },
		{ name: 'Update It', value: 'update' },
	],
	send: { place: 'none' },
};

/** People to dial. */
export const lead: Resource = {
	value: 'lead',
	name: 'Lead',
	description: 'People to dial',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create lead',
			description: 'Add one lead to a list and return its ID; Create Many is faster for many leads',
			method: 'POST',
			path: '/v3.0/leads',
			source: 'seed-path',
			...creating,
			fields: newLeadFields,
			optional: { name: 'additionalFields', fields: furtherLeadFields },
		},
		{
			value: 'createMany',
			isWholeJob: true,
			name: 'Create Many',
			action: 'Create many leads',
			description: 'Add the leads of all input items in as few requests as possible',
			method: 'POST',
			path: '/v3.0/leads/bulk',
			source: 'inferred',
			...creating,
			run: createManyLeads,
			alsoCalls: ['GET /v3.0/leads'],
			fields: [...newLeadFields, ...checkFields],
			optional: { name: 'additionalFields', fields: furtherLeadFields },
		},
		{
			value: 'createOrUpdate',
			name: 'Create or Update',
			action: 'Create or update lead',
			description: 'Create a new lead, or update the current one if it already exists (upsert)',
			method: 'POST',
			path: '/v3.0/leads',
			source: 'seed-path',
			...creating,
			notice: `The lead is looked up in the list by its customer key. ${reopening}`,
			run: createOrUpdateLeads,
			sameRecord: ['listId', 'customerKey'],
			alsoCalls: ['GET /v3.0/leads', 'PUT /v3.0/leads/{leadId}'],
			fields: newLeadFields.map((field) => (field === customerKeyField ? { ...field, required: true } : field)),
			optional: { name: 'additionalFields', fields: [...furtherLeadFields, whenCompletedField] },
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get lead',
			description: 'Retrieve one lead',
			method: 'GET',
			path: '/v3.0/leads/{leadId}',
			source: 'seed-path',
			retryClass: 'read',
			simplify: simple,
			fields: [leadIdField],
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many leads',
			description: 'Retrieve leads by campaign, list, status, upload time, customer key or phone',
			method: 'GET',
			path: '/v3.0/leads',
			source: 'seed-path',
			retryClass: 'read',
			answer: { kind: 'many', path: 'items' },
			rowId: ({ leadId }) => (leadId === undefined ? undefined : String(leadId)),
			simplify: simple,
			optional: {
				name: 'filters',
				fields: [
					campaignFilter,
					{ ...customerKeyField, description: 'Your own ID of the person' },
					defaultCountryCodeField,
					...periodFilters('uploadedTimestamp', 'Uploaded', 'leads uploaded'),
					listFilter,
					{
						displayName: 'Phone 1',
						name: 'phone1',
						type: 'string',
						default: '',
						placeholder: 'e.g. +61491570156',
						description: 'First phone number of the lead, with country code, or without when a default country code is given',
						send: { write: phone() },
					},
					statusCodeField,
				],
			},
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update lead',
			description: 'Change the specified fields of a lead, or complete it; a completed lead cannot be opened again',
			method: 'PUT',
			path: '/v3.0/leads/{leadId}',
			source: 'inferred',
			retryClass: 'idempotent',
			mapAutomatically: true,
			otherKeys: otherColumns,
			notice: reopening,
			answer: { kind: 'one', read: updatedLead },
			fields: [leadIdField, ...changedLeadFields],
			atLeastOne: [...leadUpdateFields, ...leadDataFields].map(({ name }) => name),
			optional: { name: 'updateFields', fields: leadUpdateFields },
		},
	],
};
