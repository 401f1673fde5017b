// Prints the milliseconds of the processor that loading the nodes and credentials of a built package takes, in a process as n8n's: n8n-workflow is loaded.
const { join } = require('node:path');

const folder = process.argv[2];
const { n8n } = require(join(folder, 'package.json'));
for (const shared of ['n8n-workflow', 'zod/v3', 'luxon']) require(require.resolve(shared, { paths: [folder] }));
const begin = process.cpuUsage();
for (const file of [...n8n.credentials, ...n8n.nodes]) {
	const loaded = require(join(folder, file));
	for (const Type of Object.values(loaded)) if (typeof Type === 'function') new Type();
}
const { user, system } = process.cpuUsage(begin);
process.stdout.write(String((user + system) / 1_000));
