import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { NodeTypeDescription, WorkflowFile } from './client';
import { WORKFLOWS_FOLDER } from './paths';

/** Reads the ready-made workflows, sorted by file name. */
export function readWorkflows(folder = WORKFLOWS_FOLDER): Array<{ file: string; workflow: WorkflowFile }> {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => ({ file, workflow: JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowFile }));
}

/** Reads one ready-made workflow. @throws Error if there is no such file */
export function readWorkflow(file: string, folder = WORKFLOWS_FOLDER): WorkflowFile {
	const found = readWorkflows(folder).find((candidate) => candidate.file === file);
	if (found === undefined) throw new Error(`No workflow ${file}`);
	return found.workflow;
}

/** Name of the node a manual run starts from: the Manual Trigger if there is one, else the first trigger. Throws when there is none. */
export function findTrigger(workflow: WorkflowFile, nodeTypes: NodeTypeDescription[]): string {
	const triggerTypes = new Set(nodeTypes.filter(({ group }) => group.includes('trigger')).map(({ name }) => name));
	const triggers = workflow.nodes.filter((node) => triggerTypes.has(node.type) && !node.disabled);
	const trigger = triggers.find(({ type }) => type === 'n8n-nodes-base.manualTrigger') ?? triggers[0];
	if (!trigger) throw new Error(`"${workflow.name}" has no trigger`);
	return trigger.name;
}
