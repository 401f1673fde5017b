import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { editorMethods } from '../shared/editor/editorMethods';
import { pollVendor } from '../shared/polling/pollVendor';
import { triggerProperties } from '../shared/editor/triggerDescription';
import { ujet } from './vendor';

/** Starts workflows when something happens in UJET. */
export class UjetTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'UJET Trigger',
		name: 'ujetTrigger',
		icon: { light: 'file:../../icons/ujet.svg', dark: 'file:../../icons/ujet.dark.svg' },
		group: ['trigger'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when calls, chats, emails, agents, campaigns or queue waits change in UJET (Google CCAI Platform); the actions place calls, send SMS and load campaigns',
		defaults: { name: 'UJET Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'ujetApi', required: true }],
		properties: triggerProperties(ujet),
	};

	methods = editorMethods(ujet);

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollVendor(this, ujet);
	}
}
