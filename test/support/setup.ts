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
process.env.N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS = 'true';

// n8n-core starts timers it never clears; without this the test process would not end by itself.
const startInterval = global.setInterval;
global.setInterval = ((...parameters: Parameters<typeof setInterval>) =>
	startInterval(...parameters).unref()) as typeof setInterval;
