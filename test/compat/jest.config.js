const { join } = require('node:path');

const { projects } = require('../../jest.config.js');
const typescript = require('../support/jest/typescript');

/** The engine tests on the oldest n8n that the package supports: its copies take the place of the newest ones. */
const installed = join(__dirname, 'node_modules');
const [engine] = projects.filter(({ displayName }) => displayName === 'engine');

/** @type {import('jest').Config} */
module.exports = {
	...engine,
	// Only Jest's own loading puts the old copies in the place of what the built nodes require.
	transform: typescript,
	transformIgnorePatterns: ['/node_modules/'],
	displayName: 'compat',
	globalSetup: join(__dirname, 'globalSetup.js'),
	rootDir: join(__dirname, '..', '..'),
	setupFiles: [join(__dirname, 'setup.js'), ...engine.setupFiles],
	roots: [join(__dirname, '..', 'engine')],
	moduleNameMapper: {
		'^(n8n-core|n8n-workflow|@n8n/di|@n8n/backend-common|reflect-metadata)$': join(installed, '$1'),
	},
};
