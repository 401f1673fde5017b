import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { manualSetUp, instantMethods } from '../shared/editor/instantMethods';
import { instantProperties, instantWebhook } from '../shared/editor/instantTrigger';
import { fillGaps } from '../shared/webhook/fillGaps';
import { emitEvents } from '../shared/webhook/emitEvents';
import { receivePush } from '../shared/webhook/receive';
import { liveAgentPush } from './push';

/** Starts workflows the moment something happens in LiveAgent. */
export class LiveAgentInstantTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LiveAgent Instant Trigger',
		name: 'liveAgentInstantTrigger',
		icon: { light: 'file:../../icons/liveagent.svg', dark: 'file:../../icons/liveagent.dark.svg' },
		group: ['trigger'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow the moment a conversation, chat, call or message begins or changes in LiveAgent',
		defaults: { name: 'LiveAgent Instant Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'liveAgentWebhookApi', displayName: 'Webhook Credential', required: true, testedBy: 'testSecrets' },
			{ name: 'liveAgentApi', displayName: 'API Credential', required: true, testedBy: 'testKeys' },
		],
		webhooks: [instantWebhook('POST'), instantWebhook('GET')],
		properties: instantProperties(liveAgentPush),
	};

	methods = instantMethods(liveAgentPush);

	webhookMethods = { default: manualSetUp, setup: manualSetUp };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receivePush(this, liveAgentPush);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await fillGaps(this, liveAgentPush);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await emitEvents(this, liveAgentPush);
	}
}
