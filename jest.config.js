const { existsSync } = require('node:fs');
const { join } = require('node:path');

/**
 * One kind of tests. swc only removes the types; checking them is the work of `npm run typecheck`.
 *
 * @param {string} displayName what `--selectProjects` calls it
 * @param {string[]} folders where its tests are, under test/
 * @param {object} options further settings of jest
 */
function project(displayName, folders, options = {}) {
	return {
		displayName,
		// Only these are searched: test/n8n holds a whole installation of n8n.
		roots: folders.map((folder) => join(__dirname, 'test', folder)).filter(existsSync),
		testMatch: ['**/*.test.ts'],
		testEnvironment: 'node',
		transform: {
			'^.+\\.ts$': [
				'@swc/jest',
				{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
			],
		},
		...options,
	};
}

const onEngine = { setupFiles: [join(__dirname, 'test/support/setup.ts')] };
const projects = [
	project('unit', ['unit', 'simulators']),
	project('contract', ['contract'], onEngine),
	project('engine', ['engine', 'support'], onEngine),
	project('packages', ['packages'], onEngine),
];

/** @type {import('jest').Config} */
module.exports = {
	projects: projects.filter(({ roots }) => roots.length > 0),
	// Long enough for a busy machine: a test waits for things, not for time to pass.
	testTimeout: 60_000,
	// One process for all files grows slow; a fresh one now and then does not.
	maxWorkers: 2,
	workerIdleMemoryLimit: '400MB',
};
