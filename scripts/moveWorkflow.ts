// Moves workflow files between the package that holds all services and those of one service each.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import type { WorkflowFile } from './n8n/client';
import { readManifest } from './n8n/paths';
import { readSinglePackages } from './packages/definitions';
import { moveWorkflow, toSingles, toWhole } from './packages/move';

const HELP = `Changes the package that the nodes of workflows come from. Files may hold one workflow or, as n8n exports them, a list.

  npm run move-workflow -- --to single FILE...   each node from the package of its own service
  npm run move-workflow -- --to whole FILE...    all nodes from the package that holds all services`;

const { values, positionals } = parseArgs({ options: { to: { type: 'string' } }, allowPositionals: true });

function main(): number {
	if (positionals.length === 0 || (values.to !== 'single' && values.to !== 'whole')) return (console.log(HELP), 1);
	const packages = readSinglePackages();
	const whole = readManifest().name;
	const [packageOf, from] =
		values.to === 'single'
			? [toSingles(packages), [whole]]
			: [toWhole(packages, whole), packages.map(({ name }) => name)];
	const move = (workflow: WorkflowFile) => moveWorkflow(workflow, packageOf, from);
	for (const file of positionals) {
		const content = JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile | WorkflowFile[];
		const moved = Array.isArray(content) ? content.map(move) : move(content);
		writeFileSync(file, `${JSON.stringify(moved, null, 2)}\n`);
		console.log(file);
	}
	return 0;
}

process.exit(main());
