import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v3';

import { normaliseKey } from '../../shared/data/names';
import type { Field, Operation } from '../../shared/definition/operation';
import { InvalidValue } from '../../shared/definition/valueWriter';
import type { ValueWriter } from '../../shared/definition/valueWriter';
import { isHostKey, json } from '../../shared/input/values';

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
	const rest = Object.entries(item).filter(
		([key, entry]) => entry !== undefined && !leadKeys.has(normaliseKey(key)) && !isHostKey(key),
	);
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

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What Map Automatically does with keys that are no fields of a lead. */
export const otherColumns: Operation['otherKeys'] = {
	areSent: ({ leadDataInput }) => leadDataInput === 'item',
	howToSend: "To send them as well, set 'Lead Data' to 'From Item Keys'.",
};

/** Fields of the tenant's own, in three ways. */
export const leadDataFields: Field[] = [
	{
		displayName: 'Lead Data',
		name: 'leadDataInput',
		type: 'options',
		default: 'none',
		description: "Where the lead's campaign-specific fields, such as first and last name, come from",
		options: [
			{
				name: 'From Item Keys',
				value: 'item',
				description: 'All other columns of the row: every key of the input item that is not a field of the lead',
			},
			{ name: 'JSON', value: 'json', description: 'One object with a key for each field' },
			{ name: 'Key and Value Rows', value: 'rows', description: 'One row for each field' },
			{ name: 'None', value: 'none', description: 'Only the fields of this operation' },
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
