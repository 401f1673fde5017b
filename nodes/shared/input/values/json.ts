import type { ZodError, ZodTypeAny } from 'zod/v3';

import { parseJson } from '../../data/json';
import { InvalidValue, isEmpty } from '../../definition/valueWriter';
import type { ValueWriter } from '../../definition/valueWriter';

/**
 * Writes JSON given as text, object or list. Keys that the schema does not know stay.
 * @param schema checks the value; without it any object or list is right
 * @param options `text` for vendors that take JSON as text in a form
 */
export function json(schema?: ZodTypeAny, options: { as: 'object' | 'text' } = { as: 'object' }): ValueWriter {
	return (value) => {
		if (isEmpty(value)) return undefined;
		const data = typeof value === 'string' ? parseJson(value) : value;
		const written = writeJson(data);
		const isStructure = written !== undefined && /^[{[]/.test(written);
		if (schema === undefined && !isStructure) throw new InvalidValue('a JSON object or list');
		if (written === undefined) throw new InvalidValue(typeof value === 'string' ? 'valid JSON' : 'a value that can be written as JSON');
		const checked = schema?.safeParse(data);
		if (checked?.success === false) throw new InvalidValue(describe(checked.error));
		return options.as === 'text' ? written : data;
	};
}

/** JSON of a value; undefined for what has none, such as a circle. */
function writeJson(data: unknown): string | undefined {
	try {
		return JSON.stringify(data);
	} catch {
		return undefined;
	}
}

function describe(error: ZodError): string {
	const { path, message } = error.issues[0];
	return path.length === 0
		? `JSON in the described form (${message})`
		: `JSON in the described form ('${path.join('.')}': ${message})`;
}
