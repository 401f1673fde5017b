const { createHash } = require('node:crypto');

const codeFor = (file) => `module.exports = globalThis.requireNatively(${JSON.stringify(file)});`;

/**
 * A transform of Jest for installed packages: Node itself loads them, once a process, instead of Jest anew for each test file.
 * n8n-core alone takes seconds.
 */
module.exports = {
	process: (_source, file) => ({ code: codeFor(file) }),
	getCacheKey: (_source, file) => createHash('sha256').update(codeFor(file)).digest('hex'),
};
