import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** What iAdvize proves itself with when it sends events to the iAdvize Instant Trigger. */
export class IAdvizeWebhookApi implements ICredentialType {
	name = 'iAdvizeWebhookApi';

	displayName = 'iAdvize Webhook API';

	icon: Icon = { light: 'file:../icons/iadvize.svg', dark: 'file:../icons/iadvize.dark.svg' };

	documentationUrl = 'https://docs.iadvize.dev/technologies/webhooks';

	properties: INodeProperties[] = [
		{
			displayName: 'Security Token',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Shown when the webhook is added on developers.iadvize.com',
		},
		{
			displayName: 'Previous Security Token',
			name: 'previousSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Also accepted while you rotate tokens',
		},
	];
}
