// Examples of a contract show what is usual; here they get every key that the schema names, so that outputs are known whole.
import { resolveReference } from './openapi';
import type { OpenApiDocument, Schema } from './openapi';

/** Keys that say that something failed, or that more is to be read: an example without them stays without. */
const tellingKey = /error|fail|invalid|rejected|next|cursor|^pagination$|^pages$/i;

/** Schemas inside schemas are followed this deep; no vendor nests further. */
const deepest = 8;

/**
 * Fills an example up with what the schema names and the example leaves out or null. What the example has stays as it is.
 * @param example undefined makes a value out of the schema alone
 */
export function completeExample(document: OpenApiDocument, schema: Schema, example: unknown, depth = 0): unknown {
	const resolved = flatten(document, schema, example);
	const known = example ?? sampleOf(resolved);
	if (depth > deepest) return known;
	const inner = (part: Schema, value: unknown) => completeExample(document, part, value, depth + 1);
	if (isObject(known) || (known === undefined && resolved.properties !== undefined)) {
		return completeObject(resolved, (known ?? {}) as Record<string, unknown>, inner);
	}
	if (Array.isArray(known)) return completeList(resolved, known, inner);
	return known === undefined ? valueOfType(resolved, inner) : known;
}

type Inner = (part: Schema, value: unknown) => unknown;

function completeObject({ properties = {} }: Schema, example: Record<string, unknown>, inner: Inner) {
	const missing = Object.keys(properties).filter((key) => !(key in example) && !tellingKey.test(key));
	return Object.fromEntries(
		[...Object.keys(example), ...missing].map((key) => {
			const isLeft = properties[key] === undefined || (key in example && tellingKey.test(key));
			return [key, isLeft ? example[key] : inner(properties[key], example[key])];
		}),
	);
}

function completeList({ items }: Schema, example: unknown[], inner: Inner): unknown[] {
	if (items === undefined) return example;
	return example.length === 0 ? [inner(items, undefined)] : example.map((row) => inner(items, row));
}

/** Follows references, joins `allOf`, and takes of alternatives the one that the example is made after. */
function flatten(document: OpenApiDocument, schema: Schema, example: unknown): Schema {
	const { allOf = [], oneOf, anyOf, ...own } = resolveReference<Schema>(document, schema);
	const alternatives = (oneOf ?? anyOf ?? []).map((part) => flatten(document, part, example));
	const chosen = alternatives.find((part) => isMadeAfter(example, part)) ?? alternatives[0];
	const parts = [...allOf.map((part) => flatten(document, part, example)), ...(chosen === undefined ? [] : [chosen])];
	return parts.reduce<Schema>(
		(joined, part) => ({ ...part, ...joined, properties: joinProperties(part, joined) }),
		own,
	);
}

function joinProperties(first: Schema, second: Schema): Schema['properties'] {
	if (first.properties === undefined && second.properties === undefined) return undefined;
	return { ...first.properties, ...second.properties };
}

/** Whether a value is of an alternative's type and has the keys that it requires. */
function isMadeAfter(value: unknown, { type, required = [], properties }: Schema): boolean {
	const types = [type ?? (properties === undefined ? [] : 'object')].flat();
	if (value === undefined || value === null) return !types.includes('null');
	if (
		types.length > 0 &&
		!types.includes(typeName(value)) &&
		!(types.includes('integer') && typeof value === 'number')
	) {
		return false;
	}
	return !isObject(value) || required.every((key) => key in value);
}

function sampleOf({ example, examples, const: fixed, default: usual, enum: choices }: Schema): unknown {
	const [first] = Array.isArray(examples) ? (examples as unknown[]) : [];
	const [choice] = ((choices ?? []) as unknown[]).filter((value) => value !== null);
	return example ?? first ?? fixed ?? choice ?? usual ?? undefined;
}

const textByFormat: Record<string, string> = {
	date: '2026-03-05',
	'date-time': '2026-03-05T09:30:00Z',
	email: 'mara@example.org',
	uri: 'https://example.org/',
};

function valueOfType(schema: Schema, inner: Inner): unknown {
	const types = [schema.type ?? []].flat();
	if (types.includes('string')) return textByFormat[String(schema.format)] ?? 'text';
	if (types.includes('integer') || types.includes('number')) return 1;
	if (types.includes('boolean')) return false;
	if (types.includes('array')) return schema.items === undefined ? [] : [inner(schema.items, undefined)];
	if (types.includes('object')) return {};
	return null;
}

function typeName(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
