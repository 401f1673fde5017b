// A node and trigger of the package against a simulator of their own.
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { CredentialData } from './credentials';
import { jsonOf, runNode } from './engine';
import type { NodeResult, RunNodeOptions } from './engine';
import { runListSearch } from './listSearch';
import { createPoller } from './poller';

/** A started simulator and short ways to run node and trigger against it. */
export interface NodeBench<Simulator, Credentials extends CredentialData = CredentialData> {
	simulator: Simulator;
	credentials: Credentials;
	/** Runs one operation; parameters beside resource and operation. */
	run(
		resource: string,
		operation: string,
		parameters?: INodeParameters,
		options?: Partial<RunNodeOptions>,
	): Promise<NodeResult>;
	/** Runs one operation that has to succeed and returns the rows. */
	rows(resource: string, operation: string, parameters?: INodeParameters): Promise<IDataObject[]>;
	/** Names and values that a pick list of the node offers. */
	search(method: string, filter?: string, parameters?: INodeParameters, path?: string): Promise<Array<[string, unknown]>>;
	poller(parameters: INodeParameters, node?: RunNodeOptions['node']): ReturnType<typeof createPoller>;
	/** Stops the simulator. */
	close(): Promise<void>;
}

/**
 * The bench of a simulator that runs; whoever starts it closes it.
 * @param nodeType short name of the node, such as `iAdvize`; its trigger is called the same with `Trigger` behind
 */
export function createBench<Simulator extends { stop(): Promise<void> }, Credentials extends CredentialData>(
	nodeType: string,
	simulator: Simulator,
	credentials: Credentials,
): NodeBench<Simulator, Credentials> {
	const run: NodeBench<Simulator>['run'] = async (resource, operation, parameters = {}, rest = {}) =>
		await runNode({ nodeType, parameters: { resource, operation, ...parameters }, credentials, ...rest });
	return {
		simulator,
		credentials,
		run,
		rows: async (resource, operation, parameters) => {
			const result = await run(resource, operation, parameters);
			expect({ message: result.error?.message, advice: result.error?.description }).toEqual({});
			return jsonOf(result.outputs[0]);
		},
		search: async (method, filter, parameters = {}, path) => {
			const found = await runListSearch({ nodeType, method, filter, parameters, path, credentials });
			return found.results.map(({ name, value }) => [name, value]);
		},
		poller: async (parameters, node) => await createPoller({ nodeType: `${nodeType}Trigger`, parameters, credentials, node }),
		close: async () => await simulator.stop(),
	};
}

/** A pick list finds an entry by the first letters of its name, in any case, and nothing by a name that no entry has. */
export async function expectSearchable({ search }: Pick<NodeBench<unknown>, 'search'>, list: string): Promise<void> {
	const [[name, value]] = await search(`search${list}`);
	const found = await search(`search${list}`, name.slice(0, 3).toUpperCase());
	expect(found).toContainEqual([name, value]);
	expect(await search(`search${list}`, 'no such entry')).toEqual([]);
}

/** Input items from their JSON. */
export function itemsOf(...rows: IDataObject[]): INodeExecutionData[] {
	return rows.map((json) => ({ json }));
}

/** A record as a resource locator holds it that was filled in by ID. */
export function byId(value: unknown): INodeParameters {
	return { __rl: true, mode: 'id', value: String(value) } as unknown as INodeParameters;
}

/** What n8n is set to when failed items shall become error items. */
export const keepGoing = { onError: 'continueRegularOutput' as const };
