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
import { iAdvizePush } from './push';

/** Starts workflows the moment something happens in iAdvize. */
export class IAdvizeInstantTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'iAdvize Instant Trigger',
		name: 'iAdvizeInstantTrigger',
		icon: { light: 'file:../../icons/iadvize.svg', dark: 'file:../../icons/iadvize.dark.svg' },
		group: ['trigger'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow the moment a conversation, operator, survey or transaction changes in iAdvize',
		defaults: { name: 'iAdvize Instant Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'iAdvizeWebhookApi', displayName: 'Webhook Credential', required: true, testedBy: 'testSecrets' },
			{ name: 'iAdvizeApi', displayName: 'API Credential', required: true },
		],
		webhooks: [instantWebhook('POST'), instantWebhook('GET')],
		properties: instantProperties(iAdvizePush),
	};

	methods = instantMethods(iAdvizePush);

	webhookMethods = { default: manualSetUp, setup: manualSetUp };

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receivePush(this, iAdvizePush);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await fillGaps(this, iAdvizePush);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await emitEvents(this, iAdvizePush);
	}
}
