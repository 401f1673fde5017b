import { numericIdentifier } from '../../shared/input/values';
import type { ValueWriter } from '../../shared/definition/valueWriter';

const address = /\/v3\.0\/media\/(\d+)\/?(?:[?#].*)?$/;

/** Writes the ID of a recording; takes its `mediaUri` too, whether or not that repeats the path of the base address. */
export const mediaIdentifier: ValueWriter = (value, context) => {
	const id = typeof value === 'string' ? address.exec(value.trim())?.[1] : undefined;
	return numericIdentifier(id ?? value, context);
};
