// The ipSCAPE node and trigger against a simulator of their own.
import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { IpScapeSimulator } from '../../simulators/ipscape';
import type { IpScapeOptions } from '../../simulators/ipscape';
import { runNode } from '../../support/engine';
import type { NodeResult, RunNodeOptions } from '../../support/engine';
import { runListSearch } from '../../support/list-search';
import { createPoller } from '../../support/poller';

/** A started simulator and short ways to run node and trigger against it. */
export interface Bench {
	simulator: IpScapeSimulator;
	credentials: { ipScapeApi: ICredentialDataDecryptedObject };
	/** Runs one operation; parameters beside resource and operation. */
	run(
		resource: string,
		operation: string,
		parameters?: INodeParameters,
		options?: Partial<RunNodeOptions>,
	): Promise<NodeResult>;
	/** Names and values that a pick list of the node offers. */
	search(method: string, filter?: string, parameters?: INodeParameters, path?: string): Promise<Array<[string, unknown]>>;
	poller(parameters: INodeParameters): ReturnType<typeof createPoller>;
	close(): Promise<void>;
}

/** Starts a simulator that dials nobody and has no rate limit; whoever starts it closes it. */
export async function startBench(
	options: IpScapeOptions = {},
	credential: ICredentialDataDecryptedObject = {},
): Promise<Bench> {
	const simulator = new IpScapeSimulator({ requestsPerSecond: null, dialler: false, ...options });
	await simulator.start();
	const { baseUrl, apiToken } = simulator;
	const credentials = { ipScapeApi: { baseUrl, apiToken, requestsPerSecond: 100, ...credential } };
	return {
		simulator,
		credentials,
		run: async (resource, operation, parameters = {}, rest = {}) =>
			await runNode({ nodeType: 'ipScape', parameters: { resource, operation, ...parameters }, credentials, ...rest }),
		search: async (method, filter, parameters = {}, path) => {
			const found = await runListSearch({ nodeType: 'ipScape', method, filter, parameters, path, credentials });
			return found.results.map(({ name, value }) => [name, value]);
		},
		poller: async (parameters) => await createPoller({ nodeType: 'ipScapeTrigger', parameters, credentials }),
		close: async () => await simulator.stop(),
	};
}

/** Input items from their JSON. */
export function itemsOf(...rows: IDataObject[]): INodeExecutionData[] {
	return rows.map((json) => ({ json }));
}

/** A record chosen by its ID. */
export function byId(value: number | string): INodeParameters {
	return { __rl: true, mode: 'id', value: String(value) } as unknown as INodeParameters;
}

/** Numbers that no one has, for fiction. */
export const fictionPhones = ['+61491570156', '+61491570157', '+61491570158'];
