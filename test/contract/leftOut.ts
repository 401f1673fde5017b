// Contract operations that the node leaves out on purpose, as the contract itself sorts them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { loadContract } from '../support/contract';
import { repositoryFolder } from '../support/package';
import { shapeOf } from './shapes';

interface ContractFile {
	paths: Record<string, Record<string, { 'x-use'?: string }>>;
}

/** Operations of a contract by their `x-use`, as `METHOD /path`, each with the reason why the node has none. */
export function leftOutByUse(file: string, reasons: Record<string, string>): Record<string, string> {
	const path = join(repositoryFolder, 'test/contracts', file);
	const { paths } = parse(readFileSync(path, 'utf8')) as ContractFile;
	const [basePath = ''] = loadContract(path).basePaths;
	const entries = Object.entries(paths).flatMap(([template, operations]) =>
		Object.entries(operations).flatMap(([method, operation]): Array<[string, string]> => {
			const reason = reasons[operation['x-use'] ?? ''];
			return reason === undefined ? [] : [[shapeOf(method, basePath + template), reason]];
		}),
	);
	return Object.fromEntries(entries);
}
