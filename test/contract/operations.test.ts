// Every operation of every node: what the built node really sends is valid against the vendor's contract.
import type { Operation, Resource } from '../../nodes/shared/definition/operation';
import { variantsOf } from '../../nodes/shared/http/api';
import { findOperation, validateRequest } from '../support/contract';
import type { Contract } from '../support/contract';
import { jsonOf, runNode } from '../support/engine';
import type { Recorder } from '../support/recorder';
import { sampleParameters } from '../support/samples';
import type { Amount } from '../support/samples';
import { misfits, schemaOf } from './outputSchemas';
import { shapeOf } from './shapes';
import { contractsOf, isStorage, sampleFiles, startStandIn, templateOf } from './standIn';
import { contractVendors } from './vendors';
import type { ContractVendor } from './vendors';

/** Shapes of all requests that a vendor's node can send, below the origin. */
function nodeShapes(row: ContractVendor): Set<string> {
	const { pathname } = new URL(row.vendor.baseUrl(row.credentials('http://127.0.0.1')));
	const prefix = pathname === '/' ? '' : pathname;
	const operations = row.vendor.resources.flatMap((resource) => resource.operations.flatMap(variantsOf));
	const own = operations.map(({ method, path }) => shapeOf(method, prefix + path));
	const further = operations.flatMap(({ alsoCalls = [] }) =>
		alsoCalls.map((call) => shapeOf(call.split(' ')[0], prefix + call.split(' ')[1])),
	);
	return new Set([...own, ...further]);
}

describe.each(contractVendors)('$vendor.displayName', (row) => {
	const contracts = contractsOf(row);
	let recorder: Recorder;

	beforeAll(async () => {
		recorder = await startStandIn(row);
	});
	afterAll(async () => await recorder.close());

	const cases = row.vendor.resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			variantsOf(operation).flatMap((form) =>
				(['fewest', 'most'] as Amount[]).map((amount) => ({
					title: `${resource.value}.${operation.value} with ${amount} fields${form === operation ? '' : ' in its other form'}`,
					resource,
					operation: form,
					amount,
					keys: form === operation ? {} : row.otherKeys,
				})),
			),
		),
	);

	test.each(cases)('$title', async ({ resource, operation, amount, keys }) => {
		const { requests, items } = await runOperation(resource, operation, amount, keys);
		expect(requests.length).toBeGreaterThan(0);
		for (const request of requests) {
			const contract = contracts.find((candidate) => findOperation(candidate, request) !== undefined) as Contract;
			expect({ request: `${request.method} ${request.path}`, known: contract !== undefined }).toMatchObject({ known: true });
			expect(await validateRequest(contract, request)).toEqual([]);
		}
		const sent = requests.map((request) => templateOf(contracts, request));
		expect(sent).toContain(shapeOf(operation.method, pathPrefix() + operation.path));
		const schema = schemaOf(row.vendor.name, resource.value, operation.value);
		// The schema tells what the usual form returns, before options ask for more.
		const isUsual = resource.operations.includes(operation) && amount === 'fewest';
		if (schema !== undefined && isUsual) expect(misfits(items, schema, operation.simplify !== undefined)).toEqual([]);
	});

	test('every contract operation has its node operation', () => {
		const known = nodeShapes(row);
		const missing = contracts
			.flatMap((contract) =>
				contract.operations.map(({ method, path }) => shapeOf(method, (contract.basePaths[0] ?? '') + path)),
			)
			.filter((shape) => !known.has(shape) && !(shape in row.exceptions));
		expect(missing).toEqual([]);
	});

	test('no exception is left over', () => {
		const known = nodeShapes(row);
		expect(Object.keys(row.exceptions).filter((shape) => known.has(shape))).toEqual([]);
	});

	function pathPrefix(): string {
		const { pathname } = new URL(row.vendor.baseUrl(row.credentials(recorder.origin)));
		return pathname === '/' ? '' : pathname;
	}

	async function runOperation(resource: Resource, operation: Operation, amount: Amount, keys = {}) {
		recorder.requests.length = 0;
		const result = await runNode({
			nodeType: row.vendor.name,
			parameters: sampleParameters(resource, operation, amount),
			credentials: { [row.vendor.credentialType]: { ...row.credentials(recorder.origin), ...keys } },
			items: [{ json: {}, binary: sampleFiles }],
		});
		expect({ message: result.error?.message, advice: result.error?.description }).toEqual({});
		const foreign = recorder.requests.filter((request) => isStorage(row, request));
		// What lies on the storage is fetched with its address alone.
		expect(foreign.map(({ headers }) => headers.authorization)).toEqual(foreign.map(() => undefined));
		return {
			requests: recorder.requests.filter((request) => !isStorage(row, request)),
			items: jsonOf(result.outputs[0] ?? []),
		};
	}
});
