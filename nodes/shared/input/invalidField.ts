import type { Field } from '../definition/operation';

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
