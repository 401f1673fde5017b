// The LiveAgent node and trigger against a simulator of their own.
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { LiveAgentSimulator } from '../../simulators/liveagent';
import { createPoller } from '../../support/poller';
import { jsonOf, runNode } from '../../support/engine';
import type { NodeResult, RunNodeOptions } from '../../support/engine';

/** A started simulator and short ways to run node and trigger against it. */
export interface Bench {
	simulator: LiveAgentSimulator;
	credentials: { liveAgentApi: ICredentialDataDecryptedObject };
	/** Runs one operation; parameters beside resource and operation. */
	run(
		resource: string,
		operation: string,
		parameters?: INodeParameters,
		options?: Partial<RunNodeOptions>,
	): Promise<NodeResult>;
	/** Runs one operation that has to succeed and gives the rows. */
	rows(resource: string, operation: string, parameters?: INodeParameters): Promise<IDataObject[]>;
	poller(parameters: INodeParameters): ReturnType<typeof createPoller>;
	close(): Promise<void>;
}

/** Starts a simulator without rate limit; whoever starts it closes it. */
export async function startBench(
	options: ConstructorParameters<typeof LiveAgentSimulator>[0] = {},
	credential: ICredentialDataDecryptedObject = {},
): Promise<Bench> {
	const simulator = new LiveAgentSimulator({ rateLimit: null, ...options });
	await simulator.start();
	const { baseUrl, apiKey, v3Key } = simulator;
	const credentials = { liveAgentApi: { baseUrl, apiKey, apiKeyV3: v3Key, requestsPerSecond: 2_000, ...credential } };
	const run: Bench['run'] = async (resource, operation, parameters = {}, rest = {}) =>
		await runNode({ nodeType: 'liveAgent', parameters: { resource, operation, ...parameters }, credentials, ...rest });
	return {
		simulator,
		credentials,
		run,
		rows: async (resource, operation, parameters) => {
			const result = await run(resource, operation, parameters);
			expect({ message: result.error?.message, advice: result.error?.description }).toEqual({});
			return jsonOf(result.outputs[0]);
		},
		poller: async (parameters) => await createPoller({ nodeType: 'liveAgentTrigger', parameters, credentials }),
		close: async () => await simulator.stop(),
	};
}

/** A record as a locator holds it that was filled in by ID. */
export function byId(value: unknown): INodeParameters {
	return { __rl: true, mode: 'id', value: String(value) } as unknown as INodeParameters;
}

/** Input items from their JSON. */
export function itemsOf(...rows: IDataObject[]): INodeExecutionData[] {
	return rows.map((json) => ({ json }));
}
