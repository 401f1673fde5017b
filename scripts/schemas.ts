// Writes the output schemas of all operations, which n8n's editor shows before a node ran. Needs the built package.
import '../test/support/setup';

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { REPOSITORY_FOLDER } from './n8n/paths';
import { schemaFiles, schemaFolder } from './schemas/schemaFiles';

async function main(): Promise<void> {
	const files = await schemaFiles();
	for (const folder of new Set(Object.keys(files).map((path) => path.split(`/${schemaFolder}/`)[0]))) {
		rmSync(join(REPOSITORY_FOLDER, folder, schemaFolder), { recursive: true, force: true });
	}
	for (const [path, text] of Object.entries(files)) {
		const file = join(REPOSITORY_FOLDER, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
	console.log(`${Object.keys(files).length} output schemas`);
}

// n8n-core keeps the process open.
void main().then(() => process.exit());
