import type { INode } from 'n8n-workflow';

import type { Field } from '../definition/operation';
import { InvalidValue } from '../definition/valueWriter';
import type { ValueWriter, WriteContext } from '../definition/valueWriter';
import { orByName } from './chosenById';
import { inputError } from './inputError';

/**
 * Writes a field's value as the vendor wants it.
 * @throws NodeOperationError that names field, item, value and what is expected
 */
export function writeField(
	node: INode,
	field: Field,
	write: ValueWriter,
	value: unknown,
	context: WriteContext,
	itemIndex: number | undefined,
): unknown {
	try {
		return write(value, context);
	} catch (error) {
		const expected = error instanceof InvalidValue ? error.expected : 'another value';
		// A trigger has no items, and finds no records by name.
		throw inputError(node, field.displayName, itemIndex === undefined ? expected : orByName(field, value, expected), itemIndex, value);
	}
}
