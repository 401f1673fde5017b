// How sure a path is said to be: the node says what the contract says.
import { join } from 'node:path';

import { variantsOf, sourceOf } from '../../nodes/shared/http/api';
import { loadContract } from '../support/contract';
import { repositoryFolder } from '../support/package';
import { readYaml } from '../support/yaml';
import { shapeOf } from './shapes';
import { contractVendors } from './vendors';

interface ContractFile {
	paths: Record<string, Record<string, { 'x-source'?: string }>>;
}

/** What a contract says of the source of each request, below the origin. */
function sourcesIn(file: string): Array<[string, string]> {
	const path = join(repositoryFolder, 'test/contracts', file);
	const { paths } = readYaml<ContractFile>(path);
	const [basePath = ''] = loadContract(path).basePaths;
	return Object.entries(paths).flatMap(([template, operations]) =>
		Object.entries(operations).flatMap(([method, operation]): Array<[string, string]> =>
			operation['x-source'] === undefined ? [] : [[shapeOf(method, basePath + template), operation['x-source']]],
		),
	);
}

test.each(contractVendors)(
	'$vendor.displayName marks its paths as the contract does',
	({ vendor, contracts, credentials }) => {
		const { pathname } = new URL(vendor.baseUrl(credentials('http://127.0.0.1')));
		const prefix = pathname === '/' ? '' : pathname;
		const sources = new Map(contracts.flatMap(sourcesIn));
		const differing = vendor.resources.flatMap((resource) =>
			resource.operations
				.flatMap(variantsOf)
				.map((operation) => ({
					operation: `${resource.value}.${operation.value}`,
					node: sourceOf(vendor, operation),
					contract: sources.get(shapeOf(operation.method, prefix + operation.path)),
				}))
				.filter(({ node, contract }) => node !== contract),
		);
		expect(differing).toEqual([]);
	},
);
