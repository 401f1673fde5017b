const { execFileSync } = require('node:child_process');
const { copyFileSync, existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const lockfile = join(__dirname, 'package-lock.json');
const installed = join(__dirname, 'node_modules', '.installed.json');

/** Installs the oldest n8n on first use and again when its lockfile changes (half a minute, 300 MB). */
module.exports = function installOldestN8n() {
	if (existsSync(installed) && readFileSync(installed).equals(readFileSync(lockfile))) return;
	console.log('Downloading the oldest n8n that the package supports (300 MB, once) ...');
	execFileSync('npm', ['ci', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'], {
		cwd: __dirname,
		stdio: 'inherit',
		timeout: 600_000,
	});
	copyFileSync(lockfile, installed);
};
