import type { INodeProperties } from 'n8n-workflow';

import type { Field, Operation, Resource } from '../definition/operation';
import { limitName, outputFieldName, partialListName, returnAllName, secretsName, simplifyName, switchLabels } from '../definition/parameterNames';
import type { Vendor } from '../definition/vendor';
import { vendorFor } from '../http/api';
import { allFields, autoMap, dataModeName, isMapped } from '../input/fieldValues';
import { readerOf } from '../output/answers';
import { toProperty } from './fieldProperty';
import type { PlacedProperty } from './mergeProperties';

type Conditioned = Pick<PlacedProperty, 'property' | 'conditions'>;

const collectionTexts = {
	filters: { displayName: 'Filters', placeholder: 'Add Filter' },
	updateFields: { displayName: 'Update Fields', placeholder: 'Add Field' },
	additionalFields: { displayName: 'Additional Fields', placeholder: 'Add Field' },
	options: { displayName: 'Options', placeholder: 'Add Option' },
} as const;

/** Parameters that stand in this order behind the others of their group, whichever operation had them first. */
const lastNames: string[] = [returnAllName, limitName, simplifyName, outputFieldName, 'options'];

const mappingModeProperty: Conditioned = {
	property: {
		displayName: 'Mapping Mode',
		name: dataModeName,
		type: 'options',
		noDataExpression: true,
		default: 'defineBelow',
		options: [
			{
				name: 'Map Each Field',
				value: 'defineBelow',
				description: 'Set the value of each field below',
			},
			{
				name: 'Map Automatically',
				value: autoMap,
				description: 'Use the keys of the input item that are named like the fields; the fastest way for many items',
			},
		],
	},
	conditions: {},
};

const listProperties: Conditioned[] = [
	{
		property: {
			displayName: switchLabels[returnAllName],
			name: returnAllName,
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		conditions: {},
	},
	{
		property: {
			displayName: 'Limit',
			name: limitName,
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
		},
		conditions: { [returnAllName]: [false] },
	},
];

const simplify: Conditioned['property'] = {
	displayName: switchLabels[simplifyName],
	name: simplifyName,
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const outputFileProperty: Conditioned = {
	property: {
		displayName: 'Put Output File in Field',
		name: outputFieldName,
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the output binary field to put the file in',
	},
	conditions: {},
};

/** The parameters of one operation, in the order of the panel. */
export function propertiesOf(vendor: Vendor, resource: Resource, operation: Operation): PlacedProperty[] {
	const groups: Conditioned[][] = [
		noticeProperties(operation),
		operation.mapAutomatically ? [mappingModeProperty, mappedFieldsNotice(operation)] : [],
		(operation.fields ?? []).map((field) => ({ property: toProperty(field), conditions: conditionsOf(operation, field) })),
		resultProperties(operation),
		collectionProperties(vendor, operation),
	];
	return groups.flatMap((group, rank) =>
		group.map((entry) => ({
			...entry,
			rank: rank * lastNames.length + lastNames.indexOf(entry.property.name),
			resource: resource.value,
			operation: operation.value,
		})),
	);
}

function noticeProperties(operation: Operation): Conditioned[] {
	if (operation.notice === undefined) return [];
	const property = { displayName: operation.notice, name: `${operation.value}Notice`, type: 'notice' as const, default: '' };
	return [{ property, conditions: {} }];
}

/** The fields that Map Automatically fills are hidden, so their names have to stand somewhere. */
function mappedFieldsNotice(operation: Operation): Conditioned {
	const names = allFields(operation).filter((field) => isMapped(operation, field)).map(({ displayName }) => displayName);
	const displayName = `Keys of the input item that are named like these fields are sent: ${names.join(', ')}. Case, spaces and punctuation of a key do not matter; other keys are left out.`;
	return { property: { displayName, name: 'autoMapNotice', type: 'notice', default: '' }, conditions: { [dataModeName]: [autoMap] } };
}

function resultProperties(operation: Operation): Conditioned[] {
	const { kind } = readerOf(operation);
	return [
		...(kind === 'many' ? listProperties : []),
		...(operation.simplify === undefined ? [] : [{ property: simplify, conditions: versionCondition(operation.simplifyVersions) }]),
		...(kind === 'binary' ? [outputFileProperty] : []),
	];
}

/** Shows a parameter only in some versions of the node. */
function versionCondition(versions: Operation['simplifyVersions']): Conditioned['conditions'] {
	const { from, until } = versions ?? {};
	const bounds = [
		...(from === undefined ? [] : [{ _cnd: { gte: from } }]),
		...(until === undefined ? [] : [{ _cnd: { lte: until } }]),
	];
	return bounds.length === 0 ? {} : { '@version': bounds };
}

function collectionProperties(vendor: Vendor, operation: Operation): Conditioned[] {
	const collections = new Map<keyof typeof collectionTexts, Field[]>();
	if (operation.optional !== undefined) collections.set(operation.optional.name, operation.optional.fields);
	const addOption = (field: Field) => collections.set('options', [...(collections.get('options') ?? []), field]);
	if (operation.givesSecrets === true && vendor.secretKeys.length > 0) addOption(secretsField(vendor));
	if (mayStopEarly(vendor, operation)) addOption(partialListField);
	return [...collections].flatMap(([name, fields]) => collectionVariants(operation, name, fields));
}

/** With Map Automatically only the fields that do not come from the item are left to set. */
function collectionVariants(operation: Operation, name: keyof typeof collectionTexts, fields: Field[]): Conditioned[] {
	const free = fields.filter((field) => !isMapped(operation, field));
	if (free.length === fields.length) return [collection(name, fields, {})];
	const byHand = collection(name, fields, { [dataModeName]: ['defineBelow'] });
	return free.length === 0 ? [byHand] : [byHand, collection(name, free, { [dataModeName]: [autoMap] })];
}

function collection(
	name: keyof typeof collectionTexts,
	fields: Field[],
	conditions: Record<string, unknown[]>,
): Conditioned {
	const options = sortFields(fields).map(toProperty) as INodeProperties[];
	return { property: { ...collectionTexts[name], name, type: 'collection', default: {}, options }, conditions };
}

/** True for lists whose next page the vendor names: it may expire or lead back. */
function mayStopEarly(vendor: Vendor, operation: Operation): boolean {
	const paging = operation.paging ?? vendorFor(vendor, operation.path).paging;
	if (readerOf(operation).kind !== 'many' || paging === 'none') return false;
	return paging.kind === 'cursor' || paging.kind === 'numbered';
}

const partialListField: Field = {
	displayName: switchLabels[partialListName],
	name: partialListName,
	type: 'boolean',
	default: false,
	description:
		'Whether to return the records read so far, with a hint, when the list cannot be read to its end',
	send: { place: 'none' },
};

function secretsField(vendor: Vendor): Field {
	return {
		displayName: switchLabels[secretsName],
		name: secretsName,
		type: 'boolean',
		default: false,
		description: `Whether to keep ${new Intl.ListFormat('en').format(vendor.secretKeys)} in the output; anyone who reads them can sign in`,
		send: { place: 'none' },
	};
}

function sortFields(fields: Field[]): Field[] {
	return [...fields].sort((first, second) => first.displayName.localeCompare(second.displayName, 'en'));
}

function conditionsOf(operation: Operation, field: Field): Record<string, unknown[]> {
	const own = (field.displayOptions?.show ?? {}) as Record<string, unknown[]>;
	return isMapped(operation, field) ? { [dataModeName]: ['defineBelow'], ...own } : own;
}
