// The part of OpenAPI 3.1 that checking requests needs, and how its references are followed.

/** A JSON Schema (draft 2020-12), as OpenAPI 3.1 uses it. */
export interface Schema {
	$ref?: string;
	type?: string | string[];
	properties?: Record<string, Schema>;
	additionalProperties?: boolean | Schema;
	unevaluatedProperties?: boolean;
	items?: Schema;
	required?: string[];
	allOf?: Schema[];
	anyOf?: Schema[];
	oneOf?: Schema[];
	contentMediaType?: string;
	[keyword: string]: unknown;
}

/** Where a parameter goes and how its value is written. */
export interface Parameter {
	name: string;
	in: 'path' | 'query' | 'header' | 'cookie';
	required?: boolean;
	schema?: Schema;
	style?: string;
	explode?: boolean;
	example?: unknown;
}

/** One media type of a body. */
export interface MediaType {
	schema?: Schema;
	encoding?: Record<string, { style?: string; explode?: boolean }>;
	example?: unknown;
	examples?: Record<string, unknown>;
}

/** An operation as the document writes it. */
export interface OperationObject {
	operationId?: string;
	parameters?: unknown[];
	requestBody?: unknown;
	security?: Array<Record<string, string[]>>;
}

/** A way to authenticate. */
export interface SecurityScheme {
	type: string;
	in?: string;
	name?: string;
	scheme?: string;
}

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
	servers?: Array<{ url: string }>;
	paths: Record<string, Record<string, unknown>>;
	security?: Array<Record<string, string[]>>;
	components?: { securitySchemes?: Record<string, SecurityScheme> };
}

/** Follows a local reference, such as `#/components/schemas/Call`. Throws when nothing is there. */
function lookUp(document: OpenApiDocument, reference: string): unknown {
	if (!reference.startsWith('#/')) throw new Error(`Only local references are followed, not ${reference}`);
	const keys = reference.slice(2).split('/');
	let found: unknown = document;
	for (const key of keys) {
		found = (found as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')];
	}
	if (found === undefined) throw new Error(`The reference ${reference} leads nowhere`);
	return found;
}

/** What is written there, or what the reference there leads to. Keys beside the reference win. */
export function resolveReference<Value>(document: OpenApiDocument, value: unknown): Value {
	const { $ref: reference, ...beside } = value as { $ref?: string };
	if (!reference) return value as Value;
	return { ...resolveReference<object>(document, lookUp(document, reference)), ...beside } as Value;
}

const combiners = ['allOf', 'anyOf', 'oneOf'] as const;

/** The schema itself and all that it combines. */
function parts(schema: Schema): Schema[] {
	return [schema, ...combiners.flatMap((name) => schema[name] ?? []).flatMap(parts)];
}

/** Whether an array can be valid. The schema must be without references. */
export function acceptsArray(schema: Schema): boolean {
	return parts(schema).some(({ type }) => [type].flat().includes('array'));
}

/** The properties a schema names, in any branch. The schema must be without references. */
export function propertiesOf(schema: Schema): Record<string, Schema> {
	return Object.assign({}, ...parts(schema).map(({ properties }) => properties)) as Record<string, Schema>;
}

/** Whether the schema names the properties of its objects, in every branch that allows an object. */
function namesProperties(schema: Schema): boolean {
	const objects = parts(schema).filter(({ type, properties }) => properties ?? [type].flat().includes('object'));
	return objects.length > 0 && objects.every((part) => part.properties ?? combiners.some((name) => part[name]));
}

/**
 * Writes a schema out without references, and closes it: a property that no part of the schema names is refused, at every
 * depth, unless the schema allows others itself.
 *
 * @param path the references followed so far, to refuse a schema that contains itself.
 */
export function closeSchema(document: OpenApiDocument, schema: Schema, path: string[] = []): Schema {
	const closed = expand(document, schema, path);
	return namesProperties(closed) ? { ...closed, unevaluatedProperties: false } : closed;
}

/** Writes out references; closes what lies inside properties and items, but not the schema itself. */
function expand(document: OpenApiDocument, schema: Schema, path: string[]): Schema {
	const { $ref: reference, ...own } = schema;
	if (reference) {
		if (path.includes(reference)) throw new Error(`Schemas that contain themselves are not supported: ${reference}`);
		const target = expand(document, lookUp(document, reference) as Schema, [...path, reference]);
		const hasOwnRules = Object.keys(own).length > 0;
		return hasOwnRules ? { allOf: [target], ...expand(document, own, path) } : target;
	}
	const close = (inner: Schema) => closeSchema(document, inner, path);
	const result = { ...own };
	for (const name of combiners) {
		if (own[name]) result[name] = own[name].map((part) => expand(document, part, path));
	}
	if (own.properties) {
		result.properties = Object.fromEntries(Object.entries(own.properties).map(([name, value]) => [name, close(value)]));
	}
	if (own.items) result.items = close(own.items);
	if (typeof own.additionalProperties === 'object') result.additionalProperties = close(own.additionalProperties);
	return result;
}
