import type { IDataObject, INode, IPollFunctions } from 'n8n-workflow';

/** What `pollContext` needs to know of a trigger; what is left out is as in an active workflow. */
export interface PolledTrigger {
	node: object;
	staticData: IDataObject;
	mode?: 'trigger' | 'manual';
	/** Value of each parameter that is an expression. */
	evaluate?: (name: string) => unknown;
	logger?: { debug?: (...entry: unknown[]) => void; info?: (...entry: unknown[]) => void };
}

/** The part of n8n's poll context that polling reads, in memory. */
export function pollContext({ node, staticData, mode = 'trigger', evaluate, logger }: PolledTrigger): IPollFunctions {
	return {
		getNode: () => node as INode,
		getMode: () => mode,
		getWorkflow: () => ({ id: 'w1', active: true }),
		getNodeParameter: (name: string) => evaluate?.(name),
		getWorkflowStaticData: () => staticData,
		logger: { debug: () => {}, info: () => {}, ...logger },
	} as unknown as IPollFunctions;
}
