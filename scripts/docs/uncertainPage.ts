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
		"Not every vendor publishes the address of every operation. The method and path of the operations below are not in the vendor's own reference:",
		[
			`- ${sourceWords.inferred}: a careful guess. The node says so in the description of the operation.`,
			`- ${sourceWords['seed-path']}: built like the paths that the reference shows.`,
			`- ${sourceWords['public-doc']}: found on other public pages or in public programs, but not in the reference.`,
		].join('\n'),
		'*Evidence* says what each path is based on and which other paths are candidates. None of them has been tried on a real account: they were looked up in public pages, release notes and programs.',
		'Other open questions, and how the nodes decide them, are in [What the vendors leave open](vendor-doubts.md).',
		'## Changing a path',
		"If the vendor's support names another path, enter it under *Path Overrides* in the credential. All nodes, triggers and pick lists that use the credential then use that path; no update is needed. " +
			'The field holds a JSON object that maps the keys in the tables below to a path, or to a method and a path:',
		'```json\n{ "call.get": "/manager/api/v1/calls/{callId}", "dncEntry.remove": "DELETE /apps/api/v1/dnc" }\n```',
		'Use the names in braces as they are in the table; the node fills them in. Any operation can be overridden, not only these: its key consists of the internal names of the resource and the operation. ' +
			'For requests that no operation covers, every node has *API Request*.',
		...definitions.flatMap(({ vendor }) => vendorBlocks(vendor, evidenceOf)),
	]);
}

function vendorBlocks(vendor: Vendor, evidenceOf: (operation: Operation) => Evidence | undefined): string[] {
	const uncertain = uncertainOperations(vendor);
	const heading = `## ${vendor.displayName}`;
	const apis = (vendor.apis ?? []).filter(({ source = usualSource }) => source !== usualSource);
	const notes = apis.map(
		({ name, pathPrefix, source = usualSource }) =>
			`The paths of ${name} (those below ${code(pathPrefix)}) come from ${sourceWords[source]}: the vendor publishes no reference for them, and not each of them has been confirmed on an account.`,
	);
	if (uncertain.length === 0) return [heading, ...(notes.length === 0 ? ["None: every path is in the vendor's reference."] : notes)];
	return [
		heading,
		...notes,
		table(
			['Operation', 'Key', 'Request', 'Path known from', 'Confidence', 'Evidence', 'If the path answers 404'],
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
