import type { IDataObject } from 'n8n-workflow';

import { InvalidValue } from '../../shared/definition/valueWriter';

/**
 * The rows of a required collection of the editor.
 * @param name the collection's option that holds the rows
 * @throws InvalidValue with what is expected where there is none
 */
export function requiredRows(given: unknown, name: string, expected: string): IDataObject[] {
	const rows = ((given ?? {}) as Record<string, unknown>)[name];
	if (!Array.isArray(rows) || rows.length === 0) throw new InvalidValue(expected);
	return rows as IDataObject[];
}
