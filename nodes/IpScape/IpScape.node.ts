import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { nodeProperties } from '../shared/editor/nodeDescription';
import { executeNode } from '../shared/run/executeNode';
import { editorMethods } from '../shared/editor/editorMethods';
import { ipScape } from './vendor';

/** Actions on ipSCAPE. */
export class IpScape implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ipSCAPE',
		name: 'ipScape',
		icon: { light: 'file:../../icons/ipscape.svg', dark: 'file:../../icons/ipscape.dark.svg' },
		group: ['transform'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Load leads, read calls and dial attempts, control recordings and agents, and erase personal data in ipSCAPE',
		defaults: { name: 'ipSCAPE' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ipScapeApi', required: true }],
		properties: nodeProperties(ipScape),
	};

	methods = editorMethods(ipScape);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeNode(this, ipScape);
	}
}
