import type { IDataObject } from 'n8n-workflow';

import type { Operation, Resource } from '../../nodes/shared/definition/operation';
import { contractsOf, sampleFiles, startStandIn } from '../../test/contract/standIn';
import type { ContractVendor } from '../../test/contract/vendors';
import { jsonOf, runNode } from '../../test/support/engine';
import { type ExampleChoice, exampleAnswers } from '../../test/support/exampleAnswer';
import type { Recorder } from '../../test/support/recorder';
import { sampleParameters } from '../../test/support/samples';
import { inferSchema, type OutputSchema } from './inferSchema';

/** What the editor knows of an operation's output before it ran. */
export interface OperationSchema {
	resource: string;
	operation: string;
	schema: OutputSchema;
}

/**
 * The output schema of each operation of a vendor: what the built node puts out, with the fewest fields and Simplify as it is
 * by default, when the vendor answers with the examples of its contract, and with every key that the contract names. An
 * operation whose output cannot be known has none.
 * @param typeVersion the version of the node
 */
export async function readSchemas(row: ContractVendor, typeVersion: number): Promise<OperationSchema[]> {
	const operations = row.vendor.resources.flatMap((resource) =>
		resource.operations.map((operation) => ({ resource, operation })),
	);
	const outputs = new Map<Operation, IDataObject[]>(operations.map(({ operation }) => [operation, []]));
	const most = Math.max(...operations.map(({ operation }) => examplesOf(row, operation)));
	for (let index = 0; index < most; index++) {
		const chosen = operations.filter(({ operation }) => index < examplesOf(row, operation));
		for (const complete of [true, false]) {
			await withStandIn(row, { index, complete }, async (standIn) => {
				for (const { resource, operation } of chosen) {
					outputs.get(operation)?.push(...(await outputOf(row, resource, operation, standIn, typeVersion)));
				}
			});
		}
	}
	return operations.flatMap(({ resource, operation }) => {
		const schema = inferSchema(outputs.get(operation) ?? []);
		// n8n's editor shows no schema without a key.
		if (Object.keys(schema.properties ?? {}).length === 0) return [];
		return [{ resource: resource.value, operation: operation.value, schema }];
	});
}

async function withStandIn(row: ContractVendor, choice: ExampleChoice, use: (standIn: Recorder) => Promise<void>) {
	const standIn = await startStandIn(row, choice);
	try {
		await use(standIn);
	} finally {
		await standIn.close();
	}
}

/** Items of an operation; none when it fails, for a key too many may say that something failed at the vendor. */
async function outputOf(
	row: ContractVendor,
	resource: Resource,
	operation: Operation,
	standIn: Recorder,
	typeVersion: number,
) {
	standIn.requests.length = 0;
	const { error, outputs } = await runNode({
		nodeType: row.vendor.name,
		node: { typeVersion },
		parameters: sampleParameters(resource, operation, 'fewest'),
		credentials: { [row.vendor.credentialType]: { ...row.credentials(standIn.origin), requestsPerSecond: 1_000 } },
		items: [{ json: {}, binary: sampleFiles }],
	});
	return error === undefined ? jsonOf(outputs[0]) : [];
}

/** How many examples of good answers to the operation's own request the contracts show. */
function examplesOf(row: ContractVendor, { method, path }: Operation): number {
	const { pathname } = new URL(row.vendor.baseUrl(row.credentials('http://127.0.0.1')));
	const prefix = pathname === '/' ? '' : pathname;
	return exampleAnswers(contractsOf(row), { method, path: prefix + path }, false).length;
}
