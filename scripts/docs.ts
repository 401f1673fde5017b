// Writes the pages of docs/ that are derived from the definitions.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { docsPages } from './docs/pages';
import { REPOSITORY_FOLDER } from './n8n/paths';

const folder = join(REPOSITORY_FOLDER, 'docs');
rmSync(join(folder, 'operations'), { recursive: true, force: true });
for (const [path, text] of Object.entries(docsPages())) {
	const file = join(folder, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	console.log(`docs/${path}`);
}
