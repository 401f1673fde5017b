import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY_FOLDER } from '../n8n/paths';
import type { VendorDefinition } from './definitions';
import { fillRegion, table } from './markdown';

/** The README with its table of vendors as they are now; the rest stays as it is written. */
export function readmePage(definitions: VendorDefinition[]): string {
	const written = readFileSync(join(REPOSITORY_FOLDER, 'README.md'), 'utf8');
	return fillRegion(written, 'vendors', vendorTable(definitions));
}

function vendorTable(definitions: VendorDefinition[]): string {
	const rows = definitions.map(({ vendor: { displayName, name, resources, events }, push }) => [
		`[${displayName}](docs/operations/${name.toLowerCase()}.md)`,
		String(resources.flatMap(({ operations }) => operations).length),
		resources.map((resource) => resource.name).join(', '),
		String(events.length),
		String(instantNames(push).length),
	]);
	return table(['Vendor', 'Operations', 'Works with', 'Trigger events', 'Instant trigger events'], rows);
}

function instantNames(push: VendorDefinition['push']): string[] {
	const names = push?.definition.senders.flatMap(({ events }) => events.map((event) => event.name)) ?? [];
	return [...new Set(names)];
}
