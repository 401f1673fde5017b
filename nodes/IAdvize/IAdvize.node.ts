import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { nodeProperties } from '../shared/editor/nodeDescription';
import { executeNode } from '../shared/run/executeNode';
import { editorMethods } from '../shared/editor/editorMethods';
import { iAdvize } from './vendor';

/** Actions on iAdvize. */
export class IAdvize implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'iAdvize',
		name: 'iAdvize',
		icon: { light: 'file:../../icons/iadvize.svg', dark: 'file:../../icons/iadvize.dark.svg' },
		group: ['transform'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Read conversations, visitors and satisfaction, manage operators and get statistics in iAdvize',
		defaults: { name: 'iAdvize' },
		usableAsTool: true,
		// n8n hides these in the data of executions of people who may not see secrets.
		sensitiveOutputFields: iAdvize.secretKeys,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'iAdvizeApi', required: true }],
		properties: nodeProperties(iAdvize),
	};

	methods = editorMethods(iAdvize);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeNode(this, iAdvize);
	}
}
