// The committed reference says what the definitions say.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { readDefinitions } from '../../scripts/docs/definitions';
import { docsPages, operationsFolder } from '../../scripts/docs/pages';
import { REPOSITORY_FOLDER } from '../../scripts/n8n/paths';
import { contractVendors } from '../contract/vendors';

const pages = docsPages();

const textOf = (path: string) => {
	const file = join(REPOSITORY_FOLDER, path);
	return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

test('the committed pages are those that `npm run docs` writes', () => {
	const outOfDate = Object.keys(pages).filter((path) => textOf(path) !== pages[path]);
	expect({ outOfDate, cure: 'npm run docs' }).toEqual({ outOfDate: [], cure: 'npm run docs' });
});

test('no page of a vendor is left over', () => {
	const committed = readdirSync(join(REPOSITORY_FOLDER, operationsFolder)).map((file) => `${operationsFolder}/${file}`);
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

test('the README says why each package is there', () => {
	const manifest = JSON.parse(textOf('package.json')) as { devDependencies: Record<string, string> };
	const readme = textOf('README.md');
	expect(Object.keys(manifest.devDependencies).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('links inside the repository lead to files', () => {
	const guides = ['architecture', 'moving-workflows', 'submitting', 'uncertain-paths', 'versioning'];
	const written = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...guides.map((name) => `docs/${name}.md`)];
	const broken = written.flatMap((page) =>
		[...textOf(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
			.filter(([, target]) => !existsSync(join(REPOSITORY_FOLDER, dirname(page), target)))
			.map(([, target]) => `${page}: ${target}`),
	);
	expect(broken).toEqual([]);
});

describe.each(readDefinitions())('$vendor.displayName', ({ vendor }) => {
	const page = pages[`${operationsFolder}/${vendor.name.toLowerCase()}.md`];
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
		expect(keys.filter((key) => !pages['docs/uncertain-paths.md'].includes(key))).toEqual([]);
	});
});
