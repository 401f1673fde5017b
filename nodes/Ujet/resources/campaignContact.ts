import type { Field, Operation, Resource } from '../../shared/definition/operation';
import type { FieldValues } from '../../shared/definition/request';
import { defaultCountryCodeField, inputFile, pathId } from '../../shared/editor/fields';
import { notOwnNumber, numericIdentifier, text } from '../../shared/input/values';
import { createManyContacts, importContactFile } from '../jobs/contactImport';
import { appsApi, campaignInPath, campaignsPath, emailField, formerCampaignsPath, phoneField, sorting, textField, waitLimit } from '../fields';

const contacts = `${appsApi}/outbound_dialer/campaigns/{campaignId}/contacts`;
const contact = `${appsApi}/outbound_dialer/campaigns/{campaignId}/contact`;

const simpleContact = [
	'id',
	'campaign_id',
	'name',
	'unique_id',
	'status',
	'priority',
	'outbound_number',
	'assigned_call_id',
	'created_at',
	'updated_at',
];

const phoneNumber = phoneField('phoneNumber', 'Phone Number', 'phone_number');
const externalId = textField('externalUniqueId', 'External ID', 'external_unique_id', {
	placeholder: 'e.g. UID_000481',
	description: 'Your own identifier of the contact',
});
const name = textField('name', 'Contact Name', 'name');

const newContact: Field[] = [
	defaultCountryCodeField,
	emailField,
	externalId,
	name,
	phoneField('outboundNumber', 'Outbound Number', 'outbound_number', {
		placeholder: 'e.g. +16285550117',
		description: 'The number that this contact sees',
	}),
];

/** How one contact is found; the vendor takes it in the body. */
const findBy: Field[] = [
	{
		displayName: 'Find By',
		name: 'findBy',
		type: 'options',
		default: 'contactId',
		options: [
			{ name: 'Contact ID', value: 'contactId', description: 'The safest way' },
			{ name: 'External ID', value: 'externalId', description: 'Your own identifier; not confirmed by UJET' },
			{ name: 'Phone Number', value: 'phoneNumber', description: 'Not confirmed by UJET' },
		],
		send: { place: 'none' },
	},
	{
		displayName: 'Contact ID',
		name: 'contactId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 16312',
		displayOptions: { show: { findBy: ['contactId'] } },
		send: { place: 'body', name: 'contact_id', write: numericIdentifier },
	},
	{
		...externalId,
		name: 'findExternalId',
		required: true,
		displayOptions: { show: { findBy: ['externalId'] } },
		send: { place: 'body', name: 'external_unique_id', write: text() },
	},
	{
		...phoneNumber,
		name: 'findPhoneNumber',
		required: true,
		displayOptions: { show: { findBy: ['phoneNumber'] } },
		send: { ...phoneNumber.send, place: 'body' },
	},
];

/** A contact would be called from its own number. */
const refuseOwnNumber = notOwnNumber('phoneNumber', 'outboundNumber');

/** A value cannot find the contact and change it at once. */
function checkSelector(values: FieldValues): { field: string; expected: string } | undefined {
	const expected = 'another field: what the contact is found by cannot be changed; find it by contact ID instead';
	if (values.findBy === 'phoneNumber' && values.phoneNumber !== undefined) return { field: 'phoneNumber', expected };
	if (values.findBy === 'externalId' && values.externalUniqueId !== undefined) {
		return { field: 'externalUniqueId', expected };
	}
	return undefined;
}

const getImportJob: Operation = {
	value: 'getImportJob',
	name: 'Get Import Job',
	action: 'Get campaign contact import job',
	description: 'Retrieve the progress of an import of contacts',
	method: 'GET',
	path: `${contacts}/jobs/{jobId}`,
	retryClass: 'read',
	source: 'inferred',
	fields: [campaignInPath, pathId('jobId', 'Job', 48210)],
};

/** Contacts of outbound campaigns. */
export const campaignContact: Resource = {
	value: 'campaignContact',
	name: 'Campaign Contact',
	operations: [
		{
			value: 'createMany',
			isWholeJob: true,
			name: 'Create Many',
			action: 'Create many campaign contacts',
			description:
				'Add all input items to a campaign as one file, wait for the import to finish and return the outcome of every item; each run adds them again',
			method: 'POST',
			path: `${contacts}/import`,
			retryClass: 'once',
			source: 'inferred',
			mapAutomatically: true,
			check: refuseOwnNumber,
			run: createManyContacts(getImportJob),
			alsoCalls: [`GET ${contacts}/jobs/{jobId}`],
			fields: [campaignInPath, { ...phoneNumber, required: true }, waitLimit],
			optional: { name: 'additionalFields', fields: newContact },
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create campaign contact',
			description: 'Add one contact to a campaign; for many at once, Create Many is faster',
			method: 'POST',
			path: contacts,
			retryClass: 'once',
			mapAutomatically: true,
			check: refuseOwnNumber,
			simplify: simpleContact,
			fields: [campaignInPath, { ...phoneNumber, required: true }],
			optional: { name: 'additionalFields', fields: newContact },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete campaign contact',
			description: 'Remove one contact from a campaign',
			method: 'DELETE',
			path: contact,
			retryClass: 'idempotent',
			source: 'inferred',
			answer: { kind: 'deleted' },
			fields: [campaignInPath, ...findBy],
		},
		getImportJob,
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many campaign contacts',
			description: 'Retrieve the contacts of a campaign with the status of each',
			method: 'GET',
			path: contacts,
			retryClass: 'read',
			source: 'public-doc',
			answer: { kind: 'many' },
			paging: 'none',
			simplify: simpleContact,
			fields: [campaignInPath],
		},
		{
			value: 'getManyImportJobs',
			name: 'Get Many Import Jobs',
			action: 'Get many campaign contact import jobs',
			description: 'Retrieve the imports of contacts into a campaign',
			method: 'GET',
			path: `${contacts}/jobs`,
			retryClass: 'read',
			source: 'inferred',
			answer: { kind: 'many' },
			paging: 'none',
			fields: [campaignInPath],
		},
		{
			value: 'importFile',
			name: 'Import File',
			action: 'Import file of campaign contacts',
			description: 'Add the contacts of a JSON file to a campaign and wait for the import to finish',
			method: 'POST',
			path: `${contacts}/import`,
			retryClass: 'once',
			source: 'inferred',
			bodyFormat: 'multipart',
			run: importContactFile(getImportJob),
			alsoCalls: [`GET ${contacts}/jobs/{jobId}`],
			fields: [
				campaignInPath,
				inputFile('a JSON list of contacts'),
				waitLimit,
			],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update campaign contact',
			description: 'Change the specified fields of one contact',
			method: 'PATCH',
			path: contact,
			retryClass: 'idempotent',
			source: 'inferred',
			simplify: simpleContact,
			check: checkSelector,
			fields: [campaignInPath, ...findBy],
			atLeastOne: 'optional',
			optional: { name: 'updateFields', fields: [emailField, externalId, name, phoneNumber] },
		},
		{
			value: 'getManyByPage',
			name: 'Get Many by Page (Deprecated)',
			action: 'Get many campaign contacts by page (deprecated)',
			deprecated: { by: 'node', instead: 'Get Many, whose address UJET publishes' },
			description: 'Retrieve the contacts of a campaign page by page from the Manager API, in the order you choose',
			method: 'GET',
			path: `${campaignsPath}/{campaignId}/contacts`,
			secondPath: `${formerCampaignsPath}/{campaignId}/contacts`,
			retryClass: 'read',
			source: 'inferred',
			answer: { kind: 'many' },
			simplify: simpleContact,
			fields: [campaignInPath],
			optional: {
				name: 'filters',
				fields: sorting([
					{ name: 'Created', value: 'created_at' },
					{ name: 'ID', value: 'id' },
					{ name: 'Status', value: 'status' },
					{ name: 'Updated', value: 'updated_at' },
				]),
			},
		},
	],
};
