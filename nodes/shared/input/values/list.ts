import { parseJson } from '../../data/json';
import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter, WriteContext } from '../../definition/valueWriter';
import { unwrapLocator } from '../parameters';

/** How a list is written. */
export interface ListOptions {
	/** Joins the values to one text; a list stays a list when left out. */
	separator?: string;
	/** Most values. */
	maximum?: number;
}

/** Writes each value of a list. Takes lists, text with commas or new lines, a single value, and a list written as JSON. */
export function listOf(writer: ValueWriter, options: ListOptions = {}): ValueWriter {
	const { separator, maximum } = options;
	return (given, context) => {
		const values = splitList(unwrapLocator(given))
			.map((value) => writeEntry(writer, unwrapLocator(value), context, separator))
			.filter((value) => !isEmpty(value));
		if (values.length === 0) return undefined;
		if (maximum !== undefined && values.length > maximum) throw new InvalidValue(`at most ${maximum} values`);
		return separator === undefined ? values : values.join(separator);
	};
}

/** The entries of a list: takes lists, text with commas or new lines, a single value, and a list written as JSON. */
export function splitList(value: unknown): unknown[] {
	if (isEmpty(value)) return [];
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return [value];
	const parsed = /^\s*\[/.test(value) ? parseJson(value) : undefined;
	if (Array.isArray(parsed)) return parsed;
	return value
		.split(/[,\n]/)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

function writeEntry(
	writer: ValueWriter,
	value: unknown,
	context: WriteContext,
	separator: string | undefined,
): unknown {
	const written = writer(value, context);
	if (separator !== undefined && typeof written === 'string' && written.includes(separator)) {
		throw new InvalidValue(`values without '${separator}'`);
	}
	return written;
}
