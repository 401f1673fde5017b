import type { INode } from 'n8n-workflow';

import type { Field } from '../definition/operation';
import { inputError } from './inputError';

/** A value that does not fit its field; thrown where values are read, before it is known whose node it is. */
export class InvalidField extends Error {
	constructor(
		readonly field: Pick<Field, 'displayName'>,
		readonly expected: string,
		readonly given: unknown,
	) {
		super(`Invalid value for '${field.displayName}'`);
		this.name = 'InvalidField';
	}
}

/**
 * Does what may find a value that does not fit its field.
 * @param itemIndex left out in triggers
 * @throws NodeOperationError that names the field and says what is expected
 */
export function checkingFields<T>(node: INode, itemIndex: number | undefined, step: () => T): T {
	try {
		return step();
	} catch (error) {
		throw asInputError(node, error, itemIndex);
	}
}

function asInputError(node: INode, error: unknown, itemIndex: number | undefined): Error {
	if (!(error instanceof InvalidField)) return error as Error;
	return inputError(node, error.field.displayName, error.expected, itemIndex, error.given);
}
