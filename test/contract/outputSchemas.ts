// The output schemas that the package ships, and whether items fit them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';
import type { IDataObject } from 'n8n-workflow';

import type { OutputSchema } from '../../scripts/schemas/inferSchema';
import { repositoryFolder } from '../support/package';

/** Schema files of all nodes below a folder of the repository: text by path. */
export function schemaFilesBelow(folder: string): Record<string, string> {
	const root = join(repositoryFolder, folder);
	const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
	const schemas = paths.filter((path) => path.includes('__schema__') && path.endsWith('.json'));
	return Object.fromEntries(schemas.map((path) => [join('nodes', path), readFileSync(join(root, path), 'utf8')]));
}

/** The schema with null and empty text allowed everywhere: what a vendor may leave empty; whole numbers may have decimals. */
function lenient({ type, properties, items }: OutputSchema): object {
	if (type === 'null') return {};
	const inner = Object.entries(properties ?? {}).map(([key, value]) => [key, lenient(value)] as const);
	const filled = {
		type: [type === 'integer' ? 'number' : type, 'null'],
		...(properties === undefined ? {} : { properties: Object.fromEntries(inner) }),
		...(items === undefined ? {} : { items: lenient(items) }),
	};
	return { anyOf: [{ const: '' }, filled] };
}

/** One for all: each one would compile the rules of JSON Schema anew. */
const ajv = new Ajv2020({ allErrors: true, strict: false, code: { optimize: false } });

/** Where items do not fit the schema: a value of another type, and with Simplify, which decides the keys, a key too many. */
export function misfits(items: IDataObject[], schema: OutputSchema, isSimplified: boolean): string[] {
	const validate = ajv.compile(lenient(schema));
	const types = items.flatMap((item) => (validate(item) ? [] : (validate.errors ?? [])));
	const known = Object.keys(schema.properties ?? {});
	const unknown = isSimplified ? items.flatMap(Object.keys).filter((key) => !known.includes(key)) : [];
	return [...types.map(({ instancePath, message }) => `${instancePath} ${message}`), ...unknown];
}

const shipped = schemaFilesBelow('nodes');

/** The schema of an operation in the newest version of its node; undefined where its output cannot be known. */
export function schemaOf(node: string, resource: string, operation: string): OutputSchema | undefined {
	const start = `/${node}/__schema__/`.toLowerCase();
	const end = `/${resource}/${operation}.json`.toLowerCase();
	const newest = Object.keys(shipped)
		.filter((path) => path.toLowerCase().includes(start) && path.toLowerCase().endsWith(end))
		.sort()
		.at(-1);
	return newest === undefined ? undefined : (JSON.parse(shipped[newest]) as OutputSchema);
}
