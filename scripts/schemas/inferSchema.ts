import type { IDataObject } from 'n8n-workflow';

/** What n8n's editor reads of an output schema. */
export interface OutputSchema {
	type: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

/** The schema of output items: every key that one of them has, with the first type that is seen. */
export function inferSchema(items: IDataObject[]): OutputSchema {
	return schemaOf(items);
}

function schemaOf(values: unknown[]): OutputSchema {
	const [value] = values.filter((candidate) => candidate !== null && candidate !== undefined);
	if (value === undefined) return { type: 'null' };
	if (Array.isArray(value)) return schemaOfLists(values.filter(Array.isArray));
	if (typeof value === 'object') return schemaOfObjects(values.filter(isObject));
	if (typeof value === 'number') return { type: values.every(isWhole) ? 'integer' : 'number' };
	return { type: typeof value as 'string' | 'boolean' };
}

function schemaOfLists(lists: unknown[][]): OutputSchema {
	const rows = lists.flat();
	return rows.length === 0 ? { type: 'array' } : { type: 'array', items: schemaOf(rows) };
}

function schemaOfObjects(objects: IDataObject[]): OutputSchema {
	const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	const properties = keys.map((key) => [key, schemaOf(objects.map((object) => object[key]))] as const);
	return { type: 'object', properties: Object.fromEntries(properties) };
}

function isWhole(value: unknown): boolean {
	return typeof value !== 'number' || Number.isInteger(value);
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
