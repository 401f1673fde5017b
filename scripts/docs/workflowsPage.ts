import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY_FOLDER } from '../n8n/paths';
import { readWorkflows } from '../n8n/workflows';
import { code, fillRegion, table } from './markdown';

const manualTrigger = 'n8n-nodes-base.manualTrigger';

/** The page of the ready-made workflows with its table as they are now; the rest stays as it is written. */
export function workflowsPage(): string {
	const written = readFileSync(join(REPOSITORY_FOLDER, 'workflows/README.md'), 'utf8');
	return fillRegion(
		written,
		'workflows',
		workflowTable(readWorkflows(), (file) => `[${file}](${file})`),
	);
}

/**
 * Table of ready-made workflows: file, name and what starts them.
 * @param show how the name of a file is written
 */
export function workflowTable(workflows = readWorkflows(), show = code): string {
	const rows = workflows.map(({ file, workflow: { name, nodes } }) => {
		const triggers = nodes.filter(({ type }) => type.endsWith('Trigger') && type !== manualTrigger);
		return [show(file), name, triggers.map((trigger) => trigger.name).join(', ') || 'by hand'];
	});
	return table(['File', 'What it does', 'Starts with'], rows);
}
