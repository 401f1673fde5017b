// The iAdvize node and trigger against a simulator of their own.
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { IAdvizeSimulator } from '../../simulators/iadvize';
import { createPoller } from '../../support/poller';
import { runNode } from '../../support/engine';
import type { NodeResult, RunNodeOptions } from '../../support/engine';

/** A started simulator and short ways to run node and trigger against it. */
export interface Bench {
	simulator: IAdvizeSimulator;
	credentials: { iAdvizeApi: ICredentialDataDecryptedObject };
	/** Runs one operation; parameters beside resource and operation. */
	run(
		resource: string,
		operation: string,
		parameters?: INodeParameters,
		options?: Partial<RunNodeOptions>,
	): Promise<NodeResult>;
	poller(parameters: INodeParameters): ReturnType<typeof createPoller>;
	close(): Promise<void>;
}

/** Starts a simulator; whoever starts it closes it. */
export async function startBench(options: ConstructorParameters<typeof IAdvizeSimulator>[0] = {}): Promise<Bench> {
	const simulator = new IAdvizeSimulator(options);
	await simulator.start();
	const { baseUrl, apiKey } = simulator;
	const credentials = { iAdvizeApi: { platform: 'custom', baseUrl, apiKey, requestsPerSecond: 100 } };
	return {
		simulator,
		credentials,
		run: async (resource, operation, parameters = {}, rest = {}) =>
			await runNode({ nodeType: 'iAdvize', parameters: { resource, operation, ...parameters }, credentials, ...rest }),
		poller: async (parameters) => await createPoller({ nodeType: 'iAdvizeTrigger', parameters, credentials }),
		close: async () => await simulator.stop(),
	};
}

/** Input items from their JSON. */
export function itemsOf(...rows: IDataObject[]): INodeExecutionData[] {
	return rows.map((json) => ({ json }));
}
