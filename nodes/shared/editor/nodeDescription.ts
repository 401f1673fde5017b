import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { readerOf } from '../output/answers';
import { vendorFor } from '../http/api';
import { apiRequestResource } from '../run/apiRequestResource';
import type { Deprecation, Field, Operation, Resource } from '../definition/operation';
import type { Vendor } from '../definition/vendor';
import { groupBy } from '../data/groupBy';
import { describeResource, operationApi, withNote } from './apiNote';
import { autoMap, dataModeName, isMapped } from '../input/fieldValues';
import { limitName, outputFieldName, partialListName, returnAllName, secretsName, simplifyName } from '../definition/parameterNames';

/** A property of one operation before equal ones are merged. */
interface PlacedProperty {
	property: Omit<INodeProperties, 'displayOptions'>;
	/** Conditions beside resource and operation. */
	conditions: Record<string, unknown[]>;
	resource: string;
	operation: string;
	/** Place in the panel: what is chosen first stands first, whatever is merged. */
	rank: number;
}

const collectionTexts = {
	filters: { displayName: 'Filters', placeholder: 'Add Filter' },
	updateFields: { displayName: 'Update Fields', placeholder: 'Add Field' },
	additionalFields: { displayName: 'Additional Fields', placeholder: 'Add Field' },
	options: { displayName: 'Options', placeholder: 'Add Option' },
} as const;

/** Parameters that stand in this order behind the others of their group, whichever operation had them first. */
const lastNames: string[] = [returnAllName, limitName, simplifyName, outputFieldName, 'options'];

/**
 * The parameters of a vendor's node, derived from its definitions.
 * Equal parameters of several operations are written once, which keeps the description small for the editor.
 */
export function nodeProperties(vendor: Vendor): INodeProperties[] {
	const resources = [...vendor.resources, apiRequestResource(vendor)];
	const placed = resources.flatMap((resource) =>
		resource.operations.flatMap((operation) => propertiesOf(vendor, resource, operation)),
	);
	return [
		resourceProperty(vendor, resources),
		...resources.map((resource) => operationProperty(vendor, resource)),
		...mergeEqual(placed),
	];
}

/** Options in alphabetical order, as n8n's rules want them. */
function byName<T extends { name: string }>(options: T[]): T[] {
	return [...options].sort((first, second) => first.name.localeCompare(second.name, 'en'));
}

/** Operations by name as well, but the one that does the whole job stands first and what is out of date last. */
function inListOrder(operations: Operation[]): Operation[] {
	const rank = ({ deprecated, isWholeJob }: Operation) => (deprecated === undefined ? Number(isWholeJob !== true) : 2);
	return byName(operations).sort((first, second) => rank(first) - rank(second));
}

/** A dropdown that decides which fields are shown; it can hold no expression. */
export function selector(displayName: string, name: string, options: INodePropertyOptions[], first: string): INodeProperties {
	return { displayName, name, type: 'options', noDataExpression: true, options: byName(options), default: first };
}

function resourceProperty(vendor: Vendor, resources: Resource[]): INodeProperties {
	const options = resources.map((resource) => {
		const description = describeResource(vendor, resource);
		return { name: resource.name, value: resource.value, ...(description ? { description } : {}) };
	});
	return selector('Resource', 'resource', options, resources[0].value);
}

function operationProperty(vendor: Vendor, resource: Resource): INodeProperties {
	const first = resource.operations.find(({ value }) => value === 'getMany') ?? resource.operations[0];
	const options = inListOrder(resource.operations).map((operation) => operationOption(vendor, resource, operation));
	const property = selector('Operation', 'operation', options, first.value);
	return { ...property, options, displayOptions: { show: { resource: [resource.value] } } };
}

function operationOption(vendor: Vendor, resource: Resource, operation: Operation): INodePropertyOptions {
	const { name, value, action } = operation;
	const description = describe(operation);
	const api = operationApi(vendor, resource, operation);
	return { name, value, action, description: api === undefined ? description : withNote(description, api) };
}

/** The description of an operation with what the user must know of it: out of date, not confirmed. */
export function describe(operation: Operation): string {
	const notes = [
		operation.deprecated === undefined ? undefined : deprecationNote(operation.deprecated),
		operation.source === 'inferred' ? 'path not confirmed, can be overridden in the credential' : undefined,
	].filter((note) => note !== undefined);
	return notes.length === 0 ? operation.description : `${operation.description} (${notes.join('; ')})`;
}

function deprecationNote({ by, instead }: Deprecation): string {
	return by === 'vendor' ? `deprecated by the vendor, which names ${instead} instead` : `deprecated in this node: use ${instead} instead`;
}

function propertiesOf(vendor: Vendor, resource: Resource, operation: Operation): PlacedProperty[] {
	const groups: Conditioned[][] = [
		noticeProperties(operation),
		operation.mapAutomatically ? mappingProperties() : [],
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

type Conditioned = Pick<PlacedProperty, 'property' | 'conditions'>;

function noticeProperties(operation: Operation): Conditioned[] {
	if (operation.notice === undefined) return [];
	const property = { displayName: operation.notice, name: `${operation.value}Notice`, type: 'notice' as const, default: '' };
	return [{ property, conditions: {} }];
}

function mappingProperties(): Conditioned[] {
	return [
		{
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
		},
		{
			property: {
				displayName:
					'Keys of the input item that are named like the fields of this operation are sent; other keys are left out. Case, spaces and punctuation of a key do not matter.',
				name: 'autoMapNotice',
				type: 'notice',
				default: '',
			},
			conditions: { [dataModeName]: [autoMap] },
		},
	];
}

function resultProperties(operation: Operation): Conditioned[] {
	const properties: Conditioned[] = [];
	const { kind } = readerOf(operation);
	if (kind === 'many') {
		properties.push(
			{
				property: {
					displayName: 'Return All',
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
		);
	}
	if (operation.simplify !== undefined) {
		properties.push({
			property: {
				displayName: 'Simplify',
				name: simplifyName,
				type: 'boolean',
				default: true,
				description: 'Whether to return a simplified version of the response instead of the raw data',
			},
			conditions: versionCondition(operation.simplifyVersions),
		});
	}
	if (kind === 'binary') {
		properties.push({
			property: {
				displayName: 'Put Output File in Field',
				name: outputFieldName,
				type: 'string',
				default: 'data',
				required: true,
				hint: 'The name of the output binary field to put the file in',
			},
			conditions: {},
		});
	}
	return properties;
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
	displayName: 'Keep Partial List',
	name: partialListName,
	type: 'boolean',
	default: false,
	description:
		'Whether to return the records read so far, with a hint, when the list cannot be read to its end',
	send: { place: 'none' },
};

function secretsField(vendor: Vendor): Field {
	return {
		displayName: 'Include Login Secrets',
		name: secretsName,
		type: 'boolean',
		default: false,
		description: `Whether to keep ${new Intl.ListFormat('en').format(vendor.secretKeys)} in the output, which let anyone who reads it sign in`,
		send: { place: 'none' },
	};
}

function sortFields(fields: Field[]): Field[] {
	return [...fields].sort((first, second) => first.displayName.localeCompare(second.displayName, 'en'));
}

/** The n8n parameter of a field, without what only the engine reads. */
export function toProperty(field: Field): INodeProperties {
	const { send: _send, sample: _sample, neverMapped: _neverMapped, otherValues: _otherValues, displayOptions: _displayOptions, ...property } = field;
	return { default: '', ...property } as INodeProperties;
}

function conditionsOf(operation: Operation, field: Field): Record<string, unknown[]> {
	const own = (field.displayOptions?.show ?? {}) as Record<string, unknown[]>;
	return isMapped(operation, field) ? { [dataModeName]: ['defineBelow'], ...own } : own;
}

/** Properties of a resource's operations that differ in nothing. */
interface MergedProperty extends PlacedProperty {
	operations: string[];
	members: PlacedProperty[];
}

/**
 * Orders merged properties so that each operation shows its own in the order of its table, whichever operation had them first.
 * Where two operations want opposite orders, the one that comes first in the vendor's tables wins.
 * @param groups properties that are written once, each with what it was merged from
 */
function inTableOrder(groups: MergedProperty[][], placed: PlacedProperty[]): MergedProperty[][] {
	const groupOf = new Map(groups.flatMap((group) => group.flatMap(({ members }) => members.map((member) => [member, group] as const))));
	const before = new Map(groups.map((group) => [group, new Set<MergedProperty[]>()]));
	for (const own of groupBy(placed, ({ resource, operation }) => `${resource} ${operation}`).values()) {
		const shown = [...own].sort((first, second) => first.rank - second.rank).map((entry) => groupOf.get(entry)!);
		shown.slice(1).forEach((group, index) => before.get(group)?.add(shown[index]));
	}
	const left = new Set(groups);
	const ordered: MergedProperty[][] = [];
	while (left.size > 0) {
		const isFree = (group: MergedProperty[]) => [...before.get(group)!].every((earlier) => !left.has(earlier));
		const next = [...left].find(isFree) ?? [...left][0];
		left.delete(next);
		ordered.push(next);
	}
	return ordered;
}

/** Writes properties that differ only in resource and operation once, as far as n8n's display conditions can say it. */
function mergeEqual(placed: PlacedProperty[]): INodeProperties[] {
	const byResource = groupBy(placed, (entry) => JSON.stringify([entry.property, entry.conditions, entry.resource]));
	const merged = [...byResource.values()].map((entries): MergedProperty => ({
		...entries[0],
		members: entries,
		operations: entries.map(({ operation }) => operation),
	}));
	const byOperations = groupBy(merged, (entry) =>
		JSON.stringify([entry.property, entry.conditions, [...entry.operations].sort()]),
	);
	const ordered = inTableOrder([...byOperations.values()].sort(([first], [second]) => first.rank - second.rank), placed);
	return ordered.map((entries) => {
		const [{ property, conditions, operations }] = entries;
		const show = { resource: entries.map(({ resource }) => resource), operation: operations, ...conditions };
		return { ...property, displayOptions: { show } as IDisplayOptions };
	});
}

/** A field as a trigger shows it. Triggers find no records by name: once a record is renamed, they would watch another or none. */
export function toTriggerProperty(field: Field): INodeProperties {
	const property = toProperty(field);
	const { modes } = property;
	return modes === undefined ? property : { ...property, modes: modes.filter(({ name }) => name !== 'name') };
}
