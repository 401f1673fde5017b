// The packages of one service each as they are published: what is in the archive, n8n's lint rules, n8n's loader, npm publish.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';
import { extract } from 'tar';

import { NPM, npmEnvironment } from '../../scripts/n8n/npm';
import { REPOSITORY_FOLDER } from '../../scripts/n8n/paths';
import { assemblePackages } from '../../scripts/packages/assemble';
import { readSinglePackages } from '../../scripts/packages/definitions';
import { readWholeManifest } from '../../scripts/packages/manifest';
import { publishPackages } from '../../scripts/packages/publish';
import { sourceFolder } from '../../scripts/packages/sources';
import { loadPackage } from '../support/package';
import { runs } from '../support/runs';
import { TestRegistry } from './registry';

const run = promisify(execFile);
const SCAN = join(REPOSITORY_FOLDER, 'scripts/packages/scan.mjs');

const packages = readSinglePackages();
const whole = readWholeManifest();
// In the repository, so that n8n-workflow is found as it is in n8n.
mkdirSync(join(REPOSITORY_FOLDER, 'build'), { recursive: true });
const work = mkdtempSync(join(REPOSITORY_FOLDER, 'build', 'test-'));
const folders = assemblePackages(packages, join(work, 'built'));
const built = packages.map((single, index) => ({ name: single.name, single, folder: folders[index] }));

afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Paths in the archives that npm makes of folders, by the name of the package. */
async function packAll(): Promise<Map<string, string[]>> {
	const { stdout } = await run(NPM, ['pack', ...folders, '--dry-run', '--json', '--ignore-scripts'], {
		env: npmEnvironment(),
		maxBuffer: 64 * 1024 * 1024,
	});
	const archives = JSON.parse(stdout) as Array<{ name: string; files: Array<{ path: string }> }>;
	return new Map(archives.map(({ name, files }) => [name, files.map(({ path }) => path).sort()]));
}

/** What n8n's rules say of folders, of which one has faults. */
async function scan(scope: 'source' | 'packed', ...paths: string[]): Promise<string> {
	// The plugin eslint-plugin-n8n-nodes-base behaves differently in tests of its own.
	const env = { ...process.env, NODE_ENV: 'production' };
	const scanning = run(process.execPath, [SCAN, scope, ...paths], { cwd: REPOSITORY_FOLDER, env });
	return await scanning.then(
		() => Promise.reject(new Error('The scan found no fault')),
		({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
	);
}

/** All files below a folder, as paths relative to it. */
function filesBelow(folder: string, prefix = ''): string[] {
	return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
		const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
		return entry.isDirectory() ? filesBelow(folder, path) : [path];
	});
}

/** What n8n reads of a package at its start. */
const metadata = ['known', 'types'].flatMap((folder) => [`dist/${folder}/nodes.json`, `dist/${folder}/credentials.json`]);

let archives: Map<string, string[]>;
beforeAll(async () => {
	archives = await packAll();
});

describe.each(built)('$name', ({ single, folder }) => {
	const packed = () => archives.get(single.name) ?? [];
	const otherVendors = packages.filter(({ name }) => name !== single.name);

	it('packs its own nodes, credentials, icons and texts, the engine, and nothing of another service', () => {
		const files = packed();
		const nodes = single.nodeFiles.flatMap((file) => [file, file.replace(/\.js$/, '.json')]);
		const icons = single.icons.map((icon) => `dist/${icon}`);
		const texts = ['README.md', 'LICENSE', 'CHANGELOG.md', 'docs/moving-workflows.md', 'docs/uncertain-paths.md'];
		const reference = `docs/operations/${single.definition.vendor.name.toLowerCase()}.md`;
		const expected = ['package.json', ...nodes, ...single.credentialFiles, ...icons, ...texts, ...metadata, reference];
		expect(files).toEqual(expect.arrayContaining(expected));
		const rooms = [
			/^dist\/nodes\/shared\//,
			new RegExp(`^dist/nodes/${single.vendorFolder}/`),
			/^workflows\/.*\.json$/,
		];
		const declarations = single.credentialFiles.map((file) => file.replace(/\.js$/, '.d.ts'));
		const unexpected = files.filter(
			(path) => !expected.includes(path) && !declarations.includes(path) && !rooms.some((room) => room.test(path)),
		);
		expect(unexpected).toEqual([]);
	});

	it('has pages that link only to files it packs and to the web', () => {
		const files = packed();
		const dead = files.filter((path) => path.endsWith('.md')).flatMap((page) =>
			[...readFileSync(join(folder, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
				.map(([, target]) => join(dirname(page), target))
				.filter((target) => !files.includes(target))
				.map((target) => `${page}: ${target}`),
		);
		expect(dead).toEqual([]);
	});

	it("tells n8n at its start what it holds, without n8n loading a node", async () => {
		const lazy = new LazyPackageDirectoryLoader(folder);
		const loading = new PackageDirectoryLoader(folder);
		await Promise.all([lazy.loadAll(), loading.loadAll()]);
		expect(lazy.isLazyLoaded).toBe(true);
		expect(lazy.known).toEqual(loading.known);
		const shown = loading.types.nodes.map((type) => ({ ...type, __loadOptionsMethods: undefined }));
		expect(lazy.types.nodes).toEqual(JSON.parse(JSON.stringify(shown)));
		expect(Object.keys(lazy.nodeTypes)).toEqual([]);
	});

	it('has all that the build made for its vendor, output schemas included', () => {
		const path = `dist/nodes/${single.vendorFolder}`;
		expect(filesBelow(join(folder, path)).sort()).toEqual(filesBelow(join(REPOSITORY_FOLDER, path)).sort());
	});

	it('requires only files of its own and what n8n brings', () => {
		const scripts = filesBelow(folder).filter((path) => path.endsWith('.js'));
		const required = scripts.flatMap((path) =>
			[...readFileSync(join(folder, path), 'utf8').matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => ({
				path,
				name,
			})),
		);
		const missing = required.filter(({ path, name }) => {
			if (!name.startsWith('.')) return !['n8n-workflow', 'zod/v3', 'luxon', 'crypto', 'node:crypto'].includes(name);
			const file = join(folder, dirname(path), name);
			return !file.startsWith(folder) || (!existsSync(`${file}.js`) && !existsSync(join(file, 'index.js')));
		});
		expect(required.length).toBeGreaterThan(50);
		expect(missing).toEqual([]);
	});

	it('names itself in codex files and ready-made workflows, and no other package', () => {
		const files = filesBelow(folder).filter((path) => /^workflows\/|\.node\.json$/.test(path));
		const text = files.map((path) => readFileSync(join(folder, path), 'utf8')).join('\n');
		expect(text).toContain(`"${single.name}.`);
		expect(text).not.toContain(`"${whole.name}.`);
		expect(otherVendors.filter(({ name }) => text.includes(name))).toEqual([]);
	});

	it('is loaded by n8n with the same nodes and credentials as the whole', async () => {
		const loaded = await loadPackage(folder);
		const all = await loadPackage();
		expect(loaded.name).toBe(single.name);
		expect(Object.keys(loaded.nodes).sort()).toEqual(single.nodes.map(({ name }) => name).sort());
		for (const [name, node] of Object.entries(loaded.nodes)) {
			const { iconUrl: _own, ...description } = node.description as { iconUrl?: unknown };
			const { iconUrl: _other, ...expected } = all.nodes[name].description as { iconUrl?: unknown };
			expect(JSON.stringify(description)).toBe(JSON.stringify(expected));
		}
		for (const [name, credential] of Object.entries(loaded.credentials)) {
			expect(credential.properties).toEqual(all.credentials[name].properties);
		}
	});
});

describe('the rules of n8n’s scan', () => {
	// Linting with types takes its time on a busy machine.
	const timeoutMs = 240_000;

	/** The sources of a package with links followed, with some files added and a dependency in package.json. */
	function spoiled(added: Record<string, string>): string {
		const folder = join(work, 'spoiled');
		cpSync(join(REPOSITORY_FOLDER, sourceFolder(packages[0])), folder, { recursive: true, dereference: true });
		for (const [path, text] of Object.entries(added)) writeFileSync(join(folder, path), text);
		const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies: { undici: '7.0.0' } }));
		return folder;
	}

	const sources = packages.map((single) => join(REPOSITORY_FOLDER, sourceFolder(single)));
	const found = { source: '', packed: '' };

	// In one go, because the rules take seconds to load.
	beforeAll(async () => {
		const faulty = spoiled({
			'nodes/IAdvize/note.ts': 'export const home = process.env.HOME;\n',
			'nodes/shared/run/note.ts': "console.log('x');\n",
			'nodes/shared/http/note.ts': "import 'undici';\n",
		});
		found.source = await scan('source', ...sources, faulty);
		found.packed = await scan('packed', ...folders, faulty);
	}, timeoutMs);

	it('find nothing in the sources of each package', () => {
		for (const folder of sources) expect(found.source).toContain(`${folder}: nothing found`);
	});

	it('find nothing in the archive of each package', () => {
		for (const folder of folders) expect(found.packed).toContain(`${folder}: nothing found`);
	});

	it('find what is wrong in a vendor, in the engine and in package.json', () => {
		for (const rule of ['no-restricted-globals', 'no-console', 'no-restricted-imports', 'no-runtime-dependencies']) {
			expect(found.source).toContain(rule);
		}
		expect(found.packed).toContain('no-runtime-dependencies');
	});
});

describe('publishing', () => {
	const registry = new TestRegistry();
	// npm takes a second and more for each: one of a single service, or all of them. test/n8n/package.test.ts packs the whole.
	const count = runs(1, folders.length + 1);
	const chosen = [...folders, REPOSITORY_FOLDER].slice(0, count);
	const names = [...packages.map(({ name }) => name), whole.name].slice(0, count);
	const versions = names.map((name) => `${name}@${whole.version}`);
	const lines: string[] = [];
	const publish = async (dryRun: boolean) =>
		await publishPackages({
			folders: chosen,
			dryRun,
			npmArguments: registry.npmArguments,
			report: (line) => lines.push(line),
		});

	beforeAll(async () => await registry.start());
	afterAll(async () => await registry.stop());

	it('as a dry run goes through all and sends nothing', async () => {
		expect(await publish(true)).toEqual(names);
		expect([...registry.published.keys()]).toEqual([]);
		expect(lines.join('\n')).toContain(built[0].single.nodeFiles[0]);
	});

	it('sends all, and a second time none', async () => {
		expect(await publish(false)).toEqual(names);
		expect([...registry.published.keys()]).toEqual(versions);
		expect(await publish(false)).toEqual([]);
		expect([...registry.published.keys()]).toEqual(versions);
	});

	it('sends archives that n8n loads once they are unpacked', async () => {
		for (const [spec, { archive }] of registry.published) {
			const folder = join(work, 'unpacked', spec);
			mkdirSync(folder, { recursive: true });
			writeFileSync(`${folder}.tgz`, archive);
			await extract({ file: `${folder}.tgz`, cwd: folder, strip: 1 });
			const name = spec.slice(0, spec.lastIndexOf('@'));
			const nodes = built.find((candidate) => candidate.name === name)?.single.nodeFiles ?? whole.n8n.nodes;
			const loaded = await loadPackage(folder);
			expect({ name: loaded.name, count: Object.keys(loaded.nodes).length }).toEqual({ name, count: nodes.length });
		}
	});

	it('fails when the registry does not answer as it should', async () => {
		const broken = ['--registry=http://127.0.0.1:9/', '--fetch-retries=0'];
		const attempt = publishPackages({ folders: [folders[0]], dryRun: true, npmArguments: broken, report: () => {} });
		await expect(attempt).rejects.toThrow(/Looking for n8n-nodes-iadvize.* failed/);
	});
});
