const typescript = require('../support/jest/typescript');

/** Tests against a real n8n: one n8n for all of them, one test file after the other. */
/** @type {import('jest').Config} */
module.exports = {
	displayName: 'n8n',
	rootDir: __dirname,
	roots: ['<rootDir>'],
	testMatch: ['<rootDir>/*.test.ts'],
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/runtime/'],
	transform: typescript,
	globalSetup: '<rootDir>/globalSetup.ts',
	globalTeardown: '<rootDir>/globalTeardown.ts',
	maxWorkers: 1,
	testTimeout: 120_000,
	verbose: true,
};
