import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Deprecation, Operation, Resource } from '../definition/operation';
import type { Vendor } from '../definition/vendor';
import { apiRequestResource } from '../run/apiRequestResource';
import { describeResource, operationApi, withNote } from './apiNote';
import { mergeEqual } from './mergeProperties';
import { propertiesOf } from './operationProperties';

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
	const description = describeOperation(operation);
	const api = operationApi(vendor, resource, operation);
	return { name, value, action, description: api === undefined ? description : withNote(description, api) };
}

/** The description of an operation with what the user must know of it: out of date, not confirmed. */
export function describeOperation(operation: Operation): string {
	const notes = [
		operation.deprecated === undefined ? undefined : deprecationNote(operation.deprecated),
		operation.source === 'inferred' ? 'path not confirmed, can be overridden in the credential' : undefined,
	].filter((note) => note !== undefined);
	return notes.length === 0 ? operation.description : `${operation.description} (${notes.join('; ')})`;
}

function deprecationNote({ by, instead }: Deprecation): string {
	return by === 'vendor' ? `deprecated by the vendor, which names ${instead} instead` : `deprecated in this node: use ${instead} instead`;
}
