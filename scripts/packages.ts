// Puts the packages of one service each together, and publishes them with the package that holds all services.
import { parseArgs } from 'node:util';

import { buildIfStale } from './n8n/package';
import { REPOSITORY_FOLDER } from './n8n/paths';
import { assemblePackages } from './packages/assemble';
import { readSinglePackages } from './packages/definitions';
import { publishPackages } from './packages/publish';
import { obstacles, readRelease } from './packages/release';
import { outdatedSources, writeSources } from './packages/sources';

const HELP = `Puts together the packages of one service each, in build/packages.

  npm run packages                           writes packages/ from the definitions and fills build/packages
  npm run packages -- --release              refuses what must not be published: placeholders, a version without changelog, packages/ out of date
  npm run packages -- --release --tag v1.2.3 checks the tag against the version too
  npm run packages -- --publish              the same checks, then publishes all packages (a workflow on GitHub does this)
  npm run packages -- --publish --dry-run    goes through publishing without sending anything; placeholders are only reported`;

const { values } = parseArgs({
	options: {
		release: { type: 'boolean' },
		publish: { type: 'boolean' },
		'dry-run': { type: 'boolean' },
		tag: { type: 'string' },
		help: { type: 'boolean', short: 'h' },
	},
});

const report = (line: string): void => console.log(line);

async function main(): Promise<number> {
	if (values.help) return (console.log(HELP), 0);
	const packages = readSinglePackages();
	if (values.release || values.publish) {
		const found = obstacles(readRelease(values.tag, outdatedSources(packages)));
		for (const sentence of found) console.error(sentence);
		if (found.length > 0 && !values['dry-run']) return 1;
	} else {
		writeSources(packages);
	}
	await buildIfStale({ report });
	const folders = assemblePackages(packages);
	for (const folder of folders) console.log(folder);
	if (values.publish)
		await publishPackages({ folders: [REPOSITORY_FOLDER, ...folders], dryRun: values['dry-run'] ?? false, report });
	return 0;
}

void main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
