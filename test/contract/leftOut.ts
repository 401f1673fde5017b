// Contract operations that the node leaves out on purpose, as the contract itself sorts them.
import { join } from 'node:path';

import { loadContract } from '../support/contract';
import { repositoryFolder } from '../support/package';
import { readYaml } from '../support/yaml';
import { shapeOf } from './shapes';

interface ContractFile {
	paths: Record<string, Record<string, { 'x-use'?: string }>>;
}

/** Operations of a contract by their `x-use`, as `METHOD /path`, each with the reason why the node has none. */
export function leftOutByUse(file: string, reasons: Record<string, string>): Record<string, string> {
	const path = join(repositoryFolder, 'test/contracts', file);
	const { paths } = readYaml<ContractFile>(path);
	const [basePath = ''] = loadContract(path).basePaths;
	const entries = Object.entries(paths).flatMap(([template, operations]) =>
		Object.entries(operations).flatMap(([method, operation]): Array<[string, string]> => {
			const reason = reasons[operation['x-use'] ?? ''];
			return reason === undefined ? [] : [[shapeOf(method, basePath + template), reason]];
		}),
	);
	return Object.fromEntries(entries);
}

const newSecret = 'makes a new secret that only LiveAgent shows, and ends the access of whatever uses the old one';
const secret = 'returns or takes a secret, which would end up in executions or workflows';

/** Operations of LiveAgent's administration that the node leaves out; API Request sends those that no secret forbids. */
export const liveAgentAdministration: Record<string, string> = {
	'GET /api/v3/api/info/{}': secret,
	'POST /api/v3/apikeys': secret,
	'POST /api/v3/apikeys/_login': secret,
	'POST /api/v3/apikeys/regenerateApiV1': secret,
	'POST /api/v3/apikeys/regenerateApiV3/{}': newSecret,
	'PUT /api/v3/apikeys/{}': secret,
	'GET /api/v3/agents/{}/login_key': secret,
	'GET /api/v3/sso': secret,
	'POST /api/v3/sso': secret,
	'PUT /api/v3/subscriptions/{}/custom_domain': 'takes the private key of a certificate',
	'GET /api/v3/token': 'takes a password in its address',
	'POST /api/v3/viber_accounts': 'takes the token of the Viber account',
};
