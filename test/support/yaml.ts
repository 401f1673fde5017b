import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Documents by file. In Jest they serve all test files of a process: reading the contracts takes longer than most tests of them. */
const documents = (globalThis as { yamlDocuments?: Map<string, unknown> }).yamlDocuments ?? new Map<string, unknown>();

/** What a YAML or JSON file holds, for reading only. */
export function readYaml<T>(file: string): T {
	const known = documents.get(file) ?? frozen(parse(readFileSync(file, 'utf8')));
	documents.set(file, known);
	return known as T;
}

function frozen(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
	Object.freeze(value);
	Object.values(value).forEach(frozen);
	return value;
}
