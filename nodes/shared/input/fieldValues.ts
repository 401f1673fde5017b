import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { normaliseKey } from '../data/names';
import type { Field, FieldTarget, Operation } from '../definition/operation';
import type { FieldValues } from '../definition/request';
import { readChoice } from './choices';
import { addedFilters, checkAddedFilter, checkShownFilter } from './emptyFilter';
import type { ParameterReader } from './parameters';

/** Value of the parameter that chooses how input data becomes fields. */
export const autoMap = 'autoMapInputData';

/** Name of that parameter, as n8n's own nodes call it. */
export const dataModeName = 'dataMode';

/** All fields of an operation, shown directly or inside its collection. */
export function allFields(operation: Pick<Operation, 'fields' | 'optional'>): Field[] {
	return [...(operation.fields ?? []), ...(operation.optional?.fields ?? [])];
}

/** Where a field goes: as it says, else the query for GET and DELETE and the body for the other methods. */
export function targetOf(operation: Pick<Operation, 'method'>, field: Field): Required<Pick<FieldTarget, 'place' | 'name'>> {
	const place = operation.method === 'GET' || operation.method === 'DELETE' ? 'query' : 'body';
	return { place: field.send?.place ?? place, name: field.send?.name ?? field.name };
}

/** The fields of which at least one must be given. */
export function alternativesOf(operation: Pick<Operation, 'atLeastOne' | 'fields' | 'optional'>): Field[] {
	if (operation.atLeastOne === undefined) return [];
	if (operation.atLeastOne === 'optional') {
		return (operation.optional?.fields ?? []).filter(({ send }) => send?.place !== 'none');
	}
	const fields = allFields(operation);
	return operation.atLeastOne.flatMap((name) => fields.filter((field) => field.name === name));
}

/** True for a field that Map Automatically takes from the input item. */
export function isMapped(operation: Operation, field: Field): boolean {
	if (operation.mapAutomatically !== true || field.neverMapped === true) return false;
	return field.type !== 'notice' && targetOf(operation, field).place === 'body';
}

/**
 * Reads what the user gave for one item: parameters, or keys of the item for mapped fields.
 * @returns values by field name; fields without value are absent
 * @throws InvalidField for a dropdown value that is none of its choices, and for a filter without value
 */
export function readValues(
	operation: Operation,
	reader: ParameterReader,
	item: INodeExecutionData,
	itemIndex: number,
): FieldValues {
	const mapped = operation.mapAutomatically === true && reader.read(dataModeName, itemIndex) === autoMap;
	const values: FieldValues = {};
	const put = (field: Field, given: unknown, explicit: boolean) => {
		const value = readChoice(field, reader.withRecord(field, itemIndex, given));
		if (hasValue(value) || (explicit && value === '')) values[field.name] = value;
	};
	for (const field of operation.fields ?? []) {
		if (mapped && isMapped(operation, field)) put(field, fromItem(operation, field, item.json), false);
		else if (isShown(field, values)) {
			const given = reader.read(field.name, itemIndex);
			checkShownFilter(operation, field, reader, given);
			put(field, given, false);
		}
	}
	const added = addedFilters(operation, reader, itemIndex);
	for (const field of operation.optional?.fields ?? []) {
		if (mapped && isMapped(operation, field)) put(field, fromItem(operation, field, item.json), false);
		else {
			const given = reader.readInside(operation.optional!.name, field.name, itemIndex);
			if (added.includes(field.name)) checkAddedFilter(field, given);
			put(field, given, true);
		}
	}
	return values;
}

/** True when the field's own conditions hold for the values read so far. */
export function isShown(field: Pick<Field, 'displayOptions'>, values: FieldValues): boolean {
	return Object.entries(field.displayOptions?.show ?? {}).every(([name, allowed]) =>
		(allowed as unknown[]).includes(values[name] as never),
	);
}

function hasValue(value: unknown): boolean {
	if (value === undefined || value === null || value === '') return false;
	return !(Array.isArray(value) && value.length === 0);
}

function fromItem(operation: Operation, field: Field, json: IDataObject): unknown {
	const vendorName = targetOf(operation, field).name;
	if (Object.hasOwn(json, field.name)) return json[field.name];
	if (Object.hasOwn(json, vendorName)) return json[vendorName];
	const wanted = [normaliseKey(field.name), normaliseKey(vendorName), normaliseKey(field.displayName)];
	const key = Object.keys(json).find((candidate) => wanted.includes(normaliseKey(candidate)));
	return key === undefined ? undefined : json[key];
}
