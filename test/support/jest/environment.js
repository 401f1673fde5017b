const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

// n8n-core keeps its settings and stored files here; a folder per process, so that test runs never meet.
const folder = mkdtempSync(join(tmpdir(), 'contact-center-n8n-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'key of the test suite';
process.env.N8N_DEFAULT_BINARY_DATA_MODE = 'filesystem';

/** Jest's environment for Node; installed packages are loaded outside of it, see nativeModule.js. */
module.exports = class extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.global.requireNatively = (file) => require(file);
	}
};
