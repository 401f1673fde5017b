const { existsSync } = require('node:fs');
const { join } = require('node:path');

const { devDependencies } = require('./package.json');
const typescript = require('./test/support/jest/typescript');

const support = join(__dirname, 'test/support/jest');

/** Packages that tests and shipped code import; Jest loads its own ones. */
const packages = Object.keys(devDependencies).filter((name) => !/^(jest|@swc\/|@types\/)/.test(name));

/**
 * One kind of tests.
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
		testEnvironment: join(support, 'environment.js'),
		transform: {
			[`/node_modules/(${packages.join('|')})/.+\\.[cm]?js$`]: join(support, 'nativeModule.js'),
			...typescript,
		},
		transformIgnorePatterns: [],
		// Otherwise each use is looked up in the sandbox of the test file, which costs more than most of what they do.
		sandboxInjectedGlobals: ['Array', 'Infinity', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise', 'Set', 'String'],
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
	testSequencer: join(support, 'slowestFirst.js'),
	// Long enough for a busy machine: a test waits for things, not for time to pass.
	testTimeout: 60_000,
	// One more than the processors of a small machine: some tests wait for servers and processes.
	maxWorkers: 3,
};
