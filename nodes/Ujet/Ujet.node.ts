import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { nodeProperties } from '../shared/editor/nodeDescription';
import { executeNode } from '../shared/run/executeNode';
import { editorMethods } from '../shared/editor/editorMethods';
import { ujet } from './vendor';

/** Actions on UJET. */
export class Ujet implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'UJET',
		name: 'ujet',
		icon: { light: 'file:../../icons/ujet.svg', dark: 'file:../../icons/ujet.dark.svg' },
		group: ['transform'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Place and schedule calls, send SMS, load campaigns, keep the do-not-call list and manage agents and queues in UJET (Google CCAI Platform)',
		defaults: { name: 'UJET' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ujetApi', required: true }],
		properties: nodeProperties(ujet),
	};

	methods = editorMethods(ujet);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeNode(this, ujet);
	}
}
