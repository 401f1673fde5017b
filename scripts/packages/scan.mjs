// Lints a package with the rules of n8n's package scan (@n8n/scan-community-package: scanner/scanner.mjs) and no inline disables:
//   node scripts/packages/scan.mjs source FOLDER...   the sources that a package is built from: package.json, nodes/, credentials/
//   node scripts/packages/scan.mjs packed FOLDER...   an unpacked archive: its package.json and compiled files
// Prints what it finds and ends with code 1 on an error or a warning; the scan itself lets warnings pass.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { ESLint } from 'eslint';
import { defineConfig } from 'eslint/config';
import nodesBasePlugin from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const { parser } = tseslint;
const { community, credentials, nodes } = nodesBasePlugin.configs;

const rules = defineConfig(
	n8nCommunityNodesPlugin.configs.recommended,
	{ rules: { 'no-console': 'error' } },
	{ plugins: { 'n8n-nodes-base': nodesBasePlugin } },
	{ files: ['package.json'], rules: community.rules },
	{
		files: ['**/credentials/**/*.ts'],
		rules: {
			...credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['**/nodes/**/*.ts'],
		rules: {
			...nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{ files: ['**/*.json', '**/*.ts'], languageOptions: { parser } },
);

const scopes = {
	source: (path) => path === 'package.json' || /^(nodes|credentials)\/.*\.(js|ts|json)$/.test(path),
	packed: (path) => path === 'package.json' || path.endsWith('.js'),
};

/** Files below a folder, links followed, as paths relative to it. */
function filesBelow(folder, prefix = '') {
	return readdirSync(join(folder, prefix)).flatMap((name) => {
		const path = prefix === '' ? name : `${prefix}/${name}`;
		if (name === 'node_modules') return [];
		return statSync(join(folder, path)).isDirectory() ? filesBelow(folder, path) : [path];
	});
}

/** What two files have in common for which the rules find the same: their place in the package and what they hold. */
function fingerprintOf(folder, path) {
	return `${path} ${createHash('sha256').update(readFileSync(join(folder, path))).digest('hex')}`;
}

/** What the rules find in one folder, as text; empty when nothing. `seen` holds files that need no second look: packages share the engine. */
async function scan(scope, folder, seen) {
	const cwd = resolve(folder);
	const eslint = new ESLint({ cwd, allowInlineConfig: false, overrideConfigFile: true, overrideConfig: rules });
	const paths = filesBelow(cwd).filter(scopes[scope]);
	const fresh = paths.filter((path) => path === 'package.json' || !seen.has(fingerprintOf(cwd, path)));
	const results = await eslint.lintFiles(fresh.map((path) => join(cwd, path)));
	for (const path of fresh) seen.add(fingerprintOf(cwd, path));
	const formatter = await eslint.loadFormatter('stylish');
	return await formatter.format(results.filter(({ errorCount, warningCount }) => errorCount + warningCount > 0));
}

const [scope, ...folders] = process.argv.slice(2);
if (!(scope in scopes) || folders.length === 0) throw new Error('Usage: scan.mjs source|packed FOLDER...');
const seen = new Set();
for (const folder of folders) {
	const found = await scan(scope, folder, seen);
	process.stdout.write(found === '' ? `${folder}: nothing found\n` : found);
	if (found !== '') process.exitCode = 1;
}
