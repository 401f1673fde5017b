import type { IDataObject } from 'n8n-workflow';

import { normaliseKey } from '../data/names';
import type { Operation } from '../definition/operation';
import type { FieldValues } from '../definition/request';
import { allFields, autoMap, dataModeName, targetOf } from './fieldValues';
import type { ParameterReader } from './parameters';
import { isHostKey } from './values/hostKeys';

/** More keys than this are only counted. */
const maximumNamed = 8;

/**
 * What to tell the user of the keys of an item that Map Automatically does not send because no field has their name.
 * @returns undefined when there is nothing to tell
 */
export function unmappedKeys(operation: Operation, reader: ParameterReader, values: FieldValues, item: IDataObject): string | undefined {
	if (operation.mapAutomatically !== true || reader.read(dataModeName, 0) !== autoMap) return undefined;
	if (operation.otherKeys?.areSent(values) === true) return undefined;
	const names = namesOf(operation);
	// A key that a value names, such as one listed under custom fields, is read after all.
	const given = JSON.stringify(values);
	const keys = Object.keys(item).filter((key) => !names.has(normaliseKey(key)) && !isHostKey(key) && !given.includes(JSON.stringify(key)));
	if (keys.length === 0) return undefined;
	const fields = keys.length === 1 ? 'no field with this name' : 'no fields with these names';
	const left = `Map Automatically did not send ${listOf(keys)}: this operation has ${fields}.`;
	return [left, operation.otherKeys?.howToSend].filter(Boolean).join(' ');
}

function namesOf(operation: Operation): Set<string> {
	return new Set(
		allFields(operation).flatMap((field) => [field.name, field.displayName, targetOf(operation, field).name].map(normaliseKey)),
	);
}

function listOf(keys: string[]): string {
	const named = keys.slice(0, maximumNamed).map((key) => `'${key}'`);
	const rest = keys.length - named.length;
	return rest === 0 ? named.join(', ') : `${named.join(', ')} and ${rest} more keys`;
}
