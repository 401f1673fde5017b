// The ipSCAPE node and trigger against a simulator of their own.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { IpScapeSimulator } from '../../simulators/ipscape';
import type { IpScapeOptions } from '../../simulators/ipscape';
import { createBench } from '../../support/bench';

export { byId, itemsOf } from '../../support/bench';

/** A started simulator and short ways to run node and trigger against it. */
export type Bench = Awaited<ReturnType<typeof startBench>>;

/** Starts a simulator that dials nobody and has no rate limit; whoever starts it closes it. */
export async function startBench(options: IpScapeOptions = {}, credential: ICredentialDataDecryptedObject = {}) {
	const simulator = new IpScapeSimulator({ requestsPerSecond: null, dialler: false, ...options });
	await simulator.start();
	const { baseUrl, apiToken } = simulator;
	const credentials = { ipScapeApi: { baseUrl, apiToken, requestsPerSecond: 1_000, ...credential } };
	return createBench('ipScape', simulator, credentials);
}

/** Numbers that no one has, for fiction. */
export const fictionPhones = ['+61491570156', '+61491570157', '+61491570158'];
