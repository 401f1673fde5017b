// Runs before each engine and contract test file, before n8n-core is loaded.
import 'reflect-metadata';
import { join } from 'node:path';

// n8n-core keeps its settings and stored files here; a folder per worker, so that workers never meet.
process.env.N8N_USER_FOLDER = join(
	__dirname,
	'../../node_modules/.cache/contact-center',
	`n8n-${process.env.JEST_WORKER_ID ?? '1'}`,
);
process.env.N8N_ENCRYPTION_KEY = 'key of the test suite';
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';
