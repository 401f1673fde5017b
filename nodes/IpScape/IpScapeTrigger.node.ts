import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { editorMethods } from '../shared/editor/editorMethods';
import { pollVendor } from '../shared/polling/pollVendor';
import { triggerProperties } from '../shared/editor/triggerDescription';
import { ipScape } from './vendor';

/** Starts workflows when something happens in ipSCAPE. */
export class IpScapeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ipSCAPE Trigger',
		name: 'ipScapeTrigger',
		icon: { light: 'file:../../icons/ipscape.svg', dark: 'file:../../icons/ipscape.dark.svg' },
		group: ['trigger'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when calls are answered, abandoned or wrapped up, or when leads or agents change in ipSCAPE; the actions load leads and read campaigns',
		defaults: { name: 'ipSCAPE Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ipScapeApi', required: true }],
		properties: triggerProperties(ipScape),
	};

	methods = editorMethods(ipScape);

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollVendor(this, ipScape);
	}
}
