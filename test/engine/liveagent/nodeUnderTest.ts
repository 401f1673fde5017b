// The LiveAgent node and trigger against a simulator of their own.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { LiveAgentSimulator } from '../../simulators/liveagent';
import { createBench } from '../../support/bench';

export { byId, itemsOf } from '../../support/bench';

/** A started simulator and short ways to run node and trigger against it. */
export type Bench = Awaited<ReturnType<typeof startBench>>;

/** Starts a simulator without rate limit; whoever starts it closes it. */
export async function startBench(
	options: ConstructorParameters<typeof LiveAgentSimulator>[0] = {},
	credential: ICredentialDataDecryptedObject = {},
) {
	const simulator = new LiveAgentSimulator({ rateLimit: null, ...options });
	await simulator.start();
	const { baseUrl, apiKey, v3Key } = simulator;
	const credentials = { liveAgentApi: { baseUrl, apiKey, apiKeyV3: v3Key, requestsPerSecond: 2_000, ...credential } };
	return createBench('liveAgent', simulator, credentials);
}

/** A bench whose account holds the demo data. */
export type DemoBench = Awaited<ReturnType<typeof startDemoBench>>;

/** Starts a simulator with demo data; whoever starts it closes it. */
export async function startDemoBench(...options: Parameters<typeof startBench>) {
	const bench = await startBench(...options);
	return { ...bench, demo: bench.simulator.seedDemo() };
}
