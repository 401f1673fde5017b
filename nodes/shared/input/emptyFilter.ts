import type { Field, Operation } from '../definition/operation';
import { isBlank } from './blank';
import { expectedChoice } from './choices';
import { InvalidField } from './invalidField';
import type { ParameterReader } from './parameters';

const becauseEmpty = ', because an empty filter would match everything (remove the filter if that is intended)';
const butNothing = ', but the expression returned nothing (clear the field to match everything)';

/** True for a field of the collection that narrows what an operation is about. */
export function isFilter({ optional }: Pick<Operation, 'optional'>, field: Field): boolean {
	return optional?.name === 'filters' && optional.fields.includes(field);
}

/**
 * Names of the filters that the user added.
 * @throws InvalidField where an expression for all filters returns something else, or a filter that there is not
 */
export function addedFilters({ optional }: Operation, reader: ParameterReader, itemIndex: number): string[] {
	if (optional?.name !== 'filters') return [];
	const added = reader.addedTo(optional.name, itemIndex);
	const names = optional.fields.map(({ name }) => name);
	const isKnown = added?.every((name) => names.includes(name)) === true || !reader.isComputed(optional.name);
	if (added !== undefined && isKnown) return added;
	const unknown = added?.find((name) => !names.includes(name));
	throw new InvalidField({ displayName: 'Filters' }, `an object with keys among ${names.join(', ')}`, unknown);
}

/**
 * A filter that was added to its collection has to say something: left out, it would widen what is read.
 * @throws InvalidField
 */
export function checkAddedFilter(field: Field, given: unknown): void {
	if (isBlank(given) || hasNoRows(field, given)) throw new InvalidField(field, expectedOf(field) + becauseEmpty, undefined);
}

/**
 * A filter beside the collection may stay empty, but not by an expression that returns nothing.
 * @throws InvalidField
 */
export function checkShownFilter(operation: Operation, field: Field, reader: ParameterReader, given: unknown): void {
	if (operation.answer?.kind === 'many') checkFilterOfExpression(field, reader, given);
}

/**
 * The same for a field of a trigger.
 * @throws InvalidField
 */
export function checkFilterOfExpression(field: Field, reader: ParameterReader, given: unknown): void {
	const isOptional = field.required !== true && field.type !== 'notice';
	if (isOptional && isBlank(given) && reader.isDynamic(field.name)) throw new InvalidField(field, expectedOf(field) + butNothing, undefined);
}

function expectedOf(field: Field): string {
	return expectedChoice(field) ?? 'a value';
}

function hasNoRows({ type }: Field, given: unknown): boolean {
	const isRows = type === 'fixedCollection' && typeof given === 'object' && given !== null && !Array.isArray(given);
	return isRows && Object.values(given).every(isBlank);
}
