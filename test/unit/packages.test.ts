// Which packages there are, what belongs to each, and what is refused before a release.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readManifest, REPOSITORY_FOLDER } from '../../scripts/n8n/paths';
import { readWorkflows } from '../../scripts/n8n/workflows';
import { placeholders, webAddress } from '../../scripts/packages/addresses';
import { readSinglePackages } from '../../scripts/packages/definitions';
import { readWholeManifest, singleManifest } from '../../scripts/packages/manifest';
import { moveWorkflow, toSingles, toWhole } from '../../scripts/packages/move';
import { singleReadme } from '../../scripts/packages/readme';
import { obstacles, readRelease } from '../../scripts/packages/release';
import { outdatedSources } from '../../scripts/packages/sources';

const packages = readSinglePackages();
const whole = readWholeManifest();
const singleNames = packages.map(({ name }) => name);

describe('the packages of one service each', () => {
	it('hold every node and every credential once', () => {
		const { nodes, credentials } = readManifest().n8n;
		expect(packages.flatMap(({ nodeFiles }) => nodeFiles).sort()).toEqual([...nodes].sort());
		expect(packages.flatMap(({ credentialFiles }) => credentialFiles).sort()).toEqual([...credentials].sort());
	});

	it('have the names that n8n accepts', () => {
		expect(singleNames).toEqual(['n8n-nodes-iadvize', 'n8n-nodes-ipscape', 'n8n-nodes-liveagent', 'n8n-nodes-ujet']);
	});

	it('have committed folders as `npm run packages` writes them', () => {
		const cure = 'npm run packages';
		expect({ outdated: outdatedSources(packages), cure }).toEqual({ outdated: [], cure });
	});

	it.each(packages)('$name shares version, author and addresses with the whole and depends on nothing', (single) => {
		const manifest = singleManifest(single);
		const { version, author, homepage, license, engines, publishConfig } = whole;
		expect(manifest).toMatchObject({ version, author, homepage, license, engines, publishConfig });
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('devDependencies');
		expect(manifest).not.toHaveProperty('scripts');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.repository).toEqual({ ...whole.repository, directory: `packages/${single.name}` });
	});

	it.each(packages)('the README of $name links only to what it holds, the repository and the web', (single) => {
		const readme = singleReadme(single, []);
		const targets = [...readme.matchAll(/\]\(([^)#]+)/g)].map(([, target]) => target);
		const local = targets.filter((target) => !target.startsWith('https://'));
		const reference = `docs/operations/${single.definition.vendor.name.toLowerCase()}.md`;
		const held = [reference, 'docs/uncertain-paths.md', 'docs/moving-workflows.md', 'CHANGELOG.md', 'LICENSE'];
		expect(local.filter((target) => !held.includes(target))).toEqual([]);
		expect(local).toEqual(expect.arrayContaining(held));
	});

	it.each(packages)('the README of $name tells what holds for all packages', (single) => {
		const headings = [...singleReadme(single, []).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
		expect(headings).toEqual(
			expect.arrayContaining(['Rate limits, failures and lists', 'Triggers', 'Personal data and secrets']),
		);
	});
});

describe('moving workflows', () => {
	const workflows = readWorkflows();
	const typesOf = ({ nodes }: { nodes: Array<{ type: string }> }) => nodes.map(({ type }) => type);

	it.each(workflows)('$file to single packages and back is what it was', ({ workflow }) => {
		const single = moveWorkflow(workflow, toSingles(packages), [whole.name]);
		expect(typesOf(single).filter((type) => type.startsWith(`${whole.name}.`))).toEqual([]);
		expect(typesOf(single).some((type) => singleNames.some((name) => type.startsWith(`${name}.`)))).toBe(true);
		expect({ ...single, nodes: [] }).toEqual({ ...workflow, nodes: [] });
		expect(single.nodes.map((node) => ({ ...node, type: '' }))).toEqual(
			workflow.nodes.map((node) => ({ ...node, type: '' })),
		);
		expect(moveWorkflow(single, toWhole(packages, whole.name), singleNames)).toEqual(workflow);
	});

	it('takes the tools of AI agents along and leaves nodes of others alone', () => {
		const nodes = ['n8n-nodes-contact-center.ujetTool', 'n8n-nodes-contact-center.other', 'n8n-nodes-base.ujet'].map(
			(type) => ({ type }),
		);
		const moved = moveWorkflow({ nodes } as never, toSingles(packages), [whole.name]);
		expect(typesOf(moved)).toEqual([
			'n8n-nodes-ujet.ujetTool',
			'n8n-nodes-contact-center.other',
			'n8n-nodes-base.ujet',
		]);
	});

	it('by replacing text, as the guide says, reaches every node', () => {
		const guide = readFileSync(join(REPOSITORY_FOLDER, 'docs/moving-workflows.md'), 'utf8');
		for (const { name, definition, nodes } of packages) {
			const start = definition.vendor.name;
			expect(guide).toContain(`| \`${whole.name}.${start}\`… | \`${name}.${start}\`… |`);
			expect(nodes.filter((node) => !node.name.startsWith(start))).toEqual([]);
		}
	});
});

describe('a release', () => {
	const real = {
		...whole,
		version: '1.2.0',
		homepage: 'https://github.com/acme/contact-center#readme',
		author: { name: 'Acme', email: 'nodes@acme.com' },
		repository: { type: 'git', url: 'git+https://github.com/acme/contact-center.git' },
	};
	const ready = { manifest: real, changelog: '# Changelog\n\n## 1.2.0\n\n- New.\n', tag: 'v1.2.0', outdated: [] };

	it('goes out when everything is set', () => {
		expect(obstacles(ready)).toEqual([]);
		expect(obstacles({ ...ready, tag: undefined })).toEqual([]);
		expect(obstacles({ ...ready, changelog: '## [1.2.0] - 2026-12-01\n\n- New.\n' })).toEqual([]);
	});

	it('is refused with placeholders, and says which fields to set', () => {
		const placeholder = {
			...real,
			homepage: 'https://contact-center.example/n8n',
			author: { name: 'Acme', email: 'someone@contact-center.example' },
			repository: { type: 'git', url: 'git+https://contact-center.example/n8n.git' },
		};
		const found = placeholders(placeholder);
		expect(found).toHaveLength(3);
		expect(found.join(' ')).toMatch(/"repository\.url".*"homepage".*"author\.email"/);
		expect(obstacles({ ...ready, manifest: placeholder })).toHaveLength(3);
	});

	it.each([
		['no repository on GitHub', { repository: { type: 'git', url: 'git+https://gitlab.com/acme/nodes.git' } }],
		['an address without git+', { repository: { type: 'git', url: 'https://github.com/acme/nodes' } }],
		['a page that cannot exist', { homepage: 'https://nodes.invalid:8080/' }],
		['a mailbox that cannot exist', { author: { name: 'Acme', email: 'a@mail.acme.test' } }],
	])('is refused with %s', (_case, change) => {
		expect(placeholders({ ...real, ...change })).toHaveLength(1);
	});

	it.each([
		['another tag', { tag: 'v1.2.1' }, /^Tag v1\.2\.1 does not match version 1\.2\.0/],
		['a tag without v', { tag: '1.2.0' }, /^Tag 1\.2\.0 does not match/],
		['no chapter in the changelog', { changelog: '## 1.2.0-beta\n\n- New.\n' }, /no chapter "## 1\.2\.0"/],
		['an empty chapter', { changelog: '## 1.2.0\n\n## 1.1.0\n\n- Old.\n' }, /no chapter "## 1\.2\.0"/],
		['packages out of date', { outdated: ['packages/n8n-nodes-ujet/package.json'] }, /run npm run packages/],
	])('is refused with %s', (_case, change, message) => {
		expect(obstacles({ ...ready, ...change })).toEqual([expect.stringMatching(message)]);
	});

	it('of this repository is not refused for its version, changelog or packages', () => {
		const release = readRelease(`v${whole.version}`, outdatedSources(packages));
		expect(obstacles({ ...release, manifest: { ...real, version: whole.version } })).toEqual([]);
	});

	it('reads the address of the repository for a browser', () => {
		expect(webAddress(real.repository.url)).toBe('https://github.com/acme/contact-center');
	});
});

test('the project’s addresses are written in package.json only', () => {
	const { homepage, author, repository } = whole;
	const addresses = [homepage, author.email, webAddress(repository.url)];
	const left = ['.git', 'build', 'coverage', 'dist', 'node_modules', 'package.json', 'packages', 'runtime'];
	const filesOf = (folder: string): string[] =>
		readdirSync(join(REPOSITORY_FOLDER, folder), { withFileTypes: true })
			.filter(({ name }) => !left.includes(name))
			.flatMap((entry) => (entry.isDirectory() ? filesOf(join(folder, entry.name)) : [join(folder, entry.name)]));
	const found = filesOf('.').filter((path) => {
		// Codex files take theirs from package.json by `npm run packages`.
		if (path.endsWith('.node.json')) return false;
		const text = readFileSync(join(REPOSITORY_FOLDER, path), 'utf8');
		return addresses.some((address) => text.includes(address));
	});
	expect(found).toEqual([]);
});
