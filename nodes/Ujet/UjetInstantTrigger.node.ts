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
import { ujetPush } from './push';

/** Starts workflows the moment something happens in UJET. */
export class UjetInstantTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'UJET Instant Trigger',
		name: 'ujetInstantTrigger',
		icon: { light: 'file:../../icons/ujet.svg', dark: 'file:../../icons/ujet.dark.svg' },
		group: ['trigger'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow the moment a call or chat begins, is answered, ends or is wrapped up, or a chat message arrives in UJET (Google CCAI Platform)',
		defaults: { name: 'UJET Instant Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'ujetWebhookApi', displayName: 'Webhook Credential', required: true, testedBy: 'testSecrets' },
			{ name: 'ujetApi', displayName: 'API Credential', required: true },
		],
		webhooks: [instantWebhook('POST')],
		properties: instantProperties(ujetPush),
	};

	methods = instantMethods(ujetPush);

	webhookMethods = { default: manualSetUp };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receivePush(this, ujetPush);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await fillGaps(this, ujetPush);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await emitEvents(this, ujetPush);
	}
}
