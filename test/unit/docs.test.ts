// The committed reference says what the definitions say.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readDefinitions } from '../../scripts/docs/definitions';
import { docsPages } from '../../scripts/docs/pages';
import { REPOSITORY_FOLDER } from '../../scripts/n8n/paths';
import { contractVendors } from '../contract/vendors';

const folder = join(REPOSITORY_FOLDER, 'docs');
const pages = docsPages();

const textOf = (path: string) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : '');

test('the committed pages are those that `npm run docs` writes', () => {
	const outOfDate = Object.keys(pages).filter((path) => textOf(path) !== pages[path]);
	expect({ outOfDate, cure: 'npm run docs' }).toEqual({ outOfDate: [], cure: 'npm run docs' });
});

test('no page of a vendor is left over', () => {
	const committed = readdirSync(join(folder, 'operations')).map((file) => `operations/${file}`);
	expect(committed.filter((path) => !(path in pages))).toEqual([]);
});

test('every vendor that n8n loads is checked against its contract', () => {
	const checked = contractVendors.map(({ vendor }) => vendor.name).sort();
	expect(
		readDefinitions()
			.map(({ vendor }) => vendor.name)
			.sort(),
	).toEqual(checked);
});

describe.each(readDefinitions())('$vendor.displayName', ({ vendor }) => {
	const page = pages[`operations/${vendor.name.toLowerCase()}.md`];
	const operations = vendor.resources.flatMap((resource) =>
		resource.operations.map((operation) => ({ resource, operation })),
	);

	test('the page has every operation with its request, and every event', () => {
		const missing = operations.filter(
			({ resource, operation }) =>
				!page.includes(`### ${resource.name}: ${operation.name}\n`) ||
				!page.includes(`\`${operation.method} ${operation.path}\``),
		);
		expect(missing.map(({ resource, operation }) => `${resource.value}.${operation.value}`)).toEqual([]);
		expect(vendor.events.filter(({ name }) => !page.includes(`| ${name} |`))).toEqual([]);
	});

	test('every unconfirmed path is listed with the key that overrides it', () => {
		const keys = operations
			.filter(({ operation }) => operation.source !== undefined && operation.source !== 'seed')
			.map(({ resource, operation }) => `\`${resource.value}.${operation.value}\``);
		expect(keys.filter((key) => !pages['uncertain-paths.md'].includes(key))).toEqual([]);
	});
});
