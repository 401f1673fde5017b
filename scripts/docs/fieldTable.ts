import type { Field, Operation } from '../../nodes/shared/definition/operation';
import { alternativesOf, targetOf } from '../../nodes/shared/input/fieldValues';
import { formatOf } from './format';
import { code, table } from './markdown';

const collectionNames = {
	filters: 'Filters',
	updateFields: 'Update Fields',
	additionalFields: 'Additional Fields',
	options: 'Options',
} as const;

/** The fields of an operation as a table; nothing where it has none. */
export function fieldTable(operation: Operation): string | undefined {
	const { fields = [], optional } = operation;
	const direct = fields.map((field) => fieldRow(operation, field, field.displayName));
	const collected = optional?.fields.map((field) =>
		fieldRow(operation, field, `${collectionNames[optional.name]} > ${field.displayName}`),
	);
	const rows = [...direct, ...(collected ?? [])].filter((row) => row !== undefined);
	return rows.length === 0 ? undefined : table(['Field', 'Required', 'Goes to', 'What to give'], rows);
}

function fieldRow(operation: Operation, field: Field, name: string): string[] | undefined {
	if (field.type === 'notice') return undefined;
	return [name, requiredWords(operation, field), placeWords(operation, field), formatOf(field)];
}

function requiredWords(operation: Operation, field: Field): string {
	if (field.required === true) return field.displayOptions === undefined ? 'yes' : 'where shown';
	if (operation.confirmedBy === field.name) return 'yes, on';
	return alternativesOf(operation).includes(field) && operation.atLeastOne !== 'optional' ? 'at least one' : '';
}

function placeWords(operation: Operation, field: Field): string {
	const { place, name } = targetOf(operation, field);
	if (place === 'none') return 'not sent as it is';
	if (field.send?.spread === true) return `${place}, under several names`;
	return `${place} ${code(place === 'path' ? `{${name}}` : name)}`;
}
