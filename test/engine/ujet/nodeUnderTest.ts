// The UJET node and trigger against a simulator of their own.
import { UjetSimulator } from '../../simulators/ujet';
import type { UjetOptions } from '../../simulators/ujet';
import { createBench } from '../../support/bench';

export { byId, expectSearchable, itemsOf, keepGoing } from '../../support/bench';

/** A started simulator with its demo data and short ways to run node and trigger against it. */
export type Bench = Awaited<ReturnType<typeof startBench>>;

/** Starts a simulator with demo data; whoever starts it closes it. */
export async function startBench(options: UjetOptions = {}) {
	const simulator = new UjetSimulator({ rateLimit: null, ...options });
	await simulator.start();
	const demo = simulator.seedDemo();
	simulator.journal.clear();
	const { username, password } = simulator.settings;
	const credentials = { ujetApi: { baseUrl: simulator.origin, username, password, requestsPerSecond: 1_000 } };
	return { ...createBench('ujet', simulator, credentials), demo };
}
