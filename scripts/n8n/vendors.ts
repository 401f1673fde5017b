import type { IDataObject } from 'n8n-workflow';

import { IAdvizeSimulator } from '../../test/simulators/iadvize';
import { IpScapeSimulator } from '../../test/simulators/ipscape';
import { LiveAgentSimulator } from '../../test/simulators/liveagent';
import { UjetSimulator } from '../../test/simulators/ujet';
import type { Simulator } from '../../test/simulators/kit';
import type { N8nClient } from './client';

/** A simulator that can fill itself with an account worth looking at. */
export interface DemoSimulator extends Simulator {
	seedDemo(): unknown;
}

/** What the launcher and the tests need to know about a vendor. */
export interface Vendor<VendorSimulator extends DemoSimulator = DemoSimulator> {
	/** As people call it. */
	name: string;
	credentialType: string;
	/** The ready-made workflows find their credential by this name. */
	credentialName: string;
	createSimulator(): VendorSimulator;
	/** Fields of the credential for a running simulator. */
	credentialData(simulator: VendorSimulator): IDataObject;
	/** Fields of the credential that the vendor checks and nobody may see: keys, tokens, passwords. */
	secretFields: string[];
}

const iAdvize: Vendor<IAdvizeSimulator> = {
	name: 'iAdvize',
	credentialType: 'iAdvizeApi',
	credentialName: 'iAdvize account',
	createSimulator: () => new IAdvizeSimulator(),
	credentialData: ({ baseUrl, apiKey }) => ({ platform: 'custom', baseUrl, apiKey, requestsPerSecond: 50 }),
	secretFields: ['apiKey'],
};

const ipScape: Vendor<IpScapeSimulator> = {
	name: 'ipSCAPE',
	credentialType: 'ipScapeApi',
	credentialName: 'ipSCAPE account',
	createSimulator: () => new IpScapeSimulator({ requestsPerSecond: null }),
	credentialData: ({ baseUrl, apiToken }) => ({ baseUrl, apiToken, requestsPerSecond: 50 }),
	secretFields: ['apiToken'],
};

const liveAgent: Vendor<LiveAgentSimulator> = {
	name: 'LiveAgent',
	credentialType: 'liveAgentApi',
	credentialName: 'LiveAgent account',
	createSimulator: () => new LiveAgentSimulator({ rateLimit: null }),
	credentialData: ({ baseUrl, apiKey, v3Key }) => ({ baseUrl, apiKey, apiKeyV3: v3Key, requestsPerSecond: 50 }),
	secretFields: ['apiKey', 'apiKeyV3'],
};

const ujet: Vendor<UjetSimulator> = {
	name: 'UJET',
	credentialType: 'ujetApi',
	credentialName: 'UJET account',
	createSimulator: () => new UjetSimulator({ rateLimit: null, jobs: 'reads' }),
	credentialData: ({ origin, settings: { username, password } }) => ({
		baseUrl: origin,
		username,
		password,
		requestsPerSecond: 50,
	}),
	secretFields: ['password'],
};

/** Every vendor of the package; a new vendor is a new row (and one in the tests' trigger cases). */
export const VENDORS: Vendor[] = [iAdvize, ipScape, liveAgent, ujet];

/** The credential's data with every secret replaced by `secret`. */
export function withSecret(vendor: Vendor, data: IDataObject, secret: string): IDataObject {
	return { ...data, ...Object.fromEntries(vendor.secretFields.map((field) => [field, secret])) };
}

/** A vendor's simulator that runs, and the credential in n8n that points to it. */
export interface RunningVendor {
	vendor: Vendor;
	simulator: DemoSimulator;
	credential: { id: string; name: string; type: string; data: IDataObject };
	/** Stops the simulator and removes the credential. */
	close(): Promise<void>;
}

/** Starts a simulator with demo data for each of these vendors and stores a credential for it in n8n. Close them when done. */
export async function startVendors(client: N8nClient, names = VENDORS.map(({ name }) => name)): Promise<RunningVendor[]> {
	return await Promise.all(names.map(async (name) => await startVendor(client, name)));
}

/** The same for one vendor, by the name of its row in VENDORS. */
export async function startVendor(client: N8nClient, name: string): Promise<RunningVendor> {
	const vendor = VENDORS.find((candidate) => candidate.name === name);
	if (vendor === undefined) throw new Error(`No vendor ${name}`);
	const simulator = vendor.createSimulator();
	await simulator.start();
	try {
		await simulator.seedDemo();
		const data = vendor.credentialData(simulator);
		const id = await client.createCredential(vendor.credentialName, vendor.credentialType, data);
		const close = async (): Promise<void> => {
			await simulator.stop();
			await client.deleteCredential(id);
		};
		return {
			vendor,
			simulator,
			credential: { id, name: vendor.credentialName, type: vendor.credentialType, data },
			close,
		};
	} catch (error) {
		await simulator.stop();
		throw error;
	}
}

/** Stops the simulators and removes the credentials. */
export async function closeVendors(running: RunningVendor[]): Promise<void> {
	await Promise.all(running.map(async (vendor) => await vendor.close()));
}
