// What runs on GitHub: pinned actions, the versions that are promised, and who may publish.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { REPOSITORY_FOLDER } from '../../scripts/n8n/paths';

interface Job {
	permissions?: Record<string, string>;
	strategy?: { matrix: { node: string[]; n8n: string[]; include: Array<{ n8n: string; command: string }> } };
	steps: Array<{ uses?: string; run?: string; if?: string }>;
}

interface Workflow {
	on: { push: { tags?: string[]; branches?: string[] } };
	permissions: Record<string, string>;
	jobs: Record<string, Job>;
}

const folder = join(REPOSITORY_FOLDER, '.github/workflows');
const files = readdirSync(folder);
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');
const workflowOf = (file: string) => parse(textOf(file)) as Workflow;
const manifest = JSON.parse(readFileSync(join(REPOSITORY_FOLDER, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

describe.each(files)('%s', (file) => {
	it('names every action by a commit, and says which version that is', () => {
		const lines = textOf(file)
			.split('\n')
			.filter((line) => /^\s*-?\s*uses:/.test(line));
		expect(lines.length).toBeGreaterThan(0);
		expect(lines.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
	});

	it('runs only scripts that package.json has', () => {
		const names = [...textOf(file).matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
		expect(names.filter((name) => !(name in manifest.scripts))).toEqual([]);
	});

	it('may only read, except for the proof of origin in publishing', () => {
		const { permissions, jobs } = workflowOf(file);
		expect(permissions).toEqual({ contents: 'read' });
		const own = Object.values(jobs).flatMap((job) => Object.entries(job.permissions ?? {}));
		const writes = own.filter(([, access]) => access !== 'read').map(([name]) => name);
		expect(writes).toEqual(file === 'publish.yml' ? ['id-token'] : []);
	});
});

test('tests run on each supported Node.js and n8n', () => {
	const { matrix } = workflowOf('test.yml').jobs.package.strategy ?? {};
	expect(matrix?.node).toEqual(['20', '22', '24']);
	expect(matrix?.n8n).toEqual(['2.8', '2.41']);
	expect(matrix?.include.map(({ n8n }) => n8n).sort()).toEqual(['2.41', '2.8']);
});

test('publishing starts with a tag only, and checks and tests before it publishes', () => {
	const { on, jobs } = workflowOf('publish.yml');
	expect(on).toEqual({ push: { tags: ['v*'] } });
	const commands = jobs.publish.steps.flatMap(({ run = [] }) => run);
	const position = (part: string) => commands.findIndex((command) => String(command).includes(part));
	expect(position('npm ci')).toBe(0);
	expect(position('--release --tag "$GITHUB_REF_NAME"')).toBe(1);
	expect(position('npm test')).toBe(2);
	expect(position('--publish --tag "$GITHUB_REF_NAME"')).toBe(commands.length - 1);
});

describe('issue forms', () => {
	const forms = readdirSync(join(REPOSITORY_FOLDER, '.github/ISSUE_TEMPLATE')).filter((file) => file !== 'config.yml');
	const formOf = (file: string) =>
		parse(readFileSync(join(REPOSITORY_FOLDER, '.github/ISSUE_TEMPLATE', file), 'utf8')) as {
			name: string;
			description: string;
			body: Array<{ type: string; id?: string; attributes: { label?: string; options?: string[] } }>;
		};

	it.each(forms)('%s has a name, a description, and a label for each question', (file) => {
		const { name, description, body } = formOf(file);
		expect(name && description).toBeTruthy();
		const asked = body.filter(({ type }) => type !== 'markdown');
		expect(asked.filter(({ id, attributes }) => !id || !attributes.label)).toEqual([]);
		expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
	});

	it('the one for bugs asks for versions and operation', () => {
		const ids = formOf('bug.yml').body.map(({ id }) => id);
		expect(ids).toEqual(expect.arrayContaining(['package', 'n8n', 'node', 'operation']));
	});
});
