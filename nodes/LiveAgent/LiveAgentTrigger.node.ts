import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { editorMethods } from '../shared/editor/editorMethods';
import { pollVendor } from '../shared/polling/pollVendor';
import { triggerProperties } from '../shared/editor/triggerDescription';
import { liveAgent } from './vendor';

/** Starts workflows when something happens in LiveAgent. */
export class LiveAgentTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LiveAgent Trigger',
		name: 'liveAgentTrigger',
		icon: { light: 'file:../../icons/liveagent.svg', dark: 'file:../../icons/liveagent.dark.svg' },
		group: ['trigger'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when tickets, conversations, customers, rankings, SLAs or queues change in LiveAgent; the actions create, answer and tag tickets',
		defaults: { name: 'LiveAgent Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'liveAgentApi', required: true, testedBy: 'testKeys' }],
		properties: triggerProperties(liveAgent),
	};

	methods = editorMethods(liveAgent);

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollVendor(this, liveAgent);
	}
}
