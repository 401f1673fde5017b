import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** What UJET proves itself with when it sends events to the UJET Instant Trigger. */
export class UjetWebhookApi implements ICredentialType {
	name = 'ujetWebhookApi';

	displayName = 'UJET Webhook API';

	icon: Icon = { light: 'file:../icons/ujet.svg', dark: 'file:../icons/ujet.dark.svg' };

	documentationUrl = 'https://docs.cloud.google.com/contact-center/ccai-platform/docs/webhooks';

	properties: INodeProperties[] = [
		{
			displayName: 'Sender',
			name: 'sender',
			type: 'options',
			default: 'sessionEvents',
			description: 'Which part of UJET sends the events; choose the same in the node',
			options: [
				{ name: 'Chat Webhooks', value: 'chatWebhooks' },
				{ name: 'External Session Events', value: 'sessionEvents' },
			],
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. n8n',
			description: 'A name of your choice; enter the same in External Session Events',
			displayOptions: { show: { sender: ['sessionEvents'] } },
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'A long random text of your choice; enter the same in External Session Events',
			displayOptions: { show: { sender: ['sessionEvents'] } },
		},
		{
			displayName: 'Primary Secret',
			name: 'primarySecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'From Developer Settings > Webhooks, which shows it once',
			displayOptions: { show: { sender: ['chatWebhooks'] } },
		},
		{
			displayName: 'Secondary Secret',
			name: 'secondarySecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'From the same screen; also accepted, so that you can rotate secrets without a gap',
			displayOptions: { show: { sender: ['chatWebhooks'] } },
		},
		{
			displayName: 'Maximum Age (Seconds)',
			name: 'maximumAge',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Largest allowed difference between the signed time and n8n\'s clock; 0 allows any. A repeated message never starts the workflow twice.',
			displayOptions: { show: { sender: ['chatWebhooks'] } },
		},
	];
}
