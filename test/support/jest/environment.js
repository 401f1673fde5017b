const { AsyncLocalStorage } = require('node:async_hooks');
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

// Until Node 24 every storage in use makes each promise of the process slower, and Jest begins one for each test file.
const storagesInUse = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...given) {
	storagesInUse.add(this);
	return run.apply(this, given);
};

/** What test/support/yaml.ts has read. */
const yamlDocuments = new Map();

/** Jest's environment for Node; installed packages are loaded outside of it, see nativeModule.js. */
module.exports = class extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		this.global.requireNatively = (file) => require(file);
		this.global.yamlDocuments = yamlDocuments;
	}

	async teardown() {
		for (const storage of storagesInUse) storage.disable();
		storagesInUse.clear();
		await super.teardown();
	}
};
