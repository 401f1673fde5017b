/** Options every project shares: swc only removes the types, checking them is the work of `npm run typecheck`. */
const shared = {
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/n8n/'],
};

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/{unit,simulators}/**/*.test.ts'],
		},
		{
			...shared,
			displayName: 'contract',
			testMatch: ['<rootDir>/test/contract/**/*.test.ts'],
			setupFiles: ['<rootDir>/test/support/setup.ts'],
		},
		{
			...shared,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/{engine,support}/**/*.test.ts'],
			setupFiles: ['<rootDir>/test/support/setup.ts'],
		},
	],
};
