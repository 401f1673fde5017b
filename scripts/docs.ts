// Writes the pages that are derived from the definitions, and the tables of the README.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { docsPages, operationsFolder } from './docs/pages';
import { REPOSITORY_FOLDER } from './n8n/paths';

const pages = docsPages();
rmSync(join(REPOSITORY_FOLDER, operationsFolder), { recursive: true, force: true });
for (const [path, text] of Object.entries(pages)) {
	const file = join(REPOSITORY_FOLDER, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	console.log(path);
}
