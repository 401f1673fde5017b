// What n8n's own command line tool lints a community package with, at the same levels, plus the project's own rules.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import eslint from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importPlugin from 'eslint-plugin-import-x';
import nodesBasePlugin from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const engine = './nodes/shared';

/** Rooms of the engine and the rooms each may import from. */
const rooms = {
	data: [],
	time: [],
	definition: ['time'],
	input: ['data', 'time', 'definition'],
	http: ['data', 'time', 'definition', 'input'],
	output: ['data', 'time', 'definition', 'input', 'http'],
	lists: ['data', 'time', 'definition', 'input', 'http', 'output'],
	run: ['data', 'time', 'definition', 'input', 'http', 'output', 'lists'],
	polling: ['data', 'time', 'definition', 'input', 'http', 'output', 'lists'],
	webhook: ['data', 'time', 'definition', 'input', 'http', 'output', 'lists', 'polling'],
	editor: ['data', 'time', 'definition', 'input', 'http', 'output', 'lists', 'run', 'polling', 'webhook'],
};

/** What a vendor's tables, formats and jobs may import from the engine. */
const openToVendors = ['data', 'time', 'definition', 'input/values', 'editor/fields.ts', 'run/job.ts'];

/** What the node files of a vendor hand their tables to. */
const openToNodes = ['definition', 'editor', 'run/executeNode.ts', 'polling/pollVendor.ts', 'webhook'];

const vendors = readdirSync(join(import.meta.dirname, 'nodes')).filter((folder) => folder !== 'shared');

function roomZones() {
	const ownRooms = Object.entries(rooms).map(([room, open]) => ({
		target: `${engine}/${room}`,
		from: './nodes',
		except: [room, ...open].map((name) => `./shared/${name}`),
		message: `'${room}' may import only from: ${[room, ...open].join(', ')}.`,
	}));
	const vendorRooms = vendors.map((vendor) => ({
		target: `./nodes/${vendor}/**/!(*.node.ts)`,
		from: './nodes',
		except: [`./${vendor}`, ...openToVendors.map((name) => `./shared/${name}`)],
		message: `A vendor may import only from: ${openToVendors.join(', ')}.`,
	}));
	const nodeFiles = vendors.map((vendor) => ({
		target: `./nodes/${vendor}/*.node.ts`,
		from: './nodes',
		except: [`./${vendor}`, ...openToNodes.map((name) => `./shared/${name}`)],
		message: `A node file may import only from: ${openToNodes.join(', ')}.`,
	}));
	return [...ownRooms, ...vendorRooms, ...nodeFiles];
}

const shipped = ['index.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'];

export default defineConfig(
	globalIgnores(['dist', 'build', 'coverage', '**/node_modules']),
	{
		files: ['**/*.{ts,js,mjs}'],
		extends: [eslint.configs.recommended],
		linterOptions: { reportUnusedDisableDirectives: 'error' },
	},
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		rules: {
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
		},
	},
	{
		files: ['**/*.js'],
		languageOptions: {
			sourceType: 'commonjs',
			globals: {
				module: 'writable',
				require: 'readonly',
				exports: 'writable',
				process: 'readonly',
				__dirname: 'readonly',
				console: 'readonly',
				Buffer: 'readonly',
			},
		},
	},

	// Shipped code. n8n's scanner ignores inline disables, so none count here either.
	{
		files: shipped,
		extends: [n8nCommunityNodesPlugin.configs.recommended, importPlugin.flatConfigs.recommended],
		plugins: { 'n8n-nodes-base': nodesBasePlugin },
		linterOptions: { noInlineConfig: true },
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
		rules: {
			'prefer-spread': 'off',
			'no-console': 'error',
			// n8n's rule lets every devDependency pass; at run time n8n brings only these, Node aside.
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: '^(?!\\.{1,2}/|n8n-workflow$|zod/v3$|luxon$|(node:)?crypto$)',
							message: 'Shipped code may import only n8n-workflow, zod/v3, luxon and crypto.',
						},
					],
				},
			],
		},
	},

	// The engine's rooms by stage: a file imports only from rooms above its own, and no circle is left, types included.
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: {
			'import-x/no-cycle': ['error', { ignoreExternal: true }],
			'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: roomZones() }],
		},
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...nodesBasePlugin.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...nodesBasePlugin.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': nodesBasePlugin },
		linterOptions: { noInlineConfig: true },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: nodesBasePlugin.configs.community.rules,
	},
);
