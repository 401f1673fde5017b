// The UJET node and trigger against a simulator of their own.
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { UjetSimulator } from '../../simulators/ujet';
import type { Demo, UjetOptions } from '../../simulators/ujet';
import { runNode } from '../../support/engine';
import type { NodeResult, RunNodeOptions } from '../../support/engine';
import { createPoller } from '../../support/poller';

/** A started simulator and short ways to run node and trigger against it. */
export interface Bench {
	simulator: UjetSimulator;
	demo: Demo;
	credentials: { ujetApi: ICredentialDataDecryptedObject };
	/** Runs one operation; parameters beside resource and operation. */
	run(
		resource: string,
		operation: string,
		parameters?: INodeParameters,
		options?: Partial<RunNodeOptions>,
	): Promise<NodeResult>;
	poller(parameters: INodeParameters, node?: RunNodeOptions['node']): ReturnType<typeof createPoller>;
	close(): Promise<void>;
}

/** Starts a simulator with demo data; whoever starts it closes it. */
export async function startBench(options: UjetOptions = {}): Promise<Bench> {
	const simulator = new UjetSimulator({ rateLimit: null, ...options });
	await simulator.start();
	const demo = simulator.seedDemo();
	simulator.journal.clear();
	const { username, password } = simulator.settings;
	const credentials = { ujetApi: { baseUrl: simulator.origin, username, password, requestsPerSecond: 100 } };
	return {
		simulator,
		demo,
		credentials,
		run: async (resource, operation, parameters = {}, rest = {}) =>
			await runNode({ nodeType: 'ujet', parameters: { resource, operation, ...parameters }, credentials, ...rest }),
		poller: async (parameters, node) => await createPoller({ nodeType: 'ujetTrigger', parameters, credentials, node }),
		close: async () => await simulator.stop(),
	};
}

/** Input items from their JSON. */
export function itemsOf(...rows: IDataObject[]): INodeExecutionData[] {
	return rows.map((json) => ({ json }));
}

/** A resource locator filled in by ID. */
export function byId(value: string | number): { __rl: true; mode: string; value: string } {
	return { __rl: true, mode: 'id', value: String(value) };
}

/** What n8n is set to when failed items shall become error items. */
export const keepGoing = { onError: 'continueRegularOutput' as const };
