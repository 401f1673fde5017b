import type { Operation, Resource } from '../../nodes/shared/definition/operation';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import type { VendorDefinition } from './definitions';
import { readEvidence } from './evidence';
import type { Evidence } from './evidence';
import { code, page, table } from './markdown';
import { requestWords, sourceWords, usualSource } from './words';

interface UncertainOperation {
	resource: Resource;
	operation: Operation;
}

/** All operations whose path the vendor's own reference does not show, and how to change a path. */
export function uncertainPage(definitions: VendorDefinition[]): string {
	const evidenceOf = readEvidence();
	return page([
		'# Uncertain paths',
		'This page is written by `npm run docs` from the definitions.',
		"Not every vendor publishes the address of every operation. The operations below are those whose method and path are not in the vendor's own reference:",
		[
			`- ${sourceWords.inferred}: a careful guess. The node says so in the description of the operation.`,
			`- ${sourceWords['seed-path']}: built like the paths that the reference does show.`,
			`- ${sourceWords['public-doc']}: seen in other public pages or public programs, not in the reference.`,
		].join('\n'),
		'*Evidence* says what each path rests on and which other paths are candidates. None of them was tried on an account of the vendor; what was tried is which public pages, release notes and programs name them.',
		'What else the vendors leave open, and what the nodes do about it, is in [What the vendors leave open](vendor-doubts.md).',
		'## Changing a path',
		'When support of the vendor names another path, put it into *Path Overrides* of the credential. Nodes, triggers and pick lists that use the credential take it from there; nothing has to be updated. ' +
			'The field holds a JSON object from the key in the tables below to a path, or to a method and a path:',
		'```json\n{ "call.get": "/manager/api/v1/calls/{callId}", "dncEntry.remove": "DELETE /apps/api/v1/dnc" }\n```',
		'The names in braces are those of the table and are filled in as before. Any operation can be overridden, not only these; the key is the internal name of the resource and of the operation. ' +
			'For a request that no operation covers there is *API Request* in every node.',
		...definitions.flatMap(({ vendor }) => vendorBlocks(vendor, evidenceOf)),
	]);
}

function vendorBlocks(vendor: Vendor, evidenceOf: (operation: Operation) => Evidence | undefined): string[] {
	const uncertain = uncertainOperations(vendor);
	const heading = `## ${vendor.displayName}`;
	const apis = (vendor.apis ?? []).filter(({ source = usualSource }) => source !== usualSource);
	const notes = apis.map(
		({ name, pathPrefix, source = usualSource }) =>
			`The paths of ${name} (those below ${code(pathPrefix)}) come from ${sourceWords[source]}: the vendor publishes no reference of them, and no account has confirmed each.`,
	);
	if (uncertain.length === 0) return [heading, ...(notes.length === 0 ? ["None: every path is in the vendor's reference."] : notes)];
	return [
		heading,
		...notes,
		table(
			['Operation', 'Key', 'Request', 'Path known from', 'How sure', 'Evidence', 'Where the path answers 404'],
			uncertain.map((entry) => row(entry, evidenceOf(entry.operation))),
		),
	];
}

function uncertainOperations(vendor: Vendor): UncertainOperation[] {
	const all = vendor.resources.flatMap((resource) => resource.operations.map((operation) => ({ resource, operation })));
	return all.filter(({ operation }) => operation.source !== undefined && operation.source !== usualSource);
}

function row({ resource, operation }: UncertainOperation, evidence: Evidence | undefined): string[] {
	const { name, value, source = usualSource, fallback, secondPath } = operation;
	return [
		`${resource.name}: ${name}`,
		code(`${resource.value}.${value}`),
		code(requestWords(operation)),
		sourceWords[source],
		evidence?.confidence ?? '',
		evidence?.reason ?? '',
		elsewhereWords(fallback?.path ?? secondPath),
	];
}

function elsewhereWords(path: string | undefined): string {
	return path === undefined ? '' : `reads ${code(`GET ${path}`)} instead`;
}
