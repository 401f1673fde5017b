import { unwrapLocator } from '../parameters';

import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter } from '../../definition/valueWriter';

const maximumShown = 12;

/** Writes one of the given values; upper and lower case of the input do not matter. */
export function oneOf(choices: ReadonlyArray<string | number>): ValueWriter {
	const shown = choices.slice(0, maximumShown).join(', ');
	const expected = `one of: ${shown}${choices.length > maximumShown ? ', ...' : ''}`;
	return (value) => {
		if (isEmpty(value)) return undefined;
		const given = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
		const found =
			choices.find((choice) => String(choice) === given) ??
			choices.find((choice) => String(choice).toLowerCase() === given?.toLowerCase());
		if (found === undefined) throw new InvalidValue(expected);
		return found;
	};
}

/** Writes the vendor's id of a record: a number, or text without slashes and control characters. */
export const identifier: ValueWriter = (given) => {
	const value = unwrapLocator(given);
	if (isEmpty(value)) return undefined;
	if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
	const id = typeof value === 'string' || typeof value === 'bigint' ? String(value).trim() : '';
	if (id === '' || id === '.' || id === '..' || /[/\\\p{Cc}\p{Surrogate}]/u.test(id)) {
		throw new InvalidValue('an ID without slashes');
	}
	return id;
};

/** Writes an id that is a number; one too long for a number stays text. */
export const numericIdentifier: ValueWriter = (given) => {
	const value = unwrapLocator(given);
	if (isEmpty(value)) return undefined;
	const id = typeof value === 'object' ? '' : String(value).trim();
	if (!/^\d+$/.test(id)) throw new InvalidValue('a numeric ID such as 42');
	return Number.isSafeInteger(Number(id)) ? Number(id) : id;
};
