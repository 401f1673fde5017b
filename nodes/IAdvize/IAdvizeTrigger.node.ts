import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';

import { editorMethods } from '../shared/editor/editorMethods';
import { pollVendor } from '../shared/polling/pollVendor';
import { triggerProperties } from '../shared/editor/triggerDescription';
import { iAdvize } from './vendor';

/** Starts workflows when something happens in iAdvize. */
export class IAdvizeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'iAdvize Trigger',
		name: 'iAdvizeTrigger',
		icon: { light: 'file:../../icons/iadvize.svg', dark: 'file:../../icons/iadvize.dark.svg' },
		group: ['trigger'],
		version: [1, 2],
		defaultVersion: 2,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Starts the workflow when conversations start or close, or when operators, callbacks or transactions change in iAdvize; the actions manage operators and read reports',
		defaults: { name: 'iAdvize Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'iAdvizeApi', required: true }],
		properties: triggerProperties(iAdvize),
	};

	methods = editorMethods(iAdvize);

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollVendor(this, iAdvize);
	}
}
