import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** What LiveAgent proves itself with when it sends events to the LiveAgent Instant Trigger. */
export class LiveAgentWebhookApi implements ICredentialType {
	name = 'liveAgentWebhookApi';

	displayName = 'LiveAgent Webhook API';

	icon: Icon = { light: 'file:../icons/liveagent.svg', dark: 'file:../icons/liveagent.dark.svg' };

	documentationUrl = 'https://support.liveagent.com/038465-Automatic-Rules';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'A long random text of your choice; the rules of LiveAgent send the same',
		},
		{
			displayName: 'Previous Token',
			name: 'previousToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Also accepted, so that you can change the rules one at a time',
		},
	];
}
