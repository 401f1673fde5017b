import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { nodeProperties } from '../shared/editor/nodeDescription';
import { executeNode } from '../shared/run/executeNode';
import { editorMethods } from '../shared/editor/editorMethods';
import { liveAgent } from './vendor';

/** Actions on LiveAgent. */
export class LiveAgent implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LiveAgent',
		name: 'liveAgent',
		icon: { light: 'file:../../icons/liveagent.svg', dark: 'file:../../icons/liveagent.dark.svg' },
		group: ['transform'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Find, create and answer tickets, manage contacts, companies and calls, and read reports in LiveAgent',
		defaults: { name: 'LiveAgent' },
		usableAsTool: true,
		// n8n hides these in the data of executions of people who may not see secrets.
		sensitiveOutputFields: liveAgent.secretKeys,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'liveAgentApi', required: true, testedBy: 'testKeys' }],
		properties: nodeProperties(liveAgent),
	};

	methods = editorMethods(liveAgent);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeNode(this, liveAgent);
	}
}
