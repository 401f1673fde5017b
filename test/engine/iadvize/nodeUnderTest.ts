// The iAdvize node and trigger against a simulator of their own.
import { IAdvizeSimulator } from '../../simulators/iadvize';
import { createBench } from '../../support/bench';

export { expectSearchable, itemsOf } from '../../support/bench';

/** A started simulator and short ways to run node and trigger against it. */
export type Bench = Awaited<ReturnType<typeof startBench>>;

/** Starts a simulator; whoever starts it closes it. */
export async function startBench(options: ConstructorParameters<typeof IAdvizeSimulator>[0] = {}) {
	const simulator = new IAdvizeSimulator(options);
	await simulator.start();
	const { baseUrl, apiKey } = simulator;
	const credentials = { iAdvizeApi: { platform: 'custom', baseUrl, apiKey, requestsPerSecond: 1_000 } };
	return createBench('iAdvize', simulator, credentials);
}

/** Starts a simulator with demo data; whoever starts it closes it. */
export async function startDemoBench(options: Parameters<typeof startBench>[0] = {}) {
	const bench = await startBench(options);
	bench.simulator.seedDemo();
	return bench;
}
