// What the contract tests need to know of each vendor. A new vendor is a new row.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { iAdvize } from '../../nodes/IAdvize/vendor';
import { ipScape } from '../../nodes/IpScape/vendor';
import { liveAgent } from '../../nodes/LiveAgent/vendor';
import type { Vendor } from '../../nodes/shared/definition/vendor';
import { ujet } from '../../nodes/Ujet/vendor';
import { leftOutByUse, liveAgentAdministration } from './leftOut';

/** A vendor, its contracts, and a credential that points at a recorder. */
export interface ContractVendor {
	vendor: Vendor;
	/** Files in test/contracts. */
	contracts: string[];
	/** Credential data for an origin such as `http://127.0.0.1:4000`. */
	credentials: (origin: string) => ICredentialDataDecryptedObject;
	/** What differs in a credential with which operations take their other form. */
	otherKeys?: ICredentialDataDecryptedObject;
	/** Contract operations without operation in the node, as `METHOD /path`, each with the reason. */
	exceptions: Record<string, string>;
	/** Origin of the vendor's file storage in the examples of its contracts; the recorder stands in for it. */
	storage?: string;
	/**
	 * Answers in place of the contract's first example, for operations that wait for a state: by `METHOD /path` with all placeholders
	 * as `{}`, the first for the first request of a run and so on; the last one stays.
	 */
	answers?: Record<string, unknown[]>;
}

/** The reference has a second write with the same body; no page names its method, and PATCH does all of it. */
const flagsReason = 'PATCH on the same path does the same and is the one that the vendor pages name';

/** Every vendor of the package. */
export const contractVendors: ContractVendor[] = [
	{
		vendor: iAdvize,
		contracts: ['iadvize.openapi.yaml'],
		credentials: (origin) => ({ platform: 'custom', baseUrl: `${origin}/api/2`, apiKey: 'sample-key', requestsPerSecond: 100 }),
		exceptions: {},
	},
	{
		vendor: ipScape,
		contracts: ['ipscape.openapi.yaml'],
		credentials: (origin) => ({ baseUrl: `${origin}/platform-api`, apiToken: 'sample-token', requestsPerSecond: 100 }),
		exceptions: {},
	},
	{
		vendor: liveAgent,
		contracts: ['liveagent.openapi.yaml', 'liveagent-v3.openapi.yaml'],
		credentials: (origin) => ({
			baseUrl: origin,
			apiKey: 'sample-key',
			apiKeyV3: 'sample-key-3',
			requestsPerSecond: 100,
		}),
		otherKeys: { apiKey: '' },
		exceptions: {
			...leftOutByUse('liveagent-v3.openapi.yaml', { internal: 'between parts of the vendor' }),
			...liveAgentAdministration,
		},
		answers: {
			// LiveAgent wants whole records back.
			'GET /api/v3/tags/{}': [[{ id: 't9q1', name: 'Priority' }]],
			'GET /api/v3/groups/{}': [[{ id: 'g4k2', name: 'Premium' }]],
			'GET /api/v3/devices/{}': [
				{ id: 17, agent_id: 'k7d2m9xq', type: 'W', service_type: 'M', preset_status: 'F' },
			],
			'GET /api/v3/agents/{}': [{ id: 'k7d2m9xq', name: 'Nina Park', email: 'nina@example.com', role: 'agent' }],
			'GET /api/v3/companies/{}': [{ id: 'co17xy82', name: 'Silva Imports' }],
			'GET /api/v3/custom_buttons/{}': [{ id: 'cb7d2k90', url: 'https://crm.example.com', method: 'GET', type: 'E' }],
			'GET /api/v3/filters/{}': [{ filter_id: 'fl7d2k90', name: 'Open' }],
			'GET /api/v3/phone_numbers/{}': [{ id: 'pn7d2k90', number: '+14155550100', type: 'T', status: 'A' }],
			'GET /api/v3/slack/template/{}': [{ id: 'tp7d2k90', name: 'New ticket', body: 'A new ticket' }],
			'GET /api/v3/viber_accounts/{}': [{ id: 'vb7d2k90', name: 'Support on Viber', status: 'A' }],
		},
	},
	{
		vendor: ujet,
		contracts: ['ujet-apps.openapi.yaml', 'ujet-manager.openapi.yaml'],
		credentials: (origin) => ({ baseUrl: origin, username: 'acme', password: 'sample-token', requestsPerSecond: 100 }),
		exceptions: {
			'POST /apps/api/v1/calls/{}/customer_flag': flagsReason,
			'POST /apps/api/v1/chats/{}/customer_flag': flagsReason,
		},
		storage: 'https://storage.example.org',
		answers: {
			'GET /apps/api/v1/bulk/users/jobs/{}': [
				{ id: 48210, status: 'valid_scheme' },
				{ id: 48210, status: 'finished', update_errors: [] },
			],
		},
	},
];
