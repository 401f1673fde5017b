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

test('the page for developers says why each package is there', () => {
	const manifest = JSON.parse(textOf('package.json')) as { devDependencies: Record<string, string> };
	const written = textOf('docs/development.md');
	expect(Object.keys(manifest.devDependencies).filter((name) => !written.includes(`\`${name}\``))).toEqual([]);
});

test('the README can be read in five minutes', () => {
	expect(textOf('README.md').split(/\s+/).length).toBeLessThan(1_500);
});

test('the README has the headings that n8n gives its nodes', () => {
	const usual = ['Installation', 'Operations', 'Credentials', 'Compatibility', 'Usage', 'Resources', 'Version history'];
	expect(usual.filter((heading) => !textOf('README.md').includes(`\n## ${heading}\n`))).toEqual([]);
});

/** Pages that people read: the README and what it leads to. */
const written = ['.', 'docs', 'docs/operations', 'workflows'].flatMap((folder) =>
	readdirSync(join(REPOSITORY_FOLDER, folder))
		.filter((file) => file.endsWith('.md'))
		.map((file) => join(folder, file)),
);

/** Files and folders that a page links to or shows, by path in the repository. */
function targetsOf(page: string): string[] {
	return [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => join(dirname(page), target));
}

test.each(written)('links of %s lead to files', (page) => {
	expect(targetsOf(page).filter((target) => !existsSync(join(REPOSITORY_FOLDER, target)))).toEqual([]);
});

test('what the pages of the package link to is in the package', () => {
	const { files } = JSON.parse(textOf('package.json')) as { files: string[] };
	const always = ['LICENSE', 'README.md', 'package.json'];
	const shipped = (target: string) =>
		always.includes(target) ||
		files.some((file) => target === file || target.startsWith(`${file}/`) || file.startsWith(`${target}/`));
	expect(written.filter(shipped).flatMap(targetsOf).filter((target) => !shipped(target))).toEqual([]);
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
