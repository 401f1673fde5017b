// Prints the milliseconds of the processor that n8n spends on a built package at its start.
const { join } = require('node:path');

const [folder] = process.argv.slice(2);
const runtime = join(__dirname, '..', 'test', 'n8n', 'runtime', 'node_modules');
require(join(runtime, 'reflect-metadata'));
const { LazyPackageDirectoryLoader } = require(join(runtime, 'n8n-core'));

async function main() {
	const begin = process.cpuUsage();
	await new LazyPackageDirectoryLoader(folder).loadAll();
	const { user, system } = process.cpuUsage(begin);
	process.stdout.write(String((user + system) / 1_000));
}

void main();
