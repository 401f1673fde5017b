import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY_FOLDER } from '../n8n/paths';
import { readWorkflows } from '../n8n/workflows';
import type { VendorDefinition } from './definitions';
import { code, table } from './markdown';

const manualTrigger = 'n8n-nodes-base.manualTrigger';

/** The README with its tables of vendors and workflows as they are now; the rest stays as it is written. */
export function readmePage(definitions: VendorDefinition[]): string {
	const written = readFileSync(join(REPOSITORY_FOLDER, 'README.md'), 'utf8');
	return fill(fill(written, 'vendors', vendorTable(definitions)), 'workflows', workflowTable());
}

/** Puts text between the two comments that mark a region. @throws Error when they are missing */
function fill(text: string, region: string, content: string): string {
	const marks = new RegExp(`(<!-- ${region} -->\n)[\\s\\S]*?(<!-- end of ${region} -->)`);
	if (!marks.test(text)) throw new Error(`README.md has no region '${region}'`);
	return text.replace(marks, (_whole, begin: string, end: string) => `${begin}\n${content}\n\n${end}`);
}

function vendorTable(definitions: VendorDefinition[]): string {
	const rows = definitions.map(({ vendor: { displayName, name, resources, events }, push }) => [
		`[${displayName}](docs/operations/${name.toLowerCase()}.md)`,
		String(resources.flatMap(({ operations }) => operations).length),
		resources.map((resource) => resource.name).join(', '),
		events.map((event) => event.name).join(', '),
		instantNames(push),
	]);
	return table(['Vendor', 'Operations', 'Works with', 'Trigger events', 'Instant trigger events'], rows);
}

function instantNames(push: VendorDefinition['push']): string {
	const names = push?.definition.senders.flatMap(({ events }) => events.map((event) => event.name)) ?? [];
	return [...new Set(names)].sort().join(', ');
}

/** Table of ready-made workflows: file, name and what starts them. */
export function workflowTable(workflows = readWorkflows()): string {
	const rows = workflows.map(({ file, workflow: { name, nodes } }) => {
		const triggers = nodes.filter(({ type }) => type.endsWith('Trigger') && type !== manualTrigger);
		return [code(file), name, triggers.map((trigger) => trigger.name).join(', ') || 'by hand'];
	});
	return table(['File in `workflows/`', 'What it does', 'Starts with'], rows);
}
