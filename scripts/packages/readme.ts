import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import type { WorkflowFile } from '../n8n/client';
import { REPOSITORY_FOLDER } from '../n8n/paths';
import { code, page, table } from '../docs/markdown';
import { operationsFolder } from '../docs/pages';
import { workflowTable } from '../docs/workflowsPage';
import { webAddress } from './addresses';
import type { SinglePackage } from './definitions';
import { readWholeManifest } from './manifest';

/** Pages of the repository that hold for each package; they become chapters of its README. */
const SHARED_PAGES = ['docs/limits-and-failures.md', 'docs/triggers.md', 'docs/privacy.md'];

/** A ready-made workflow with the name of its file. */
export interface NamedWorkflow {
	file: string;
	workflow: WorkflowFile;
}

/** Path, in the package and in the repository, of the reference of a package's operations and events. */
export function referencePath({ definition }: SinglePackage): string {
	return `${operationsFolder}/${definition.vendor.name.toLowerCase()}.md`;
}

/**
 * The README of a single-service package. What holds for all packages comes from the repository's pages.
 */
export function singleReadme(single: SinglePackage, workflows: NamedWorkflow[]): string {
	const { definition, name, nodes } = single;
	const { displayName } = definition.vendor;
	const whole = readWholeManifest();
	const shipped = [referencePath(single), 'docs/uncertain-paths.md', 'CHANGELOG.md', 'LICENSE'];
	const text = page([
		`# ${name}`,
		`n8n community nodes for ${displayName}. ${nodes[0].description}.`,
		table(
			['Node', 'What it does'],
			nodes.map((node) => [node.displayName, node.description]),
		),
		`[Installation](#installation) · [Operations](#operations) · [Credentials](#credentials) · [Usage](#usage) · [Compatibility](#compatibility) · [Version history](#version-history)`,
		'## Installation',
		`In n8n, open *Settings > Community Nodes > Install*, enter ${code(name)} and confirm.`,
		`${code(whole.name)} holds the same nodes together with those of other services. To change from one package to the other, see [Moving workflows](docs/moving-workflows.md): credentials stay as they are.`,
		'## Operations',
		operationsTable(single),
		`[All operations, fields, filters and events](${referencePath(single)}) · [Uncertain paths](docs/uncertain-paths.md)`,
		`Events of the trigger: ${definition.vendor.events.map((event) => event.name).join(', ')}.`,
		'## Credentials',
		credentialTable(single),
		'## Usage',
		...usage(single, workflows),
		...SHARED_PAGES.map(chapterOf),
		'## Compatibility',
		`n8n 2.8 and later; tested on 2.8 and 2.41 with Node.js 20, 22 and 24.`,
		'## Version history',
		'See the [changelog](CHANGELOG.md). All packages of the project have the same version.',
		'## Resources',
		[
			`- [Source code and issues](${webAddress(whole.repository.url)})`,
			`- [API of ${displayName}](${documentationOf(single)})`,
			'- [n8n community nodes](https://docs.n8n.io/integrations/community-nodes/)',
		].join('\n'),
		'## License',
		'[MIT](LICENSE)',
	]);
	return relink(text, [...shipped, 'docs/moving-workflows.md'], single);
}

function operationsTable({ definition }: SinglePackage): string {
	const rows = definition.vendor.resources.map(({ name, operations }) => [
		name,
		operations.map((operation) => operation.name).join(', '),
	]);
	return table(['Resource', 'Operations'], rows);
}

function credentialTable({ definition }: SinglePackage): string {
	const shown = definition.credential.properties.filter(({ type }) => type !== 'hidden' && type !== 'notice');
	return table(
		['Field', 'What to enter'],
		shown.map(({ displayName, description = '', placeholder = '' }) => [
			displayName,
			[description, placeholder].filter((text) => text !== '').join(', '),
		]),
	);
}

function usage({ definition, nodes }: SinglePackage, workflows: NamedWorkflow[]): Array<string | undefined> {
	const trigger = nodes.find(({ group }) => group.includes('trigger'));
	return [
		`Create a credential of type *${definition.credential.displayName}*, add the node *${nodes[0].displayName}* to a workflow, choose the credential, a resource and an operation, and press *Execute step*.` +
			(trigger === undefined
				? ''
				: ` To start a workflow by an event, add *${trigger.displayName}*, choose the event, press *Fetch Test Event* to see a real one, and activate the workflow.`),
		workflows.length === 0
			? undefined
			: 'The package brings ready-made workflows. Import one with *Import from File* in the editor’s menu and choose your credential in each node.',
		workflows.length === 0 ? undefined : workflowTable(workflows),
	];
}

function documentationOf({ definition: { credential } }: SinglePackage): string {
	if (credential.documentationUrl === undefined) throw new Error(`${credential.name} has no documentationUrl`);
	return credential.documentationUrl;
}

/** A page as a chapter: its headings a level lower, its links as seen from the root of the repository. */
function chapterOf(path: string): string {
	const written = readFileSync(join(REPOSITORY_FOLDER, path), 'utf8');
	return written
		.replace(/^#/gm, '##')
		.replace(/\]\((?!https?:|#)([^)]+)\)/g, (_link, target: string) => `](${join(dirname(path), target)})`)
		.trim();
}

/** A page of a package with its links to files that the package does not hold leading to the repository. */
export function relinkPage(page: string, text: string, isShipped: (path: string) => boolean): string {
	const source = webAddress(readWholeManifest().repository.url);
	return text.replace(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g, (link, target: string, mark = '') => {
		const path = join(dirname(page), target);
		return isShipped(path) ? link : `](${source}/blob/main/${path}${mark})`;
	});
}

/** Makes links to files that the package does not hold lead to the repository, and those to the reference to the package's own. */
function relink(text: string, shipped: string[], single: SinglePackage): string {
	const source = webAddress(readWholeManifest().repository.url);
	return text.replace(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g, (_link, path: string, mark = '') => {
		if (normalize(path) === `${operationsFolder}/`) return `](${referencePath(single)})`;
		return shipped.includes(path) ? `](${path}${mark})` : `](${source}/blob/main/${path}${mark})`;
	});
}
