// Every time that a contract shows in an answer is one that the node writes as ISO 8601.
import { join } from 'node:path';

import { contractVendors } from '../../contract/vendors';
import { resolveReference } from '../../support/openapi';
import type { OpenApiDocument } from '../../support/openapi';
import { readYaml } from '../../support/yaml';

const contracts = join(__dirname, '../../contracts');

const clockTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/** Keywords of the document itself, and iAdvize's lines of text, in which the node finds the time. */
const noKeys = ['example', 'examples', 'history'];

/** Names of what holds a time in the answers of a document, by schema or by example. */
function answeredTimes(document: OpenApiDocument): Set<string> {
	const found = new Set<string>();
	const seen = new Set<unknown>();
	const visit = (written: unknown, name: string): void => {
		if (typeof written === 'string' && clockTime.test(written) && !noKeys.includes(name)) found.add(name);
		if (typeof written !== 'object' || written === null || seen.has(written)) return;
		seen.add(written);
		const node = resolveReference<Record<string, unknown>>(document, written);
		if (node.format === 'date-time') found.add(name);
		for (const [key, value] of Object.entries(node)) visit(value, Array.isArray(node) ? name : key);
	};
	for (const methods of Object.values(document.paths)) {
		for (const operation of Object.values(methods)) visit((operation as { responses?: unknown }).responses, 'responses');
	}
	return found;
}

describe('times in answers', () => {
	const vendors = contractVendors.filter(({ vendor }) => vendor.timeKeys !== undefined);

	test.each(vendors.map((row) => [row.vendor.displayName, row] as const))('of %s are all known', (_name, { vendor, contracts: files }) => {
		const times = files.flatMap((file) => [...answeredTimes(readYaml<OpenApiDocument>(join(contracts, file)))]);
		expect(times.filter((name) => vendor.timeKeys?.includes(name) !== true)).toEqual([]);
		expect(times.length).toBeGreaterThan(0);
	});
});
